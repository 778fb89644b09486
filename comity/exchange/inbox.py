"""Taking parcels: what is kept, what is held, what is refused, and the receipt that says so.

A parcel was opened and every seal judged before (`parcel.unpack`, which needs no store). Here, in one transaction for a group of parcels:

1. A parcel that came before gets the receipt it got then; the same id with other events is refused (parcel reused).
2. Parcels of one sender are taken by their counter, whatever order they came in.
3. An event that cannot be believed is rejected by its fault; one whose author's key is not known is held for that key.
4. An event that is here already is accepted again.
5. An opening must be its author's first word in a matter nobody else opened (bad chain), name its parties (malformed), who include its
author.
6. Author, sender and this office must be parties of the matter (not party).
7. Everything the event stands on (`prev` and `seen`) must be here; else it is held, and what is missing is asked for (predecessor missing).
8. What it stands on must be of the same matter, and `prev` the place before it (bad chain).
9. Where its place in the strand is taken, it is kept beside the other (accepted, with the code fork).
10. What was held for an event accepted now is judged again from step 4.
11. Wants of the sender are queued for it; papers named by accepted events are expected from their authors.
12. The receipt is written, and every matter touched is projected.

Only after that transaction is committed are the receipts sealed, as one group, and kept (`receive`). An error undoes the whole group;
nothing is half-written.
"""

from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from comity.errors import Code
from comity.exchange.errors import ExchangeError, ParcelError
from comity.exchange.outbox import entries
from comity.exchange.paper import may_name_papers, papers_in
from comity.exchange.parcel import Heads, Parcel, judge
from comity.exchange.party import parties
from comity.exchange.receipt import Outcome, Receipt, Result, seal_receipts
from comity.exchange.store import (
    ExchangeStore,
    ExchangeUnit,
    FileEntry,
    HeldEvent,
    IncomingParcel,
    ParcelKey,
    Place,
    Want,
    waits_for_key,
)
from comity.identifiers import EventId, MatterId, OfficeId, is_internal
from comity.journal import OPENED, Head, Header, SealedEvent, Signer
from comity.trust import Trust

