"""One transaction over the inbox: parcels that came, held events, gaps. The rules are those of `comity.exchange.store`."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from comity.desk.record import models
from comity.desk.record.journal import JournalUnit
from comity.desk.record.routes import know_routes
from comity.desk.record.rows import EVENT_READ, event_of, event_row, matter_bytes, matter_of, parcel_bytes
from comity.desk.record.sql import DO_NOTHING, Row, time_of
from comity.errors import Code
from comity.exchange.paper import MARK
from comity.exchange.store import HeldEvent, IncomingParcel, ParcelKey, Place, Want
from comity.identifiers import EventId, MatterId, OfficeId
from comity.journal import OPENED, SealedEvent

_INCOMING = ("sender", "parcel", "counter", "digest", "received_at", "receipt", "sealed")
_HELD = ("event", "header", "salt", "content", "seal_id", "leaf", "path", "sender", "waits_for", "code", "held_at")
_HELD_AGAIN = "ON CONFLICT (event) DO UPDATE SET " + ", ".join(f"{column} = excluded.{column}" for column in _HELD[1:])


class ReceivingUnit(JournalUnit):
    """The inbox half of the store's unit."""

    # The journal, for many matters at once

    def openings(self, matters: Iterable[MatterId]) -> Mapping[MatterId, SealedEvent]:
        """See `comity.exchange.ExchangeUnit`."""
        keys = [matter_bytes(matter) for matter in matters]
        if not keys:
            return {}
        # By the first place of each strand (SQLite joins in the order given only if told to cross), and by the few events that claim a
        # taken place: a matter may hold thousands of others.
        condition, parameters = self.database.among("s.matter", keys)
        rivals, _ = self.database.among("matter", keys)
        columns = f"SELECT arrival, {EVENT_READ} FROM"
        rows = self.database.rows(
            f"{columns} (SELECT e.* FROM record_strand s CROSS JOIN record_event e WHERE {condition} AND NOT s.internal"
            " AND e.matter = s.matter AND e.office = s.office AND e.seq = 0 AND NOT e.rival AND e.act = %s) opened"
            f" UNION ALL {columns} record_event WHERE rival AND seq = 0 AND act = %s AND NOT internal AND {rivals} ORDER BY arrival",
            [*parameters, OPENED, OPENED, *parameters],
        )
        found: dict[MatterId, SealedEvent] = {}
        for sealed in self._sealed([row[1:] for row in rows]):
            if sealed.event.opens:
                found.setdefault(sealed.header.matter, sealed)
        return found

    def known(self, events: Iterable[EventId]) -> Mapping[EventId, Place]:
        """See `comity.exchange.ExchangeUnit`."""
        keys = [bytes.fromhex(event) for event in events]
        if not keys:
            return {}
        condition, parameters = self.database.among("event", keys)
        rows = self.database.rows(f"SELECT event, matter, office, seq FROM record_event WHERE {condition}", parameters)
        return {event_of(event): Place(matter=matter_of(matter), office=OfficeId(office), seq=seq) for event, matter, office, seq in rows}

    def naming_papers(self, events: Iterable[EventId]) -> tuple[SealedEvent, ...]:
        """See `comity.exchange.ExchangeUnit`."""
        keys = [bytes.fromhex(event) for event in events]
        if not keys:
            return ()
        condition, parameters = self.database.among("event", keys)
        rows = self.database.rows(
            f"SELECT {EVENT_READ} FROM record_event WHERE seal_id IS NOT NULL AND {condition} AND {self.database.holds('content')}",
            [*parameters, MARK],
        )
        return tuple(self._sealed(rows))

    # Parcels

    def incoming(self, parcels: Iterable[ParcelKey]) -> Mapping[ParcelKey, IncomingParcel]:
        """See `comity.exchange.ExchangeUnit`."""
        wanted = {(sender, parcel_bytes(parcel)): (sender, parcel) for sender, parcel in parcels}
        if not wanted:
            return {}
        # The index leads by the sender.
        senders, of = self.database.among("sender", sorted({sender for sender, _ in wanted}))
        condition, parameters = self.database.among("parcel", [parcel for _, parcel in wanted])
        found: dict[ParcelKey, IncomingParcel] = {}
        sql = f"SELECT {', '.join(_INCOMING)} FROM record_incoming WHERE {senders} AND {condition}"
        for row in self.database.rows(sql, [*of, *parameters]):
            key = wanted.get((row[0], bytes(row[1])))
            if key is not None:
                found[key] = _incoming(key, row)
        return found

    def record_incoming(self, parcels: Sequence[IncomingParcel]) -> None:
        """See `comity.exchange.ExchangeUnit`."""
        rows: list[Row] = [
            (one.sender, parcel_bytes(one.parcel), one.counter, one.digest, self.database.moment(one.received_at), one.receipt, one.sealed)
            for one in parcels
        ]
        self.database.insert(models.Incoming, _INCOMING, rows, DO_NOTHING)

    def seal_receipts(self, sealed: Mapping[ParcelKey, bytes]) -> Mapping[ParcelKey, bytes]:
        """See `comity.exchange.ExchangeUnit`."""
        rows = [(receipt, sender, parcel_bytes(parcel)) for (sender, parcel), receipt in sealed.items()]
        changed = self.database.each("UPDATE record_incoming SET sealed = %s WHERE sender = %s AND parcel = %s AND sealed IS NULL", rows)
        if changed == len(rows):
            return sealed
        return {key: one.sealed for key, one in self.incoming(sealed).items() if one.sealed is not None}

    # Held events

    def aside(self) -> bool:
        """See `comity.exchange.ExchangeUnit`."""
        [(found,)] = self.database.rows("SELECT EXISTS (SELECT 1 FROM record_held) OR EXISTS (SELECT 1 FROM record_want)")
        return bool(found)

    def hold(self, held: Sequence[HeldEvent]) -> None:
        """See `comity.exchange.ExchangeUnit`."""
        seals = self._keep_seals(one.event.placement.seal for one in held)
        latest = {one.event.id: one for one in held}  # one statement cannot replace the same row twice
        self.database.insert(models.Held, _HELD, [self._held_row(one, seals) for one in latest.values()], _HELD_AGAIN)

    def held_for(self, waits_for: Iterable[str]) -> tuple[HeldEvent, ...]:
        """See `comity.exchange.ExchangeUnit`."""
        causes = sorted(set(waits_for))
        if not causes:
            return ()
        condition, parameters = self.database.among("waits_for", causes)
        columns = f"{EVENT_READ}, sender, waits_for, code, held_at"
        rows = self.database.rows(f"SELECT {columns} FROM record_held WHERE {condition} ORDER BY id", parameters)
        events = self._sealed([row[:7] for row in rows])
        return tuple(
            HeldEvent(event=event, sender=OfficeId(sender), waits_for=cause, code=Code(code), held_at=time_of(at))
            for event, (sender, cause, code, at) in zip(events, (row[7:] for row in rows), strict=True)
        )

    def held_keys(self) -> tuple[str, ...]:
        """See `comity.exchange.ExchangeUnit`."""
        return tuple(
            cause
            for (cause,) in self.database.rows("SELECT DISTINCT waits_for FROM record_held WHERE waits_for LIKE %s ORDER BY 1", ["key:%"])
        )

    def release(self, events: Iterable[EventId]) -> None:
        """See `comity.exchange.ExchangeUnit`."""
        self._delete("record_held", events)

    def held_count(self, sender: OfficeId) -> int:
        """See `comity.exchange.ExchangeUnit`."""
        [(count,)] = self.database.rows("SELECT COUNT(*) FROM record_held WHERE sender = %s", [sender])
        return int(count)

    # Gaps

    def want(self, wants: Sequence[Want]) -> None:
        """See `comity.exchange.ExchangeUnit`."""
        rows: list[Row] = [
            (one.peer, bytes.fromhex(one.event), matter_bytes(one.matter), self.database.moment(one.due_at)) for one in wants
        ]
        know_routes(self.database, {one.peer for one in wants})
        self.database.insert(models.Want, ("peer", "event", "matter", "due_at"), rows, DO_NOTHING)

    def due_wants(self, peer: OfficeId, now: datetime, limit: int) -> tuple[Want, ...]:
        """See `comity.exchange.ExchangeUnit`."""
        rows = self.database.rows(
            "SELECT event, matter, due_at FROM record_want WHERE peer = %s AND due_at <= %s ORDER BY due_at, event LIMIT %s",
            [peer, self.database.moment(now), limit],
        )
        return tuple(Want(peer=peer, event=event_of(event), matter=matter_of(matter), due_at=time_of(at)) for event, matter, at in rows)

    def asked(self, peer: OfficeId, events: Iterable[EventId], due_at: datetime) -> None:
        """See `comity.exchange.ExchangeUnit`."""
        keys = [bytes.fromhex(event) for event in events]
        if keys:
            condition, parameters = self.database.among("event", keys)
            self.database.execute(
                f"UPDATE record_want SET due_at = %s WHERE peer = %s AND {condition}", [self.database.moment(due_at), peer, *parameters]
            )

    def unwant(self, events: Iterable[EventId]) -> None:
        """See `comity.exchange.ExchangeUnit`."""
        self._delete("record_want", events)

    # How

    def _delete(self, table: str, events: Iterable[EventId]) -> None:
        keys = [bytes.fromhex(event) for event in events]
        if keys:
            condition, parameters = self.database.among("event", keys)
            self.database.execute(f"DELETE FROM {table} WHERE {condition}", parameters)

    def _held_row(self, held: HeldEvent, seals: Mapping[int, bytes]) -> Row:
        sealed = held.event
        place = (seals[id(sealed.placement.seal)], sealed.placement.index, b"".join(sealed.placement.path))
        event, *_place, header, salt, content, seal, leaf, path = event_row(sealed.event, b"", place)
        at = self.database.moment(held.held_at)
        return (event, header, salt, content, seal, leaf, path, held.sender, held.waits_for, held.code.value, at)


def _incoming(key: ParcelKey, row: Row) -> IncomingParcel:
    _sender, _parcel, counter, digest, received_at, receipt, sealed = row
    return IncomingParcel(
        sender=key[0],
        parcel=key[1],
        counter=counter,
        digest=digest,
        received_at=time_of(received_at),
        receipt=bytes(receipt),
        sealed=None if sealed is None else bytes(sealed),
    )
