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

Steps 1 to 5 stand in `_standing`, 6 to 8 in `_order`, what follows from the provisions in `_contents`, what is not sure in `_doubts`.
"""

from dataclasses import replace
from datetime import date
from functools import lru_cache

from comity.identifiers import StateCode
from comity.law._contents import authorities, contents, human_rights, own_law
from comity.law._doubts import Unsure, doubts
from comity.law._inquiry import Family, Inquiry
from comity.law._order import Order, order
from comity.law._standing import standings
from comity.law.basis import Applied, Basis, BasisKind, Bound, Certainty, Citation, Excluded, Role
from comity.law.model import Register, UnknownWordError

ANY = "any"
_KEPT = 4096


def resolve(register: Register, requesting: str, requested: str, kind: str, on: date, offence_area: str | None = None) -> Basis:  # noqa: PLR0917  # said in this order
    """What a request of this kind can rest on between these States on this date, and what follows; raises `UnknownWordError`.

    `offence_area` None or `any` means any offence: then instruments for certain offences are left out, and said to be.
    """
    pair = (StateCode(requesting), StateCode(requested))
    for state in pair:
        if not register.knows(state):
            raise _unknown("State", state, register.states)
    if pair[0] == pair[1]:
        raise UnknownWordError(
            "A State does not ask itself.", word=requested, known=tuple(code for code in register.states if code != requested)
        )
    if kind not in register.words["kind"]:
        raise _unknown("kind of request", kind, register.kinds)
    if offence_area is not None and offence_area not in register.words["offence-area"]:
        raise _unknown("offence area", offence_area, register.offence_areas)
    area = None if offence_area in (None, ANY) else offence_area
    since = max(register.last_event(state, on) for state in pair)
    answer = _remembered(register, pair[0], pair[1], kind, since, area)
    return replace(answer, on=on, offence_area=offence_area)


def events(register: Register, requesting: StateCode, requested: StateCode) -> tuple[date, ...]:
    """The days on which an answer for the two States can change, in order; between two of them it stays as it is."""
    return tuple(sorted({*register.events.get(requesting, ()), *register.events.get(requested, ())}))


def _unknown(what: str, word: str, known: tuple[str, ...]) -> UnknownWordError:
    return UnknownWordError(f"The register knows no {what} “{word}”.", word=word, known=known)


def answer_on(register: Register, requesting: StateCode, requested: StateCode, kind: str, on: date, area: str | None) -> Basis:  # noqa: PLR0917  # the cache keys on position
    """The answer worked out afresh for this very day; `resolve` remembers it until the next day on which something changes."""
    wider = register.words["kind"][kind].part_of
    since = (register.last_event(requesting, on), register.last_event(requested, on))
    inquiry = Inquiry(register=register, requesting=requesting, requested=requested, kind=kind, wider=wider, on=on, area=area, since=since)
    found, out = standings(inquiry)  # steps 1 to 5
    ordered, more = order(inquiry, found)  # steps 6 to 8
    left = _in_order(register, (*out, *more))
    said = contents(inquiry, ordered)
    basis, reciprocity = _basis(inquiry, ordered)  # step 9
    primary = tuple(applied for family in ordered.primary for applied in _applied(family, Role.PRIMARY))
    checks, bodies = human_rights(inquiry), authorities(inquiry)  # step 10
    unsure = Unsure(inquiry=inquiry, order=ordered, excluded=left, contents=said, basis=basis, checks=checks, authorities=bodies)
    doubted = doubts(unsure)
    return Basis(
        requesting=requesting,
        requested=requested,
        kind=kind,
        on=on,
        offence_area=area,
        basis=basis,
        certainty=_certainty(primary, unsettled=any(doubt.unsettles for doubt in doubted)),
        primary=primary,
        subsidiary=_subsidiary(ordered),
        order_is_open=bool(ordered.rivals),
        excluded=left,
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
        register=register.release,  # step 11
    )


_remembered = lru_cache(maxsize=_KEPT)(answer_on)


def _in_order(register: Register, left: tuple[Excluded, ...]) -> tuple[Excluded, ...]:
    return tuple(sorted(left, key=lambda item: register.places[item.id]))


def _applied(family: Family, role: Role) -> tuple[Applied, ...]:
    return tuple(
        Applied(
            id=standing.instrument.id,
            role=role,
            certainty=Certainty.CERTAIN
            if standing.bound is Bound.YES and standing.verified and not family.undeclared
            else Certainty.UNCERTAIN,
            evidence=standing.evidence,
        )
        for standing in family.members
    )


def _subsidiary(ordered: Order) -> tuple[Applied, ...]:
    reserve = (applied for family in ordered.reserve for applied in _applied(family, Role.RESERVE))
    supplement = (applied for family in ordered.supplement for applied in _applied(family, Role.SUPPLEMENT))
    return (*reserve, *supplement)


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
