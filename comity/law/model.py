"""What the register of law holds: instruments, who is bound by them, their rules, authorities, checks, words.

Everything is frozen, and every fact carries the source it was read in and how sure it is. Kinds of request, offence areas, channels,
grounds and required contents are words of the register (`words.toml`, `fields.toml`), not of the code: lawyers mend them there.
"""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from comity.errors import ComityError
from comity.identifiers import InstrumentId, StateCode
from comity.law.calendars import Calendar
from comity.law.confirmation import NO_FACT, Confirmation, FactId
from comity.law.faults import Fault
from comity.law.reckoning import SILENT, Reckoning

if TYPE_CHECKING:  # a term holds a time limit of an answer, which the model knows nothing of
    from comity.law.terms import Term


class LawDataError(ComityError):
    """A file of the register cannot be used; `where` names the file, the table such as `party 3 (TJ)` and the key.

    `fault` is the same in parts, which can be said in other languages.
    """

    def __init__(self, what: str, *, where: str = "", next_step: str = "", fault: Fault | None = None) -> None:
        super().__init__(what, where=where, next_step=next_step)
        self.fault = fault


class UnknownWordError(ComityError):
    """A question uses a State, kind of request or offence area that the register does not know; `known` lists those it does.

    `template` is the sentence in English, marked for translation, with the place {word}. `near`: the known words that may be meant;
    `labels`: what the known words are called, English and Russian. `law.misasked` says all of it in either language.
    """

    def __init__(
        self,
        what: str,
        *,
        word: str,
        known: tuple[str, ...],
        near: tuple[str, ...] = (),
        labels: Mapping[str, tuple[str, str]] | None = None,
    ) -> None:
        meant = f"Did you mean {', '.join(near)}? " if near else ""
        super().__init__(what.replace("{word}", word), next_step=f"{meant}Known are: {', '.join(known)}.")
        self.template = what
        self.word = word
        self.known = known
        self.near = near
        self.labels = labels or {}


class UnknownDayError(UnknownWordError):
    """A question asks about a day of which nothing is known: before 1991, or before `state` existed. `since`: the first day known."""

    def __init__(self, what: str, *, day: date, since: date, state: StateCode | None = None) -> None:
        super().__init__(what.format(word=day, since=since, state=state), word=day.isoformat(), known=(since.isoformat(),))
        self.next_step = f"Ask about {since} or a later day."
        self.template = what
        self.day = day
        self.since = since
        self.state = state


class Confidence(StrEnum):
    """How a fact came into the register. `unverified` is never shown as certain."""

    VERIFIED = "verified"
    UNVERIFIED = "unverified"


class Tier(StrEnum):
    """The place of an instrument in the order of precedence, first to last."""

    BILATERAL = "bilateral"
    SPECIAL = "regional-special"
    GENERAL = "regional-general"
    REGIONAL_SECTORAL = "regional-sectoral"
    SECTORAL = "sectoral"
    UNIVERSAL = "universal"

    @property
    def rank(self) -> int:
        """0 for the first in order; all agreements on certain offences share a rank. Source: docs/law-register.md, step 8."""
        return _RANKS[self]


_RANKS = {
    Tier.BILATERAL: 0,
    Tier.SPECIAL: 1,
    Tier.GENERAL: 2,
    Tier.REGIONAL_SECTORAL: 3,
    Tier.SECTORAL: 3,
    Tier.UNIVERSAL: 4,
}


class Status(StrEnum):
    """What is known of a State's acts towards an instrument. Only `party` (or `withdrawn`, before the withdrawal) can bind."""

    PARTY = "party"
    WITHDRAWN = "withdrawn"
    SIGNATORY = "signatory"
    INVITED = "invited"
    RATIFIED = "ratified"
    CONCLUDED = "concluded"
    DRAFT = "draft-approved"
    NONE = "none"
    NOT_FOUND = "not-found"
    UNKNOWN = "unknown"


class Unit(StrEnum):
    """Units of a time limit; `days` are calendar days."""

    HOURS = "hours"
    DAYS = "days"
    WORKING_DAYS = "working-days"
    MONTHS = "months"
    YEARS = "years"


