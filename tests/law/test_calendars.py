"""The calendars of the region: what a day is, which years are known, and that they are what the library they were seeded from says."""

import runpy
import shutil
from datetime import date, timedelta
from importlib import resources
from pathlib import Path
from zoneinfo import ZoneInfo

import holidays
import pytest

from comity.law import Confidence, LawDataError, load_register
from comity.law.calendars import OFF, STRETCH, DayKind, NamedDay, Reading, leeway_of
from comity.law.load import default_register

REGISTER = default_register()
REGION = ("AM", "AZ", "BY", "GE", "KG", "KZ", "MD", "RU", "TJ", "TM", "UA", "UZ")
PACKAGED = Path(str(resources.files("comity.law") / "register"))
SCRIPT = Path(__file__).parents[2] / "scripts" / "calendars.py"


def days_of(state: str):
    calendar = REGISTER.calendars[state]
    return (calendar.since + timedelta(days=number) for number in range((calendar.until - calendar.since).days + 1))


def test_every_state_of_the_region_has_a_calendar_with_its_source() -> None:
    assert tuple(REGISTER.calendars) == REGION
    for calendar in REGISTER.calendars.values():
        assert calendar.source.startswith("holidays 0.")
        assert calendar.confidence is Confidence.UNVERIFIED
        assert ZoneInfo(calendar.zone)
        assert calendar.weekend == (5, 6)
        assert (calendar.since, calendar.until) == (date(2010, 1, 1), date(2028, 12, 31))


@pytest.mark.parametrize("state", REGION)
def test_a_day_works_where_the_library_says_so(state: str) -> None:
    calendar = REGISTER.calendars[state]
    library = holidays.country_holidays(state, years=range(calendar.since.year - 1, calendar.until.year + 2), language="en_US")
    sure = [day for day in days_of(state) if calendar.kind(day) is not DayKind.NOT_KNOWN and "estimated" not in library.get(day, "")]

    assert [day for day in sure if calendar.works(day) != library.is_working_day(day)] == []
    assert len(sure) > 6900


@pytest.mark.parametrize("state", REGION)
def test_an_estimated_holiday_is_announced_with_the_days_around_it(state: str) -> None:
    calendar = REGISTER.calendars[state]
    library = holidays.country_holidays(state, years=range(calendar.since.year, calendar.until.year + 1), language="en_US")
    estimated = [day for day, name in library.items() if name.endswith("(estimated)") and ";" not in name]

    for day in estimated:
        for near in (day + timedelta(days=step) for step in (-1, 0, 1)):
            assert calendar.kind(near) in OFF, near
    assert bool(estimated) == any(one.kind is DayKind.NOT_KNOWN for one in calendar.days.values())


def test_years_are_known_only_where_the_source_holds_a_decree() -> None:
    known = {state: calendar.known for state, calendar in REGISTER.calendars.items()}

    assert known["MD"] == known["TJ"] == ()
    assert known["GE"] == (2024, 2025)
    assert known["TM"] == (2021, 2025, 2026)
    assert {state: calendar.decreed_until for state, calendar in REGISTER.calendars.items()} == {
        "AM": 2021,
        "AZ": 2025,
        "BY": 2026,
        "GE": 2025,
        "KG": 2025,
        "KZ": 2025,
        "MD": None,
        "RU": 2027,
        "TJ": None,
        "TM": 2026,
        "UA": 2022,
        "UZ": 2026,
    }
    for state in ("MD", "TJ", "UA", "GE", "TM"):
        assert REGISTER.calendars[state].note
        assert REGISTER.calendars[state].note_ru


def test_a_state_without_moves_takes_the_widest_leeway() -> None:
    own = [one.leeway for one in REGISTER.calendars.values() if one.leeway.own]

    for state in ("MD", "TJ"):
        leeway = REGISTER.calendars[state].leeway
        assert not leeway.own
        assert (leeway.off, leeway.on) == (max(one.off for one in own), max(one.on for one in own))


