"""Golden cases: what the instruments say, written before the engine, against what the engine answers."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from comity.law import Basis
from comity.law.load import default_register
from comity.law.resolve import resolve

CASES = Path(__file__).parent / "cases"
DECISIONS = Path(__file__).parents[2] / "docs" / "decisions"


def cases(name: str) -> list[dict[str, Any]]:
    return tomllib.loads((CASES / name).read_text(encoding="utf-8"))["case"]


def asked(case: dict[str, Any]) -> Basis:
    day = case.get("date") or case["on"]
    return resolve(default_register(), case["requesting"], case["requested"], case["kind"], day, case.get("offence_area"))


@pytest.mark.parametrize("case", cases("resolution.toml"), ids=lambda case: case["id"])
def test_a_worked_case(case: dict[str, Any]) -> None:
    basis = asked(case)
    expected = case | case.get("corrected", {})

    assert [applied.id for applied in basis.primary] == expected["expected"]
    assert [applied.id for applied in basis.subsidiary] == expected["subsidiary"]
    assert basis.basis == expected["basis"]
    assert {item["id"] for item in expected.get("excluded", [])} <= {left.id for left in basis.excluded}
    if "channel" in expected:
        assert basis.channel == expected["channel"]
    if "languages" in expected:
        assert list(basis.language_codes) == expected["languages"]


def test_every_correction_has_its_decision() -> None:
    corrected = [case for case in cases("resolution.toml") if "corrected" in case]

    assert len(cases("resolution.toml")) == 20
    assert [case["id"] for case in corrected] == ["s09", "s18"]
    for case in corrected:
        assert list(DECISIONS.glob(f"{case['decision']}-*.md")), case["id"]


@pytest.mark.parametrize("case", cases("rules.toml"), ids=lambda case: case["id"])
def test_a_rule(case: dict[str, Any]) -> None:
    basis = asked(case)
    reasons = {left.id: left.why.value for left in basis.excluded}

    if "primary" in case:
        assert [applied.id for applied in basis.primary] == case["primary"]
    if "subsidiary" in case:
        assert [applied.id for applied in basis.subsidiary] == case["subsidiary"]
    for key in ("basis", "certainty"):
        if key in case:
            assert getattr(basis, key) == case[key]
    assert {name: reasons.get(name) for name in case.get("excluded", {})} == case.get("excluded", {})
    assert not {applied.id for applied in basis.applied} & set(case.get("without", []))
    assert set(case.get("doubts", [])) <= {doubt.kind.value for doubt in basis.doubts}
    assert basis.order_is_open == case.get("order_is_open", basis.order_is_open if "primary" not in case else False)


@pytest.mark.parametrize("case", cases("rules.toml"), ids=lambda case: case["id"])
def test_what_follows_from_a_rule(case: dict[str, Any]) -> None:
    basis = asked(case)
    limits = [[limit.topic, limit.instrument, limit.length] for limit in basis.time_limits]
    channels = [[channel.instrument, channel.code] for channel in basis.channels]
    grounds = [[ground.code, ground.instrument, ground.state or "", ground.mandatory] for ground in basis.refusal]
    languages = [[rule.instrument, rule.state or "", list(rule.codes)] for rule in basis.languages]
    checks = {check.id: {str(state): bound.value for state, bound in check.binds} for check in basis.human_rights}

    assert [item for item in case.get("limits", []) if item not in limits] == []
    assert [item for item in case.get("no_limits", []) if item in [limit[:2] for limit in limits]] == []
    assert [item for item in case.get("channels", []) if item not in channels] == []
    assert not {code for _, code in channels} & set(case.get("no_channels", []))
    assert [item for item in case.get("grounds", []) if item not in grounds] == []
    assert [item for item in case.get("languages", []) if item not in languages] == []
    assert {name: checks.get(name) for name in case.get("checks", {})} == case.get("checks", {})
    assert not set(checks) & set(case.get("no_checks", []))
