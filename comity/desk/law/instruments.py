"""The list of instruments, and the page of one: who is bound since when, what it says, how it stands to others, what is open."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from comity.desk.components import dates
from comity.desk.components.model import Certainty, Words
from comity.desk.law.bars import Bars, bars
from comity.desk.law.heads import GROUPS
from comity.desk.law.open_questions import OpenQuestion, open_questions, touching
from comity.desk.law.relations import Related, relations
from comity.desk.law.rules import Topic, article_words, kinds_words, topics
from comity.desk.law.sources import Source, source
from comity.desk.law.standing import Act, Bond, Tally, acts, bond, states_of, tally
from comity.desk.law.words import instrument_url, language_name
from comity.desk.matters.citations import cited, state_name
from comity.identifiers import StateCode
from comity.law import Instrument, Register, Tier
from comity.law.matrix import REGION, RIGHTS
from comity.law.model import Declaration

REGIONS: dict[str, Words] = {**{group: title for group, title in GROUPS.items() if group != RIGHTS}, "": gettext_lazy("Bilateral treaties")}
"""The houses in which instruments were made, in the order of the list; an unknown one stands under its own word."""


# The list


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One instrument in the list. `tally` counts the States it lists; a bilateral treaty names its two `states`."""

    id: str
    title: str
    full: str
    url: str
    year: int | None
    kinds: str
    tally: Tally
    states: str
    note: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The instruments of one house."""

    title: Words
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the list is narrowed to; empty is everything. `words` are looked for in the titles and the id."""

    words: str = ""
    kind: str = ""
    state: str = ""


def listed(register: Register, on: date, language: str, asked: Asked) -> tuple[Group, ...]:
    """The instruments that were asked for, by house, oldest first."""
    found: dict[str, list[Line]] = {region: [] for region in REGIONS}
    for one in sorted(register.instruments.values(), key=lambda one: (one.opened or date.max, one.id)):
        if fits(one, asked):
            found.setdefault(_region(one), []).append(_line(register, one, on, language))
    return tuple(Group(title=REGIONS.get(region, region), lines=tuple(lines)) for region, lines in found.items() if lines)


def _region(one: Instrument) -> str:
    return "" if one.tier is Tier.BILATERAL else one.region


def fits(one: Instrument, asked: Asked) -> bool:
    """Whether an instrument is one of those asked for."""
    titles = f"{one.id} {one.title_en} {one.title_ru} {one.short_en} {one.short_ru}".casefold()
    return (
        all(word in titles for word in asked.words.casefold().split())
        and (not asked.kind or asked.kind in one.kinds)
        and (not asked.state or asked.state in one.parties)
    )


def _line(register: Register, one: Instrument, on: date, language: str) -> Line:
    counted = tally(register, ((state, one.id) for state in one.parties), on)
    title = one.title(language)
    full = one.title_ru if language == "ru" else one.title_en
    two = one.tier is Tier.BILATERAL
    return Line(
        id=one.id,
        title=title,
        full="" if full == title or two else full,
        url=instrument_url(one.id),
        year=one.opened.year if one.opened else None,
        kinds=kinds_words(one.kinds, register, language),
        tally=counted,
        states=", ".join(sorted(state_name(state, language) for state in one.parties)) if two else "",
        note=_("Not in force anywhere yet") if one.never_in_force else "",
    )


# The page of one


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One line of what the instrument is: a label and its value."""

    label: Words
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyRow:
    """One State's row: its standing on the day, every dated act, what it reserved, and where that was read."""

    state: str
    bond: Bond
    acts: tuple[Act, ...]
    towards: str
    reservations: tuple[str, ...]
    central_authority: str
    note: str
    source: Source
    fact: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclarationRow:
    """What a State declared, and what that does."""

    state: str
    name: str
    effect: str
    details: tuple[str, ...]
    summary: str
    certainty: Certainty | None
    source: Source
    fact: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InstrumentPage:
    """Everything the register holds of one instrument, as the page shows it."""

    id: str
    title: str
    full: str
    lead: str
    facts: tuple[Fact, ...]
    warnings: tuple[Words, ...]
    bars: Bars
    parties: tuple[PartyRow, ...]
    unresearched: tuple[str, ...]
    topics: tuple[Topic, ...]
    declarations: tuple[DeclarationRow, ...]
    relations: tuple[Related, ...]
    protocols: tuple[tuple[str, str], ...]
    questions: tuple[OpenQuestion, ...]
    sources: tuple[Source, ...]
    notes: tuple[str, ...]

    @property
    def rules(self) -> int:
        """How many rules it has here."""
        return sum(len(topic.rules) for topic in self.topics)


