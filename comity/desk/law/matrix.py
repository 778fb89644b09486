"""Who is bound by what on a day: the table, the day among its events, the chosen cell in sentences, what changes and what is open."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext, ngettext, pgettext

from comity.desk.components import dates
from comity.desk.components.law_model import DayEvent, DaySlider, LawMatrix, MatrixCell, MatrixHead, MatrixMark, MatrixRow
from comity.desk.components.model import Certainty
from comity.desk.law.events import NAMED, by_day, day_words, telling
from comity.desk.law.heads import GROUPS, Selection, basis_words, head, year
from comity.desk.law.open_questions import OpenQuestion, open_questions
from comity.desk.law.question import EARLIEST
from comity.desk.law.relations import Related, relations
from comity.desk.law.sources import Source, source
from comity.desk.law.standing import ICONS, SIGNAL, WORDS, Act, Bond, acts, bond
from comity.desk.law.words import instrument_url, state_url, title_words
from comity.desk.matters.citations import state_name
from comity.identifiers import InstrumentId, StateCode
from comity.law import Basis, Register
from comity.law import Certainty as LawCertainty
from comity.law.history import PairChange, changed_pairs
from comity.law.matrix import REGION, Cell, Mark, Matrix, matrix
from comity.law.model import Question

UNSURE = frozenset({Mark.UNCERTAIN, Mark.UNVERIFIED})
"""What is not certain on the day, as `law.Certainty` means it: not known, or not read in a source."""
PAIRS_SHOWN = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What the address asks to see. `state` and `column` choose a cell; `by` is what a phone shows: one State, or one instrument."""

    on: date
    kind: str
    selection: Selection
    state: str = ""
    column: str = ""
    only: bool = False
    by: str = "state"

    def address(self, **changes: str) -> str:
        """The page with some of it seen differently; an empty value leaves it out."""
        said = {
            "on": self.on.isoformat(),
            "show": self.selection.name,
            "kind": self.kind,
            "state": self.state,
            "column": self.column,
            "only": "uncertain" if self.only else "",
            "by": self.by if self.by != "state" else "",
        }
        return f"{reverse('law:matrix')}?{urlencode({name: value for name, value in {**said, **changes}.items() if value})}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """One cell in sentences: how the State stands, what was done when, how the instrument stands to others, what the State declared.

    `reservations` are prose in English, shown where nothing of them is in `declarations`.
    """

    state: str
    title: str
    url: str
    state_url: str
    bond: Bond
    said: str
    acts: tuple[Act, ...]
    relations: tuple[Related, ...]
    declarations: tuple[tuple[str, Certainty], ...]
    reservations: tuple[str, ...]
    source: Source | None
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """Two States between which another answer holds from this day on."""

    pair: str
    before: str
    after: str
    certainty: Certainty
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class One:
    """A line of what a phone shows: a State or an instrument, and its mark in words."""

    title: str
    bond: Bond
    mark: MatrixMark
    url: str
    group: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Everything the page shows. `slider` is None where nothing ever happened; `ones` is the row or column that a phone shows."""

    seen: Seen
    table: LawMatrix
    slider: DaySlider
    ones: tuple[One, ...]
    ones_title: str
    chosen: Chosen | None
    changed: tuple[Changed, ...]
    changed_more: tuple[Changed, ...]
    beside: int
    open: tuple[OpenQuestion, ...]
    states: int
    instruments: int

    @property
    def before(self) -> date:
        """The day before the one that is shown."""
        return self.seen.on - timedelta(days=1)

    @property
    def changed_count(self) -> int:
        """How many pairs rest on something else, or on something surer, from this day on."""
        return len(self.changed) + len(self.changed_more)


def page(register: Register, seen: Seen, language: str) -> Page:
    """The page in the language of the reader."""
    columns = columns_of(register, seen.selection)
    found = matrix(register, seen.on, states=by_name(REGION, language), columns=columns)
    seen = _with_cell(register, seen, found)
    if seen.only:
        found = _unsure_only(found)
    changed, beside = _changed(register, seen, language)
    return Page(
        seen=seen,
        table=_table(register, found, seen, language),
        slider=slider(register, seen, columns, language),
        ones=_ones(register, found, seen, language),
        ones_title=_ones_title(register, seen, language),
        chosen=_chosen(register, seen, language),
        changed=changed[:PAIRS_SHOWN],
        changed_more=changed[PAIRS_SHOWN:],
        beside=beside,
        open=open_questions(_open(register, seen.on, columns), register, language),
        states=len(found.states),
        instruments=len(found.columns),
    )


def columns_of(register: Register, chosen: Selection) -> tuple[str, ...]:
    """The columns of a selection, as far as the register has them."""
    usual = matrix(register, EARLIEST).columns
    if chosen.groups:
        return tuple(column.id for column in usual if column.group in chosen.groups)
    known = {column.id for column in usual}
    return tuple(name for name in chosen.columns if name in known)


