"""Where the journal is written: the next events of our strand, sealed, in the outbox and in the views, in one transaction."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from comity.canonical import Value
from comity.exchange import ExchangeUnit, outbox
from comity.identifiers import MatterId, OfficeId, internal, matter_id
from comity.journal import LARGEST_GROUP, Event, Head, Purpose, SealedEvent, seal_events, seal_leaves
from comity.journal import write as next_event
from comity.node.office import Office

Acts = Sequence[tuple[str, Mapping[str, Value]]]


@dataclass(slots=True, kw_only=True)
class Pen:
    """Writes one event after the other at the end of our strand of a matter, as the strands stood when it was taken up."""

    office: Office
    matter: MatterId
    head: Head | None
    seen: tuple[str, ...]

    @classmethod
    def taken_up(cls, office: Office, unit: ExchangeUnit, matter: MatterId) -> "Pen":
        """The pen for a matter, in the transaction that will append what it writes."""
        heads = {strand: head for strand, head in unit.heads(matter).items() if strand != internal(office.id)}
        seen = tuple(head.id for strand, head in heads.items() if strand != office.id)
        return cls(office=office, matter=matter, head=heads.get(office.id), seen=seen)

    def write(self, act: str, content: Mapping[str, Value]) -> Event:
        """The next event, not yet sealed or kept."""
        event = _event(self.office, self.office.id, self.matter, act, content, self.head, self.seen)
        self.head = Head(seq=event.header.seq, id=event.id)
        return event


def append(office: Office, unit: ExchangeUnit, events: Sequence[Event]) -> tuple[SealedEvent, ...]:
    """Seal events of our strands as one group, keep them, send them to the other parties, bring the views up to date."""
    now = office.clock()
    sealed = seal_events(events, office.signer, now)
    unit.append(sealed)
    outbox.queue(unit, sealed, me=office.id, at=now)
    for matter in dict.fromkeys(event.header.matter for event in events):
        office.projector.project(unit, matter)
    return sealed


def append_acts(office: Office, unit: ExchangeUnit, matter: MatterId, acts: Acts) -> tuple[SealedEvent, ...]:
    """Write, seal and send these acts in one matter, in order."""
    pen = Pen.taken_up(office, unit, matter)
    return append(office, unit, [pen.write(act, content) for act, content in acts])


def keep(office: Office, unit: ExchangeUnit, matter: str, act: str, content: Mapping[str, Value]) -> None:
    """Write on our internal strand of a matter, which never leaves; it is sealed later, in a group."""
    strand, found = internal(office.id), matter_id(matter)
    event = _event(office, strand, found, act, content, unit.heads(found).get(strand), ())
    unit.append_internal([event])
    office.projector.project(unit, found)


def seal_internal(office: Office) -> int:
    """Seal what our internal strands hold unsealed, in groups; answers how many events were sealed. Called at intervals."""
    total = 0
    while count := _seal_group(office):
        total += count
    return total


def _seal_group(office: Office) -> int:
    with office.store.write() as unit:
        events = unit.unsealed(LARGEST_GROUP)
        if events:
            placements = seal_leaves(Purpose.EVENTS, [event.header.leaf for event in events], office.signer, office.clock())
            unit.place({event.id: place for event, place in zip(events, placements, strict=True)})
    return len(events)


def _event(  # noqa: PLR0917  # private, and called twice
    office: Office,
    strand: OfficeId,
    matter: MatterId,
    act: str,
    content: Mapping[str, Value],
    head: Head | None,
    seen: Iterable[str],
) -> Event:
    return next_event(
        office=strand,
        matter=matter,
        act=act,
        value=dict(content),
        at=office.clock(),
        salt=office.randomness(32),
        head=head,
        seen=seen,  # type: ignore[arg-type]  # ids of events, as the heads name them
    )
