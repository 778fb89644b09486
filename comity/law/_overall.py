"""What an answer says whatever the treaty: the authorities of both States, and step 10, human rights last."""

from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from comity.identifiers import StateCode
from comity.law._inquiry import Inquiry
from comity.law.basis import Bound, HumanRightsCheck
from comity.law.model import Authority, Check, Confidence, Register
from comity.law.status import check_bound

_KEPT = 4096


def authorities(inquiry: Inquiry) -> tuple[Authority, ...]:
    """The bodies of both States for this kind of request and for the kind it is part of; requesting first."""
    register, kinds = inquiry.register, (inquiry.kind, inquiry.wider)
    return (*_authorities(register, inquiry.requesting, kinds), *_authorities(register, inquiry.requested, kinds))


@lru_cache(maxsize=_KEPT)
def _authorities(register: Register, state: StateCode, kinds: tuple[str, str | None]) -> tuple[Authority, ...]:
    own = (authority for authority in register.authorities if authority.state == state)
    return tuple(authority for authority in own if any(kind in authority.kinds for kind in kinds))


def human_rights(inquiry: Inquiry) -> tuple[HumanRightsCheck, ...]:
    """10. Human rights last: the checks for this kind that bind, or may bind, at least one of the two States on the date."""
    return tuple(_checks(inquiry))


def _checks(inquiry: Inquiry) -> Iterator[HumanRightsCheck]:
    register, pair, on = inquiry.register, inquiry.pair, inquiry.on
    for place in _of_kind(register, inquiry.kind, inquiry.wider):
        check = register.checks[place]
        bounds = (check_bound(check, pair[0], on), check_bound(check, pair[1], on))
        if bounds != (Bound.NO, Bound.NO):
            yield _made(register, place, pair, bounds)


@lru_cache(maxsize=_KEPT)
def _of_kind(register: Register, kind: str, wider: str | None) -> tuple[int, ...]:
    return tuple(place for place, check in enumerate(register.checks) if kind in check.kinds or wider in check.kinds)


@lru_cache(maxsize=_KEPT)
def _made(register: Register, place: int, pair: tuple[StateCode, StateCode], bounds: tuple[Bound, Bound]) -> HumanRightsCheck:
    check = register.checks[place]
    return HumanRightsCheck(
        id=check.id,
        title_en=check.title_en,
        title_ru=check.title_ru,
        rule_en=check.rule_en,
        rule_ru=check.rule_ru,
        grounds=check.grounds,
        absolute=any(register.words["ground"][code].absolute for code in check.grounds),
        binds=((pair[0], bounds[0]), (pair[1], bounds[1])),
        source=check.source,
        confidence=Confidence.VERIFIED if _read(check) else Confidence.UNVERIFIED,
        fact=check.fact,
    )


def _read(check: Check) -> bool:
    return check.confidence is Confidence.VERIFIED and not check.unverified_fields


def days(register: Register, state: StateCode) -> tuple[date, ...]:
    """The days on which it changes whether a check binds the State."""
    rows = (row for check in register.checks if (row := check.bound.get(state)))
    found = {day for row in rows for day in (row.since, row.since_not_earlier_than, row.since_not_later_than, row.until) if day}
    return tuple(sorted(found))
