"""The values that pages build and components show: plain, frozen, already in the reader's words.

A page decides what is true and how to say it; a component decides only how it looks. Texts may be lazy translations (`Words`).
Dates and hours are values; components write them in the reader's language.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from django.utils.functional import Promise

Words = str | Promise
"""Text for a reader: a string, or a translation that waits for the language of the page."""

SOON = 3
"""Days before a due date from which it is shown in the signal colour."""


class Certainty(StrEnum):
    """How sure a statement of law is. Only for law and for comparability of figures, never for progress or approval."""

    VERIFIED = "verified"
    UNVERIFIED = "unverified"
    OPEN = "open"


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """Where the law says it: an instrument and its article, as one phrase (`Chisinau 2002, art. 7`)."""

    text: Words
    certainty: Certainty | None = None
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """Day `day` of `of`; both in days of the same clock. `day` may exceed `of`: then it is late."""

    day: int
    of: int

    @property
    def share(self) -> float:
        """How much of the term has passed, in percent, 0 to 100."""
        return round(min(max(self.day / self.of, 0), 1) * 100, 2) if self.of else 100.0

    @property
    def until_first(self) -> int:
        """In how many days day 1 is, where the count has not begun: a first day that is not counted, or one still to come; else 0."""
        return max(1 - self.day, 0)

    @property
    def left(self) -> int:
        """Days left; negative when late."""
        return self.of - self.day

    @property
    def late(self) -> int:
        """Days by which the term is passed; 0 while it runs."""
        return max(self.day - self.of, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class DueDate:
    """A date with its reason. `on` None: the law sets no term. `target`: our service target, not law, so it carries no certainty mark."""

    today: date
    on: date | None = None
    reason: Words = ""
    citation: Citation | None = None
    count: Count | None = None
    target: bool = False

    @property
    def late(self) -> bool:
        """The date has passed."""
        return self.on is not None and self.on < self.today

    @property
    def signal(self) -> bool:
        """Late, or due within three days."""
        return self.on is not None and (self.on - self.today).days <= SOON


@dataclass(frozen=True, slots=True, kw_only=True)
class DueRow:
    """One matter on the desk. `pair` is (requesting, requested) in two letters each; `beside` stands there for what has no pair (Council).

    `held_by` turns the row into one that waits on another office: a hollow square and its name stand in place of the date, and
    `expected` says when it is expected. `short` names it on the ruler of due dates.
    """

    title: Words
    url: str
    due: DueDate
    short: Words = ""
    pair: tuple[str, str] | None = None
    beside: Words = ""
    move: Words = ""
    move_url: str = ""
    who: Words = ""
    held_by: Words = ""
    expected: Words = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DueGroup:
    """Rows that are near in the same way: overdue, today and tomorrow, this week, later."""

    title: Words
    rows: tuple[DueRow, ...]
    signal: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RulerTick:
    """An event on a ruler: the day it stands on (1 is the first day) and its label. `signal`: late or due within three days."""

    day: int
    label: Words
    signal: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class HolderBanner:
    """Who holds the file, until when, by which article, and what follows if nothing is done.

    `holder` empty: the matter is closed and nobody holds it; `happened` then says how it ended. `other` is the office at the other end of
    the rail. `until` is the moment in words where a day alone does not say it ("Thu 10 December, 24:00 Moscow"). Ruler ticks count the
    days of `due.count`; without a count there is no ruler.
    """

    ours: bool
    holder: Words = ""
    other: Words = ""
    happened: Words = ""
    since: date | None = None
    due: DueDate | None = None
    until: Words = ""
    consequence: Words = ""
    doubt: Words = ""
    how_url: str = ""
    ticks: tuple[RulerTick, ...] = ()

    @property
    def closed(self) -> bool:
        """Nobody holds the file any more."""
        return not self.holder


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """One running term of a matter: what it measures, until when, how it is counted. `value` stands at the right when there is no count."""

    title: Words
    due: DueDate
    value: Words = ""
    how: Words = ""


class ProofState(StrEnum):
    """What may be said about the seal of an event."""

    SEALED = "sealed"
    WAITING = "waiting"
    BROKEN = "broken"
    HELD = "held"
    FORK = "fork"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptLine:
    """Who gave a receipt, and when in words; `at` empty: it is awaited."""

    office: Words
    at: Words = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """The seal of an event by its digest (hex, shown shortened) and the receipts for it."""

    state: ProofState
    seal: str = ""
    receipts: tuple[ReceiptLine, ...] = ()

    @property
    def trouble(self) -> bool:
        """People must look: the seal is broken, the event is held, or there are two histories."""
        return self.state in {ProofState.BROKEN, ProofState.HELD, ProofState.FORK}

    @property
    def short_seal(self) -> str:
        """9c41…e2"""
        return f"{self.seal[:4]}…{self.seal[-2:]}" if len(self.seal) > len("9c41…e2") else self.seal


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A paper of a matter: title, where to get it, and in words its languages, pages or size. `fingerprint`: its SHA-256, where wanted."""

    title: Words
    url: str = ""
    detail: Words = ""
    fingerprint: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineEntry:
    """An event of the journal. `move`: it changed the state. `line` says who and what kind, `body` quotes what was said."""

    at: datetime
    title: Words
    move: bool = False
    line: Words = ""
    body: Words = ""
    papers: tuple[Paper, ...] = ()
    proof: Proof | None = None
    anchor: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingItem:
    """What the law asks for and is not there: its name, the address of its field, the step of the form, the article."""

    label: Words
    url: str = ""
    step: Words = ""
    citation: Citation | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NextMove:
    """What may be done next: its name, what follows, the button's verb and address, what is missing of how many items.

    `move` False: a note, the file stays. At most one next move of a page is `main`: it has the solid button.
    """

    title: Words
    follows: Words
    verb: Words
    url: str
    move: bool = True
    main: bool = False
    missing: tuple[MissingItem, ...] = ()
    more: int = 0
    """How many more are missing than are named."""
    items: int = 0

    @property
    def count(self) -> int:
        """How many are missing in all."""
        return len(self.missing) + self.more


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How one State stands towards an instrument, in words, and how sure that is."""

    text: Words
    certainty: Certainty | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BasisRow:
    """An instrument and its role. `excluded_by` set: it does not apply, and this article says so; it stays on the page, struck through."""

    title: Words
    role: Words = ""
    standings: tuple[Standing, ...] = ()
    excluded_by: Citation | None = None
    excluded: bool = False
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BasisGroup:
    """Rows of the legal basis under one heading ("Certain", "Uncertain: check before you rely on it"); without a title, simply the rows."""

    rows: tuple[BasisRow, ...]
    title: Words = ""


class StepState(StrEnum):
    """How far a step of a form is."""

    DONE = "done"
    OPEN = "open"
    CURRENT = "current"
    LATER = "later"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A step of a form. `note` says what is missing in it ("2 items")."""

    title: Words
    state: StepState
    url: str = ""
    note: Words = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PrivateNote:
    """A note that never leaves the office, by role, with its time in words."""

    text: Words
    by: Words = ""
    at: Words = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PrivatePart:
    """A small part of the private strip: who is assigned, who read it."""

    title: Words
    lines: tuple[Words, ...]
    url: str = ""
    link: Words = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Crumb:
    """One step of the way to a page; without an address it is only said."""

    text: Words
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tab:
    """One of a few views of the same page."""

    text: Words
    url: str
    current: bool = False
    count: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NavigationItem:
    """A page of the desk in the navigation, with how many things wait there; `trouble` puts the number in the signal colour."""

    text: Words
    url: str
    current: bool = False
    count: int | None = None
    trouble: bool = False
    counted: Words = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What stands around every page: whose desk it is, who sits at it, where one can go, and the state of law and journal at the foot."""

    office: Words = ""
    state: Words = ""
    role: Words = ""
    unit: Words = ""
    navigation: Sequence[NavigationItem] = field(default=())
    search_url: str = ""
    search: str = ""
    sign_out_url: str = ""
    foot: Words = ""
    foot_end: Words = ""
