"""Steps 1 to 5: which instruments bind the two States on the date. The steps and their words are those of docs/law-register.md."""

from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from comity.identifiers import InstrumentId, StateCode
from comity.law._inquiry import Inquiry, Standing, Two, excluded, left_out
from comity.law.basis import Bound, Evidence, Excluded, Why
from comity.law.model import Confidence, Declaration, Instrument, Register, Relation, Status, Tier
from comity.law.status import both, evidence, not_yet, suspended

POLICE = "police-cooperation"
DISPLACES = ("supersedes", "replaces")
BILATERAL = "bilateral"
_KEPT = 16384

Standings = dict[InstrumentId, Standing]


def standings(inquiry: Inquiry) -> tuple[Standings, list[Excluded]]:
    """The instruments left after steps 1 to 5, in order of precedence, and those left out on the way."""
    found: Standings = {}
    out: list[Excluded] = []
    for instrument in _concerned(inquiry):
        result = _both_bound(inquiry, instrument)
        if isinstance(result, Standing):
            found[instrument.id] = result
        else:
            out.append(result)
    out.extend(_replaced(found))
    out.extend(_protocols(found))
    return found, out


def _concerned(inquiry: Inquiry) -> Iterator[Instrument]:
    """Instruments for this kind of request, or complementing it, in which either State has a row; bilateral treaties between the two."""
    instruments = inquiry.register.instruments
    concerned = _serving(inquiry.register, inquiry.requesting, inquiry.kind) | _serving(inquiry.register, inquiry.requested, inquiry.kind)
    for place in sorted(concerned.keys()):
        instrument = instruments[concerned[place]]
        if instrument.tier is not Tier.BILATERAL or all(state in instrument.parties for state in inquiry.pair):
            yield instrument


@lru_cache(maxsize=_KEPT)
def _serving(register: Register, state: StateCode, kind: str) -> dict[int, InstrumentId]:
    """The instruments in which a State has a row and that can be for this kind, by their place in the order of precedence."""
    rows = set(register.by_state.get(state, ()))
    return {
        place: instrument.id
        for place, instrument in enumerate(register.instruments.values())
        if instrument.id in rows and (instrument.tier is Tier.BILATERAL or kind in instrument.kinds or complements(instrument, kind))
    }


def complements(instrument: Instrument, kind: str) -> tuple[Relation, ...]:
    """The relations by which an instrument serves a step of a kind of request it cannot carry itself."""
    if kind in instrument.kinds:
        return ()
    return tuple(relation for relation in instrument.relations if relation.type == "complements" and kind in relation.kinds)


def _both_bound(inquiry: Inquiry, instrument: Instrument) -> Standing | Excluded:
    if instrument.tier is Tier.BILATERAL and inquiry.kind not in instrument.kinds:
        return _not_this_kind(inquiry, instrument)
    return _between(inquiry.register, instrument.id, inquiry.pair, inquiry.since)


@lru_cache(maxsize=_KEPT)
def _between(register: Register, name: InstrumentId, pair: tuple[StateCode, StateCode], since: tuple[date, date]) -> Standing | Excluded:
    """Steps 1 to 3 for one instrument: the same for every kind of request, and for every day until the next event of either State."""
    two = Two(register=register, requesting=pair[0], requested=pair[1], on=max(since), since=since)
    instrument = register.instruments[name]
    found = (_evidence(two, instrument, two.requesting), _evidence(two, instrument, two.requested))
    return (
        # 1. Both States are bound on the date of the request: a signature, a law of ratification or a deposit is not enough.
        _not_bound(two, instrument, found)
        # 2. Withdrawal and suspension count from their dates, a suspension only between the States it names.
        or _suspended(two, instrument, found)
        # 3. Reservations and declarations apply for each pair: some take the instrument away between the two.
        or _declared_away(two, instrument, found)
        or _standing(two, instrument, found)
    )


def _evidence(two: Two, instrument: Instrument, state: StateCode) -> Evidence:
    since = two.since[0 if state == two.requesting else 1]
    return _remembered(two.register, instrument.id, state, since)


