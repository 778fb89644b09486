"""Due dates: grouped by how they press, said in the reader's words."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.template import Context, Template
from django.utils import translation

from comity.desk.components import dates
from comity.desk.components.due import grouped
from comity.desk.components.model import Count, DueDate, DueRow, HolderBanner, Proof, ProofState

MONDAY = date(2026, 11, 23)


def row(days: int | None) -> DueRow:
    on = None if days is None else MONDAY + timedelta(days=days)
    return DueRow(title=f"in {days}", url="/", due=DueDate(today=MONDAY, on=on))


def test_rows_are_grouped_by_how_they_press() -> None:
    groups = grouped([row(7), row(None), row(6), row(0), row(-3), row(1)], MONDAY)
    assert [(str(group.title), len(group.rows), group.signal) for group in groups] == [
        ("Overdue", 1, True),
        ("Today and tomorrow", 2, False),
        ("This week", 1, False),
        ("Later", 1, False),
        ("The law sets no term", 1, False),
    ]


@pytest.mark.parametrize(
    ("days", "late", "signal"), [(-1, True, True), (0, False, True), (3, False, True), (4, False, False), (None, False, False)]
)
def test_red_is_for_what_is_late_or_due_in_three_days(days: int | None, late: bool, signal: bool) -> None:
    due = row(days).due
    assert (due.late, due.signal) == (late, signal)


def test_a_count_knows_how_much_is_left() -> None:
    assert (Count(day=23, of=40).left, Count(day=23, of=40).share) == (17, 57.5)
    assert (Count(day=33, of=30).late, Count(day=33, of=30).share) == (3, 100)


@pytest.mark.parametrize(
    ("days", "english", "russian"),
    [
        (0, "today", "сегодня"),
        (1, "tomorrow", "завтра"),
        (-1, "yesterday", "вчера"),
        (2, "in 2 days", "через 2 дня"),
        (5, "in 5 days", "через 5 дней"),
        (21, "in 21 days", "через 21 день"),
        (-3, "3 days ago", "3 дня назад"),
    ],
)
def test_how_far_a_day_is(days: int, english: str, russian: str) -> None:
    with translation.override("en"):
        assert dates.how_far(MONDAY + timedelta(days=days), MONDAY) == english
    with translation.override("ru"):
        assert dates.how_far(MONDAY + timedelta(days=days), MONDAY) == russian


def test_days_are_written_as_the_reader_writes_them() -> None:
    with translation.override("en"):
        assert (dates.short(MONDAY), dates.full(MONDAY), dates.long_day(MONDAY)) == ("23 Nov", "23 November 2026", "Mon 23 November")
        assert dates.full(MONDAY, MONDAY) == "23 November"
        assert dates.short(date(2027, 1, 4), MONDAY) == "4 Jan 2027"
    with translation.override("ru"):
        assert (dates.short(MONDAY), dates.full(MONDAY), dates.heading(MONDAY)) == (
            "23 нояб.",
            "23 ноября 2026\u00a0г.",
            "Понедельник, 23 ноября",
        )


def test_a_moment_is_shown_in_the_time_zone_of_the_page() -> None:
    assert dates.hour(datetime(2026, 11, 23, 7, 55, tzinfo=UTC)) == "07:55"


def shown(banner: HolderBanner) -> str:
    return Template("{% holder_banner banner %}").render(Context({"banner": banner}))


def test_solid_ink_means_that_the_file_lies_on_our_desk() -> None:
    assert "band--ours" in shown(HolderBanner(ours=True, holder="Tajikistan"))
    assert "band--ours" not in shown(HolderBanner(ours=False, holder="Russia"))


def test_without_a_term_the_banner_says_so_and_draws_no_ruler() -> None:
    html = shown(HolderBanner(ours=False, holder="Russia", due=DueDate(today=MONDAY)))
    assert "The law sets no term" in html
    assert '<svg class="ruler' not in html


def test_numbers_in_drawings_are_written_for_machines_in_every_language() -> None:
    banner = HolderBanner(ours=True, holder="Таджикистан", due=DueDate(today=MONDAY, on=MONDAY, count=Count(day=23, of=40)))
    with translation.override("ru"):
        assert 'x1="1.25%"' in shown(banner)


def test_trouble_with_a_proof_is_loud_and_the_rest_is_quiet() -> None:
    template = Template("{% proof proof %}")
    assert "signal" not in template.render(Context({"proof": Proof(state=ProofState.SEALED, seal="9c41aa07b3e2")}))
    assert "9c41…e2" in template.render(Context({"proof": Proof(state=ProofState.SEALED, seal="9c41aa07b3e2")}))
    for state in (ProofState.BROKEN, ProofState.HELD, ProofState.FORK):
        assert "proof__line--signal" in template.render(Context({"proof": Proof(state=state)}))
