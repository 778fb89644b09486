"""The list of States, and the page of one: what binds it since when, who acts for it, its law, its rights, its calendar, its terms."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from comity.desk.components import dates
from comity.desk.components.model import Certainty, Words
from comity.desk.law.acting import KindLine, acting
from comity.desk.law.instruments import REGIONS
from comity.desk.law.open_questions import OpenQuestion, concerning, open_questions
from comity.desk.law.question import region
from comity.desk.law.rules import Topic, kinds_words, topics
from comity.desk.law.sources import Source, source
from comity.desk.law.standing import Bond, Tally, bond, tally
from comity.desk.law.words import instrument_url, state_url
from comity.desk.law.year import Year, year
from comity.desk.matters.citations import cited, state_name
from comity.identifiers import StateCode
from comity.law import Check, Confidence, NationalLaw, Register, Tier
from comity.law.explain import length_words
from comity.law.matrix import NOT_TREATIES, Mark
from comity.law.terms import Term

# The list


@dataclass(frozen=True, slots=True, kw_only=True)
class StateLine:
    """One State in the list. `tally` counts the instruments that list it."""

    code: str
    name: str
    url: str
    tally: Tally
    bilateral: Words
    authorities: int
    national: bool
    calendar: Words


def listed(register: Register, on: date, language: str) -> tuple[tuple[StateLine, ...], tuple[StateLine, ...]]:
    """The States of the region, then the others, each by name."""
    near = set(region(register))
    lines = sorted((_line(register, state, on, language) for state in register.states), key=lambda line: line.name)
    return tuple(line for line in lines if line.code in near), tuple(line for line in lines if line.code not in near)


def _line(register: Register, state: StateCode, on: date, language: str) -> StateLine:
    calendar = register.calendars.get(state)
    until = _("known to %(year)s") % {"year": calendar.decreed_until} if calendar and calendar.decreed_until else ""
    return StateLine(
        code=state,
        name=state_name(state, language),
        url=state_url(state),
        tally=tally(register, ((state, name) for name in register.by_state.get(state, ())), on),
        bilateral=_COLLECTED[register.bilateral_of.get(state)],
        authorities=sum(one.state == state for one in register.authorities),
        national=state in register.national,
        calendar=until or (_("decrees not known") if calendar else ""),
    )


_COLLECTED: dict[bool | None, Words] = {
    True: gettext_lazy("collected"),
    False: gettext_lazy("collected in part"),
    None: gettext_lazy("not collected"),
}


# The page of one


@dataclass(frozen=True, slots=True, kw_only=True)
class BoundLine:
    """One instrument as it stands for this State on the day."""

    id: str
    title: str
    url: str
    kinds: str
    bond: Bond
    others: str
    source: Source
    fact: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BoundGroup:
    """The instruments of one house."""

    title: Words
    lines: tuple[BoundLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RightsLine:
    """One human-rights check: whether its treaty binds the State; `treaty` False: it rests on no treaty and is always made."""

    title: str
    rule: str
    bond: Bond
    treaty: bool
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Own:
    """The State's own law on cooperation."""

    title: str
    since: str
    use: str
    topics: tuple[Topic, ...]
    certainty: Certainty | None
    source: Source

    @property
    def rules(self) -> int:
        """How many rules it has here."""
        return sum(len(topic.rules) for topic in self.topics)


@dataclass(frozen=True, slots=True, kw_only=True)
class TermLine:
    """A term of the State's own law: how long, by which act; `length` empty: looked for and not found."""

    id: str
    title: str
    length: str
    rule: str
    law: str
    article: str
    certainty: Certainty | None
    source: Source | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StatePage:
    """Everything the register holds of one State, as the page shows it. `unsettled`: bilateral treaties that do not bind, or may not."""

    code: str
    name: str
    lead: str
    groups: tuple[BoundGroup, ...]
    bilateral: tuple[BoundLine, ...]
    unsettled: tuple[BoundLine, ...]
    collected: str
    kinds: tuple[KindLine, ...]
    rights: tuple[RightsLine, ...]
    own: Own | None
    questions: tuple[OpenQuestion, ...]
    terms: tuple[TermLine, ...]
    year: Year | None
    calendar_source: Source | None
    calendar_sure: Certainty | None
    neighbours: tuple[tuple[str, str], ...]

    @property
    def count(self) -> int:
        """How many instruments list the State, bilateral treaties apart."""
        return sum(len(group.lines) for group in self.groups)

    @property
    def treaties(self) -> int:
        """How many bilateral treaties list it."""
        return len(self.bilateral) + len(self.unsettled)


