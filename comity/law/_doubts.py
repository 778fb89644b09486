"""What an answer is not sure of, and whether that unsettles it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from comity.identifiers import StateCode
from comity.law._contents import Contents, own_law
from comity.law._inquiry import Family, Inquiry, Standing
from comity.law._order import Order
from comity.law.basis import BasisKind, Bound, Doubt, DoubtKind, Excluded, Why
from comity.law.model import Question, Register
from comity.law.status import unknown_states

_KEPT = 4096
_OPEN = (Why.STATUS_UNKNOWN, Why.SUSPENDED, Why.WITHDRAWN, Why.DECLARED_AWAY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsure:
    """All of an answer that can be in doubt."""

    inquiry: Inquiry
    order: Order
    excluded: tuple[Excluded, ...]
    contents: Contents
    basis: BasisKind

    @property
    def families(self) -> tuple[Family, ...]:
        """Every family of instruments in the answer."""
        return self.order.primary + self.order.reserve + self.order.supplement


def doubts(unsure: Unsure) -> tuple[Doubt, ...]:
    """Every doubt once, those that unsettle the answer first."""
    found = (
        *_status(unsure),
        *_undeclared(unsure),
        *_questions(unsure),
        *_not_researched(unsure),
        *_offence(unsure),
        *_reciprocity(unsure),
        *_order(unsure),
        *_no_duty(unsure),
        *_unverified(unsure),
        *_silent(unsure),
        *_review(unsure),
    )
    return tuple(sorted(dict.fromkeys(found), key=lambda doubt: not doubt.unsettles))


def _status(unsure: Unsure) -> Iterator[Doubt]:
    for standing in _primary(unsure):
        if states := tuple(unknown_states(standing.evidence)):
            yield _doubt(DoubtKind.STATUS, standing, states=states, unsettles=True)
        for made in standing.declared:
            yield Doubt(
                kind=DoubtKind.DECLARATION,
                instruments=(standing.instrument.id,),
                states=(made.state,),
                article=made.article,
                unsettles=True,
            )


def _primary(unsure: Unsure) -> Iterator[Standing]:
    return (standing for family in unsure.order.primary for standing in family.members)


def _doubt(kind: DoubtKind, standing: Standing, *, states: Iterable[StateCode], unsettles: bool) -> Doubt:
    return Doubt(kind=kind, instruments=(standing.instrument.id,), states=tuple(states), unsettles=unsettles)


def _undeclared(unsure: Unsure) -> Iterator[Doubt]:
    for family in unsure.families:
        if family.undeclared:
            primary = family in unsure.order.primary
            yield Doubt(kind=DoubtKind.TAKES_AS_BASIS, instruments=(family.id,), states=unsure.inquiry.pair, unsettles=primary)


def _questions(unsure: Unsure) -> Iterator[Doubt]:
    primary = {standing.instrument.id for standing in _primary(unsure)}
    behind = {standing.instrument.id for family in unsure.families for standing in family.members} - primary
    lost = {left.id for left in unsure.excluded if left.why in _OPEN and _would_lead(unsure, left)}
    for question in _of_states(unsure.inquiry.register, unsure.inquiry.requesting, unsure.inquiry.requested):
        touched = tuple(name for name in question.instruments if name in primary | behind | lost)
        if touched and _asked(unsure.inquiry, question):
            unsettles = question.unsettles and any(name in primary | lost for name in touched)
            yield Doubt(
                kind=DoubtKind.OPEN_QUESTION, instruments=touched, states=unsure.inquiry.pair, question=question.id, unsettles=unsettles
            )


@lru_cache(maxsize=_KEPT)
def _of_states(register: Register, requesting: StateCode, requested: StateCode) -> tuple[Question, ...]:
    """The questions that concern the two States, whatever the day and kind."""
    pair = frozenset((requesting, requested))
    return tuple(question for question in register.questions if pair & set(question.states) or pair in question.pairs)


def _would_lead(unsure: Unsure, left: Excluded) -> bool:
    """Whether an instrument left out would be primary if it were not."""
    primary = unsure.order.primary
    return not primary or unsure.inquiry.register.instruments[left.id].tier.rank <= primary[-1].rank


def _asked(inquiry: Inquiry, question: Question) -> bool:
    if (question.since and inquiry.on < question.since) or (question.until and inquiry.on >= question.until):
        return False
    return not question.kinds or inquiry.kind in question.kinds


def _not_researched(unsure: Unsure) -> Iterator[Doubt]:
    unseen = tuple(left for left in unsure.excluded if left.why is Why.NOT_RESEARCHED)
    if unseen and unsure.basis is not BasisKind.TREATY:
        states = tuple(dict.fromkeys(state for left in unseen for state in left.states))
        yield Doubt(kind=DoubtKind.NOT_RESEARCHED, instruments=tuple(left.id for left in unseen), states=states, unsettles=True)
    collected = unsure.inquiry.register.bilateral_of
    complete = [collected.get(state) for state in unsure.inquiry.pair]
    if True not in complete:
        yield Doubt(kind=DoubtKind.BILATERAL, states=unsure.inquiry.pair, unsettles=all(known is None for known in complete))


def _offence(unsure: Unsure) -> Iterator[Doubt]:
    """With no offence named and no treaty for any offence, the answer may change once the offence is known."""
    if unsure.inquiry.area is not None or unsure.basis is BasisKind.TREATY:
        return
    could = tuple(left.id for left in unsure.excluded if left.why is Why.OFFENCE_NOT_COVERED)
    if could:
        yield Doubt(kind=DoubtKind.OFFENCE, instruments=could, unsettles=True)


def _reciprocity(unsure: Unsure) -> Iterator[Doubt]:
    if unsure.basis is BasisKind.TREATY:
        return
    silent = tuple(state for state in unsure.inquiry.pair if own_law(unsure.inquiry, state) is None)
    if silent:
        yield Doubt(kind=DoubtKind.NATIONAL_LAW, states=silent, unsettles=True)


def _order(unsure: Unsure) -> Iterator[Doubt]:
    if unsure.order.rivals:
        yield Doubt(kind=DoubtKind.ORDER, instruments=unsure.order.rivals, states=unsure.inquiry.pair)


def _no_duty(unsure: Unsure) -> Iterator[Doubt]:
    for family in unsure.order.primary:
        if family.no_duty:
            yield Doubt(kind=DoubtKind.NO_DUTY, instruments=(family.id,), unsettles=True)


def _unverified(unsure: Unsure) -> Iterator[Doubt]:
    for family in unsure.families:
        for standing in family.members:
            states = tuple(found.state for found in standing.evidence if found.bound is Bound.YES and not found.verified)
            if states:
                yield _doubt(DoubtKind.UNVERIFIED, standing, states=states, unsettles=family in unsure.order.primary)


def _silent(unsure: Unsure) -> Iterator[Doubt]:
    for point, names in unsure.contents.silent:
        yield Doubt(kind=DoubtKind.SILENT, instruments=names, point=point)


def _review(unsure: Unsure) -> Iterator[Doubt]:
    for rule in unsure.contents.review:
        yield Doubt(kind=DoubtKind.REVIEW, instruments=(rule.where,), article=rule.article)
