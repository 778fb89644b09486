"""Which facts of the register an answer rests on: those that say who is bound, what displaces what, and everything that follows."""

from collections.abc import Iterable, Iterator

from comity.identifiers import InstrumentId
from comity.law._standing import BILATERAL, DISPLACES
from comity.law.basis import Basis, DoubtKind, Evidence, Excluded, Why
from comity.law.confirmation import FactId
from comity.law.model import Confidence, Declaration, Instrument, Provision, Register, Relation, Tier


def rests_on(register: Register, basis: Basis) -> frozenset[FactId]:
    """Every fact an answer states or leaves an instrument out for, and the status of both States under each one left out."""
    beside = (found.fact for left in basis.excluded for found in left.evidence)
    return frozenset(fact for fact in (*beside, *(fact for fact, _sure in resting(register, basis))) if fact)


def doubtful_in(register: Register, basis: Basis) -> frozenset[FactId]:
    """Those of `rests_on` that the answer needs and that were not read in a source as far as it needs them."""
    return frozenset(fact for fact, sure in resting(register, basis) if fact and not sure)


def resting(register: Register, basis: Basis) -> Iterator[tuple[FactId, bool]]:
    """Each fact, and whether it was read in a source as far as the answer needs it; a fact may come more than once."""
    for applied in basis.applied:
        yield from _of_evidence(applied.evidence)
    for left in basis.excluded:
        yield from _of_excluded(register, left)
    for stated in (basis.channels, basis.languages, basis.required, basis.attachments, basis.form, basis.conditions, basis.time_limits):
        yield from ((one.fact, one.confidence is Confidence.VERIFIED) for one in stated)
    for said in (basis.rules, basis.refusal, basis.human_rights, basis.reciprocity, basis.authorities):
        yield from ((one.fact, one.confidence is Confidence.VERIFIED) for one in said)
    yield from _of_doubts(register, basis)


def _of_evidence(evidence: Iterable[Evidence]) -> Iterator[tuple[FactId, bool]]:
    return ((found.fact, found.verified) for found in evidence)


def _of_excluded(register: Register, left: Excluded) -> Iterator[tuple[FactId, bool]]:
    """The status of the States the reason lies with, or of both, and what displaces or takes away the instrument."""
    yield from _of_evidence(found for found in left.evidence if not left.states or found.state in left.states)
    instrument = register.instruments[left.id]
    for one in _reasons(register, instrument, left):
        yield one.fact, one.confidence is Confidence.VERIFIED


def _reasons(register: Register, instrument: Instrument, left: Excluded) -> Iterator[Relation | Declaration | Provision]:
    match left.why:
        case Why.SUPERSEDED:
            newer = register.instruments.get(InstrumentId(left.by or ""))
            targets = (instrument.id, BILATERAL) if instrument.tier is Tier.BILATERAL else (instrument.id,)
            yield from (one for one in (newer.relations if newer else ()) if one.type in DISPLACES and one.target in targets)
        case Why.DECLARED_AWAY:
            yield from (made for made in instrument.declarations if made.effect == "not-towards" and made.state in left.states)
        case Why.RESIDUAL:
            yield from (rule for rule in instrument.provisions if rule.rule == "residual")
        case Why.NO_BASIS:
            yield from (rule for rule in instrument.provisions if rule.usable_as_basis == "no")
        case _:
            return


def _of_doubts(register: Register, basis: Basis) -> Iterator[tuple[FactId, bool]]:
    asked = {doubt.question for doubt in basis.doubts if doubt.question}
    yield from ((question.fact, question.confidence is Confidence.VERIFIED) for question in register.questions if question.id in asked)
    pair = (basis.requesting, basis.requested)
    for doubt in basis.doubts:
        if doubt.kind in {DoubtKind.DECLARATION, DoubtKind.TAKES_AS_BASIS}:
            for name in doubt.instruments:
                made = register.instruments[InstrumentId(name)].declarations
                yield from ((one.fact, one.confidence is Confidence.VERIFIED) for one in made if one.state in pair)
