"""Who is bound by what on a day: States in rows, instruments and human-rights checks in columns, one mark in each cell.

A cell says what is known and no more: an empty one (`not-researched`) means that nobody looked, never that the State is not bound.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from comity.identifiers import InstrumentId, StateCode
from comity.law._question import near
from comity.law.basis import Bound, Evidence
from comity.law.model import Check, Confidence, Instrument, Party, Register, Status, Tier, UnknownWordError
from comity.law.status import check_bound, evidence
from comity.words import _

REGION = tuple(StateCode(code) for code in ("AM", "AZ", "BY", "GE", "KG", "KZ", "MD", "RU", "TJ", "TM", "UA", "UZ"))
"""The twelve States a matrix shows where none are named: those that took part in the Minsk Convention."""
RIGHTS = "rights"
NOT_TREATIES = frozenset({"interpol-art3"})
"""Checks that rest on the rules of an organisation and not on a treaty a State is bound by."""


class Mark(StrEnum):
    """What stands in a cell. `in-force` was read in a source, `unverified` is in force as far as known."""

    IN_FORCE = "in-force"
    UNVERIFIED = "unverified"
    UNCERTAIN = "uncertain"
    SIGNED = "signed"
    SUSPENDED = "suspended"
    LEFT = "left"
    NOT_BOUND = "not-bound"
    NOT_RESEARCHED = "not-researched"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One State and one column. `since`: the day the mark holds from, where known; `bound_by`: bound at the latest from then on.

    `towards`: the States a suspension is for. `evidence` is None where the State was not researched.
    """

    state: StateCode
    column: str
    mark: Mark
    since: date | None = None
    bound_by: date | None = None
    towards: tuple[StateCode, ...] = ()
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """An instrument or a human-rights check by its id. `group`: its region as the register words it, or `rights`; `year`: of opening."""

    id: str
    group: str
    year: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """The cells of each State in the order of the columns."""

    on: date
    states: tuple[StateCode, ...]
    columns: tuple[Column, ...]
    rows: Mapping[StateCode, tuple[Cell, ...]]


def matrix(register: Register, on: date, *, states: Iterable[str] | None = None, columns: Iterable[str] | None = None) -> Matrix:
    """Who is bound by what on a day; by default the region's twelve States, all conventions and protocols in which one of them has a row.

    A State or column the register does not know raises `UnknownWordError`.
    """
    shown = REGION if states is None else tuple(_state(register, code) for code in states)
    ids = _usual(register, shown) if columns is None else tuple(columns)
    heads = tuple(_column(register, name) for name in ids)
    rows = {state: tuple(cell(register, state, head.id, on) for head in heads) for state in shown}
    return Matrix(on=on, states=shown, columns=heads, rows=rows)


def cell(register: Register, state: str, column: str, on: date) -> Cell:
    """What is known of one State under one instrument or check on a day."""
    check = next((check for check in register.checks if check.id == column), None)
    if check:
        return _of_check(check, StateCode(state), on)
    return _of_instrument(register.instruments[InstrumentId(column)], StateCode(state), on)


def _state(register: Register, code: str) -> StateCode:
    if not register.knows(code):
        raise UnknownWordError(_("The register knows no State “{word}”."), word=code, known=register.states)
    return StateCode(code)


def _usual(register: Register, states: tuple[StateCode, ...]) -> tuple[str, ...]:
    concerned = {name for state in states for name in register.by_state.get(state, ())}
    conventions = (item for item in register.instruments.values() if item.id in concerned and item.tier is not Tier.BILATERAL)
    in_order = sorted(conventions, key=lambda item: (_GROUPS.get(item.region, len(_GROUPS)), item.opened or date.max, item.id))
    return (*(item.id for item in in_order), *(check.id for check in register.checks if check.id not in NOT_TREATIES))


_GROUPS = {"CIS": 0, "SCO": 1, "CoE": 2, "OAS": 3, "universal": 4}


def _column(register: Register, name: str) -> Column:
    if instrument := register.instruments.get(InstrumentId(name)):
        return Column(id=name, group=instrument.region, year=instrument.opened.year if instrument.opened else None)
    if any(check.id == name for check in register.checks):
        return Column(id=name, group=RIGHTS, year=None)
    known = (*register.instruments, *(check.id for check in register.checks))
    labels: dict[str, tuple[str, str]] = {item.id: (item.title("en"), item.title("ru")) for item in register.instruments.values()}
    raise UnknownWordError(_("The register knows no instrument “{word}”."), word=name, known=known, near=near(name, labels), labels=labels)


def _of_instrument(instrument: Instrument, state: StateCode, on: date) -> Cell:
    row = instrument.parties.get(state)
    if row is None:
        return Cell(state=state, column=instrument.id, mark=Mark.NOT_RESEARCHED)
    found = evidence(instrument, state, on)
    mark, since, bound_by = _marked(row, found, on)
    return Cell(
        state=state,
        column=instrument.id,
        mark=mark,
        since=since,
        bound_by=bound_by,
        towards=row.suspended_with if mark is Mark.SUSPENDED else (),
        evidence=found,
    )


def _marked(row: Party, found: Evidence, on: date) -> tuple[Mark, date | None, date | None]:
    """The mark, the day it holds from, and the day from which the State is bound at the latest."""
    match found.bound:
        case Bound.YES:
            if row.suspended_from and on >= row.suspended_from and not (row.suspended_until and on >= row.suspended_until):
                return Mark.SUSPENDED, row.suspended_from, None
            bound_by = None if row.in_force else row.in_force_not_later_than
            return (Mark.IN_FORCE if found.verified else Mark.UNVERIFIED), row.in_force, bound_by
        case Bound.UNKNOWN:
            return Mark.UNCERTAIN, None, None if row.in_force else row.in_force_not_later_than
        case Bound.NO:
            return _not_bound(row, on)


def _not_bound(row: Party, on: date) -> tuple[Mark, date | None, date | None]:
    if row.withdrawn and on >= row.withdrawn:
        return Mark.LEFT, row.withdrawn, None
    signed = on >= row.signed if row.signed else row.status is Status.SIGNATORY
    return (Mark.SIGNED, row.signed, None) if signed else (Mark.NOT_BOUND, None, None)


def _of_check(check: Check, state: StateCode, on: date) -> Cell:
    row = check.bound.get(state)
    if row is None and state not in check.researched:
        return Cell(state=state, column=check.id, mark=Mark.NOT_RESEARCHED)
    bound = check_bound(check, state, on)
    verified = check.confidence is Confidence.VERIFIED
    found = Evidence(
        state=state,
        bound=bound,
        status=None,
        source=check.source,
        confidence=check.confidence,
        verified=verified,
        since=row.since if row else None,
        not_earlier_than=row.since_not_earlier_than if row else None,
        not_later_than=row.since_not_later_than if row else None,
        until=row.until if row else None,
        note=check.note,
    )
    mark, since, bound_by = _marked_check(found, on)
    return Cell(state=state, column=check.id, mark=mark, since=since, bound_by=bound_by, evidence=found)


def _marked_check(found: Evidence, on: date) -> tuple[Mark, date | None, date | None]:
    match found.bound:
        case Bound.YES:
            return (Mark.IN_FORCE if found.verified else Mark.UNVERIFIED), found.since, None if found.since else found.not_later_than
        case Bound.UNKNOWN:
            return Mark.UNCERTAIN, None, found.not_later_than
        case Bound.NO:
            left = found.until is not None and on >= found.until
            return (Mark.LEFT, found.until, None) if left else (Mark.NOT_BOUND, None, None)
