"""The days of a State: which work, which do not, and for which years that is not known yet.

A calendar holds weekends, holidays and the moves made by decree: a day off moved to a working day, a day of the weekend that works instead.
It is known for the years whose decree its source holds. In any other year a decree may still move days, so whatever is counted there
has an earliest and a latest end. Both assume that no more days are moved within any 31 days than in the known years (`Leeway`).
"""

from bisect import bisect_right
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, tzinfo
from enum import StrEnum
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from comity.identifiers import StateCode

if TYPE_CHECKING:  # the model holds calendars
    from comity.law.model import Confidence

STRETCH = 31
"""The length, in calendar days, of the stretch in which moved days are compared with those of the known years."""


class DayKind(StrEnum):
    """What a day is. `not-known`: the source expects a holiday near it, but the day itself is only announced."""

    WORKING = "working"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    MOVED_OFF = "moved-off"
    MOVED_ON = "moved-on"
    NOT_KNOWN = "not-known"


OFF = frozenset({DayKind.WEEKEND, DayKind.HOLIDAY, DayKind.MOVED_OFF, DayKind.NOT_KNOWN})


class Reading(StrEnum):
    """How a day is taken that is not known: as the calendar stands, for the earliest end, or for the latest."""

    AS_IT_STANDS = "as-it-stands"
    EARLIEST = "earliest"
    LATEST = "latest"


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedDay:
    """A day that is not what its weekday says, or that has a name. `instead_of`: the day it was exchanged for.

    `by_decree`: off by an act made for that one day. `name_ru` is empty where the source has no Russian name.
    """

    on: date
    kind: DayKind
    name_en: str = ""
    name_ru: str = ""
    instead_of: date | None = None
    by_decree: bool = False
    source: str = ""

    def name(self, language: str) -> str:
        """Its name in `language` (en or ru), in English where there is none; empty for a moved day."""
        return (self.name_ru or self.name_en) if language == "ru" else self.name_en


@dataclass(frozen=True, slots=True, kw_only=True)
class Weekend:
    """The weekdays that are off from a day on; Monday is 0."""

    since: date
    days: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Leeway:
    """How many days a decree may still take off or make work within `STRETCH` days. `own`: as many as in this State's known years.

    Otherwise the source holds no move of this State, and the most of any calendar of the register is taken.
    """

    off: int
    on: int
    own: bool


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Calendar:
    """The calendar of one State, from `since` to `until`. `known`: the years whose decrees the source holds. Compared by identity.

    `zone`: the IANA time zone whose days are meant (the capital's). `leeway`: what may still be moved in the other years.
    """

    state: StateCode
    zone: str
    weekends: tuple[Weekend, ...]
    days: Mapping[date, NamedDay] = field(repr=False)
    known: tuple[int, ...]
    since: date
    until: date
    source: str
    confidence: "Confidence"
    leeway: Leeway
    note: str = ""
    note_ru: str = ""

    @property
    def weekend(self) -> tuple[int, ...]:
        """The weekdays that are off now."""
        return self.weekends[-1].days

    @property
    def decreed_until(self) -> int | None:
        """The last year of which the decrees are known; None where none are."""
        return max(self.known, default=None)

    def knows(self, year: int) -> bool:
        """Whether the decrees of this year are known."""
        return year in self.known

    def covers(self, day: date) -> bool:
        """Whether the calendar says anything about this day."""
        return self.since <= day <= self.until

    def named(self, day: date) -> NamedDay | None:
        """The day as the calendar lists it; None for an ordinary day."""
        return self.days.get(day)

    def kind(self, day: date) -> DayKind:
        """What a day is, as the calendar stands."""
        named = self.days.get(day)
        if named is not None:
            return named.kind
        return DayKind.WEEKEND if day.weekday() in self.weekend_on(day) else DayKind.WORKING

    def weekend_on(self, day: date) -> tuple[int, ...]:
        """The weekdays that were off at the time of this day."""
        place = bisect_right(self.weekends, day, key=lambda one: one.since)
        return self.weekends[max(place - 1, 0)].days

    def works(self, day: date) -> bool:
        """Whether people work on this day, as the calendar stands."""
        return self.kind(day) not in OFF

    def run(self, first: date, reading: Reading) -> Iterator[tuple[date, bool]]:
        """Every day from `first` to the end of the calendar, and whether it works under `reading`.

        The earliest reading lets days off work as soon as a decree could make them, the latest lets working days be off.
        """
        turned: deque[date] = deque()
        allowed = {Reading.AS_IT_STANDS: 0, Reading.EARLIEST: self.leeway.on, Reading.LATEST: self.leeway.off}[reading]
        for day in _days(max(first, self.since), self.until):
            kind = self.kind(day)
            works = kind not in OFF
            if kind is DayKind.NOT_KNOWN:
                works = reading is Reading.EARLIEST
            elif allowed and self._may_turn(kind, day, reading):
                while turned and (day - turned[0]).days >= STRETCH:
                    turned.popleft()
                if len(turned) < allowed:
                    turned.append(day)
                    works = not works
            yield day, works

    def _may_turn(self, kind: DayKind, day: date, reading: Reading) -> bool:
        turns = DayKind.WORKING if reading is Reading.LATEST else DayKind.WEEKEND
        return kind is turns and not self.knows(day.year)


def local(moment: datetime, calendar: Calendar | None, otherwise: tzinfo | None) -> datetime:
    """A moment by the clocks of a State, or of `otherwise` where there is no calendar. Raises ValueError for one without a zone."""
    if moment.tzinfo is None:
        raise ValueError("A moment needs its time zone.")
    return moment.astimezone(ZoneInfo(calendar.zone) if calendar else otherwise)


def day_of(moment: date | datetime, calendar: Calendar | None) -> date:
    """The day of a moment by the clocks of a State, by its own where there is no calendar; a day is that day."""
    return local(moment, calendar, moment.tzinfo).date() if isinstance(moment, datetime) else moment


def _days(first: date, last: date) -> Iterator[date]:
    for number in range((last - first).days + 1):
        yield first + timedelta(days=number)


def leeway_of(known: Iterable[int], days: Iterable[NamedDay]) -> Leeway:
    """The most days that decrees took off, and the most they made work, within any 31 days of the known years."""
    years = frozenset(known)
    decreed = [day for day in days if day.on.year in years]
    off = [day.on for day in decreed if day.kind is DayKind.MOVED_OFF or day.by_decree]
    on = [day.on for day in decreed if day.kind is DayKind.MOVED_ON]
    return Leeway(off=_densest(off), on=_densest(on), own=bool(off or on))


def _densest(days: Iterable[date]) -> int:
    window: deque[date] = deque()
    most = 0
    for day in sorted(days):
        window.append(day)
        while (day - window[0]).days >= STRETCH:
            window.popleft()
        most = max(most, len(window))
    return most
