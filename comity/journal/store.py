"""Where events are kept: the contract that every store keeps, and the store in memory.

The contract, tested for every store by `tests/contracts/journal_store.py`:

1. A write is one transaction: all of it or, after any error, none of it. There is one writer at a time.
2. A read sees one moment, whatever is written meanwhile.
3. Events are kept as they came: never changed, dropped or reordered. Appending an event that is there already changes nothing, and does
   not bring back an erased content. A second event in one place of a strand is kept: it is a fork.
4. Internal strands are kept apart: `events` never gives them out.
5. Erasing takes content and salt; header, placement and order stay.

A store does not judge: chain and seals are checked before anything is appended (`follows`, `verify_group`).
"""

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Generic, Protocol, Self, TypeVar, runtime_checkable

from comity.errors import Code
from comity.identifiers import EventId, MatterId, OfficeId, is_internal
from comity.journal.errors import StoreError
from comity.journal.event import OPENED, Event
from comity.journal.seal import Placement, SealedEvent
from comity.journal.strand import Head


@runtime_checkable
class Unit(Protocol):
    """One transaction over the journal tables."""

    def heads(self, matter: MatterId) -> Mapping[OfficeId, Head]:
        """The newest event of each strand, internal strands included; of a forked place the smallest id. Empty for an unknown matter."""
        ...

    def events(self, matter: MatterId) -> tuple[SealedEvent, ...]:
        """The shared strands' events, in the order of arrival."""
        ...

    def internal(self, matter: MatterId) -> tuple[Event, ...]:
        """The office's own internal events of this matter, oldest first, sealed or not."""
        ...

    def find(self, ids: Iterable[EventId]) -> Mapping[EventId, SealedEvent]:
        """Those of the named events that are here and sealed."""
        ...

    def append(self, events: Sequence[SealedEvent]) -> None:
        """Keeps events of shared strands. Raises `StoreError` (malformed) for an internal one."""
        ...

    def append_internal(self, events: Sequence[Event]) -> None:
        """Keeps events of internal strands, which are sealed later. Raises `StoreError` (malformed) for a shared one."""
        ...

    def unsealed(self, limit: int) -> tuple[Event, ...]:
        """Internal events without a placement, oldest first."""
        ...

    def place(self, placements: Mapping[EventId, Placement]) -> None:
        """Gives internal events their placements. Raises `StoreError`: not expected for an event that is not here or has one."""
        ...

    def erase(self, event_id: EventId) -> None:
        """Takes content and salt away for ever; again, changes nothing.

        Raises `StoreError`: not expected for an unknown event, malformed for `matter.opened/1`.
        """
        ...

    def matters(self, after: MatterId | None, limit: int) -> tuple[MatterId, ...]:
        """Ids of matters, ascending (so oldest first), from the one after `after`."""
        ...


class Store(Protocol):
    """A store opens transactions."""

    def write(self) -> AbstractContextManager[Unit]:
        """The one writer's transaction: kept when the block ends, gone if it raises."""
        ...

    def read(self) -> AbstractContextManager[Unit]:
        """A view of one moment; what is written in it is not kept."""
        ...


@dataclass(slots=True, kw_only=True)
class Tables:
    """What a memory store holds. Its values are immutable, so a copy of the tables is a transaction's own state."""

    shared: dict[MatterId, tuple[EventId, ...]] = field(default_factory=dict)
    internal: dict[MatterId, tuple[EventId, ...]] = field(default_factory=dict)
    heads: dict[MatterId, Mapping[OfficeId, Head]] = field(default_factory=dict)
    events: dict[EventId, Event] = field(default_factory=dict)
    placements: dict[EventId, Placement] = field(default_factory=dict)
    unplaced: dict[EventId, None] = field(default_factory=dict)

    def copy(self) -> Self:
        """Tables that change without changing these."""
        return replace(self, **{name: dict(getattr(self, name)) for name in self.__dataclass_fields__})


