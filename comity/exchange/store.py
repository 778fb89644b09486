"""What the exchange keeps durably: the outbox, the inbox, held events, gaps asked for, papers under way.

`ExchangeUnit` is one transaction over the journal and all of this together: an event, its place in the outbox and the receipt that names
it are committed as one, or not at all. The rules every store keeps (held by `tests/contracts/exchange_store.py`):

- Sending. An event stands in the outbox at most once for a recipient. A *parcel* groups entries of one recipient; its id, counter and
  events never change once made, so a retry is the same parcel. A parcel is leased: while `until` lasts nobody else gets it; each lease
  raises its fence, and a worker with an old fence changes nothing. A *route* is what is known about reaching one recipient; while its
  `due_at` lies ahead nothing is leased.
- Receiving. A parcel of a sender is recorded once; its receipt, once sealed, is never replaced.
- Held events are kept until the one thing they wait for arrives (`waits_for`: an event's id, or `key:<office>:<key id>`).
- A want is an event's id that a peer is asked for; it goes away when the event is here.
- Nothing here reads a clock: every time is given by the caller (aware, UTC).
"""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from comity.errors import Code
from comity.identifiers import EventId, FileId, KeyId, MatterId, OfficeId, ParcelId
from comity.journal import Head, SealedEvent, Unit


class EntryState(StrEnum):
    """Where an event stands on its way to one recipient."""

    WAITING = "waiting"
    ACCEPTED = "accepted"
    HELD = "held"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboxEntry:
    """An event that a recipient must get. `size` is about its bytes on the wire, for grouping."""

    recipient: OfficeId
    event: EventId
    matter: MatterId
    size: int
    queued_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What fits one parcel: events, and bytes of their entries' sizes (one event always fits)."""

    events: int = 1000
    size: int = 12 * 2**20


