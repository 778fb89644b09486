"""Says what an answer is not sure of, and what would settle it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from comity.identifiers import InstrumentId
from comity.law._voice import Said, Voice, one_stop
from comity.law.basis import Citation, Doubt, DoubtKind, Part
from comity.law.model import Check, Confidence, NationalLaw, Register
from comity.law.part_words import PARTS
from comity.words import _


@dataclass(frozen=True, slots=True, kw_only=True)
class DoubtWords:
    """A doubt in words: what is not sure, and what would settle it."""

    what: str
    settles: str


DOUBTS: dict[DoubtKind, tuple[str, str]] = {
    DoubtKind.STATUS: (
        _("It is not known whether {titles} binds on this date: {states}."),
        _("Ask the depositary since when the State is bound."),
    ),
    DoubtKind.UNVERIFIED: (
        _("The status under {titles} was not verified: {states}."),
        _("Read it in the depositary's list and confirm it in the register."),
    ),
    DoubtKind.NOT_RESEARCHED: (
        _("The register does not say whether these bind {states}: {titles}."),
        _("Look the States up in the depositaries' lists."),
    ),
    DoubtKind.BILATERAL: (
        _("Bilateral treaties were not collected, or not all of them: {states}."),
        _("Ask both ministries of foreign affairs for the bilateral treaties in force."),
    ),
    DoubtKind.DECLARATION: (
        _("A declaration that may take {titles} away between the two States was not seen: {states}."),
        _("Ask the depositary for the text of the declaration."),
    ),
    DoubtKind.SUSPENSION: (
        _("Whether {titles} is suspended between the two States was not verified: {states}."),
        _("Ask the depositary for the notice of suspension."),
    ),
    DoubtKind.RESERVATION: (
        _("A reservation that may switch off articles of {titles} was not verified: {states}."),
        _("Read the reservation in the depositary's list and confirm it in the register."),
    ),
    DoubtKind.TAKES_AS_BASIS: (
        _("Whether both States take {titles} as a basis for extradition depends on declarations that were not collected."),
        _("Read the declarations in the list of the United Nations."),
    ),
    DoubtKind.ORDER: (
        _("No rule decides between: {titles}."),
        _("Agree with the other side, and name the basis in the request."),
    ),
    DoubtKind.OFFENCE: (
        _("No offence was named. For certain offences one of these could serve: {titles}."),
        _("Name the offence area and ask again."),
    ),
    DoubtKind.OFFENCE_DATE: (
        _("{titles} serves only for offences committed after both States were bound, and the day of the offence was not named."),
        _("Name the day of the offence and ask again."),
    ),
    DoubtKind.LATER: (
        _("The register was compiled before this day, and what happened since is not in it: {states}."),
        _("Look up in the depositaries' lists whether anything has changed."),
    ),
    DoubtKind.NO_DUTY: (
        _("{titles} only bids the States to consider such a request; there is no duty."),
        _("Ask the other side beforehand whether it would agree."),
    ),
    DoubtKind.NATIONAL_LAW: (
        _("The register does not hold the national law on reciprocity, in force on this date: {states}."),
        _("Ask the other side whether it grants such requests on reciprocity."),
    ),
    DoubtKind.UNREAD: (
        _("What is said from these was not read in their texts, on these points ({points}): {titles}."),
        _("Read the texts and confirm the rules in the register."),
    ),
    DoubtKind.AUTHORITY: (
        _("Which authorities send, receive and decide was not verified: {states}."),
        _("Ask the central authority of the other State, and confirm it in the register."),
    ),
    DoubtKind.NO_AUTHORITY: (
        _("The register names no authority for such a request: {states}."),
        _("Ask the central authority of the other State, and add it to the register."),
    ),
    DoubtKind.RIGHTS: (
        _("It is not known whether this binds {states}: {titles}."),
        _("Look the State up in the depositary's list; until then make the check as if it were bound."),
    ),
    DoubtKind.REVIEW: (
        _("{titles} defines its offences broadly; human-rights bodies have criticised it."),
        _("Check the facts against the definitions of international human-rights law."),
    ),
}
SILENT = {
    "channel": _("The register does not hold the channel under: {titles}."),
    "languages": _("The register does not hold the languages under: {titles}."),
    "required": _("The register does not hold the contents of a request under: {titles}."),
    "form": _("The register does not hold the form of requests and annexes under: {titles}."),
    "time-limits": _("The register does not hold the time limits under: {titles}."),
    "refusal": _("The register does not hold the grounds for refusal under: {titles}."),
}

_READ = _("Read the text of the treaty; what is shown, if anything, comes from the instrument named.")


def doubt_words(doubt: Doubt, register: Register, language: str) -> DoubtWords:
    """A doubt in words, in `language` (en or ru)."""
    voice = Voice(register, language)
    if doubt.kind is DoubtKind.OPEN_QUESTION:
        return _open_question(doubt, register, russian=language == "ru")
    if doubt.kind is DoubtKind.SILENT:
        what, settles = SILENT[doubt.point or ""], _READ
    else:
        what, settles = DOUBTS[doubt.kind]
    points = ", ".join(voice.say(PARTS[part]) for part in doubt.parts)
    said = voice.say(what, titles=voice.titles(doubt.instruments), states=voice.states(doubt.states), points=points)
    return DoubtWords(what=one_stop(said), settles=voice.say(settles))


def _open_question(doubt: Doubt, register: Register, *, russian: bool) -> DoubtWords:
    question = next(question for question in register.questions if question.id == doubt.question)
    if russian:
        return DoubtWords(what=question.text_ru, settles=question.settles_ru)
    return DoubtWords(what=question.text_en, settles=question.settles_en)


def doubt_sentences(doubts: Iterable[Doubt], voice: Voice) -> Iterator[Said]:
    """The doubts as sentences of the explanation, with the parts of the answer they touch; what is alike is said once."""
    alike: dict[object, list[Doubt]] = {}
    for doubt in doubts:
        alike.setdefault(_alike(doubt), []).append(doubt)
    yield from (
        _silence(group, voice) if group[0].kind is DoubtKind.SILENT else _sentence(_together(group), voice) for group in alike.values()
    )


def _alike(doubt: Doubt) -> object:
    """Doubts of one kind are said together: what one instrument does not say, or of which instruments the same holds."""
    if doubt.kind is DoubtKind.SILENT:
        return doubt.kind, doubt.unsettles, doubt.instruments
    if doubt.kind in _LISTED:
        return doubt.kind, doubt.unsettles, doubt.states, doubt.parts
    return doubt


_LISTED = (DoubtKind.UNVERIFIED, DoubtKind.UNREAD, DoubtKind.RIGHTS)


def _together(doubts: list[Doubt]) -> Doubt:
    names = tuple(dict.fromkeys(name for doubt in doubts for name in doubt.instruments))
    return replace(doubts[0], instruments=names)


def _silence(doubts: list[Doubt], voice: Voice) -> Said:
    points = ", ".join(voice.say(PARTS[Part(doubt.point)]) for doubt in doubts if doubt.point)
    what = voice.say(_("Under {titles} the register does not hold: {points}."), titles=voice.titles(doubts[0].instruments), points=points)
    return "doubts", voice.say(_opening(doubts[0]), what=what, settles=voice.say(_READ)), tuple(_cited(doubts[0], voice))


def _opening(doubt: Doubt) -> str:
    return _("In doubt: {what} {settles}") if doubt.unsettles else _("Note: {what} {settles}")


def _sentence(doubt: Doubt, voice: Voice) -> Said:
    words = doubt_words(doubt, voice.register, voice.language)
    text = voice.say(_opening(doubt), what=words.what, settles=words.settles)
    if doubt.parts and doubt.kind is not DoubtKind.UNREAD:  # which names its parts itself
        parts = ", ".join(voice.say(PARTS[part]) for part in doubt.parts)
        text += " " + voice.say(_("It touches: {parts}."), parts=parts)
    return "doubts", text, tuple(_cited(doubt, voice))


def _cited(doubt: Doubt, voice: Voice) -> Iterator[Citation]:
    question = next((question for question in voice.register.questions if question.id == doubt.question), None)
    for name in doubt.instruments:
        source, confidence = (question.source, question.confidence) if question else (_source(name, voice), Confidence.UNVERIFIED)
        yield voice.cite(name, doubt.article, source, confidence)


def _source(name: str, voice: Voice) -> str:
    """Where the text of an instrument, a State's own law or a human-rights check was read about."""
    if instrument := voice.register.instruments.get(InstrumentId(name)):
        return instrument.sources[0]
    beside: tuple[Check | NationalLaw, ...] = (*voice.register.checks, *voice.register.national.values())
    return next(item.source for item in beside if item.id == name)