def by_name(states: Iterable[str], language: str) -> tuple[str, ...]:
    """States in the order of their names."""
    return tuple(sorted(states, key=lambda code: state_name(code, language)))


def _with_cell(register: Register, seen: Seen, found: Matrix) -> Seen:
    """The cell chosen; where none was, the one that the day is about, else the first."""
    columns, states = [column.id for column in found.columns], list(found.states)
    if seen.state in states and seen.column in columns:
        return seen
    today = [change for change in telling(register, states, columns) if change.on == seen.on and change.state]
    about = min(today, key=lambda one: (one.kind not in NAMED, columns.index(one.instrument or ""))) if today else None
    column = seen.column if seen.column in columns else (about.instrument if about else "") or columns[0]
    state = seen.state if seen.state in states else (about.state if about else "") or states[0]
    return Seen(on=seen.on, kind=seen.kind, selection=seen.selection, state=state, column=column, only=seen.only, by=seen.by)


def _unsure_only(found: Matrix) -> Matrix:
    """Only the rows and columns in which something is not sure."""
    places = [place for place in range(len(found.columns)) if any(found.rows[state][place].mark in UNSURE for state in found.states)]
    states = tuple(state for state in found.states if any(cell.mark in UNSURE for cell in found.rows[state]))
    return Matrix(
        on=found.on,
        states=states,
        columns=tuple(found.columns[place] for place in places),
        rows={state: tuple(found.rows[state][place] for place in places) for state in states},
    )


# The table


def _table(register: Register, found: Matrix, seen: Seen, language: str) -> LawMatrix:
    groups = tuple(
        (str(GROUPS.get(group, group)), len(list(columns))) for group, columns in groupby(found.columns, key=lambda one: one.group)
    )
    opened = {index for index, column in enumerate(found.columns) if not index or column.group != found.columns[index - 1].group}
    heads = tuple(
        MatrixHead(
            title=head(register, column.id, language),
            year=year(register, column.id),
            url=instrument_url(column.id) if column.group != "rights" else "",
            chosen=column.id == seen.column,
            opens=index in opened,
        )
        for index, column in enumerate(found.columns)
    )
    return LawMatrix(
        caption=gettext("Who is bound by what on %(day)s") % {"day": dates.full(found.on)},
        corner=pgettext("country", "State"),
        groups=groups,
        heads=heads,
        rows=tuple(_row(found.rows[state], state, seen, language) for state in found.states),
    )


def _row(cells: Sequence[Cell], state: StateCode, seen: Seen, language: str) -> MatrixRow:
    return MatrixRow(
        title=state_name(state, language),
        url=state_url(state),
        chosen=state == seen.state,
        cells=tuple(
            MatrixCell(
                mark=mark_of(cell, blank=seen.only and cell.mark not in UNSURE),
                url=seen.address(state=state, column=cell.column),
                anchor=f"cell-{state}-{cell.column}",
                chosen=(state, cell.column) == (seen.state, seen.column),
            )
            for cell in cells
        ),
    )


def mark_of(cell: Cell, *, blank: bool = False) -> MatrixMark:
    """The mark of a cell with the year beside it. `blank`: it is settled and left out."""
    if blank:
        return MatrixMark(icon="", word=gettext("settled, or not researched"), blank=True)
    return MatrixMark(
        icon=ICONS.get(cell.mark, ""),
        word=WORDS[cell.mark],
        year=_beside(cell),
        signal=cell.mark in SIGNAL,
        sure=cell.mark is not Mark.UNVERIFIED,
        blank=cell.mark is Mark.NOT_RESEARCHED,
    )


def _beside(cell: Cell) -> str:
    """What stands beside the mark: towards whom, since when, by when at the latest."""
    if cell.towards:
        return ", ".join(cell.towards)
    if cell.mark is Mark.UNCERTAIN:
        return ""
    if cell.since:
        return str(cell.since.year)
    return f"≤\u00a0{cell.bound_by.year}" if cell.bound_by else ""


# One State or one instrument, for a phone


def _ones(register: Register, found: Matrix, seen: Seen, language: str) -> tuple[One, ...]:
    columns = {column.id: column for column in found.columns}
    if seen.by == "instrument":
        cells = [cell for state in found.states for cell in found.rows[state] if cell.column == seen.column]
        return tuple(_one(register, cell, seen, language, title=state_name(cell.state, language)) for cell in cells if _wanted(cell, seen))
    return tuple(
        _one(
            register,
            cell,
            seen,
            language,
            title=f"{head(register, cell.column, language)} {year(register, cell.column)}",
            group=str(GROUPS.get(columns[cell.column].group, "")),
        )
        for cell in found.rows.get(StateCode(seen.state), ())
        if _wanted(cell, seen)
    )


def _wanted(cell: Cell, seen: Seen) -> bool:
    return not seen.only or cell.mark in UNSURE


