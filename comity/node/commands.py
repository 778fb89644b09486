"""What people of an office may do to its journal. Besides reception, nothing else writes it.

A move on its way: may this person (roles, four eyes) → may this office, and is it complete (`procedures.decide`) → event → seal → one
transaction: event, view, outbox. A "no" comes back as a `Refusal` that names its ground; nothing is half-written.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from comity.canonical import Value
from comity.errors import ComityError
from comity.exchange import ExchangeUnit, papers_in
from comity.identifiers import EventId, MatterId, OfficeId, internal, matter_id
from comity.journal import OPENED, Event, Folded, Head, SealedEvent, fold, seal_events, write
from comity.law import Basis, resolve
from comity.node import drafts as drafting
from comity.node.drafts import Draft, Status, drafts
from comity.node.letters import letters_for
from comity.node.office import Office
from comity.node.roles import Action, Role, may
from comity.procedures import Accepted, MatterState, Procedure, Refusal, decide, machine, procedure
from comity.words import _

ERASED = "content.erased/1"
NOTE_KEPT = "note.kept/1"
ASSIGNED = "matter.assigned/1"

_EDITABLE = frozenset({Status.DRAFTING, Status.RETURNED})

# Acts that ask for another permission than the usual one.
_PERMISSION = {"request.registered/1": Action.REGISTER, NOTE_KEPT: Action.KEEP_NOTE, ASSIGNED: Action.ASSIGN}


class CommandError(ComityError):
    """A command that names something that is not there (a matter, a draft, an event)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who acts: the account's id, what the office lets it do, and its unit."""

    user: str
    roles: frozenset[Role]
    unit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What was written: the sealed events, in order; empty for what stays inside the office."""

    matter: MatterId
    events: tuple[SealedEvent, ...] = ()


Result = Done | Refusal


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
) -> Draft:
    """A draft, not yet saved, of the act that opens a new matter. `counterparts` names the offices of the other roles."""
    roles = {role: tuple(offices) for role, offices in counterparts.items()} | {own_role: (str(office.id),)}
    return Draft(
        id=office.new_id(),
        matter=office.new_id(),
        procedure=procedure_name,
        version=version,
        act=act,
        roles=roles,
        content=dict(content or {}),
        offence_area=offence_area,
    )


def draft_in(office: Office, matter: MatterId, act: str, content: Mapping[str, Value] | None = None) -> Draft:
    """A draft, not yet saved, of a further act in an open matter; raises `CommandError` if we hold no such matter."""
    with office.store.read() as unit:
        state = matter_state(unit, matter)
    return Draft(
        id=office.new_id(),
        matter=matter,
        procedure=state.procedure.name,
        version=state.procedure.version,
        act=act,
        roles=dict(state.roles),
        content=dict(content or {}),
    )


def save_draft(office: Office, actor: Actor, draft: Draft) -> Result:
    """Keep a revision. Refuses when somebody saved a newer revision since `draft.revision` was read, or the draft is no longer open."""
    if refusal := _not_allowed(actor, Action.DRAFT):
        return refusal
    with office.store.write() as unit:
        known = drafts(unit.internal(matter_id(draft.matter))).get(draft.id)
        if known and known.status not in _EDITABLE:
            return _closed(known)
        if (known.revision if known else 0) != draft.revision:
            return Refusal(ground="stale-draft", words=_("Somebody else saved this draft while you were writing. Nothing was overwritten."))
        _keep(office, unit, draft.matter, drafting.SAVED, {**draft.saved_value(actor.user), "unit": draft.unit or actor.unit})
    return Done(matter=matter_id(draft.matter))


def submit_draft(office: Office, actor: Actor, matter: str, draft_id: str) -> Result:
    """Ask for approval. Refuses with everything that is missing, each with its article."""
    if refusal := _not_allowed(actor, Action.DRAFT):
        return refusal
    with office.store.write() as unit:
        draft = find_draft(unit, matter, draft_id)
        if draft.status not in _EDITABLE:
            return _closed(draft)
        decision = _decide(office, unit, draft)
        if isinstance(decision, Refusal):
            return decision
        _keep(office, unit, matter, drafting.SUBMITTED, {"draft": draft.id, "by": actor.user})
    return Done(matter=matter_id(matter))


def return_draft(office: Office, actor: Actor, matter: str, draft_id: str, reason: str) -> Result:
    """Send a submitted draft back to its drafter with a reason."""
    if refusal := _not_allowed(actor, Action.APPROVE):
        return refusal
    if not reason.strip():
        return Refusal(ground="reason-missing", words=_("Say why the draft goes back."), field="reason")
    return _move_draft(office, actor, matter, draft_id, drafting.RETURNED, frozenset({Status.SUBMITTED}), {"reason": reason.strip()})


def discard_draft(office: Office, actor: Actor, matter: str, draft_id: str) -> Result:
    """Give a draft up. It stays in the internal journal and can be read there."""
    if refusal := _not_allowed(actor, Action.DRAFT):
        return refusal
    return _move_draft(office, actor, matter, draft_id, drafting.DISCARDED, drafting.OPEN, {})


def approve_draft(office: Office, actor: Actor, matter: str, draft_id: str) -> Result:
    """Seal and send what another person drafted. Four eyes: whoever wrote any revision of it may not approve it."""
    if refusal := _not_allowed(actor, Action.APPROVE):
        return refusal
    with office.store.read() as unit:
        draft = find_draft(unit, matter, draft_id)
        refusal = _may_not_approve(actor, draft)
        decision = refusal or _decide(office, unit, draft)
        basis = None if refusal else basis_of_draft(office, unit, draft)
    if isinstance(decision, Refusal):
        return decision
    # Letters are rendered before the transaction: a page of type must not hold the only writer.
    content = dict(decision.content) | letters_for(office, draft, basis)
    with office.store.write() as unit:
        current = find_draft(unit, matter, draft_id)
        if current.revision != draft.revision or current.status is not Status.SUBMITTED:
            return _closed(current)
        again = _decide(office, unit, current)
        if isinstance(again, Refusal):
            return again
        events = _seal(office, unit, draft, content)
        _keep(office, unit, matter, drafting.APPROVED, {"draft": draft.id, "by": actor.user, "event": events[-1].id})
    return Done(matter=matter_id(matter), events=events)


def make_move(
    office: Office, actor: Actor, matter: MatterId, act: str, content: Mapping[str, Value], *, after: EventId | None = None
) -> Result:
    """Seal and send a move or note that its procedure lets one person do alone; refuses one that needs approval.

    `after` is the newest event of our own strand that the person had before their eyes: with it, what is sent twice is done once.
    """
    if refusal := _not_allowed(actor, _PERMISSION.get(act, Action.MOVE)):
        return refusal
    with office.store.write() as unit:
        state = matter_state(unit, matter)
        head = unit.heads(matter).get(office.id)
        if after is not None and (head is None or head.id != after):
            return Refusal(ground="stale-matter", words=_("Our office has written in this matter meanwhile. Read it again before you go on."))
        action = state.procedure.action(act)
        if action is not None and action.approval:
            return Refusal(ground="approval-needed", words=_("This needs approval: draft it and let another person seal it."))
        decision = decide(state, office.id, act, content, basis_of(office, unit, matter))
        if isinstance(decision, Refusal):
            return decision
        events = _append(office, unit, matter, ((act, decision.content),))
    return Done(matter=matter, events=events)


def make_notes(office: Office, actor: Actor, notes: Sequence[tuple[MatterId, str, Mapping[str, Value]]]) -> Result:
    """Seal many notes, in as many matters, as one group of at most 1000 under one signature; all or none."""
    if refusal := _not_allowed(actor, Action.MOVE):
        return refusal
    with office.store.write() as unit:
        events: list[Event] = []
        places: dict[MatterId, _Place] = {}
        for matter, act, content in notes:
            place = places.get(matter) or _Place.of(office, unit, matter)
            decision = decide(place.state, office.id, act, content, None)
            if isinstance(decision, Refusal):
                return decision
            event = place.next(office, act, decision.content)
            events.append(event)
            places[matter] = place.after(event)
        sealed = seal_events(events, office.signer, office.clock())
        unit.append(sealed)
        for event, (matter, _act, _content) in zip(sealed, notes, strict=True):
            _send(office, unit, places[matter].state, (event,))
        for matter in places:
            office.projector.project(unit, matter)
    return Done(matter=notes[0][0], events=sealed)


def record(office: Office, actor: Actor, matter: MatterId, act: str, content: Mapping[str, Value]) -> Result:
    """Write on the office's own strand of a matter: a private note, an assignment. It never leaves the office."""
    if act not in _PERMISSION:
        raise CommandError("This act does not belong to the internal strand.", where=act)
    if refusal := _not_allowed(actor, _PERMISSION[act]):
        return refusal
    with office.store.write() as unit:
        _keep(office, unit, matter, act, {**content, "by": actor.user})
    return Done(matter=matter)


