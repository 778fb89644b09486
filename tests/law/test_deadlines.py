"""The count of a time limit: hand-counted cases, what must hold of every count, and that it says when there is no date."""

import tomllib
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.law import Confidence, TimeLimit, Unit
from comity.law.calendars import Calendar, Leeway, Weekend
from comity.law.deadlines import Counting, NoDate, Span, Standing, add_months, deadline
from comity.law.load import default_register
from comity.law.reckoning import EndOnDayOff, FirstDay, MonthEnd, Reckoning
from comity.law.resolve import resolve
from comity.law.steps import StepKind, step_from

REGISTER = default_register()
CASES = tomllib.loads((Path(__file__).parent / "cases" / "deadlines.toml").read_text(encoding="utf-8"))["case"]
UNITS = {"days": Unit.DAYS, "working_days": Unit.WORKING_DAYS, "months": Unit.MONTHS, "years": Unit.YEARS}
LIMIT = TimeLimit(
    topic="additional-information",
    length=30,
    unit=Unit.DAYS,
    article="1",
    instrument="a-treaty",
    source="a text",
    confidence=Confidence.VERIFIED,
    summary="Thirty days.",
)
ARREST = replace(LIMIT, topic="provisional-arrest", length=40, longest=None)


def reckoning(case: dict[str, Any]) -> Reckoning:
    return Reckoning(
        first_day=FirstDay(case["first_day"]) if "first_day" in case else None,
        end_on_day_off=EndOnDayOff(case["end_on_non_working"]) if "end_on_non_working" in case else None,
        month_end=MonthEnd(case["month_end"]) if "month_end" in case else None,
        warn_days=case.get("warn_days"),
    )


def counted(case: dict[str, Any]):
    key = next(key for key in UNITS if key in case)
    limit = replace(
        LIMIT,
        topic=case.get("topic", "appeal"),
        length=case[key],
        unit=UNITS[key],
        extension=case.get("extension"),
        reckoning=reckoning(case),
    )
    stood = tuple(Standing(since=since, until=until) for since, until in case.get("stood", ()))
    calendar = REGISTER.calendars[case["state"]] if "state" in case else None
    return deadline(limit, case["start"], Span(case.get("span", "length")), calendar=calendar, stood=stood)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_counted_by_hand(case: dict[str, Any]) -> None:
    found = counted(case)

    assert found.reason == case.get("reason"), case["why"]
    assert (found.due, found.latest) == (case.get("due"), case.get("latest", case.get("due"))), case["why"]
    assert found.warn_on == case.get("warn_on")
    assert found.certain == ("due" in case and "latest" not in case)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
@pytest.mark.parametrize("language", ["en", "ru"])
def test_every_step_is_said_and_they_add_up(case: dict[str, Any], language: str) -> None:
    found = counted(case)
    said = [one.say(language) for one in found.steps]

    assert all(said)
    assert not any("{" in sentence for sentence in said)
    if language == "ru":
        assert all(any("а" <= letter <= "я" for letter in sentence.lower()) for sentence in said), said
    assert [step_from(one.plain()) for one in found.steps] == list(found.steps)
    if found.due:
        assert found.start + timedelta(days=sum(one.days for one in found.steps)) == found.due
        assert found.steps[-1].kind is StepKind.DUE
    else:
        assert found.steps[-1].kind is StepKind.NO_DATE


def test_the_cases_meet_every_unit_reason_and_reading() -> None:
    found = [counted(case) for case in CASES]

    assert {one.reason for one in found} >= {NoDate.NO_SUCH_DAY, NoDate.NEEDS_A_CALENDAR, NoDate.OUTSIDE_CALENDAR, NoDate.NO_SUCH_SPAN}
    assert {kind for one in found for kind in (step.kind for step in one.steps)} >= set(StepKind) - {StepKind.COUNTED_FROM}
    assert sum(not one.certain for one in found if one.due) >= 3


# What the words say


def test_a_range_says_why_and_what_the_calendar_says() -> None:
    found = counted(next(case for case in CASES if case["name"].startswith("across the year's end")))
    words = [one.say() for one in found.steps]

    assert found.as_it_stands == date(2026, 1, 22)
    assert any("not known for: 2026" in sentence and "As the calendar stands, it is 22 January 2026." in sentence for sentence in words)
    assert words[-1] == "The last day lies between 20 January 2026 and 26 January 2026; whoever must act keeps the earlier."
    assert found.expired(date(2026, 1, 21))
    assert not found.surely_expired(date(2026, 1, 26))
    assert found.surely_expired(date(2026, 1, 27))