def test_what_a_day_is() -> None:
    russia = REGISTER.calendars["RU"]

    assert russia.kind(date(2025, 11, 1)) is DayKind.MOVED_ON
    assert russia.kind(date(2025, 11, 3)) is DayKind.MOVED_OFF
    assert russia.named(date(2025, 11, 3)).instead_of == date(2025, 11, 1)
    assert russia.kind(date(2025, 11, 4)) is DayKind.HOLIDAY
    assert russia.named(date(2025, 11, 4)).name("ru") == "День народного единства"
    assert russia.kind(date(2025, 11, 8)) is DayKind.WEEKEND
    assert russia.kind(date(2025, 11, 10)) is DayKind.WORKING
    assert REGISTER.calendars["TJ"].kind(date(2026, 5, 27)) is DayKind.NOT_KNOWN
    assert russia.kind(date(2025, 12, 31)) is DayKind.MOVED_OFF
    assert russia.named(date(2025, 1, 5)).kind is DayKind.HOLIDAY, "a holiday on a Sunday is not worked because its day off was moved"


def test_a_name_without_russian_is_said_in_english() -> None:
    day = REGISTER.calendars["GE"].named(date(2025, 11, 23))

    assert day.name("ru") == day.name("en") == "Saint George's Day"


def test_the_densest_stretch_bounds_what_may_still_move() -> None:
    begin = date(2025, 3, 1)
    days = [NamedDay(on=begin + timedelta(days=gap), kind=DayKind.MOVED_OFF) for gap in (0, 10, STRETCH - 1, STRETCH)]

    assert leeway_of([2025], days).off == 3
    assert leeway_of([2024], days).off == 0
    assert not leeway_of([2024], days).own


@pytest.mark.parametrize("state", REGION)
@pytest.mark.parametrize("reading", [Reading.EARLIEST, Reading.LATEST])
def test_no_reading_moves_more_days_than_the_leeway_nor_any_in_a_known_year(state: str, reading: Reading) -> None:
    calendar = REGISTER.calendars[state]
    allowed = calendar.leeway.on if reading is Reading.EARLIEST else calendar.leeway.off
    moved = [day for day, works in calendar.run(calendar.since, reading) if works != calendar.works(day)]
    moved = [day for day in moved if calendar.kind(day) is not DayKind.NOT_KNOWN]

    assert not any(calendar.knows(day.year) for day in moved)
    assert bool(moved) == bool(allowed)
    for number, day in enumerate(moved[allowed:]):
        assert (day - moved[number]).days >= STRETCH


def copied(tmp_path: Path) -> Path:
    shutil.copytree(PACKAGED, tmp_path / "register")
    return tmp_path / "register"


def test_a_changed_day_is_another_release(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    changed = folder / "calendars" / "kz.toml"
    changed.write_text(changed.read_text(encoding="utf-8").replace("2025-12-16", "2025-12-17"), encoding="utf-8")
    register = load_register(folder)

    assert register.release != REGISTER.release
    assert register.calendars["KZ"].works(date(2025, 12, 16))


def test_two_calendars_of_a_state_are_refused(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    again = (folder / "calendars" / "kz.toml").read_text(encoding="utf-8").replace('id = "calendar-kz"', 'id = "calendar-kz-2"')
    (folder / "another.toml").write_text(again, encoding="utf-8")

    with pytest.raises(LawDataError, match="“KZ” stands twice"):
        load_register(folder)


def test_the_script_writes_what_the_register_holds_and_keeps_what_was_written_by_hand(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    hand = (
        '\n[[moved]]\non = 2026-05-08\ninstead_of = 2026-05-10\nworks = true\nsource = "an order that was read"\nconfidence = "verified"\n'
    )
    path = folder / "calendars" / "kz.toml"
    path.write_text(path.read_text(encoding="utf-8") + hand, encoding="utf-8")

    runpy.run_path(str(SCRIPT))["main"](folder)

    for state in REGION:
        name = f"{state.lower()}.toml"
        if state != "KZ":
            written = (folder / "calendars" / name).read_text(encoding="utf-8")
            assert written == (PACKAGED / "calendars" / name).read_text(encoding="utf-8"), name
    kazakh = load_register(folder).calendars["KZ"]
    assert kazakh.knows(2026)
    assert kazakh.kind(date(2026, 5, 10)) is DayKind.MOVED_ON
    assert kazakh.named(date(2026, 5, 8)).source == "an order that was read"
