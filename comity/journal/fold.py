"""From a set of events, in whatever order they came, to one order and one state.

1. Order: by (depth, office, seq), depth = 1 + the greatest depth among `prev` and `seen`. So causes come before effects, and every reader
   who holds the same events has the same order.
2. A move counts if the machine says that its author held the file in that state; otherwise it is void. Notes never change state.
3. Two different events in one place of one strand are a fork, and so is a second opening. Both are kept; the matter is frozen: from the
   first forked event on no move counts any more, until people have settled it.
4. Nothing is dropped: every event is an entry, with its verdict.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, Protocol, TypeVar

from comity.errors import Code
from comity.identifiers import EventId, OfficeId
from comity.journal.errors import FoldError
from comity.journal.event import Event

S = TypeVar("S")


class Verdict(StrEnum):
    """What became of an event: it moved the file, it was noted, or it is void (kept, but without effect)."""

    MOVE = "move"
    NOTE = "note"
    VOID = "void"


class Machine(Protocol[S]):
    """What the acts of a kind of matter mean. Answers depend on the state and the event's header alone, never on an erasable content."""

    def start(self, opened: Event) -> S:
        """The state after the event that opened the matter (its content is always there)."""
        ...

    def step(self, state: S, event: Event) -> tuple[S, Verdict]:
        """The state after this event, and what became of it; for a note or a void move the same state."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry(Generic[S]):
    """One event in its place in the order, with its verdict and the state after it."""

    event: Event
    depth: int
    verdict: Verdict
    state: S


@dataclass(frozen=True, slots=True, kw_only=True)
class Fork:
    """Different events in one place: ids sorted. For a second opening of a matter, the place is that of the first in order."""

    office: OfficeId
    seq: int
    ids: tuple[EventId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Folded(Generic[S]):
    """A matter as all its events make it: the state, every event in order, and what is forked."""

    state: S
    entries: tuple[Entry[S], ...]
    forks: tuple[Fork, ...]

    @property
    def frozen(self) -> bool:
        """Whether a fork stops the matter."""
        return bool(self.forks)


def depths(events: Iterable[Event]) -> dict[EventId, int]:
    """How deep each event stands: 1 for those after nothing. Raises `FoldError` (predecessor missing) naming one without its cause."""
    by_id = {event.id: event for event in events}
    found: dict[EventId, int] = {}
    waiting: dict[EventId, int] = {}
    effects: defaultdict[EventId, list[EventId]] = defaultdict(list)
    for event in by_id.values():
        causes = _causes(event)
        waiting[event.id] = len(causes)
        for cause in causes:
            effects[cause].append(event.id)
    ready = [one for one, count in waiting.items() if not count]
    for one in ready:
        found[one] = 1 + max((found[cause] for cause in _causes(by_id[one])), default=0)
        for effect in effects[one]:
            waiting[effect] -= 1
            if not waiting[effect]:
                ready.append(effect)
    if len(found) != len(by_id):
        stuck = min(one for one, event in by_id.items() if one not in found and any(cause not in by_id for cause in _causes(event)))
        raise FoldError(Code.PREDECESSOR_MISSING, "An event that this one follows is not here.", where=stuck)
    return found


def _causes(event: Event) -> set[EventId]:
    header = event.header
    return set(header.seen) if header.prev is None else {header.prev, *header.seen}


def order(events: Iterable[Event]) -> tuple[Event, ...]:
    """The events in the one order all readers share, each once. Raises `FoldError` (predecessor missing)."""
    return tuple(event for event, _ in _ordered(events))


def _ordered(events: Iterable[Event]) -> list[tuple[Event, int]]:
    by_id = {event.id: event for event in events}
    depth = depths(by_id.values())
    # The id decides between the two sides of a fork, which share everything else.
    placed = sorted(by_id.values(), key=lambda event: (depth[event.id], event.header.office, event.header.seq, event.id))
    return [(event, depth[event.id]) for event in placed]


def forks(events: Iterable[Event]) -> tuple[Fork, ...]:
    """Every place of a strand that more than one event claims, and every opening after the first, by office and seq."""
    places: defaultdict[tuple[OfficeId, int], set[EventId]] = defaultdict(set)
    openings: dict[EventId, Event] = {}
    for event in events:
        places[event.header.office, event.header.seq].add(event.id)
        if event.opens:
            openings[event.id] = event
    found = {place: ids for place, ids in places.items() if len(ids) > 1}
    if len({event.header.office for event in openings.values()}) > 1:
        first = min(openings.values(), key=lambda event: (event.header.office, event.id)).header
        found.setdefault((first.office, first.seq), set()).update(openings)
    return tuple(Fork(office=office, seq=seq, ids=tuple(sorted(ids))) for (office, seq), ids in sorted(found.items()))


def fold(events: Sequence[Event], machine: Machine[S]) -> Folded[S]:
    """The matter that these events make, in whatever order they are given.

    Raises `FoldError`: predecessor missing; malformed where no event opens the matter or the one that does has lost its content.
    """
    placed = _ordered(events)
    opened = next((event for event, _ in placed if event.opens), None)
    if opened is None or opened.content is None:
        raise FoldError(Code.MALFORMED, "No event here opens a matter.")
    found = forks(events)
    forked = {one for fork in found for one in fork.ids}
    state = machine.start(opened)
    entries: list[Entry[S]] = []
    frozen = False
    for event, depth in placed:
        frozen = frozen or event.id in forked
        state, verdict = _step(machine, state, event, opened, frozen=frozen)
        entries.append(Entry(event=event, depth=depth, verdict=verdict, state=state))
    return Folded(state=state, entries=tuple(entries), forks=found)


def _step(machine: Machine[S], state: S, event: Event, opened: Event, *, frozen: bool) -> tuple[S, Verdict]:
    if event.id == opened.id:
        return state, Verdict.MOVE
    if event.opens or (event.header.prev is None and not event.header.seen):
        return state, Verdict.VOID  # after nothing, and not the opening: nobody may act in a matter he has not seen opened
    after, verdict = machine.step(state, event)
    if verdict is Verdict.MOVE and not frozen:
        return after, verdict
    return state, Verdict.VOID if verdict is Verdict.MOVE else verdict