def test_days_off_are_named_and_the_source_of_the_calendar_is_told() -> None:
    words = [one.say() for one in counted(CASES[0]).steps]

    assert "It lasts 15 working days." in words
    assert any(
        "1 January 2025 (New Year's Day)" in sentence and "3 January 2025 (in place of 5 January 2025)" in sentence for sentence in words
    )
    assert any(sentence.startswith("These days work instead of others and are counted: 5 January 2025") for sentence in words)
    assert any("was not verified; it was taken from: holidays" in sentence for sentence in words)


def test_russian_counts_in_the_right_form() -> None:
    for number, words in ((1, "1 рабочий день"), (3, "3 рабочих дня"), (15, "15 рабочих дней")):
        limit = replace(LIMIT, length=number, unit=Unit.WORKING_DAYS)
        found = deadline(limit, date(2025, 6, 2), calendar=REGISTER.calendars["KZ"])
        assert f"Продолжительность: {words}." in [one.say("ru") for one in found.steps]


def test_a_day_off_at_the_end_is_told_even_where_nothing_moves_it() -> None:
    found = deadline(replace(LIMIT, length=10), date(2025, 12, 22), calendar=REGISTER.calendars["RU"])

    assert found.due == date(2026, 1, 1)
    assert any(one.kind is StepKind.ON_DAY_OFF and "no source moves it" in one.say() for one in found.steps)


def test_a_stop_that_no_source_allows_is_said() -> None:
    stood = (Standing(since=date(2026, 3, 10), until=date(2026, 3, 19)),)
    silent = deadline(LIMIT, date(2026, 3, 1), stood=stood)
    allowed = deadline(replace(LIMIT, reckoning=Reckoning(may_stand=True)), date(2026, 3, 1), stood=stood)

    assert silent.due == allowed.due == date(2026, 4, 10)
    assert any("No source says that this clock may stand" in one.say() for one in silent.steps)
    assert not any("No source says" in one.say() for one in allowed.steps)


# The first day


def test_outside_detention_the_first_day_is_free() -> None:
    found = deadline(LIMIT, date(2026, 1, 1))

    assert found.due == date(2026, 1, 31)
    assert found.counting is Counting.FIRST_DAY_FREE
    assert not found.expired(date(2026, 1, 31))
    assert found.expired(date(2026, 2, 1))


def test_a_person_held_counts_from_the_first_day() -> None:
    """Forty days from 1 January end on 9 February, not on the 10th: the earlier reading."""
    found = deadline(ARREST, date(2026, 1, 1))

    assert found.due == date(2026, 2, 9)
    assert found.counting is Counting.FIRST_DAY_COUNTS
    assert "first day counts" in found.words
    assert "a person is held" in found.words


def test_a_word_of_the_source_goes_before_the_rule_for_silence() -> None:
    found = deadline(replace(ARREST, reckoning=Reckoning(first_day=FirstDay.FREE)), date(2026, 1, 1))

    assert found.due == date(2026, 2, 10)
    assert "as the source says" in found.words


# Spans and months


def test_the_longest_and_the_extended_are_counted_when_asked() -> None:
    european = replace(ARREST, length=18, longest=40)
    extended = replace(LIMIT, length=1, unit=Unit.MONTHS, extension=1)

    assert deadline(european, date(2026, 1, 1)).due == date(2026, 1, 18)
    assert deadline(european, date(2026, 1, 1), Span.LONGEST).due == date(2026, 2, 9)
    assert deadline(extended, date(2026, 1, 15), Span.EXTENDED).due == date(2026, 3, 15)
    assert deadline(LIMIT, date(2026, 1, 1), Span.LONGEST).reason is NoDate.NO_SUCH_SPAN


def test_the_longest_may_have_a_unit_of_its_own() -> None:
    limit = replace(LIMIT, length=15, unit=Unit.WORKING_DAYS, longest=2, longest_unit=Unit.MONTHS)

    assert deadline(limit, date(2025, 6, 30), Span.LONGEST, calendar=REGISTER.calendars["KZ"]).due == date(2025, 8, 30)


@pytest.mark.parametrize("start", [date(2026, 1, 31), date(2026, 3, 31), date(2026, 8, 31), date(2024, 1, 30)])
def test_a_month_without_the_day_has_no_date(start: date) -> None:
    found = deadline(replace(LIMIT, length=1, unit=Unit.MONTHS), start)

    assert found.due is None
    assert found.reason is NoDate.NO_SUCH_DAY
    assert "no source says how to round" in found.words
    assert not found.expired(date(2100, 1, 1))


