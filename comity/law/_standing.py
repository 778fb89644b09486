"""Steps 1 to 3: which instruments bind the two States on the date. The steps and their words are those of docs/law-register.md."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache

from comity.identifiers import InstrumentId, StateCode
from comity.law._inquiry import Inquiry, Standing, Two, excluded
from comity.law.basis import Bound, Evidence, Excluded, Why
from comity.law.model import Confidence, Instrument, Party, Register, Relation, Status, Tier
from comity.law.status import both, evidence, not_yet, suspended

POLICE = "police-cooperation"
DISPLACES = ("supersedes", "replaces")
BILATERAL = "bilateral"
_KEPT = 32768

Found = Mapping[InstrumentId, Standing | Excluded]


def between(inquiry: Inquiry) -> dict[InstrumentId, Standing | Excluded]:
    """What became of each instrument that concerns the question in steps 1 to 3, in order of precedence."""
    register, pair, on = inquiry.register, inquiry.pair, inquiry.on
    found: dict[InstrumentId, Standing | Excluded] = {}
    for name, carries in concerned(register, pair, inquiry.kind):
        since = (_since(register, name, pair[0], on), _since(register, name, pair[1], on))
        found[name] = _between(register, name, pair, since) if carries else _not_this_kind(register, name, pair, since)
    if inquiry.committed is not None:
        found |= {name: left for name, standing in found.items() if (left := _committed_before(inquiry, standing))}
    return found


@lru_cache(maxsize=_KEPT)
def concerned(register: Register, pair: tuple[StateCode, StateCode], kind: str) -> tuple[tuple[InstrumentId, bool], ...]:
    """Instruments for this kind of request, or complementing it, in which either State has a row; bilateral treaties between the two.

    With each whether it can be for this kind: a bilateral treaty of another kind is told, too.
    """
    many, two, serving = _many(register, pair), _bilateral(register, pair), _serving(register, kind)
    return (*((name, name in serving) for name in two), *((name, True) for name in many if name in serving))


@lru_cache(maxsize=_KEPT)
def _many(register: Register, pair: tuple[StateCode, StateCode]) -> tuple[InstrumentId, ...]:
    """The instruments of many States in which either has a row, in order of precedence."""
    named = {*register.by_state.get(pair[0], ()), *register.by_state.get(pair[1], ())}
    found = (name for name in named if register.instruments[name].tier is not Tier.BILATERAL)
    return tuple(sorted(found, key=register.places.__getitem__))


@lru_cache(maxsize=_KEPT)
def _bilateral(register: Register, pair: tuple[StateCode, StateCode]) -> tuple[InstrumentId, ...]:
    """The treaties between the two; they come before all others."""
    shared = {*register.by_state.get(pair[0], ())} & {*register.by_state.get(pair[1], ())}
    found = (name for name in shared if register.instruments[name].tier is Tier.BILATERAL)
    return tuple(sorted(found, key=register.places.__getitem__))


@lru_cache(maxsize=_KEPT)
def _serving(register: Register, kind: str) -> frozenset[InstrumentId]:
    """The instruments for a kind of request, or that serve a step of it."""
    return frozenset(item.id for item in register.instruments.values() if kind in item.kinds or complements(item, kind))


@lru_cache(maxsize=_KEPT)
def unresearched(register: Register, pair: tuple[StateCode, StateCode], kind: str) -> tuple[InstrumentId, ...]:
    """The instruments of many States for a kind of request in which neither State has a row."""
    named = frozenset(_many(register, pair))
    found = (item for item in register.instruments.values() if item.tier is not Tier.BILATERAL and item.base is None)
    return tuple(item.id for item in found if kind in item.kinds and item.id not in named)


def complements(instrument: Instrument, kind: str) -> tuple[Relation, ...]:
    """The relations by which an instrument serves a step of a kind of request it cannot carry itself."""
    if kind in instrument.kinds:
        return ()
    return tuple(relation for relation in instrument.relations if relation.type == "complements" and kind in relation.kinds)


# The days on which a State's standing under an instrument changes: between two of them one finding stands for all


def days_of(instrument: Instrument, state: StateCode) -> tuple[date, ...]:
    """The days on which what is known of a State's standing under an instrument changes, in order."""
    days: set[date | None] = {instrument.opened, instrument.entry_into_force}
    if row := instrument.parties.get(state):
        days |= {row.signed, row.ratified, row.deposited, row.in_force, row.in_force_not_earlier_than, row.in_force_not_later_than}
        days |= {row.withdrawn, row.withdrawn_not_later_than, row.suspended_from, row.suspended_until}
    for made in instrument.declarations:
        if made.state == state:
            days |= {made.since, made.until}
    return tuple(sorted(day for day in days if day))


@lru_cache(maxsize=_KEPT)
def days_under(register: Register, name: InstrumentId, state: StateCode) -> tuple[date, ...]:
    return days_of(register.instruments[name], state)


def _since(register: Register, name: InstrumentId, state: StateCode, on: date) -> date:
    days = days_under(register, name, state)
    place = bisect_right(days, on)
    return days[place - 1] if place else date.min


# The steps