class MemoryUnit:
    """A transaction over tables in memory; the journal half of every memory store."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables

    def heads(self, matter: MatterId) -> Mapping[OfficeId, Head]:
        """See `Unit`."""
        return self.tables.heads.get(matter, {})

    def events(self, matter: MatterId) -> tuple[SealedEvent, ...]:
        """See `Unit`."""
        return tuple(self._sealed(one) for one in self.tables.shared.get(matter, ()))

    def internal(self, matter: MatterId) -> tuple[Event, ...]:
        """See `Unit`."""
        return tuple(self.tables.events[one] for one in self.tables.internal.get(matter, ()))

    def find(self, ids: Iterable[EventId]) -> Mapping[EventId, SealedEvent]:
        """See `Unit`."""
        return {one: self._sealed(one) for one in ids if one in self.tables.placements}

    def append(self, events: Sequence[SealedEvent]) -> None:
        """See `Unit`."""
        for sealed in events:
            if is_internal(sealed.header.office):
                raise StoreError(Code.MALFORMED, "An internal event is not appended to a shared strand.", where=sealed.id)
            if self._add(sealed.event, self.tables.shared):
                self.tables.placements[sealed.id] = sealed.placement

    def append_internal(self, events: Sequence[Event]) -> None:
        """See `Unit`."""
        for event in events:
            if not is_internal(event.header.office):
                raise StoreError(Code.MALFORMED, "A shared event is not appended to an internal strand.", where=event.id)
            if self._add(event, self.tables.internal):
                self.tables.unplaced[event.id] = None

    def unsealed(self, limit: int) -> tuple[Event, ...]:
        """See `Unit`."""
        return tuple(self.tables.events[one] for one in islice(self.tables.unplaced, limit))

    def place(self, placements: Mapping[EventId, Placement]) -> None:
        """See `Unit`."""
        for one, placement in placements.items():
            if one not in self.tables.unplaced:
                raise StoreError(Code.NOT_EXPECTED, "This event is not one that waits for its seal.", where=one)
            del self.tables.unplaced[one]
            self.tables.placements[one] = placement

    def erase(self, event_id: EventId) -> None:
        """See `Unit`."""
        event = self.tables.events.get(event_id)
        if event is None:
            raise StoreError(Code.NOT_EXPECTED, "This event is not here.", where=event_id)
        if event.header.act == OPENED:
            raise StoreError(Code.MALFORMED, "What opened a matter cannot be erased; it holds no personal data.", where=event_id)
        self.tables.events[event_id] = event.without_content()

    def matters(self, after: MatterId | None, limit: int) -> tuple[MatterId, ...]:
        """See `Unit`."""
        return tuple(sorted(one for one in self.tables.heads if after is None or one > after)[:limit])

    def _sealed(self, event_id: EventId) -> SealedEvent:
        return SealedEvent(event=self.tables.events[event_id], placement=self.tables.placements[event_id])

    def _add(self, event: Event, strands: dict[MatterId, tuple[EventId, ...]]) -> bool:
        if event.id in self.tables.events:
            return False
        header = event.header
        self.tables.events[event.id] = event
        strands[header.matter] = (*strands.get(header.matter, ()), event.id)
        heads = self.tables.heads.get(header.matter, {})
        self.tables.heads[header.matter] = {**heads, header.office: _newest(heads.get(header.office), Head(seq=header.seq, id=event.id))}
        return True


def _newest(head: Head | None, other: Head) -> Head:
    return other if head is None or (-other.seq, other.id) < (-head.seq, head.id) else head


UnitT = TypeVar("UnitT", bound=MemoryUnit)
TablesT = TypeVar("TablesT", bound=Tables)


class MemoryStore(Generic[UnitT, TablesT]):
    """A store that ends with its process, for the simulation and for tests. Copy on write: a reader's tables never change.

    `journal_in_memory()` makes the plain one; a package with more to keep gives its own unit and tables.
    """

    def __init__(self, unit: Callable[[TablesT], UnitT], tables: TablesT) -> None:
        self._unit = unit
        self._tables = tables
        self._writer = threading.Lock()

    @contextmanager
    def write(self, *, waiting: float = 60) -> Iterator[UnitT]:
        """See `Store`. Waits so many seconds for another write to end, then raises `StoreError` (storage): it may stand in that one."""
        if not self._writer.acquire(timeout=waiting):
            raise StoreError(Code.STORAGE, "Another write has not ended.")
        try:
            tables = self._tables.copy()
            yield self._unit(tables)
            self._tables = tables
        finally:
            self._writer.release()

    @contextmanager
    def read(self) -> Iterator[UnitT]:
        """See `Store`."""
        yield self._unit(self._tables.copy())


def journal_in_memory() -> MemoryStore[MemoryUnit, Tables]:
    """An empty memory store of the journal alone."""
    return MemoryStore(MemoryUnit, Tables())
