"""One matter as a page reads it: everything from one snapshot of the store."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from comity.canonical import Value
from comity.desk.matters.models import MatterRow
from comity.exchange import ExchangeUnit
from comity.identifiers import EventId, MatterId, OfficeId
from comity.journal import Event, Folded, SealedEvent, SealedValue
from comity.law import Basis
from comity.node import proofs
from comity.node.commands import ERASED, basis_of, folded
from comity.node.drafts import drafts
from comity.node.office import Office
from comity.procedures import MatterState


@dataclass(frozen=True, slots=True, kw_only=True)
class Erasure:
    """That our office erased a content: when, by which rule, and whose account it was. Known to our office only."""

    at: datetime
    reason: str
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """The fold of a matter, its sealed events, its legal basis, and for each of our events the receipts of those who have it."""

    office: Office
    row: MatterRow
    found: Folded[MatterState]
    events: Mapping[EventId, SealedEvent]
    basis: Basis | None
    receipts: Mapping[EventId, Mapping[OfficeId, SealedValue]]
    drafts: Mapping[str, Mapping[str, Value]]
    """The contents of the drafts of further acts, by draft id."""
    erasures: Mapping[str, Erasure]
    """What our office erased here, by event id."""

    @property
    def id(self) -> MatterId:
        """The matter's id."""
        return MatterId(self.row.matter)

    @property
    def state(self) -> MatterState:
        """Where it stands."""
        return self.found.state


def read_matter(office: Office, unit: ExchangeUnit, row: MatterRow) -> Matter:
    """The matter of this row, from the journal; raises `CommandError` if we hold none."""
    matter = MatterId(row.matter)
    events, internal = unit.events(matter), unit.internal(matter)
    found = folded(unit, matter)
    return Matter(
        office=office,
        row=row,
        found=found,
        events={sealed.id: sealed for sealed in events},
        basis=basis_of(office, unit, matter) if found.state.procedure else None,
        receipts=proofs.receipts_of(office, unit, events),
        drafts={draft.id: draft.content for draft in drafts(internal).values()},
        erasures=_erasures(internal),
    )


def _erasures(internal: Iterable[Event]) -> dict[str, Erasure]:
    """The first erasure of each event: a second one found nothing left."""
    found: dict[str, Erasure] = {}
    for event in internal:
        if event.header.act == ERASED and event.content:
            value = {key: str(word) for key, word in event.content.value.items()}
            erasure = Erasure(at=event.header.at, reason=value.get("reason", ""), by=value.get("by", ""))
            found.setdefault(value.get("event", ""), erasure)
    return found
