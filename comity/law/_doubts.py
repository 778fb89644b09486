"""What an answer is not sure of, and whether that unsettles it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from comity.identifiers import StateCode
from comity.law._contents import Contents, own_law
from comity.law._inquiry import Family, Inquiry, Standing
from comity.law._order import Order
from comity.law._parts import SAID, Touch, unread
from comity.law.basis import BasisKind, Bound, Doubt, DoubtKind, Excluded, HumanRightsCheck, Part, Why
from comity.law.model import Authority, Confidence, Question, Register
from comity.law.status import unknown_states

_KEPT = 4096
_ON_STATUS = (
    *(DoubtKind.STATUS, DoubtKind.UNVERIFIED, DoubtKind.DECLARATION, DoubtKind.TAKES_AS_BASIS),
    *(DoubtKind.OPEN_QUESTION, DoubtKind.NOT_RESEARCHED, DoubtKind.OFFENCE),
)
"""Doubts on whether instruments bind the two States or serve between them."""
_OPEN = (Why.STATUS_UNKNOWN, Why.SUSPENDED, Why.WITHDRAWN, Why.DECLARED_AWAY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsure:
    """All of an answer that can be in doubt."""

    inquiry: Inquiry
    order: Order
    excluded: tuple[Excluded, ...]
    contents: Contents
    basis: BasisKind
    checks: tuple[HumanRightsCheck, ...]
    authorities: tuple[Authority, ...]

    @property
    def families(self) -> tuple[Family, ...]:
        """Every family of instruments in the answer."""
        return self.order.primary + self.order.reserve + self.order.supplement


def doubts(unsure: Unsure) -> tuple[Doubt, ...]:
    """Every doubt once, those that unsettle the answer first, each with the parts of the answer it touches."""
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
        *_unread(unsure),
        *_authorities(unsure),
        *_rights(unsure),
        *_review(unsure),
    )
    touch = Touch(unsure.inquiry.register, unsure.inquiry.kind, unsure.order, unsure.contents)
    placed = (replace(doubt, parts=_parts(touch, unsure, doubt)) for doubt in dict.fromkeys(found))
    return tuple(sorted(placed, key=lambda doubt: not doubt.unsettles))


def _parts(touch: Touch, unsure: Unsure, doubt: Doubt) -> tuple[Part, ...]:
    """What the doubt touches: the instruments where it unsettles, and what would read otherwise if it were settled the other way."""
    touched = {*doubt.parts, *_hanging(touch, unsure, doubt), *((Part.INSTRUMENTS,) if doubt.unsettles else ())}
    return tuple(part for part in Part if part in touched)


def _hanging(touch: Touch, unsure: Unsure, doubt: Doubt) -> Iterable[Part]:
    """What would read otherwise: without the instruments that apply, with those that are left out, if those that may bind surely did."""
    if doubt.kind is DoubtKind.ORDER:
        return touch.differing(doubt.instruments)
    if doubt.kind is DoubtKind.BILATERAL and doubt.unsettles:
        return SAID
    if doubt.kind not in _ON_STATUS or (doubt.kind is DoubtKind.OPEN_QUESTION and not doubt.unsettles):
        return ()
    out = {left.id for left in unsure.excluded}.intersection(doubt.instruments)
    applied = tuple(name for name in doubt.instruments if name not in out)
    risen = () if doubt.kind is DoubtKind.UNVERIFIED else touch.bound(applied)
    return (*touch.falling(applied), *risen, *touch.joining(out))


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
        yield Doubt(kind=DoubtKind.SILENT, instruments=names, point=point, parts=(Part(point),))


def _unread(unsure: Unsure) -> Iterator[Doubt]:
    """Rules that are remembered and were not read: they touch the parts in which they speak, never what the request rests on."""
    for name, parts in unread(unsure.contents).items():
        yield Doubt(kind=DoubtKind.UNREAD, instruments=(name,), parts=parts)


def _authorities(unsure: Unsure) -> Iterator[Doubt]:
    named = {authority.state for authority in unsure.authorities}
    doubted = {authority.state for authority in unsure.authorities if authority.confidence is not Confidence.VERIFIED}
    for kind, states in ((DoubtKind.AUTHORITY, doubted), (DoubtKind.NO_AUTHORITY, {*unsure.inquiry.pair} - named)):
        if states:
            yield Doubt(kind=kind, states=tuple(state for state in unsure.inquiry.pair if state in states), parts=(Part.AUTHORITIES,))


def _rights(unsure: Unsure) -> Iterator[Doubt]:
    """Checks of which it is not known whether they bind a State, or whose wording was not read."""
    for check in unsure.checks:
        if states := tuple(state for state, bound in check.binds if bound is Bound.UNKNOWN):
            yield Doubt(kind=DoubtKind.RIGHTS, instruments=(check.id,), states=states, parts=(Part.HUMAN_RIGHTS,))
    if names := tuple(check.id for check in unsure.checks if check.confidence is not Confidence.VERIFIED):
        yield Doubt(kind=DoubtKind.UNREAD, instruments=names, parts=(Part.HUMAN_RIGHTS,))


def _review(unsure: Unsure) -> Iterator[Doubt]:
    for rule in unsure.contents.review:
        yield Doubt(kind=DoubtKind.REVIEW, instruments=(rule.where,), article=rule.article, parts=(Part.HUMAN_RIGHTS,))
