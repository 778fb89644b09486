"""The answer of the law to one question, as the page shows it: what it rests on, what follows, what is not sure, and why not otherwise."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy

from comity.desk.components.model import BasisGroup, Certainty, Words
from comity.desk.law.alternatives import Supposed, suppositions_of
from comity.desk.law.confirmed import fact_url
from comity.desk.law.contents import Part as PartShown
from comity.desk.law.contents import beside, work
from comity.desk.law.pair import pair_url
from comity.desk.law.question import Question
from comity.desk.law.sources import Source, source
from comity.desk.law.words import instrument_url, pdf_url
from comity.desk.matters.basis_rows import matter_groups
from comity.desk.matters.citations import cited, instrument_title, state_name
from comity.law import Basis, Doubt, Excluded, Part, Register, Sentence, Why, explain, fact
from comity.law import Certainty as LawCertainty
from comity.law.explain import doubt_words, own_confirmations, why_not
from comity.law.naming import fact_title


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsure:
    """Something the answer is not sure of, what would settle it, and which parts it touches. `unsettles`: the answer hangs on it."""

    what: str
    settles: str
    unsettles: bool
    touches: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WhyNot:
    """An instrument that is left out, why, and how sure that is."""

    title: str
    why: str
    certainty: Certainty | None
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A numbered sentence, with where each thing it says was read."""

    number: int
    text: str
    sources: tuple[tuple[Source, Certainty | None], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The whole answer. `said` is the answer in a sentence, `sure` whether it is certain."""

    question: Question
    basis: Basis
    states: tuple[str, str]
    kind: str
    area: str
    history: str
    pdf: str
    said: str
    sure: bool
    confirmed: tuple[tuple[str, str], ...]
    groups: tuple[BasisGroup, ...]
    work: tuple[PartShown, ...]
    beside: tuple[PartShown, ...]
    what_if: Supposed
    unsure: tuple[Unsure, ...]
    near: tuple[WhyNot, ...]
    far: tuple[WhyNot, ...]
    steps: tuple[Step, ...]

    @property
    def left_out(self) -> int:
        """How many instruments do not apply."""
        return len(self.near) + len(self.far)


# Why an instrument that a reader may have expected is left out; the others were never for such a request.
_NEAR = frozenset(Why) - {Why.OFFENCE_NOT_COVERED, Why.NOT_BOUND, Why.OTHER_KIND, Why.NOT_RESEARCHED, Why.POLICE_LEVEL, Why.NOT_FOUND}


def shown(register: Register, question: Question, basis: Basis, language: str) -> Answer:
    """A basis in the words of the page."""
    sentences = explain(basis, register, language)
    left = tuple((one.why in _NEAR, _left_out(one, register, language)) for one in basis.excluded)
    return Answer(
        question=question,
        basis=basis,
        states=(state_name(basis.requesting, language), state_name(basis.requested, language)),
        kind=capfirst(register.label("kind", basis.kind, language)),
        area=register.label("offence-area", basis.offence_area or "any", language),
        history=pair_url(question.requesting, question.requested, kind=question.kind, on=question.on.isoformat(), area=question.area or ""),
        pdf=pdf_url(question.query()),
        said=next(sentence.text for sentence in sentences if sentence.section == "basis"),
        sure=basis.certainty is LawCertainty.CERTAIN,
        confirmed=tuple(
            (capfirst(fact_title(fact(register, made.fact)[0], register, language)), fact_url(made.fact))
            for made in own_confirmations(basis, register)
        ),
        groups=matter_groups(basis, register, language),
        work=tuple(work(basis, register, language)),
        beside=tuple(beside(basis, register, language)),
        what_if=suppositions_of(register, basis, question, language),
        unsure=tuple(_unsure(doubt, register, language) for doubt in sorted(basis.doubts, key=lambda one: not one.unsettles)),
        near=tuple(shown for near, shown in left if near),
        far=tuple(shown for near, shown in left if not near),
        steps=tuple(_step(sentence) for sentence in sentences),
    )


# What is not sure, and why not otherwise

PARTS: Mapping[Part, Words] = {
    Part.INSTRUMENTS: gettext_lazy("the legal basis"),
    Part.CHANNEL: gettext_lazy("the way"),
    Part.AUTHORITIES: gettext_lazy("the authorities"),
    Part.LANGUAGES: gettext_lazy("the language"),
    Part.REQUIRED: gettext_lazy("the contents"),
    Part.FORM: gettext_lazy("the form"),
    Part.CONDITIONS: gettext_lazy("the conditions"),
    Part.TIME_LIMITS: gettext_lazy("the time limits"),
    Part.REFUSAL: gettext_lazy("the grounds for refusal"),
    Part.RULES: gettext_lazy("the other rules"),
    Part.HUMAN_RIGHTS: gettext_lazy("human rights"),
}


def _unsure(doubt: Doubt, register: Register, language: str) -> Unsure:
    words = doubt_words(doubt, register, language)
    touches = ", ".join(str(PARTS[part]) for part in doubt.parts)
    return Unsure(what=words.what, settles=words.settles, unsettles=doubt.unsettles, touches=touches)


def _left_out(one: Excluded, register: Register, language: str) -> WhyNot:
    return WhyNot(
        title=instrument_title(register, one.id, language),
        why=capfirst(why_not(one, register, language)),
        certainty=cited(one.confidence),
        url=instrument_url(one.id),
    )


def _step(sentence: Sentence) -> Step:
    sources = dict.fromkeys((one.source, one.confidence) for one in sentence.citations)
    return Step(
        number=sentence.number,
        text=sentence.text,
        sources=tuple((source(written), cited(confidence)) for written, confidence in sources),
    )