def test_a_count_past_the_last_year_has_no_date() -> None:
    assert deadline(LIMIT, date(9999, 12, 20)).reason is NoDate.TOO_FAR
    assert deadline(replace(LIMIT, unit=Unit.YEARS), date(9980, 1, 1)).reason is NoDate.TOO_FAR


# Moments, hours and zones


def test_hours_have_no_date_but_a_moment() -> None:
    hours = replace(LIMIT, length=72, unit=Unit.HOURS)
    moment = datetime(2026, 11, 22, 14, 30, tzinfo=timezone(timedelta(hours=3)))
    found = deadline(hours, moment, calendar=REGISTER.calendars["KZ"])

    assert deadline(hours, date(2026, 1, 1)).reason is NoDate.NEEDS_A_TIME
    assert found.at == moment + timedelta(hours=72)
    assert (found.due, found.at.hour) == (date(2026, 11, 25), 16)
    assert found.steps[-1].say() == "It ends on 25 November 2026 at 16:30."
    assert deadline(hours, moment, stood=(Standing(since=date(2026, 11, 23)),)).reason is NoDate.HOURS_STAND


def test_a_moment_is_the_day_it_is_in_the_state() -> None:
    """At 20:30 in UTC it is already the next day in Kazakhstan."""
    moment = datetime(2026, 11, 22, 20, 30, tzinfo=UTC)
    there = deadline(ARREST, moment, calendar=REGISTER.calendars["KZ"])

    assert (there.start, there.due) == (date(2026, 11, 23), date(2027, 1, 1))
    assert deadline(ARREST, moment).start == date(2026, 11, 22)
    assert any("time zone Asia/Almaty" in one.say() for one in there.steps)


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="needs its time zone"):
        deadline(LIMIT, datetime(2026, 11, 22, 20, 30))  # noqa: DTZ001  # what is refused


def test_a_clock_that_still_stands_has_no_date() -> None:
    standing = (Standing(since=date(2026, 1, 10)),)

    assert deadline(LIMIT, date(2026, 1, 1), stood=standing).reason is NoDate.STANDS
    assert deadline(replace(LIMIT, length=5), date(2026, 1, 1), stood=standing).due == date(2026, 1, 6)
    working = replace(LIMIT, unit=Unit.WORKING_DAYS)
    assert deadline(working, date(2026, 1, 1), calendar=REGISTER.calendars["RU"], stood=standing).reason is NoDate.STANDS


# What holds of every count

STATES = sorted(REGISTER.calendars)
DAYS = st.dates(min_value=date(2010, 1, 1), max_value=date(2027, 6, 1))
SPANS = st.lists(st.tuples(DAYS, st.integers(min_value=0, max_value=20)), max_size=3)
RECKONINGS = st.builds(
    Reckoning,
    first_day=st.sampled_from([None, *FirstDay]),
    end_on_day_off=st.sampled_from([None, *EndOnDayOff]),
    month_end=st.sampled_from([None, *MonthEnd]),
)


def standing(spans: list[tuple[date, int]]) -> tuple[Standing, ...]:
    return tuple(Standing(since=since, until=since + timedelta(days=days)) for since, days in spans)


@given(
    st.sampled_from(STATES),
    DAYS,
    st.sampled_from([(Unit.DAYS, 200), (Unit.WORKING_DAYS, 100), (Unit.MONTHS, 12)]),
    st.integers(min_value=1),
    RECKONINGS,
    SPANS,
)
def test_a_longer_limit_never_ends_earlier(
    state: str, start: date, unit: tuple[Unit, int], number: int, said: Reckoning, spans: list[tuple[date, int]]
) -> None:
    length = 1 + number % unit[1]
    calendar, stood = REGISTER.calendars[state], standing(spans)
    limits = (replace(LIMIT, length=one, unit=unit[0], reckoning=said) for one in (length, length + 1))
    shorter, longer = (deadline(one, start, calendar=calendar, stood=stood) for one in limits)
    if shorter.due and longer.due and shorter.latest and longer.latest:
        assert shorter.due <= longer.due
        assert shorter.latest <= longer.latest
    for one in (shorter, longer):
        if one.due and one.latest and one.as_it_stands:
            assert one.due <= one.as_it_stands <= one.latest
            assert one.start + timedelta(days=sum(step.days for step in one.steps)) == one.due


