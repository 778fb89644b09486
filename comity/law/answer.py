"""An answer as plain JSON values: what `comity explain --json` prints and other programs read."""

from collections.abc import Mapping

from comity.canonical import Value
from comity.law.basis import Basis, Excluded, Ground, HumanRightsCheck, Required, TimeLimit
from comity.law.explain import why_not
from comity.law.model import Register


def to_json(basis: Basis, register: Register, language: str = "en") -> Mapping[str, Value]:
    """The answer under the keys other programs rely on; `why` in `excluded` is in `language`, all else in words of the register.

    `channel` is null where the instruments name none or do not agree. Items of lists may get more keys later; the keys here stay.
    """
    return {
        "requesting": basis.requesting,
        "requested": basis.requested,
        "kind": basis.kind,
        "on": basis.on.isoformat(),
        "basis": basis.basis.value,
        "certainty": basis.certainty.value,
        "primary": [applied.id for applied in basis.primary],
        "subsidiary": [applied.id for applied in basis.subsidiary],
        "order_is_open": basis.order_is_open,
        "excluded": [_excluded(left, register, language) for left in basis.excluded],
        "channel": basis.channel,
        "languages": list(basis.language_codes),
        "required": [_required(item) for item in basis.required],
        "time_limits": [_limit(item) for item in basis.time_limits],
        "refusal": [_ground(item) for item in basis.refusal],
        "human_rights": [_check(item) for item in basis.human_rights],
        "register": basis.register,
    }


def _excluded(left: Excluded, register: Register, language: str) -> Value:
    return {
        "id": left.id,
        "why": why_not(left, register, language),
        "code": left.why.value,
        "article": left.article,
        "by": left.by,
        "states": list(left.states),
        "confidence": left.confidence.value,
    }


def _required(item: Required) -> Value:
    return {"field": item.field, "article": item.article, "instrument": item.instrument, "confidence": item.confidence.value}


def _limit(item: TimeLimit) -> Value:
    return {
        "topic": item.topic,
        "length": item.length,
        "unit": item.unit.value,
        "longest": item.longest,
        "extension": item.extension,
        "article": item.article,
        "instrument": item.instrument,
        "confidence": item.confidence.value,
    }


def _ground(item: Ground) -> Value:
    return {
        "ground": item.code,
        "mandatory": item.mandatory,
        "article": item.article,
        "instrument": item.instrument,
        "assurance_possible": item.assurance_possible,
        "state": item.state,
        "confidence": item.confidence.value,
    }


def _check(item: HumanRightsCheck) -> Value:
    return {
        "id": item.id,
        "grounds": list(item.grounds),
        "absolute": item.absolute,
        "binds": {state: bound.value for state, bound in item.binds},
        "confidence": item.confidence.value,
    }
