"""The year of a State as a calendar: which days work, which do not, which were moved, and what no decree has settled yet."""

import calendar as months
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from babel import Locale
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from comity.desk.components.model import Words
from comity.law.calendars import Calendar, DayKind

WORDS: dict[DayKind, Words] = {
    DayKind.WORKING: gettext_lazy("working day"),
    DayKind.WEEKEND: gettext_lazy("weekend"),
    DayKind.HOLIDAY: gettext_lazy("holiday"),
    DayKind.MOVED_OFF: gettext_lazy("day off moved here"),
    DayKind.MOVED_ON: gettext_lazy("working day moved here"),
    DayKind.NOT_KNOWN: gettext_lazy("not known yet"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """One day of a month. `look` is how it is drawn, `word` what it is, empty for an ordinary working day or weekend."""

    number: int
    look: str
    word: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """A month as weeks of seven; a place outside the month is None."""

    title: str
    weeks: tuple[tuple[Day | None, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A day with a name, or a moved one: when, what, and for which day it was exchanged."""

    on: date
    kind: Words
    name: str
    instead_of: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Year:
    """A year of a State. `known`: its decrees are known; `said` says what that means. `before`, `after`: years that can be shown."""

    number: int
    known: bool
    said: str
    months: tuple[Month, ...]
    weekdays: tuple[tuple[str, str], ...]
    named: tuple[Named, ...]
    working: int
    before: int | None
    after: int | None
    note: str


def year(calendar: Calendar, number: int, language: str) -> Year:
    """The year `number`, or the nearest that the calendar covers."""
    first, last = calendar.since.year, calendar.until.year
    shown = min(max(number, first), last)
    days = [date(shown, 1, 1).replace(month=month, day=day) for month in range(1, 13) for day in _length(shown, month)]
    return Year(
        number=shown,
        known=calendar.knows(shown),
        said=_said(calendar, shown),
        months=tuple(_month(calendar, shown, month, language) for month in range(1, 13)),
        weekdays=_weekdays(language),
        named=tuple(_named(calendar, shown, language)),
        working=sum(calendar.works(day) for day in days),
        before=shown - 1 if shown > first else None,
        after=shown + 1 if shown < last else None,
        note=(calendar.note_ru or calendar.note) if language == "ru" else calendar.note,
    )


def _length(year: int, month: int) -> range:
    return range(1, months.monthrange(year, month)[1] + 1)


def _said(calendar: Calendar, year: int) -> str:
    if calendar.knows(year):
        return _("The decrees of this year are known: moved days are shown.")
    said = _("The decrees of this year are not known yet: one may still move days, so what is counted has an earliest and a latest end.")
    return said if calendar.decreed_until is None else f"{said} {_('Known up to: %(year)s.') % {'year': calendar.decreed_until}}"


def _weekdays(language: str) -> tuple[tuple[str, str], ...]:
    """Short and full names from Monday on."""
    names = Locale(language).days["stand-alone"]
    return tuple((capfirst(names["short"][day]), names["wide"][day]) for day in range(7))


def _month(calendar: Calendar, year: int, month: int, language: str) -> Month:
    weeks = months.Calendar().monthdatescalendar(year, month)
    return Month(
        title=capfirst(Locale(language).months["stand-alone"]["wide"][month]),
        weeks=tuple(tuple(_day(calendar, day, language) if day.month == month else None for day in week) for week in weeks),
    )


def _day(calendar: Calendar, day: date, language: str) -> Day:
    kind, named = calendar.kind(day), calendar.named(day)
    ordinary = kind in {DayKind.WORKING, DayKind.WEEKEND} and named is None
    words = ", ".join(filter(None, (str(WORDS[kind]), named.name(language) if named else "")))
    return Day(number=day.day, look=kind.value, word="" if ordinary else words)


def _named(calendar: Calendar, year: int, language: str) -> Iterator[Named]:
    for day in sorted(day for day in calendar.days if day.year == year):
        found = calendar.days[day]
        yield Named(on=day, kind=WORDS[found.kind], name=found.name(language), instead_of=found.instead_of)
