"""What an answer is not sure of, whether that unsettles it, and which of its parts it touches."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from comity.identifiers import InstrumentId, StateCode
from comity.law._contents import own_law
from comity.law._course import Course, Result, binding, course, differing, hanging, not_read, without
from comity.law._inquiry import STALE_AFTER, Family, Inquiry, Standing
from comity.law._order import for_the_offence
from comity.law._parts import SAID, spoken
from comity.law._rules import clauses_of
from comity.law._standing import counts_from, unresearched
from comity.law.basis import BasisKind, Bound, Doubt, DoubtKind, Excluded, HumanRightsCheck, Part, Why
from comity.law.model import Authority, Confidence, Question, Register
from comity.law.status import national_in_force, not_yet, unknown_states

_KEPT = 4096
_ON_STATUS = (
    *(DoubtKind.STATUS, DoubtKind.UNVERIFIED, DoubtKind.DECLARATION, DoubtKind.SUSPENSION),
    *(DoubtKind.TAKES_AS_BASIS, DoubtKind.OPEN_QUESTION, DoubtKind.NOT_RESEARCHED),
)
"""Doubts on whether instruments bind the two States or serve between them."""
_OPEN = (Why.STATUS_UNKNOWN, Why.SUSPENDED, Why.WITHDRAWN, Why.DECLARED_AWAY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsure:
    """All of an answer that can be in doubt. `settled`: open questions that are supposed to be settled."""

    inquiry: Inquiry
    course: Course
    result: Result
    standings: Mapping[InstrumentId, Standing]
    excluded: tuple[Excluded, ...]
    basis: BasisKind
    checks: tuple[HumanRightsCheck, ...]
    authorities: tuple[Authority, ...]
    settled: frozenset[str]

    @property
    def primary(self) -> tuple[Family, ...]:
        """The families that carry the request."""
        return self.result.order.primary

    @property
    def families(self) -> tuple[Family, ...]:
        """Every family of instruments in the answer."""
        return self.primary + self.result.order.reserve + self.result.order.supplement

    @property
    def ranked(self) -> tuple[tuple[Family, bool], ...]:
        """Every family with whether it carries the request."""
        first = len(self.primary)
        return tuple((family, place < first) for place, family in enumerate(self.families))

    def of(self, families: Iterable[Family]) -> Iterator[Standing]:
        """The standing of each member of these families."""
        return (self.standings[name] for family in families for name in family.names)


def doubts(unsure: Unsure) -> tuple[Doubt, ...]:
    """Every doubt once, those that unsettle the answer first, each with the parts of the answer it touches."""
    found = (
        *_status(unsure),
        *_undeclared(unsure),
        *_questions(unsure),
        *_not_researched(unsure),
        *_offence(unsure),
        *_offence_date(unsure),
        *_reciprocity(unsure),
        *_order(unsure),
        *_no_duty(unsure),
        *_unverified(unsure),
        *_silent(unsure),
        *_unread(unsure),
        *_reservations(unsure),
        *_authorities(unsure),
        *_rights(unsure),
        *_review(unsure),
        *_later(unsure),
    )
    placed = tuple(_placed(unsure, doubt) for doubt in dict.fromkeys(found))
    return (*(doubt for doubt in placed if doubt.unsettles), *(doubt for doubt in placed if not doubt.unsettles))


def _placed(unsure: Unsure, doubt: Doubt) -> Doubt:
    """The doubt with what it touches: the instruments where it unsettles, and what would read otherwise if it were settled."""
    touched = (*((Part.INSTRUMENTS,) if doubt.unsettles else ()), *doubt.parts, *_hanging(unsure, doubt))
    return doubt if touched == doubt.parts else replace(doubt, parts=touched)


def _hanging(unsure: Unsure, doubt: Doubt) -> tuple[Part, ...]:
    register, names = unsure.inquiry.register, tuple(InstrumentId(name) for name in doubt.instruments)
    match doubt.kind:
        case DoubtKind.ORDER:
            return differing(register, unsure.course, names)
        case DoubtKind.OFFENCE:
            return hanging(register, unsure.course, tuple(_of_offences(unsure, names)))
        case DoubtKind.BILATERAL if doubt.unsettles:
            return SAID
        case kind if kind in _ON_STATUS and _hangs(register, doubt):
            return hanging(register, unsure.course, tuple(_otherwise(unsure, kind, frozenset(names))))
        case _:
            return ()


def _hangs(register: Register, doubt: Doubt) -> bool:
    """Whether an answer hangs on it: on some open questions none does."""
    return doubt.question is None or any(question.unsettles for question in register.questions if question.id == doubt.question)


def _otherwise(unsure: Unsure, kind: DoubtKind, names: frozenset[InstrumentId]) -> Iterator[Course]:
    """How a doubt on these instruments can turn out: those that apply fall away, or all surely bind; each of those never looked up does."""
    if kind is DoubtKind.NOT_RESEARCHED:
        instruments = unsure.inquiry.register.instruments
        serving = (name for name in sorted(names) if unsure.inquiry.covers(instruments[name]))
        yield from (binding(unsure.inquiry, unsure.course, frozenset((name,))) for name in serving)
        return
    applied = names.intersection(unsure.standings) - {left.id for left in unsure.excluded}
    if applied and not (kind is DoubtKind.UNVERIFIED and _mute(unsure, applied)):
        yield without(unsure.course, applied)
    if kind is not DoubtKind.UNVERIFIED:
        yield binding(unsure.inquiry, unsure.course, names)


def _mute(unsure: Unsure, names: frozenset[InstrumentId]) -> bool:
    """Whether these stand behind or beside and say nothing in the answer, so that without them it reads the same."""
    primary = {name for family in unsure.primary for name in family.names}
    return primary.isdisjoint(names) and unsure.result.speakers.isdisjoint(names)


def _of_offences(unsure: Unsure, names: tuple[InstrumentId, ...]) -> Iterator[Course]:
    """The courses if an offence were named for which one of these instruments is."""
    areas = dict.fromkeys(unsure.inquiry.register.instruments[name].offence_areas[0] for name in names)
    for area in areas:
        inquiry = replace(unsure.inquiry, area=area)
        serving, _beside = for_the_offence(inquiry, unsure.standings.values())
        yield course(inquiry, serving, unsure.course.taken)


def _status(unsure: Unsure) -> Iterator[Doubt]:
    for standing in unsure.of(unsure.primary):
        if states := tuple(unknown_states(standing.evidence)):
            yield _doubt(DoubtKind.STATUS, standing, states=states, unsettles=True)
        if standing.suspended:
            yield _doubt(DoubtKind.SUSPENSION, standing, states=standing.suspended, unsettles=True)
        for made in standing.declared:
            named = (standing.instrument.id,)
            yield Doubt(kind=DoubtKind.DECLARATION, instruments=named, states=(made.state,), article=made.article, unsettles=True)


def _doubt(kind: DoubtKind, standing: Standing, *, states: Iterable[StateCode], unsettles: bool) -> Doubt:
    return Doubt(kind=kind, instruments=(standing.instrument.id,), states=tuple(states), unsettles=unsettles)


def _undeclared(unsure: Unsure) -> Iterator[Doubt]:
    for family, primary in unsure.ranked:
        if family.undeclared:
            yield Doubt(kind=DoubtKind.TAKES_AS_BASIS, instruments=(family.id,), states=unsure.inquiry.pair, unsettles=primary)


def _questions(unsure: Unsure) -> Iterator[Doubt]:
    primary = {name for family in unsure.primary for name in family.names}
    behind = {name for family in unsure.families for name in family.names} - primary
    lost = {left.id for left in unsure.excluded if left.why in _OPEN and _would_lead(unsure, left)}
    for question in _of_states(unsure.inquiry.register, unsure.inquiry.requesting, unsure.inquiry.requested):
        touched = tuple(name for name in question.instruments if name in primary | behind | lost)
        if touched and _asked(unsure.inquiry, question) and question.id not in unsure.settled:
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
    primary = unsure.primary
    return not primary or unsure.inquiry.register.instruments[left.id].tier.rank <= primary[-1].rank


def _asked(inquiry: Inquiry, question: Question) -> bool:
    if (question.since and inquiry.on < question.since) or (question.until and inquiry.on >= question.until):
        return False
    return not question.kinds or inquiry.kind in question.kinds


def _not_researched(unsure: Unsure) -> Iterator[Doubt]:
    unseen = tuple(left for left in unsure.excluded if left.why is Why.NOT_RESEARCHED)
    names = (*(left.id for left in unseen), *(_unheard_of(unsure.inquiry) if unsure.basis is BasisKind.NONE else ()))
    if names and unsure.basis is not BasisKind.TREATY:
        states = tuple(dict.fromkeys(state for left in unseen for state in left.states)) or unsure.inquiry.pair
        yield Doubt(kind=DoubtKind.NOT_RESEARCHED, instruments=names, states=states, unsettles=True)
    collected = unsure.inquiry.register.bilateral_of
    complete = [collected.get(state) for state in unsure.inquiry.pair]
    if True not in complete:
        alone = unsure.basis is not BasisKind.TREATY  # then a treaty that was not collected would be the basis
        yield Doubt(kind=DoubtKind.BILATERAL, states=unsure.inquiry.pair, unsettles=alone or all(known is None for known in complete))


def _unheard_of(inquiry: Inquiry) -> tuple[InstrumentId, ...]:
    """The conventions for such a request and offence, open on the date, of which the register says nothing for either State."""
    instruments = inquiry.register.instruments
    found = (instruments[name] for name in unresearched(inquiry.register, inquiry.pair, inquiry.kind))
    return tuple(item.id for item in found if inquiry.covers(item) and not not_yet(item, inquiry.on))


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
    silent = tuple(state for state in unsure.inquiry.pair if not _allows(unsure.inquiry, state))
    if silent:
        yield Doubt(kind=DoubtKind.NATIONAL_LAW, states=silent, unsettles=True)


def _allows(inquiry: Inquiry, state: StateCode) -> bool:
    """Whether the register holds a State's own law, surely in force on the date."""
    law = own_law(inquiry, state)
    return law is not None and national_in_force(law, inquiry.on) is Bound.YES


