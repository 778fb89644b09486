"""What a folded matter says so far: the latest answers to its fields, and the latest word of each office."""

from collections.abc import Iterable

from comity.canonical import Value
from comity.identifiers import OfficeId
from comity.journal import Entry, Verdict
from comity.procedures.machine import MatterState

Entries = Iterable[Entry[MatterState]]


def gathered(entries: Entries) -> dict[str, Value]:
    """The latest answer to each field, by name, over all moves that counted; what was erased is not there."""
    found: dict[str, Value] = {}
    for entry in entries:
        if entry.verdict is Verdict.MOVE and entry.event.content is not None and not entry.event.opens:
            found.update(entry.event.content.value)
    return found


def latest_of_each(entries: Entries, act: str) -> dict[OfficeId, Entry[MatterState]]:
    """Of each office the newest entry of this act that counts, such as its position in a consultation."""
    found: dict[OfficeId, Entry[MatterState]] = {}
    for entry in entries:
        header = entry.event.header
        newest = found.get(header.office)
        if header.act == act and entry.verdict is not Verdict.VOID and (newest is None or newest.event.header.seq < header.seq):
            found[header.office] = entry
    return found
