"""What follows from an answer: contents, terms, conditions, grounds, checks, and by which way the request goes.

What an article says stands beside that article. Items of one article stand together, so that it is named once.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Protocol, TypeVar

from django.utils.text import capfirst
from django.utils.translation import gettext, gettext_lazy

from comity.desk.components.model import Certainty, Citation, Standing, Words
from comity.desk.law.words import cited_words, language_name, length_words
from comity.desk.matters.citations import cited, state_name
from comity.law import (
    Attachment,
    Basis,
    Bound,
    Channel,
    Condition,
    Confidence,
    Ground,
    Languages,
    Purpose,
    Register,
    Required,
    TimeLimit,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing an article says, and in a second line why or under which limits."""

    text: Words
    note: Words = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster:
    """What one article says. `title`: of which sort it is, where a part has several. `standings`: how each State stands to it."""

    items: tuple[Item, ...]
    citation: Citation | None = None
    title: Words = ""
    standings: tuple[Standing, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of the answer. `silent` is said where the instruments name nothing."""

    anchor: str
    title: Words
    clusters: tuple[Cluster, ...]
    silent: Words = ""

    @property
    def count(self) -> int:
        """How many things it names."""
        return sum(len(cluster.items) for cluster in self.clusters)


# What follows from the instruments


def work(basis: Basis, register: Register, language: str) -> Iterator[Part]:
    """What the request must hold, why it may be refused, and human rights last."""
    yield Part(
        anchor="contents",
        title=gettext("What the request contains"),
        clusters=(*_contents(basis, register, language), *_annexes(basis, register, language)),
        silent=gettext("The register holds no contents of such a request under these instruments."),
    )
    yield Part(
        anchor="grounds",
        title=gettext("Grounds for refusal"),
        clusters=(*_grounds(basis, register, language, mandatory=True), *_grounds(basis, register, language, mandatory=False)),
        silent=gettext("The register holds no grounds for refusal under these instruments."),
    )
    yield Part(anchor="checks", title=gettext("Human rights, checked last"), clusters=tuple(_checks(basis, language)))


def beside(basis: Basis, register: Register, language: str) -> Iterator[Part]:
    """Within which time, on which conditions, by which way."""
    yield Part(
        anchor="limits",
        title=gettext("Time limits"),
        clusters=tuple(_clusters(basis.time_limits, register, language, lambda one: _limit(one, register, language))),
        silent=gettext("The law sets no term: no instrument that applies names one."),
    )
    yield Part(
        anchor="conditions",
        title=gettext("Conditions"),
        clusters=tuple(_clusters(basis.conditions, register, language, lambda one: _condition(one, register, language))),
        silent=gettext("The register holds no conditions under these instruments."),
    )
    yield from way(basis, register, language)


class _Sourced(Protocol):
    """An element of an answer that an article gives."""

    @property
    def instrument(self) -> str: ...
    @property
    def article(self) -> str | None: ...
    @property
    def confidence(self) -> Confidence: ...


_S = TypeVar("_S", bound=_Sourced)


def _clusters(elements: Iterable[_S], register: Register, language: str, say: Callable[[_S], Item], title: Words = "") -> Iterator[Cluster]:
    """Elements as clusters, one for each run of the same article; the first one bears the title."""
    for (instrument, article, confidence), group in groupby(elements, key=lambda one: (one.instrument, one.article, one.confidence)):
        items = tuple(dict.fromkeys(say(one) for one in group))
        yield Cluster(items=items, citation=cited_words(register, instrument, article, confidence, language), title=title)
        title = ""


def _contents(basis: Basis, register: Register, language: str) -> Iterator[Cluster]:
    def said(one: Required) -> Item:
        field = register.fields[one.field]
        return Item(text=field.label(language), note=field.why(language))

    return _clusters(basis.required, register, language, said)


_PURPOSES = (
    (Purpose.ANY, gettext_lazy("Annexed")),
    (Purpose.PROSECUTION, gettext_lazy("Annexed, where the person is wanted for prosecution")),
    (Purpose.ENFORCEMENT, gettext_lazy("Annexed, where a sentence is to be enforced")),
)


def _annexes(basis: Basis, register: Register, language: str) -> Iterator[Cluster]:
    def said(one: Attachment) -> Item:
        field = register.fields[one.field]
        return Item(text=field.label(language), note=field.why(language))

    for purpose, title in _PURPOSES:
        yield from _clusters((one for one in basis.attachments if one.purpose is purpose), register, language, said, title)


def _limit(one: TimeLimit, register: Register, language: str) -> Item:
    label = capfirst(register.label("limit", one.topic, language))
    said = [length_words(one.length, one.unit, language)]
    if one.longest:
        said.append(gettext("at most %(length)s") % {"length": length_words(one.longest, one.unit, language)})
    if one.extension:
        said.append(gettext("extendable by %(length)s") % {"length": length_words(one.extension, one.unit, language)})
    return Item(text=f"{label}: {', '.join(said)}")


def _condition(one: Condition, register: Register, language: str) -> Item:
    label = capfirst(register.label("condition", one.code, language))
    if one.state:
        summary = one.summary_ru if language == "ru" else one.summary
        return Item(text=summary, note=gettext("Declaration of: %(state)s") % {"state": state_name(one.state, language)})
    return Item(text=label if one.value is None else f"{label}: {one.value}")


def _grounds(basis: Basis, register: Register, language: str, *, mandatory: bool) -> Iterator[Cluster]:
    def said(one: Ground) -> Item:
        notes = []
        if one.assurance_possible:
            notes.append(gettext("Unless assurances are given."))
        if one.state:
            notes.append(gettext("Declaration of: %(state)s") % {"state": state_name(one.state, language)})
        return Item(text=capfirst(register.label("ground", one.code, language)), note=" ".join(notes))

    title = gettext("Must be refused") if mandatory else gettext("May be refused")
    return _clusters((one for one in basis.refusal if one.mandatory is mandatory), register, language, said, title)


_BINDS = {
    Bound.YES: gettext_lazy("%(state)s is bound"),
    Bound.NO: gettext_lazy("%(state)s is not bound"),
    Bound.UNKNOWN: gettext_lazy("%(state)s: not known whether bound"),
}


def _checks(basis: Basis, language: str) -> Iterator[Cluster]:
    for check in basis.human_rights:
        title, rule = (check.title_ru, check.rule_ru) if language == "ru" else (check.title_en, check.rule_en)
        standings = tuple(
            Standing(
                text=str(_BINDS[bound]) % {"state": state_name(state, language)},
                certainty=Certainty.OPEN if bound is Bound.UNKNOWN else None,
            )
            for state, bound in check.binds
        )
        note = gettext("A hit bars help, whatever the treaty says.") if check.absolute else ""
        yield Cluster(
            items=(Item(text=rule, note=note),),
            citation=Citation(text=title, certainty=cited(check.confidence)),
            standings=standings,
        )


# By which way


def way(basis: Basis, register: Register, language: str) -> Iterator[Part]:
    """By which channel, in which language, from whom to whom."""

    def channel(one: Channel) -> Item:
        note = gettext("Open beside the main way.") if one.optional else ""
        return Item(text=capfirst(register.label("channel", one.code, language)), note=note)

    def languages(one: Languages) -> Item:
        names = capfirst(", ".join(language_name(code, register, language) for code in one.codes))
        note = gettext("Declaration of: %(state)s") % {"state": state_name(one.state, language)} if one.state else ""
        return Item(text=names, note=note)

    yield Part(
        anchor="channel",
        title=gettext("By which way"),
        clusters=tuple(_clusters(basis.channels, register, language, channel)),
        silent=gettext("No instrument that applies names a channel."),
    )
    yield Part(
        anchor="languages",
        title=gettext("In which language"),
        clusters=tuple(_clusters(basis.languages, register, language, languages)),
        silent=gettext("No instrument that applies names a language."),
    )
    yield Part(
        anchor="authorities",
        title=gettext("From whom to whom"),
        clusters=tuple(_authorities(basis, language)),
        silent=gettext("The register holds no authority for such requests."),
    )


_STAGES = {"pre-trial": gettext_lazy("%(state)s, before trial"), "court": gettext_lazy("%(state)s, in court")}


def _authorities(basis: Basis, language: str) -> Iterator[Cluster]:
    for one in basis.authorities:
        state = state_name(one.state, language)
        note = str(_STAGES[one.stage]) % {"state": state} if one.stage in _STAGES else state
        yield Cluster(items=(Item(text=one.name(language), note=note),), standings=(Standing(text="", certainty=cited(one.confidence)),))
