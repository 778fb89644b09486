"""What one person does alone: moves and notes without approval, private notes, erasure."""

from collections.abc import Mapping, Sequence

from comity.canonical import Value
from comity.exchange import ExchangeUnit, papers_in
from comity.identifiers import EventId, FileId, MatterId
from comity.journal import OPENED, Event
from comity.node.commands.model import (
    ASSIGNED,
    ERASED,
    INTERNAL_ACTS,
    NONE_YET,
    NOTE_KEPT,
    PERMISSION,
    Actor,
    CommandError,
    Done,
    Result,
    Stop,
    not_allowed,
    papers_missing,
    reason_missing,
)
from comity.node.commands.reading import basis_of, matter_state
from comity.node.commands.writing import Pen, append, append_acts, keep
from comity.node.drafts import APPROVED, SAVED
from comity.node.office import Office
from comity.node.roles import Action
from comity.procedures import MatterState, Refusal, decide
from comity.procedures import Note as ProcedureNote
from comity.procedures.sentence import sentence
from comity.words import _

Note = tuple[MatterId, str, Mapping[str, Value]]


def make_move(
    office: Office, actor: Actor, matter: MatterId, act: str, content: Mapping[str, Value], *, after: str | None = None
) -> Result:
    """Seal and send a move or note that its procedure lets one person do alone; refuses one that needs approval.

    `after` is the newest event of our own strand that the person had before their eyes, or `NONE_YET`: with it, what is sent twice is
    done once.
    """
    if refusal := not_allowed(actor, PERMISSION.get(act, Action.MOVE)):
        return refusal
    with office.store.write() as unit:
        state = matter_state(unit, matter)
        head = unit.heads(matter).get(office.id)
        if after is not None and after != (head.id if head else NONE_YET):
            words = _("Our office has written in this matter meanwhile. Read it again before you go on.")
            return Refusal(ground=Stop.STALE_MATTER, words=sentence(words))
        if _needs_approval(state, act):
            words = _("This needs approval: draft it and let another person seal it.")
            return Refusal(ground=Stop.APPROVAL_NEEDED, words=sentence(words))
        decision = decide(state, office.id, act, content, basis_of(office, unit, matter))
        if isinstance(decision, Refusal):
            return decision
        if refusal := papers_missing(office, decision.content):
            return refusal
        events = append_acts(office, unit, matter, ((act, decision.content),))
    return Done(matter=matter, events=events)


def make_notes(office: Office, actor: Actor, notes: Sequence[Note]) -> tuple[Event, ...] | Refusal:
    """Seal many notes, in as many matters, as one group of at most 1000 under one signature; all or none."""
    if refusal := not_allowed(actor, Action.MOVE):
        return refusal
    with office.store.write() as unit:
        pens: dict[MatterId, tuple[Pen, MatterState]] = {}
        events: list[Event] = []
        for matter, act, content in notes:
            if matter not in pens:
                pens[matter] = Pen.taken_up(office, unit, matter), matter_state(unit, matter)
            pen, state = pens[matter]
            decision = decide(state, office.id, act, content, None)
            if isinstance(decision, Refusal):
                return decision
            if _needs_approval(state, act) or not _is_note(state, act):
                return Refusal(ground=Stop.APPROVAL_NEEDED, words=sentence(_("One of these is no note that one person sends alone.")))
            events.append(pen.write(act, decision.content))
        append(office, unit, events)
    return tuple(events)


def record(office: Office, actor: Actor, matter: MatterId, act: str, content: Mapping[str, Value]) -> Result:
    """Write on the office's own strand of a matter: a private note, an assignment. It never leaves the office."""
    if act not in INTERNAL_ACTS:
        raise CommandError(_("This act does not belong to the internal strand."), where=act)
    if refusal := not_allowed(actor, PERMISSION[act]):
        return refusal
    if refusal := _bad_note(act, content):
        return refusal
    with office.store.write() as unit:
        if not (unit.events(matter) or unit.internal(matter)):
            raise CommandError(_("We hold no such matter."), where=matter)
        keep(office, unit, matter, act, {**content, "by": actor.user})
    return Done(matter=matter)


def erase(office: Office, actor: Actor, matter: MatterId, event: EventId, reason: str) -> Result:
    """Erase the content of an event here, for a reason that is kept. The skeleton still verifies; the other office erases its own copy."""
    if refusal := not_allowed(actor, Action.ERASE):
        return refusal
    if not reason.strip():
        return reason_missing(_("Say by which rule the content is erased."))
    with office.store.write() as unit:
        found = unit.find([event]).get(event)
        if found is None or found.header.matter != matter:
            raise CommandError(_("There is no such event in this matter."), where=event)
        if found.header.act == OPENED:
            words = _("The opening of a matter holds no personal data and is not erased.")
            return Refusal(ground=Stop.NOT_ERASABLE, words=sentence(words))
        gone = [event, *_drafts_of(unit, matter, event)]
        papers = _papers(unit, matter, gone)
        for one in gone:
            unit.erase(one)
        papers -= _papers(unit, matter)
        keep(office, unit, matter, ERASED, {"event": event, "reason": reason.strip(), "by": actor.user})
    for root in papers:
        office.files.remove(root)
    return Done(matter=matter)


def _drafts_of(unit: ExchangeUnit, matter: MatterId, event: EventId) -> list[EventId]:
    """The internal events that hold what this event was drafted from."""
    internal = [one for one in unit.internal(matter) if one.content is not None]
    approved = (one.content.value for one in internal if one.header.act == APPROVED and one.content)
    drafts = {str(value["draft"]) for value in approved if value.get("event") == event}
    return [one.id for one in internal if one.header.act == SAVED and one.content and one.content.value.get("draft") in drafts]


def _papers(unit: ExchangeUnit, matter: MatterId, only: Sequence[EventId] | None = None) -> set[FileId]:
    """The papers that the events of a matter, or only these of them, name."""
    events = (*(sealed.event for sealed in unit.events(matter)), *unit.internal(matter))
    return {paper.root for event in events if only is None or event.id in only for paper in papers_in(event.content)}


_TEXTS = {NOTE_KEPT: ("text",), ASSIGNED: ("unit", "to")}


def _bad_note(act: str, content: Mapping[str, Value]) -> Refusal | None:
    wanted = _TEXTS[act]
    whole = set(content) <= set(wanted) and all(isinstance(content.get(name, ""), str) for name in wanted)
    if whole and (act != NOTE_KEPT or str(content.get("text", "")).strip()):
        return None
    words = _("A note is words; an assignment names a unit and a person.")
    return Refusal(ground=Stop.BAD_NOTE, words=sentence(words), field=wanted[0])


def _is_note(state: MatterState, act: str) -> bool:
    return state.procedure is not None and isinstance(state.procedure.action(act), ProcedureNote)


def _needs_approval(state: MatterState, act: str) -> bool:
    action = state.procedure.action(act) if state.procedure else None
    return action is not None and action.approval