Project = Callable[[ExchangeUnit, MatterId], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """How much is kept aside for one sender, and how long a gap may close by itself before it is asked for."""

    held: int = 10_000
    ask_after: timedelta = timedelta(seconds=5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A parcel that was taken, now or before: its receipt's canonical bytes, and as it was sealed, where it was."""

    sender: OfficeId
    parcel: Parcel
    receipt: bytes
    sealed: bytes | None


def receive(
    store: ExchangeStore,
    parcels: Sequence[Parcel],
    *,
    me: OfficeId,
    signer: Signer,
    at: datetime,
    project: Project,
    bounds: Bounds | None = None,
) -> tuple[bytes | ParcelError, ...]:
    """Takes a group of parcels and answers each, in order, with its sealed receipt or the refusal.

    The receipts are durable when this returns.
    """
    with store.write() as unit:
        taken = receive_group(unit, parcels, me=me, at=at, project=project, bounds=bounds)
    fresh = {(one.sender, one.parcel.id): one.receipt for one in taken if isinstance(one, Taken) and one.sealed is None}
    kept: Mapping[ParcelKey, bytes] = {}
    if fresh:
        sealed = dict(zip(fresh, seal_receipts(list(fresh.values()), signer, at), strict=True))
        with store.write() as unit:
            kept = unit.seal_receipts(sealed)
    return tuple(one if isinstance(one, ParcelError) else _answer(one, kept) for one in taken)


def receive_group(
    unit: ExchangeUnit,
    parcels: Sequence[Parcel],
    *,
    me: OfficeId,
    at: datetime,
    project: Project,
    bounds: Bounds | None = None,
) -> tuple[Taken | ParcelError, ...]:
    """Takes parcels within the caller's transaction, in the module's steps, and answers each, in order. Receipts are not sealed here.

    `project` is called once for every matter that got an event, after all of them are in the journal.
    """
    keys = [(parcel.sender, parcel.id) for parcel in parcels]
    before = dict(unit.incoming(set(keys)))  # 1
    fresh: dict[ParcelKey, Parcel] = {}
    for key, parcel in zip(keys, parcels, strict=True):
        if key not in before:
            fresh.setdefault(key, parcel)
    came = _take(unit, list(fresh.values()), me=me, at=at, project=project, bounds=bounds or Bounds())
    unit.record_incoming(came)
    before.update(((one.sender, one.parcel), one) for one in came)
    return tuple(_taken(parcel, before[key]) for key, parcel in zip(keys, parcels, strict=True))


def release_keys(unit: ExchangeUnit, *, me: OfficeId, trust: Trust, at: datetime, project: Project) -> int:
    """Judges again the events that were held for a key which is known by now; how many were. Called when cards change, and at intervals."""
    known = [one for one in unit.held_keys() if _key_known(one, trust)]
    held = unit.held_for(known) if known else ()
    faults = judge([one.event for one in held], trust)
    sorting = _Sorting(unit, me=me, at=at, bounds=Bounds())
    for one in held:
        sorting.offer(_Candidate(one.event, one.event.header, one.sender, None), faults.get(one.event.id))
    sorting.finish(project)
    unit.release(one.event.id for one in held if faults.get(one.event.id) not in (None, Code.UNKNOWN_KEY))
    return len(held)


def _key_known(waits_for: str, trust: Trust) -> bool:
    _, office, key = waits_for.split(":")
    return any(one.id == key for card in trust.cards() if card.office == office for one in card.seal_keys)


def _answer(taken: Taken, kept: Mapping[ParcelKey, bytes]) -> bytes:
    return kept[taken.sender, taken.parcel.id] if taken.sealed is None else taken.sealed


def _taken(parcel: Parcel, came: IncomingParcel) -> Taken | ParcelError:
    if parcel.digest != came.digest:
        return ParcelError(Code.PARCEL_REUSED, "A parcel with this id and other events came before.", where=parcel.id)
    return Taken(sender=parcel.sender, parcel=parcel, receipt=came.receipt, sealed=came.sealed)


def _take(
    unit: ExchangeUnit, parcels: list[Parcel], *, me: OfficeId, at: datetime, project: Project, bounds: Bounds
) -> tuple[IncomingParcel, ...]:
    sorting = _Sorting(unit, me=me, at=at, bounds=bounds)
    outcomes: dict[ParcelKey, _Outcomes] = {(parcel.sender, parcel.id): {} for parcel in parcels}
    for parcel in sorted(parcels, key=lambda one: (one.sender, one.counter)):  # 2
        noted = outcomes[parcel.sender, parcel.id]
        for sealed in parcel.events:
            header = sealed.event.header
            sorting.offer(_Candidate(sealed, header, parcel.sender, noted), parcel.faults.get(header.id))
    sorting.finish(project)
    for parcel in parcels:
        sorting.compare(parcel.sender, parcel.heads)
        _supply(unit, parcel, at=at)  # 11
    return tuple(_incoming(parcel, outcomes[parcel.sender, parcel.id], at) for parcel in parcels)


def _incoming(parcel: Parcel, outcomes: "_Outcomes", at: datetime) -> IncomingParcel:
    named = tuple(outcomes[sealed.id] for sealed in parcel.events)
    receipt = Receipt(parcel=parcel.id, sender=parcel.sender, recipient=parcel.recipient, at=at, outcomes=named)
    return IncomingParcel(
        sender=parcel.sender, parcel=parcel.id, counter=parcel.counter, digest=parcel.digest, received_at=at, receipt=receipt.data
    )


def _supply(unit: ExchangeUnit, parcel: Parcel, *, at: datetime) -> None:
    """Queues for the sender what it asks for, and in those matters whatever lies beyond the heads it has."""
    if not parcel.wants:
        return
    places = unit.known(parcel.wants)
    matters = {place.matter for place in places.values() if not is_internal(place.office)}
    openings = unit.openings(matters)
    for matter in sorted(matters & openings.keys()):
        if parcel.sender in parties(openings[matter].event):
            heads = parcel.heads.get(matter, {})
            lacking = [one for one in unit.events(matter) if one.id in places or _beyond(one, heads)]
            unit.requeue(parcel.sender, [one.id for one in lacking], at)
            unit.queue(entries(lacking, [parcel.sender], at))


def _beyond(sealed: SealedEvent, heads: Mapping[OfficeId, Head]) -> bool:
    head = heads.get(sealed.header.office)
    return head is None or sealed.header.seq > head.seq


_Outcomes = dict[EventId, Outcome]


@dataclass(slots=True)
class _Candidate:
    """An event to be judged, who brought it, and where what becomes of it is noted for the receipt (None: it was held before)."""

    sealed: SealedEvent
    header: Header
    sender: OfficeId
    outcomes: _Outcomes | None


class _Sorting:
    """One group's events on their way to accepted, held or rejected, against what is here and what came before them in the group."""

    def __init__(self, unit: ExchangeUnit, *, me: OfficeId, at: datetime, bounds: Bounds) -> None:
        self._unit = unit
        self._me = me
        self._at = at
        self._bounds = bounds
        self._offered: list[_Candidate] = []
        self._accepted: dict[EventId, SealedEvent] = {}
        self._held: dict[EventId, HeldEvent] = {}
        self._waiting: dict[EventId, list[_Candidate]] = {}
        self._wants: list[Want] = []
        self._room: dict[OfficeId, int] = {}
        self._known: dict[EventId, Place | Header] = {}
        self._newest: dict[tuple[MatterId, OfficeId], int] = {}
        self._openings: dict[MatterId, SealedEvent] = {}
        self._parties: dict[MatterId, frozenset[OfficeId]] = {}
        self._loaded: set[MatterId] = set()

    def offer(self, candidate: _Candidate, fault: Code | None) -> None:
        """Step 3 at once; the rest waits for `finish`."""
        if fault is None:
            self._offered.append(candidate)
        elif fault is Code.UNKNOWN_KEY:
            said = candidate.sealed.placement.seal.statement
            self._hold(candidate, waits_for_key(said.office, said.key), fault)
        else:
            self._note(candidate, Result.REJECTED, fault)

    def finish(self, project: Project) -> None:
        """Steps 4 to 10 for everything offered, and all that it releases; then the writing, and the projection."""
        offered: Sequence[_Candidate] = self._offered
        aside = False
        while offered:
            before = len(self._accepted)
            self._load(offered)
            aside = aside or self._unit.aside()
            self._drain(offered)
            offered = self._released(list(self._accepted)[before:]) if aside else ()  # 10
        for candidates in self._waiting.values():
            for candidate in candidates:
                self._hold_for_predecessors(candidate)
        self._write(aside=aside)
        for matter in sorted({sealed.event.header.matter for sealed in self._accepted.values()}):
            project(self._unit, matter)

    def compare(self, sender: OfficeId, heads: Heads) -> None:
        """Asks the sender for the heads it has and we do not, in matters we have."""
        lacking = [
            Want(peer=sender, event=head.id, matter=matter, due_at=self._at + self._bounds.ask_after)
            for matter, strands in heads.items()
            if sender in self._parties_of(matter)
            for office, head in strands.items()
            if office in self._parties_of(matter) and head.seq > self._newest.get((matter, office), -1)
        ]
        if lacking:
            self._unit.want(lacking)

    def _parties_of(self, matter: MatterId) -> frozenset[OfficeId]:
        found = self._parties.get(matter)
        if found is None:
            opening = self._openings.get(matter)
            if opening is None:
                return frozenset()
            found = self._parties[matter] = parties(opening.event)
        return found

    def _load(self, candidates: Sequence[_Candidate]) -> None:
        """What is here of the matters spoken of, and which of the events named are here.

        An event beyond the head of its strand is not: only the others, as a rule none, are looked up.
        """
        headers = [candidate.header for candidate in candidates]
        matters = {header.matter for header in headers} - self._loaded
        for matter, heads in self._unit.heads_of(matters).items():
            for office, head in heads.items():
                self._newest[matter, office] = head.seq
                self._known[head.id] = Place(matter=matter, office=office, seq=head.seq)
        self._openings.update(self._unit.openings(matters))
        self._loaded |= matters
        named, new = set[EventId](), set[EventId]()
        for header in headers:
            (new if header.seq > self._newest.get((header.matter, header.office), -1) else named).add(header.id)
            named.update(header.seen)
            if header.prev is not None:
                named.add(header.prev)
        self._known.update(self._unit.known(named - new - self._known.keys()))

    def _drain(self, candidates: Iterable[_Candidate]) -> None:
        todo = deque(candidates)
        while todo:
            candidate = todo.popleft()
            self._judge(candidate)
            if self._waiting and candidate.header.id in self._known:
                todo.extend(self._waiting.pop(candidate.header.id, ()))

    def _released(self, accepted: Sequence[EventId]) -> list[_Candidate]:
        held = self._unit.held_for(accepted) if accepted else ()
        return [_Candidate(one.event, one.event.header, one.sender, None) for one in held]

    def _judge(self, candidate: _Candidate) -> None:
        if candidate.header.id in self._known:  # 4
            self._note(candidate, Result.ACCEPTED, None)
            return
        code = self._opening_fault(candidate) or self._party_fault(candidate)  # 5, 6
        if code is not None:
            self._refuse(candidate, code)
            return
        missing = self._missing(candidate)  # 7
        if missing:
            self._waiting.setdefault(missing[0], []).append(candidate)
        elif self._chain_fault(candidate):  # 8
            self._refuse(candidate, Code.BAD_CHAIN)
        else:
            self._accept(candidate)

    def _opening_fault(self, candidate: _Candidate) -> Code | None:
        if candidate.header.act != OPENED:
            return None
        event = candidate.sealed.event
        earlier = self._openings.get(event.header.matter)
        if not event.opens or (earlier is not None and earlier.header.office != event.header.office):
            return Code.BAD_CHAIN
        try:
            named = parties(event)
        except ExchangeError as error:
            return error.code
        return None if {event.header.office, candidate.sender, self._me} <= named else Code.NOT_PARTY

    def _party_fault(self, candidate: _Candidate) -> Code | None:
        header = candidate.header
        if header.matter not in self._openings:
            return None  # its opening is among what it stands on: step 7 waits for that
        of = self._parties_of(header.matter)
        return None if header.office in of and candidate.sender in of and self._me in of else Code.NOT_PARTY

    def _missing(self, candidate: _Candidate) -> list[EventId]:
        header = candidate.header
        stands_on = header.seen if header.prev is None else (header.prev, *header.seen)
        return [one for one in stands_on if one not in self._known]

    def _chain_fault(self, candidate: _Candidate) -> bool:
        header = candidate.header
        if header.prev is None:
            if not header.seen and header.act != OPENED:
                return True
        else:
            before = self._known[header.prev]
            if (before.seq, before.office, before.matter) != (header.seq - 1, header.office, header.matter):
                return True
        return any(self._known[one].matter != header.matter or is_internal(self._known[one].office) for one in header.seen)

    def _accept(self, candidate: _Candidate) -> None:
        header = candidate.header
        strand = (header.matter, header.office)
        forked = header.seq <= self._newest.get(strand, -1)  # 9
        if not forked:
            self._newest[strand] = header.seq
        if header.seq == 0 and candidate.sealed.event.opens:
            self._openings.setdefault(header.matter, candidate.sealed)
        self._known[header.id] = header
        self._accepted[header.id] = candidate.sealed
        self._note(candidate, Result.ACCEPTED, Code.FORK if forked else None)

    def _refuse(self, candidate: _Candidate, code: Code) -> None:
        if candidate.outcomes is None:
            self._unit.release([candidate.header.id])
        self._note(candidate, Result.REJECTED, code)

    def _hold_for_predecessors(self, candidate: _Candidate) -> None:
        missing = self._missing(candidate)
        if self._hold(candidate, missing[0], Code.PREDECESSOR_MISSING):
            due_at, matter = self._at + self._bounds.ask_after, candidate.header.matter
            self._wants += [Want(peer=candidate.sender, event=one, matter=matter, due_at=due_at) for one in missing]

    def _hold(self, candidate: _Candidate, waits_for: str, code: Code) -> bool:
        sender = candidate.sender
        if sender not in self._room:
            self._room[sender] = self._bounds.held - self._unit.held_count(sender)
        if candidate.outcomes is not None and self._room[sender] <= 0:
            self._note(candidate, Result.REJECTED, code)
            return False
        self._room[sender] -= 1
        held = HeldEvent(event=candidate.sealed, sender=sender, waits_for=waits_for, code=code, held_at=self._at)
        self._held[candidate.header.id] = held
        self._note(candidate, Result.HELD, code)
        return True

    def _note(self, candidate: _Candidate, result: Result, code: Code | None) -> None:
        if candidate.outcomes is not None:
            candidate.outcomes[candidate.header.id] = Outcome(event=candidate.header.id, result=result, code=code)

    def _write(self, *, aside: bool) -> None:
        if self._held:
            self._unit.hold(list(self._held.values()))
        if self._accepted:
            self._unit.append(list(self._accepted.values()))
            if aside or self._held:
                self._unit.release(self._accepted)
                self._unit.unwant(self._accepted)
            naming = [sealed for sealed in self._accepted.values() if may_name_papers(sealed.event.content)]
            self._unit.expect_files([one for sealed in naming for one in self._papers(sealed)])
        if self._wants:
            self._unit.want([want for want in self._wants if want.event not in self._held])

    def _papers(self, sealed: SealedEvent) -> list[FileEntry]:
        header = sealed.event.header
        if header.office == self._me:
            return []
        named = papers_in(sealed.content)
        return [FileEntry(peer=header.office, root=one.root, matter=header.matter, size=one.size, at=self._at) for one in named]
