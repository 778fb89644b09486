"""What follows from an answer: contents, terms, conditions, grounds, checks, and by which way the request goes.

What an article says stands beside that article. Items of one article stand together, so that it is named once.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Protocol, TypeVar

from django.utils.text import capfirst
from django.utils.translation import gettext, gettext_lazy

from comity.desk.components.model import Certainty, Citation, Standing, Words
from comity.desk.law.words import cited_words, language_name, length_words
from comity.desk.matters.citations import cited, state_name
from comity.law import Basis, Bound, Channel, Condition, Confidence, Ground, Languages, Purpose, Register, Rule, TimeLimit
from comity.law import Certainty as CertaintyOfLaw
from comity.law import Part as PartOfLaw


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing an article says, and in a second line why or under which limits."""

    text: Words
    note: Words = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster:
    """What one article says, or several say alike. `title`: of which sort it is, where a part has several. `standings`: of each State."""

    items: tuple[Item, ...]
    citations: tuple[Citation, ...] = ()
    title: Words = ""
    standings: tuple[Standing, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of the answer. `sure` False: a doubt touches it. `silent` is said where the instruments name nothing."""

    anchor: str
    title: Words
    clusters: tuple[Cluster, ...]
    sure: bool = True
    silent: Words = ""

    @property
    def count(self) -> int:
        """How many things it names."""
        return sum(len(cluster.items) for cluster in self.clusters)


# What follows from the instruments


def work(basis: Basis, register: Register, language: str) -> Iterator[Part]:
    """What the request must hold and in which form, why it may be refused, and human rights last."""
    said = _Maker(basis, register, language)
    yield Part(
        anchor="contents",
        title=gettext("What the request contains"),
        clusters=tuple(_asked(basis, register, language)),
        sure=said.sure(PartOfLaw.REQUIRED),
        silent=gettext("The register holds no contents of such a request under these instruments."),
    )
    yield Part(
        anchor="form",
        title=gettext("In which form"),
        clusters=tuple(said.clusters(basis.form, lambda one: Item(text=capfirst(register.label("form", one.code, language))))),
        sure=said.sure(PartOfLaw.FORM),
        silent=gettext("No instrument that applies says in which form it goes."),
    )
    yield Part(
        anchor="grounds",
        title=gettext("Grounds for refusal"),
        clusters=(*_grounds(said, mandatory=True), *_grounds(said, mandatory=False)),
        sure=said.sure(PartOfLaw.REFUSAL),
        silent=gettext("The register holds no grounds for refusal under these instruments."),
    )
    yield Part(
        anchor="checks",
        title=gettext("Human rights, checked last"),
        clusters=tuple(_checks(basis, language)),
        sure=said.sure(PartOfLaw.HUMAN_RIGHTS),
        silent=gettext("The register holds no check for such a request."),
    )


def beside(basis: Basis, register: Register, language: str) -> Iterator[Part]:
    """Within which time, on which conditions, by which way, and what else is said."""
    said = _Maker(basis, register, language)
    yield Part(
        anchor="limits",
        title=gettext("Time limits"),
        clusters=tuple(said.clusters(basis.time_limits, lambda one: _limit(one, register, language))),
        sure=said.sure(PartOfLaw.TIME_LIMITS),
        silent=gettext("The law sets no term: no instrument that applies names one."),
    )
    yield from _way(said)
    yield Part(
        anchor="conditions",
        title=gettext("Conditions"),
        clusters=tuple(said.clusters(basis.conditions, lambda one: _condition(one, register, language))),
        sure=said.sure(PartOfLaw.CONDITIONS),
        silent=gettext("The register holds no conditions under these instruments."),
    )
    yield Part(
        anchor="rules",
        title=gettext("Other rules"),
        clusters=tuple(said.clusters(basis.rules, lambda one: _rule(one, register, language))),
        sure=said.sure(PartOfLaw.RULES),
        silent=gettext("The register holds no other rules under these instruments."),
    )


class _Sourced(Protocol):
    """An element of an answer that an article gives."""

    @property
    def instrument(self) -> str: ...
    @property
    def article(self) -> str | None: ...
    @property
    def confidence(self) -> Confidence: ...


_S = TypeVar("_S", bound=_Sourced)


class _Maker:
    """Puts elements of one answer into clusters, in the words of the page."""

    def __init__(self, basis: Basis, register: Register, language: str) -> None:
        self.basis, self.register, self.language = basis, register, language

    def sure(self, part: PartOfLaw) -> bool:
        """Whether no doubt touches this part."""
        return self.basis.parts[part] is CertaintyOfLaw.CERTAIN

    def clusters(self, elements: Iterable[_S], say: Callable[[_S], Item], title: Words = "") -> Iterator[Cluster]:
        """One cluster for each run of the same article; the first one bears the title."""
        for _place, group in groupby(elements, key=_place_of):
            run = tuple(group)
            yield Cluster(items=tuple(dict.fromkeys(say(one) for one in run)), citations=(self.cited(run[0]),), title=title)
            title = ""

    def cited(self, one: _Sourced) -> Citation:
        """Where it stands."""
        return cited_words(self.register, one.instrument, one.article, one.confidence, self.language)


def _place_of(one: _Sourced) -> tuple[str, str | None, Confidence]:
    return (one.instrument, one.article, one.confidence)


_PURPOSES: Mapping[Purpose | None, Words] = {
    None: "",
    Purpose.ANY: gettext_lazy("Annexed"),
    Purpose.PROSECUTION: gettext_lazy("Annexed, where the person is wanted for prosecution"),
    Purpose.ENFORCEMENT: gettext_lazy("Annexed, where a sentence is to be enforced"),
}


def _asked(basis: Basis, register: Register, language: str) -> Iterator[Cluster]:
    """What is asked, each thing once, with every article that asks for it."""
    maker = _Maker(basis, register, language)
    before: Purpose | None = None
    for (purpose, _places), group in groupby(basis.asked, key=lambda one: (one.purpose, tuple(_place_of(by) for by in one.by))):
        run = tuple(group)
        fields = [register.fields[one.field] for one in run]
        yield Cluster(
            items=tuple(Item(text=field.label(language), note=field.why(language)) for field in fields),
            citations=tuple(maker.cited(by) for by in run[0].by),
            title=_PURPOSES[purpose] if purpose is not before else "",
        )
        before = purpose


def _rule(one: Rule, register: Register, language: str) -> Item:
    return Item(text=capfirst(register.label("topic", one.topic, language)), note=one.words(language))


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


def _grounds(maker: _Maker, *, mandatory: bool) -> Iterator[Cluster]:
    register, language = maker.register, maker.language

    def said(one: Ground) -> Item:
        notes = []
        if one.assurance_possible:
            notes.append(gettext("Unless assurances are given."))
        if one.state:
            notes.append(gettext("Declaration of: %(state)s") % {"state": state_name(one.state, language)})
        return Item(text=capfirst(register.label("ground", one.code, language)), note=" ".join(notes))

    title = gettext("Must be refused") if mandatory else gettext("May be refused")
    return maker.clusters((one for one in maker.basis.refusal if one.mandatory is mandatory), said, title)


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
            citations=(Citation(text=title, certainty=cited(check.confidence)),),
            standings=standings,
        )


# By which way


def _way(maker: _Maker) -> Iterator[Part]:
    basis, register, language = maker.basis, maker.register, maker.language

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
        clusters=tuple(maker.clusters(basis.channels, channel)),
        sure=maker.sure(PartOfLaw.CHANNEL),
        silent=gettext("No instrument that applies names a channel."),
    )
    yield Part(
        anchor="languages",
        title=gettext("In which language"),
        clusters=tuple(maker.clusters(basis.languages, languages)),
        sure=maker.sure(PartOfLaw.LANGUAGES),
        silent=gettext("No instrument that applies names a language."),
    )
    yield Part(
        anchor="authorities",
        title=gettext("From whom to whom"),
        clusters=tuple(_authorities(basis, language)),
        sure=maker.sure(PartOfLaw.AUTHORITIES),
        silent=gettext("The register holds no authority for such requests."),
    )


_STAGES = {"pre-trial": gettext_lazy("%(state)s, before trial"), "court": gettext_lazy("%(state)s, in court")}


def _authorities(basis: Basis, language: str) -> Iterator[Cluster]:
    for one in basis.authorities:
        state = state_name(one.state, language)
        note = str(_STAGES[one.stage]) % {"state": state} if one.stage in _STAGES else state
        yield Cluster(items=(Item(text=one.name(language), note=note),), standings=(Standing(text="", certainty=cited(one.confidence)),))
