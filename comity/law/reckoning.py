"""How a source says that a time limit is counted. Where it is silent, nothing stands here: `law.deadlines` says what then holds."""

from dataclasses import dataclass
from enum import StrEnum


class FirstDay(StrEnum):
    """Whether the day on which the time starts is day 1."""

    COUNTS = "counts"
    FREE = "free"


class EndOnDayOff(StrEnum):
    """Where the end goes that falls on a day off."""

    NEXT_WORKING_DAY = "next-working-day"
    STAYS = "stays"


class MonthEnd(StrEnum):
    """Where a count of months ends whose last month has no day of that number."""

    LAST_DAY = "last-day"
    NEXT_DAY = "next-day"


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """What a time is counted from: a word of the register's group `event`, with its labels."""

    code: str
    en: str
    ru: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reckoning:
    """What the source itself says about the count; None where it says nothing.

    `counted_from`: the event with which the time begins; `warn_days` are calendar days before the end; `may_stand`: the source lets the
    clock stand for a time.
    """

    first_day: FirstDay | None = None
    end_on_day_off: EndOnDayOff | None = None
    month_end: MonthEnd | None = None
    counted_from: Event | None = None
    warn_days: int | None = None
    may_stand: bool = False


SILENT = Reckoning()
