"""What an answer of the law says: a `Basis` and its elements, each with the instrument and article it comes from.

Everything is frozen. An answer never hides what it is not sure of: the status of each State, what was left out and why, and the doubts with
what would settle them are part of it.
"""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from comity.identifiers import InstrumentId, StateCode
from comity.law.confirmation import NO_FACT, FactId
from comity.law.model import Authority, Confidence, Status, Unit
from comity.law.reckoning import SILENT, Reckoning


class Bound(StrEnum):
    """Whether a State is bound on a date: the register may not know."""

    YES = "yes"
    UNKNOWN = "unknown"
    NO = "no"


class BasisKind(StrEnum):
    """What a request can rest on."""

    TREATY = "treaty"
    RECIPROCITY = "reciprocity"
    NONE = "none"


class Certainty(StrEnum):
    """`certain` only where every status it rests on is settled on the date and was read in a source."""

    CERTAIN = "certain"
    UNCERTAIN = "uncertain"


class Role(StrEnum):
    """Why an instrument is in an answer: it carries the request, stands behind it, or serves one step of it."""

    PRIMARY = "primary"
    RESERVE = "reserve"
    SUPPLEMENT = "supplement"


class Why(StrEnum):
    """Why an instrument is left out of an answer."""

    NOT_BOUND = "not-bound"
    NOT_IN_FORCE = "not-in-force"
    STATUS_UNKNOWN = "status-unknown"
    NOT_RESEARCHED = "not-researched"
    WITHDRAWN = "withdrawn"
    SUSPENDED = "suspended"
    DECLARED_AWAY = "declared-away"
    SUPERSEDED = "superseded"
    RESIDUAL = "residual"
    OFFENCE_NOT_COVERED = "offence-not-covered"
    OTHER_KIND = "other-kind"
    NO_BASIS = "no-basis"
    NEVER_ALONE = "never-alone"
    POLICE_LEVEL = "police-level"
    BASE_NOT_APPLIED = "base-not-applied"
    NOT_FOUND = "not-found"
    OFFENCE_BEFORE = "offence-before"


class DoubtKind(StrEnum):
    """What kind of thing is not sure in an answer."""

    STATUS = "status"
    UNVERIFIED = "unverified"
    NOT_RESEARCHED = "not-researched"
    BILATERAL = "bilateral"
    DECLARATION = "declaration"
    SUSPENSION = "suspension"
    RESERVATION = "reservation"
    TAKES_AS_BASIS = "takes-as-basis"
    OPEN_QUESTION = "open-question"
    ORDER = "order"
    OFFENCE = "offence"
    OFFENCE_DATE = "offence-date"
    LATER = "later"
    NO_DUTY = "no-duty"
    NATIONAL_LAW = "national-law"
    SILENT = "silent"
    UNREAD = "unread"
    RIGHTS = "rights"
    AUTHORITY = "authority"
    NO_AUTHORITY = "no-authority"
    REVIEW = "review"


class Part(StrEnum):
    """A part of an answer that can be uncertain on its own; `instruments` is what the request rests on."""

    INSTRUMENTS = "instruments"
    CHANNEL = "channel"
    AUTHORITIES = "authorities"
    LANGUAGES = "languages"
    REQUIRED = "required"
    FORM = "form"
    CONDITIONS = "conditions"
    TIME_LIMITS = "time-limits"
    REFUSAL = "refusal"
    RULES = "rules"
    HUMAN_RIGHTS = "human-rights"


