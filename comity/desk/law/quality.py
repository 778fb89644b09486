"""How far the register can be relied on: what was read, by kind of fact, instrument and State; what is not known; where it was read.

Every share stands with its base: how many of how many. A fact counts as read where its row was read and no key of it is still from memory.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from comity.desk.components.model import Words
from comity.desk.law.instruments import REGIONS
from comity.desk.law.open_questions import OpenQuestion, open_questions
from comity.desk.law.sources import source
from comity.desk.law.words import instrument_url, state_url
from comity.desk.matters.citations import state_name
from comity.law import Confidence, Instrument, Party, Register, Status, Tier
from comity.law.addresses import HEAD, Fact, facts


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """How many of how many."""

    part: int
    whole: int

    @property
    def percent(self) -> float:
        """The share as a width, 0 to 100."""
        return round(self.part / self.whole * 100, 2) if self.whole else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class KindRow:
    """Facts of one kind, and how many of them were read."""

    title: Words
    read: Share


@dataclass(frozen=True, slots=True, kw_only=True)
class InstrumentRow:
    """One instrument: parties and rules that were read, rules whose article is known, questions that are open."""

    title: str
    url: str
    parties: Share
    rules: Share
    articles: Share
    questions: int


@dataclass(frozen=True, slots=True, kw_only=True)
class InstrumentGroup:
    """The instruments of one house."""

    title: Words
    rows: tuple[InstrumentRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StateRow:
    """One State: rows that were read, rows in which the day is known, rows of which it is not known whether it is bound."""

    name: str
    url: str
    read: Share
    dated: Share
    unknown: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Something the register does not know: what, how many of how many, and what that means for an answer."""

    title: Words
    share: Share
    means: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRow:
    """A place where facts were read, and how many."""

    text: str
    url: str
    facts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class QualityPage:
    """The state of the register as one page. `whole` counts facts of law, `calendars` the days of calendars apart."""

    release: str
    lead: str
    whole: Share
    calendars: Share
    kinds: tuple[KindRow, ...]
    groups: tuple[InstrumentGroup, ...]
    states: tuple[StateRow, ...]
    gaps: tuple[Gap, ...]
    questions: tuple[OpenQuestion, ...]
    sources: tuple[SourceRow, ...]
    memory: int


# A register is the same only where it is the same object: another release, or another confirmation of the office, is another one.
@lru_cache(maxsize=4)
def page(register: Register, language: str) -> QualityPage:
    """The quality of a register, in the language of the page."""
    known = tuple(facts(register).values())
    law = [fact for fact in known if not _of_calendar(fact)]
    whole = _read(law)
    return QualityPage(
        release=register.release,
        lead=_("%(read)s of %(all)s facts were read in a source.") % {"read": whole.part, "all": whole.whole},
        whole=whole,
        calendars=_read(fact for fact in known if _of_calendar(fact)),
        kinds=tuple(_kinds(law)),
        groups=tuple(_groups(register, language)),
        states=tuple(sorted((_state(register, state, language) for state in register.states), key=lambda row: row.name)),
        gaps=tuple(_gaps(register)),
        questions=open_questions(register.questions, register, language),
        sources=tuple(_sources(law)),
        memory=sum(not source(one.source).url for one in law),
    )


def _read(known: Iterable[Fact]) -> Share:
    counted = Counter(fact.doubtful for fact in known)
    return Share(part=counted[False], whole=counted.total())


# By kind of fact


def _of_calendar(fact: Fact) -> bool:
    """Whether it is a day of a calendar: those come from a library, all alike, and would drown the law in any count."""
    return fact.file.startswith("calendar-")


_KINDS: dict[str, Words] = {
    "party": gettext_lazy("Parties of conventions"),
    "treaty": gettext_lazy("Bilateral treaties"),
    "provision": gettext_lazy("Rules"),
    "declaration": gettext_lazy("Declarations"),
    "relation": gettext_lazy("Relations between instruments"),
    "authority": gettext_lazy("Authorities"),
    "check": gettext_lazy("Human-rights checks"),
    HEAD: gettext_lazy("States’ own laws"),
    "term": gettext_lazy("Terms of States’ own laws"),
    "question": gettext_lazy("Open questions"),
    "document": gettext_lazy("Documents referred to"),
    "existence": gettext_lazy("Since when States exist"),
}


def _kinds(known: Iterable[Fact]) -> Iterator[KindRow]:
    found: dict[str, list[Fact]] = {kind: [] for kind in _KINDS}
    for fact in known:
        found.setdefault(fact.table, []).append(fact)
    for kind, held in found.items():
        if held:
            yield KindRow(title=_KINDS.get(kind, kind), read=_read(held))


