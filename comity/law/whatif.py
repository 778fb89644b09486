"""What the answer would be on another day, for another offence, or if a fact in doubt were settled.

A supposition never touches the register: it is written into what the first steps found, and the other steps are taken from there.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TypeAlias, assert_never

from comity.errors import ComityError
from comity.identifiers import InstrumentId, StateCode
from comity.law._inquiry import Standing, excluded
from comity.law._question import ANY, beginning
from comity.law._standing import between
from comity.law.basis import Basis, Bound, Doubt, DoubtKind, Evidence, Excluded, Why
from comity.law.history import alike
from comity.law.model import Confidence, Declaration, Instrument, Question, Register, Status
from comity.law.resolve import answer, events, inquire, resolve
from comity.law.status import both

SUPPOSED = "supposed"
"""The source of a fact that is only supposed."""
_DAY = timedelta(days=1)
_EITHER_WAY = (
    *(DoubtKind.STATUS, DoubtKind.UNVERIFIED, DoubtKind.NOT_RESEARCHED, DoubtKind.DECLARATION, DoubtKind.SUSPENSION),
    *(DoubtKind.TAKES_AS_BASIS, DoubtKind.OPEN_QUESTION, DoubtKind.OFFENCE_DATE),
)


class SuppositionError(ComityError):
    """A doubt that no single fact settles was supposed settled; `why` says which."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnotherDay:
    """The same question on another day."""

    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class AnotherOffence:
    """The same question for another offence; None is any offence."""

    area: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """A doubt settled: `bound` YES, its instruments bind the two States and serve between them; NO, they do not."""

    doubt: Doubt
    bound: Bound


Supposition: TypeAlias = AnotherDay | AnotherOffence | Settled


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternative:
    """The answer under a supposition: the instruments that apply then and not now, those that apply now and not then.

    `same`: the answer is the same in instruments, order, certainty and what is left out.
    """

    supposition: Supposition
    basis: Basis
    gained: tuple[InstrumentId, ...]
    lost: tuple[InstrumentId, ...]
    certainty_changes: bool
    same: bool


def what_if(register: Register, basis: Basis, supposition: Supposition) -> Alternative:
    """The answer under the supposition beside the one given; raises `SuppositionError`, and `UnknownWordError` for an unknown offence."""
    then = _answer(register, basis, supposition)
    now_ids, then_ids = (tuple(applied.id for applied in answer.applied) for answer in (basis, then))
    return Alternative(
        supposition=supposition,
        basis=then,
        gained=tuple(name for name in then_ids if name not in now_ids),
        lost=tuple(name for name in now_ids if name not in then_ids),
        certainty_changes=basis.certainty is not then.certainty,
        same=alike(basis, then),
    )


def suppositions(register: Register, basis: Basis) -> tuple[Supposition, ...]:
    """Each doubt that can be settled, each way; the nearest days before and after on which the answer differs; offences that change it."""
    return (*_settled(register, basis), *_days(register, basis), *_offences(register, basis))


def _answer(register: Register, basis: Basis, supposition: Supposition) -> Basis:
    match supposition:
        case AnotherDay():
            return resolve(register, *_who(basis), basis.kind, supposition.on, basis.offence_area, committed=basis.committed)
        case AnotherOffence():
            return resolve(register, *_who(basis), basis.kind, basis.on, supposition.area, committed=basis.committed)
        case Settled():
            return _settled_answer(register, basis, supposition)
        case _:
            assert_never(supposition)


def _who(basis: Basis) -> tuple[StateCode, StateCode]:
    return basis.requesting, basis.requested


# What can be supposed


def _settled(register: Register, basis: Basis) -> Iterator[Settled]:
    for doubt in basis.doubts:
        for one in _single(register, doubt):
            for bound in (Bound.YES, Bound.NO):
                yield Settled(doubt=one, bound=bound)


def _single(register: Register, doubt: Doubt) -> tuple[Doubt, ...]:
    """A doubt over many instruments that were never looked up is one fact for each of them; on some open questions no answer hangs."""
    if doubt.kind not in _EITHER_WAY:
        return ()
    if doubt.kind is DoubtKind.OPEN_QUESTION and not _question(register, doubt).unsettles:
        return ()
    if doubt.kind is DoubtKind.NOT_RESEARCHED:
        return tuple(replace(doubt, instruments=(name,)) for name in doubt.instruments)
    return (doubt,)


def _question(register: Register, doubt: Doubt) -> Question:
    return next(question for question in register.questions if question.id == doubt.question)


def _days(register: Register, basis: Basis) -> Iterator[AnotherDay]:
    """The last day before, and the first after, on which the answer differs."""
    days, first = events(register, *_who(basis), basis.kind), beginning(register, _who(basis))
    earlier = (day - _DAY for day in reversed(days) if first < day <= basis.on)
    later = (day for day in days if day > basis.on)
    for candidates in (earlier, later):
        if other := next((day for day in candidates if not _alike(register, basis, day)), None):
            yield AnotherDay(on=other)


