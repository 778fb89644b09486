"""Files of calendars and of terms turned into facts; a day that is said to be two things is refused.

A calendar lists holidays by name with their days, the moves made by decree, and the days that are only announced:

    [[weekend]]
    since = 1991-01-01
    days = ["saturday", "sunday"]

    [[holiday]]
    name = "New Year's Day"
    name_ru = "Новый год"
    days = [2026-01-01, 2027-01-01]

    [[moved]]
    on = 2026-01-09              # the day off
    instead_of = 2026-01-03      # the day it was taken from
    works = false                # whether that day works instead
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from itertools import pairwise

from comity.identifiers import StateCode
from comity.law._checks import unique
from comity.law._facts import Vocabulary, length_in, state
from comity.law._reckoned import reckoning
from comity.law._table import Table
from comity.law.basis import TimeLimit
from comity.law.calendars import Calendar, DayKind, Leeway, NamedDay, Weekend, leeway_of
from comity.law.model import Confidence, Unit
from comity.law.terms import Term
from comity.words import _

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_YEARS = range(1900, 2200)


def calendars(files: Iterable[tuple[str, Table]], known: Vocabulary) -> Mapping[StateCode, Calendar]:
    """The calendars by State; a State without moves of its own in the known years gets the widest leeway of all."""
    read = unique(((one.state, name, one) for name, table in files for one in (_calendar(table, known),)), "calendar of")
    widest = Leeway(
        off=max((one.leeway.off for one in read.values()), default=0),
        on=max((one.leeway.on for one in read.values()), default=0),
        own=False,
    )
    return {code: one if one.leeway.own else replace(one, leeway=widest) for code, one in sorted(read.items())}


def _calendar(table: Table, known: Vocabulary) -> Calendar:
    source, confidence = table.sourced()
    code = state(table, known)
    for key in ("title_en", "title_ru"):
        table.optional_text(key)
    weekends = tuple(_weekend(row) for row in table.tables("weekend"))
    years = _years(table)
    since, until = _needed_day(table, "since"), _needed_day(table, "until")
    if until < since:
        raise table.error("until", _("The calendar ends before it begins."), _("Swap `since` and `until` or correct them."))
    shape = Calendar(
        state=code,
        zone=_zone(table),
        weekends=_in_order(table, weekends),
        days={},
        known=years,
        since=since,
        until=until,
        source=source,
        confidence=confidence,
        leeway=Leeway(off=0, on=0, own=False),
        note=table.optional_text("note") or "",
        note_ru=table.optional_text("note_ru") or "",
    )
    days = _days(table, shape)
    table.close()
    return replace(shape, days=days, leeway=leeway_of(years, days.values()))


def _weekend(table: Table) -> Weekend:
    read = Weekend(since=_needed_day(table, "since"), days=tuple(WEEKDAYS.index(day) for day in table.words("days", WEEKDAYS)))
    _own_source(table)
    table.close()
    return read


def _own_source(table: Table) -> str | None:
    """Where a row was read, if elsewhere than its calendar; then it says how sure that is."""
    source = table.optional_text("source")
    if source is not None:
        table.choice("confidence", Confidence)
    return source


def _in_order(table: Table, weekends: tuple[Weekend, ...]) -> tuple[Weekend, ...]:
    if any(later.since <= earlier.since for earlier, later in pairwise(weekends)):
        raise table.error("weekend", _("The weekends are not in the order of their days."), _("Put the earlier `since` first, each once."))
    return weekends


def _zone(table: Table) -> str:
    zone = table.text("zone")
    if zone.count("/") < 1 or " " in zone:
        what, advice = _("“{zone}” is not the name of a time zone."), _("Write it as the IANA list has it, such as Asia/Almaty.")
        raise table.error("zone", what, advice, zone=zone)
    return zone


def _years(table: Table) -> tuple[int, ...]:
    raw = table.raw("known_years")
    if not isinstance(raw, list) or not all(isinstance(year, int) and year in _YEARS for year in raw):
        advice = _("Write the years whose decrees the source holds, such as [2025, 2026].")
        raise table.error("known_years", _("`known_years` is not a list of years."), advice)
    if sorted(set(raw)) != raw:
        raise table.error(
            "known_years", _("`known_years` is not in order, or names a year twice."), _("Put the years in order, each once.")
        )
    return tuple(raw)


def _needed_day(table: Table, key: str) -> date:
    found = table.day(key)
    if found is None:
        raise table.error(key, _("`{name}` is missing."), _("Write it as 2026-11-22, without quotes."), name=key)
    return found


def _days(table: Table, shape: Calendar) -> Mapping[date, NamedDay]:
    found: dict[date, NamedDay] = {}
    for row, key, day in (*_holidays(table, shape), *_announced(table, shape), *_moves(table, shape)):
        if not shape.covers(day.on):
            advice = _("Correct the day, or `since` and `until` of the calendar.")
            raise row.error(key, _("{day} lies outside the calendar."), advice, day=day.on)
        if earlier := found.get(day.on):
            said = _("{day} stands twice: as {earlier} and as {later}.")
            raise row.error(key, said, _("A day is one thing; keep one of the two."), day=day.on, earlier=_what(earlier), later=_what(day))
        found[day.on] = day
    return found


def _what(day: NamedDay) -> str:
    return f"{day.kind.value} ({day.name_en})" if day.name_en else day.kind.value


def _holidays(table: Table, shape: Calendar) -> Iterator[tuple[Table, str, NamedDay]]:
    for row in table.tables("holiday", "name"):
        name, name_ru = row.text("name"), row.optional_text("name_ru") or ""
        by_decree, source = bool(row.flag("by_decree")), _own_source(row) or shape.source
        days = _dates(row)
        row.close()
        for day in days:
            named = NamedDay(on=day, kind=DayKind.HOLIDAY, name_en=name, name_ru=name_ru, by_decree=by_decree, source=source)
            yield row, "days", named


def _announced(table: Table, shape: Calendar) -> Iterator[tuple[Table, str, NamedDay]]:
    for row in table.tables("announced", "name"):
        name, name_ru, source = row.text("name"), row.optional_text("name_ru") or "", _own_source(row) or shape.source
        days = _dates(row)
        row.close()
        for day in days:
            yield row, "days", NamedDay(on=day, kind=DayKind.NOT_KNOWN, name_en=name, name_ru=name_ru, source=source)


def _moves(table: Table, shape: Calendar) -> Iterator[tuple[Table, str, NamedDay]]:
    for row in table.tables("moved"):
        on, taken = _needed_day(row, "on"), _needed_day(row, "instead_of")
        works, source = row.flag("works"), _own_source(row) or shape.source
        row.close()
        if works is None:
            raise row.error("works", _("`works` is missing."), _("Write true if the day it was taken from works instead, else false."))
        if on.weekday() in shape.weekend_on(on):
            what = _("{day} is off anyway: it is a day of the weekend.")
            raise row.error("on", what, _("Swap `on` and `instead_of` or correct them."), day=on)
        yield row, "on", NamedDay(on=on, kind=DayKind.MOVED_OFF, instead_of=taken, source=source)
        if works:
            yield row, "instead_of", NamedDay(on=taken, kind=DayKind.MOVED_ON, instead_of=on, source=source)


def _dates(table: Table) -> tuple[date, ...]:
    raw = table.raw("days")
    if not isinstance(raw, list) or not raw or not all(isinstance(day, date) and not isinstance(day, datetime) for day in raw):
        raise table.error("days", _("`days` is not a list of dates."), _("Write it as [2026-01-01, 2027-01-01], without quotes."))
    return tuple(raw)


# Terms


def terms(files: Iterable[tuple[str, Table]], known: Vocabulary) -> tuple[Term, ...]:
    """The terms of all files, by their ids."""
    read = unique(((one.id, name, one) for name, table in files for one in _terms(table, known)), "term")
    return tuple(one for _, one in sorted(read.items()))


def _terms(table: Table, known: Vocabulary) -> Iterator[Term]:
    compiled = _needed_day(table, "compiled")
    for key in ("title_en", "title_ru", "note"):
        table.optional_text(key)
    yield from (_term(row, compiled, known) for row in table.tables("term", "id"))
    table.close()


def _term(table: Table, compiled: date, known: Vocabulary) -> Term:
    topic = table.word("topic", known.group("limit"))
    read = Term(
        id=table.text("id"),
        state=state(table, known),
        topic=topic,
        limit=_limit(table, topic, known),
        summary=table.text("summary"),
        summary_ru=table.text("summary_ru"),
        compiled=compiled,
        law_en=table.optional_text("law_en") or "",
        law_ru=table.optional_text("law_ru") or "",
        note=table.optional_text("note") or "",
    )
    table.close()
    return read


def _limit(table: Table, topic: str, known: Vocabulary) -> TimeLimit | None:
    source, confidence = table.sourced()
    length, unit = length_in(table)
    longest_unit = table.optional_word("longest_unit", tuple(Unit))
    counted = reckoning(table, known.words.get("event", {}))
    longest, extension, article = table.number("longest"), table.number("extension"), table.optional_text("article")
    if table.flag("not_found"):
        if length:
            raise table.error("not_found", _("A term that was not found has no length."), _("Remove `not_found` or the length."))
        return None
    if length is None or unit is None:
        advice = _("Add `days`, `working_days`, `months` or another length, or not_found = true.")
        raise table.error("days", _("The term has no length."), advice)
    if longest and longest < length and longest_unit in (None, unit):
        raise table.error("longest", _("`longest` is shorter than the time limit itself."), _("Swap the two or correct them."))
    return TimeLimit(
        topic=topic,
        length=length,
        unit=unit,
        longest=longest,
        longest_unit=Unit(longest_unit) if longest_unit else None,
        extension=extension,
        reckoning=counted,
        article=article,
        instrument=table.text("id"),
        source=source,
        confidence=confidence,
        summary=table.text("summary"),
        summary_ru=table.text("summary_ru"),
    )
