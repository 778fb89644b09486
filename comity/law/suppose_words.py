"""History and what-if in words: what happened on a day, what is supposed, and what the answer would then be."""

from collections.abc import Iterator
from typing import assert_never

from comity.identifiers import InstrumentId
from comity.law._voice import Voice, capital, one_stop
from comity.law.basis import BasisKind, Bound, Certainty, DoubtKind
from comity.law.history import Change, ChangeKind
from comity.law.model import Register
from comity.law.whatif import Alternative, AnotherDay, AnotherOffence, Settled, Supposition
from comity.words import _

CHANGES: dict[ChangeKind, str] = {
    ChangeKind.OPENED: _("opened for signature: {title}"),
    ChangeKind.ENTERED: _("entered into force: {title}"),
    ChangeKind.SIGNED: _("{state}: signed: {title}"),
    ChangeKind.RATIFIED: _("{state}: national act of ratification: {title}"),
    ChangeKind.DEPOSITED: _("{state}: instrument deposited: {title}"),
    ChangeKind.NO_LONGER_SURELY_UNBOUND: _("{state}: not bound before this day, from then on not known: {title}"),
    ChangeKind.SURELY_BOUND: _("{state}: bound at the latest from this day: {title}"),
    ChangeKind.IN_FORCE: _("{state}: in force: {title}"),
    ChangeKind.SUSPENDED: _("{state}: suspended towards {towards}: {title}"),
    ChangeKind.RESUMED: _("{state}: suspension towards {towards} ends: {title}"),
    ChangeKind.LEFT: _("{state}: left: {title}"),
    ChangeKind.SURELY_LEFT: _("{state}: left at the latest on this day: {title}"),
    ChangeKind.DECLARED: _("{state}: declaration takes effect: {title}"),
    ChangeKind.DECLARATION_ENDED: _("{state}: declaration taken back: {title}"),
    ChangeKind.QUESTION: _("an open question begins: {title}"),
    ChangeKind.QUESTION_CLOSED: _("an open question no longer concerns new requests: {title}"),
    ChangeKind.RIGHTS: _("{state}: bound by: {title}"),
    ChangeKind.RIGHTS_LEFT: _("{state}: no longer bound by: {title}"),
    ChangeKind.NATIONAL_LAW: _("{state}: own law adopted or in force: {title}"),
}


def event_words(change: Change, register: Register, language: str) -> str:
    """What happened, in words without a full stop, in `language` (en or ru); an unverified fact is said to be so."""
    voice = Voice(register, language)
    said = voice.say(
        CHANGES[change.kind],
        state=voice.state(change.state) if change.state else "",
        title=_title(change, voice),
        towards=voice.states(change.towards),
    )
    return capital(said) + voice.sure(change.confidence)


def _title(change: Change, voice: Voice) -> str:
    question = next((item for item in voice.register.questions if item.id == change.instrument), None)
    if question is None:
        return voice.title(change.instrument or "")
    return (question.text_ru if voice.language == "ru" else question.text_en).rstrip(".")


SETTLED: dict[tuple[DoubtKind, Bound], str] = {
    (DoubtKind.STATUS, Bound.YES): _("If these are bound by {titles}: {states}."),
    (DoubtKind.STATUS, Bound.NO): _("If these are not bound by {titles}: {states}."),
    (DoubtKind.UNVERIFIED, Bound.YES): _("If the status under {titles} is confirmed: {states}."),
    (DoubtKind.UNVERIFIED, Bound.NO): _("If these turn out not to be bound by {titles}: {states}."),
    (DoubtKind.NOT_RESEARCHED, Bound.YES): _("If these turn out to be bound by {titles}: {states}."),
    (DoubtKind.NOT_RESEARCHED, Bound.NO): _("If these are not bound by {titles}: {states}."),
    (DoubtKind.DECLARATION, Bound.YES): _("If there is no declaration against {titles} between the two States: {states}."),
    (DoubtKind.DECLARATION, Bound.NO): _("If a declaration takes {titles} away between the two States: {states}."),
    (DoubtKind.SUSPENSION, Bound.YES): _("If {titles} is not suspended between the two States: {states}."),
    (DoubtKind.SUSPENSION, Bound.NO): _("If {titles} is suspended between the two States: {states}."),
    (DoubtKind.TAKES_AS_BASIS, Bound.YES): _("If both States take this as a basis for extradition: {titles}."),
    (DoubtKind.TAKES_AS_BASIS, Bound.NO): _("If the two States do not take this as a basis for extradition: {titles}."),
    (DoubtKind.OPEN_QUESTION, Bound.YES): _("If the open question is settled so that these apply: {titles}. The question: {question}"),
    (DoubtKind.OPEN_QUESTION, Bound.NO): _(
        "If the open question is settled so that these do not apply: {titles}. The question: {question}"
    ),
    (DoubtKind.OFFENCE_DATE, Bound.YES): _("If the offence was committed late enough for this to serve: {titles}."),
    (DoubtKind.OFFENCE_DATE, Bound.NO): _("If the offence was committed too early for this to serve: {titles}."),
}


def supposition_words(supposition: Supposition, register: Register, language: str) -> str:
    """What is supposed, as a sentence in `language` (en or ru)."""
    voice = Voice(register, language)
    match supposition:
        case AnotherDay():
            return one_stop(voice.say(_("If the request were made on {day}."), day=voice.day(supposition.on)))
        case AnotherOffence():
            return voice.say(_("If the offence were: {offence}."), offence=voice.word("offence-area", supposition.area or "any"))
        case Settled():
            return _settled(supposition, voice)
        case _:
            assert_never(supposition)


def _settled(supposition: Settled, voice: Voice) -> str:
    doubt = supposition.doubt
    question = next((item for item in voice.register.questions if item.id == doubt.question), None)
    asked = (question.text_ru if voice.language == "ru" else question.text_en) if question else ""
    template = SETTLED[doubt.kind, supposition.bound]
    return one_stop(voice.say(template, titles=voice.titles(doubt.instruments), states=voice.states(doubt.states), question=asked))


def alternative_words(alternative: Alternative, register: Register, language: str) -> tuple[str, ...]:
    """What is supposed, and what the answer would then be: sentences in `language` (en or ru), the supposition first."""
    voice = Voice(register, language)
    return (supposition_words(alternative.supposition, register, language), *map(one_stop, _then(alternative, voice)))


def _then(alternative: Alternative, voice: Voice) -> Iterator[str]:
    if alternative.same:
        yield voice.say(_("The answer stays as it is."))
        return
    yield _rests(alternative, voice)
    if alternative.gained:
        yield voice.say(_("It applies then: {titles}."), titles=voice.titles(alternative.gained))
    if alternative.lost:
        yield voice.say(_("It does not apply then: {titles}."), titles=voice.titles(alternative.lost))
    if alternative.certainty_changes:
        sure = alternative.basis.certainty is Certainty.CERTAIN
        yield voice.say(_("The answer is certain then.") if sure else _("The answer is uncertain then."))


def _rests(alternative: Alternative, voice: Voice) -> str:
    then = alternative.basis
    match then.basis:
        case BasisKind.TREATY:
            return voice.say(_("The request rests then on: {titles}."), titles=voice.titles(InstrumentId(item.id) for item in then.primary))
        case BasisKind.RECIPROCITY:
            return voice.say(_("The request rests then on reciprocity and national law."))
        case BasisKind.NONE:
            return voice.say(_("The register knows nothing then on which the request could rest."))
        case _:
            assert_never(then.basis)
