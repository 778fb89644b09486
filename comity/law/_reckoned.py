"""The keys of a table that say how its time limit is counted."""

from collections.abc import Mapping

from comity.law._table import Table
from comity.law.model import Word
from comity.law.reckoning import SILENT, EndOnDayOff, Event, FirstDay, MonthEnd, Reckoning
from comity.words import _

KEYS = ("first_day", "end_on_non_working", "month_end", "counted_from", "warn_days", "may_stand")


def reckoning(table: Table, events: Mapping[str, Word]) -> Reckoning:
    """What the source of this table says about the count; `events` are the words a time may be counted from."""
    first, end = table.optional_word("first_day", tuple(FirstDay)), table.optional_word("end_on_non_working", tuple(EndOnDayOff))
    month_end = table.optional_word("month_end", tuple(MonthEnd))
    event = table.optional_word("counted_from", tuple(events))
    read = Reckoning(
        first_day=FirstDay(first) if first else None,
        end_on_day_off=EndOnDayOff(end) if end else None,
        month_end=MonthEnd(month_end) if month_end else None,
        counted_from=Event(code=event, en=events[event].en, ru=events[event].ru) if event else None,
        warn_days=table.number("warn_days"),
        may_stand=bool(table.flag("may_stand")),
    )
    return read if read != SILENT else SILENT


def check_reckoning(table: Table, length: int | None) -> None:
    """Refuses keys of a count where nothing is counted."""
    found = next((key for key in KEYS if table.has(key)), None)
    if found and length is None:
        advice = _("Add `limit` and its length, or remove the key.")
        raise table.error(found, _("`{name}` belongs to a time limit."), advice, name=found)
