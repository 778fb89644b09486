"""The values of the pages of the law: the matrix of States and instruments, the slider of days, what applied when.

As in `model`: plain, frozen, already in the reader's words.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from comity.desk.components.model import Certainty, Words


@dataclass(frozen=True, slots=True, kw_only=True)
class DayEvent:
    """A day on which something changed, what changed, and the address that shows it. `named`: said on the line, by its `short` label."""

    on: date
    label: Words
    short: Words
    url: str
    named: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DaySlider:
    """A chosen day among the events from `first` to `last`. `label` says what happened on it.

    `field`: the id of the date field that it moves.
    """

    on: date
    label: Words
    first: date
    last: date
    events: tuple[DayEvent, ...]
    field: str = ""

    @property
    def before(self) -> DayEvent | None:
        """The last event before the chosen day."""
        return next((event for event in reversed(self.events) if event.on < self.on), None)

    @property
    def after(self) -> DayEvent | None:
        """The next event after the chosen day."""
        return next((event for event in self.events if event.on > self.on), None)

    @property
    def stops(self) -> tuple[DayEvent, ...]:
        """Where the slider stops: the events, and the chosen day itself."""
        if any(event.on == self.on for event in self.events):
            return self.events
        own = DayEvent(on=self.on, label=self.label, short=self.label, url="")
        return tuple(sorted((*self.events, own), key=lambda event: event.on))

    @property
    def place(self) -> int:
        """Which stop the chosen day is, 0 first."""
        return next(number for number, event in enumerate(self.stops) if event.on == self.on)


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixMark:
    """How a State stands towards an instrument: a drawing of the sprite, its word, the year beside it.

    Without a drawing it is a dash, or nothing where `blank`. `sure` False: the year is said more quietly.
    """

    icon: str
    word: Words
    year: Words = ""
    signal: bool = False
    sure: bool = True
    blank: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixCell:
    """One cell, the address that says it in sentences, and the id it keeps when the table is drawn anew."""

    mark: MatrixMark
    url: str
    anchor: str
    chosen: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixHead:
    """The head of a column; `opens`: the first of its group."""

    title: Words
    year: Words = ""
    url: str = ""
    chosen: bool = False
    opens: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixRow:
    """A row: its name, and a cell for each head in the same order."""

    title: Words
    cells: tuple[MatrixCell, ...]
    url: str = ""
    chosen: bool = False

    def headed(self, heads: Sequence[MatrixHead]) -> tuple[tuple[MatrixHead, MatrixCell], ...]:
        """Each cell with its head."""
        return tuple(zip(heads, self.cells, strict=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class LawMatrix:
    """States in rows, instruments in columns by groups (title, number of columns). `corner` heads the rows."""

    caption: Words
    corner: Words
    groups: tuple[tuple[Words, int], ...]
    heads: tuple[MatrixHead, ...]
    rows: tuple[MatrixRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A stretch of days with one answer, both ends included; `until` None: still."""

    since: date
    until: date | None
    label: Words
    certainty: Certainty | None = None
    url: str = ""
    chosen: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """A line of the drawing: what applied, and when."""

    title: Words
    spans: tuple[Span, ...]
    note: Words = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spans:
    """What applied when, as lanes over the years from `first` to `last`; `on` is the day that is marked, usually today."""

    first: date
    last: date
    on: date
    lanes: tuple[Lane, ...]