@lru_cache(maxsize=_KEPT)
def _between(register: Register, name: InstrumentId, pair: tuple[StateCode, StateCode], since: tuple[date, date]) -> Standing | Excluded:
    """Steps 1 to 3 for one instrument: the same for every kind of request, and for every day until something changes for either State."""
    two = Two(register=register, requesting=pair[0], requested=pair[1], on=max(since))
    instrument = register.instruments[name]
    found = (_evidence(register, name, pair[0], since[0]), _evidence(register, name, pair[1], since[1]))
    return (
        # 1. Both States are bound on the date of the request: a signature, a law of ratification or a deposit is not enough.
        _not_bound(two, instrument, found)
        # 2. Withdrawal and suspension count from their dates, a suspension only between the States it names.
        or _suspended(two, instrument, found)
        # 3. Reservations and declarations apply for each pair: some take the instrument away between the two.
        or _declared_away(two, instrument, found)
        or _standing(two, instrument, found)
    )


@lru_cache(maxsize=_KEPT)
def _evidence(register: Register, name: InstrumentId, state: StateCode, since: date) -> Evidence:
    return evidence(register.instruments[name], state, since)


def _not_this_kind(register: Register, name: InstrumentId, pair: tuple[StateCode, StateCode], since: tuple[date, date]) -> Excluded:
    found = (_evidence(register, name, pair[0], since[0]), _evidence(register, name, pair[1], since[1]))
    if found[0].status is Status.NOT_FOUND:
        return excluded(name, Why.NOT_FOUND, found)
    police = register.instruments[name].kinds == (POLICE,)
    return excluded(name, Why.POLICE_LEVEL if police else Why.OTHER_KIND, found)


def _not_bound(two: Two, instrument: Instrument, pair: tuple[Evidence, Evidence]) -> Excluded | None:
    free = tuple(found for found in pair if found.bound is Bound.NO)
    if free and (not_yet(instrument, two.on) or instrument.tier is Tier.BILATERAL):
        return excluded(instrument.id, Why.NOT_IN_FORCE, pair, states=(found.state for found in free))
    if free:
        left = tuple(found.state for found in free if found.until and two.on >= found.until)
        return excluded(instrument.id, Why.WITHDRAWN if left else Why.NOT_BOUND, pair, states=left or (found.state for found in free))
    unseen = tuple(found.state for found in pair if found.status is None)
    return excluded(instrument.id, Why.NOT_RESEARCHED, pair, states=unseen) if unseen else None


def _suspended(two: Two, instrument: Instrument, pair: tuple[Evidence, Evidence]) -> Excluded | None:
    """A suspension read in a source takes the instrument away; one that was not makes it uncertain (`_standing`)."""
    for row in suspended(instrument, two.requesting, two.requested, two.on):
        if _seen(row):
            return excluded(instrument.id, Why.SUSPENDED, pair, states=(row.state,), fact=(row.source, row.confidence))
    return None


def _seen(row: Party) -> bool:
    return row.confidence is Confidence.VERIFIED and not {"suspended_with", "suspended_from", "suspended_until"} & set(
        row.unverified_fields
    )


def _declared_away(two: Two, instrument: Instrument, pair: tuple[Evidence, Evidence]) -> Excluded | None:
    """A declaration read in a source takes the instrument away; one that was not makes it uncertain (`_standing`)."""
    for made in two.made(instrument, "not-towards"):
        if two.other(made.state) in made.towards and made.confidence is Confidence.VERIFIED:
            fact = (made.source, made.confidence)
            return excluded(instrument.id, Why.DECLARED_AWAY, pair, states=(made.state,), article=made.article, fact=fact)
    return None


def _standing(two: Two, instrument: Instrument, pair: tuple[Evidence, Evidence]) -> Standing:
    declared = tuple(made for made in two.made(instrument, "not-towards") if two.other(made.state) in made.towards)
    paused = tuple(row.state for row in suspended(instrument, two.requesting, two.requested, two.on))
    bound = both(*(found.bound for found in pair), *(Bound.UNKNOWN for _ in (*declared, *paused)))
    return Standing(instrument=instrument, bound=bound, evidence=pair, declared=declared, suspended=paused)


# 1. The date is that of the request, unless the instrument says that of the offence


def counts_from(instrument: Instrument, inquiry: Inquiry) -> tuple[date, str | None] | None:
    """From which day on an offence must have been committed for the instrument to serve, and the article; None where it does not say.

    Source: Montevideo Convention on Extradition, art. 19: only offences committed after the deposit of the ratifications.
    """
    rule = next((rule for rule in instrument.provisions if rule.offence_date_rule and inquiry.speaks_of(rule)), None)
    if rule is None:
        return None
    rows = (instrument.parties.get(state) for state in inquiry.pair)
    days = tuple(day for row in rows if row and (day := row.deposited or row.in_force))
    return max(days, default=date.min), rule.article


def _committed_before(inquiry: Inquiry, standing: Standing | Excluded) -> Excluded | None:
    if isinstance(standing, Excluded) or inquiry.committed is None:
        return None
    rule = counts_from(standing.instrument, inquiry)
    if rule is None or inquiry.committed > rule[0]:
        return None
    return excluded(standing.instrument.id, Why.OFFENCE_BEFORE, standing.evidence, article=rule[1])


def possible(found: Found) -> Iterator[Standing]:
    """The instruments that bind or may bind after steps 1 to 3."""
    return (standing for standing in found.values() if isinstance(standing, Standing))
