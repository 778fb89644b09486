"""Steps 4 to 8 and what follows from them, worked out once for all pairs of States that stand alike.

Between most States it matters only which instruments bind: who the two are matters where one of them made a declaration or the register
holds its own law. So the course of an answer is kept by that alone, and what a doubt touches is found by taking the course again with
the doubt settled the other way.
"""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from comity.identifiers import InstrumentId, StateCode
from comity.law._contents import Contents, contents
from comity.law._inquiry import Candidate, Inquiry, Left, Standing
from comity.law._order import Order, order
from comity.law._parts import SAID, Values, elements, said, unread
from comity.law.basis import Bound, Part
from comity.law.model import Declaration, Register

_KEPT = 4096
NOBODY = StateCode("")


class Voice(NamedTuple):
    """A State whose declarations or own law speak, with the day since when they say what they say; nobody where none do."""

    state: StateCode
    since: date


class Course(NamedTuple):
    """All that steps 4 to 8 depend on: kind, offence area, which instruments bind or may, in order of precedence, and who speaks.

    `taken`: universal conventions both States are supposed to take as a basis.
    """

    kind: str
    area: str | None
    bounds: tuple[tuple[InstrumentId, Bound], ...]
    requesting: Voice
    requested: Voice
    taken: frozenset[InstrumentId] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Result:
    """Where a course leads. `said`: what each part says; `speakers`: the instruments and national laws that say anything."""

    order: Order
    left: tuple[Left, ...]
    contents: Contents
    said: Values
    speakers: frozenset[str]


def course(inquiry: Inquiry, standings: Iterable[Standing], taken: frozenset[InstrumentId] = frozenset()) -> Course:
    """The course of this question, from what steps 1 to 3 left and is for the offence."""
    bounds = tuple((standing.instrument.id, standing.bound) for standing in standings)
    names = frozenset(name for name, _ in bounds)
    requesting, requested = (_voice(inquiry, state, names) for state in inquiry.pair)
    return Course(inquiry.kind, inquiry.area, bounds, requesting, requested, taken)


def _voice(inquiry: Inquiry, state: StateCode, names: frozenset[InstrumentId]) -> Voice:
    declared, own_law, days = _speaking(inquiry.register, state)
    if not own_law and declared.isdisjoint(names):
        return Voice(NOBODY, date.min)
    place = bisect_right(days, inquiry.on)
    return Voice(state, days[place - 1] if place else date.min)


@lru_cache(maxsize=_KEPT)
def _speaking(register: Register, state: StateCode) -> tuple[frozenset[InstrumentId], bool, tuple[date, ...]]:
    """The instruments on whose terms a State made declarations, whether its own law is known, and the days on which either changes."""
    own = {name: [one for one in item.declarations if _on_terms(one, state)] for name, item in register.instruments.items()}
    made = {name: each for name, each in own.items() if each}
    law = register.national.get(state)
    days = {day for each in made.values() for one in each for day in (one.since, one.until)}
    days |= {law.adopted, law.in_force} if law else set()
    return frozenset(made), law is not None, tuple(sorted(day for day in days if day))


def _on_terms(made: Declaration, state: StateCode) -> bool:
    """Whether a declaration is the State's and says more than towards whom the instrument applies, which steps 1 to 3 saw to."""
    return made.state == state and made.effect != "not-towards"


@lru_cache(maxsize=_KEPT)
def result(register: Register, taken: Course) -> Result:
    """Where a course leads."""
    inquiry = Inquiry(
        register=register,
        requesting=taken.requesting.state,
        requested=taken.requested.state,
        on=max(taken.requesting.since, taken.requested.since),
        kind=taken.kind,
        wider=register.words["kind"][taken.kind].part_of,
        area=taken.area,
    )
    candidates = (Candidate(instrument=register.instruments[name], bound=bound) for name, bound in taken.bounds)
    ordered, left = order(inquiry, candidates, taken.taken)
    found = contents(inquiry, ordered)
    speakers = frozenset(element.instrument for _part, element in elements(found))
    return Result(order=ordered, left=left, contents=found, said=said(found), speakers=speakers)


@lru_cache(maxsize=_KEPT)
def not_read(register: Register, taken: Course) -> tuple[tuple[str, tuple[Part, ...]], ...]:
    """By instrument, the parts in which it says something that was not read in its text."""
    return tuple(unread(result(register, taken).contents).items())


# What a doubt touches


@lru_cache(maxsize=_KEPT)
def hanging(register: Register, taken: Course, others: tuple[Course, ...]) -> tuple[Part, ...]:
    """The parts that would read otherwise on one of the other courses."""
    now = result(register, taken).said
    then = tuple(result(register, other).said for other in others)
    return tuple(part for part in SAID if any(values[part] != now[part] for values in then))


def without(taken: Course, names: frozenset[InstrumentId]) -> Course:
    """The course if these instruments did not bind."""
    return taken._replace(bounds=tuple(item for item in taken.bounds if item[0] not in names))


def binding(inquiry: Inquiry, taken: Course, names: frozenset[InstrumentId]) -> Course:
    """The course if these instruments surely bound, and both States took them as a basis."""
    places = inquiry.register.places
    bounds = {**dict(taken.bounds), **dict.fromkeys(names, Bound.YES)}
    requesting, requested = (_voice(inquiry, state, frozenset(bounds)) for state in inquiry.pair)
    in_order = tuple(sorted(bounds.items(), key=lambda item: places[item[0]]))
    return Course(taken.kind, taken.area, in_order, requesting, requested, taken.taken | names)


@lru_cache(maxsize=_KEPT)
def differing(register: Register, taken: Course, names: tuple[InstrumentId, ...]) -> tuple[Part, ...]:
    """The parts on which these instruments, side by side, do not say the same."""
    found = result(register, taken)
    families = {family.id: frozenset(family.names) for family in found.order.primary}
    each = tuple(said(found.contents, families[name]) for name in names if name in families)
    return tuple(part for part in SAID if len({values[part] for values in each}) > 1)
