"""Rows of the desk in groups by nearness, in the order in which they press."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from comity.desk.components.model import DueGroup, DueRow, Words

SUNDAY = 6


def grouped(rows: Iterable[DueRow], today: date) -> tuple[DueGroup, ...]:
    """Overdue; today and tomorrow; this week (to its Sunday); later; without a term. Empty groups are left out, each is ordered by date."""
    ordered = sorted(rows, key=lambda row: (row.due.on or date.max, str(row.title)))
    groups: dict[Words, list[DueRow]] = {}
    for row in ordered:
        groups.setdefault(_group(row, today), []).append(row)
    return tuple(DueGroup(title=title, rows=tuple(found), signal=found[0].due.late) for title, found in groups.items())


OVERDUE, SOON, WEEK, LATER, NO_TERM = _("Overdue"), _("Today and tomorrow"), _("This week"), _("Later"), _("The law sets no term")


def _group(row: DueRow, today: date) -> Words:
    on = row.due.on
    if on is None:
        return NO_TERM
    if on < today:
        return OVERDUE
    if on <= today + timedelta(days=1):
        return SOON
    return WEEK if on <= today + timedelta(days=SUNDAY - today.weekday()) else LATER
