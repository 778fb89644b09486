"""Every State on a page of its own: what binds it, who acts for it, its own law and terms, rights, treaties, the year as a calendar."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from html import unescape

import pytest
from django.test import Client
from django.utils import translation

from comity.desk.law.states import listed, page
from comity.desk.law.year import year
from comity.identifiers import StateCode
from comity.law import Mark, Tier, default_register, resolve
from comity.law.calendars import DayKind

REGISTER = default_register()
TODAY = date(2026, 11, 22)
KZ, TM, VN = StateCode("KZ"), StateCode("TM"), StateCode("VN")


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """A page in Russian leaves its language to whoever comes after it; read models speak the language that is active."""
    with translation.override("en"):
        yield


def text(client: Client, path: str, **asked: str) -> str:
    answer = client.get(path, asked)
    assert answer.status_code == 200, answer.status_code
    return unescape(answer.content.decode())


@pytest.mark.parametrize("language", ["en", "ru"])
def test_every_state_has_a_page_with_every_instrument_that_lists_it(language: str) -> None:
    with translation.override(language):
        for state in REGISTER.states:
            shown = page(REGISTER, state, TODAY, TODAY.year, language)
            lines = [line for group in shown.groups for line in group.lines]
            listing = REGISTER.by_state.get(state, ())
            assert {line.id for line in (*lines, *shown.bilateral, *shown.unsettled)} == set(listing)
            two = [name for name in listing if REGISTER.instruments[name].tier is Tier.BILATERAL]
            assert shown.treaties == len(two)
            assert len(shown.rights) == len(REGISTER.checks)
            assert len(shown.terms) == sum(term.state == state for term in REGISTER.terms)


def test_what_binds_stands_before_what_does_not() -> None:
    for group in page(REGISTER, KZ, TODAY, 2026, "en").groups:
        marks = [line.bond.bound for line in group.lines]
        assert marks == sorted(marks, reverse=True)


def test_a_bilateral_treaty_that_may_not_bind_stands_apart() -> None:
    shown = page(REGISTER, KZ, TODAY, 2026, "en")
    assert all(line.bond.mark in {Mark.IN_FORCE, Mark.UNVERIFIED} for line in shown.bilateral)
    assert shown.unsettled
    assert not any(line.bond.bound for line in shown.unsettled)


def test_it_is_said_whether_bilateral_treaties_were_collected(as_officer: Client) -> None:
    assert REGISTER.bilateral_of == {"KZ": False}
    assert "collected in part: one that is missing here may exist" in text(as_officer, "/law/states/KZ/")
    assert "were not collected; those shown come from the lists of other States" in text(as_officer, "/law/states/TM/")


def test_who_acts_stands_by_kind_with_the_ways_of_the_instruments_in_force() -> None:
    kinds = {line.title: line for line in page(REGISTER, KZ, TODAY, 2026, "en").kinds}
    extradition = kinds["Extradition"]
    names = {one.name_en for one in REGISTER.authorities if one.state == KZ and "extradition" in one.kinds}
    assert {one.name for one in extradition.authorities} == names
    search = next(line for title, line in kinds.items() if "earch for a person" in title)
    answered = resolve(REGISTER, "KZ", "TJ", "search-for-persons", TODAY).authorities
    assert {one.name for one in search.authorities} == {one.name_en for one in answered if one.state == KZ}
    ways = {way.text: [str(one.text) for one in way.citations] for way in extradition.ways}
    assert any("Minsk Convention 1993" in one and "80" in one for one in ways["Between the Prosecutors General"])


def test_kinds_that_are_alike_stand_together_and_none_is_lost() -> None:
    lines = page(REGISTER, KZ, TODAY, 2026, "en").kinds
    named = [title for line in lines for title in line.title.lower().split("; ")]
    assert len(named) == len(set(named))
    acted = {kind for one in REGISTER.authorities if one.state == KZ for kind in one.kinds if kind != "all"}
    assert {REGISTER.label("kind", kind, "en").lower() for kind in acted} <= set(named)
    assert len({(line.authorities, line.ways) for line in lines}) == len(lines)


def test_a_channel_of_an_instrument_serves_only_the_kinds_of_the_instrument() -> None:
    for line in page(REGISTER, KZ, TODAY, 2026, "en").kinds:
        if "transfer of a sentenced person" in line.title.lower():
            assert not any("Information Technologies" in str(one.text) for way in line.ways for one in way.citations)


def test_an_instrument_that_does_not_bind_names_no_way() -> None:
    before = page(REGISTER, KZ, date(1992, 1, 1), 1992, "en")
    assert not any("Minsk" in str(one.text) for kind in before.kinds for way in kind.ways for one in way.citations)


def test_the_state_that_left_is_said_to_have_left_on_its_page(as_officer: Client) -> None:
    assert "left on 29 December 2023" in text(as_officer, "/law/states/UA/")
    assert "suspended since 23 December 2022 towards: Russia, Belarus" in text(as_officer, "/law/states/UA/", on="2023-01-01")


def test_its_own_law_is_told_or_said_to_be_missing(as_officer: Client) -> None:
    law = REGISTER.national[KZ]
    assert law.title_en in text(as_officer, "/law/states/KZ/")
    assert page(REGISTER, KZ, TODAY, 2026, "en").own.rules == len(law.provisions)
    assert "The register does not hold this State’s own law on cooperation." in text(as_officer, "/law/states/TM/")


def test_a_term_that_was_looked_for_and_not_found_says_so(as_officer: Client) -> None:
    missing = next(term for term in REGISTER.terms if term.limit is None)
    assert "looked for, not found" in text(as_officer, f"/law/states/{missing.state}/")
    known = next(term for term in REGISTER.terms if term.limit and term.state == KZ and term.topic == "appeal")
    said = text(as_officer, "/law/states/KZ/")
    assert "15 working days, at most 2 months" in said
    assert known.summary in said


# The calendar


@pytest.mark.parametrize("state", sorted(REGISTER.calendars))
def test_every_day_of_the_year_stands_once_as_what_it_is(state: str) -> None:
    calendar = REGISTER.calendars[state]
    for number in (calendar.since.year, 2024, calendar.until.year):
        shown = year(calendar, number, "en")
        days = [day for month in shown.months for week in month.weeks for day in week if day]
        every = [date.fromordinal(one) for one in range(date(number, 1, 1).toordinal(), date(number + 1, 1, 1).toordinal())]
        assert Counter(day.look for day in days) == Counter(calendar.kind(day).value for day in every)
        assert shown.working == sum(calendar.works(day) for day in every)
        assert all(len(week) == 7 for month in shown.months for week in month.weeks)
        assert {one.on for one in shown.named} == {day for day in calendar.days if day.year == number}


def test_a_moved_day_is_named_with_the_day_it_was_exchanged_for() -> None:
    calendar = REGISTER.calendars[StateCode("RU")]
    moved = next(day for day in calendar.days.values() if day.kind is DayKind.MOVED_OFF and day.instead_of)
    shown = next(one for one in year(calendar, moved.on.year, "en").named if one.on == moved.on)
    assert shown.instead_of == moved.instead_of
    assert str(shown.kind) == "day off moved here"


def test_a_year_without_its_decrees_is_not_said_to_be_known(as_officer: Client) -> None:
    calendar = REGISTER.calendars[KZ]
    open_year = next(number for number in range(calendar.until.year, 0, -1) if not calendar.knows(number))
    assert "The decrees of this year are not known yet" in text(as_officer, "/law/states/KZ/", year=str(open_year))
    known = calendar.decreed_until
    assert "The decrees of this year are known" in text(as_officer, "/law/states/KZ/", year=str(known))


@pytest.mark.parametrize("asked", ["1000", "9999", "soon", "", "-5", "²²²²"])
def test_a_year_that_no_calendar_covers_shows_the_nearest_or_this_one(as_officer: Client, asked: str) -> None:
    assert "Calendar of" in text(as_officer, "/law/states/KZ/", year=asked)


def test_a_state_without_a_calendar_shows_none(as_officer: Client) -> None:
    assert VN not in REGISTER.calendars
    assert "Calendar of" not in text(as_officer, "/law/states/VN/")


# The list, and what cannot be


def test_the_region_stands_first_and_every_state_once() -> None:
    near, far = listed(REGISTER, TODAY, "en")
    assert {line.code for line in near} == set(REGISTER.instruments["minsk-1993"].parties)
    assert sorted(line.code for line in (*near, *far)) == sorted(REGISTER.states)
    assert [line.name for line in near] == sorted(line.name for line in near)


def test_pages_link_to_each_other(as_officer: Client) -> None:
    said = text(as_officer, "/law/states/KZ/")
    for path in ("/law/instruments/minsk-1993/", "/law/pairs/KZ/TJ/", "/law/matrix/", "/law/?requested=KZ", "/law/states/"):
        assert f'href="{path}' in said, path


def test_a_state_is_found_by_small_letters_and_an_unknown_one_is_not(as_officer: Client) -> None:
    assert "Kazakhstan" in text(as_officer, "/law/states/kz/")
    answer = as_officer.get("/law/states/XX/")
    assert answer.status_code == 404
    said = unescape(answer.content.decode())
    assert "The register knows no State “XX”." in said
    assert "/law/states/KZ/" in said


def test_a_state_named_in_words_is_offered(as_officer: Client) -> None:
    said = as_officer.get("/law/states/Kazahstan/").content.decode()
    assert said.index("/law/states/KZ/") < said.index("What the register knows")


def test_the_russian_page_speaks_russian(as_officer: Client) -> None:
    as_officer.cookies["comity_language"] = "ru"
    said = text(as_officer, "/law/states/KZ/")
    for words in ("Казахстан", "Чем и с какого времени связано", "Генеральная прокуратура Республики Казахстан", "рабочий день", "Январь"):
        assert words in said, words
