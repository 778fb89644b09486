"""Whether a State, and a pair of States, is bound by an instrument on a date: yes, no, or not known.

Signature, a law of ratification and a deposit are not enough. Where only bounds of the day are known, the time between them is `unknown`,
never `yes`; so is everything after a date up to which a State's absence was looked up.
"""

from collections.abc import Iterator
from datetime import date

from comity.identifiers import StateCode
from comity.law.basis import Bound, Evidence
from comity.law.model import Check, Confidence, Declaration, Instrument, NationalLaw, Party, Status

_NOT_BINDING = (Status.SIGNATORY, Status.INVITED, Status.NONE, Status.NOT_FOUND, Status.DRAFT)
_ORDER = (Bound.NO, Bound.UNKNOWN, Bound.YES)


def both(*bounds: Bound) -> Bound:
    """Whether all hold: `no` beats `unknown`, `unknown` beats `yes`."""
    return min(bounds, key=_ORDER.index)


def evidence(instrument: Instrument, state: StateCode, on: date) -> Evidence:
    """Whether the instrument binds this State on this date, and the facts that say so. Suspension is looked at in `suspended`."""
    row = instrument.parties.get(state)
    if row is None:
        return Evidence(state=state, bound=Bound.UNKNOWN, status=None, source="", confidence=Confidence.UNVERIFIED, verified=False)
    bound, used = _party(instrument, row, on)
    return Evidence(
        state=state,
        bound=bound,
        status=row.status,
        source=row.source,
        confidence=row.confidence,
        fact=row.fact,
        verified=row.confidence is Confidence.VERIFIED and not set(used) & set(row.unverified_fields),
        since=row.in_force,
        not_earlier_than=row.in_force_not_earlier_than,
        not_later_than=row.in_force_not_later_than,
        until=row.withdrawn,
        computed=bool(set(used) & set(row.computed_fields)),
        note=row.note,
    )


def not_yet(instrument: Instrument, on: date) -> bool:
    """Whether the instrument itself binds nobody on this date."""
    before = (day for day in (instrument.opened, instrument.entry_into_force) if day)
    return instrument.never_in_force or any(on < day for day in before)


def _party(instrument: Instrument, row: Party, on: date) -> tuple[Bound, tuple[str, ...]]:
    if not_yet(instrument, on):
        return Bound.NO, ("status",)
    if row.status in _NOT_BINDING or row.status is Status.UNKNOWN:
        return _not_shown(row, on)
    if row.status in (Status.RATIFIED, Status.CONCLUDED):
        return (Bound.NO if _before_acts(row, on) else Bound.UNKNOWN), ("status", "ratified", "signed")
    return _shown(row, on)


def _not_shown(row: Party, on: date) -> tuple[Bound, tuple[str, ...]]:
    """No act that binds is known. `in_force_not_earlier_than`: surely not bound before that day, later not looked up."""
    earliest = row.in_force_not_earlier_than
    known_until = earliest is not None and on < earliest
    later_unknown = earliest is not None or row.status is Status.UNKNOWN
    bound = Bound.NO if known_until or not later_unknown else Bound.UNKNOWN
    return bound, ("status", "in_force_not_earlier_than")


def _shown(row: Party, on: date) -> tuple[Bound, tuple[str, ...]]:
    """The State is, or was, a party: the days decide."""
    if row.withdrawn and on >= row.withdrawn:
        contested = row.withdrawn_not_later_than is not None and on < row.withdrawn_not_later_than
        return (Bound.UNKNOWN if contested else Bound.NO), ("status", "withdrawn")
    if row.in_force:
        return (Bound.YES if on >= row.in_force else Bound.NO), ("status", "in_force")
    if row.in_force_not_later_than and on >= row.in_force_not_later_than:
        return Bound.YES, ("status", "in_force_not_later_than")
    return (Bound.NO if _before_acts(row, on) else Bound.UNKNOWN), ("status", "in_force_not_earlier_than")


def _before_acts(row: Party, on: date) -> bool:
    """Whether the date lies before an act without which the State cannot be bound."""
    return any(on < day for day in (row.signed, row.ratified, row.deposited, row.in_force_not_earlier_than) if day)


def suspended(instrument: Instrument, requesting: StateCode, requested: StateCode, on: date) -> tuple[Party, ...]:
    """The rows of the States that suspended the instrument towards the other on this date."""
    pairs = ((instrument.parties.get(requesting), requested), (instrument.parties.get(requested), requesting))
    return tuple(row for row, other in pairs if row and other in row.suspended_with and _paused(row, on))


def _paused(row: Party, on: date) -> bool:
    begun = row.suspended_from is not None and on >= row.suspended_from
    return begun and (row.suspended_until is None or on < row.suspended_until)


def holds(made: Declaration, on: date) -> bool:
    """Whether a declaration holds on a date: from the day it took effect until the day it was taken back, where they are known."""
    return (made.since is None or on >= made.since) and (made.until is None or on < made.until)


def check_bound(check: Check, state: StateCode, on: date) -> Bound:
    """Whether a human-rights instrument binds a State on a date; `unknown` for a State nobody looked up and between bounds."""
    row = check.bound.get(state)
    if row is None:
        return Bound.NO if state in check.researched else Bound.UNKNOWN
    if row.until and on >= row.until:
        return Bound.NO
    if row.since:
        return Bound.YES if on >= row.since else Bound.NO
    if row.since_not_later_than and on >= row.since_not_later_than:
        return Bound.YES
    if row.since_not_earlier_than and on < row.since_not_earlier_than:
        return Bound.NO
    return Bound.UNKNOWN if row.since_not_later_than or row.since_not_earlier_than else Bound.YES


def national_in_force(law: NationalLaw, on: date) -> Bound:
    """Whether a State's own law applies on a date; `unknown` from its adoption to an entry into force that was not read in a source."""
    if law.in_force is None:
        return Bound.YES if law.adopted is None else Bound.UNKNOWN if on >= law.adopted else Bound.NO
    if on >= law.in_force:
        return Bound.YES
    unread = law.confidence is not Confidence.VERIFIED or "in_force" in law.unverified_fields
    return Bound.UNKNOWN if unread and law.adopted and on >= law.adopted else Bound.NO


def unknown_states(pair: tuple[Evidence, Evidence]) -> Iterator[StateCode]:
    """The States of a pair whose status is not known."""
    return (found.state for found in pair if found.bound is Bound.UNKNOWN)