def page(register: Register, one: Instrument, on: date, language: str, *, today: date | None = None) -> InstrumentPage:
    """The page of one instrument on a day; `today` is how far its bars go on."""
    title = one.title(language)
    full = one.title_ru if language == "ru" else one.title_en
    parties = tuple(_party(register, one, state, on, language) for state in states_of(one, language))
    return InstrumentPage(
        id=one.id,
        title=title,
        full="" if full == title else full,
        lead=_lead(parties),
        facts=tuple(_facts(register, one, language)),
        warnings=tuple(_warnings(register, one, language)),
        bars=bars(register, one, on, language, until=today),
        parties=parties,
        unresearched=tuple(sorted(state_name(state, language) for state in REGION if state not in one.parties))
        if one.tier is not Tier.BILATERAL
        else (),
        topics=topics(one.provisions, register, language),
        declarations=tuple(_declaration(each, register, language) for each in one.declarations),
        relations=relations(one, register, language),
        protocols=tuple(
            (other.title(language), instrument_url(other.id)) for other in register.instruments.values() if other.base == one.id
        ),
        questions=open_questions(touching(register, one.id), register, language),
        sources=tuple(source(written) for written in one.sources),
        notes=one.notes,
    )


def _lead(parties: tuple[PartyRow, ...]) -> str:
    bound = sum(row.bond.bound for row in parties)
    read = sum(row.bond.bound and row.bond.certainty is Certainty.VERIFIED for row in parties)
    said = _("Binds %(bound)s of the %(rows)s States listed; for %(read)s of them that was read in a source.")
    return said % {"bound": bound, "rows": len(parties), "read": read}


def _facts(register: Register, one: Instrument, language: str) -> Iterator[Fact]:
    if one.opened:
        made = dates.full(one.opened)
        yield Fact(label=_("Made"), value=f"{pgettext('place', one.place)}, {made}" if one.place else made)
    if one.entry_into_force:
        yield Fact(label=_("In force since"), value=dates.full(one.entry_into_force))
    if one.depositary:
        yield Fact(label=_("Depositary"), value=pgettext("depositary", one.depositary))
    yield Fact(label=_("Place in the order"), value=capfirst(register.label("tier", one.tier.value, language)))
    yield Fact(label=_("For"), value=kinds_words(one.kinds, register, language))
    areas = ", ".join(register.label("offence-area", code, language) for code in one.offence_areas)
    yield Fact(label=_("Offences"), value=areas)
    if one.base:
        yield Fact(label=_("Stands and falls with"), value=register.instruments[one.base].title(language))


def _warnings(register: Register, one: Instrument, language: str) -> Iterator[Words]:
    if one.never_in_force:
        yield _("Not in force: it binds nobody yet.")
    if not one.article_numbers_reliable:
        yield _("The article numbers of this instrument were not read in its text: check them before you cite one.")
    if one.never_alone:
        yield _("Never carries a request alone: %(kinds)s.") % {"kinds": kinds_words(one.never_alone, register, language)}


def _party(register: Register, one: Instrument, state: str, on: date, language: str) -> PartyRow:
    row = one.parties[StateCode(state)]
    return PartyRow(
        state=state,
        bond=bond(register, state, one.id, on, language),
        acts=tuple(acts(row)),
        towards=", ".join(state_name(code, language) for code in row.suspended_with),
        reservations=row.reservations,
        central_authority=row.central_authority,
        note=row.note,
        source=source(row.source),
        fact=row.fact,
    )


def _declaration(one: Declaration, register: Register, language: str) -> DeclarationRow:
    return DeclarationRow(
        state=one.state,
        name=state_name(one.state, language),
        effect=capfirst(register.label("effect", one.effect, language)),
        details=tuple(_details(one, register, language)),
        summary=one.summary_ru if language == "ru" else one.summary,
        certainty=cited(one.confidence),
        source=source(one.source),
        fact=one.fact,
    )


def _details(one: Declaration, register: Register, language: str) -> Iterator[str]:
    articles = one.articles or ((one.article,) if one.article else ())
    if articles:
        yield ", ".join(article_words(article) for article in articles)
    if one.towards:
        yield _("towards: %(states)s") % {"states": ", ".join(state_name(code, language) for code in one.towards)}
    if one.kinds:
        yield kinds_words(one.kinds, register, language)
    if one.grounds:
        label = _("must be refused: %(grounds)s") if one.mandatory else _("may be refused: %(grounds)s")
        yield label % {"grounds": ", ".join(register.label("ground", code, language) for code in one.grounds)}
    if one.languages:
        yield ", ".join(language_name(code, register, language) for code in one.languages)
    if one.min_sentence_months is not None:
        yield f"{register.label('condition', 'min-sentence-months', language)}: {one.min_sentence_months}"
