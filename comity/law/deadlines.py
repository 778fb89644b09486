"""The date a time limit ends on. Pure: the day it starts is an argument.

Days are calendar days, and every one counts: no calendar of holidays moves a deadline here. Whether the first day counts is rarely said by
an instrument. Where a person is held, the earlier reading is taken: the first day counts. Elsewhere it does not. Which was done is part of
the answer. A month ends on the day of the same number; where the month has no such day, no source says how to round, and the answer is that
there is no date.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from comity.law.basis import TimeLimit
from comity.law.model import Unit
from comity.words import _

DETENTION = frozenset({"provisional-arrest", "surrender", "surrender-after-decision"})
"""Time limits during which a person is held: a doubt about the count is resolved for liberty."""


class Span(StrEnum):
    """Which length of a time limit is counted."""

    LENGTH = "length"
    LONGEST = "longest"
    EXTENDED = "extended"


class Counting(StrEnum):
    """Whether the day on which the time starts is its first day."""

    FIRST_DAY_COUNTS = "first-day-counts"
    FIRST_DAY_FREE = "first-day-free"


class NoDate(StrEnum):
    """Why a time limit has no date."""

    NO_SUCH_DAY = "no-such-day"
    NO_SUCH_SPAN = "no-such-span"
    NEEDS_A_TIME = "needs-a-time"


WORDS = {
    NoDate.NO_SUCH_DAY: _("The month has no such day, and no source says how to round."),
    NoDate.NO_SUCH_SPAN: _("The instrument gives no such length."),
    NoDate.NEEDS_A_TIME: _("Hours are counted from a time of day, not from a date."),
    Counting.FIRST_DAY_COUNTS: _("Calendar days; the first day counts, because no source says otherwise and the person is held."),
    Counting.FIRST_DAY_FREE: _("Calendar days; the first day does not count."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """The last day of a time limit. `due` is None where there is no date, and `reason` says why. `steps`: the count, in order."""

    limit: TimeLimit
    start: date
    span: Span
    counting: Counting
    due: date | None
    reason: NoDate | None
    steps: tuple[tuple[str, str], ...]

    def expired(self, on: date) -> bool:
        """Whether the time limit has ended before this day; one without a date never has."""
        return self.due is not None and on > self.due

    @property
    def words(self) -> str:
        """How it was counted, or why there is no date (English, marked for translation)."""
        return WORDS[self.reason] if self.reason else WORDS[self.counting]


def deadline(limit: TimeLimit, start: date, span: Span = Span.LENGTH) -> Deadline:
    """The date on which `limit`, started on `start`, ends: its length, its longest, or its length with one extension."""
    counting = Counting.FIRST_DAY_COUNTS if limit.topic in DETENTION else Counting.FIRST_DAY_FREE
    number = _number(limit, span)
    found = _end(start, number, limit.unit, counting) if number else NoDate.NO_SUCH_SPAN
    due, reason = (None, found) if isinstance(found, NoDate) else (found, None)
    steps = (
        ("start", start.isoformat()),
        ("length", f"{number} {limit.unit}"),
        ("counting", counting.value),
        ("due", due.isoformat() if due else ""),
    )
    return Deadline(limit=limit, start=start, span=span, counting=counting, due=due, reason=reason, steps=steps)


def _number(limit: TimeLimit, span: Span) -> int | None:
    if span is Span.LONGEST:
        return limit.longest
    if span is Span.EXTENDED:
        return limit.length + limit.extension if limit.extension else None
    return limit.length


def _end(start: date, number: int, unit: Unit, counting: Counting) -> date | NoDate:
    if unit is Unit.HOURS:
        return NoDate.NEEDS_A_TIME
    free = 1 if counting is Counting.FIRST_DAY_COUNTS else 0
    if unit is Unit.DAYS:
        return start + timedelta(days=number - free)
    months = number if unit is Unit.MONTHS else 12 * number
    end = add_months(start, months)
    return end if isinstance(end, NoDate) else end - timedelta(days=free)


def add_months(start: date, months: int) -> date | NoDate:
    """The day of the same number so many months later, or that there is none: 31 January and a month has no answer."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    if start.day > monthrange(year, month + 1)[1]:
        return NoDate.NO_SUCH_DAY
    return date(year, month + 1, start.day)
