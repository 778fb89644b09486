"""The exchange's store in memory, for the simulation and for tests: `journal.MemoryStore` with the exchange's own tables.

It keeps the contract of `exchange.store`, word for word; look there for what each method answers.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import takewhile

from comity.errors import Code
from comity.exchange.paper import MARK
from comity.exchange.store import (
    EntryState,
    FileEntry,
    HeldEvent,
    IncomingParcel,
    LeasedFile,
    LeasedParcel,
    Limits,
    OutboxEntry,
    OutgoingParcel,
    ParcelKey,
    Place,
    Route,
    Settled,
    Want,
)
from comity.identifiers import EventId, FileId, MatterId, OfficeId, ParcelId, is_internal
from comity.journal import Head, MemoryStore, MemoryUnit, SealedEvent, Tables

_OPEN = (EntryState.WAITING, EntryState.HELD)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    entry: OutboxEntry
    number: int
    due_at: datetime
    state: EntryState = EntryState.WAITING
    parcel: ParcelId | None = None
    code: Code | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Parcel:
    parcel: OutgoingParcel
    fence: int = 0
    worker: str = ""
    leased_until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Route:
    counter: int = 0
    failures: int = 0
    due_at: datetime | None = None
    failing_since: datetime | None = None
    code: Code | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Paper:
    entry: FileEntry
    due_at: datetime
    fence: int = 0
    worker: str = ""
    attempts: int = 0
    leased_until: datetime | None = None
    code: Code | None = None
    done_at: datetime | None = None


@dataclass(slots=True, kw_only=True)
class ExchangeTables(Tables):
    """The journal's tables and the exchange's."""

    outbox: dict[tuple[OfficeId, EventId], _Entry] = field(default_factory=dict)
    parcels: dict[ParcelId, _Parcel] = field(default_factory=dict)
    ways: dict[OfficeId, _Route] = field(default_factory=dict)
    came: dict[ParcelKey, IncomingParcel] = field(default_factory=dict)
    held: dict[EventId, HeldEvent] = field(default_factory=dict)
    wants: dict[tuple[OfficeId, EventId], Want] = field(default_factory=dict)
    papers_out: dict[tuple[OfficeId, FileId], _Paper] = field(default_factory=dict)
    papers_in: dict[tuple[OfficeId, FileId], _Paper] = field(default_factory=dict)
    leases: dict[str, tuple[str, datetime]] = field(default_factory=dict)


class MemoryExchangeUnit(MemoryUnit):
    """See `ExchangeUnit`."""

    tables: ExchangeTables

    def __init__(self, tables: ExchangeTables) -> None:
        super().__init__(tables)
        self.tables = tables

    # The journal, for many matters at once

    def heads_of(self, matters: Iterable[MatterId], *, lock: bool = True) -> Mapping[MatterId, Mapping[OfficeId, Head]]:  # noqa: ARG002  # one writer
        """See `ExchangeUnit`."""
        found = {matter: self._shared_heads(matter) for matter in matters}
        return {matter: heads for matter, heads in found.items() if heads}

    def openings(self, matters: Iterable[MatterId]) -> Mapping[MatterId, SealedEvent]:
        """See `ExchangeUnit`."""
        found = ((matter, self._opening(matter)) for matter in matters)
        return {matter: opening for matter, opening in found if opening is not None}

    def known(self, events: Iterable[EventId]) -> Mapping[EventId, Place]:
        """See `ExchangeUnit`."""
        headers = {one: self.tables.events[one].header for one in events if one in self.tables.events}
        return {one: Place(matter=header.matter, office=header.office, seq=header.seq) for one, header in headers.items()}

    def naming_papers(self, events: Iterable[EventId]) -> tuple[SealedEvent, ...]:
        """See `ExchangeUnit`."""
        return tuple(one for one in self.find(events).values() if one.content is not None and MARK in one.content.data)

    def _shared_heads(self, matter: MatterId) -> Mapping[OfficeId, Head]:
        return {office: head for office, head in self.heads(matter).items() if not is_internal(office)}

    def _opening(self, matter: MatterId) -> SealedEvent | None:
        first = (one for one in self.tables.shared.get(matter, ()) if self.tables.events[one].opens)
        return next((self.find([one])[one] for one in first), None)

    # The outbox

    def queue(self, entries: Sequence[OutboxEntry]) -> None:
        """See `ExchangeUnit`."""
        for entry in entries:
            self._way(entry.recipient)
            number = len(self.tables.outbox)
            self.tables.outbox.setdefault((entry.recipient, entry.event), _Entry(entry=entry, number=number, due_at=entry.queued_at))

    def requeue(self, recipient: OfficeId, events: Iterable[EventId], at: datetime) -> None:
        """See `ExchangeUnit`."""
        for event in events:
            row = self.tables.outbox.get((recipient, event))
            if row is not None and row.state is not EntryState.WAITING:
                self.tables.outbox[recipient, event] = replace(row, state=EntryState.WAITING, parcel=None, code=None, due_at=at)

    def lease_parcel(
        self, worker: str, now: datetime, until: datetime, new: ParcelId, limits: Limits, *, only: OfficeId | None = None
    ) -> LeasedParcel | None:
        """See `ExchangeUnit`."""
        found = self._due_parcel(now, only) or self._new_parcel(now, new, limits, only)
        if found is None:
            return None
        parcel = replace(found.parcel, attempts=found.parcel.attempts + 1)
        self.tables.parcels[parcel.parcel] = row = replace(found, parcel=parcel, fence=found.fence + 1, worker=worker, leased_until=until)
        return LeasedParcel(
            parcel=parcel.parcel,
            recipient=parcel.recipient,
            counter=parcel.counter,
            fence=row.fence,
            attempt=parcel.attempts,
            failures=self._way(parcel.recipient).failures,
            events=parcel.events,
        )

    def settle_parcel(self, parcel: ParcelId, receipt: bytes, results: Mapping[EventId, Settled], at: datetime) -> bool:
        """See `ExchangeUnit`."""
        row = self.tables.parcels.get(parcel)
        if row is None or row.parcel.settled_at is not None:
            return False
        recipient = row.parcel.recipient
        self.tables.parcels[parcel] = replace(row, parcel=replace(row.parcel, receipt=receipt, settled_at=at, code=None))
        self.tables.ways[recipient] = replace(self._way(recipient), failures=0, due_at=None, failing_since=None, code=None)
        for event, result in results.items():
            entry = self.tables.outbox.get((recipient, event))
            if entry is not None and entry.parcel == parcel:
                self.tables.outbox[recipient, event] = _settled(entry, result)
        return True

    def postpone_parcel(self, leased: LeasedParcel, due_at: datetime, code: Code | None, at: datetime, *, route: bool) -> bool:
        """See `ExchangeUnit`."""
        row = self.tables.parcels.get(leased.parcel)
        if row is None or row.parcel.settled_at is not None or row.fence != leased.fence:
            return False
        self.tables.parcels[leased.parcel] = replace(row, parcel=replace(row.parcel, due_at=due_at, code=code), leased_until=None)
        if route:
            way = self._way(leased.recipient)
            since = way.failing_since or at
            self.tables.ways[leased.recipient] = replace(way, failures=way.failures + 1, due_at=due_at, failing_since=since, code=code)
        return True

    def outgoing(self, parcel: ParcelId) -> OutgoingParcel | None:
        """See `ExchangeUnit`."""
        row = self.tables.parcels.get(parcel)
        return None if row is None else row.parcel

    def entry(self, recipient: OfficeId, event: EventId) -> tuple[EntryState, ParcelId | None, Code | None] | None:
        """See `ExchangeUnit`."""
        row = self.tables.outbox.get((recipient, event))
        return None if row is None else (row.state, row.parcel, row.code)

    def routes(self) -> tuple[Route, ...]:
        """See `ExchangeUnit`."""
        return tuple(self._route(office) for office in sorted(self.tables.ways))

    def _route(self, office: OfficeId) -> Route:
        way = self.tables.ways[office]
        waiting = sum(1 for row in self.tables.outbox.values() if row.entry.recipient == office and row.state in _OPEN)
        return Route(
            recipient=office,
            parcels=way.counter,
            failures=way.failures,
            due_at=way.due_at,
            failing_since=way.failing_since,
            code=way.code,
            waiting=waiting,
        )

    def _way(self, office: OfficeId) -> _Route:
        return self.tables.ways.setdefault(office, _Route())

    def _reachable(self, office: OfficeId, now: datetime, only: OfficeId | None = None) -> bool:
        if only not in (None, office):
            return False
        due_at = self._way(office).due_at
        return due_at is None or due_at <= now

    def _due_parcel(self, now: datetime, only: OfficeId | None) -> _Parcel | None:
        due = [row for row in self.tables.parcels.values() if _due(row, now) and self._reachable(row.parcel.recipient, now, only)]
        return min(due, key=lambda row: (row.parcel.due_at, row.parcel.counter), default=None)

    def _new_parcel(self, now: datetime, new: ParcelId, limits: Limits, only: OfficeId | None) -> _Parcel | None:
        free = [row for row in self.tables.outbox.values() if row.parcel is None and row.state in _OPEN and row.due_at <= now]
        free = sorted((row for row in free if self._reachable(row.entry.recipient, now, only)), key=lambda row: row.number)
        recipient = free[0].entry.recipient if free else self._asking(now, only)
        if recipient is None:
            return None
        rows = _fitting([row for row in free if row.entry.recipient == recipient], limits)
        for row in rows:
            self.tables.outbox[recipient, row.entry.event] = replace(row, parcel=new, state=EntryState.WAITING)
        way = self._way(recipient)
        self.tables.ways[recipient] = replace(way, counter=way.counter + 1)
        made = OutgoingParcel(
            parcel=new,
            recipient=recipient,
            counter=way.counter + 1,
            made_at=now,
            attempts=0,
            due_at=now,
            code=None,
            receipt=None,
            settled_at=None,
            events=tuple(row.entry.event for row in rows),
        )
        return _Parcel(parcel=made)

    def _asking(self, now: datetime, only: OfficeId | None) -> OfficeId | None:
        due = [want for want in self.tables.wants.values() if want.due_at <= now and self._reachable(want.peer, now, only)]
        return min(due, key=lambda want: (want.due_at, want.peer)).peer if due else None

    # The inbox

    def incoming(self, parcels: Iterable[ParcelKey]) -> Mapping[ParcelKey, IncomingParcel]:
        """See `ExchangeUnit`."""
        return {key: self.tables.came[key] for key in parcels if key in self.tables.came}

    def record_incoming(self, parcels: Sequence[IncomingParcel]) -> None:
        """See `ExchangeUnit`."""
        for parcel in parcels:
            self.tables.came.setdefault((parcel.sender, parcel.parcel), parcel)

    def seal_receipts(self, sealed: Mapping[ParcelKey, bytes]) -> Mapping[ParcelKey, bytes]:
        """See `ExchangeUnit`."""
        kept = {key: self.tables.came[key].sealed or data for key, data in sealed.items()}
        for key, data in kept.items():
            self.tables.came[key] = replace(self.tables.came[key], sealed=data)
        return kept

    def aside(self) -> bool:
        """See `ExchangeUnit`."""
        return bool(self.tables.held or self.tables.wants)

    def hold(self, held: Sequence[HeldEvent]) -> None:
        """See `ExchangeUnit`."""
        self.tables.held.update((one.event.id, one) for one in held)

    def held_for(self, waits_for: Iterable[str]) -> tuple[HeldEvent, ...]:
        """See `ExchangeUnit`."""
        awaited = set(waits_for)
        return tuple(one for one in self.tables.held.values() if one.waits_for in awaited)

    def held_keys(self) -> tuple[str, ...]:
        """See `ExchangeUnit`."""
        return tuple(sorted({one.waits_for for one in self.tables.held.values() if one.waits_for.startswith("key:")}))

    def release(self, events: Iterable[EventId]) -> None:
        """See `ExchangeUnit`."""
        for event in events:
            self.tables.held.pop(event, None)

    def held_count(self, sender: OfficeId) -> int:
        """See `ExchangeUnit`."""
        return sum(1 for one in self.tables.held.values() if one.sender == sender)

    def want(self, wants: Sequence[Want]) -> None:
        """See `ExchangeUnit`."""
        for want in wants:
            self._way(want.peer)
            self.tables.wants.setdefault((want.peer, want.event), want)

    def due_wants(self, peer: OfficeId, now: datetime, limit: int) -> tuple[Want, ...]:
        """See `ExchangeUnit`."""
        due = (want for want in self.tables.wants.values() if want.peer == peer and want.due_at <= now)
        return tuple(sorted(due, key=lambda want: (want.due_at, want.event))[:limit])

    def asked(self, peer: OfficeId, events: Iterable[EventId], due_at: datetime) -> None:
        """See `ExchangeUnit`."""
        for event in events:
            want = self.tables.wants.get((peer, event))
            if want is not None:
                self.tables.wants[peer, event] = replace(want, due_at=due_at)

    def unwant(self, events: Iterable[EventId]) -> None:
        """See `ExchangeUnit`."""
        here = set(events)
        self.tables.wants = {key: want for key, want in self.tables.wants.items() if want.event not in here}

    # Papers

    def queue_files(self, files: Sequence[FileEntry]) -> None:
        """See `ExchangeUnit`."""
        for one in files:
            self._way(one.peer)
            self.tables.papers_out.setdefault((one.peer, one.root), _Paper(entry=one, due_at=one.at))

    def lease_file(self, worker: str, now: datetime, until: datetime) -> LeasedFile | None:
        """See `ExchangeUnit`."""
        due = [row for row in self.tables.papers_out.values() if _paper_due(row, now) and self._reachable(row.entry.peer, now)]
        row = min(due, key=lambda one: one.due_at, default=None)  # min keeps the order queued
        if row is None:
            return None
        row = replace(row, fence=row.fence + 1, worker=worker, attempts=row.attempts + 1, leased_until=until)
        entry = row.entry
        self.tables.papers_out[entry.peer, entry.root] = row
        return LeasedFile(peer=entry.peer, root=entry.root, size=entry.size, fence=row.fence, attempt=row.attempts)

    def settle_file(self, leased: LeasedFile, at: datetime) -> bool:
        """See `ExchangeUnit`."""
        return self._change_file(leased, lambda row: replace(row, done_at=at, code=None, leased_until=None))

    def postpone_file(self, leased: LeasedFile, due_at: datetime, code: Code | None) -> bool:
        """See `ExchangeUnit`."""
        return self._change_file(leased, lambda row: replace(row, due_at=due_at, code=code, leased_until=None))

    def _change_file(self, leased: LeasedFile, change: Callable[[_Paper], _Paper]) -> bool:
        row = self.tables.papers_out.get((leased.peer, leased.root))
        if row is None or row.done_at is not None or row.fence != leased.fence:
            return False
        self.tables.papers_out[leased.peer, leased.root] = change(row)
        return True

    def expect_files(self, files: Sequence[FileEntry]) -> None:
        """See `ExchangeUnit`."""
        for one in files:
            self.tables.papers_in.setdefault((one.peer, one.root), _Paper(entry=one, due_at=one.at))

    def expected(self, root: FileId) -> tuple[FileEntry, ...]:
        """See `ExchangeUnit`."""
        found = (row.entry for row in self.tables.papers_in.values() if row.entry.root == root)
        return tuple(sorted(found, key=lambda one: one.peer))

    def file_arrived(self, root: FileId, at: datetime) -> None:
        """See `ExchangeUnit`."""
        for key, row in self.tables.papers_in.items():
            if key[1] == root:
                self.tables.papers_in[key] = replace(row, done_at=at)

    def files_missing(self, limit: int) -> tuple[FileEntry, ...]:
        """See `ExchangeUnit`."""
        missing = sorted((row.entry for row in self.tables.papers_in.values() if row.done_at is None), key=lambda one: one.at)
        return tuple(missing[:limit])

    # Work that one worker at a time does

    def take_lease(self, name: str, worker: str, now: datetime, until: datetime) -> bool:
        """See `ExchangeUnit`."""
        holder = self.tables.leases.get(name)
        if holder is not None and holder[0] != worker and holder[1] > now:
            return False
        self.tables.leases[name] = (worker, until)
        return True


def exchange_in_memory() -> MemoryStore[MemoryExchangeUnit, ExchangeTables]:
    """An empty memory store of the journal and the exchange."""
    return MemoryStore(MemoryExchangeUnit, ExchangeTables())


def _settled(row: _Entry, result: Settled) -> _Entry:
    stays = result.state not in _OPEN
    return replace(
        row,
        state=result.state,
        code=result.code,
        parcel=row.parcel if stays else None,
        due_at=row.due_at if result.due_at is None else result.due_at,
    )


def _due(row: _Parcel, now: datetime) -> bool:
    free = row.leased_until is None or row.leased_until <= now
    return row.parcel.settled_at is None and row.parcel.due_at <= now and free


def _paper_due(row: _Paper, now: datetime) -> bool:
    return row.done_at is None and row.due_at <= now and (row.leased_until is None or row.leased_until <= now)


def _fitting(rows: Sequence[_Entry], limits: Limits) -> list[_Entry]:
    sizes = iter(_sums(row.entry.size for row in rows))
    fitting = list(takewhile(lambda _: next(sizes) <= limits.size, rows[: limits.events]))
    return fitting or list(rows[:1])


def _sums(sizes: Iterable[int]) -> Iterator[int]:
    total = 0
    for size in sizes:
        total += size
        yield total
