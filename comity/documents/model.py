"""What a letter or a record says, before it is set in any language: offices, legal basis, numbered contents, annexes, signature.

Every sentence and label is English text marked with `_()`, translated when the letter is set; what people wrote (`Text`) stays as it is.
The same `Letter` gives the English and the Russian PDF, so both say the same.
"""

from dataclasses import KW_ONLY, dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import TypeAlias

from comity.identifiers import EventId, FileId, InstrumentId, MatterId, OfficeId, StateCode
from comity.journal.fold import Verdict
from comity.journal.report import Report
from comity.journal.seal import Statement


class LetterKind(StrEnum):
    """The letters of the desk. A procedure's move names one of these as its `document`."""

    REQUEST = "request"
    ARREST_APPLICATION = "arrest-application"
    EXTRADITION_REQUEST = "extradition-request"
    CLARIFICATION = "clarification"
    SUPPLEMENT = "supplement"
    EXTRADITION_DECISION = "extradition-decision"
    EXTRADITION_REFUSAL = "extradition-refusal"
    ANSWER = "answer"
    REFUSAL = "refusal"
    NOTICE = "notice"


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """An office as letters name it. `name_own` is its name in its State's own language where the law register knows it, else empty."""

    id: OfficeId
    state: StateCode
    name_en: str
    name_ru: str
    name_own: str = ""
    unit_en: str = ""
    unit_ru: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """An article that stands behind something said. `certain`: its fact in the register was read in a source."""

    instrument: InstrumentId
    title_en: str
    title_ru: str
    article: str
    """Empty where the register does not know it, or where the whole instrument is meant."""
    certain: bool
    article_known: bool = True
    """False where the register does not know the article: the letter says so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Instrument:
    """An instrument the letter rests on: its titles, when it was made, the articles relied on, and in which role."""

    id: InstrumentId
    title_en: str
    title_ru: str
    short_en: str
    short_ru: str
    opened: date | None
    """The day it was made."""
    articles: tuple[str, ...]
    role: str
    """In words, marked for translation: what this instrument does here."""
    certain: bool
    since: date | None = None
    """The day since which both States are bound, where the register knows it of both."""


@dataclass(frozen=True, slots=True)
class Text:
    """What a person wrote, in the language they wrote it in; blank lines part paragraphs."""

    text: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """English words of the desk's own, translated when set."""

    text: str


@dataclass(frozen=True, slots=True)
class Day:
    """A date, written out in the letter's language; `YYYY` or `YYYY-MM` where no more is known."""

    iso: str


@dataclass(frozen=True, slots=True)
class Moment:
    """A time, written with its zone (UTC)."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Country:
    """A State by its code, named in the letter's language."""

    code: StateCode


@dataclass(frozen=True, slots=True)
class Tongue:
    """A language by its ISO 639-1 code, named in the letter's language."""

    code: str


@dataclass(frozen=True, slots=True)
class OfficeName:
    """An office, named in the letter's language."""

    office: Office


@dataclass(frozen=True, slots=True)
class Name:
    """A word of the law register, which has it in both languages."""

    en: str
    ru: str


@dataclass(frozen=True, slots=True)
class Count:
    """A whole number."""

    number: int


@dataclass(frozen=True, slots=True)
class AnnexNumbers:
    """The papers that answer an item, by their numbers in the list of annexes."""

    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Cited:
    """An article as the answer itself: the ground of a refusal."""

    citation: Citation


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One labelled line inside a composite answer, with the articles that ask for it."""

    label: str
    values: "tuple[Simple, ...]"
    citations: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """A composite answer: one person, one offence, one check."""

    rows: tuple[Row, ...]


Simple: TypeAlias = Text | Phrase | Name | Count | Day | Moment | Country | Tongue | OfficeName | AnnexNumbers | Cited
Value: TypeAlias = Simple | Group


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One numbered point of the contents: what it is about, what is said, and the articles that ask for it."""

    label: str
    values: tuple[Value, ...]
    citations: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Annex:
    """A paper that goes with the letter. `pages` is None where it is not known; `size` in bytes."""

    title: str
    language: str
    file: FileId
    size: int
    pages: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """Another office's letter that this one answers: its number and date."""

    number: str
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A letter, whole. `signatory` is a designation such as “Deputy Prosecutor General” marked for translation, never a name.

    `on` is the letter's date and, at midnight UTC, the time stamp of the file. A `draft` says so on every page and may lack its number.
    """

    kind: LetterKind
    matter: MatterId
    sender: Office
    recipient: Office
    number: str
    on: date
    subject: str
    basis: tuple[Instrument, ...]
    items: tuple[Item, ...]
    law: str
    """The release hash of the law register the matter is judged by."""
    _: KW_ONLY
    title: str = ""
    """In place of the kind's own title, marked for translation."""
    language: str = ""
    """ISO 639-1: the language the letter is officially made in; a setting in another is its translation for reading."""
    terms: tuple[Row, ...] = ()
    """What else the legal basis says of the letter: the channel, a time limit it sets running."""
    reciprocity: tuple[Citation, ...] | None = None
    """Without any treaty: the letter rests on reciprocity, with the national law that allows it."""
    basis_is_open: bool = False
    answers: Reference | None = None
    annexes: tuple[Annex, ...] = ()
    signatory: str = ""
    seal: Row | None = None
    """Where the official seal is put."""
    signed_under: tuple[Citation, ...] = ()
    """The articles that ask for signature and seal."""
    draft: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordEntry:
    """One event of a matter as its record shows it; `sentence` has `{office}` for its author, or `{act}` too."""

    office: OfficeName | Text
    at: datetime
    sentence: str
    act: str
    verdict: Verdict
    state: str
    """Where the matter stood after it, in words marked for translation."""
    event: EventId
    seal: Statement
    items: tuple[Item, ...] = ()
    erased: bool = False
    """Its content was erased as the law demands; the event itself still verifies."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MatterRecord:
    """The journal of a matter with its proofs, as it stood at a moment: what was done, by whom, and how it was verified."""

    matter: MatterId
    kind: str
    """The procedure's title, marked for translation."""
    subject: str
    roles: tuple[tuple[str, OfficeName | Text], ...]
    state: str
    holder: OfficeName | Text | None
    entries: tuple[RecordEntry, ...]
    report: Report
    annexes: tuple[Annex, ...]
    author: Office
    law: str
    at: datetime
    """When the record was made: the time stamp of the file."""
    frozen: bool = False