BARE = Calendar(
    state="KZ",
    zone="Asia/Almaty",
    weekends=(Weekend(since=date(2010, 1, 1), days=(5, 6)),),
    days={},
    known=tuple(range(2010, 2029)),
    since=date(2010, 1, 1),
    until=date(2028, 12, 31),
    source="none",
    confidence=Confidence.VERIFIED,
    leeway=Leeway(off=0, on=0, own=True),
)


def weekday_after(start: date, number: int) -> date:
    """An oracle of its own: whole weeks first, then day by day."""
    weeks, rest = divmod(number, 5)
    day = start + timedelta(weeks=weeks)
    while day.weekday() > 4:  # a start on the weekend counts from its Friday
        day -= timedelta(days=1)
    while rest:
        day += timedelta(days=1)
        rest -= day.weekday() < 5
    return day


@given(DAYS, st.integers(min_value=1, max_value=250))
def test_without_holidays_working_days_are_weekdays(start: date, number: int) -> None:
    found = deadline(replace(LIMIT, length=number, unit=Unit.WORKING_DAYS), start, calendar=BARE)

    assert found.due == found.latest == weekday_after(start, number)


@given(st.sampled_from(STATES), DAYS, st.integers(min_value=1, max_value=60))
def test_so_many_working_days_lie_between(state: str, start: date, number: int) -> None:
    calendar = REGISTER.calendars[state]
    found = deadline(replace(LIMIT, length=number, unit=Unit.WORKING_DAYS), start, calendar=calendar)
    assert found.as_it_stands
    days = [start + timedelta(days=step) for step in range(1, (found.as_it_stands - start).days + 1)]

    assert sum(calendar.works(day) for day in days) == number
    assert calendar.works(found.as_it_stands)


@given(st.sampled_from(STATES), DAYS, st.integers(min_value=1, max_value=40))
def test_where_every_decree_is_known_there_is_one_end(state: str, start: date, number: int) -> None:
    calendar = REGISTER.calendars[state]
    found = deadline(replace(LIMIT, length=number, unit=Unit.WORKING_DAYS), start, calendar=calendar)
    assert found.latest
    years = range(start.year, found.latest.year + 1)
    if all(calendar.knows(year) for year in years) and not any(step.kind is StepKind.RANGE for step in found.steps):
        assert found.certain
    if found.certain:
        assert not any(step.kind is StepKind.RANGE for step in found.steps)


@given(st.dates(min_value=date(1990, 1, 1), max_value=date(2090, 12, 31)), st.integers(min_value=1, max_value=36))
def test_a_month_keeps_its_number_or_has_none(start: date, months: int) -> None:
    end = add_months(start, months)

    if isinstance(end, date):
        assert end.day == start.day
        assert (end.year * 12 + end.month) - (start.year * 12 + start.month) == months
    else:
        assert start.day > 28


@given(st.integers(min_value=1, max_value=100), st.integers(min_value=1, max_value=30), st.integers(min_value=0, max_value=100))
def test_a_clock_that_stands_within_its_time_goes_on_by_as_many_days(length: int, days: int, begin: int) -> None:
    start = date(2026, 1, 1)
    since = start + timedelta(days=1 + begin % length)
    plain = deadline(replace(LIMIT, length=length), start).due
    stood = deadline(replace(LIMIT, length=length), start, stood=(Standing(since=since, until=since + timedelta(days=days - 1)),)).due

    assert plain
    assert stood == plain + timedelta(days=days)


def test_the_arrest_clock_follows_the_treaty_between_the_two() -> None:
    with_protocol = resolve(REGISTER, "TJ", "RU", "extradition", date(2018, 1, 1))
    without = resolve(REGISTER, "UZ", "RU", "extradition", date(2018, 1, 1))
    due = [
        deadline(limit, date(2018, 1, 1)).due
        for basis in (with_protocol, without)
        for limit in basis.time_limits
        if limit.topic == "provisional-arrest"
    ]

    assert due == [date(2018, 2, 9), date(2018, 1, 30)]


def test_the_event_it_is_counted_from_is_said() -> None:
    term = next(one for one in REGISTER.terms if one.id == "kz-detention-40")
    words = {language: [one.say(language) for one in deadline(term, date(2026, 11, 22)).steps] for language in ("en", "ru")}

    assert "The source counts it from: detention of the person." in words["en"]
    assert "По источнику началом срока служит: задержание лица." in words["ru"]
