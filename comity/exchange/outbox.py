"""Sending: what is queued for whom, what one parcel takes, and what its receipt changes.

An event is queued in the transaction that writes it: accepted to send means delivered, once. From there a courier's turns:

1. `take`: lease the next parcel (the same one again after a failure: same id, same events), with the gaps to ask its recipient for.
2. pack it, carry it, verify its receipt — outside any transaction.
3. `settle`: what was accepted is done, and its papers are queued; what is held is offered again later; what was rejected for good is
trouble.
   Or `postpone`: back-off with jitter, doubling up to an hour, for ever.

A crash between 1 and 3 costs nothing but time: the lease ends, the parcel goes again, the recipient answers with the same receipt.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from comity.errors import Code
from comity.exchange.errors import ExchangeError
from comity.exchange.paper import may_name_papers, papers_in
from comity.exchange.parcel import MOST_WANTS, Heads, entry_size
from comity.exchange.party import parties
from comity.exchange.receipt import Outcome, Receipt, Result
from comity.exchange.store import (
    EntryState,
    ExchangeStore,
    ExchangeUnit,
    FileEntry,
    LeasedParcel,
    Limits,
    OutboxEntry,
    Route,
    Settled,
    Want,
)
from comity.identifiers import EventId, MatterId, OfficeId, ParcelId
from comity.journal import Head, SealedEvent

MOST_HEADS = 10_000
GATHERED_AT_ONCE = 32
"""Up to so many events are read in the transaction that leases them; more would keep other writers waiting, and are read after it."""
OFFER_AGAIN = frozenset({Code.PREDECESSOR_MISSING, Code.UNKNOWN_KEY, Code.STORAGE})
"""Rejections that time alone can cure: the recipient had no room to hold the event, or no disk."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How long to wait before trying again, and when people are told.

    Back-off doubles from `first` to `longest`; jitter takes up to half of it.
    """

    first: timedelta = timedelta(milliseconds=500)
    longest: timedelta = timedelta(hours=1)
    held: timedelta = timedelta(seconds=30)
    ask_again: timedelta = timedelta(minutes=1)
    carried: timedelta = timedelta(days=7)
    trouble_after: timedelta = timedelta(hours=1)

    def wait(self, failures: int, randomness: bytes) -> timedelta:
        """How long to wait after so many failures in a row (1, 2, …); `randomness` is two random bytes."""
        whole = min(self.first * (1 << min(max(failures, 1) - 1, 30)), self.longest)
        return whole * (1 - int.from_bytes(randomness[:2]) / 2**17)


@dataclass(frozen=True, slots=True, kw_only=True)
class Consignment:
    """A leased parcel with all that goes into it."""

    leased: LeasedParcel
    events: tuple[SealedEvent, ...]
    heads: Heads
    wants: tuple[EventId, ...]


def queue(unit: ExchangeUnit, events: Sequence[SealedEvent], *, me: OfficeId, at: datetime) -> None:
    """Queues our events for every other party of their matters; call it in the transaction that appends them, after `append`.

    Raises `ExchangeError`: not party where the matter is not here or not ours, not expected for an internal event.
    """
    openings = unit.openings({sealed.header.matter for sealed in events})
    shared = {matter: parties(opening.event) for matter, opening in openings.items()}
    others = {matter: sorted(offices - {me}) for matter, offices in shared.items() if me in offices}
    queued: list[OutboxEntry] = []
    for sealed in events:
        header = sealed.header
        if header.office != me:
            raise ExchangeError(Code.NOT_EXPECTED, "Only the office's own shared events are sent.", where=header.id)
        if header.matter not in others:
            raise ExchangeError(Code.NOT_PARTY, "This office is no party of the matter.", where=header.matter)
        queued += entries([sealed], others[header.matter], at)
    if queued:
        unit.queue(queued)


def entries(events: Iterable[SealedEvent], recipients: Sequence[OfficeId], at: datetime) -> list[OutboxEntry]:
    """The entries that bring these events to each recipient."""
    return [
        OutboxEntry(recipient=one, event=sealed.id, matter=sealed.header.matter, size=entry_size(sealed.event), queued_at=at)
        for sealed in events
        for one in recipients
    ]


def take(
    store: ExchangeStore, worker: str, *, now: datetime, lease: timedelta, new: ParcelId, limits: Limits, patience: Patience
) -> Consignment | None:
    """Leases what is due next and gathers what goes into it; None when nothing is due."""
    return next(iter(take_some(store, worker, now=now, lease=lease, new=[new], limits=limits, patience=patience)), None)


def take_some(
    store: ExchangeStore,
    worker: str,
    *,
    now: datetime,
    lease: timedelta,
    new: Sequence[ParcelId],
    limits: Limits,
    patience: Patience,
) -> tuple[Consignment, ...]:
    """Leases up to as many parcels as `new` has ids and gathers what goes into them; none when nothing is due.

    Those of one recipient are leased in one transaction. The first of them asks for the gaps.
    """
    taken: list[Consignment] = []
    ids = deque(new)
    while ids:
        with store.write() as unit:
            leased = _lease_some(unit, worker, ids, now=now, until=now + lease, limits=limits)
            if not leased:
                break
            wants = unit.due_wants(leased[0].recipient, now, MOST_WANTS)
            if wants:
                unit.asked(leased[0].recipient, [want.event for want in wants], now + patience.ask_again)
            few = sum(len(one.events) for one in leased) <= GATHERED_AT_ONCE
            if few:
                taken += _gather(unit, leased, wants)
        if not few:
            with store.read() as unit:
                taken += _gather(unit, leased, wants)
    return tuple(taken)


def _lease_some(
    unit: ExchangeUnit, worker: str, ids: deque[ParcelId], *, now: datetime, until: datetime, limits: Limits
) -> list[LeasedParcel]:
    """New parcels of one recipient, or one that was made before; takes the ids it used."""
    leased: list[LeasedParcel] = []
    only: OfficeId | None = None
    while ids and (one := unit.lease_parcel(worker, now, until, ids[0], limits, only=only)):
        leased.append(one)
        only = one.recipient
        if one.parcel == ids[0]:
            ids.popleft()
        else:
            ids.pop()
            break
    return leased


def settle(
    unit: ExchangeUnit,
    parcel: ParcelId,
    data: bytes,
    receipt: Receipt,
    *,
    at: datetime,
    patience: Patience,
    events: Sequence[SealedEvent] | None = None,
) -> bool:
    """Closes a parcel with its verified receipt (`data` are its sealed bytes). False when it was closed before.

    Papers of our accepted events are queued for the recipient in the same transaction. Who has the parcel's `events` at hand gives them, so
    that only those which name papers are looked up.
    """
    answers: dict[tuple[Result, Code | None], Settled] = {}
    for outcome in receipt.outcomes:
        if (outcome.result, outcome.code) not in answers:
            answers[outcome.result, outcome.code] = _settled(outcome, at, patience)
    results = {outcome.event: answers[outcome.result, outcome.code] for outcome in receipt.outcomes}
    if not unit.settle_parcel(parcel, data, results, at):
        return False
    naming = results if events is None else [one.id for one in events if may_name_papers(one.content)]
    accepted = [event for event in naming if results[event].state is EntryState.ACCEPTED]
    papers = [one for sealed in unit.naming_papers(accepted) for one in _papers(sealed, receipt.recipient, receipt.sender, at)]
    if papers:
        unit.queue_files(papers)
    return True


def in_trouble(routes: Iterable[Route], *, now: datetime, patience: Patience) -> tuple[Route, ...]:
    """The routes that have failed for so long that people are told (RelayFailure)."""
    return tuple(one for one in routes if one.failing_since is not None and one.failing_since + patience.trouble_after <= now)


def _gather(unit: ExchangeUnit, leased: Sequence[LeasedParcel], wants: Sequence[Want]) -> Iterator[Consignment]:
    """What goes into each parcel; the first asks for the gaps.

    Reads without a lock: this may be the transaction that holds a route, and writers lock matters before routes.
    """
    found = unit.find([event for one in leased for event in one.events])
    heads = unit.heads_of({sealed.event.header.matter for sealed in found.values()} | {want.matter for want in wants}, lock=False)
    for one in leased:
        events = tuple(found[event] for event in one.events if event in found)
        asked = dict.fromkeys(want.matter for want in wants)
        matters = dict.fromkeys((*asked, *(sealed.event.header.matter for sealed in events)))
        yield Consignment(leased=one, events=events, heads=_bounded(heads, matters), wants=tuple(want.event for want in wants))
        wants = ()


def _bounded(heads: Heads, matters: Iterable[MatterId]) -> Heads:
    """The heads of as many matters as fit, those asked about first: matters of a whole council could outgrow the parcel."""
    chosen: dict[MatterId, Mapping[OfficeId, Head]] = {}
    room = MOST_HEADS
    for matter in matters:
        strands = heads.get(matter, {})
        room -= len(strands)
        if room < 0:
            break
        chosen[matter] = strands
    return chosen


def _settled(outcome: Outcome, at: datetime, patience: Patience) -> Settled:
    match outcome.result:
        case Result.HELD:
            return Settled(state=EntryState.HELD, code=outcome.code, due_at=at + patience.held)
        case Result.REJECTED if outcome.code in OFFER_AGAIN:
            return Settled(state=EntryState.WAITING, code=outcome.code, due_at=at + patience.held)
        case _:
            return Settled(state=outcome.result.state, code=outcome.code)


def _papers(sealed: SealedEvent, peer: OfficeId, me: OfficeId, at: datetime) -> list[FileEntry]:
    if sealed.header.office != me:
        return []
    return [FileEntry(peer=peer, root=one.root, matter=sealed.header.matter, size=one.size, at=at) for one in papers_in(sealed.content)]