def erase(office: Office, actor: Actor, matter: MatterId, event: EventId, reason: str) -> Result:
    """Erase the content of an event here, for a reason that is kept. The skeleton still verifies; the other office erases its own copy."""
    if refusal := _not_allowed(actor, Action.ERASE):
        return refusal
    if not reason.strip():
        return Refusal(ground="reason-missing", words=_("Say by which rule the content is erased."), field="reason")
    with office.store.write() as unit:
        found = unit.find([event]).get(event)
        if found is None or found.header.matter != matter:
            raise CommandError("There is no such event in this matter.", where=event)
        if found.header.act == OPENED:
            return Refusal(ground="not-erasable", words=_("The opening of a matter holds no personal data and is not erased."))
        papers = papers_in(found.content.value) if found.content else ()
        unit.erase(event)
        _keep(office, unit, matter, ERASED, {"event": event, "reason": reason.strip(), "by": actor.user})
    for paper in papers:
        office.files.remove(paper.root)
    return Done(matter=matter)


def matter_state(unit: ExchangeUnit, matter: MatterId) -> MatterState:
    """What both offices derive from the journal of this matter; raises `CommandError` if we hold none."""
    return folded(unit, matter).state


def folded(unit: ExchangeUnit, matter: MatterId) -> Folded[MatterState]:
    """The fold of a matter; raises `CommandError` if we hold none."""
    events = unit.events(matter)
    if not events:
        raise CommandError("We hold no such matter.", where=matter)
    return fold([sealed.event for sealed in events], machine())