def _offence_date(unsure: Unsure) -> Iterator[Doubt]:
    """With the day of the offence not named, an instrument for later offences alone may not serve."""
    if unsure.inquiry.committed is not None:
        return
    for family in unsure.primary:
        if rule := counts_from(family.base, unsure.inquiry):
            yield Doubt(kind=DoubtKind.OFFENCE_DATE, instruments=(family.id,), article=rule[1], unsettles=True)


def _order(unsure: Unsure) -> Iterator[Doubt]:
    if rivals := unsure.result.order.rivals:
        yield Doubt(kind=DoubtKind.ORDER, instruments=rivals, states=unsure.inquiry.pair)


def _no_duty(unsure: Unsure) -> Iterator[Doubt]:
    for family in unsure.primary:
        if family.no_duty:
            yield Doubt(kind=DoubtKind.NO_DUTY, instruments=(family.id,), unsettles=True)


def _unverified(unsure: Unsure) -> Iterator[Doubt]:
    for family, primary in unsure.ranked:
        for standing in unsure.of((family,)):
            states = tuple(found.state for found in standing.evidence if found.bound is Bound.YES and not found.verified)
            if states:
                yield _doubt(DoubtKind.UNVERIFIED, standing, states=states, unsettles=primary)


def _silent(unsure: Unsure) -> Iterator[Doubt]:
    for point, names in unsure.result.contents.silent:
        yield Doubt(kind=DoubtKind.SILENT, instruments=names, point=point, parts=(Part(point),))


