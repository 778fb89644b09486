"""Rulers: days stand where they belong, no label meets another, no stem runs through a text."""

from datetime import date, timedelta
from itertools import combinations

import pytest
from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from comity.desk.components import ruler
from comity.desk.components.model import Count, DueDate, DueRow, RulerTick
from comity.desk.components.templatetags.desk import day_of

TODAY = date(2026, 11, 23)


def test_the_middle_of_each_day_is_its_place() -> None:
    drawn = ruler.of_clock(Count(day=23, of=40), ())
    assert drawn.ticks[0] == pytest.approx(1.25)
    assert drawn.ticks[-1] == pytest.approx(98.75)
    assert drawn.passed == pytest.approx(56.25)
    assert [number.text for number in drawn.numbers] == ["1", "10", "20", "30", "40"]


def test_the_last_day_is_always_numbered_and_nothing_touches_it() -> None:
    assert [number.text for number in ruler.of_clock(Count(day=3, of=31), ()).numbers] == ["1", "10", "20", "31"]
    assert [number.text for number in ruler.of_clock(Count(day=1, of=1), ()).numbers] == ["1"]


@pytest.mark.parametrize(("day", "words"), [(1, "today, day 1"), (0, "today; day 1 is tomorrow"), (-2, "today; day 1 is in 3 days")])
def test_a_first_day_that_is_not_counted_is_never_called_day_0(day: int, words: str) -> None:
    drawn = ruler.of_clock(Count(day=day, of=30), ())
    assert [label.text for label in drawn.labels if label.marker] == [words]
    assert (drawn.passed > 0) is (day > 0)
    assert ("0 of 30" in str(day_of(Count(day=day, of=30)))) is False
    page = render_to_string("components/holder_day.html", {"count": Count(day=day, of=30)})
    assert ('<span class="numeral">1</span>' in page) is (day == 1)
    assert ("day 1 is" in page) is (day < 1)


def test_a_late_clock_reaches_to_today() -> None:
    drawn = ruler.of_clock(Count(day=33, of=30), ())
    assert len(drawn.ticks) == 33
    assert drawn.passed == drawn.ticks[-1]


def test_a_label_near_the_end_is_written_to_the_left() -> None:
    drawn = ruler.of_clock(Count(day=2, of=40), (RulerTick(day=40, label="10 Dec release"),))
    assert [label.anchor for label in drawn.labels if not label.marker] == ["end"]


def test_the_end_of_a_late_term_is_still_said() -> None:
    drawn = ruler.of_clock(Count(day=33, of=30), (RulerTick(day=30, label="20 Nov term"),))
    assert {label.text for label in drawn.labels if label.level != ruler.UNSAID} == {"20 Nov term", "today, day 33"}


def row(title: str, days: int) -> DueRow:
    return DueRow(title=title, url="/", due=DueDate(today=TODAY, on=TODAY + timedelta(days=days)))


def test_what_is_overdue_is_a_pointer_and_not_a_label() -> None:
    drawn = ruler.of_desk((row("Questioning", -3), row("Summons", 0)), TODAY)
    assert drawn.overdue
    assert [label.text for label in drawn.labels] == ["Summons"]


def test_weekends_are_marked() -> None:
    drawn = ruler.of_desk((row("Surrender", 20),), TODAY)
    assert len(drawn.rests) == 3


@given(st.lists(st.tuples(st.text("abc ", min_size=1, max_size=30), st.integers(0, 90)), max_size=12))
def test_labels_of_the_desk_never_meet(found: list[tuple[str, int]]) -> None:
    drawn = ruler.of_desk([row(title, days) for title, days in found], TODAY)
    assert_apart(drawn, reach=0)


@given(
    st.integers(1, 120), st.integers(1, 120), st.lists(st.tuples(st.integers(1, 120), st.text("abc ", min_size=1, max_size=30)), max_size=8)
)
def test_labels_of_a_clock_never_meet(day: int, of: int, ticks: list[tuple[int, str]]) -> None:
    drawn = ruler.of_clock(Count(day=day, of=of), [RulerTick(day=number, label=label) for number, label in ticks])
    assert_apart(drawn, reach=1)


def assert_apart(drawn: ruler.Ruler, *, reach: int) -> None:
    said = [label for label in drawn.labels if label.level != ruler.UNSAID]
    for one, other in combinations(said, 2):
        (left, right), (start, end) = ruler.extent(one, ruler.WIDE), ruler.extent(other, ruler.WIDE)
        assert one.level != other.level or right < start or end < left
    for stem in said:
        for text in said:
            start, end = ruler.extent(text, ruler.WIDE)
            assert stem is text or stem.marker or stem.level - reach < text.level or not start < stem.x / 100 * ruler.WIDE < end