# What the register holds


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """One State and one instrument. Dates are exact, or bounds of the day the State became bound; see `law.status`."""

    state: StateCode
    status: Status
    source: str
    confidence: Confidence
    signed: date | None = None
    ratified: date | None = None
    deposited: date | None = None
    in_force: date | None = None
    in_force_not_earlier_than: date | None = None
    in_force_not_later_than: date | None = None
    withdrawn: date | None = None
    withdrawn_not_later_than: date | None = None
    suspended_with: tuple[StateCode, ...] = ()
    suspended_from: date | None = None
    suspended_until: date | None = None
    reservations: tuple[str, ...] = ()
    central_authority: str = ""
    unverified_fields: tuple[str, ...] = ()
    computed_fields: tuple[str, ...] = ()
    note: str = ""
    fact: FactId = field(default=NO_FACT, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Declaration:
    """What a State's reservation or declaration does to an instrument, in words the engine can use; `effect` as in the reference page."""

    state: StateCode
    effect: str
    summary: str
    summary_ru: str
    source: str
    confidence: Confidence
    towards: tuple[StateCode, ...] = ()
    article: str | None = None
    articles: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    grounds: tuple[str, ...] = ()
    mandatory: bool = False
    languages: tuple[str, ...] = ()
    min_sentence_months: int | None = None
    since: date | None = None
    until: date | None = None
    fact: FactId = field(default=NO_FACT, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Provision:
    """One rule of an instrument with its machine values. `kinds` are the kinds of request it speaks of; `all` is every kind."""

    topic: str
    kinds: tuple[str, ...]
    summary: str
    source: str
    confidence: Confidence
    article: str | None = None
    summary_ru: str = ""
    form: tuple[str, ...] = ()
    limit: str | None = None
    length: int | None = None
    unit: Unit | None = None
    longest: int | None = None
    extension: int | None = None
    reckoning: Reckoning = SILENT
    channel: str | None = None
    languages: tuple[str, ...] = ()
    grounds: tuple[str, ...] = ()
    required_fields: tuple[str, ...] = ()
    attachments_prosecution: tuple[str, ...] = ()
    attachments_enforcement: tuple[str, ...] = ()
    min_penalty_years: int | None = None
    min_sentence_months: int | None = None
    min_remaining_months: int | None = None
    dual_criminality: bool | None = None
    consent_required: bool | None = None
    legalisation_required: bool | None = None
    death_penalty_excluded: bool | None = None
    usable_as_basis: str | None = None
    rule: str | None = None
    applies_only_without_treaty: bool = False
    added_by: InstrumentId | None = None
    amended_by: InstrumentId | None = None
    replaces_article: str | None = None
    human_rights_flag: bool = False
    aut_dedere: bool = False
    assurance_possible: bool = False
    optional: bool = False
    declaration_based: bool = False
    offence_date_rule: str | None = None
    conditions: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    entry_after_days: int | None = None
    notice_months: int | None = None
    term_years: int | None = None
    ratifications_needed: int | None = None
    note: str = ""
    fact: FactId = field(default=NO_FACT, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """How an instrument stands to another, to all bilateral treaties, or to a court's decision."""

    type: str
    target: str
    summary: str
    source: str
    confidence: Confidence
    article: str | None = None
    test: str | None = None
    kinds: tuple[str, ...] = ()
    date: "date | None" = None
    operative_part_read: bool | None = None
    fact: FactId = field(default=NO_FACT, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Instrument:
    """A convention, protocol, agreement or bilateral treaty.

    `base` is the convention it amends or supplements, without which it says nothing. `never_alone`: kinds it serves but cannot carry.
    """

    id: InstrumentId
    title_en: str
    title_ru: str
    tier: Tier
    kinds: tuple[str, ...]
    offence_areas: tuple[str, ...]
    opened: date | None
    parties: Mapping[StateCode, Party]
    short_en: str = ""
    short_ru: str = ""
    place: str = ""
    depositary: str = ""
    region: str = ""
    scope: str = ""
    entry_into_force: date | None = None
    never_in_force: bool = False
    base: InstrumentId | None = None
    never_alone: tuple[str, ...] = ()
    article_numbers_reliable: bool = True
    provisions: tuple[Provision, ...] = ()
    declarations: tuple[Declaration, ...] = ()
    relations: tuple[Relation, ...] = ()
    sources: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    def title(self, language: str) -> str:
        """The short title in `language` (en or ru), or the full one where there is no short one."""
        return (self.short_ru or self.title_ru) if language == "ru" else (self.short_en or self.title_en)


@dataclass(frozen=True, slots=True, kw_only=True)
class Authority:
    """A body that sends, receives or decides for a State. `stage`: all, pre-trial or court."""

    state: StateCode
    kinds: tuple[str, ...]
    name_en: str
    name_ru: str
    stage: str
    competence: str
    source: str
    confidence: Confidence
    name_kk: str = ""
    unit: str = ""
    note: str = ""
    fact: FactId = field(default=NO_FACT, compare=False)

    def name(self, language: str) -> str:
        """The body's name in `language` (en or ru)."""
        return self.name_ru if language == "ru" else self.name_en


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckParty:
    """Since when, and until when, a human-rights instrument binds a State; bounds where the day was not seen."""

    state: StateCode
    since: date | None = None
    since_not_earlier_than: date | None = None
    since_not_later_than: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """A human-rights rule applied on top of every answer. `researched`: the States whose status was looked up."""

    id: str
    title_en: str
    title_ru: str
    kinds: tuple[str, ...]
    rule_en: str
    rule_ru: str
    grounds: tuple[str, ...]
    bound: Mapping[StateCode, CheckParty]
    researched: tuple[StateCode, ...]
    source: str
    confidence: Confidence
    unverified_fields: tuple[str, ...] = ()
    note: str = ""
    fact: FactId = field(default=NO_FACT, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class NationalLaw:
    """A State's own rules: the basis where no treaty is left, and a supplement to silent treaties."""

    id: InstrumentId
    state: StateCode
    title_en: str
    title_ru: str
    use: str
    provisions: tuple[Provision, ...]
    source: str
    confidence: Confidence
    adopted: date | None = None
    in_force: date | None = None
    unverified_fields: tuple[str, ...] = ()
    fact: FactId = field(default=NO_FACT, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A text instruments refer to that is no instrument of the register: a court's decision, a protocol not yet concluded."""

    id: str
    title_en: str
    title_ru: str
    date: "date | None"
    source: str
    confidence: Confidence
    fact: FactId = field(default=NO_FACT, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A legal question nobody has answered yet. Where it `unsettles`, an answer resting on these instruments is uncertain."""

    id: str
    instruments: tuple[InstrumentId, ...]
    text_en: str
    text_ru: str
    settles_en: str
    settles_ru: str
    unsettles: bool
    source: str
    confidence: Confidence
    states: tuple[StateCode, ...] = ()
    pairs: tuple[frozenset[StateCode], ...] = ()
    kinds: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    fact: FactId = field(default=NO_FACT, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A word with its labels. `part_of`: the wider kind whose rules also apply; `absolute`: a ground no treaty overrides.

    `shown`: a topic whose rules an answer tells in their own words.
    """

    group: str
    code: str
    en: str
    ru: str
    part_of: str | None = None
    absolute: bool = False
    shown: bool = False

    def label(self, language: str) -> str:
        """The label in `language` (en or ru)."""
        return self.ru if language == "ru" else self.en


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldWord:
    """A name used in `required_fields` or `attachments_*`: what to call it and why it is asked. `about`: what it asks for, in one word."""

    name: str
    about: str
    label_en: str
    label_ru: str
    why_en: str
    why_ru: str

    def label(self, language: str) -> str:
        """What to call it in `language` (en or ru)."""
        return self.label_ru if language == "ru" else self.label_en

    def why(self, language: str) -> str:
        """Why it is asked, in one line, in `language` (en or ru)."""
        return self.why_ru if language == "ru" else self.why_en


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterFile:
    """A file as it was read: its name, for people, and its values by key."""

    name: str
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Register:
    """All law data of one release. `release` is the SHA-256 of its content, whatever the order of its files. Compared by identity.

    `places`: the place of each instrument in the order of precedence, 0 first. `bilateral_of`: the States whose bilateral treaties were
    collected, and whether that list is complete. `by_state`: for each State the instruments in which it has a row, in order of precedence.
    `events`: the days on which an answer for a State can change, in order. `files`: the files by id as they count here, `shared`: as every
    office has them; the two differ by the `overlay`, what this office confirmed (`law.overlay`). The release is that of `shared`.
    `existing`: since when States exist that are younger than 1991. `compiled`: what happened after that day is not in the register.
    """

    release: str
    instruments: Mapping[InstrumentId, Instrument]
    authorities: tuple[Authority, ...]
    checks: tuple[Check, ...]
    national: Mapping[StateCode, NationalLaw]
    questions: tuple[Question, ...]
    documents: Mapping[str, Document]
    bilateral_of: Mapping[StateCode, bool]
    words: Mapping[str, Mapping[str, Word]]
    fields: Mapping[str, FieldWord]
    states: tuple[StateCode, ...]
    places: Mapping[InstrumentId, int] = field(repr=False)
    by_state: Mapping[StateCode, tuple[InstrumentId, ...]] = field(repr=False)
    events: Mapping[StateCode, tuple[date, ...]] = field(repr=False)
    files: Mapping[str, RegisterFile] = field(repr=False)
    shared: Mapping[str, RegisterFile] = field(repr=False)
    overlay: tuple[Confirmation, ...] = ()
    calendars: Mapping[StateCode, Calendar] = field(repr=False, default_factory=dict)
    terms: "tuple[Term, ...]" = field(repr=False, default=())
    existing: Mapping[StateCode, date] = field(default_factory=dict)
    compiled: date | None = None

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of request a question may name."""
        return tuple(self.words["kind"])

    @property
    def offence_areas(self) -> tuple[str, ...]:
        """The offence areas a question may name."""
        return tuple(self.words["offence-area"])

    def knows(self, state: str) -> bool:
        """Whether any fact of the register is about this State."""
        return state in self.by_state

    def last_event(self, state: StateCode, on: date) -> date:
        """The last day before or on `on` on which something changed for this State; the earliest day there is, if none."""
        days = self.events.get(state, ())
        place = bisect_right(days, on)
        return days[place - 1] if place else date.min

    def label(self, group: str, code: str, language: str) -> str:
        """The label of a word; the code itself for a word of a later release."""
        word = self.words.get(group, {}).get(code)
        return word.label(language) if word else code
