"""Turns an answer into numbered sentences with citations, in English or Russian.

Every element of the `Basis` is said: what applies and why, what follows, what does not apply and why not, what is not sure and what would
settle it. The sentences are made from the answer alone: what is not in it is not said.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import assert_never

from comity.law._confirmed_words import confirmed_words, own_confirmations, release_words
from comity.law._doubt_words import DOUBTS, SILENT, DoubtWords, doubt_sentences, doubt_words
from comity.law._following_words import condition_words, following_words, length_words
from comity.law._standing_words import WHY, applied_words, excluded_words, why_not
from comity.law._voice import Said, Voice, one_stop
from comity.law.basis import Basis, BasisKind, Certainty, Citation
from comity.law.model import Confidence, Register
from comity.words import _, translate

__all__ = [
    "DOUBTS",
    "SILENT",
    "WHY",
    "DoubtWords",
    "Sentence",
    "citation_words",
    "cited",
    "condition_words",
    "doubt_words",
    "explain",
    "length_words",
    "own_confirmations",
    "plain",
    "why_not",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One numbered sentence. `section` says which part of the answer it explains: question, basis, applied, excluded, channel, …"""

    number: int
    section: str
    text: str
    citations: tuple[Citation, ...]


def explain(basis: Basis, register: Register, language: str) -> tuple[Sentence, ...]:
    """The answer in sentences, numbered from 1, in `language` (en or ru)."""
    voice = Voice(register, language)
    said = (
        *_question(basis, voice),
        *_basis(basis, voice),
        *(applied_words(applied, voice) for applied in basis.applied),
        *_order(basis, voice),
        *following_words(basis, voice),
        *excluded_words(basis, voice),
        *doubt_sentences(basis.doubts, voice),
        *confirmed_words(basis, voice),
        release_words(basis, voice),
    )
    return tuple(
        Sentence(number=number, section=section, text=one_stop(text), citations=citations)
        for number, (section, text, citations) in enumerate(said, start=1)
    )


def _question(basis: Basis, voice: Voice) -> Iterator[Said]:
    text = voice.say(
        _("Requesting State: {requesting}. Requested State: {requested}. Kind of request: {kind}. Offence: {offence}. Date: {day}."),
        requesting=voice.state(basis.requesting),
        requested=voice.state(basis.requested),
        kind=voice.word("kind", basis.kind),
        offence=voice.word("offence-area", basis.offence_area or "any"),
        day=voice.day(basis.on),
    )
    yield "question", text, ()
    if basis.committed:
        yield "question", voice.say(_("Day of the offence: {day}."), day=voice.day(basis.committed)), ()


def _basis(basis: Basis, voice: Voice) -> Iterator[Said]:
    yield "basis", _basis_words(basis, voice), basis.reciprocity
    sure = basis.certainty is Certainty.CERTAIN
    text = _("This answer is certain.") if sure else _("This answer is uncertain: the last sentences say why and what would settle it.")
    yield "certainty", voice.say(text), ()


def _basis_words(basis: Basis, voice: Voice) -> str:
    match basis.basis:
        case BasisKind.TREATY:
            return voice.say(_("The request rests on a treaty: {titles}."), titles=voice.titles(applied.id for applied in basis.primary))
        case BasisKind.RECIPROCITY:
            cited = "; ".join(voice.place(law.instrument, law.article, law.confidence) for law in basis.reciprocity)
            left = _("No treaty is left: the request rests on reciprocity and national law ({law}).")
            unknown = _("No treaty was found, but not everything was researched: there is reciprocity and national law ({law}).")
            return voice.say(left if basis.researched else unknown, law=cited)
        case BasisKind.NONE:
            left = _("No treaty is left, and the register holds no national law that allows reciprocity.")
            unknown = _("Not researched: the register does not say on what this request could rest, which is no finding that nothing is.")
            return voice.say(left if basis.researched else unknown)
        case _:
            assert_never(basis.basis)


def _order(basis: Basis, voice: Voice) -> Iterator[Said]:
    if basis.order_is_open:
        text = _("No rule decides which of the primary instruments goes first: name the one relied on in the request.")
        yield "order", voice.say(text), ()


def plain(sentences: Iterable[Sentence]) -> str:
    """The sentences as lines of text, each with its number."""
    return "\n".join(f"{sentence.number}. {sentence.text}" for sentence in sentences)


def cited(sentences: Iterable[Sentence], language: str) -> str:
    """The sentences as lines of text, each followed by what it cites: instrument, article, source and how sure it is."""
    return "\n".join(line for sentence in sentences for line in (f"{sentence.number}. {sentence.text}", *_citations(sentence, language)))


def _citations(sentence: Sentence, language: str) -> Iterator[str]:
    for citation in sentence.citations:
        yield f"   — {citation_words(citation, language)}"


def citation_words(citation: Citation, language: str) -> str:
    """What is cited, on one line: title, article where there is one, how sure it is, where it was read."""
    article = translate(_("art. {article}"), language).format(article=citation.article) if citation.article else ""
    read = translate(_("read in the source") if citation.confidence is Confidence.VERIFIED else _("not verified"), language)
    source = translate(citation.source, language) if citation.source == _("general knowledge") else citation.source
    return " · ".join(filter(None, (", ".join(filter(None, (citation.title, article))), read, source)))
