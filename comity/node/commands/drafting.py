"""Drafts: saved, submitted, returned, discarded, and approved by another person than those who wrote them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from comity.canonical import Value
from comity.documents import DocumentError
from comity.exchange import ExchangeUnit
from comity.identifiers import MatterId, matter_id, uuid_7
from comity.journal import OPENED, SealedEvent
from comity.law import Basis
from comity.node import drafts as drafting
from comity.node.commands.model import Actor, Done, Result, Stop, not_allowed, papers_missing, reason_missing, stale_draft
from comity.node.commands.reading import basis_of_draft, find_draft, matter_state, opening_of, state_for
from comity.node.commands.writing import Acts, append_acts, keep
from comity.node.drafts import Draft, Status, drafts
from comity.node.letters import letters_for
from comity.node.office import Office
from comity.node.roles import Action
from comity.procedures import Accepted, Refusal, decide, open_moves
from comity.procedures.sentence import sentence
from comity.words import _

EDITABLE = frozenset({Status.DRAFTING, Status.RETURNED})


def new_draft(
    office: Office,
    *,
    procedure_name: str,
    version: int,
    act: str,
    counterparts: Mapping[str, Sequence[str]],
    own_role: str,
    content: Mapping[str, Value] | None = None,
    offence_area: str | None = None,
    draft: str | None = None,
    matter: str | None = None,
) -> Draft:
    """A draft, not yet saved, of the act that opens a new matter. `counterparts` names the offices of the other roles.

    Whoever may have to ask twice gives the ids (UUIDv7) of draft and matter.
    """
    roles = {role: tuple(offices) for role, offices in counterparts.items()} | {own_role: (str(office.id),)}
    return Draft(
        id=uuid_7(draft) if draft else office.new_id(),
        matter=matter_id(matter) if matter else office.new_id(),
        procedure=procedure_name,
        version=version,
        act=act,
        roles=roles,
        content=dict(content or {}),
        offence_area=offence_area,
    )


def draft_in(office: Office, matter: MatterId, act: str, content: Mapping[str, Value] | None = None, *, draft: str | None = None) -> Draft:
    """A draft, not yet saved, of a further act in an open matter; raises `CommandError` if we hold no such matter."""
    with office.store.read() as unit:
        state = matter_state(unit, matter)
    return Draft(
        id=uuid_7(draft) if draft else office.new_id(),
        matter=matter,
        procedure=state.name,
        version=state.version,
        act=act,
        roles={role: tuple(str(one) for one in offices) for role, offices in state.roles.items()},
        content=dict(content or {}),
    )


def save_draft(office: Office, actor: Actor, draft: Draft) -> Result:
    """Keep a revision. Refuses when somebody saved a newer revision since `draft.revision` was read, or the draft is not editable."""
    if refusal := not_allowed(actor, Action.DRAFT):
        return refusal
    with office.store.write() as unit:
        known = drafts(unit.internal(matter_id(draft.matter))).get(draft.id)
        if known is None and (refusal := _ill_founded(office, unit, draft)):
            return refusal
        if known and known.status not in EDITABLE:
            return _closed(known)
        if (known.revision if known else 0) != draft.revision:
            words = _("Somebody else saved this draft while you were writing. Nothing was overwritten.")
            return Refusal(ground=Stop.STALE_DRAFT, words=sentence(words))
        keep(office, unit, draft.matter, drafting.SAVED, {**draft.saved_value(actor.user), "unit": draft.unit or actor.unit})
    return Done(matter=matter_id(draft.matter))


def revise_draft(
    office: Office,
    actor: Actor,
    matter: str,
    draft_id: str,
    *,
    content: Mapping[str, Value],
    revision: int,
    offence_area: str | None = None,
) -> Result:
    """Save a draft with this content as the successor of the revision that was read; see `save_draft`."""
    with office.store.read() as unit:
        draft = find_draft(unit, matter, draft_id)
    area = offence_area or draft.offence_area
    return save_draft(office, actor, replace(draft, content=dict(content), revision=revision, offence_area=area))


def submit_draft(office: Office, actor: Actor, matter: str, draft_id: str) -> Result:
    """Ask for approval. Refuses with everything that is missing, each with its article."""
    if refusal := not_allowed(actor, Action.DRAFT):
        return refusal
    with office.store.write() as unit:
        draft = find_draft(unit, matter, draft_id)
        if draft.status not in EDITABLE:
            return _closed(draft)
        decision = _decide(office, unit, draft)
        if isinstance(decision, Refusal):
            return decision
        keep(office, unit, matter, drafting.SUBMITTED, {"draft": draft.id, "by": actor.user})
    return Done(matter=matter_id(matter))


def return_draft(office: Office, actor: Actor, matter: str, draft_id: str, reason: str, *, revision: int) -> Result:
    """Send a submitted draft, as it was read, back to its drafter with a reason."""
    if refusal := not_allowed(actor, Action.APPROVE):
        return refusal
    if not reason.strip():
        return reason_missing(_("Say why the draft goes back."))
    with office.store.write() as unit:
        draft = find_draft(unit, matter, draft_id)
        if draft.status is not Status.SUBMITTED:
            return _closed(draft)
        if draft.revision != revision:
            return stale_draft()
        keep(office, unit, matter, drafting.RETURNED, {"draft": draft.id, "by": actor.user, "reason": reason.strip()})
    return Done(matter=matter_id(matter))


def discard_draft(office: Office, actor: Actor, matter: str, draft_id: str) -> Result:
    """Give up a draft of one's own: whoever wrote a revision may. It stays in the internal journal, also one that makes no sense here."""
    if refusal := not_allowed(actor, Action.DRAFT):
        return refusal
    with office.store.write() as unit:
        draft = find_draft(unit, matter, draft_id)
        if not draft.open:
            return _closed(draft)
        if actor.user not in draft.hands:
            words = _("Only who wrote a draft discards it.")
            return Refusal(ground=Stop.NOT_YOUR_DRAFT, words=sentence(words))
        keep(office, unit, matter, drafting.DISCARDED, {"draft": draft.id, "by": actor.user})
    return Done(matter=matter_id(matter))


