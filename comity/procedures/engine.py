"""What an office may do in a matter now, and whether what it wants to do may be done.

`decide` answers with the content to append, or with a refusal: a value that says why, by which article, in which field, and what is
missing. Its steps are numbered; the first that fails answers. That one drafts and another approves is the node's business.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from comity.canonical import Value
from comity.identifiers import OfficeId
from comity.law.basis import Basis, BasisKind, HumanRightsCheck
from comity.law.model import Confidence
from comity.procedures.checklist import Article, Content, Missing, applies, missing
from comity.procedures.machine import MatterState, answers_nothing, role_of
from comity.procedures.model import Action, Answer, Field, Kind, Move, Note
from comity.procedures.sentence import Bilingual, Sentence, sentence
from comity.procedures.values import NOTHING, problems
from comity.words import _


class No(StrEnum):
    """Why an act is refused; stable codes."""

    UNKNOWN_KIND = "unknown-kind"
    NOT_A_PARTY = "not-a-party"
    UNKNOWN_ACT = "unknown-act"
    NOT_YOURS = "not-yours"
    NOT_HOLDER = "not-holder"
    NOT_NOW = "not-now"
    NOT_ASKED = "not-asked"
    UNKNOWN_FIELD = "unknown-field"
    INVALID = "invalid"
    INCOMPLETE = "incomplete"
    NO_BASIS = "no-basis"
    NOT_OFFERED = "not-offered"
    UNANSWERED_CHECK = "unanswered-check"
    RISK = "risk"


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """The act may be done, with this content: what was given for the fields that apply, nothing else."""

    act: str
    content: dict[str, Value]


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """The act may not be done. `ground` is a stable code (`No`, or one of the node's own), `field` the first field concerned.

    `article` is the law where it is the law that says no; `missing` lists what is still to be given.
    """

    ground: StrEnum
    words: Sentence
    article: Article | None = None
    field: str | None = None
    missing: tuple[Missing, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferedGround:
    """A ground for refusal that the basis gives: of an instrument, of national law, or of a human-rights check (`instrument` is its id)."""

    ground: str
    article: Article
    mandatory: bool
    absolute: bool = False

    def value(self) -> dict[str, Value]:
        """The value of a ground field that names it."""
        return {"ground": self.ground, "instrument": self.article.instrument, "article": self.article.article}


def open_moves(state: MatterState, office: OfficeId) -> tuple[Move, ...]:
    """The moves that this office may make now: none unless it holds the file, and none that answers what nobody asked."""
    role = role_of(state, office)
    moves = state.procedure.moves if state.procedure else ()
    return tuple(move for move in moves if move.by == role and state.state.name in move.at and not answers_nothing(state, move))


def open_notes(state: MatterState, office: OfficeId) -> tuple[Note, ...]:
    """The notes that this office is offered now."""
    role = role_of(state, office)
    notes = state.procedure.notes if state.procedure else ()
    return tuple(note for note in notes if role in note.by and (not note.at or state.state.name in note.at))


def grounds(basis: Basis) -> tuple[OfferedGround, ...]:
    """Every ground a refusal may rest on: those of the instruments in order, then those of the human-rights checks."""
    of_law = (
        OfferedGround(ground=one.code, mandatory=one.mandatory, article=_article(one.instrument, one.article, one.source, one.confidence))
        for one in basis.refusal
    )
    of_rights = (
        OfferedGround(
            ground=code, mandatory=one.absolute, absolute=one.absolute, article=_article(one.id, None, one.source, one.confidence)
        )
        for one in basis.human_rights
        for code in one.grounds
    )
    return (*of_law, *of_rights)


def decide(state: MatterState, office: OfficeId, act: str, content: Content, basis: Basis | None) -> Accepted | Refusal:
    """Whether `office` may do `act` with this content in this state, under this basis (None only where the kind needs no law)."""
    action = _permitted(state, office, act)
    if isinstance(action, Refusal):
        return action
    kept = _kept(state, action, content)
    for step in (_well_formed, _founded, _complete, _offered, _safe):
        if refusal := step(state, action, content if step is _well_formed else kept, basis):
            return refusal
    return Accepted(act=act, content=kept)


# 1 to 4: may this office do this act now


def _permitted(state: MatterState, office: OfficeId, act: str) -> Action | Refusal:
    if state.procedure is None:  # 1
        return Refusal(
            ground=No.UNKNOWN_KIND, words=sentence(_("This office does not know this kind of matter; it can keep it, not act in it."))
        )
    role = role_of(state, office)
    if role is None:  # 2
        return Refusal(ground=No.NOT_A_PARTY, words=sentence(_("Your office plays no part in this matter.")))
    action = state.procedure.action(act)
    if action is None:  # 3
        return Refusal(ground=No.UNKNOWN_ACT, words=sentence(_("There is no act “{act}” in this kind of matter."), act=act))
    return _in_turn(state, role, action) or action  # 4


def _in_turn(state: MatterState, role: str, action: Action) -> Refusal | None:
    here = state.state
    if role not in (action.by if isinstance(action, Note) else (action.by,)):
        return Refusal(ground=No.NOT_YOURS, words=sentence(_("“{act}” is not for your office in this matter."), act=action.label))
    if isinstance(action, Move) and here.holder != role:
        return Refusal(
            ground=No.NOT_HOLDER,
            words=sentence(_("Your office does not hold the file: the matter stands at “{state}”. You can add a note."), state=here.label),
        )
    if action.at and here.name not in action.at:
        words = sentence(_("“{act}” is not open while the matter stands at “{state}”."), act=action.label, state=here.label)
        return Refusal(ground=No.NOT_NOW, words=words)
    return _unasked(state, action) if isinstance(action, Move) else None


def _unasked(state: MatterState, move: Move) -> Refusal | None:
    if not answers_nothing(state, move) or state.procedure is None:
        return None
    asked = state.procedure.action(move.after[0])
    words = _("“{act}” answers what nobody has asked: “{asked}” comes first.")
    return Refusal(ground=No.NOT_ASKED, words=sentence(words, act=move.label, asked=asked.label if asked else move.after[0]))


def _kept(state: MatterState, action: Action, content: Content) -> dict[str, Value]:
    fields = state.procedure.asked(action) if state.procedure else ()
    answers = ((field, content.get(field.name)) for field in fields if applies(field, content))
    return {field.name: value for field, value in answers if value not in NOTHING}


# 5 to 9: is its content right


def _well_formed(state: MatterState, action: Action, content: Content, _basis: Basis | None) -> Refusal | None:  # 5
    fields = {field.name: field for field in (state.procedure.asked(action) if state.procedure else ())}
    for name in sorted(set(content) - set(fields)):
        words = sentence(_("“{act}” does not ask for “{field}”."), act=action.label, field=name)
        return Refusal(ground=No.UNKNOWN_FIELD, words=words, field=name)
    for name, field in fields.items():
        value = content.get(name)
        for problem in problems(field, value) if value not in NOTHING and applies(field, content) else ():
            return Refusal(ground=No.INVALID, words=problem.words, field=problem.field)
    return None


def _founded(state: MatterState, action: Action, content: Content, basis: Basis | None) -> Refusal | None:  # 6
    if isinstance(action, Move) and action.checklist and (refusal := _carried(basis)):
        return refusal
    known = {one.id for one in basis.applied} | {"reciprocity"} if basis else set()
    for field in _of_kind(state, action, Kind.INSTRUMENTS):
        for name in _listed(content.get(field.name)):
            if name not in known:
                words = sentence(_("“{instrument}” does not apply between these States to this request."), instrument=name)
                return Refusal(ground=No.NOT_OFFERED, words=words, field=field.name)
    return None


def _carried(basis: Basis | None) -> Refusal | None:
    if basis is None:
        return Refusal(ground=No.NO_BASIS, words=sentence(_("The law has not been asked yet what this request can rest on.")))
    if basis.basis is BasisKind.NONE:
        return Refusal(
            ground=No.NO_BASIS, words=sentence(_("Nothing in the register carries a request of this kind between these States."))
        )
    return None


def _listed(value: Value) -> Iterator[str]:
    return (str(one) for one in value) if isinstance(value, list | tuple) else iter(())


def _complete(state: MatterState, action: Action, content: Content, basis: Basis | None) -> Refusal | None:  # 7
    items = missing(state.procedure, action, content, basis) if state.procedure else ()
    if not items:
        return None
    first = next((one for one in items if one.instrument), items[0])
    item = Bilingual(en=first.said("en"), ru=first.said("ru"))
    if all(one.check for one in items):
        ground, words = No.UNANSWERED_CHECK, sentence(_("A human-rights check is not answered: {check}."), check=item)
    else:
        ground, words = No.INCOMPLETE, sentence(_("“{act}” is not complete. Missing first: {item}."), act=action.label, item=item)
    return Refusal(ground=ground, words=words, article=_demand(first), field=items[0].field, missing=items)


def _demand(one: Missing) -> Article | None:
    if one.instrument is None or one.confidence is None:
        return None
    return _article(one.instrument, one.article, one.source, one.confidence)


def _offered(state: MatterState, action: Action, content: Content, basis: Basis | None) -> Refusal | None:  # 8
    for field in _of_kind(state, action, Kind.GROUND):
        if (value := content.get(field.name)) is None:
            continue
        if basis is None or not any(value == one.value() for one in grounds(basis)):
            words = sentence(_("This ground is not one that the law gives between these States for this kind of request."))
            return Refusal(ground=No.NOT_OFFERED, words=words, field=field.name)
    return None


def _of_kind(state: MatterState, action: Action, kind: Kind) -> Iterable[Field]:
    return (field for field in (state.procedure.asked(action) if state.procedure else ()) if field.kind is kind)


def _safe(state: MatterState, action: Action, content: Content, basis: Basis | None) -> Refusal | None:  # 9
    for field in _of_kind(state, action, Kind.CHECKS):
        answers = _answers(content.get(field.name))
        offered = {one.id: one for one in basis.human_rights} if basis else {}
        if unknown := [name for name in answers if name not in offered]:
            words = sentence(_("“{check}” is not among the human-rights checks of this matter."), check=unknown[0])
            return Refusal(ground=No.NOT_OFFERED, words=words, field=field.name)
        for name, one in offered.items():
            article = _article(one.id, None, one.source, one.confidence)
            if isinstance(action, Move) and action.safeguards and one.absolute and answers.get(name) == Answer.RISK:
                words = sentence(
                    _("A risk was found that no treaty overrides: {check}. It bars “{act}”."), check=_title(one), act=action.label
                )
                return Refusal(ground=No.RISK, words=words, article=article, field=field.name)
    return None


def _answers(value: Value) -> dict[str, str]:
    items = value if isinstance(value, list | tuple) else ()
    return {str(item["check"]): str(item["answer"]) for item in items if isinstance(item, dict)}


def _article(instrument: str, article: str | None, source: str, confidence: Confidence) -> Article:
    return Article(instrument=instrument, article=article, source=source, confidence=confidence)


def _title(one: HumanRightsCheck) -> Bilingual:
    return Bilingual(en=one.title_en, ru=one.title_ru)
