"""The count of a time limit, and that it says when there is no date."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.law import Confidence, TimeLimit, Unit
from comity.law.deadlines import Counting, NoDate, Span, add_months, deadline
from comity.law.load import default_register
from comity.law.resolve import resolve

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


def test_a_month_ends_on_the_day_of_the_same_number() -> None:
    month = replace(LIMIT, length=1, unit=Unit.MONTHS)

    assert deadline(month, date(2026, 1, 30)).due is None
    assert deadline(month, date(2026, 1, 28)).due == date(2026, 2, 28)
    assert deadline(month, date(2025, 12, 15)).due == date(2026, 1, 15)


@pytest.mark.parametrize("start", [date(2026, 1, 31), date(2026, 3, 31), date(2026, 8, 31), date(2024, 1, 30)])
def test_a_month_without_the_day_has_no_date(start: date) -> None:
    found = deadline(replace(LIMIT, length=1, unit=Unit.MONTHS), start)

    assert found.due is None
    assert found.reason is NoDate.NO_SUCH_DAY
    assert "no source says how to round" in found.words
    assert not found.expired(date(2100, 1, 1))


def test_the_longest_and_the_extended_are_counted_when_asked() -> None:
    european = replace(ARREST, length=18, longest=40)
    extended = replace(LIMIT, length=1, unit=Unit.MONTHS, extension=1)

    assert deadline(european, date(2026, 1, 1)).due == date(2026, 1, 18)
    assert deadline(european, date(2026, 1, 1), Span.LONGEST).due == date(2026, 2, 9)
    assert deadline(extended, date(2026, 1, 15), Span.EXTENDED).due == date(2026, 3, 15)
    assert deadline(LIMIT, date(2026, 1, 1), Span.LONGEST).reason is NoDate.NO_SUCH_SPAN


def test_hours_have_no_date() -> None:
    assert deadline(replace(LIMIT, length=72, unit=Unit.HOURS), date(2026, 1, 1)).reason is NoDate.NEEDS_A_TIME


def test_years_are_twelve_months() -> None:
    assert deadline(replace(LIMIT, length=1, unit=Unit.YEARS), date(2024, 2, 29)).reason is NoDate.NO_SUCH_DAY
    assert deadline(replace(LIMIT, length=1, unit=Unit.YEARS), date(2024, 2, 28)).due == date(2025, 2, 28)


@given(st.dates(min_value=date(1990, 1, 1), max_value=date(2090, 12, 31)), st.integers(min_value=1, max_value=36))
def test_a_month_keeps_its_number_or_has_none(start: date, months: int) -> None:
    end = add_months(start, months)

    if isinstance(end, date):
        assert end.day == start.day
        assert (end.year * 12 + end.month) - (start.year * 12 + start.month) == months
    else:
        assert start.day > 28


def test_the_arrest_clock_follows_the_treaty_between_the_two() -> None:
    register = default_register()
    with_protocol = resolve(register, "TJ", "RU", "extradition", date(2018, 1, 1))
    without = resolve(register, "UZ", "RU", "extradition", date(2018, 1, 1))
    due = [
        deadline(limit, date(2018, 1, 1)).due
        for basis in (with_protocol, without)
        for limit in basis.time_limits
        if limit.topic == "provisional-arrest"
    ]

    assert due == [date(2018, 2, 9), date(2018, 1, 30)]
