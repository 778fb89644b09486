"""What pages say of a count: every step, whose days, a range with its reason, a warning; in both languages."""

import re
from dataclasses import replace
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from comity.desk.matters import deadlines as due
from comity.desk.matters.models import DeadlineRow, MatterRow
from comity.identifiers import MatterId
from comity.law import Confidence, TimeLimit, Unit
from comity.law.deadlines import deadline
from comity.law.load import default_register
from comity.law.reckoning import Reckoning

REGISTER = default_register()
TODAY = date(2026, 1, 5)
LIMIT = TimeLimit(
    topic="execution",
    length=15,
    unit=Unit.WORKING_DAYS,
    article="7",
    instrument="chisinau-2002",
    source="written for this test",
    confidence=Confidence.UNVERIFIED,
    summary="Fifteen working days.",
    reckoning=Reckoning(warn_days=3),
)


def counted(limit: TimeLimit = LIMIT, start: date = date(2025, 12, 29), state: str = "KZ") -> DeadlineRow:
    found = deadline(limit, start, calendar=REGISTER.calendars[state])
    return DeadlineRow(
        clock="provisional-arrest",
        starts_on=found.start,
        ends_on=found.due,
        days=(found.due - found.start).days if found.due else None,
        latest=found.latest,
        warn_on=found.warn_on,
        state=found.state or "",
        steps=[one.plain() for one in found.steps],
        instrument=limit.instrument,
        article=limit.article,
        confidence=limit.confidence.value,
    )


def test_a_range_is_said_with_its_reason_and_the_warning() -> None:
    said = list(due.how(counted(), None))

    assert said == [
        "From 29 Dec, working days (Kazakhstan).",
        "The first day does not count.",
        "It may end as late as 26 Jan: days moved by decree are not known yet.",
        "A warning is due by 17 Jan.",
    ]


def test_a_count_in_calendar_days_stays_as_short_as_it_was() -> None:
    said = list(due.how(counted(replace(LIMIT, length=30, unit=Unit.DAYS, reckoning=Reckoning())), None))

    assert said == ["From 29 Dec, calendar days.", "The first day does not count."]


def test_the_words_of_a_range_are_russian_too() -> None:
    with translation.override("ru"):
        said = list(due.how(counted(), None))

    assert said[0] == "С 29 дек., рабочие дни (Казахстан)."
    assert "акты о переносе дней ещё не известны" in said[2]
    assert said[3].startswith("Предупреждение")


@pytest.fixture
def ranged(detained: MatterId) -> MatterId:
    """The clock of the matter as if its term were fifteen working days of Kazakhstan into a year without a decree."""
    row = counted()
    DeadlineRow.objects.filter(matter=detained, clock="provisional-arrest").update(
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        latest=row.latest,
        warn_on=row.warn_on,
        state=row.state,
        steps=row.steps,
        days=row.days,
    )
    MatterRow.objects.filter(pk=detained).update(due=row.ends_on, due_latest=row.latest, due_warn=row.warn_on)
    return detained


def _text(answer: object) -> str:
    return re.sub(r"[ \n]+", " ", answer.content.decode())  # type: ignore[attr-defined]  # a response of the test client


def test_the_page_of_the_count_says_every_step(as_officer: Client, ranged: MatterId) -> None:
    page = _text(as_officer.get(reverse("matters:deadline", args=[ranged, "provisional-arrest"]), headers={"accept-language": "en"}))

    for words in (
        "Days are those of Kazakhstan, time zone Asia/Almaty.",
        "It lasts 15 working days.",
        "1 January 2026 (New Year&#x27;s Day)",
        "The days that Kazakhstan moves by decree are not known for: 2026.",
        "The calendar of Kazakhstan was not verified",
        "The last day lies between 20 January 2026 and 26 January 2026; whoever must act keeps the earlier.",
    ):
        assert words in page, words
    assert "Day 1 is 30 December 2025; day" not in page, "a count of working days is not one of calendar days"


def test_the_page_of_the_count_speaks_russian(as_officer: Client, ranged: MatterId) -> None:
    page = _text(as_officer.get(reverse("matters:deadline", args=[ranged, "provisional-arrest"]), headers={"accept-language": "ru"}))

    for words in (
        "Продолжительность: 15 рабочих дней.",
        "Акты о переносе дней не известны (Казахстан, 2026)",
        "тому, кто должен действовать",
    ):
        assert words in page, words
    assert "It lasts" not in page


def test_the_banner_and_the_clock_show_both_ends(as_officer: Client, ranged: MatterId) -> None:
    page = _text(as_officer.get(reverse("matters:matter", args=[ranged]), headers={"accept-language": "en"}))

    assert "Tue 20 January, at the latest Mon 26 January" in page
    assert "days moved by decree are not known yet" in page


def test_lists_show_the_earlier_end_and_say_how_late_it_may_be(ranged: MatterId) -> None:
    row = MatterRow.objects.get(pk=ranged)
    shown = due.due_of_row(row, REGISTER, TODAY, "en")

    assert shown.on == date(2026, 1, 20)
    assert str(shown.reason).endswith("; at the latest 26 Jan, as days may still be moved; warning due by 17 Jan")
    assert "warning" not in str(due.due_of_row(row, REGISTER, date(2026, 1, 21), "en").reason)


def test_a_count_by_the_journal_keeps_its_steps(detained: MatterId) -> None:
    row = DeadlineRow.objects.get(matter=detained, clock="provisional-arrest")
    matter = MatterRow.objects.get(pk=detained)

    assert (row.state, row.latest, matter.due_latest) == ("RU", row.ends_on, matter.due)
    assert any("time zone Europe/Moscow" in sentence for sentence in due.counting(matter, row, REGISTER, TODAY, "en").steps)