def _alike(register: Register, basis: Basis, day: date) -> bool:
    return alike(basis, _answer(register, basis, AnotherDay(on=day)), left_out=False)


def _offences(register: Register, basis: Basis) -> Iterator[AnotherOffence]:
    now = basis.offence_area or ANY
    for area in register.offence_areas:
        if area != now and _applied(_answer(register, basis, AnotherOffence(area=area))) != _applied(basis):
            yield AnotherOffence(area=area)


def _applied(basis: Basis) -> tuple[object, ...]:
    return (basis.basis, *((applied.id, applied.role) for applied in basis.applied))


# A doubt settled


def _settled_answer(register: Register, basis: Basis, supposition: Settled) -> Basis:
    doubt = supposition.doubt
    if doubt.kind not in _EITHER_WAY:
        raise SuppositionError(
            f"A doubt of the kind “{doubt.kind}” is settled by no single fact.",
            next_step=f"Suppose one of these settled: {', '.join(_EITHER_WAY)}.",
        )
    area = None if basis.offence_area == ANY else basis.offence_area
    inquiry = inquire(register, *_who(basis), basis.kind, basis.on, area, _committed(basis, supposition))
    found, names = between(inquiry), tuple(InstrumentId(name) for name in doubt.instruments)
    mend = _Mend(register, basis, supposition)
    mended = {**found, **{name: mend(register.instruments[name], found[name]) for name in names if name in found}}
    taken = frozenset(names) if doubt.kind is DoubtKind.TAKES_AS_BASIS and supposition.bound is Bound.YES else frozenset[InstrumentId]()
    settled = frozenset((doubt.question,)) if doubt.question else frozenset[str]()
    return replace(answer(inquiry, mended, settled=settled, taken=taken), offence_area=basis.offence_area)


def _committed(basis: Basis, supposition: Settled) -> date | None:
    """The day of the offence: where that is the doubt, one late enough for the instrument to serve."""
    late = supposition.doubt.kind is DoubtKind.OFFENCE_DATE and supposition.bound is Bound.YES
    return basis.on if late else basis.committed


class _Mend:
    """Writes into what became of an instrument in steps 1 to 3 what is supposed."""

    def __init__(self, register: Register, basis: Basis, supposition: Settled) -> None:
        self._doubt = supposition.doubt
        self._kind = supposition.doubt.kind
        self._yes = supposition.bound is Bound.YES
        question = next((item for item in register.questions if item.id == self._doubt.question), None)
        named = question.states if question else ()
        self._states = tuple(state for state in _who(basis) if state in (named or self._doubt.states))

    def __call__(self, instrument: Instrument, item: Standing | Excluded) -> Standing | Excluded:
        evidence = self._evidence(item)
        if self._yes:
            return self._standing(instrument, item, evidence)
        if self._kind is DoubtKind.OPEN_QUESTION and isinstance(item, Excluded):
            return item
        why, fact = _WHY_NOT.get(self._kind, Why.NOT_BOUND), (SUPPOSED, Confidence.VERIFIED)
        return excluded(instrument.id, why, evidence, states=self._states, article=self._doubt.article, fact=fact)

    def _standing(self, instrument: Instrument, item: Standing | Excluded, evidence: tuple[Evidence, Evidence]) -> Standing:
        """The instrument as one that binds; an open question takes away what stood in its way."""
        declared: tuple[Declaration, ...] = ()
        suspended: tuple[StateCode, ...] = ()
        if isinstance(item, Standing) and self._kind is not DoubtKind.OPEN_QUESTION:
            declared = () if self._kind is DoubtKind.DECLARATION else item.declared
            suspended = () if self._kind is DoubtKind.SUSPENSION else item.suspended
        bound = both(*(found.bound for found in evidence), *(Bound.UNKNOWN for _ in (*declared, *suspended)))
        return Standing(instrument=instrument, bound=bound, evidence=evidence, declared=declared, suspended=suspended)

    def _evidence(self, item: Standing | Excluded) -> tuple[Evidence, Evidence]:
        one, other = item.evidence
        return self._supposed(one), self._supposed(other)

    def _supposed(self, found: Evidence) -> Evidence:
        """The status of a State whose status is in doubt, as supposed."""
        if self._kind in _WHY_NOT or found.state not in self._states:
            return found
        bound, status = (Bound.YES, Status.PARTY) if self._yes else (Bound.NO, Status.NONE)
        since = found.since if self._yes else None
        return Evidence(
            state=found.state, bound=bound, status=status, source=SUPPOSED, confidence=Confidence.VERIFIED, verified=True, since=since
        )


_WHY_NOT = {
    DoubtKind.TAKES_AS_BASIS: Why.NO_BASIS,
    DoubtKind.OFFENCE_DATE: Why.OFFENCE_BEFORE,
    DoubtKind.DECLARATION: Why.DECLARED_AWAY,
    DoubtKind.SUSPENSION: Why.SUSPENDED,
}
"""Why an instrument is left out if the doubt is settled against it; otherwise because a State is not bound."""
