"""What a command finds: the state of a matter, its drafts, the law it is judged by."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date

from comity.canonical import Value
from comity.exchange import ExchangeUnit
from comity.identifiers import MatterId, OfficeId, matter_id
from comity.journal import OPENED, Folded
from comity.law import Basis, UnknownWordError, resolve
from comity.node.commands.model import CommandError
from comity.node.drafts import Draft, drafts
from comity.node.lawbook import law_of
from comity.node.office import Office
from comity.procedures import MatterState, Procedure, fold_matter, opened_state, opening, procedure
from comity.words import _

AREA = "offence_area"


def folded(unit: ExchangeUnit, matter: MatterId) -> Folded[MatterState]:
    """The fold of a matter; raises `CommandError` if we hold none."""
    events = unit.events(matter)
    if not events:
        raise CommandError(_("We hold no such matter."), where=matter)
    return fold_matter([sealed.event for sealed in events])


def matter_state(unit: ExchangeUnit, matter: MatterId) -> MatterState:
    """What both offices derive from the journal of this matter; raises `CommandError` if we hold none."""
    return folded(unit, matter).state


def find_draft(unit: ExchangeUnit, matter: str, draft_id: str) -> Draft:
    """A draft as it stands; raises `CommandError` if there is none."""
    found = drafts(unit.internal(matter_id(matter))).get(draft_id)
    if found is None:
        raise CommandError(_("There is no such draft."), where=draft_id)
    return found


def kind_of(draft: Draft) -> Procedure:
    """The procedure of a draft; raises `CommandError` where this office does not know it."""
    found = procedure(draft.procedure, draft.version)
    if found is None:
        raise CommandError(_("This office does not know this kind of matter."), where=f"{draft.procedure}/{draft.version}")
    return found


def opening_of(office: Office, draft: Draft) -> dict[str, Value]:
    """The content of the event that opens the matter of a draft; it holds no personal data."""
    roles = {role: tuple(OfficeId(name) for name in offices) for role, offices in draft.roles.items()}
    content = opening(kind_of(draft), roles, office.register.release)
    return content | ({AREA: draft.offence_area} if draft.offence_area else {})


def state_for(office: Office, unit: ExchangeUnit, draft: Draft) -> MatterState:
    """The state in which a draft will be judged: of its matter, or of the one it opens."""
    matter = matter_id(draft.matter)
    return matter_state(unit, matter) if unit.events(matter) else opened_state(opening_of(office, draft))


def basis_of_draft(office: Office, unit: ExchangeUnit, draft: Draft) -> Basis | None:
    """The legal basis a draft is judged by: of its matter, or of today (UTC, as its first event will say) for the act that opens one."""
    matter = matter_id(draft.matter)
    if unit.events(matter):
        return basis_of(office, unit, matter)
    return legal_basis(office, unit, kind_of(draft), draft.roles, office.clock().astimezone(UTC).date(), draft.offence_area)


def basis_of(office: Office, unit: ExchangeUnit, matter: MatterId) -> Basis | None:
    """The legal basis of a matter: the law as it stood on the day the matter was opened (UTC date of its first event).

    None where the kind needs no instrument or is not known here, or the register knows no such State or offence area.
    """
    state = matter_state(unit, matter)
    if state.procedure is None:
        return None
    opened = next(sealed for sealed in unit.events(matter) if sealed.header.act == OPENED)
    area = opened.content.value.get(AREA) if opened.content else None
    try:
        return legal_basis(office, unit, state.procedure, state.roles, opened.header.at.date(), str(area) if area else None)
    except UnknownWordError:  # another office opened it, for a State or an area that our release does not know
        return None


def legal_basis(  # noqa: PLR0917  # said in this order
    office: Office, unit: ExchangeUnit, kind: Procedure, roles: Mapping[str, Sequence[str]], on: date, offence_area: str | None
) -> Basis | None:
    """The answer of the law for this pair, with what the office confirmed; None where the kind needs no instrument or has not two sides."""
    if kind.law_kind is None or not all(roles.get(role) for role in ("requesting", "requested")):
        return None
    requesting, requested = (office.state_of(OfficeId(roles[role][0])) for role in ("requesting", "requested"))
    return resolve(law_of(office, unit), requesting, requested, kind.law_kind, on, offence_area)
