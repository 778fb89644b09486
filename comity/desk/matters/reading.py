"""One matter as a page reads it: everything from one snapshot of the store."""

from collections.abc import Mapping
from dataclasses import dataclass

from comity.canonical import Value
from comity.desk.matters.models import MatterRow
from comity.exchange import ExchangeUnit
from comity.identifiers import EventId, MatterId, OfficeId
from comity.journal import Folded, SealedEvent, SealedValue
from comity.law import Basis
from comity.node import proofs
from comity.node.commands import basis_of, folded
from comity.node.drafts import drafts
from comity.node.office import Office
from comity.procedures import MatterState


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
    events = unit.events(matter)
    found = folded(unit, matter)
    return Matter(
        office=office,
        row=row,
        found=found,
        events={sealed.id: sealed for sealed in events},
        basis=basis_of(office, unit, matter) if found.state.procedure else None,
        receipts=proofs.receipts_of(office, unit, events),
        drafts={draft.id: draft.content for draft in drafts(unit.internal(matter)).values()},
    )