def _unread(unsure: Unsure) -> Iterator[Doubt]:
    """Rules that are remembered and were not read: they touch the parts in which they speak, never what the request rests on."""
    for name, parts in not_read(unsure.inquiry.register, unsure.course):
        yield Doubt(kind=DoubtKind.UNREAD, instruments=(name,), parts=parts)


def _reservations(unsure: Unsure) -> Iterator[Doubt]:
    """Reservations that may switch articles off and were not read: the articles stay, and what they say is in doubt."""
    for standing in unsure.of(unsure.families):
        for made in unsure.inquiry.made(standing.instrument, "article-off"):
            if made.confidence is not Confidence.VERIFIED:
                parts = _of_articles(unsure.inquiry, standing.instrument.id, made.articles)
                named = (standing.instrument.id,)
                yield Doubt(kind=DoubtKind.RESERVATION, instruments=named, states=(made.state,), article=made.article, parts=parts)


def _of_articles(inquiry: Inquiry, name: InstrumentId, articles: tuple[str, ...]) -> tuple[Part, ...]:
    """The parts in which these articles speak."""
    speaking = (clause for clause in clauses_of(inquiry.register, name, inquiry.kind) if clause.article in articles)
    touched = {part for clause in speaking for part in spoken(clause)}
    return tuple(part for part in SAID if part in touched)


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
    for rule in unsure.result.contents.review:
        yield Doubt(kind=DoubtKind.REVIEW, instruments=(rule.where,), article=rule.article, parts=(Part.HUMAN_RIGHTS,))


def _later(unsure: Unsure) -> Iterator[Doubt]:
    """What happened after the register was compiled is not in it: worth knowing at once, and after a year a reason to doubt any answer."""
    compiled = unsure.inquiry.register.compiled
    if compiled and unsure.inquiry.on > compiled:
        old = unsure.inquiry.on > compiled + STALE_AFTER
        yield Doubt(kind=DoubtKind.LATER, states=unsure.inquiry.pair, unsettles=old)
