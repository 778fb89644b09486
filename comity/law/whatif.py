"""What the answer would be on another day, for another offence, or if a fact in doubt were settled.

A supposition never touches the register: a fact settled is written into a copy that lives for one question.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TypeAlias, assert_never

from comity.errors import ComityError
from comity.identifiers import InstrumentId, StateCode
from comity.law.basis import Basis, Bound, Doubt, DoubtKind
from comity.law.history import alike
from comity.law.model import Confidence, Declaration, Instrument, Party, Provision, Question, Register, Status
from comity.law.resolve import ANY, answer_on, events, resolve

SUPPOSED = "supposed"
"""The source of a fact that is only supposed."""
_DAY = timedelta(days=1)
_EITHER_WAY = (
    *(DoubtKind.STATUS, DoubtKind.UNVERIFIED, DoubtKind.NOT_RESEARCHED),
    *(DoubtKind.DECLARATION, DoubtKind.TAKES_AS_BASIS, DoubtKind.OPEN_QUESTION),
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
    return (*_settled(basis), *_days(register, basis), *_offences(register, basis))


def _answer(register: Register, basis: Basis, supposition: Supposition) -> Basis:
    match supposition:
        case AnotherDay():
            return resolve(register, basis.requesting, basis.requested, basis.kind, supposition.on, basis.offence_area)
        case AnotherOffence():
            return resolve(register, basis.requesting, basis.requested, basis.kind, basis.on, supposition.area)
        case Settled():
            area = None if basis.offence_area == ANY else basis.offence_area
            supposed = settled(register, basis, supposition)
            answer = answer_on(supposed, basis.requesting, basis.requested, basis.kind, basis.on, area)
            return replace(answer, offence_area=basis.offence_area)
        case _:
            assert_never(supposition)


# What can be supposed


def _settled(basis: Basis) -> Iterator[Settled]:
    for doubt in basis.doubts:
        for one in _single(doubt):
            for bound in (Bound.YES, Bound.NO):
                yield Settled(doubt=one, bound=bound)


def _single(doubt: Doubt) -> tuple[Doubt, ...]:
    """A doubt over many instruments that were never looked up is one fact for each of them."""
    if doubt.kind not in _EITHER_WAY:
        return ()
    if doubt.kind is DoubtKind.NOT_RESEARCHED:
        return tuple(replace(doubt, instruments=(name,)) for name in doubt.instruments)
    return (doubt,)


def _days(register: Register, basis: Basis) -> Iterator[AnotherDay]:
    days = events(register, basis.requesting, basis.requested)
    earlier = (day - _DAY for day in reversed(days) if day <= basis.on)
    later = (day for day in days if day > basis.on)
    for candidates in (earlier, later):
        if other := next((day for day in candidates if not alike(basis, _answer(register, basis, AnotherDay(on=day)))), None):
            yield AnotherDay(on=other)


def _offences(register: Register, basis: Basis) -> Iterator[AnotherOffence]:
    now = basis.offence_area or ANY
    for area in register.offence_areas:
        if area != now and _applied(_answer(register, basis, AnotherOffence(area=area))) != _applied(basis):
            yield AnotherOffence(area=area)


def _applied(basis: Basis) -> tuple[object, ...]:
    return (basis.basis, *((applied.id, applied.role) for applied in basis.applied))


# A register in which the doubt is settled


def settled(register: Register, basis: Basis, supposition: Settled) -> Register:
    """A copy of the register in which the doubt is settled as supposed, on the day and between the States of the answer."""
    doubt = supposition.doubt
    if doubt.kind not in _EITHER_WAY:
        raise SuppositionError(
            f"A doubt of the kind “{doubt.kind}” is settled by no single fact.",
            next_step=f"Suppose one of these settled: {', '.join(_EITHER_WAY)}.",
        )
    mends: Callable[[Instrument], Instrument] = _Mend(register, basis, supposition)
    changed = {InstrumentId(name): mends(register.instruments[InstrumentId(name)]) for name in doubt.instruments}
    questions = tuple(question for question in register.questions if question.id != doubt.question)
    return _with(register, {**register.instruments, **changed}, questions, basis)


def _with(register: Register, instruments: Mapping[InstrumentId, Instrument], questions: tuple[Question, ...], basis: Basis) -> Register:
    """The copy, with the day of the answer among the events of both States: what is supposed is so from that day on."""
    by_state, happened = dict(register.by_state), dict(register.events)
    for state in (basis.requesting, basis.requested):
        by_state[state] = tuple(name for name, instrument in instruments.items() if state in instrument.parties)
        happened[state] = tuple(sorted({*register.events.get(state, ()), basis.on}))
    return replace(register, instruments=instruments, questions=questions, by_state=by_state, events=happened)


class _Mend:
    """Writes into an instrument what is supposed."""

    def __init__(self, register: Register, basis: Basis, supposition: Settled) -> None:
        self.register = register
        self.basis = basis
        self.doubt = supposition.doubt
        self.bound = supposition.bound
        self.pair = (basis.requesting, basis.requested)

    def __call__(self, instrument: Instrument) -> Instrument:
        match self.doubt.kind:
            case DoubtKind.TAKES_AS_BASIS:
                return self._declared(instrument)
            case DoubtKind.DECLARATION:
                return self._declaration(instrument)
            case _:
                return self._status(instrument)

    def _declared(self, instrument: Instrument) -> Instrument:
        """Both States take the convention as a basis, or its text is none."""
        if self.bound is Bound.YES:
            made = tuple(_takes_as_basis(state) for state in self.pair)
            return replace(instrument, declarations=(*instrument.declarations, *made))
        return replace(instrument, provisions=(*instrument.provisions, _no_basis(self.basis.kind)))

    def _declaration(self, instrument: Instrument) -> Instrument:
        """The declaration that takes the instrument away was never made, or was seen."""
        kept = tuple(made for made in instrument.declarations if not self._excludes(made))
        if self.bound is Bound.YES:
            return replace(instrument, declarations=kept)
        seen = tuple(
            replace(made, confidence=Confidence.VERIFIED, source=SUPPOSED) for made in instrument.declarations if self._excludes(made)
        )
        return replace(instrument, declarations=(*kept, *seen))

    def _excludes(self, made: Declaration) -> bool:
        return made.effect == "not-towards" and made.state in self.pair and bool({*made.towards} & {*self.pair})

    def _status(self, instrument: Instrument) -> Instrument:
        """The States of the doubt are bound, or not; where a question is open, so is what stands in the way of the instrument."""
        asked = self.doubt.kind is DoubtKind.OPEN_QUESTION
        if asked and self.bound is Bound.NO and any(left.id == instrument.id for left in self.basis.excluded):
            return instrument
        parties = {**instrument.parties, **{state: self._row(instrument.parties.get(state), state) for state in self._states()}}
        if self.bound is Bound.NO:
            return replace(instrument, parties=parties)
        entered = instrument.entry_into_force if instrument.entry_into_force and instrument.entry_into_force <= self.basis.on else None
        open_again = tuple(made for made in instrument.declarations if not (asked and self._excludes(made)))
        return replace(instrument, parties=parties, never_in_force=False, entry_into_force=entered, declarations=open_again)

    def _states(self) -> tuple[StateCode, ...]:
        """The States whose status is in doubt: of an open question those it names."""
        question = next((question for question in self.register.questions if question.id == self.doubt.question), None)
        named = question.states if question else ()
        return tuple(state for state in self.pair if state in (named or self.doubt.states))

    def _row(self, row: Party | None, state: StateCode) -> Party:
        if row is None or self.bound is Bound.NO:
            status, since = (Status.PARTY, self.basis.on) if self.bound is Bound.YES else (Status.NONE, None)
            return Party(state=state, status=status, source=SUPPOSED, confidence=Confidence.VERIFIED, in_force=since)
        return replace(
            row,
            status=Status.PARTY,
            in_force=row.in_force if row.in_force and row.in_force <= self.basis.on else self.basis.on,
            in_force_not_earlier_than=None,
            in_force_not_later_than=None,
            withdrawn=None,
            withdrawn_not_later_than=None,
            suspended_with=() if self.doubt.kind is DoubtKind.OPEN_QUESTION else row.suspended_with,
            unverified_fields=(),
            source=SUPPOSED,
            confidence=Confidence.VERIFIED,
        )


def _takes_as_basis(state: StateCode) -> Declaration:
    return Declaration(state=state, effect="takes-as-basis", summary="", summary_ru="", source=SUPPOSED, confidence=Confidence.VERIFIED)


def _no_basis(kind: str) -> Provision:
    return Provision(
        topic="extradition-basis", kinds=(kind,), summary="", source=SUPPOSED, confidence=Confidence.VERIFIED, usable_as_basis="no"
    )
