"""Parties over time, drawn on the server: a bar a State, parted where its standing changes. All places in percent of the width.

A solid bar is in force and read in a source, a half-filled one in force and not verified, a dashed one uncertain, a thin line signed only,
two lines suspended; a struck ring ends the bar of a State that left. The same is said in words beside each bar.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from comity.desk.law.question import EARLIEST
from comity.desk.law.standing import Bond, bond, states_of
from comity.identifiers import StateCode
from comity.law import Instrument, Party, Register
from comity.law.matrix import Mark, cell

DRAWN = {
    Mark.IN_FORCE: "sure",
    Mark.UNVERIFIED: "unverified",
    Mark.UNCERTAIN: "uncertain",
    Mark.SIGNED: "signed",
    Mark.SUSPENDED: "suspended",
}
_STEPS = ((12, 2), (40, 5), (80, 10), (1000, 20))
"""Up to so many years, a number every so many."""
_LEAST = 0.6
"""The least width of a piece, so that a week of thirty years is still seen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch of one standing: where it begins, how wide it is, how it is drawn."""

    x: float
    width: float
    look: str

    @property
    def end(self) -> float:
        """Where it ends."""
        return round(self.x + self.width, 3)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One State: its pieces, where it left (None: it did not), and its standing on the day in words."""

    bond: Bond
    pieces: tuple[Piece, ...]
    left: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Year:
    """A year below the line; `text` is empty for one that is only a tick."""

    x: float
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bars:
    """The whole chart. `now` is the place of the day the words speak of."""

    years: tuple[Year, ...]
    rows: tuple[Bar, ...]
    now: float


@dataclass(frozen=True, slots=True, kw_only=True)
class _Scale:
    first: date
    last: date

    def at(self, day: date) -> float:
        """The place of a day, 0 to 100."""
        whole = (self.last - self.first).days
        return round(min(max((day - self.first).days / whole, 0), 1) * 100, 3)


def bars(register: Register, instrument: Instrument, on: date, language: str, *, until: date | None = None) -> Bars:
    """The States of an instrument over time, by name; `on` is the day on which their standing is said in words.

    Bars go on to `until` (today, where `on` is a past day), or to what is fixed for a later day.
    """
    days = sorted({day for row in instrument.parties.values() for day in _days(instrument, row)})
    last = max((on, until or on, *days[-1:]))
    scale = _Scale(first=date((days[0] if days else EARLIEST).year, 1, 1), last=date(last.year + 1, 1, 1))
    drawing = _Drawing(register=register, instrument=instrument, on=on, until=until or on, scale=scale, language=language)
    rows = tuple(drawing.bar(state) for state in states_of(instrument, language))
    return Bars(years=tuple(_years(scale)), rows=rows, now=scale.at(on))


def _years(scale: _Scale) -> Iterator[Year]:
    span = scale.last.year - scale.first.year
    step = next(step for most, step in _STEPS if span <= most)
    for year in range(scale.first.year, scale.last.year + 1):
        if year % step == 0 or (step == _STEPS[0][1] and year == scale.first.year):
            yield Year(x=scale.at(date(year, 1, 1)), text=str(year))


def _days(instrument: Instrument, row: Party) -> Iterator[date]:
    """The days on which a State's standing may change."""
    own = (row.signed, row.ratified, row.deposited, row.in_force, row.in_force_not_earlier_than, row.in_force_not_later_than)
    ends = (row.suspended_from, row.withdrawn, row.withdrawn_not_later_than)
    yield from (day for day in (instrument.opened, instrument.entry_into_force, *own, *ends) if day)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Drawing:
    register: Register
    instrument: Instrument
    on: date
    until: date
    scale: _Scale
    language: str

    def bar(self, state: str) -> Bar:
        """The bar of one State."""
        days = sorted({self.scale.first, *_days(self.instrument, self.instrument.parties[StateCode(state)])})
        marks = [(day, cell(self.register, state, self.instrument.id, day).mark) for day in days]
        last = max(self.on, self.until, days[-1]) + timedelta(days=1)
        left = next((day for day, mark in marks if mark is Mark.LEFT), None)
        return Bar(
            bond=bond(self.register, state, self.instrument.id, self.on, self.language),
            pieces=tuple(self.pieces(_merged(marks), last)),
            left=self.scale.at(left) if left else None,
        )

    def pieces(self, marks: Sequence[tuple[date, Mark]], last: date) -> Iterator[Piece]:
        """What is drawn from each change of the mark to the next, the last one to `last`."""
        ends = [*(day for day, _mark in marks[1:]), last]
        for (since, mark), until in zip(marks, ends, strict=True):
            if mark in DRAWN:
                start, end = self.scale.at(since), self.scale.at(until)
                yield Piece(x=start, width=round(max(end - start, _LEAST), 3), look=DRAWN[mark])


def _merged(marks: Sequence[tuple[date, Mark]]) -> list[tuple[date, Mark]]:
    """The days on which the mark becomes another one."""
    return [marks[0], *(later for earlier, later in pairwise(marks) if later[1] is not earlier[1])]
