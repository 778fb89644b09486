"""The day a time limit ends on, with every step of the count. Pure: the starting day, the calendar and the standing clock are arguments.

1. The unit is the source's: hours, calendar days, working days, months, years. Working days are those of the State whose law runs.
2. Whether the first day counts is the source's to say. Where it is silent, the first day counts if a person is held (of two ways to count
   the earlier end is taken: for liberty), and does not count otherwise.
3. A month ends on the day of the same number. Where the month has no such day there is no date, unless the source says how to round.
4. Days on which the clock stands are not counted.
5. An end on a day off stays there, unless the source moves it to the next working day.
6. Where a decree may still move days, there are an earliest and a latest end (`law.calendars`). Who must act keeps the earlier.
7. A warning is due so many calendar days before the earliest end as the source says.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from comity.identifiers import StateCode
from comity.law import _told as told
from comity.law._tally import WORDS, Count, NoDate, Standing, add_months, tallies
from comity.law.basis import TimeLimit
from comity.law.calendars import Calendar, day_of, local
from comity.law.model import Unit
from comity.law.reckoning import FirstDay
from comity.law.steps import Step, StepKind, step
from comity.law.terms import Term
from comity.words import _

__all__ = ["Counting", "Deadline", "NoDate", "Span", "Standing", "add_months", "deadline"]

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """The last day of a time limit.

    `due` is the earliest last day, `latest` the latest one: the same day unless a decree may still move days; `as_it_stands` lies between
    them. All are None where there is no date, and `reason` says why. `first` is day 1. `warn_on`: the day on which a warning is due. `at`:
    the moment it ends, for hours. `state`: whose days were counted. `steps`: the count in order; their days added to `start` give `due`.
    """

    limit: TimeLimit | None
    start: date
    span: Span
    counting: Counting
    due: date | None
    reason: NoDate | None
    steps: tuple[Step, ...]
    first: date | None = None
    latest: date | None = None
    as_it_stands: date | None = None
    warn_on: date | None = None
    at: datetime | None = None
    state: StateCode | None = None

    @property
    def certain(self) -> bool:
        """Whether there is one last day."""
        return self.due is not None and self.due == self.latest

    @property
    def earliest(self) -> date | None:
        """The earliest last day: `due`."""
        return self.due

    def expired(self, on: date) -> bool:
        """Whether the time limit has surely or possibly ended before this day; one without a date never has."""
        return self.due is not None and on > self.due

    def surely_expired(self, on: date) -> bool:
        """Whether it has ended before this day however days are still moved."""
        return self.latest is not None and on > self.latest

    @property
    def words(self) -> str:
        """How the first day was taken, or why there is no date (English, marked for translation)."""
        if self.reason:
            return WORDS[self.reason]
        return next((one.text for one in self.steps if one.kind is StepKind.FIRST_DAY), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """What is counted, and the steps said so far."""

    rule: TimeLimit | None
    start: date | datetime
    day: date
    span: Span
    counting: Counting
    calendar: Calendar | None
    stood: Sequence[Standing]
    steps: tuple[Step, ...] = ()


def deadline(
    limit: TimeLimit | Term,
    start: date | datetime,
    span: Span = Span.LENGTH,
    *,
    calendar: Calendar | None = None,
    stood: Sequence[Standing] = (),
) -> Deadline:
    """The day on which `limit`, started on `start`, ends: its length, its longest, or its length with one extension.

    A moment (aware) is taken as the day it is in the calendar's zone, and is needed for hours. `stood`: when the clock stood, or stands.
    """
    rule = limit.limit if isinstance(limit, Term) else limit
    counting = _counting(rule) if rule else Counting.FIRST_DAY_FREE
    asked = _Asked(
        rule=rule,
        start=start,
        day=day_of(start, calendar),
        span=span,
        counting=counting,
        calendar=calendar,
        stood=stood,
        steps=tuple(told.begun(start, calendar)),
    )
    if rule is None:
        return _none(asked, NoDate.NOT_FOUND)
    number, unit = _length(rule, span)
    if number is None:
        return _none(asked, NoDate.NO_SUCH_SPAN)
    return _hours(asked, rule, number) if unit is Unit.HOURS else _counted(asked, rule, number, unit)


def _counting(rule: TimeLimit) -> Counting:
    if rule.reckoning.first_day is not None:
        return Counting.FIRST_DAY_COUNTS if rule.reckoning.first_day is FirstDay.COUNTS else Counting.FIRST_DAY_FREE
    return Counting.FIRST_DAY_COUNTS if rule.topic in DETENTION else Counting.FIRST_DAY_FREE


def _length(rule: TimeLimit, span: Span) -> tuple[int | None, Unit]:
    match span:
        case Span.LENGTH:
            return rule.length, rule.unit
        case Span.LONGEST:
            return rule.longest, rule.longest_unit or rule.unit
        case Span.EXTENDED:
            return (rule.length + rule.extension if rule.extension else None), rule.unit


def _counted(asked: _Asked, rule: TimeLimit, number: int, unit: Unit) -> Deadline:
    count = Count(
        number=number,
        unit=unit,
        start=asked.day,
        first_counts=asked.counting is Counting.FIRST_DAY_COUNTS,
        reckoning=rule.reckoning,
        calendar=asked.calendar,
        stood=asked.stood,
    )
    found = tallies(count)
    if isinstance(found, NoDate):
        return _none(replace(asked, steps=(*asked.steps, told.lasts(number, unit))), found)
    warn_on = found.earliest.due - timedelta(days=rule.reckoning.warn_days) if rule.reckoning.warn_days else None
    return Deadline(
        limit=rule,
        start=asked.day,
        span=asked.span,
        counting=asked.counting,
        first=found.as_it_stands.first,
        due=found.earliest.due,
        latest=found.latest.due,
        as_it_stands=found.as_it_stands.due,
        warn_on=warn_on,
        reason=None,
        state=asked.calendar.state if asked.calendar else None,
        steps=(*asked.steps, *told.counted(rule, count, found), *told.ended(found, rule.reckoning.warn_days)),
    )


def _none(asked: _Asked, reason: NoDate) -> Deadline:
    return Deadline(
        limit=asked.rule,
        start=asked.day,
        span=asked.span,
        counting=asked.counting,
        due=None,
        reason=reason,
        state=asked.calendar.state if asked.calendar else None,
        steps=(*asked.steps, step(StepKind.NO_DATE, WORDS[reason])),
    )


def _hours(asked: _Asked, rule: TimeLimit, number: int) -> Deadline:
    """Hours run without a break from a moment to a moment; no day of a calendar moves them."""
    begun = (*asked.steps, told.lasts(number, Unit.HOURS))
    if not isinstance(asked.start, datetime) or asked.stood:
        return _none(replace(asked, steps=begun), NoDate.HOURS_STAND if asked.stood else NoDate.NEEDS_A_TIME)
    end = local(asked.start.astimezone(UTC) + timedelta(hours=number), asked.calendar, asked.start.tzinfo)
    due = end.date()
    return Deadline(
        limit=rule,
        start=asked.day,
        span=asked.span,
        counting=asked.counting,
        first=asked.day,
        due=due,
        latest=due,
        as_it_stands=due,
        at=end,
        reason=None,
        state=asked.calendar.state if asked.calendar else None,
        steps=(*begun, step(StepKind.DUE, _("It ends on {day} at {hour}."), days=(due - asked.day).days, day=due, hour=f"{end:%H:%M}")),
    )
