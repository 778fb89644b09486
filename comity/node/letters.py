"""The letters that go with an act: the same fields as PDF in English and Russian, kept as papers and named by the sealed event.

A letter is rendered when a draft is approved, and again, marked as a draft, whenever somebody wants to see it before.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from comity.canonical import Value
from comity.documents import Letter, Reference, letter_for, render
from comity.documents import office as letter_office
from comity.identifiers import OfficeId, matter_id
from comity.journal import Entry, fold
from comity.law import Basis
from comity.node.drafts import Draft
from comity.node.office import Office
from comity.procedures import MatterState, Move, ProcedureMachine, gathered, procedure
from comity.words import LANGUAGES, _, translate

FIELD = "letters"
NUMBERS = ("our_number", "number")


def has_letter(draft: Draft) -> bool:
    """Whether a letter goes with the act of this draft."""
    kind = procedure(draft.procedure, draft.version)
    action = kind.action(draft.act) if kind else None
    return isinstance(action, Move) and action.document is not None


def letter(office: Office, draft: Draft, basis: Basis | None, *, as_draft: bool) -> Letter:
    """The letter of a draft as it stands; raises `DocumentError` where none goes with it."""
    kind = procedure(draft.procedure, draft.version)
    action = kind.action(draft.act) if kind else None
    if kind is None or action is None:
        raise KeyError(draft.act)
    sender, recipient = _sides(office, draft)
    law_kind = kind.law_kind or ""
    earlier = _earlier(office, draft)
    return letter_for(
        kind,
        action,
        draft.content,
        basis=basis,
        register=office.register,
        sender=letter_office(office.register, sender, law_kind, names=_names(office, sender)),
        recipient=letter_office(office.register, recipient, law_kind, names=_names(office, recipient)),
        matter=matter_id(draft.matter),
        number=_number(draft.content) or earlier.number,
        on=office.today(),
        subject=str(earlier.content.get(kind.subject, "")) if isinstance(earlier.content.get(kind.subject), str) else "",
        answers=earlier.answered,
        chosen=[str(one) for one in _listed(earlier.content.get("basis"))],
        draft=as_draft,
    )


def preview(office: Office, draft: Draft, basis: Basis | None, language: str) -> bytes:
    """The letter as PDF, marked as a draft."""
    return render(letter(office, draft, basis, as_draft=True), language)


def letters_for(office: Office, draft: Draft, basis: Basis | None) -> dict[str, Value]:
    """What the sealed event says of its letters: each kept in the file store and named by its hash; nothing for an act without a letter."""
    if not has_letter(draft):
        return {}
    whole = letter(office, draft, basis, as_draft=False)
    return {FIELD: [_kept(office, whole, language) for language in LANGUAGES]}


def _kept(office: Office, whole: Letter, language: str) -> Mapping[str, Value]:
    data = render(whole, language)
    title = translate(_("Letter"), language)
    return office.files.add([data], type="application/pdf", title=title, language=language).value()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Earlier:
    """What the matter already says when a letter is written in it: the newest answer to each field, and the letter this one answers."""

    content: Mapping[str, Value]
    answered: Reference | None
    number: str = ""
    """Our own number for the matter, where the act itself gives no new one."""


def _earlier(office: Office, draft: Draft) -> _Earlier:
    with office.store.read() as unit:
        events = [sealed.event for sealed in unit.events(matter_id(draft.matter))]
    if not events:
        return _Earlier(content={}, answered=None)
    entries = fold(events, ProcedureMachine()).entries
    return _Earlier(content=gathered(entries), answered=_answered(office, entries), number=_own_number(office, entries))


def _own_number(office: Office, entries: Sequence[Entry[MatterState]]) -> str:
    ours = (entry.event.content.value for entry in reversed(entries) if entry.event.header.office == office.id and entry.event.content)
    return next(filter(None, map(_number, ours)), "")


def _number(content: Mapping[str, Value]) -> str:
    return next((str(content[name]) for name in NUMBERS if content.get(name)), "")


def _answered(office: Office, entries: Sequence[Entry[MatterState]]) -> Reference | None:
    """The newest letter of the other side that bears a number of its own."""
    for entry in reversed(entries):
        event = entry.event
        if event.header.office != office.id and event.content is not None and event.content.value.get(NUMBERS[0]):
            return Reference(number=str(event.content.value[NUMBERS[0]]), on=event.header.at.astimezone(office.settings.zone).date())
    return None


def _listed(value: Value) -> Sequence[Value]:
    return value if isinstance(value, list | tuple) else ()


def _sides(office: Office, draft: Draft) -> tuple[OfficeId, OfficeId]:
    others = [OfficeId(name) for offices in draft.roles.values() for name in offices if name != office.id]
    return office.id, others[0]


def _names(office: Office, who: OfficeId) -> Mapping[str, str] | None:
    card = office.trust.card(who)
    return card.names if card else None
