"""What applied between two States when: the periods of an answer since 1991, and the dated events that made each differ from the last.

An answer changes only on a day on which something happened to one of the two States, so only those days are asked. Days before the first
event of the register are one period of their own.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from itertools import groupby

from comity.identifiers import InstrumentId, StateCode
from comity.law._inquiry import STALE_AFTER
from comity.law._question import BEGINNING, asked, beginning
from comity.law.basis import Basis, DoubtKind
from comity.law.model import Check, CheckParty, Confidence, Declaration, Instrument, NationalLaw, Party, Question, Register, Tier
from comity.law.resolve import events, resolve

_DAY = timedelta(days=1)
_KEPT = 256


class ChangeKind(StrEnum):
    """What happened on a day. All but `question…` are facts; a bound is a day on which what is known changes, not the State's status."""

    OPENED = "opened"
    ENTERED = "entered"
    SIGNED = "signed"
    RATIFIED = "ratified"
    DEPOSITED = "deposited"
    NO_LONGER_SURELY_UNBOUND = "no-longer-surely-unbound"
    SURELY_BOUND = "surely-bound"
    IN_FORCE = "in-force"
    SUSPENDED = "suspended"
    RESUMED = "resumed"
    LEFT = "left"
    SURELY_LEFT = "surely-left"
    DECLARED = "declared"
    DECLARATION_ENDED = "declaration-ended"
    QUESTION = "question"
    QUESTION_CLOSED = "question-closed"
    RIGHTS = "rights"
    RIGHTS_LEFT = "rights-left"
    NATIONAL_LAW = "national-law"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A dated event: `instrument` is the id of an instrument, of a human-rights check, of a national law or of an open question.

    `towards`: the States a suspension is for; empty otherwise.
    """

    on: date
    kind: ChangeKind
    state: StateCode | None
    instrument: str | None
    source: str
    confidence: Confidence
    towards: tuple[StateCode, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """Consecutive days with one answer, both ends included; `until` None is open. `basis` is the answer of the first day.

    `changes`: what made it differ from the period before; empty for the first one.
    """

    since: date
    until: date | None
    basis: Basis
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PairChange:
    """Two States between which another answer holds from a day on, the first in the alphabet asking."""

    requesting: StateCode
    requested: StateCode
    before: Basis
    after: Basis


def alike(one: Basis, other: Basis, *, left_out: bool = True) -> bool:
    """Whether two answers say the same: instruments and their order, certainty, kind of basis and, with `left_out`, the exclusions."""
    return _gist(one, left_out=left_out) == _gist(other, left_out=left_out)


def _gist(basis: Basis, *, left_out: bool) -> tuple[object, ...]:
    applied = tuple((applied.id, applied.role, applied.certainty) for applied in basis.applied)
    excluded = tuple((left.id, left.why, left.by, left.states) for left in basis.excluded) if left_out else ()
    return basis.basis, basis.certainty, basis.order_is_open, applied, excluded


def history(
    register: Register,
    requesting: str,
    requested: str,
    kind: str,
    offence_area: str | None = None,
    *,
    since: date = BEGINNING,
    until: date | None = None,
    left_out: bool = True,
) -> tuple[Period, ...]:
    """The answers to one question from `since` to `until` (None: for ever), in order, without a gap; raises `UnknownWordError`.

    It begins when both States were there to ask each other, where that is later than `since`.
    `left_out` False: days that differ only in what is left out, or why, are one period.
    """
    pair = (StateCode(requesting), StateCode(requested))
    asked(register, requesting, requested, kind, date.max, offence_area)
    since = max(since, beginning(register, pair))
    known = until or (register.compiled or date.max - STALE_AFTER) + STALE_AFTER  # a register that grows old is no event of law
    days = (since, *(day for day in events(register, *pair, kind) if since < day <= known))
    found: list[tuple[date, Basis]] = []
    last: tuple[object, ...] = ()
    for day in days:
        basis = resolve(register, requesting, requested, kind, day, offence_area)
        if (gist := _gist(basis, left_out=left_out)) != last:
            found.append((day, basis))
            last = gist
    ends = (*(day - _DAY for day, _ in found[1:]), until)
    befores = (None, *(basis for _, basis in found[:-1]))
    return tuple(
        Period(since=day, until=end, basis=basis, changes=_reasons(register, before, basis, day) if before else ())
        for (day, basis), end, before in zip(found, ends, befores, strict=True)
    )


def changed_pairs(
    register: Register, on: date, kind: str, states: Iterable[str] | None = None, *, left_out: bool = False
) -> tuple[PairChange, ...]:
    """The pairs of these States (None: all the register knows) whose answer on this day differs from that of the day before.

    With `left_out` also those that differ only in what is left out, or why.
    """
    among = tuple(sorted(StateCode(state) for state in (register.states if states is None else states)))
    pairs = ((one, other) for place, one in enumerate(among) for other in among[place + 1 :])
    changed = (_changed(register, pair, on, kind, left_out=left_out) for pair in pairs if on in events(register, *pair, kind))
    return tuple(change for change in changed if change)


def _changed(register: Register, pair: tuple[StateCode, StateCode], on: date, kind: str, *, left_out: bool) -> PairChange | None:
    if on <= beginning(register, pair):
        return None
    before, after = (resolve(register, *pair, kind, day) for day in (on - _DAY, on))
    if alike(before, after, left_out=left_out):
        return None
    return PairChange(requesting=pair[0], requested=pair[1], before=before, after=after)


# Which events of a day made the difference


def _reasons(register: Register, before: Basis, after: Basis, on: date) -> tuple[Change, ...]:
    """The events of the day that touch an instrument or question in which the two answers differ; all of the day where none does."""
    pair = (after.requesting, after.requested)
    happened = tuple(
        dict.fromkeys(
            change
            for state, other in (pair, pair[::-1])
            for change in _by_day(register, state).get(on, ())
            if _between(register, change, other)
        )
    )
    touched = _touched(before, after)
    return tuple(change for change in happened if change.instrument in touched) or happened


def _between(register: Register, change: Change, other: StateCode) -> bool:
    """Whether an event concerns the relation to the other State: not a bilateral treaty with, or a suspension towards, a third."""
    instrument = register.instruments.get(InstrumentId(change.instrument or ""))
    if instrument and instrument.tier is Tier.BILATERAL and other not in instrument.parties:
        return False
    return not change.towards or other in change.towards


def _touched(before: Basis, after: Basis) -> frozenset[str | None]:
    differing = set(_places(before)) ^ set(_places(after))
    names = {name for name, *_ in differing} | {by for *_, by in differing}
    questions = {doubt.question for basis in (before, after) for doubt in basis.doubts if doubt.kind is DoubtKind.OPEN_QUESTION}
    same = {doubt.question for doubt in before.doubts} & {doubt.question for doubt in after.doubts}
    return frozenset((names | (questions - same)) - {None})


def _places(basis: Basis) -> Iterator[tuple[str, object, object, str | None]]:
    """What became of each instrument in an answer."""
    yield from ((applied.id, applied.role, applied.certainty, None) for applied in basis.applied)
    yield from ((left.id, left.why, left.states, left.by) for left in basis.excluded)


# Every dated event of a State


def changes_of(register: Register, state: str, *, instrument: str | None = None) -> tuple[Change, ...]:
    """Every dated event of a State, in order of day; with `instrument` only those of that instrument, check, law or question."""
    return tuple(change for change in _in_order(register, StateCode(state)) if instrument is None or change.instrument == instrument)


@lru_cache(maxsize=_KEPT)
def _in_order(register: Register, state: StateCode) -> tuple[Change, ...]:
    return tuple(sorted(_all(register, state), key=lambda change: (change.on, _ORDER[change.kind], change.instrument or "")))


@lru_cache(maxsize=_KEPT)
def _by_day(register: Register, state: StateCode) -> Mapping[date, tuple[Change, ...]]:
    return {day: tuple(each) for day, each in groupby(_in_order(register, state), key=lambda change: change.on)}


_ORDER = {kind: place for place, kind in enumerate(ChangeKind)}


def _all(register: Register, state: StateCode) -> Iterator[Change]:
    for name in register.by_state.get(state, ()):
        yield from _of_party(register.instruments[name], register.instruments[name].parties[state])
    for check in register.checks:
        if row := check.bound.get(state):
            yield from _of_check(check, row)
    if law := register.national.get(state):
        yield from _of_law(law)
    for question in register.questions:
        if state in question.states or any(state in pair for pair in question.pairs):
            yield from _of_question(question, state)


_ACTS: tuple[tuple[str, ChangeKind], ...] = (
    ("signed", ChangeKind.SIGNED),
    ("ratified", ChangeKind.RATIFIED),
    ("deposited", ChangeKind.DEPOSITED),
    ("in_force_not_earlier_than", ChangeKind.NO_LONGER_SURELY_UNBOUND),
    ("in_force_not_later_than", ChangeKind.SURELY_BOUND),
    ("in_force", ChangeKind.IN_FORCE),
    ("suspended_from", ChangeKind.SUSPENDED),
    ("suspended_until", ChangeKind.RESUMED),
    ("withdrawn", ChangeKind.LEFT),
    ("withdrawn_not_later_than", ChangeKind.SURELY_LEFT),
)


def _of_party(instrument: Instrument, row: Party) -> Iterator[Change]:
    source = instrument.sources[0] if instrument.sources else row.source
    own = ((instrument.opened, ChangeKind.OPENED), (instrument.entry_into_force, ChangeKind.ENTERED))
    for day, kind in own:
        if day:
            yield Change(on=day, kind=kind, state=None, instrument=instrument.id, source=source, confidence=Confidence.UNVERIFIED)
    for key, kind in _ACTS:
        if day := getattr(row, key):
            read = row.confidence is Confidence.VERIFIED and key not in row.unverified_fields
            yield Change(
                on=day,
                kind=kind,
                state=row.state,
                instrument=instrument.id,
                source=row.source,
                confidence=Confidence.VERIFIED if read else Confidence.UNVERIFIED,
                towards=row.suspended_with if kind in (ChangeKind.SUSPENDED, ChangeKind.RESUMED) else (),
            )
    for made in instrument.declarations:
        if made.state == row.state:
            yield from _of_declaration(instrument, made)


def _of_declaration(instrument: Instrument, made: Declaration) -> Iterator[Change]:
    for day, kind in ((made.since, ChangeKind.DECLARED), (made.until, ChangeKind.DECLARATION_ENDED)):
        if day:
            yield Change(
                on=day,
                kind=kind,
                state=made.state,
                instrument=instrument.id,
                source=made.source,
                confidence=made.confidence,
                towards=made.towards,
            )


def _of_check(check: Check, row: CheckParty) -> Iterator[Change]:
    days = (
        (row.since, ChangeKind.RIGHTS),
        (row.since_not_earlier_than, ChangeKind.NO_LONGER_SURELY_UNBOUND),
        (row.since_not_later_than, ChangeKind.SURELY_BOUND),
        (row.until, ChangeKind.RIGHTS_LEFT),
    )
    for day, kind in days:
        if day:
            yield Change(on=day, kind=kind, state=row.state, instrument=check.id, source=check.source, confidence=check.confidence)


def _of_law(law: NationalLaw) -> Iterator[Change]:
    for day in (law.adopted, law.in_force):
        if day:
            yield Change(
                on=day, kind=ChangeKind.NATIONAL_LAW, state=law.state, instrument=law.id, source=law.source, confidence=law.confidence
            )


def _of_question(question: Question, state: StateCode) -> Iterator[Change]:
    for day, kind in ((question.since, ChangeKind.QUESTION), (question.until, ChangeKind.QUESTION_CLOSED)):
        if day:
            yield Change(on=day, kind=kind, state=state, instrument=question.id, source=question.source, confidence=question.confidence)
