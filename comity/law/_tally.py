"""The arithmetic of a time limit under one reading of the calendar: where it ends, and what lay between."""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from comity.law.calendars import Calendar, Reading
from comity.law.model import Unit
from comity.law.reckoning import EndOnDayOff, MonthEnd, Reckoning
from comity.words import _


class NoDate(StrEnum):
    """Why a time limit has no date."""

    NO_SUCH_DAY = "no-such-day"
    NO_SUCH_SPAN = "no-such-span"
    NEEDS_A_TIME = "needs-a-time"
    NEEDS_A_CALENDAR = "needs-a-calendar"
    OUTSIDE_CALENDAR = "outside-calendar"
    STANDS = "stands"
    HOURS_STAND = "hours-stand"
    NOT_FOUND = "not-found"
    TOO_FAR = "too-far"


WORDS = {
    NoDate.NO_SUCH_DAY: _("The month has no such day, and no source says how to round."),
    NoDate.NO_SUCH_SPAN: _("The instrument gives no such length."),
    NoDate.NEEDS_A_TIME: _("Hours are counted from a time of day, not from a date."),
    NoDate.NEEDS_A_CALENDAR: _("Working days are counted by the calendar of a State, and the register holds none of this State."),
    NoDate.OUTSIDE_CALENDAR: _("The count leaves the years of the calendar."),
    NoDate.STANDS: _("The clock stands; the day can be counted when it runs again."),
    NoDate.HOURS_STAND: _("No source says how hours are counted while the clock stands."),
    NoDate.NOT_FOUND: _("The term was looked for and not found; the office gives it."),
    NoDate.TOO_FAR: _("The count leaves the years that can be counted."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A span of days during which the clock stands, both days included; `until` None: it stands still."""

    since: date
    until: date | None = None

    def holds(self, day: date) -> bool:
        """Whether the clock stands on this day."""
        return self.since <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """What is counted: so many units from `start`, whose day counts or not, as the source says, by the days of a State."""

    number: int
    unit: Unit
    start: date
    first_counts: bool
    reckoning: Reckoning
    calendar: Calendar | None = None
    stood: Sequence[Standing] = ()

    @property
    def first(self) -> date:
        """Day 1."""
        return self.start if self.first_counts else self.start + timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """One count: `first` is day 1, `length` the days from it to the end of the bare length; then what pushed the end on.

    `off`: days off that were passed by; `stood`: days on which the clock stood; `moved`: days from an end on a day off to the next working
    day. `rounded`: the month had no such day.
    """

    first: date
    length: int
    off: int = 0
    stood: int = 0
    moved: int = 0
    rounded: bool = False

    @property
    def counted(self) -> date:
        """The last day before any move off a day off."""
        return self.first + timedelta(days=self.length + self.off + self.stood)

    @property
    def due(self) -> date:
        """The last day."""
        return self.counted + timedelta(days=self.moved)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tallies:
    """The count as the calendar stands, with the earliest and with the latest end."""

    as_it_stands: Tally
    earliest: Tally
    latest: Tally


def tallies(count: Count) -> Tallies | NoDate:
    """The count under every reading of the calendar, or why there is no date."""
    found = {reading: tally(count, reading) for reading in Reading}
    ends = {reading: one for reading, one in found.items() if isinstance(one, Tally)}
    if len(ends) < len(found):
        return next(one for one in found.values() if isinstance(one, NoDate))
    return Tallies(as_it_stands=ends[Reading.AS_IT_STANDS], earliest=ends[Reading.EARLIEST], latest=ends[Reading.LATEST])


def tally(count: Count, reading: Reading) -> Tally | NoDate:
    """The count under one reading of the calendar, or why there is no date."""
    try:
        found = _working(count, reading) if count.unit is Unit.WORKING_DAYS else _plain(count)
        return found if isinstance(found, NoDate) or count.unit is Unit.WORKING_DAYS else _off_day_off(count, found, reading)
    except (OverflowError, ValueError):  # past the year 9999
        return NoDate.TOO_FAR


def _working(count: Count, reading: Reading) -> Tally | NoDate:
    if count.calendar is None:
        return NoDate.NEEDS_A_CALENDAR
    if not count.calendar.covers(count.first):
        return NoDate.OUTSIDE_CALENDAR
    left, off, stood = count.number, 0, 0
    for day, works in count.calendar.run(count.first, reading):
        if standing := _standing(count, day):
            if standing.until is None:
                return NoDate.STANDS
            stood += 1
        elif works:
            left -= 1
            if not left:
                return Tally(first=count.first, length=count.number - 1, off=off, stood=stood)
        else:
            off += 1
    return NoDate.OUTSIDE_CALENDAR


def _plain(count: Count) -> Tally | NoDate:
    found = _bare_end(count)
    if isinstance(found, NoDate):
        return found
    end, rounded = found
    bare = Tally(first=count.first, length=(end - count.first).days, rounded=rounded)
    return _stand(count, bare) if count.stood else bare


def _bare_end(count: Count) -> tuple[date, bool] | NoDate:
    if count.unit is Unit.DAYS:
        return count.first + timedelta(days=count.number - 1), False
    months = count.number if count.unit is Unit.MONTHS else 12 * count.number
    end = add_months(count.start, months)
    rounded = end is NoDate.NO_SUCH_DAY
    if rounded:
        end = _rounded(count, months)
    if isinstance(end, NoDate):
        return end
    return end - timedelta(days=int(count.first_counts)), rounded


def _rounded(count: Count, months: int) -> date | NoDate:
    if count.reckoning.month_end is None:
        return NoDate.NO_SUCH_DAY
    year, month = divmod(count.start.year * 12 + count.start.month - 1 + months, 12)
    last = date(year, month + 1, monthrange(year, month + 1)[1])
    return last if count.reckoning.month_end is MonthEnd.LAST_DAY else last + timedelta(days=1)


def add_months(start: date, months: int) -> date | NoDate:
    """The day of the same number so many months later, or that there is none: 31 January and a month has no answer."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    if start.day > monthrange(year, month + 1)[1]:
        return NoDate.NO_SUCH_DAY
    return date(year, month + 1, start.day)


def _stand(count: Count, bare: Tally) -> Tally | NoDate:
    """Days on which the clock stands are not counted: the end goes on by as many."""
    left, stood, day = bare.length + 1, 0, bare.first
    while True:
        standing = _standing(count, day)
        if standing and standing.until is None:
            return NoDate.STANDS
        stood, left = (stood + 1, left) if standing else (stood, left - 1)
        if not left:
            return replace(bare, stood=stood)
        day += timedelta(days=1)


def _standing(count: Count, day: date) -> Standing | None:
    return next((one for one in count.stood if one.holds(day)), None)


def _off_day_off(count: Count, found: Tally, reading: Reading) -> Tally | NoDate:
    if count.reckoning.end_on_day_off is not EndOnDayOff.NEXT_WORKING_DAY:
        return found
    if count.calendar is None:
        return NoDate.NEEDS_A_CALENDAR
    if not count.calendar.covers(found.counted):
        return NoDate.OUTSIDE_CALENDAR
    for day, works in count.calendar.run(found.counted, reading):
        if works:
            return replace(found, moved=(day - found.counted).days)
    return NoDate.OUTSIDE_CALENDAR
