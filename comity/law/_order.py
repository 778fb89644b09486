"""Steps 4 to 8: what each instrument left can carry, and in which order they come. The steps are those of docs/law-register.md."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache, partial
from typing import Protocol, TypeAlias, TypeVar

from comity.identifiers import InstrumentId, StateCode
from comity.law._inquiry import Candidate, Family, Inquiry, Left
from comity.law._standing import BILATERAL, DISPLACES, POLICE, complements
from comity.law.basis import Bound, Why
from comity.law.model import Confidence, Instrument, Provision, Register, Relation, Tier
from comity.law.status import both

_KEPT = 2048
Candidates: TypeAlias = dict[InstrumentId, Candidate]
Tested: TypeAlias = tuple[Family | None, list[Left]]
Test: TypeAlias = Callable[[Inquiry, Family], Tested]


class _Instrumental(Protocol):
    @property
    def instrument(self) -> Instrument: ...


T = TypeVar("T", bound=_Instrumental)


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """The families in order. `rivals`: the ids of primary families between which no rule decides.

    `carrier`: the treaty that surely carries such a request, so that conventions for want of another treaty yield to it.
    """

    primary: tuple[Family, ...]
    reserve: tuple[Family, ...]
    supplement: tuple[Family, ...]
    rivals: tuple[str, ...]
    carrier: InstrumentId | None


def order(
    inquiry: Inquiry, candidates: Iterable[Candidate], taken: frozenset[InstrumentId] = frozenset()
) -> tuple[Order, tuple[Left, ...]]:
    """Primary, reserve and supplement among the instruments that bind or may bind the two States, and those left out.

    `taken`: universal conventions that both States are supposed to take as a basis.
    """
    found = {candidate.instrument.id: candidate for candidate in candidates}
    out = [*_replaced(found), *_protocols(found)]
    families = tuple(_families(inquiry, found))
    alone = tuple(family for family in families if family.serves is None)
    carrier = _carrier(inquiry, alone)
    carriers = _passed(inquiry, alone, (partial(_not_residual, by=carrier), _for_the_offence, _as_basis), out)
    carriers = tuple(replace(family, undeclared=False) if family.id in taken else family for family in carriers)
    primary, behind = _ranked(carriers)
    reserve = _passed(inquiry, behind, (_settled,), out)
    servers = _passed(inquiry, (family for family in families if family.serves), (_for_the_offence, _settled), out)
    supplement = tuple(_beside(inquiry, servers, primary + reserve, out))
    rivals = _rivals(primary)
    return Order(primary=primary, reserve=reserve, supplement=supplement, rivals=rivals, carrier=carrier), tuple(out)


def for_the_offence(inquiry: Inquiry, candidates: Iterable[T]) -> tuple[tuple[T, ...], tuple[T, ...]]:
    """7. Those that can serve for the offence, with the conventions and protocols that belong to them; and those that cannot."""
    every = tuple(candidates)
    serving = {each.instrument.base or each.instrument.id for each in every if inquiry.covers(each.instrument)}
    sorted_out = tuple((each, (each.instrument.base or each.instrument.id) in serving) for each in every)
    return tuple(each for each, kept in sorted_out if kept), tuple(each for each, kept in sorted_out if not kept)


@lru_cache(maxsize=_KEPT)
def left_by_offence(
    register: Register, kind: str, area: str | None, bounds: tuple[tuple[InstrumentId, Bound], ...], carrier: InstrumentId | None
) -> tuple[Left, ...]:
    """Why each of these, none of which can serve for the offence, is left out."""
    nobody, wider = StateCode(""), register.words["kind"][kind].part_of
    inquiry = Inquiry(register=register, requesting=nobody, requested=nobody, on=date.min, kind=kind, wider=wider, area=area)
    found = {name: Candidate(instrument=register.instruments[name], bound=bound) for name, bound in bounds}
    out = [*_replaced(found), *_protocols(found)]
    families = tuple(_families(inquiry, found))
    alone = (family for family in families if family.serves is None)
    _passed(inquiry, alone, (partial(_not_residual, by=carrier), _for_the_offence), out)
    _passed(inquiry, (family for family in families if family.serves), (_for_the_offence,), out)
    return tuple(out)


def _replaced(found: Candidates) -> Iterator[Left]:
    """4. Between two States both bound by the newer instrument the older one it replaces ceases; otherwise the older goes on."""
    for newer in tuple(found.values()):
        for relation in newer.instrument.relations:
            if relation.type not in DISPLACES:
                continue
            for older in _targets(found, relation):
                if newer.bound is Bound.YES:
                    del found[older.instrument.id]
                    fact = (relation.source, relation.confidence)
                    yield _left(older, Why.SUPERSEDED, by=newer.instrument.id, article=relation.article, fact=fact)
                else:
                    found[older.instrument.id] = replace(older, contested=True)


def _targets(found: Candidates, relation: Relation) -> tuple[Candidate, ...]:
    if relation.target == BILATERAL:
        return tuple(candidate for candidate in found.values() if candidate.instrument.tier is Tier.BILATERAL)
    candidate = found.get(InstrumentId(relation.target))
    return (candidate,) if candidate else ()


def _protocols(found: Candidates) -> Iterator[Left]:
    """5. A protocol is an instrument of its own: it binds only States party to it, and stands or falls with its convention."""
    for candidate in tuple(found.values()):
        base = candidate.instrument.base
        if base is None:
            continue
        if base in found:
            convention = found[base]
            bound, contested = both(candidate.bound, convention.bound), candidate.contested or convention.contested
            found[candidate.instrument.id] = replace(candidate, bound=bound, contested=contested)
        else:
            del found[candidate.instrument.id]
            yield _left(candidate, Why.BASE_NOT_APPLIED, by=base)


def _left(
    candidate: Candidate, why: Why, *, by: str | None = None, article: str | None = None, fact: tuple[str, Confidence] | None = None
) -> Left:
    return Left(id=candidate.instrument.id, why=why, by=by, article=article, fact=fact)


def _passed(inquiry: Inquiry, families: Iterable[Family], tests: tuple[Test, ...], out: list[Left]) -> tuple[Family, ...]:
    kept = tuple(families)
    for test in tests:
        results = tuple(test(inquiry, family) for family in kept)
        out.extend(left for _, more in results for left in more)
        kept = tuple(family for family, _ in results if family is not None)
    return kept


def _families(inquiry: Inquiry, found: Candidates) -> Iterator[Family]:
    for candidate in found.values():
        if candidate.instrument.base is None:
            protocols = (other for other in found.values() if other.instrument.base == candidate.instrument.id)
            members = (candidate, *protocols)
            yield Family(members=members, serves=_serves(inquiry, members))


def _serves(inquiry: Inquiry, members: tuple[Candidate, ...]) -> Why | None:
    """6. Agreements of police level, and those made for one step only, never carry a request alone."""
    base = members[0].instrument
    if complements(base, inquiry.kind) or inquiry.kind in base.never_alone:
        return Why.NEVER_ALONE
    police = POLICE in base.kinds and inquiry.kind != POLICE
    return Why.POLICE_LEVEL if police and not _usable(inquiry, members, "yes") else None


def _usable(inquiry: Inquiry, members: tuple[Candidate, ...], word: str) -> tuple[Provision, ...]:
    found = (provision for member in members for provision in _on_use(inquiry.register, member.instrument.id, inquiry.kind))
    return tuple(provision for provision in found if provision.usable_as_basis == word)


@lru_cache(maxsize=_KEPT)
def _on_use(register: Register, name: InstrumentId, kind: str) -> tuple[Provision, ...]:
    """The provisions that say whether the instrument can be a basis for this kind."""
    return tuple(rule for rule in register.instruments[name].provisions if rule.usable_as_basis and kind in rule.kinds)


def _carrier(inquiry: Inquiry, alone: tuple[Family, ...]) -> InstrumentId | None:
    """7. The first treaty that surely carries the request, to which conventions for want of another treaty yield."""
    surely = (family for family in alone if family.bound is Bound.YES and not family.universal and _covers(inquiry, family))
    return next((family.id for family in surely if not _residual_rule(inquiry.register, family.id, inquiry.kind)), None)


def _not_residual(inquiry: Inquiry, family: Family, *, by: InstrumentId | None) -> Tested:
    """7. A convention that serves only where no other treaty does is left out where another surely carries the request."""
    rule = _residual_rule(inquiry.register, family.id, inquiry.kind) if by else None
    if rule is None:
        return family, []
    fact = (rule.source, rule.confidence)
    return None, [_left(member, Why.RESIDUAL, by=by, article=rule.article, fact=fact) for member in family.members]


@lru_cache(maxsize=_KEPT)
def _residual_rule(register: Register, name: InstrumentId, kind: str) -> Provision | None:
    """The provision by which it yields: one on this kind, or on the wider kind where it has no rule of its own on this one."""
    provisions = register.instruments[name].provisions
    own = any(kind in provision.kinds for provision in provisions)
    names = (kind,) if own else (kind, register.words["kind"][kind].part_of)
    return next((rule for rule in provisions if rule.rule == "residual" and any(named in names for named in rule.kinds)), None)


def _covers(inquiry: Inquiry, family: Family) -> bool:
    return any(inquiry.covers(member.instrument) for member in family.members)


def _for_the_offence(inquiry: Inquiry, family: Family) -> Tested:
    """7. A convention for certain offences serves only these; so does each protocol to it."""
    if not _covers(inquiry, family):
        return None, [_left(member, Why.OFFENCE_NOT_COVERED) for member in family.members]
    if all(inquiry.covers(member.instrument) for member in family.members):
        return family, []
    beside = tuple(member for member in family.members[1:] if not inquiry.covers(member.instrument))
    kept = tuple(member for member in family.members if member not in beside)
    return replace(family, members=kept), [_left(member, Why.OFFENCE_NOT_COVERED) for member in beside]


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


def _no_basis(family: Family, rule: Provision | None) -> list[Left]:
    fact = (rule.source, rule.confidence) if rule else None
    return [_left(member, Why.NO_BASIS, article=rule.article if rule else None, fact=fact) for member in family.members]


def _both_declared(inquiry: Inquiry, family: Family) -> bool:
    made = (made for made in inquiry.made(family.base, "takes-as-basis") if made.confidence is Confidence.VERIFIED)
    return {declaration.state for declaration in made}.issuperset(inquiry.pair)


def _ranked(carriers: tuple[Family, ...]) -> tuple[tuple[Family, ...], tuple[Family, ...]]:
    """8. The first in order that surely binds is primary; what may bind before it or in its place stands beside it, the rest behind."""
    last = min((family.rank for family in carriers if family.bound is Bound.YES), default=None)
    if last is None:
        return carriers, ()
    first = tuple(family for family in carriers if family.rank <= last)
    leads = tuple((family, family.rank <= last or any(_may_displace(family, other) for other in first)) for family in carriers)
    return tuple(family for family, primary in leads if primary), tuple(family for family, primary in leads if not primary)


def _may_displace(newer: Family, older: Family) -> bool:
    target = BILATERAL if older.base.tier is Tier.BILATERAL else older.id
    return older.members[0].contested and any(relation.type in DISPLACES and relation.target == target for relation in newer.base.relations)


def _settled(_: Inquiry, family: Family) -> Tested:
    """What stands behind must be sure: an instrument that may bind is not proposed as a reserve."""
    if not family.sure:
        return None, [_left(member, Why.STATUS_UNKNOWN) for member in family.members]
    unsure = tuple(member for member in family.members[1:] if member.bound is not Bound.YES)
    if not unsure:
        return family, []
    kept = tuple(member for member in family.members if member not in unsure)
    return replace(family, members=kept), [_left(member, Why.STATUS_UNKNOWN) for member in unsure]


def _beside(inquiry: Inquiry, servers: Iterable[Family], carriers: tuple[Family, ...], out: list[Left]) -> Iterator[Family]:
    """6. What serves one step stands beside a treaty that carries the request, and is left out where there is none."""
    for family in servers:
        if _has_what_it_serves(inquiry, family, carriers):
            yield family
        else:
            out.extend(_left(member, family.serves or Why.NEVER_ALONE) for member in family.members)


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
