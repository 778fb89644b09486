"""The question put to the engine, and how far each instrument has come through its steps."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from comity.identifiers import InstrumentId, StateCode
from comity.law.basis import Bound, Evidence, Excluded, Why
from comity.law.model import Confidence, Declaration, Instrument, Provision, Register, Tier

ALL = "all"


@dataclass(frozen=True, slots=True, kw_only=True)
class Two:
    """The two States and the day. `since`: the day of the last event of each, requesting first; their status stands since then."""

    register: Register
    requesting: StateCode
    requested: StateCode
    on: date
    since: tuple[date, date]

    @property
    def pair(self) -> tuple[StateCode, StateCode]:
        """Requesting, then requested State."""
        return self.requesting, self.requested

    def other(self, state: StateCode) -> StateCode:
        """The other of the two States."""
        return self.requested if state == self.requesting else self.requesting


@dataclass(frozen=True, slots=True, kw_only=True)
class Inquiry(Two):
    """What the one asks the other for. `area` is None for any offence; `wider` is the kind this kind is part of, if any."""

    kind: str
    wider: str | None
    area: str | None

    def covers(self, instrument: Instrument) -> bool:
        """Whether the instrument is for the offence asked about; with no offence named, only those for any offence are."""
        return "any" in instrument.offence_areas or self.area in instrument.offence_areas

    def speaks_of(self, provision: Provision) -> bool:
        """Whether a provision is about this kind of request, the kind it is part of, or every kind."""
        return any(kind in (self.kind, self.wider, ALL) for kind in provision.kinds)

    def nearness(self, provision: Provision) -> int:
        """How closely a provision speaks of this kind: 0 by name, 1 as part of a wider kind, 2 as one of all."""
        if self.kind in provision.kinds:
            return 0
        return 1 if self.wider in provision.kinds else 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """An instrument that may serve, with the status of both States. `declared`: unverified declarations that may take it away."""

    instrument: Instrument
    bound: Bound
    evidence: tuple[Evidence, Evidence]
    declared: tuple[Declaration, ...] = ()

    def weakened(self, bound: Bound) -> "Standing":
        """The same, bound no more surely than `bound`."""
        return replace(self, bound=bound)

    @property
    def verified(self) -> bool:
        """Whether every fact about both States was read in a source."""
        return all(found.verified for found in self.evidence)


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """A convention with the protocols to it that apply, convention first; or any instrument alone. `serves`: why it cannot stand alone."""

    members: tuple[Standing, ...]
    serves: Why | None = None
    undeclared: bool = False
    no_duty: bool = False

    @property
    def base(self) -> Instrument:
        """The convention, or the instrument that stands alone."""
        return self.members[0].instrument

    @property
    def id(self) -> InstrumentId:
        """The id of `base`."""
        return self.base.id

    @property
    def bound(self) -> Bound:
        """Whether both States are bound by `base`, and could rest a request on it."""
        return Bound.UNKNOWN if self.undeclared else self.members[0].bound

    @property
    def rank(self) -> int:
        """Its place in the order of precedence, 0 first."""
        return self.base.tier.rank

    @property
    def universal(self) -> bool:
        """Whether it is a convention of the United Nations."""
        return self.base.tier is Tier.UNIVERSAL


def left_out(
    standing: Standing,
    why: Why,
    *,
    states: Iterable[StateCode] = (),
    by: str | None = None,
    article: str | None = None,
    fact: tuple[str, Confidence] | None = None,
) -> Excluded:
    """The instrument as one that must not be proposed. `fact`: source and confidence of the reason, else those of the States' status."""
    named = tuple(states)
    return excluded(standing.instrument, why, standing.evidence, states=named, by=by, article=article, fact=fact)


def excluded(
    instrument: Instrument,
    why: Why,
    evidence: tuple[Evidence, Evidence],
    *,
    states: tuple[StateCode, ...] = (),
    by: str | None = None,
    article: str | None = None,
    fact: tuple[str, Confidence] | None = None,
) -> Excluded:
    """As `left_out`, for an instrument that never had a standing."""
    telling = next((found for found in evidence if found.state in states and found.source), None) or next(
        (found for found in evidence if found.source), evidence[0]
    )
    verified = telling.verified and not any(found.status is None for found in evidence)
    source, confidence = fact or (telling.source, Confidence.VERIFIED if verified else Confidence.UNVERIFIED)
    return Excluded(
        id=instrument.id, why=why, source=source, confidence=confidence, article=article, states=states, by=by, evidence=evidence
    )
