"""One transaction over the tables of the journal. The rules are those of `comity.journal.store`."""

from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from typing import Any

from comity.desk.record import models
from comity.desk.record.rows import (
    EVENT_COLUMNS,
    EVENT_READ,
    event_from,
    event_of,
    event_row,
    matter_bytes,
    matter_of,
    seal_from,
    sealed_from,
)
from comity.desk.record.sql import DO_NOTHING, Database, Row
from comity.errors import Code
from comity.identifiers import EventId, MatterId, OfficeId, is_internal
from comity.journal import OPENED, Event, Head, Placement, Seal, SealedEvent, StoreError

_RIVAL = EVENT_COLUMNS.index("rival")
# Where a place is forked, the smaller id stands for it: the same rule as in memory, whatever the order of arrival.
_NEWEST = """ON CONFLICT (matter, office) DO UPDATE SET seq = excluded.seq, event = excluded.event
    WHERE excluded.seq > record_strand.seq OR (excluded.seq = record_strand.seq AND excluded.event < record_strand.event)"""


class JournalUnit:
    """The journal half of the store's unit. `writing` says whether the transaction may write, and so locks what it reads to write upon."""

    def __init__(self, database: Database, *, writing: bool) -> None:
        self.database = database
        self.writing = writing
        self.erased = False

    # What is there

    def heads(self, matter: MatterId) -> Mapping[OfficeId, Head]:
        """See `comity.journal.Unit`. In a write nobody else writes to the matter from here to the end of the transaction."""
        key = matter_bytes(matter)
        self._lock((key,))
        found = self.database.rows("SELECT office, seq, event FROM record_strand WHERE matter = %s", [key])
        return {OfficeId(office): Head(seq=seq, id=event_of(event)) for office, seq, event in found}

    def heads_of(self, matters: Iterable[MatterId], *, lock: bool = True) -> Mapping[MatterId, Mapping[OfficeId, Head]]:
        """See `comity.exchange.ExchangeUnit`. Locks as `heads` does, all matters in one order."""
        keys = {matter_bytes(matter): matter for matter in matters}
        if not keys:
            return {}
        if lock:
            self._lock(keys)
        condition, parameters = self.database.among("matter", list(keys))
        found = self.database.rows(f"SELECT matter, office, seq, event FROM record_strand WHERE NOT internal AND {condition}", parameters)
        heads: dict[MatterId, dict[OfficeId, Head]] = {}
        for matter, office, seq, event in found:
            heads.setdefault(keys[bytes(matter)], {})[OfficeId(office)] = Head(seq=seq, id=event_of(event))
        return heads

    def events(self, matter: MatterId) -> tuple[SealedEvent, ...]:
        """See `comity.journal.Unit`."""
        return tuple(self._sealed(self._matter_rows(matter, "NOT internal")))

    def internal(self, matter: MatterId) -> tuple[Event, ...]:
        """See `comity.journal.Unit`."""
        return tuple(event_from(row[0], row[1], row[2], row[6]) for row in self._matter_rows(matter, "internal"))

    def find(self, ids: Iterable[EventId]) -> Mapping[EventId, SealedEvent]:
        """See `comity.journal.Unit`."""
        keys = [bytes.fromhex(one) for one in ids]
        if not keys:
            return {}
        condition, parameters = self.database.among("event", keys)
        rows = self.database.rows(f"SELECT {EVENT_READ} FROM record_event WHERE seal_id IS NOT NULL AND {condition}", parameters)
        return {sealed.id: sealed for sealed in self._sealed(rows)}

    def unsealed(self, limit: int) -> tuple[Event, ...]:
        """See `comity.journal.Unit`."""
        columns = "header, salt, content, event"
        rows = self.database.rows(f"SELECT {columns} FROM record_event WHERE seal_id IS NULL ORDER BY arrival LIMIT %s", [limit])
        return tuple(event_from(*row) for row in rows)

    def matters(self, after: MatterId | None, limit: int) -> tuple[MatterId, ...]:
        """See `comity.journal.Unit`."""
        start = b"" if after is None else matter_bytes(after)
        rows = self.database.rows("SELECT DISTINCT matter FROM record_strand WHERE matter > %s ORDER BY matter LIMIT %s", [start, limit])
        return tuple(matter_of(matter) for (matter,) in rows)

    # What is added, placed, taken away

    def append(self, events: Sequence[SealedEvent]) -> None:
        """See `comity.journal.Unit`."""
        for sealed in events:
            if is_internal(sealed.header.office):
                raise StoreError(Code.MALFORMED, "An internal event is not appended to a shared strand.", where=sealed.id)
        if events:
            seals = self._keep_seals(sealed.placement.seal for sealed in events)
            self._keep([sealed.event for sealed in events], [_placed(sealed.placement, seals) for sealed in events])

    def append_internal(self, events: Sequence[Event]) -> None:
        """See `comity.journal.Unit`."""
        for event in events:
            if not is_internal(event.header.office):
                raise StoreError(Code.MALFORMED, "A shared event is not appended to an internal strand.", where=event.id)
        if events:
            self._keep(events, [None] * len(events))

    def place(self, placements: Mapping[EventId, Placement]) -> None:
        """See `comity.journal.Unit`."""
        seals = self._keep_seals(placement.seal for placement in placements.values())
        for event, placement in placements.items():
            changed = self.database.execute(
                "UPDATE record_event SET seal_id = %s, leaf = %s, path = %s WHERE event = %s AND seal_id IS NULL",
                [*_placed(placement, seals), bytes.fromhex(event)],
            )
            if not changed:
                raise StoreError(Code.NOT_EXPECTED, "This event is not one that waits for its seal.", where=event)

    def erase(self, event_id: EventId) -> None:
        """See `comity.journal.Unit`."""
        key = bytes.fromhex(event_id)
        found = self.database.row("SELECT act FROM record_event WHERE event = %s", [key])
        if found is None:
            raise StoreError(Code.NOT_EXPECTED, "This event is not here.", where=event_id)
        if found[0] == OPENED:
            raise StoreError(Code.MALFORMED, "What opened a matter cannot be erased; it holds no personal data.", where=event_id)
        self.database.execute("UPDATE record_event SET salt = NULL, content = NULL WHERE event = %s", [key])
        self.erased = True

    # How

    def _lock(self, matters: Iterable[bytes]) -> None:
        if self.writing:
            self.database.lock_matters(matters)

    def _matter_rows(self, matter: MatterId, which: str) -> list[Row]:
        # Two halves, because each has its own index: the places of the strands, and the few events that claim a taken place.
        columns = f"SELECT arrival, {EVENT_READ} FROM record_event WHERE matter = %s AND {which} AND"
        key = matter_bytes(matter)
        rows = self.database.rows(f"{columns} NOT rival UNION ALL {columns} rival ORDER BY arrival", [key, key])
        return [row[1:] for row in rows]

    def _sealed(self, rows: Sequence[Row]) -> list[SealedEvent]:
        seals = self._seals({bytes(row[3]) for row in rows})
        return [sealed_from(row, seals) for row in rows]

    def _seals(self, digests: set[bytes]) -> dict[bytes, Seal]:
        if not digests:
            return {}
        condition, parameters = self.database.among("digest", sorted(digests))
        rows = self.database.rows(f"SELECT digest, data FROM record_seal WHERE {condition}", parameters)
        return {bytes(digest): seal_from(bytes(data)) for digest, data in rows}

    def _keep_seals(self, seals: Iterable[Seal]) -> dict[int, bytes]:
        """Keeps these seals; the digests they are named by, by the identity of the value: a group shares one."""
        values = {id(seal): seal for seal in seals}
        digests = {key: sha256(seal.data).digest() for key, seal in values.items()}
        self.database.insert(models.Seal, ("digest", "data"), [(digests[key], seal.data) for key, seal in values.items()], DO_NOTHING)
        return digests

    def _keep(self, events: Sequence[Event], placed: Sequence[tuple[bytes, int, bytes] | None]) -> None:
        matters = {matter: matter_bytes(matter) for matter in {event.header.matter for event in events}}
        self._lock(matters.values())
        rows = [event_row(event, matters[event.header.matter], place) for event, place in zip(events, placed, strict=True)]
        if not self._all_new(rows):
            rows = self._sort_out(rows)
            self.database.insert(models.Event, EVENT_COLUMNS, rows)
        self._move_heads(rows)

    def _all_new(self, rows: Sequence[Row]) -> bool:
        """Inserts the rows if all are new and all places free, as is the rule; otherwise nothing."""
        last = self._last_arrival() if len(rows) > 1 else 0
        inserted = self.database.insert(models.Event, EVENT_COLUMNS, rows, DO_NOTHING)
        if 0 < inserted < len(rows):
            # Those that went in are taken out again, so that all arrive in the order given. A savepoint would cost every group.
            condition, parameters = self.database.among("event", [row[0] for row in rows])
            self.database.execute(f"DELETE FROM record_event WHERE arrival > %s AND {condition}", [last, *parameters])
        return inserted == len(rows)

    def _last_arrival(self) -> int:
        [(last,)] = self.database.rows("SELECT COALESCE(MAX(arrival), 0) FROM record_event")
        return int(last)

    def _sort_out(self, rows: Sequence[Row]) -> list[Row]:
        """Those of the rows that are new, each once, in order; marked as rival where the place is taken."""
        condition, parameters = self.database.among("event", [row[0] for row in rows])
        here = {bytes(event) for (event,) in self.database.rows(f"SELECT event FROM record_event WHERE {condition}", parameters)}
        condition, parameters = self.database.among("matter", list({row[1] for row in rows}))
        taken = {
            (bytes(matter), office, seq)
            for matter, office, seq in self.database.rows(
                f"SELECT matter, office, seq FROM record_event WHERE NOT rival AND {condition}", parameters
            )
        }
        fresh: list[Row] = []
        for row in rows:
            event, place = row[0], (row[1], row[2], row[3])
            if event not in here:
                fresh.append((*row[:_RIVAL], place in taken, *row[_RIVAL + 1 :]))
            here.add(event)
            taken.add(place)
        return fresh

    def _move_heads(self, rows: Sequence[Row]) -> None:
        newest: dict[tuple[Any, ...], tuple[int, bytes]] = {}
        for event, matter, office, seq, _act, internal, *_rest in rows:
            strand = (matter, office, internal)
            other = newest.get(strand)
            if other is None or (-seq, event) < (-other[0], other[1]):
                newest[strand] = (seq, event)
        self.database.insert(
            models.Strand, ("matter", "office", "internal", "seq", "event"), [(*strand, *head) for strand, head in newest.items()], _NEWEST
        )


def _placed(placement: Placement, seals: Mapping[int, bytes]) -> tuple[bytes, int, bytes]:
    return (seals[id(placement.seal)], placement.index, b"".join(placement.path))
