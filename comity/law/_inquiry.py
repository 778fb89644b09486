"""The question put to the engine, and how far each instrument has come through its steps."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from comity.identifiers import InstrumentId, StateCode
from comity.law.basis import Bound, Evidence, Excluded, Why
from comity.law.model import Confidence, Declaration, Instrument, Provision, Register, Tier
from comity.law.status import holds

ALL = "all"

STALE_AFTER = timedelta(days=366)
"""How long after it was compiled a register is relied on: its keepers read the depositaries' lists at least once a year."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Two:
    """The two States and the day."""

    register: Register
    requesting: StateCode
    requested: StateCode
    on: date

    @property
    def pair(self) -> tuple[StateCode, StateCode]:
        """Requesting, then requested State."""
        return self.requesting, self.requested

    def other(self, state: StateCode) -> StateCode:
        """The other of the two States."""
        return self.requested if state == self.requesting else self.requesting

    def made(self, instrument: Instrument, *effects: str) -> tuple[Declaration, ...]:
        """The declarations with these effects that either State made and that hold on the day: reservations work both ways."""
        return tuple(
            made for made in instrument.declarations if made.effect in effects and made.state in self.pair and holds(made, self.on)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Inquiry(Two):
    """What the one asks the other for. `area` is None for any offence; `wider` is the kind this kind is part of, if any.

    `committed`: the day of the offence, None where it was not named.
    """

    kind: str
    wider: str | None
    area: str | None
    committed: date | None = None

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
    """An instrument that may bind the two States, after steps 1 to 3, with the status of both.

    `declared`: unverified declarations that may take it away; `suspended`: the States whose suspension towards the other was not verified.
    """

    instrument: Instrument
    bound: Bound
    evidence: tuple[Evidence, Evidence]
    declared: tuple[Declaration, ...] = ()
    suspended: tuple[StateCode, ...] = ()

    @property
    def verified(self) -> bool:
        """Whether every fact about both States was read in a source."""
        return all(found.verified for found in self.evidence)


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """An instrument on its way through steps 4 to 8: all they look at is whether it binds.

    `contested`: a newer instrument that may bind would take its place; one of the two surely applies.
    """

    instrument: Instrument
    bound: Bound
    contested: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """An instrument left out on the way, whoever the two States are. `fact`: source and confidence of the reason."""

    id: InstrumentId
    why: Why
    by: str | None = None
    article: str | None = None
    fact: tuple[str, Confidence] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """A convention with the protocols to it that apply, convention first; or any instrument alone. `serves`: why it cannot stand alone."""

    members: tuple[Candidate, ...]
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
    def names(self) -> tuple[InstrumentId, ...]:
        """The ids of all its members."""
        return tuple(member.instrument.id for member in self.members)

    @property
    def bound(self) -> Bound:
        """Whether both States are bound by `base`, and could rest a request on it."""
        return Bound.UNKNOWN if self.undeclared else self.members[0].bound

    @property
    def sure(self) -> bool:
        """Whether `base` surely binds both, and nothing newer may take its place."""
        return self.members[0].bound is Bound.YES and not self.members[0].contested

    @property
    def rank(self) -> int:
        """Its place in the order of precedence, 0 first."""
        return self.base.tier.rank

    @property
    def universal(self) -> bool:
        """Whether it is a convention of the United Nations."""
        return self.base.tier is Tier.UNIVERSAL


def excluded(
    name: InstrumentId,
    why: Why,
    evidence: tuple[Evidence, Evidence],
    *,
    states: Iterable[StateCode] = (),
    by: str | None = None,
    article: str | None = None,
    fact: tuple[str, Confidence] | None = None,
) -> Excluded:
    """The instrument as one that must not be proposed. `fact`: source and confidence of the reason, else those of the States' status."""
    named = tuple(states)
    if fact is None:
        telling = next((found for found in evidence if found.state in named and found.source), None) or next(
            (found for found in evidence if found.source), evidence[0]
        )
        verified = telling.verified and evidence[0].status is not None and evidence[1].status is not None
        fact = telling.source, Confidence.VERIFIED if verified else Confidence.UNVERIFIED
    return Excluded(id=name, why=why, source=fact[0], confidence=fact[1], article=article, states=named, by=by, evidence=evidence)