def page(register: Register, state: StateCode, on: date, shown_year: int, language: str) -> StatePage:
    """The page of one State on a day, with the calendar of a year."""
    lines = [_bound(register, state, name, on, language) for name in register.by_state.get(state, ())]
    bilateral = tuple(line for line in lines if _region(register, line.id) == "")
    calendar = register.calendars.get(state)
    return StatePage(
        code=state,
        name=state_name(state, language),
        lead=_lead([line.bond for line in lines]),
        groups=tuple(_groups(register, lines)),
        bilateral=tuple(line for line in bilateral if line.bond.bound),
        unsettled=tuple(line for line in bilateral if not line.bond.bound),
        collected=_collected(register, state),
        kinds=tuple(acting(register, state, [line.id for line in lines if line.bond.bound], language)),
        rights=tuple(_rights(check, register, state, on, language) for check in register.checks),
        own=_own(register.national[state], register, language) if state in register.national else None,
        questions=open_questions(concerning(register, state), register, language),
        terms=tuple(_term(one, register, language) for one in register.terms if one.state == state),
        year=year(calendar, shown_year, language) if calendar else None,
        calendar_source=source(calendar.source) if calendar else None,
        calendar_sure=cited(calendar.confidence) if calendar else None,
        neighbours=tuple(_neighbours(register, state, language)),
    )


def _neighbours(register: Register, state: StateCode, language: str) -> Iterator[tuple[str, str]]:
    """The other States of the region by name, each with the page of the pair."""
    for name, other in sorted((state_name(other, language), other) for other in region(register) if other != state):
        yield name, reverse("law:pair", args=[state, other])


def _lead(bonds: list[Bond]) -> str:
    bound = sum(one.bound for one in bonds)
    read = sum(one.bound and one.certainty is Certainty.VERIFIED for one in bonds)
    said = _("Bound by %(bound)s of the %(rows)s instruments that list it; for %(read)s of them that was read in a source.")
    return said % {"bound": bound, "rows": len(bonds), "read": read}


def _region(register: Register, instrument: str) -> str:
    found = register.instruments[instrument]  # type: ignore[index]  # an id by its text
    return "" if found.tier is Tier.BILATERAL else found.region


_FIRST = (Mark.IN_FORCE, Mark.UNVERIFIED, Mark.SUSPENDED, Mark.UNCERTAIN, Mark.LEFT, Mark.SIGNED, Mark.NOT_BOUND, Mark.NOT_RESEARCHED)


def _groups(register: Register, lines: Iterable[BoundLine]) -> Iterator[BoundGroup]:
    found: dict[str, list[BoundLine]] = {house: [] for house in REGIONS if house}
    for line in lines:
        if house := _region(register, line.id):
            found.setdefault(house, []).append(line)
    for house, held in found.items():
        if held:
            ordered = sorted(held, key=lambda line: _FIRST.index(line.bond.mark))
            yield BoundGroup(title=REGIONS.get(house, house), lines=tuple(ordered))


def _bound(register: Register, state: StateCode, instrument: str, on: date, language: str) -> BoundLine:
    found = register.instruments[instrument]  # type: ignore[index]  # as above
    others = sorted(state_name(one, language) for one in found.parties if one != state) if found.tier is Tier.BILATERAL else ()
    return BoundLine(
        id=found.id,
        title=found.title(language),
        url=instrument_url(found.id),
        kinds=kinds_words(found.kinds, register, language),
        bond=bond(register, state, found.id, on, language),
        others=", ".join(others),
        source=source(found.parties[state].source),
        fact=found.parties[state].fact,
    )


def _collected(register: Register, state: StateCode) -> str:
    match register.bilateral_of.get(state):
        case True:
            return _("The bilateral treaties of this State were collected.")
        case False:
            return _("The bilateral treaties of this State were collected in part: one that is missing here may exist.")
    return _("The bilateral treaties of this State were not collected; those shown come from the lists of other States.")


# Rights, own law, terms


def _rights(check: Check, register: Register, state: StateCode, on: date, language: str) -> RightsLine:
    russian = language == "ru"
    return RightsLine(
        title=check.title_ru if russian else check.title_en,
        rule=check.rule_ru if russian else check.rule_en,
        bond=bond(register, state, check.id, on, language),
        treaty=check.id not in NOT_TREATIES,
        source=source(check.source),
    )


def _own(law: NationalLaw, register: Register, language: str) -> Own:
    since = law.in_force or law.adopted
    return Own(
        title=law.title_ru if language == "ru" else law.title_en,
        since=_("in force since %(day)s") % {"day": dates.full(since)} if since else "",
        use=law.use,
        topics=topics(law.provisions, register, language),
        certainty=Certainty.UNVERIFIED if law.unverified_fields or law.confidence is Confidence.UNVERIFIED else Certainty.VERIFIED,
        source=source(law.source),
    )


def _term(one: Term, register: Register, language: str) -> TermLine:
    limit = one.limit
    return TermLine(
        id=one.id,
        title=capfirst(register.label("limit", one.topic, language)),
        length=_length(one, language),
        rule=one.rule(language),
        law=one.law(language),
        article=limit.article or "" if limit else "",
        certainty=cited(limit.confidence) if limit else Certainty.OPEN,
        source=source(limit.source) if limit else None,
    )


def _length(one: Term, language: str) -> str:
    limit = one.limit
    if limit is None:
        return ""
    said = [length_words(limit.length, limit.unit, language)]
    if limit.longest:
        said.append(_("at most %(length)s") % {"length": length_words(limit.longest, limit.longest_unit or limit.unit, language)})
    if limit.extension:
        said.append(_("extendable by %(length)s") % {"length": length_words(limit.extension, limit.unit, language)})
    return ", ".join(said)
