"""How an instrument stands to others, told from both ends: what it says of them, and what they say of it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy

from comity.desk.components.model import Certainty, Words
from comity.desk.law.rules import article_words
from comity.desk.law.sources import Source, source
from comity.desk.law.words import instrument_url
from comity.desk.matters.citations import citation_words, cited, instrument_title
from comity.identifiers import InstrumentId
from comity.law import Instrument, Register
from comity.law import Relation as LawRelation

# What the relation is, said of the instrument that states it, and of the one it is stated of.
TYPES: dict[str, tuple[Words, Words]] = {
    "supersedes": (gettext_lazy("Takes the place of"), gettext_lazy("Its place is taken by")),
    "superseded-by": (gettext_lazy("Its place is taken by"), gettext_lazy("Takes the place of")),
    "replaces": (gettext_lazy("Takes the place of"), gettext_lazy("Its place is taken by")),
    "replaced-by": (gettext_lazy("Its place is taken by"), gettext_lazy("Takes the place of")),
    "amends": (gettext_lazy("Amends"), gettext_lazy("Amended by")),
    "amended-by": (gettext_lazy("Amended by"), gettext_lazy("Amends")),
    "supplements": (gettext_lazy("Supplements"), gettext_lazy("Supplemented by")),
    "supplemented-by": (gettext_lazy("Supplemented by"), gettext_lazy("Supplements")),
    "complements": (gettext_lazy("Stands beside, for a step"), gettext_lazy("Has beside it, for a step")),
    "subsidiary-to": (gettext_lazy("Comes after"), gettext_lazy("Comes before")),
    "residual-to": (gettext_lazy("Yields to"), gettext_lazy("Is yielded to by")),
    "lex-specialis-over": (gettext_lazy("Special, comes before"), gettext_lazy("General, comes after")),
    "parallel": (gettext_lazy("In parallel with"), gettext_lazy("In parallel with")),
    "overlaps": (gettext_lazy("Overlaps with"), gettext_lazy("Overlaps with")),
    "competes": (gettext_lazy("Competes with"), gettext_lazy("Competes with")),
    "develops": (gettext_lazy("Builds on"), gettext_lazy("Built on by")),
    "implements": (gettext_lazy("Carries out"), gettext_lazy("Carried out by")),
    "preserves": (gettext_lazy("Leaves in force"), gettext_lazy("Left in force by")),
    "does-not-affect": (gettext_lazy("Leaves untouched"), gettext_lazy("Left untouched by")),
    "adjusts": (gettext_lazy("Adjusts"), gettext_lazy("Adjusted by")),
    "gap-filler-for": (gettext_lazy("Fills gaps of"), gettext_lazy("Its gaps are filled by")),
    "interpreted-by": (gettext_lazy("Interpreted by"), gettext_lazy("Interprets")),
}
_GROUPS: dict[str, Words] = {
    "bilateral": gettext_lazy("bilateral treaties"),
    "any-mla-treaty": gettext_lazy("any treaty on legal assistance"),
    "any-extradition-treaty": gettext_lazy("any treaty on extradition"),
}
_TESTS: dict[str, Words] = {
    "both-in-force-on-date": gettext_lazy("only between States that both bind on the day"),
    "one-party-only": gettext_lazy("where one of the two States only is bound by the newer one"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Related:
    """One relation as this page sees it. `article` as the register has it; `place` says where that is, of which instrument."""

    word: Words
    title: Words
    url: str
    article: str
    place: str
    test: Words
    summary: str
    certainty: Certainty | None
    source: Source
    fact: str
    on: date | None = None
    unread: bool = False


def relations(instrument: Instrument, register: Register, language: str) -> tuple[Related, ...]:
    """What the instrument says of others, then what others say of it."""
    own = (_own(one, register, language) for one in instrument.relations)
    theirs = (_theirs(one, other, register, language) for other, one in _about(instrument.id, register.instruments.values()))
    return (*own, *theirs)


def _about(instrument: InstrumentId, others: Iterable[Instrument]) -> Iterator[tuple[Instrument, LawRelation]]:
    yield from ((other, one) for other in others for one in other.relations if one.target == instrument)


def _own(one: LawRelation, register: Register, language: str) -> Related:
    linked = one.target in register.instruments
    return Related(
        word=TYPES[one.type][0] if one.type in TYPES else one.type,
        title=_title(one.target, register, language),
        url=instrument_url(one.target) if linked else "",
        article=one.article or "",
        place=_place(one.article, register, language),
        test=_TESTS.get(one.test or "", ""),
        summary=one.summary,
        certainty=cited(one.confidence),
        source=source(one.source),
        fact=one.fact,
        on=one.date,
        unread=one.operative_part_read is False,
    )


def _theirs(one: LawRelation, other: Instrument, register: Register, language: str) -> Related:
    return Related(
        word=TYPES[one.type][1] if one.type in TYPES else one.type,
        title=other.title(language),
        url=instrument_url(other.id),
        article=one.article or "",
        place=_place(one.article, register, language, other.id),
        test=_TESTS.get(one.test or "", ""),
        summary=one.summary,
        certainty=cited(one.confidence),
        source=source(one.source),
        fact=one.fact,
        on=one.date,
        unread=one.operative_part_read is False,
    )


def _place(article: str | None, register: Register, language: str, of: str = "") -> str:
    """Where a relation stands; the register writes `id:article` where that is another instrument than the one that states it."""
    if not article:
        return ""
    named, colon, found = article.rpartition(":")
    where = named if colon and named in register.instruments else of
    return citation_words(register, where, found, language) if where else article_words(article)


def _title(target: str, register: Register, language: str) -> Words:
    if target in _GROUPS:
        return _GROUPS[target]
    document = register.documents.get(target)
    if document:
        return document.title_ru if language == "ru" else document.title_en
    return instrument_title(register, target, language)