def find_draft(unit: ExchangeUnit, matter: str, draft_id: str) -> Draft:
    """A draft as it stands; raises `CommandError` if there is none."""
    found = drafts(unit.internal(matter_id(matter))).get(draft_id)
    if found is None:
        raise CommandError("There is no such draft.", where=draft_id)
    return found


def basis_of_draft(office: Office, unit: ExchangeUnit, draft: Draft) -> Basis | None:
    """The legal basis a draft is judged by: of its matter, or of today for the act that opens one."""
    if unit.events(matter_id(draft.matter)):
        return basis_of(office, unit, matter_id(draft.matter))
    return legal_basis(office, procedure(draft.procedure, draft.version), draft.roles, office.today(), draft.offence_area)


def basis_of(office: Office, unit: ExchangeUnit, matter: MatterId) -> Basis | None:
    """The legal basis of a matter: the law as it stood on the day the matter was opened (UTC date of its first event)."""
    state = matter_state(unit, matter)
    opened = next(sealed for sealed in unit.events(matter) if sealed.header.act == OPENED)
    area = opened.content.value.get("offence_area") if opened.content else None
    return legal_basis(office, state.procedure, state.roles, opened.header.at.date(), str(area) if area else None)


def legal_basis(office: Office, kind: Procedure, roles: Mapping[str, Sequence[str]], on: date, offence_area: str | None) -> Basis | None:
    """The answer of the law for this pair, or None where the procedure needs no instrument or has not two sides."""
    if kind.law_kind is None or not {"requesting", "requested"} <= roles.keys():
        return None
    requesting, requested = (office.state_of(OfficeId(roles[role][0])) for role in ("requesting", "requested"))
    return resolve(office.register, requesting, requested, kind.law_kind, on, offence_area)


