"""Answers which law a request can rest on: who asks whom, for what, on which day, for which offence.

The eleven steps, in this order and these words, are those of docs/law-register.md:

 1. Both States are bound on the date of the request.
 2. Withdrawal and suspension count from their dates.
 3. Reservations and declarations apply for each pair.
 4. A newer instrument replaces the older one between its parties.
 5. A protocol is an instrument of its own and stands or falls with its convention.
 6. Agreements of police level never carry a request alone.
 7. Universal conventions serve for their offences, and where no other treaty does.
 8. The order: bilateral, special, general, sectoral, universal; without a rule it is open.
 9. Reciprocity, when nothing is left.
10. Human rights last.
11. The answer names the release of the data, and the confidence of each fact.

Steps 1 to 3 stand in `_standing`, 4 to 8 in `_order`, what follows from the provisions in `_contents`, step 10 in `_overall`, what is
not sure in `_doubts`. `_course` takes steps 4 to 8 once for all pairs that stand alike.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import lru_cache

from comity.identifiers import InstrumentId, StateCode
from comity.law._contents import own_law
from comity.law._course import course, result
from comity.law._doubts import Unsure, doubts
from comity.law._inquiry import Family, Inquiry, Left, Standing, excluded
from comity.law._order import Order, for_the_offence, left_by_offence
from comity.law._overall import authorities, human_rights
from comity.law._question import ANY, asked, turns
from comity.law._standing import Found, between
from comity.law.basis import Applied, Basis, BasisKind, Bound, Certainty, Citation, Excluded, Role, Why
from comity.law.model import Register
from comity.law.status import unknown_states

_KEPT = 4096


def resolve(  # noqa: PLR0917  # said in this order
    register: Register,
    requesting: str,
    requested: str,
    kind: str,
    on: date,
    offence_area: str | None = None,
    *,
    committed: date | None = None,
) -> Basis:
    """What a request of this kind can rest on between these States on this date, and what follows.

    `offence_area` None or `any` means any offence: then instruments for certain offences are left out, and said to be. `committed`: the
    day of the offence, for the instruments that ask for it. Raises `UnknownWordError` where the question cannot be answered, and says
    what is known: `UnknownDayError` for a day before 1991 or before a State existed.
    """
    pair = asked(register, requesting, requested, kind, on, offence_area)
    area = None if offence_area in (None, ANY) else offence_area
    days = turns(register, *pair, kind)
    place = bisect_right(days, on)
    since = days[place - 1] if place else date.min
    answer = _remembered(register, *pair, kind, since, area, committed)
    return replace(answer, on=on, offence_area=offence_area)


def events(register: Register, requesting: StateCode, requested: StateCode, kind: str | None = None) -> tuple[date, ...]:
    """The days on which an answer for the two States (for one kind, or for any) can change, in order; between two it stays as it is."""
    kinds = register.kinds if kind is None else (kind,)
    return tuple(sorted({day for kind in kinds for day in turns(register, requesting, requested, kind)}))


def answer_on(  # noqa: PLR0917  # the memory keys on position
    register: Register,
    requesting: StateCode,
    requested: StateCode,
    kind: str,
    on: date,
    area: str | None,
    committed: date | None = None,
) -> Basis:
    """The answer worked out afresh for this very day; `resolve` remembers it until the next day on which something changes."""
    inquiry = inquire(register, requesting, requested, kind, on, area, committed)
    return answer(inquiry, between(inquiry))  # steps 1 to 3


def inquire(  # noqa: PLR0917  # as `answer_on`
    register: Register,
    requesting: StateCode,
    requested: StateCode,
    kind: str,
    on: date,
    area: str | None,
    committed: date | None = None,
) -> Inquiry:
    """The question as the steps see it."""
    return Inquiry(
        register=register,
        requesting=requesting,
        requested=requested,
        kind=kind,
        wider=register.words["kind"][kind].part_of,
        on=on,
        area=area,
        committed=committed,
    )


def answer(inquiry: Inquiry, found: Found, *, settled: frozenset[str] = frozenset(), taken: frozenset[InstrumentId] = frozenset()) -> Basis:
    """The answer from what steps 1 to 3 left. `settled`, `taken`: open questions and declarations supposed to be settled (`law.whatif`)."""
    standings = {name: item for name, item in found.items() if isinstance(item, Standing)}
    serving, beside = for_the_offence(inquiry, standings.values())
    way = course(inquiry, serving, taken)
    led = result(inquiry.register, way)  # steps 4 to 8
    left = (*led.left, *_beside_the_offence(inquiry, beside, led.order))
    excluded = _in_order(inquiry.register, found, left, standings)
    basis, reciprocity = _basis(inquiry, led.order)  # step 9
    primary = tuple(_applied(led.order.primary, Role.PRIMARY, standings))
    checks, bodies = human_rights(inquiry), authorities(inquiry)  # step 10
    unsure = Unsure(
        inquiry=inquiry,
        course=way,
        result=led,
        standings=standings,
        excluded=excluded,
        basis=basis,
        checks=checks,
        authorities=bodies,
        settled=settled,
    )
    doubted = doubts(unsure)
    said = led.contents
    return Basis(
        requesting=inquiry.requesting,
        requested=inquiry.requested,
        kind=inquiry.kind,
        on=inquiry.on,
        offence_area=inquiry.area,
        basis=basis,
        certainty=_certainty(primary, unsettled=any(doubt.unsettles for doubt in doubted)),
        primary=primary,
        subsidiary=(
            *_applied(led.order.reserve, Role.RESERVE, standings),
            *_applied(led.order.supplement, Role.SUPPLEMENT, standings),
        ),
        order_is_open=bool(led.order.rivals),
        excluded=excluded,
        reciprocity=reciprocity,
        channels=said.channels,
        authorities=bodies,
        languages=said.languages,
        required=said.required,
        attachments=said.attachments,
        form=said.form,
        conditions=said.conditions,
        time_limits=said.time_limits,
        refusal=said.refusal,
        rules=said.rules,
        human_rights=checks,
        doubts=doubted,
        register=inquiry.register.release,  # step 11
        committed=inquiry.committed,
    )


_remembered = lru_cache(maxsize=_KEPT)(answer_on)


def _beside_the_offence(inquiry: Inquiry, beside: tuple[Standing, ...], ordered: Order) -> tuple[Left, ...]:
    bounds = tuple((standing.instrument.id, standing.bound) for standing in beside)
    return left_by_offence(inquiry.register, inquiry.kind, inquiry.area, bounds, ordered.carrier)


def _in_order(register: Register, found: Found, left: Iterable[Left], standings: Mapping[InstrumentId, Standing]) -> tuple[Excluded, ...]:
    """Everything left out, in order of precedence."""
    early = (item for item in found.values() if isinstance(item, Excluded))
    late = (_excluded(item, standings[item.id]) for item in left)
    return tuple(sorted((*early, *late), key=lambda item: register.places[item.id]))


def _excluded(left: Left, standing: Standing) -> Excluded:
    states = unknown_states(standing.evidence) if left.why is Why.STATUS_UNKNOWN else ()
    return excluded(left.id, left.why, standing.evidence, states=states, by=left.by, article=left.article, fact=left.fact)


def _applied(families: Iterable[Family], role: Role, standings: Mapping[InstrumentId, Standing]) -> Iterator[Applied]:
    for family in families:
        convention = True
        for member in family.members:  # the convention first: a protocol is never surer than it is (step 5)
            standing = standings[member.instrument.id]
            sure = member.bound is Bound.YES and not member.contested and standing.verified and not family.undeclared and convention
            convention = convention and (sure or member.instrument is not family.base)
            certainty = Certainty.CERTAIN if sure else Certainty.UNCERTAIN
            yield Applied(id=standing.instrument.id, role=role, certainty=certainty, evidence=standing.evidence)


def _basis(inquiry: Inquiry, ordered: Order) -> tuple[BasisKind, tuple[Citation, ...]]:
    """9. When nothing is left: reciprocity, where the own law of one of the two States allows it, with its article."""
    if ordered.primary:
        return BasisKind.TREATY, ()
    cited = tuple(
        Citation(
            instrument=law.id, title=law.title_en, article=rule.article, source=rule.source, confidence=rule.confidence, fact=rule.fact
        )
        for state in inquiry.pair
        if (law := own_law(inquiry, state))
        for rule in law.provisions
        if rule.usable_as_basis == "yes" and inquiry.speaks_of(rule)
    )
    return (BasisKind.RECIPROCITY if cited else BasisKind.NONE), cited


def _certainty(primary: tuple[Applied, ...], *, unsettled: bool) -> Certainty:
    """Certain only where every primary instrument is, and no doubt unsettles the answer."""
    sure = all(applied.certainty is Certainty.CERTAIN for applied in primary)
    return Certainty.CERTAIN if sure and not unsettled else Certainty.UNCERTAIN
