"""The shapes of what the API says of the law. Dates are `2026-11-22`; codes are words of the register, labels in the caller's language."""

from typing import Any

from ninja import Schema


class CitationOut(Schema):
    """Where something stands, where it was read, and how sure that is. `article` is null where the register does not know it."""

    instrument: str
    title: str
    article: str | None
    source: str
    confidence: str


class SentenceOut(Schema):
    """One numbered sentence of an explanation."""

    number: int
    section: str
    text: str
    citations: list[CitationOut]


class DoubtOut(Schema):
    """What an answer cannot be sure of, and what would settle it. One that `unsettles` makes the whole answer uncertain."""

    kind: str
    unsettles: bool
    what: str
    settles: str
    instruments: list[str]
    states: list[str]
    question: str | None


class AnswerOut(Schema):
    """The answer to one question: `answer` as `comity explain --json` gives it, its explanation, its doubts, its page and its PDF."""

    answer: dict[str, Any]
    sentences: list[SentenceOut]
    doubts: list[DoubtOut]
    page: str
    pdf: str
    release: str


class ChangeOut(Schema):
    """A dated event that made an answer differ from the one before."""

    on: str
    kind: str
    state: str | None
    instrument: str | None
    towards: list[str]
    words: str
    source: str
    confidence: str


class PeriodOut(Schema):
    """Days with one answer, both ends included; `until` null is open."""

    since: str
    until: str | None
    basis: str
    certainty: str
    order_is_open: bool
    primary: list[str]
    subsidiary: list[str]
    changes: list[ChangeOut]


class HistoryOut(Schema):
    """What applied between two States when, without a gap."""

    requesting: str
    requested: str
    kind: str
    offence_area: str | None
    periods: list[PeriodOut]
    release: str


class ColumnOut(Schema):
    """An instrument, or a human-rights check (group `rights`)."""

    id: str
    title: str
    group: str
    year: int | None


class CellOut(Schema):
    """One State and one column. `mark`: in-force, unverified, uncertain, signed, suspended, left, not-bound, not-researched."""

    column: str
    mark: str
    words: str
    since: str | None
    bound_by: str | None
    towards: list[str]


class RowOut(Schema):
    """A State and its cells, in the order of the columns."""

    state: str
    name: str
    cells: list[CellOut]


class MatrixOut(Schema):
    """Who is bound by what on a day."""

    on: str
    columns: list[ColumnOut]
    rows: list[RowOut]
    release: str


class InstrumentLine(Schema):
    """An instrument in a list. Of the `listed` States `bound` are bound on the day; of these, for `read` that was read in a source."""

    id: str
    title: str
    title_en: str
    title_ru: str
    tier: str
    region: str
    opened: str | None
    kinds: list[str]
    listed: int
    bound: int
    read: int
    uncertain: int


class InstrumentsOut(Schema):
    """The instruments that were asked for, on a day."""

    on: str
    instruments: list[InstrumentLine]
    release: str


class PartyOut(Schema):
    """One State under an instrument: its mark on the day and every date of its row, exact or a bound."""

    state: str
    name: str
    mark: str
    words: str
    status: str
    dates: dict[str, str]
    unverified: list[str]
    computed: list[str]
    suspended_with: list[str]
    reservations: list[str]
    central_authority: str
    note: str
    source: str
    confidence: str


class ValueOut(Schema):
    """A machine value in words."""

    label: str
    items: list[str]


class RuleOut(Schema):
    """One rule: its topic, article (null: not known), kinds of request, summary, and its machine values as codes and in words."""

    topic: str
    topic_label: str
    article: str | None
    kinds: list[str]
    summary: str
    values: list[ValueOut]
    machine: dict[str, Any]
    note: str
    source: str
    confidence: str


class DeclarationOut(Schema):
    """What a State's declaration does."""

    state: str
    effect: str
    effect_label: str
    summary: str
    details: dict[str, Any]
    source: str
    confidence: str


class RelationOut(Schema):
    """How an instrument stands to another. `stated_by` is the instrument that says so, `target` the one it speaks of."""

    stated_by: str
    type: str
    target: str
    words: str
    article: str | None
    test: str | None
    summary: str
    source: str
    confidence: str