@lru_cache(maxsize=_KEPT)
def _remembered(register: Register, name: InstrumentId, state: StateCode, since: date) -> Evidence:
    """A State's status does not change between two of its events, so the day of the last one stands for all days since."""
    return evidence(register.instruments[name], state, since)


def _not_this_kind(two: Two, instrument: Instrument) -> Excluded:
    pair = (_evidence(two, instrument, two.requesting), _evidence(two, instrument, two.requested))
    if pair[0].status is Status.NOT_FOUND:
        return excluded(instrument, Why.NOT_FOUND, pair)
    return excluded(instrument, Why.POLICE_LEVEL if instrument.kinds == (POLICE,) else Why.OTHER_KIND, pair)


def _not_bound(two: Two, instrument: Instrument, pair: tuple[Evidence, Evidence]) -> Excluded | None:
    free = tuple(found for found in pair if found.bound is Bound.NO)
    if free and (not_yet(instrument, two.on) or instrument.tier is Tier.BILATERAL):
        return excluded(instrument, Why.NOT_IN_FORCE, pair, states=tuple(found.state for found in free))
    if free:
        left = tuple(found.state for found in free if found.until and two.on >= found.until)
        why = Why.WITHDRAWN if left else Why.NOT_BOUND
        return excluded(instrument, why, pair, states=left or tuple(found.state for found in free))
    unseen = tuple(found.state for found in pair if found.status is None)
    return excluded(instrument, Why.NOT_RESEARCHED, pair, states=unseen) if unseen else None


def _suspended(two: Two, instrument: Instrument, pair: tuple[Evidence, Evidence]) -> Excluded | None:
    row = suspended(instrument, two.requesting, two.requested, two.on)
    if row is None:
        return None
    return excluded(instrument, Why.SUSPENDED, pair, states=(row.state,), fact=(row.source, row.confidence))


def _declared_away(two: Two, instrument: Instrument, pair: tuple[Evidence, Evidence]) -> Excluded | None:
    for made in _not_towards(two, instrument):
        if made.confidence is Confidence.VERIFIED:
            return excluded(
                instrument, Why.DECLARED_AWAY, pair, states=(made.state,), article=made.article, fact=(made.source, made.confidence)
            )
    return None


def _not_towards(two: Two, instrument: Instrument) -> Iterator[Declaration]:
    for made in instrument.declarations:
        if made.effect == "not-towards" and made.state in two.pair and two.other(made.state) in made.towards:
            yield made


def _standing(two: Two, instrument: Instrument, pair: tuple[Evidence, Evidence]) -> Standing:
    declared = tuple(_not_towards(two, instrument))
    bound = both(*(found.bound for found in pair), *(Bound.UNKNOWN for _ in declared))
    return Standing(instrument=instrument, bound=bound, evidence=pair, declared=declared)


def _replaced(found: Standings) -> Iterator[Excluded]:
    """4. Between two States both bound by the newer instrument the older one it replaces ceases; otherwise the older goes on."""
    for newer in tuple(found.values()):
        for relation in newer.instrument.relations:
            if relation.type not in DISPLACES:
                continue
            for older in _targets(found, relation):
                if newer.bound is Bound.YES:
                    del found[older.instrument.id]
                    fact = (relation.source, relation.confidence)
                    yield left_out(older, Why.SUPERSEDED, by=newer.instrument.id, article=relation.article, fact=fact)
                else:
                    found[older.instrument.id] = older.weakened(both(older.bound, newer.bound))


def _targets(found: Standings, relation: Relation) -> tuple[Standing, ...]:
    if relation.target == BILATERAL:
        return tuple(standing for standing in found.values() if standing.instrument.tier is Tier.BILATERAL)
    standing = found.get(InstrumentId(relation.target))
    return (standing,) if standing else ()


def _protocols(found: Standings) -> Iterator[Excluded]:
    """5. A protocol is an instrument of its own: it binds only States party to it, and stands or falls with its convention."""
    for standing in tuple(found.values()):
        base = standing.instrument.base
        if base is None:
            continue
        if base in found:
            found[standing.instrument.id] = standing.weakened(both(standing.bound, found[base].bound))
        else:
            del found[standing.instrument.id]
            yield left_out(standing, Why.BASE_NOT_APPLIED, by=base)
