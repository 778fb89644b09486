"""How a count is told: the start, whose days, the length, what is not counted, what moves the end, why it is a range, the last day."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from comity.law._tally import Count, Tallies, Tally
from comity.law.basis import TimeLimit
from comity.law.calendars import OFF, Calendar, DayKind, NamedDay, day_of, local
from comity.law.model import Confidence, Unit
from comity.law.reckoning import MonthEnd
from comity.law.steps import Country, DayName, Length, Name, Step, StepKind, step
from comity.words import _


def begun(start: date | datetime, calendar: Calendar | None) -> Iterator[Step]:
    """When it starts, and whose days are meant."""
    day = day_of(start, calendar)
    if isinstance(start, datetime):
        hour = f"{local(start, calendar, start.tzinfo):%H:%M}"
        yield step(StepKind.START, _("It starts on {day} at {hour}."), day=day, hour=hour)
    else:
        yield step(StepKind.START, _("It starts on {day}."), day=day)
    if calendar:
        country = Country(code=calendar.state)
        yield step(StepKind.DAYS_OF, _("Days are those of {state}, time zone {zone}."), state=country, zone=calendar.zone)
    elif isinstance(start, datetime):
        yield step(StepKind.DAYS_OF, _("The day is that of the moment as it was given: the register holds no calendar of this State."))


def lasts(number: int, unit: Unit, days: int = 0) -> Step:
    """How long it lasts."""
    return step(StepKind.LENGTH, _("It lasts {length}."), days=days, length=Length(number=number, unit=unit))


def counted(rule: TimeLimit, count: Count, found: Tallies) -> Iterator[Step]:
    """Everything between the start and the last day."""
    standing, begin = found.as_it_stands, found.as_it_stands.first
    if event := rule.reckoning.counted_from:
        yield step(StepKind.COUNTED_FROM, _("The source counts it from: {event}."), event=Name(en=event.en, ru=event.ru))
    words = _first_day_words(rule, counts=count.first_counts)
    yield step(StepKind.FIRST_DAY, words, days=(begin - count.start).days, day=begin)
    yield lasts(count.number, count.unit, standing.length)
    if standing.rounded:
        yield step(StepKind.ROUNDED, _ROUNDED[rule.reckoning.month_end or MonthEnd.LAST_DAY])
    yield from _between(count, standing)
    yield from _stood(count, standing)
    if standing.stood and not rule.reckoning.may_stand:
        yield step(StepKind.STOOD, _("No source says that this clock may stand; the days are left out because it was asked."))
    yield from _at_the_end(count, standing)
    yield from _range(count, found)
    if count.calendar and count.calendar.confidence is Confidence.UNVERIFIED and _used(count, standing):
        country = Country(code=count.calendar.state)
        text = _("The calendar of {state} was not verified; it was taken from: {source}.")
        yield step(StepKind.CALENDAR, text, state=country, source=count.calendar.source)


def ended(found: Tallies, warn_days: int | None) -> Iterator[Step]:
    """The day a warning is due, and the last day."""
    due, latest = found.earliest.due, found.latest.due
    if warn_days:
        text = _("A warning is due {length} before the end: on {day} at the latest.")
        length = Length(number=warn_days, unit=Unit.DAYS)
        yield step(StepKind.WARNING, text, length=length, day=due - timedelta(days=warn_days))
    if due == latest:
        yield step(StepKind.DUE, _("The last day is {day}."), day=due)
    else:
        text = _("The last day lies between {day} and {latest}; whoever must act keeps the earlier.")
        yield step(StepKind.DUE, text, day=due, latest=latest)


_ROUNDED = {
    MonthEnd.LAST_DAY: _("The month has no such day; the source says that the time then ends on its last day."),
    MonthEnd.NEXT_DAY: _("The month has no such day; the source says that the time then ends on the first day of the next."),
}


def _first_day_words(rule: TimeLimit, *, counts: bool) -> str:
    if rule.reckoning.first_day is not None:
        if counts:
            return _("The first day counts, as the source says: day 1 is {day}.")
        return _("The first day does not count, as the source says: day 1 is {day}.")
    if counts:
        return _("The first day counts, because the source is silent and a person is held: day 1 is {day}.")
    return _("The first day does not count; the source is silent on it: day 1 is {day}.")


def _used(count: Count, found: Tally) -> bool:
    """Whether the calendar has a say in the end."""
    return count.unit is Unit.WORKING_DAYS or count.reckoning.end_on_day_off is not None or _off(count, found.counted)


def _off(count: Count, day: date) -> bool:
    return count.calendar is not None and count.calendar.covers(day) and count.calendar.kind(day) in OFF


def _between(count: Count, found: Tally) -> Iterator[Step]:
    if count.unit is not Unit.WORKING_DAYS or count.calendar is None:
        return
    days = tuple(_listed(count.calendar, found.first, found.counted))
    named = tuple(
        _named(day) for day in days if day.kind is not DayKind.MOVED_ON and day.on.weekday() not in count.calendar.weekend_on(day.on)
    )
    working = tuple(_named(day) for day in days if day.kind is DayKind.MOVED_ON)
    length = Length(number=found.off, unit=Unit.DAYS)
    if named:
        yield step(
            StepKind.DAYS_OFF,
            _("Days off in between are not counted: {length}, among them {names}."),
            days=found.off,
            length=length,
            names=named,
        )
    elif found.off:
        yield step(StepKind.DAYS_OFF, _("Days off in between are not counted: {length}."), days=found.off, length=length)
    if working:
        yield step(StepKind.WORKING_WEEKEND, _("These days work instead of others and are counted: {names}."), names=working)


def _listed(calendar: Calendar, first: date, last: date) -> Iterator[NamedDay]:
    for number in range((last - first).days + 1):
        if day := calendar.named(first + timedelta(days=number)):
            yield day


def _named(day: NamedDay) -> DayName:
    return DayName(on=day.on, name=Name(en=day.name_en, ru=day.name_ru) if day.name_en else None, instead_of=day.instead_of)


def _stood(count: Count, found: Tally) -> Iterator[Step]:
    if not found.stood:
        return
    spans = [one for one in count.stood if one.until and one.until >= found.first and one.since <= found.counted]
    left = found.stood
    for place, one in enumerate(spans):
        last = place == len(spans) - 1
        days = left if last else min(left, (min(one.until or found.counted, found.counted) - max(one.since, found.first)).days + 1)
        left -= days
        text = _("The clock stands from {since} to {until}; not counted: {length}.")
        yield step(
            StepKind.STOOD,
            text,
            days=days,
            since=one.since,
            until=one.until or found.counted,
            length=Length(number=days, unit=Unit.DAYS),
        )


def _at_the_end(count: Count, found: Tally) -> Iterator[Step]:
    if count.calendar is None or count.unit is Unit.WORKING_DAYS or not _off(count, found.counted):
        return
    day = count.calendar.named(found.counted)
    what = (_named(day) if day else DayName(on=found.counted),)
    if found.moved:
        text = _("The end falls on a day off, {day}; the source moves it to the next working day, {to}.")
        yield step(StepKind.MOVED, text, days=found.moved, day=what, to=found.due)
    else:
        yield step(StepKind.ON_DAY_OFF, _("The end falls on a day off, {day}; no source moves it, so it stays."), day=what)


def _range(count: Count, found: Tallies) -> Iterator[Step]:
    calendar, standing, earliest, latest = count.calendar, found.as_it_stands, found.earliest, found.latest
    if calendar is None or earliest.due == latest.due:
        return
    announced = tuple(_named(day) for day in _listed(calendar, standing.first, latest.due) if day.kind is DayKind.NOT_KNOWN)
    years = [str(year) for year in range(earliest.first.year, latest.due.year + 1) if not calendar.knows(year)]
    moved = (earliest.due - standing.due).days
    if announced:
        text = _("The day of a holiday is only announced: {names}.")
        yield step(StepKind.RANGE, text, days=0 if years else moved, names=announced)
    if years:
        yield step(
            StepKind.RANGE,
            _OWN if calendar.leeway.own else _OTHERS,
            days=moved,
            state=Country(code=calendar.state),
            years=", ".join(years),
            day=standing.due,
            off=str(calendar.leeway.off),
            on=str(calendar.leeway.on),
        )


_OWN = _(
    "The days that {state} moves by decree are not known for: {years}. In the known years, within any 31 days, at most {off} were taken off"
    " and {on} made to work; so the end is not certain. As the calendar stands, it is {day}."
)
_OTHERS = _(
    "The days that {state} moves by decree are not known for: {years}. No move of this State is known; the most of any other is taken:"
    " within any 31 days, {off} taken off and {on} made to work. As the calendar stands, the end is {day}."
)