def initial_state(office: Office, draft: Draft) -> MatterState:
    """The state in which a draft that opens a matter will be judged."""
    return MatterState.opening(procedure(draft.procedure, draft.version), draft.roles, office.register.release)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where our next event in a matter goes."""

    matter: MatterId
    state: MatterState
    heads: Mapping[OfficeId, Head]

    @classmethod
    def of(cls, office: Office, unit: ExchangeUnit, matter: MatterId) -> "_Place":
        return cls(matter, matter_state(unit, matter), _shared(unit.heads(matter)))

    def next(self, office: Office, act: str, content: Mapping[str, Value]) -> Event:
        others = sorted(head.id for author, head in self.heads.items() if author != office.id)
        return _next(office, office.id, self.matter, act, content, self.heads.get(office.id), others)

    def after(self, event: Event) -> "_Place":
        return _Place(self.matter, self.state, {**self.heads, event.header.office: _head(event)})


def _shared(heads: Mapping[OfficeId, Head]) -> dict[OfficeId, Head]:
    return {office: head for office, head in heads.items() if office != internal(office)}


def _decide(office: Office, unit: ExchangeUnit, draft: Draft) -> Accepted | Refusal:
    opened = bool(unit.events(matter_id(draft.matter)))
    state = matter_state(unit, matter_id(draft.matter)) if opened else initial_state(office, draft)
    return decide(state, office.id, draft.act, draft.content, basis_of_draft(office, unit, draft))


def _seal(office: Office, unit: ExchangeUnit, draft: Draft, content: Mapping[str, Value]) -> tuple[SealedEvent, ...]:
    matter = matter_id(draft.matter)
    acts: tuple[tuple[str, Mapping[str, Value]], ...] = ((draft.act, content),)
    if not unit.events(matter):
        acts = ((OPENED, _opening(office, draft)), *acts)
    return _append(office, unit, matter, acts)


def _opening(office: Office, draft: Draft) -> dict[str, Value]:
    opening: dict[str, Value] = {
        "procedure": draft.procedure,
        "version": draft.version,
        "roles": {role: list(offices) for role, offices in draft.roles.items()},
        "law": office.register.release,
    }
    return opening | ({"offence_area": draft.offence_area} if draft.offence_area else {})


def _append(office: Office, unit: ExchangeUnit, matter: MatterId, acts: Sequence[tuple[str, Mapping[str, Value]]]) -> tuple[SealedEvent, ...]:
    heads = _shared(unit.heads(matter))
    others = sorted(head.id for author, head in heads.items() if author != office.id)
    head, events = heads.get(office.id), []
    for act, content in acts:
        event = _next(office, office.id, matter, act, content, head, others)
        events.append(event)
        head = _head(event)
    sealed = seal_events(events, office.signer, office.clock())
    unit.append(sealed)
    _send(office, unit, matter_state(unit, matter), sealed)
    office.projector.project(unit, matter)
    return sealed


def _send(office: Office, unit: ExchangeUnit, state: MatterState, events: Sequence[SealedEvent]) -> None:
    """Put events into the outbox for every other office of the matter."""
    for recipient in sorted({OfficeId(name) for offices in state.roles.values() for name in offices} - {office.id}):
        unit.enqueue(recipient, [event.id for event in events], office.clock())
        roots = [paper.root for event in events if event.content for paper in papers_in(event.content.value)]
        if roots:
            unit.enqueue_files(recipient, roots, office.clock())


def _keep(office: Office, unit: ExchangeUnit, matter: str, act: str, content: Mapping[str, Value]) -> None:
    strand = internal(office.id)
    head = unit.heads(matter_id(matter)).get(strand)
    event = _next(office, strand, matter_id(matter), act, content, head, ())
    unit.append_internal([event])
    office.projector.project(unit, matter_id(matter))


def _next(
    office: Office, strand: OfficeId, matter: MatterId, act: str, content: Mapping[str, Value], head: Head | None, seen: Iterable[EventId]
) -> Event:
    return write(
        office=strand, matter=matter, act=act, value=dict(content), at=office.clock(), salt=office.randomness(32), head=head, seen=seen
    )


def _head(event: Event) -> Head:
    return Head(seq=event.header.seq, id=event.id)


def _move_draft(
    office: Office, actor: Actor, matter: str, draft_id: str, act: str, at: frozenset[Status], more: Mapping[str, Value]
) -> Result:
    with office.store.write() as unit:
        draft = find_draft(unit, matter, draft_id)
        if draft.status not in at:
            return _closed(draft)
        _keep(office, unit, matter, act, {"draft": draft.id, "by": actor.user, **more})
    return Done(matter=matter_id(matter))


def _not_allowed(actor: Actor, action: Action) -> Refusal | None:
    if may(actor.roles, action):
        return None
    return Refusal(ground="role", words=_("Your role in this office does not include this."))


def _may_not_approve(actor: Actor, draft: Draft) -> Refusal | None:
    if draft.status is not Status.SUBMITTED:
        return _closed(draft)
    if actor.user in draft.hands:
        return Refusal(ground="four-eyes", words=_("You wrote this draft. Another person approves and seals it."))
    return None


def _closed(draft: Draft) -> Refusal:
    words = {
        Status.DRAFTING: _("This draft has not been submitted for approval."),
        Status.SUBMITTED: _("This draft awaits approval and is not changed meanwhile."),
        Status.RETURNED: _("This draft was returned and has not been submitted again."),
        Status.APPROVED: _("This draft was already approved and sealed."),
        Status.DISCARDED: _("This draft was discarded."),
    }
    return Refusal(ground="draft-state", words=words[draft.status])
