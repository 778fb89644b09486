"""From what was filled in to a letter: the fields of a move in the order of the convention, each with the articles that ask for it.

1. The instruments the request names come first in the legal basis, then those that supplement them; one it did not choose is not cited.
2. Items stand in the order in which those instruments ask for them; what no article asks for follows in the order of the procedure.
3. Papers become annexes; number, language, signature and seal belong to the frame of the letter and are not numbered items.
"""

from collections.abc import Mapping, Sequence
from datetime import date

from comity.canonical import Value
from comity.documents.basis import LetterLaw
from comity.documents.items import Annexes, Writer, papers, strings, text, title_of
from comity.documents.model import Letter, LetterKind, Office, Phrase, Reference, Row
from comity.documents.typesetting import DocumentError
from comity.identifiers import MatterId, OfficeId, StateCode
from comity.law import Basis, Register
from comity.procedures.checklist import demanded
from comity.procedures.model import Action, Kind, Move, Procedure

SIGNED = ("signature", "official_seal", "signature_or_seal")
"""What the law register calls the signature and the seal."""

_LIMITS = {LetterKind.ARREST_APPLICATION: ("provisional-arrest",)}
_BY_ACT = {"information.asked/1": LetterKind.CLARIFICATION, "information.supplemented/1": LetterKind.SUPPLEMENT}


def office(register: Register, office_id: OfficeId, kind: str, *, names: Mapping[str, str] | None = None) -> Office:
    """The office as letters name it: the State's authority for this kind in the register (prosecutors and pre-trial stage first).

    `names` (`en`, `ru`) of the office's own card are used where the register names no authority; raises DocumentError where neither does.
    """
    state = StateCode(office_id[:2].upper())
    fitting = [one for one in register.authorities if one.state == state and (kind in one.kinds or "all" in one.kinds)]
    fitting.sort(key=lambda one: ("rosecutor" not in one.name_en, one.stage == "court"))
    if fitting and "rosecutor" in fitting[0].name_en:
        found = fitting[0]
        return Office(id=office_id, state=state, name_en=found.name_en, name_ru=found.name_ru, name_own=found.name_kk)
    if names:
        return Office(id=office_id, state=state, name_en=names.get("en", ""), name_ru=names.get("ru", ""))
    raise DocumentError("The law register names no prosecuting authority of this State.", where=office_id)


def letter_for(
    procedure: Procedure,
    action: Action,
    content: Mapping[str, Value],
    *,
    basis: Basis | None,
    register: Register,
    sender: Office,
    recipient: Office,
    matter: MatterId,
    number: str,
    on: date,
    kind: LetterKind | None = None,
    subject: str = "",
    answers: Reference | None = None,
    signatory: str = "",
    chosen: Sequence[str] = (),
    draft: bool = False,
) -> Letter:
    """The letter that goes with `action`, from its `content` as it is sent.

    `kind` is by default the move's `document`, or a notice. `subject` titles it where the content has no such field; `chosen` are the
    instruments the request named where the content does not name them again. Raises DocumentError for a document unknown here.
    """
    kind = kind or _kind(procedure, action)
    law = LetterLaw(
        basis=basis,
        register=register,
        chosen=tuple(strings(content.get("basis"))) or tuple(chosen),
        demands=tuple(demanded(action, content, basis)),
        limits=_LIMITS.get(kind, ()),
    )
    annexes = Annexes.of(papers(procedure, action, content))
    writer = Writer(law=law, register=register, offices=(sender, recipient), annexes=annexes)
    return Letter(
        kind=kind,
        matter=matter,
        sender=sender,
        recipient=recipient,
        number=number,
        on=on,
        subject=subject or title_of(procedure, content),
        basis=tuple(law.instruments()),
        items=tuple(writer.items(procedure, action, content)),
        law=basis.register if basis else register.release,
        language=text(content.get("language")),
        terms=tuple(law.terms()),
        reciprocity=law.reciprocity(),
        basis_is_open=law.is_open,
        answers=answers,
        annexes=annexes.annexes,
        signatory=signatory or text(content.get("signed_by")),
        seal=_seal(procedure, content),
        signed_under=tuple(law.asked_by(SIGNED)),
        draft=draft,
    )


def _kind(procedure: Procedure, action: Action) -> LetterKind:
    name = action.document if isinstance(action, Move) else None
    if name is None:
        return _BY_ACT.get(action.act, LetterKind.NOTICE)
    try:
        kind = LetterKind(name)
    except ValueError as error:
        raise DocumentError(f"There is no letter “{name}”.", where=action.act, next_step=f"Known are: {', '.join(LetterKind)}.") from error
    refuses = any(field.kind is Kind.GROUND for field in procedure.asked(action))
    return LetterKind.EXTRADITION_REFUSAL if kind is LetterKind.EXTRADITION_DECISION and refuses else kind


def _seal(procedure: Procedure, content: Mapping[str, Value]) -> Row | None:
    value = content.get("official_seal")
    if value is None:
        return None
    field = procedure.field("official_seal")
    return Row(label=field.label, values=tuple(Phrase(choice.label) for choice in field.choices if choice.value == value))
