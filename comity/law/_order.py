"""Steps 6 to 8: what each instrument left can carry, and in which order they come. The steps are those of docs/law-register.md."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TypeAlias

from comity.identifiers import InstrumentId
from comity.law._inquiry import Family, Inquiry, Standing, left_out
from comity.law._standing import BILATERAL, DISPLACES, POLICE, Standings, complements
from comity.law.basis import Bound, Excluded, Why
from comity.law.model import Confidence, Provision, Register, Tier
from comity.law.status import unknown_states

_KEPT = 2048
Tested: TypeAlias = tuple[Family | None, list[Excluded]]
Test: TypeAlias = Callable[[Inquiry, Family], Tested]


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """The families in order. `rivals`: the ids of primary families between which no rule decides."""

    primary: tuple[Family, ...]
    reserve: tuple[Family, ...]
    supplement: tuple[Family, ...]
    rivals: tuple[str, ...]


def order(inquiry: Inquiry, found: Standings) -> tuple[Order, list[Excluded]]:
    """Primary, reserve and supplement among the instruments that bind the two States, and those left out."""
    out: list[Excluded] = []
    families = tuple(_families(inquiry, found))
    carriers = _without_residual(inquiry, tuple(family for family in families if family.serves is None), out)
    carriers = _passed(inquiry, carriers, (_for_the_offence, _as_basis), out)
    primary, behind = _ranked(carriers)
    reserve = _passed(inquiry, behind, (_settled,), out)
    servers = _passed(inquiry, (family for family in families if family.serves), (_for_the_offence, _settled), out)
    supplement = tuple(_beside(inquiry, servers, primary + reserve, out))
    return Order(primary=primary, reserve=reserve, supplement=supplement, rivals=_rivals(primary)), out


def _passed(inquiry: Inquiry, families: Iterable[Family], tests: tuple[Test, ...], out: list[Excluded]) -> tuple[Family, ...]:
    kept = tuple(families)
    for test in tests:
        results = tuple(test(inquiry, family) for family in kept)
        out.extend(left for _, more in results for left in more)
        kept = tuple(family for family, _ in results if family is not None)
    return kept


def _families(inquiry: Inquiry, found: Standings) -> Iterator[Family]:
    for standing in found.values():
        if standing.instrument.base is None:
            protocols = (other for other in found.values() if other.instrument.base == standing.instrument.id)
            members = (standing, *protocols)
            yield Family(members=members, serves=_serves(inquiry, members))


def _serves(inquiry: Inquiry, members: tuple[Standing, ...]) -> Why | None:
    """6. Agreements of police level, and those made for one step only, never carry a request alone."""
    base = members[0].instrument
    if complements(base, inquiry.kind) or inquiry.kind in base.never_alone:
        return Why.NEVER_ALONE
    police = POLICE in base.kinds and inquiry.kind != POLICE
    return Why.POLICE_LEVEL if police and not _usable(inquiry, members, "yes") else None


def _usable(inquiry: Inquiry, members: tuple[Standing, ...], word: str) -> tuple[Provision, ...]:
    found = (provision for standing in members for provision in _on_use(inquiry.register, standing.instrument.id, inquiry.kind))
    return tuple(provision for provision in found if provision.usable_as_basis == word)


@lru_cache(maxsize=_KEPT)
def _on_use(register: Register, name: InstrumentId, kind: str) -> tuple[Provision, ...]:
    """The provisions that say whether the instrument can be a basis for this kind."""
    return tuple(rule for rule in register.instruments[name].provisions if rule.usable_as_basis and kind in rule.kinds)


def _without_residual(inquiry: Inquiry, carriers: tuple[Family, ...], out: list[Excluded]) -> tuple[Family, ...]:
    """7. A convention that serves only where no other treaty does is left out where another surely carries the request."""
    rules = {family.id: rule for family in carriers if (rule := _residual_rule(inquiry.register, family.id, inquiry.kind))}
    others = (family for family in carriers if family.id not in rules and not family.universal and _covers(inquiry, family))
    by = next((family.id for family in others if family.bound is Bound.YES), None)
    if by is None:
        return carriers
    for family in carriers:
        if rule := rules.get(family.id):
            fact = (rule.source, rule.confidence)
            out.extend(left_out(standing, Why.RESIDUAL, by=by, article=rule.article, fact=fact) for standing in family.members)
    return tuple(family for family in carriers if family.id not in rules)


@lru_cache(maxsize=_KEPT)
def _residual_rule(register: Register, name: InstrumentId, kind: str) -> Provision | None:
    """The provision by which it yields: one on this kind, or on the wider kind where it has no rule of its own on this one."""
    provisions = register.instruments[name].provisions
    own = any(kind in provision.kinds for provision in provisions)
    names = (kind,) if own else (kind, register.words["kind"][kind].part_of)
    return next((rule for rule in provisions if rule.rule == "residual" and any(named in names for named in rule.kinds)), None)


def _covers(inquiry: Inquiry, family: Family) -> bool:
    return any(inquiry.covers(standing.instrument) for standing in family.members)


def _for_the_offence(inquiry: Inquiry, family: Family) -> Tested:
    """7. A convention for certain offences serves only these; so does each protocol to it."""
    if not _covers(inquiry, family):
        return None, [left_out(standing, Why.OFFENCE_NOT_COVERED) for standing in family.members]
    if all(inquiry.covers(standing.instrument) for standing in family.members):
        return family, []
    beside = tuple(standing for standing in family.members[1:] if not inquiry.covers(standing.instrument))
    kept = tuple(standing for standing in family.members if standing not in beside)
    return replace(family, members=kept), [left_out(standing, Why.OFFENCE_NOT_COVERED) for standing in beside]


def _as_basis(inquiry: Inquiry, family: Family) -> Tested:
    """7. A convention of the United Nations is a basis for extradition only as each State has declared, for others as its text allows."""
    if refused := _usable(inquiry, family.members, "no"):
        return None, _no_basis(family, refused[0])
    if _usable(inquiry, family.members, "consider"):
        return replace(family, no_duty=True), []
    if not family.universal or inquiry.kind != "extradition":
        return family, []
    if not _usable(inquiry, family.members, "yes"):
        return None, _no_basis(family, None)
    return replace(family, undeclared=not _both_declared(inquiry, family)), []


def _no_basis(family: Family, rule: Provision | None) -> list[Excluded]:
    fact = (rule.source, rule.confidence) if rule else None
    return [left_out(standing, Why.NO_BASIS, article=rule.article if rule else None, fact=fact) for standing in family.members]


def _both_declared(inquiry: Inquiry, family: Family) -> bool:
    made = {
        declaration.state
        for declaration in family.base.declarations
        if declaration.effect == "takes-as-basis" and declaration.confidence is Confidence.VERIFIED
    }
    return made.issuperset(inquiry.pair)


def _ranked(carriers: tuple[Family, ...]) -> tuple[tuple[Family, ...], tuple[Family, ...]]:
    """8. The first in order that surely binds is primary; those before it that may bind stand beside it, the rest behind it."""
    last = min((family.rank for family in carriers if family.bound is Bound.YES), default=None)
    if last is None:
        return carriers, ()
    primary = tuple(family for family in carriers if family.rank <= last)
    return primary, tuple(family for family in carriers if family.rank > last)


def _settled(_: Inquiry, family: Family) -> Tested:
    """What stands behind must be sure: an instrument that may bind is not proposed as a reserve."""
    if family.members[0].bound is not Bound.YES:
        return None, [left_out(standing, Why.STATUS_UNKNOWN, states=unknown_states(standing.evidence)) for standing in family.members]
    unsure = tuple(standing for standing in family.members[1:] if standing.bound is not Bound.YES)
    if not unsure:
        return family, []
    kept = tuple(standing for standing in family.members if standing not in unsure)
    return replace(family, members=kept), [
        left_out(standing, Why.STATUS_UNKNOWN, states=unknown_states(standing.evidence)) for standing in unsure
    ]


def _beside(inquiry: Inquiry, servers: Iterable[Family], carriers: tuple[Family, ...], out: list[Excluded]) -> Iterator[Family]:
    """6. What serves one step stands beside a treaty that carries the request, and is left out where there is none."""
    for family in servers:
        if _has_what_it_serves(inquiry, family, carriers):
            yield family
        else:
            out.extend(left_out(standing, family.serves or Why.NEVER_ALONE) for standing in family.members)


def _has_what_it_serves(inquiry: Inquiry, family: Family, carriers: tuple[Family, ...]) -> bool:
    relations = complements(family.base, inquiry.kind)
    if not relations:
        return bool(carriers)
    names = {carrier.id for carrier in carriers} | {BILATERAL for carrier in carriers if carrier.base.tier is Tier.BILATERAL}
    return any(relation.target in names for relation in relations)


def _rivals(primary: tuple[Family, ...]) -> tuple[str, ...]:
    """8. Two of one rank without a rule between them are both returned, and the order is open."""
    sure = next((family.rank for family in primary if family.bound is Bound.YES), primary[0].rank if primary else 0)
    alike = tuple(family for family in primary if family.rank == sure)
    displaced = {relation.target for family in alike for relation in family.base.relations if relation.type in DISPLACES}
    rivals = tuple(family.id for family in alike if family.id not in displaced)
    return rivals if len(rivals) > 1 else ()
