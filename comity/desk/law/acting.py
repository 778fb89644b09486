"""Who acts for a State, and by which way requests go, kind by kind."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from comity.desk.components.model import Certainty, Citation, Words
from comity.desk.law.sources import Source, source
from comity.desk.law.words import cited_words
from comity.desk.matters.citations import cited
from comity.identifiers import StateCode
from comity.law import Authority, Register


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorityLine:
    """A body that acts for the State: in which stage, for what, and how sure that is."""

    name: str
    own_name: str
    stage: Words
    unit: str
    competence: str
    note: str
    certainty: Certainty | None
    source: Source
    fact: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """A channel, and the instruments in force for the State that name it."""

    text: str
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class KindLine:
    """For one kind of request, or for those that are alike in this: who acts, and by which ways requests go."""

    title: str
    authorities: tuple[AuthorityLine, ...]
    ways: tuple[Way, ...]


_STAGES: dict[str, Words] = {"pre-trial": gettext_lazy("before trial"), "court": gettext_lazy("in court")}


def acting(register: Register, state: StateCode, binding: Sequence[str], language: str) -> Iterator[KindLine]:
    """By kind of request who acts for a State, and which ways the instruments that bind it give; kinds that are alike stand together."""
    alike: dict[tuple[tuple[AuthorityLine, ...], tuple[Way, ...]], list[str]] = {}
    for kind in register.kinds:
        asked = _with_wider(register, kind)
        bodies = tuple(_authority(one, language) for one in register.authorities if one.state == state and asked & {*one.kinds})
        ways = tuple(_ways(register, binding, asked, language))
        if bodies or ways:
            alike.setdefault((bodies, ways), []).append(register.label("kind", kind, language))
    for (bodies, ways), titles in alike.items():
        yield KindLine(title=capfirst("; ".join(titles)), authorities=bodies, ways=ways)


def _authority(one: Authority, language: str) -> AuthorityLine:
    return AuthorityLine(
        name=one.name(language),
        own_name=one.name_kk,
        stage=_STAGES.get(one.stage, ""),
        unit=one.unit,
        competence=one.competence,
        note=one.note,
        certainty=cited(one.confidence),
        source=source(one.source),
        fact=one.fact,
    )


def _with_wider(register: Register, kind: str) -> frozenset[str]:
    """A kind and the wider one whose rules and authorities serve it too."""
    return frozenset(filter(None, (kind, register.words["kind"][kind].part_of)))


def _ways(register: Register, binding: Iterable[str], asked: frozenset[str], language: str) -> Iterator[Way]:
    found: dict[tuple[str, bool], list[Citation]] = {}
    for name in binding:
        one = register.instruments[name]  # type: ignore[index]  # as above
        for rule in one.provisions if asked & set(one.kinds) else ():
            if rule.channel and {*asked, "all"} & set(rule.kinds):
                citation = cited_words(register, name, rule.article, rule.confidence, language)
                found.setdefault((rule.channel, rule.optional), []).append(citation)
    for (channel, optional), citations in found.items():
        label = capfirst(register.label("channel", channel, language))
        text = _("%(channel)s (also open)") % {"channel": label} if optional else label
        yield Way(text=text, citations=tuple(dict.fromkeys(citations)))
