"""One transaction over the outbox: entries, parcels, routes, wants' questions. The rules are those of `comity.exchange.store`.

A lease is one `UPDATE … RETURNING` that raises the fence; on PostgreSQL workers skip parcels that another one is just leasing, and wait for
one another only while a new parcel is made for the same recipient.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from comity.desk.record import models
from comity.desk.record.routes import know_routes
from comity.desk.record.rows import event_of, hashes, matter_bytes, parcel_bytes, parcel_of
from comity.desk.record.sql import DO_NOTHING, Database, Row, time_of, time_or_none
from comity.errors import Code
from comity.exchange.store import EntryState, LeasedParcel, Limits, OutboxEntry, OutgoingParcel, Route, Settled
from comity.identifiers import EventId, OfficeId, ParcelId

_DUE_ROUTE = "(r.due_at IS NULL OR r.due_at <= %s)"
_OUTBOX = ("recipient", "event", "matter", "size", "queued_at", "due_at", "state")
_OUTGOING = ("parcel", "recipient", "counter", "events", "made_at", "due_at", "attempts", "fence", "worker", "leased_until")
_FINAL = frozenset({EntryState.ACCEPTED, EntryState.REJECTED})
_WAITING = EntryState.WAITING.value


class SendingUnit:
    """The outbox half of the store's unit."""

    database: Database

    def queue(self, entries: Sequence[OutboxEntry]) -> None:
        """See `comity.exchange.ExchangeUnit`."""
        rows: list[Row] = []
        moments = {at: self.database.moment(at) for at in {entry.queued_at for entry in entries}}
        for entry in entries:
            at = moments[entry.queued_at]
            event, matter = bytes.fromhex(entry.event), matter_bytes(entry.matter)
            rows.append((entry.recipient, event, matter, entry.size, at, at, EntryState.WAITING.value))
        know_routes(self.database, {entry.recipient for entry in entries})
        self.database.insert(models.Outbox, _OUTBOX, rows, DO_NOTHING)

    def requeue(self, recipient: OfficeId, events: Iterable[EventId], at: datetime) -> None:
        """See `comity.exchange.ExchangeUnit`."""
        keys = [bytes.fromhex(event) for event in events]
        if keys:
            condition, parameters = self.database.among("event", keys)
            self.database.execute(
                f"UPDATE record_outbox SET state = 'waiting', parcel = NULL, code = NULL, due_at = %s"
                f" WHERE recipient = %s AND state <> 'waiting' AND {condition}",
                [self.database.moment(at), recipient, *parameters],
            )

    def lease_parcel(
        self, worker: str, now: datetime, until: datetime, new: ParcelId, limits: Limits, *, only: OfficeId | None = None
    ) -> LeasedParcel | None:
        """See `comity.exchange.ExchangeUnit`; the numbers are those of its steps."""
        return (
            self._lease_made(worker, now, until, only)  # 2
            or self._lease_entries(worker, now, until, new, limits, only=only)  # 3
            or self._lease_question(worker, now, until, new, only)  # 4
        )

    def settle_parcel(self, parcel: ParcelId, receipt: bytes, results: Mapping[EventId, Settled], at: datetime) -> bool:
        """See `comity.exchange.ExchangeUnit`."""
        key, moment = parcel_bytes(parcel), self.database.moment(at)
        closed = self.database.rows(
            "UPDATE record_outgoing SET receipt = %s, settled_at = %s, worker = NULL, leased_until = NULL, code = NULL"
            " WHERE parcel = %s AND settled_at IS NULL RETURNING recipient",
            [receipt, moment, key],
        )
        if not closed:
            return False
        self._settle_entries(closed[0][0], key, results)
        self.database.execute(
            "UPDATE record_route SET failures = 0, due_at = NULL, failing_since = NULL, code = NULL"
            " WHERE recipient = %s AND (failures > 0 OR due_at IS NOT NULL OR failing_since IS NOT NULL OR code IS NOT NULL)",
            [closed[0][0]],
        )
        return True

    def postpone_parcel(self, leased: LeasedParcel, due_at: datetime, code: Code | None, at: datetime, *, route: bool) -> bool:
        """See `comity.exchange.ExchangeUnit`."""
        due = self.database.moment(due_at)
        changed = self.database.execute(
            "UPDATE record_outgoing SET due_at = %s, code = %s, worker = NULL, leased_until = NULL"
            " WHERE parcel = %s AND fence = %s AND settled_at IS NULL",
            [due, code, parcel_bytes(leased.parcel), leased.fence],
        )
        if changed and route:
            self.database.execute(
                "UPDATE record_route SET due_at = %s, failures = failures + 1, failing_since = COALESCE(failing_since, %s), code = %s"
                " WHERE recipient = %s",
                [due, self.database.moment(at), code, leased.recipient],
            )
        return bool(changed)

    def outgoing(self, parcel: ParcelId) -> OutgoingParcel | None:
        """See `comity.exchange.ExchangeUnit`."""
        columns = "recipient, counter, made_at, attempts, due_at, code, receipt, settled_at, events"
        row = self.database.row(f"SELECT {columns} FROM record_outgoing WHERE parcel = %s", [parcel_bytes(parcel)])
        if row is None:
            return None
        recipient, counter, made_at, attempts, due_at, code, receipt, settled_at, events = row
        return OutgoingParcel(
            parcel=parcel,
            recipient=OfficeId(recipient),
            counter=counter,
            made_at=time_of(made_at),
            attempts=attempts,
            due_at=time_of(due_at),
            code=code_of(code),
            receipt=None if receipt is None else bytes(receipt),
            settled_at=time_or_none(settled_at),
            events=_events(events),
        )

    def entry(self, recipient: OfficeId, event: EventId) -> tuple[EntryState, ParcelId | None, Code | None] | None:
        """See `comity.exchange.ExchangeUnit`."""
        row = self.database.row(
            "SELECT state, parcel, code FROM record_outbox WHERE event = %s AND recipient = %s", [bytes.fromhex(event), recipient]
        )
        if row is None:
            return None
        return EntryState(row[0]), None if row[1] is None else parcel_of(row[1]), code_of(row[2])

    def routes(self) -> tuple[Route, ...]:
        """See `comity.exchange.ExchangeUnit`."""
        rows = self.database.rows(
            "SELECT recipient, parcels, failures, due_at, failing_since, code,"
            " (SELECT COUNT(*) FROM record_outbox b WHERE b.recipient = r.recipient AND b.state IN ('waiting', 'held'))"
            " FROM record_route r ORDER BY recipient"
        )
        return tuple(
            Route(
                recipient=OfficeId(recipient),
                parcels=parcels,
                failures=failures,
                due_at=time_or_none(due_at),
                failing_since=time_or_none(since),
                code=code_of(code),
                waiting=waiting,
            )
            for recipient, parcels, failures, due_at, since, code, waiting in rows
        )

    # Leasing

    def _lease_made(self, worker: str, now: datetime, until: datetime, only: OfficeId | None) -> LeasedParcel | None:
        moment = self.database.moment(now)
        of, recipients = _only("o.recipient", only)
        row = self.database.row(
            "UPDATE record_outgoing SET worker = %s, leased_until = %s, fence = fence + 1, attempts = attempts + 1 WHERE parcel = ("
            " SELECT o.parcel FROM record_outgoing o JOIN record_route r ON r.recipient = o.recipient"
            " WHERE o.settled_at IS NULL AND o.due_at <= %s AND (o.leased_until IS NULL OR o.leased_until <= %s)"
            f" AND {_DUE_ROUTE}{of} ORDER BY o.due_at, o.counter LIMIT 1 {self._skip('o')}"
            ") RETURNING parcel, recipient, counter, fence, attempts, events",
            [worker, self.database.moment(until), moment, moment, moment, *recipients],
        )
        if row is None:
            return None
        parcel, recipient, counter, fence, attempt, events = row
        return LeasedParcel(
            parcel=parcel_of(parcel),
            recipient=OfficeId(recipient),
            counter=counter,
            fence=fence,
            attempt=attempt,
            failures=self._failures(recipient),
            events=_events(events),
        )

    def _lease_entries(
        self, worker: str, now: datetime, until: datetime, new: ParcelId, limits: Limits, *, only: OfficeId | None
    ) -> LeasedParcel | None:
        while recipient := self._next_recipient(now, only):
            self._hold_route(recipient)
            if taken := self._take_entries(recipient, now, new, limits):
                return self._make(recipient, new, taken, worker=worker, now=now, until=until)
            # Another worker took them while this one waited for the route: look again.
        return None

    def _lease_question(self, worker: str, now: datetime, until: datetime, new: ParcelId, only: OfficeId | None) -> LeasedParcel | None:
        moment = self.database.moment(now)
        of, recipients = _only("w.peer", only)
        row = self.database.row(
            "SELECT w.peer FROM record_want w JOIN record_route r ON r.recipient = w.peer"
            f" WHERE w.due_at <= %s AND {_DUE_ROUTE}{of} ORDER BY w.due_at, w.peer LIMIT 1",
            [moment, moment, *recipients],
        )
        if row is None:
            return None
        self._hold_route(row[0])
        return self._make(row[0], new, (), worker=worker, now=now, until=until)

    def _next_recipient(self, now: datetime, only: OfficeId | None) -> str | None:
        # One look into the index for each route, instead of a sort of all that waits.
        moment = self.database.moment(now)
        of, recipients = _only("r.recipient", only)
        row = self.database.row(
            "SELECT recipient FROM (SELECT r.recipient, (SELECT b.id FROM record_outbox b WHERE b.recipient = r.recipient"
            f" AND b.parcel IS NULL AND b.due_at <= %s ORDER BY b.id LIMIT 1) AS oldest FROM record_route r WHERE {_DUE_ROUTE}{of}) waiting"
            " WHERE oldest IS NOT NULL ORDER BY oldest LIMIT 1",
            [moment, moment, *recipients],
        )
        return None if row is None else str(row[0])

    def _hold_route(self, recipient: str) -> None:
        if self.database.postgresql:  # SQLite has one writer anyway
            self.database.rows("SELECT recipient FROM record_route WHERE recipient = %s FOR UPDATE", [recipient])

    def _take_entries(self, recipient: str, now: datetime, new: ParcelId, limits: Limits) -> tuple[bytes, ...]:
        rows = self.database.rows(
            "SELECT id, event, size, state FROM record_outbox WHERE recipient = %s AND parcel IS NULL AND due_at <= %s"
            " ORDER BY id LIMIT %s",
            [recipient, self.database.moment(now), limits.events],
        )
        taken = rows[: _fitting([row[2] for row in rows], limits.size)]
        if taken:
            condition, parameters = self.database.among("id", [row[0] for row in taken])
            # A column that an index looks at is named only where it changes.
            waits = "" if all(row[3] == _WAITING for row in taken) else ", state = 'waiting'"
            self.database.execute(f"UPDATE record_outbox SET parcel = %s{waits} WHERE {condition}", [parcel_bytes(new), *parameters])
        return tuple(bytes(row[1]) for row in taken)

    def _make(self, recipient: str, new: ParcelId, events: Sequence[bytes], *, worker: str, now: datetime, until: datetime) -> LeasedParcel:
        at = self.database.moment(now)
        [(counter, failures)] = self.database.rows(
            "UPDATE record_route SET parcels = parcels + 1 WHERE recipient = %s RETURNING parcels, failures", [recipient]
        )
        row = (parcel_bytes(new), recipient, counter, b"".join(events), at, at, 1, 1, worker, self.database.moment(until))
        self.database.insert(models.Outgoing, _OUTGOING, [row])
        return LeasedParcel(
            parcel=new,
            recipient=OfficeId(recipient),
            counter=counter,
            fence=1,
            attempt=1,
            failures=failures,
            events=tuple(event_of(event) for event in events),
        )

    # How

    def _settle_entries(self, recipient: str, parcel: bytes, results: Mapping[EventId, Settled]) -> None:
        alike: dict[Settled, list[bytes]] = {}
        for event, settled in results.items():
            alike.setdefault(settled, []).append(bytes.fromhex(event))
        for settled, events in alike.items():
            condition, parameters = self.database.among("event", events)
            # A column that an index looks at is named only where it changes.
            leaves = "" if settled.state in _FINAL else ", parcel = NULL"
            self.database.execute(
                f"UPDATE record_outbox SET state = %s, code = %s, due_at = COALESCE(%s, due_at){leaves}"
                f" WHERE parcel = %s AND recipient = %s AND {condition}",
                [settled.state.value, settled.code, self.database.moment(settled.due_at), parcel, recipient, *parameters],
            )

    def _failures(self, recipient: str) -> int:
        [(failures,)] = self.database.rows("SELECT failures FROM record_route WHERE recipient = %s", [recipient])
        return int(failures)

    def _skip(self, table: str) -> str:
        return f"FOR UPDATE OF {table} SKIP LOCKED" if self.database.postgresql else ""


def code_of(value: str | None) -> Code | None:
    """The code of a column that may be null."""
    return None if value is None else Code(value)


def _only(column: str, recipient: OfficeId | None) -> tuple[str, list[str]]:
    """What restricts a condition to one recipient, and its parameter."""
    return ("", []) if recipient is None else (f" AND {column} = %s", [recipient])


def _events(data: bytes) -> tuple[EventId, ...]:
    return tuple(event_of(one) for one in hashes(bytes(data)))


def _fitting(sizes: Sequence[int], limit: int) -> int:
    """How many of the first fit; one always does."""
    total = 0
    for number, size in enumerate(sizes):
        total += size
        if total > limit and number:
            return number
    return len(sizes)