def _one(register: Register, cell: Cell, seen: Seen, language: str, *, title: str, group: str = "") -> One:
    return One(
        title=title,
        bond=bond(register, cell.state, cell.column, seen.on, language),
        mark=mark_of(cell),
        url=seen.address(state=cell.state, column=cell.column) + "#cell",
        group=group,
    )


def _ones_title(register: Register, seen: Seen, language: str) -> str:
    return title_words(register, seen.column, language) if seen.by == "instrument" else state_name(seen.state, language)


# The day among the events


def slider(register: Register, seen: Seen, columns: Iterable[str], language: str) -> DaySlider:
    """The events of what the table shows, from the first of them to a year from the chosen day or the last event."""
    days = by_day(telling(register, REGION, columns))
    events = tuple(
        DayEvent(
            on=on,
            label=f"{dates.full(on)}: {day_words(register, changes, language)}",
            short=day_words(register, [one for one in changes if one.kind in NAMED] or changes, language, full=False),
            url=seen.address(on=on.isoformat(), state="", column=""),
            named=any(change.kind in NAMED for change in changes),
        )
        for on, changes in days.items()
    )
    here = next((event.label for event in events if event.on == seen.on), dates.full(seen.on))
    first = min((seen.on, *days)) - timedelta(days=400)
    last = max((seen.on, *days)) + timedelta(days=400)
    return DaySlider(on=seen.on, label=here, first=first, last=last, events=events, field="matrix-on")


# The chosen cell


def _chosen(register: Register, seen: Seen, language: str) -> Chosen:
    instrument = register.instruments.get(InstrumentId(seen.column))
    row = instrument.parties.get(StateCode(seen.state)) if instrument else None
    check = next((check for check in register.checks if check.id == seen.column), None)
    read = row.source if row else check.source if check else ""
    made = [one for one in instrument.declarations if one.state == seen.state] if instrument else []
    how = bond(register, seen.state, seen.column, seen.on, language)
    return Chosen(
        state=state_name(seen.state, language),
        title=title_words(register, seen.column, language),
        url=instrument_url(seen.column) if instrument else "",
        state_url=state_url(seen.state),
        bond=how,
        # A day may end in an abbreviation, which brings its own full stop.
        said=f"{capfirst(how.said)}.".replace("..", "."),
        acts=tuple(acts(row)) if row else (),
        relations=tuple(one for one in relations(instrument, register, language) if _places(one)) if instrument else (),
        declarations=tuple((one.summary_ru if language == "ru" else one.summary, Certainty(one.confidence)) for one in made),
        reservations=row.reservations if row and not made else (),
        source=source(read) if read else None,
        note=row.note if row else "",
    )


def _places(one: Related) -> bool:
    """Whether a relation says which instrument goes on between two States; said by the instrument whose article it is."""
    return bool(one.test) and bool(one.article) and ":" not in one.article


# What changes on this day, and what is open


def _changed(register: Register, seen: Seen, language: str) -> tuple[tuple[Changed, ...], int]:
    """The pairs whose basis or certainty changes, and how many more in which only something beside it does."""
    found = changed_pairs(register, seen.on, seen.kind, REGION)
    main = [one for one in found if _gist(one.before) != _gist(one.after)]
    shown = [_pair(register, one, seen, language) for one in main]
    return tuple(sorted(shown, key=lambda one: one.pair)), len(found) - len(main)


def _gist(basis: Basis) -> tuple[object, ...]:
    return (basis.basis, basis.certainty, tuple(one.id for one in basis.primary))


def _pair(register: Register, one: PairChange, seen: Seen, language: str) -> Changed:
    names = sorted((state_name(one.requesting, language), state_name(one.requested, language)))
    turned = sorted((one.requesting, one.requested), key=lambda code: state_name(code, language))
    sure = one.after.certainty is LawCertainty.CERTAIN
    return Changed(
        pair=", ".join(names),
        before=basis_words(register, one.before, language),
        after=basis_words(register, one.after, language),
        certainty=Certainty.VERIFIED if sure else Certainty.UNVERIFIED,
        url=f"{reverse('law:pair', args=turned)}?{urlencode({'kind': seen.kind, 'on': seen.on.isoformat()})}",
    )


def _open(register: Register, on: date, columns: Iterable[str]) -> tuple[Question, ...]:
    """The questions that nobody has answered on this day, about what the table shows."""
    shown = set(columns)
    return tuple(
        one
        for one in register.questions
        if shown & set(one.instruments) and (one.since is None or one.since <= on) and (one.until is None or on < one.until)
    )


def lead(page: Page) -> str:
    """How much the table shows, in a sentence."""
    states = ngettext("%(number)d State", "%(number)d States", page.states) % {"number": page.states}
    instruments = ngettext("%(number)d instrument", "%(number)d instruments", page.instruments) % {"number": page.instruments}
    return capfirst(gettext("%(states)s, %(instruments)s, on one day.") % {"states": states, "instruments": instruments})