class QuestionOut(Schema):
    """A question of law that nobody has answered yet."""

    id: str
    text: str
    settles: str
    unsettles: bool
    instruments: list[str]
    states: list[str]
    since: str | None
    until: str | None
    source: str
    confidence: str


class InstrumentOut(Schema):
    """One instrument whole, on a day."""

    on: str
    id: str
    title: str
    title_en: str
    title_ru: str
    tier: str
    region: str
    place: str
    depositary: str
    opened: str | None
    entry_into_force: str | None
    never_in_force: bool
    base: str | None
    kinds: list[str]
    never_alone: list[str]
    offence_areas: list[str]
    article_numbers_reliable: bool
    parties: list[PartyOut]
    rules: list[RuleOut]
    declarations: list[DeclarationOut]
    relations: list[RelationOut]
    questions: list[QuestionOut]
    sources: list[str]
    notes: list[str]
    page: str
    release: str


class StateLineOut(Schema):
    """A State in a list. `bilateral`: whether its bilateral treaties were collected, null not at all, false in part."""

    code: str
    name: str
    listed: int
    bound: int
    read: int
    uncertain: int
    bilateral: bool | None
    national_law: bool
    calendar: bool


class StatesOut(Schema):
    """The States the register knows, on a day."""

    on: str
    states: list[StateLineOut]
    release: str


class BoundOut(Schema):
    """One instrument or check as it stands for a State on the day."""

    id: str
    title: str
    tier: str
    mark: str
    words: str
    since: str | None
    bound_by: str | None
    towards: list[str]
    source: str


class AuthorityOut(Schema):
    """A body that acts for a State. `stage`: all, pre-trial, court."""

    name: str
    kinds: list[str]
    stage: str
    competence: str
    source: str
    confidence: str


class DayOut(Schema):
    """A day with a name, or a moved one."""

    on: str
    kind: str
    name: str
    instead_of: str | None


class CalendarOut(Schema):
    """The year of a State: `known` says whether its decrees are."""

    year: int
    known: bool
    working_days: int
    days: list[DayOut]
    source: str
    confidence: str


class TermOut(Schema):
    """A term of a State's own law; `length` null: looked for and not found."""

    id: str
    topic: str
    length: int | None
    unit: str | None
    longest: int | None
    rule: str
    law: str
    article: str | None
    source: str
    confidence: str | None


class NationalOut(Schema):
    """A State's own law on cooperation."""

    id: str
    title: str
    adopted: str | None
    in_force: str | None
    rules: list[RuleOut]
    source: str
    confidence: str


class StateOut(Schema):
    """One State whole, on a day, with the calendar of a year."""

    on: str
    code: str
    name: str
    instruments: list[BoundOut]
    rights: list[BoundOut]
    bilateral_collected: bool | None
    authorities: list[AuthorityOut]
    national_law: NationalOut | None
    terms: list[TermOut]
    questions: list[QuestionOut]
    calendar: CalendarOut | None
    page: str
    release: str


class ShareOut(Schema):
    """How many of how many."""

    label: str
    part: int
    whole: int


class InstrumentShareOut(Schema):
    """What was read of one instrument; pairs are how many of how many."""

    title: str
    parties: tuple[int, int]
    rules: tuple[int, int]
    articles: tuple[int, int]
    questions: int


class StateShareOut(Schema):
    """What was read of one State; pairs are how many of how many."""

    name: str
    read: tuple[int, int]
    dated: tuple[int, int]
    unknown: int


class SourceOut(Schema):
    """Where facts were read, and how many."""

    name: str
    facts: int


class QualityOut(Schema):
    """How far the register can be relied on."""

    read: ShareOut
    kinds: list[ShareOut]
    gaps: list[ShareOut]
    instruments: list[InstrumentShareOut]
    states: list[StateShareOut]
    questions: list[QuestionOut]
    sources: list[SourceOut]
    without_source: int
    release: str


class DeadlineOut(Schema):
    """Every rule of the name that was asked for, counted step by step."""

    state: str
    counts: list[dict[str, Any]]
    release: str
