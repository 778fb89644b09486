"""What to read next: the facts that were not read in a source, by how many answers rest on them, so that an hour goes where it counts."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import permutations
from typing import TypeAlias

from comity.identifiers import InstrumentId, StateCode
from comity.law._table import OWN_KNOWLEDGE
from comity.law.addresses import Fact, facts
from comity.law.basis import Basis, Certainty
from comity.law.confirmation import FactId
from comity.law.model import Confidence, Register, Tier
from comity.law.resolve import resolve
from comity.law.rests import doubtful_in

Asking: TypeAlias = tuple[StateCode, StateCode, str]
"""Requesting State, requested State, kind of request."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Todo:
    """A fact to read. `keys`: what in it was not read; empty where all of it was not.

    `answers`: how many rest on it as long as it is not read; `uncertain`: how many of these are uncertain and name it as the status of an
    instrument that carries the request. `look_in`: where it may be read: its own source, the depositary, the sources of its instrument.
    """

    fact: Fact
    file: str
    keys: tuple[str, ...]
    answers: int
    uncertain: int
    look_in: tuple[str, ...]


def todo(register: Register, on: date, questions: Iterable[Asking] | None = None) -> tuple[Todo, ...]:
    """Every fact that was not read, those on which most answers on the day rest first. `questions`: if none, those of `known_questions`."""
    resting: Counter[FactId] = Counter()
    unsettling: Counter[FactId] = Counter()
    for requesting, requested, kind in known_questions(register) if questions is None else questions:
        basis = resolve(register, requesting, requested, kind, on)
        found = doubtful_in(register, basis)
        resting.update(found)
        if basis.certainty is Certainty.UNCERTAIN:
            unsettling.update(found & _status_of_primary(basis))
    listed = (_todo(register, fact, resting, unsettling) for fact in facts(register).values() if fact.doubtful)
    return tuple(sorted(listed, key=lambda item: (-item.answers, -item.uncertain, item.fact.id)))


def known_questions(register: Register) -> Iterator[Asking]:
    """Every kind for each pair of States that the register is about: whose human-rights status was looked up, or who have a treaty."""
    region = sorted({state for check in register.checks for state in check.researched})
    pairs = set(permutations(region, 2))
    for instrument in register.instruments.values():
        if instrument.tier is Tier.BILATERAL:
            pairs.update(permutations(instrument.parties, 2))
    return ((requesting, requested, kind) for requesting, requested in sorted(pairs) for kind in register.kinds)


def _status_of_primary(basis: Basis) -> frozenset[FactId]:
    return frozenset(found.fact for applied in basis.primary for found in applied.evidence)


def _todo(register: Register, fact: Fact, resting: Counter[FactId], unsettling: Counter[FactId]) -> Todo:
    return Todo(
        fact=fact,
        file=register.files[fact.file].name,
        keys=() if fact.confidence is Confidence.UNVERIFIED else fact.unverified,
        answers=resting[fact.id],
        uncertain=unsettling[fact.id],
        look_in=tuple(dict.fromkeys(place for place in _look_in(register, fact) if place != OWN_KNOWLEDGE)),
    )


def _look_in(register: Register, fact: Fact) -> Iterator[str]:
    if fact.source:
        yield fact.source
    instrument = register.instruments.get(InstrumentId(fact.file))
    if instrument:
        if instrument.depositary:
            yield instrument.depositary
        yield from instrument.sources