def approve_draft(office: Office, actor: Actor, matter: str, draft_id: str, *, revision: int) -> Result:
    """Seal and send what another person drafted, in the revision that was read.

    Four eyes: whoever wrote any revision of it may not approve it, and whoever approves it has read what is sealed.
    """
    if refusal := not_allowed(actor, Action.APPROVE):
        return refusal
    with office.store.read() as unit:
        draft = find_draft(unit, matter, draft_id)
        if refusal := _may_not_approve(actor, draft, revision):
            return refusal
        decision = _decide(office, unit, draft)
        basis = basis_of_draft(office, unit, draft)
    if isinstance(decision, Refusal):
        return decision
    # Letters are set before the transaction: a page of type must not hold the only writer.
    letters = _letters(office, draft, basis)
    return letters if isinstance(letters, Refusal) else _approved(office, actor, draft, letters)


def _letters(office: Office, draft: Draft, basis: Basis | None) -> Mapping[str, Value] | Refusal:
    try:
        return letters_for(office, draft, basis)
    except DocumentError as error:
        words = sentence(_("The letter cannot be set: {reason} ({where})"), reason=error.what, where=error.where)
        return Refusal(ground=Stop.LETTER, words=words)


def _approved(office: Office, actor: Actor, draft: Draft, letters: Mapping[str, Value]) -> Result:
    matter = draft.matter
    with office.store.write() as unit:
        current = find_draft(unit, matter, draft.id)
        if (current.revision, current.status) != (draft.revision, Status.SUBMITTED):
            return _closed(current)
        again = _decide(office, unit, current)
        if isinstance(again, Refusal):
            return again
        events = _seal(office, unit, current, {**again.content, **letters})
        keep(office, unit, matter, drafting.APPROVED, {"draft": draft.id, "by": actor.user, "event": events[-1].id})
    return Done(matter=matter_id(matter), events=events)


def _decide(office: Office, unit: ExchangeUnit, draft: Draft) -> Accepted | Refusal:
    decision = decide(state_for(office, unit, draft), office.id, draft.act, draft.content, basis_of_draft(office, unit, draft))
    return decision if isinstance(decision, Refusal) else papers_missing(office, decision.content) or decision


def _ill_founded(office: Office, unit: ExchangeUnit, draft: Draft) -> Refusal | None:
    """Why nothing could ever come of a new draft: its matter, kind, act or offices are not what they must be."""
    matter = matter_id(draft.matter)
    if unit.events(matter):
        state = matter_state(unit, matter)
        same = draft.procedure == state.name and {role: tuple(offices) for role, offices in state.roles.items()} == dict(draft.roles)
        action = state.procedure.action(draft.act) if state.procedure else None
        return None if same and action and action.approval else _bad_draft(draft)
    if unit.internal(matter):
        return _bad_draft(draft)
    state = state_for(office, unit, draft)
    if state.procedure is None or draft.act not in {move.act for move in open_moves(state, office.id) if move.approval}:
        return _bad_draft(draft)
    strangers = [one for one in state.offices if one != office.id and office.trust.card(one) is None]
    if strangers:
        words = _("We have no card of the office {office}: nothing could be sent to it.")
        return Refusal(ground=Stop.UNKNOWN_OFFICE, words=sentence(words, office=strangers[0]))
    return None


def _bad_draft(draft: Draft) -> Refusal:
    words = _("“{act}” cannot be drafted so: the kind of matter, the act, its offices or the matter's id do not fit together.")
    return Refusal(ground=Stop.BAD_DRAFT, words=sentence(words, act=draft.act))


def _seal(office: Office, unit: ExchangeUnit, draft: Draft, content: Mapping[str, Value]) -> tuple[SealedEvent, ...]:
    matter = matter_id(draft.matter)
    acts: Acts = ((draft.act, content),)
    if not unit.events(matter):
        acts = ((OPENED, opening_of(office, draft)), *acts)
    return append_acts(office, unit, matter, acts)


def _may_not_approve(actor: Actor, draft: Draft, revision: int) -> Refusal | None:
    if draft.status is not Status.SUBMITTED:
        return _closed(draft)
    if draft.revision != revision:
        return stale_draft()
    if actor.user in draft.hands:
        return Refusal(ground=Stop.FOUR_EYES, words=sentence(_("You wrote this draft. Another person approves and seals it.")))
    return None


def _closed(draft: Draft) -> Refusal:
    words = {
        Status.DRAFTING: _("This draft has not been submitted for approval."),
        Status.SUBMITTED: _("This draft awaits approval and is not changed meanwhile."),
        Status.RETURNED: _("This draft was returned and has not been submitted again."),
        Status.APPROVED: _("This draft was already approved and sealed."),
        Status.DISCARDED: _("This draft was discarded."),
    }
    return Refusal(ground=Stop.DRAFT_STATE, words=sentence(words[draft.status]))