@dataclass(frozen=True, slots=True, kw_only=True)
class LeasedParcel:
    """A parcel in the hands of one worker until its lease ends.

    `events` stand in the order they were queued; none when it only asks for gaps. `attempt` counts this lease (1 at first); `failures`
    are those of the route since it last worked, before this attempt.
    """

    parcel: ParcelId
    recipient: OfficeId
    counter: int
    fence: int
    attempt: int
    failures: int
    events: tuple[EventId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """What became of one event of a parcel. Held and waiting entries leave the parcel and are due again at `due_at`."""

    state: EntryState
    code: Code | None = None
    due_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OutgoingParcel:
    """A parcel as the outbox remembers it. `receipt` is the sealed receipt's bytes once it came; `code` is why the last attempt failed."""

    parcel: ParcelId
    recipient: OfficeId
    counter: int
    made_at: datetime
    attempts: int
    due_at: datetime
    code: Code | None
    receipt: bytes | None
    settled_at: datetime | None
    events: tuple[EventId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """What is known about reaching a recipient. `failing_since` is None while it works; `waiting` counts entries without a final answer."""

    recipient: OfficeId
    parcels: int
    failures: int
    due_at: datetime | None
    failing_since: datetime | None
    code: Code | None
    waiting: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where an event stands that is already here."""

    matter: MatterId
    office: OfficeId
    seq: int


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomingParcel:
    """A parcel that came.

    `digest` names its events (hex), `receipt` is the canonical receipt, `sealed` the receipt as it was first answered.
    """

    sender: OfficeId
    parcel: ParcelId
    counter: int
    digest: str
    received_at: datetime
    receipt: bytes
    sealed: bytes | None = None


ParcelKey = tuple[OfficeId, ParcelId]


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldEvent:
    """An event whose seal was good, or could not be judged for want of a key, and which waits for one thing before it can be taken."""

    event: SealedEvent
    sender: OfficeId
    waits_for: str
    code: Code
    held_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Want:
    """An event known of but not here, and the peer to ask for it from `due_at` on."""

    peer: OfficeId
    event: EventId
    matter: MatterId
    due_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class FileEntry:
    """A paper between us and a peer, by the root over its encrypted chunks. `size` is of the plain file, in bytes."""

    peer: OfficeId
    root: FileId
    matter: MatterId
    size: int
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class LeasedFile:
    """A paper to be carried to `peer`, in the hands of one worker until its lease ends."""

    peer: OfficeId
    root: FileId
    size: int
    fence: int
    attempt: int


def waits_for_key(office: OfficeId, key: KeyId) -> str:
    """What an event waits for whose author's key is not known."""
    return f"key:{office}:{key}"


class ExchangeUnit(Unit, Protocol):
    """One transaction over the journal and the exchange. What one call wrote, the next sees."""

    # The journal, for many matters at once

    def heads_of(self, matters: Iterable[MatterId], *, lock: bool = True) -> Mapping[MatterId, Mapping[OfficeId, Head]]:
        """The newest event of each shared strand of each matter; a matter unknown here is absent.

        In a write nobody else writes to these matters from here to its end, unless `lock` is off. Matters are locked before routes.
        """

    def openings(self, matters: Iterable[MatterId]) -> Mapping[MatterId, SealedEvent]:
        """The first `matter.opened/1` that arrived in each matter; a matter unknown here is absent."""

    def known(self, events: Iterable[EventId]) -> Mapping[EventId, Place]:
        """Those of `events` that are in the journal (held ones are not)."""

    def naming_papers(self, events: Iterable[EventId]) -> tuple[SealedEvent, ...]:
        """Those of `events` whose content may name papers: its bytes hold `paper.MARK`. In any order; an erased one names none."""

    # The outbox

    def queue(self, entries: Sequence[OutboxEntry]) -> None:
        """Puts entries in the outbox, due at once, in this order; one whose recipient and event already stand there stays as it is."""

    def requeue(self, recipient: OfficeId, events: Iterable[EventId], at: datetime) -> None:
        """Makes entries that had a final or held answer wait again, due at `at`, in no parcel; those still waiting stay as they are."""

    def lease_parcel(
        self, worker: str, now: datetime, until: datetime, new: ParcelId, limits: Limits, *, only: OfficeId | None = None
    ) -> LeasedParcel | None:
        """One parcel for `worker`, or None when nothing is due; with `only`, for this recipient alone.

        1. Only recipients whose route is due (`due_at` None or ≤ now). 2. First an unsettled parcel that is due and not leased (or its
        lease ended at or before `now`), by `due_at`, then counter. 3. Else a new parcel with the id `new`: entries in no parcel, waiting
        or held and due, of the recipient whose first such entry was queued first, in the order queued, within `limits` (at least one). 4.
        Else a new parcel without entries for a peer with wants due. A new parcel takes the recipient's next counter (1, 2, …) and is due
        at `now`.

        A second new parcel in the same transaction must be for the recipient of the first: two workers that each hold a route and wait for
        the other's would wait for ever.
        """

    def settle_parcel(self, parcel: ParcelId, receipt: bytes, results: Mapping[EventId, Settled], at: datetime) -> bool:
        """Closes a parcel with its receipt; whoever brings it first. Its route works again (failures 0, due at once).

        Accepted and rejected entries keep the parcel they were in; held and waiting ones leave it. False when it was already closed or is
        unknown.
        """

    def postpone_parcel(self, leased: LeasedParcel, due_at: datetime, code: Code | None, at: datetime, *, route: bool) -> bool:
        """Ends a lease without a receipt; the parcel is due again at `due_at`.

        With `route`, the whole recipient waits until then, failing since `at`. `code` None means: handed over, the receipt comes later.
        False (and nothing changed) when the fence is old or the parcel is settled.
        """

    def outgoing(self, parcel: ParcelId) -> OutgoingParcel | None:
        """A parcel we made."""

    def entry(self, recipient: OfficeId, event: EventId) -> tuple[EntryState, ParcelId | None, Code | None] | None:
        """Where an event stands on its way to a recipient, the parcel it is or was settled in, and the last code."""

    def routes(self) -> tuple[Route, ...]:
        """Every recipient that anything was ever queued for, by id."""

    # The inbox

    def incoming(self, parcels: Iterable[ParcelKey]) -> Mapping[ParcelKey, IncomingParcel]:
        """Those of `parcels` that came before."""

    def record_incoming(self, parcels: Sequence[IncomingParcel]) -> None:
        """Keeps parcels that came now."""

    def seal_receipts(self, sealed: Mapping[ParcelKey, bytes]) -> Mapping[ParcelKey, bytes]:
        """Keeps sealed receipts of parcels that came; one that is already there stays. What is kept of each."""

    def aside(self) -> bool:
        """Whether any event is held, or any wanted: as a rule neither, and nothing need be looked for among them."""

    def hold(self, held: Sequence[HeldEvent]) -> None:
        """Keeps events aside; one already held is replaced (it may wait for something else now)."""

    def held_for(self, waits_for: Iterable[str]) -> tuple[HeldEvent, ...]:
        """Held events that wait for any of these, in the order they were first held."""

    def held_keys(self) -> tuple[str, ...]:
        """Every `key:…` that held events wait for, each once."""

    def release(self, events: Iterable[EventId]) -> None:
        """Forgets held events: they were taken, or refused."""

    def held_count(self, sender: OfficeId) -> int:
        """How many events of this sender are held."""

    def want(self, wants: Sequence[Want]) -> None:
        """Notes gaps; one already noted for that peer stays as it is."""

    def due_wants(self, peer: OfficeId, now: datetime, limit: int) -> tuple[Want, ...]:
        """Events to ask this peer for, due at or before `now`, by `due_at`, then the event's id."""

    def asked(self, peer: OfficeId, events: Iterable[EventId], due_at: datetime) -> None:
        """They were asked for; ask again at `due_at`."""

    def unwant(self, events: Iterable[EventId]) -> None:
        """They are here: no peer is asked for them any more."""

    # Papers

    def queue_files(self, files: Sequence[FileEntry]) -> None:
        """Papers to carry to peers, due at once; a (peer, root) already there stays as it is."""

    def lease_file(self, worker: str, now: datetime, until: datetime) -> LeasedFile | None:
        """One paper that is due, not carried yet and not leased, whose peer's route is due; by `due_at`, then the order queued."""

    def settle_file(self, leased: LeasedFile, at: datetime) -> bool:
        """The peer has it. False when the fence is old or it was settled."""

    def postpone_file(self, leased: LeasedFile, due_at: datetime, code: Code | None) -> bool:
        """Try again at `due_at`. False when the fence is old or it was settled."""

    def expect_files(self, files: Sequence[FileEntry]) -> None:
        """Papers that peers may bring; a (peer, root) already there stays as it is."""

    def expected(self, root: FileId) -> tuple[FileEntry, ...]:
        """From whom a paper may come, whether or not it has arrived, by peer."""

    def file_arrived(self, root: FileId, at: datetime) -> None:
        """The paper is whole and checked."""

    def files_missing(self, limit: int) -> tuple[FileEntry, ...]:
        """Expected papers that have not arrived, oldest first."""

    # Work that one worker at a time does

    def take_lease(self, name: str, worker: str, now: datetime, until: datetime) -> bool:
        """Whether `worker` holds the named lease from now on: it is free, was its own, or ended at or before `now`."""


class ExchangeStore(Protocol):
    """Opens transactions. `write` has one writer at a time and is all or nothing; `read` sees one moment."""

    def write(self) -> AbstractContextManager[ExchangeUnit]:
        """A transaction: committed durably when the block ends, undone when it raises."""

    def read(self) -> AbstractContextManager[ExchangeUnit]:
        """A snapshot; writing through it is an error."""