# By instrument and State


def _sure(row: Party) -> bool:
    return row.confidence is Confidence.VERIFIED and not row.unverified_fields


def _dated(row: Party) -> bool:
    """Whether the day is known on which the State became bound, or that it never did."""
    return row.in_force is not None or row.status in {Status.NONE, Status.SIGNATORY, Status.INVITED, Status.NOT_FOUND, Status.DRAFT}


def _groups(register: Register, language: str) -> Iterator[InstrumentGroup]:
    found: dict[str, list[InstrumentRow]] = {house: [] for house in REGIONS}
    for one in register.instruments.values():
        house = "" if one.tier is Tier.BILATERAL else one.region
        found.setdefault(house, []).append(_instrument(register, one, language))
    for house, rows in found.items():
        if rows:
            yield InstrumentGroup(title=REGIONS.get(house, house), rows=tuple(sorted(rows, key=lambda row: row.title)))


def _instrument(register: Register, one: Instrument, language: str) -> InstrumentRow:
    return InstrumentRow(
        title=one.title(language),
        url=instrument_url(one.id),
        parties=Share(part=sum(_sure(row) for row in one.parties.values()), whole=len(one.parties)),
        rules=Share(part=sum(rule.confidence is Confidence.VERIFIED for rule in one.provisions), whole=len(one.provisions)),
        articles=Share(part=sum(bool(rule.article) for rule in one.provisions), whole=len(one.provisions)),
        questions=sum(one.id in question.instruments for question in register.questions),
    )


def _state(register: Register, state: str, language: str) -> StateRow:
    rows = [one.parties[state] for one in register.instruments.values() if state in one.parties]  # type: ignore[index]  # a State by its code
    return StateRow(
        name=state_name(state, language),
        url=state_url(state),
        read=Share(part=sum(_sure(row) for row in rows), whole=len(rows)),
        dated=Share(part=sum(_dated(row) for row in rows), whole=len(rows)),
        unknown=sum(row.status is Status.UNKNOWN for row in rows),
    )


# What is not known


def _gaps(register: Register) -> Iterator[Gap]:
    rows = [row for one in register.instruments.values() for row in one.parties.values()]
    rules = [rule for one in register.instruments.values() for rule in one.provisions]
    conventions = [one for one in register.instruments.values() if one.tier is not Tier.BILATERAL]
    yield Gap(
        title=_("Parties whose day is not known"),
        share=Share(part=sum(not _dated(row) for row in rows), whole=len(rows)),
        means=_("Between the bounds an answer is uncertain."),
    )
    yield Gap(
        title=_("Parties of which nobody knows whether they are bound"),
        share=Share(part=sum(row.status is Status.UNKNOWN for row in rows), whole=len(rows)),
        means=_("The instrument may stand beside an answer and makes it uncertain."),
    )
    yield Gap(
        title=_("Rules whose article is not known"),
        share=Share(part=sum(not rule.article for rule in rules), whole=len(rules)),
        means=_("They are shown as “article not known”; no request should cite them so."),
    )
    yield Gap(
        title=_("Conventions whose article numbers were not read"),
        share=Share(part=sum(not one.article_numbers_reliable for one in conventions), whole=len(conventions)),
        means=_("Check every article number of these before you cite it."),
    )
    yield from _gaps_of_states(register)


def _gaps_of_states(register: Register) -> Iterator[Gap]:
    whole = len(register.states)
    acting = {one.state for one in register.authorities}
    yield Gap(
        title=_("States whose bilateral treaties were not collected, or in part"),
        share=Share(part=sum(register.bilateral_of.get(state) is not True for state in register.states), whole=whole),
        means=_("A bilateral treaty that goes first may be missing."),
    )
    yield Gap(
        title=_("States whose own law is not held"),
        share=Share(part=sum(state not in register.national for state in register.states), whole=whole),
        means=_("Whether such a State helps on reciprocity is not known."),
    )
    yield Gap(
        title=_("States without an authority"),
        share=Share(part=sum(state not in acting for state in register.states), whole=whole),
        means=_("To whom a request goes must be asked."),
    )
    yield Gap(
        title=_("States without a calendar"),
        share=Share(part=sum(state not in register.calendars for state in register.states), whole=whole),
        means=_("Working days cannot be counted there."),
    )


# Sources


def _sources(known: Iterable[Fact]) -> Iterator[SourceRow]:
    """Places by how many facts were read there; what was read nowhere is counted apart."""
    read = [source(fact.source) for fact in known]
    counted = Counter(one.text for one in read if one.url)
    for text, number in sorted(counted.items(), key=lambda one: (-one[1], one[0])):
        yield SourceRow(text=text, url=f"https://{text}", facts=number)