class Purpose(StrEnum):
    """For which form of a request an annex is asked: any, to prosecute, or to enforce a sentence."""

    ANY = "any"
    PROSECUTION = "prosecution"
    ENFORCEMENT = "enforcement"


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """Where something stands: instrument (its id and title), article when known, where it was read, and how sure that is."""

    instrument: str
    title: str
    article: str | None
    source: str
    confidence: Confidence
    fact: FactId = dataclasses.field(default=NO_FACT, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Why a State counts as bound, not bound or unknown on the date. `verified`: every fact it rests on was read in the source."""

    state: StateCode
    bound: Bound
    status: Status | None
    source: str
    confidence: Confidence
    verified: bool
    since: date | None = None
    not_earlier_than: date | None = None
    not_later_than: date | None = None
    until: date | None = None
    computed: bool = False
    note: str = ""
    fact: FactId = dataclasses.field(default=NO_FACT, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Applied:
    """An instrument in an answer, with the status of both States (requesting first). `certainty` is its own."""

    id: InstrumentId
    role: Role
    certainty: Certainty
    evidence: tuple[Evidence, Evidence]


@dataclass(frozen=True, slots=True, kw_only=True)
class Excluded:
    """An instrument that must not be proposed, and why; `states` are those the reason lies with, `by` the instrument that displaces it."""

    id: InstrumentId
    why: Why
    source: str
    confidence: Confidence
    article: str | None = None
    states: tuple[StateCode, ...] = ()
    by: str | None = None
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """By which way the request goes. `optional`: a way open beside the main one."""

    code: str
    article: str | None
    instrument: str
    source: str
    confidence: Confidence
    optional: bool = False
    fact: FactId = dataclasses.field(default=NO_FACT, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Languages:
    """In which languages the request may be written: ISO codes, or words such as `state-language`.

    `state`: whose declaration says so, when it is not in the instrument itself.
    """

    codes: tuple[str, ...]
    article: str | None
    instrument: str
    source: str
    confidence: Confidence
    state: StateCode | None = None
    fact: FactId = dataclasses.field(default=NO_FACT, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Required:
    """One thing the request must contain, and the article that asks for it."""

    field: str
    article: str | None
    instrument: str
    source: str
    confidence: Confidence
    fact: FactId = dataclasses.field(default=NO_FACT, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """One paper that must go with the request, for its purpose, and the article that asks for it."""

    field: str
    purpose: Purpose
    article: str | None
    instrument: str
    source: str
    confidence: Confidence
    fact: FactId = dataclasses.field(default=NO_FACT, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One thing that is asked, once, with everyone who asks: contents of the request, or an annex for its purpose."""

    field: str
    purpose: Purpose | None
    by: "tuple[Required | Attachment, ...]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """In which form the request and its annexes go: signed, sealed, certified, legalised or not. `code`: a word of the group `form`."""

    code: str
    article: str | None
    instrument: str
    source: str
    confidence: Confidence
    fact: FactId = dataclasses.field(default=NO_FACT, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What an instrument says on a point no other element holds: speciality, nationals, transit, costs. `topic`: a word of the register."""

    topic: str
    summary: str
    summary_ru: str
    article: str | None
    instrument: str
    source: str
    confidence: Confidence
    fact: FactId = dataclasses.field(default=NO_FACT, compare=False)

    def words(self, language: str) -> str:
        """The rule in `language` (en or ru)."""
        return self.summary_ru if language == "ru" else self.summary


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeLimit:
    """A time limit: `length` in `unit`, at most `longest`, extendable by `extension`, all in the same unit. Days are calendar days.

    `longest_unit` is the unit of `longest` where it is another one; `reckoning`: what the source says about the count.
    `topic` is a word of the group `limit` in the register; `summary` is the rule in English, `summary_ru` in Russian.
    """

    topic: str
    length: int
    unit: Unit
    article: str | None
    instrument: str
    source: str
    confidence: Confidence
    summary: str
    summary_ru: str = ""
    longest: int | None = None
    longest_unit: Unit | None = None
    extension: int | None = None
    reckoning: Reckoning = SILENT
    fact: FactId = dataclasses.field(default=NO_FACT, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """A ground for refusal. `state`: whose reservation gives it, when it is not in the instrument itself."""

    code: str
    mandatory: bool
    article: str | None
    instrument: str
    source: str
    confidence: Confidence
    assurance_possible: bool = False
    state: StateCode | None = None
    fact: FactId = dataclasses.field(default=NO_FACT, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """What must be so for the instrument to serve: a threshold, dual criminality, consent. `value` is a number where there is one."""

    code: str
    value: int | None
    article: str | None
    instrument: str
    source: str
    confidence: Confidence
    summary: str
    summary_ru: str = ""
    state: StateCode | None = None
    effect: str | None = None
    fact: FactId = dataclasses.field(default=NO_FACT, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class HumanRightsCheck:
    """A check to make before surrender or help. `absolute`: a hit bars it whatever a treaty says. `binds`: which of the two States."""

    id: str
    title_en: str
    title_ru: str
    rule_en: str
    rule_ru: str
    grounds: tuple[str, ...]
    absolute: bool
    binds: tuple[tuple[StateCode, Bound], ...]
    source: str
    confidence: Confidence
    fact: FactId = dataclasses.field(default=NO_FACT, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """Something an answer cannot be sure of. What it is, where it lies and what would settle it follow from its kind (`law.explain`).

    `instruments`, `states` and `article` name where; `question` is the id of an open legal question, whose words stand in the register;
    `point` is the matter on which the instruments are silent. One that `unsettles` makes uncertain what the request rests on; `parts`
    are all the parts of the answer it touches.
    """

    kind: DoubtKind
    unsettles: bool = False
    instruments: tuple[str, ...] = ()
    states: tuple[StateCode, ...] = ()
    question: str | None = None
    point: str | None = None
    article: str | None = None
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """The answer: what a request of this kind between these States can rest on, on this date, and what follows from it.

    `committed`: the day of the offence, where it was named.
    """

    requesting: StateCode
    requested: StateCode
    kind: str
    on: date
    offence_area: str | None
    basis: BasisKind
    certainty: Certainty
    primary: tuple[Applied, ...]
    subsidiary: tuple[Applied, ...]
    order_is_open: bool
    excluded: tuple[Excluded, ...]
    reciprocity: tuple[Citation, ...]
    channels: tuple[Channel, ...]
    authorities: tuple[Authority, ...]
    languages: tuple[Languages, ...]
    required: tuple[Required, ...]
    attachments: tuple[Attachment, ...]
    form: tuple[Form, ...]
    conditions: tuple[Condition, ...]
    time_limits: tuple[TimeLimit, ...]
    refusal: tuple[Ground, ...]
    rules: tuple[Rule, ...]
    human_rights: tuple[HumanRightsCheck, ...]
    doubts: tuple[Doubt, ...]
    register: str
    committed: date | None = None

    @property
    def parts(self) -> Mapping[Part, Certainty]:
        """How sure each part of the answer is: uncertain where a doubt touches it. The doubt says why and what would settle it."""
        touched = {part for doubt in self.doubts for part in doubt.parts}
        return {part: Certainty.UNCERTAIN if part in touched else Certainty.CERTAIN for part in Part}

    @property
    def researched(self) -> bool:
        """Whether it was looked up what binds the two States; where not, an answer without a treaty is no finding that there is none."""
        unseen = (DoubtKind.NOT_RESEARCHED, DoubtKind.BILATERAL)
        return not any(doubt.kind in unseen and doubt.unsettles for doubt in self.doubts)

    @property
    def applied(self) -> tuple[Applied, ...]:
        """Primary, then subsidiary instruments."""
        return self.primary + self.subsidiary

    @property
    def asked(self) -> tuple[Asked, ...]:
        """The union of what is asked: each thing once, contents before annexes, with every article that asks for it."""
        found: dict[tuple[str, Purpose | None], list[Required | Attachment]] = {}
        for required in self.required:
            found.setdefault((required.field, None), []).append(required)
        for annex in self.attachments:
            found.setdefault((annex.field, annex.purpose), []).append(annex)
        return tuple(Asked(field=field, purpose=purpose, by=tuple(by)) for (field, purpose), by in found.items())

    @property
    def channel(self) -> str | None:
        """The channel, where the instruments name one and agree on it."""
        codes = {channel.code for channel in self.channels if not channel.optional}
        return codes.pop() if len(codes) == 1 else None

    @property
    def language_codes(self) -> tuple[str, ...]:
        """The languages of all instruments that state any, each once, in order."""
        return tuple(dict.fromkeys(code for rule in self.languages for code in rule.codes))
