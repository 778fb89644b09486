"""The reference page says what the code does: the same steps in the same words, every key, every effect."""

import sys
from dataclasses import fields
from pathlib import Path

import pytest

from comity.law import resolve
from comity.law.load import default_register
from comity.law.model import Declaration, Party, Provision, Relation, Status

PAGE = (Path(__file__).parents[2] / "docs" / "law-register.md").read_text(encoding="utf-8")
# Keys of the values that the files write in another way.
WRITTEN = {"kinds": "also_kinds", "length": "days", "unit": "months", "reckoning": "first_day"}


def steps(text: str) -> list[str]:
    numbered = [line for line in text.splitlines() if line[:3].strip(" .").isdigit() and line.lstrip()[:1].isdigit()]
    return [line for line in numbered if ". " in line[:5]]


def test_the_steps_are_those_of_the_code_in_the_same_words() -> None:
    assert steps(sys.modules[resolve.__module__].__doc__ or "") == steps(PAGE)
    assert len(steps(PAGE)) == 11


@pytest.mark.parametrize("value", [Party, Declaration, Provision, Relation])
def test_every_key_is_explained(value: type) -> None:
    keys = (field.name for field in fields(value) if field.compare)  # the address of a fact is no key of it
    missing = [name for name in keys if f"`{WRITTEN.get(name, name)}`" not in PAGE]

    assert missing == []


def test_every_effect_and_status_is_explained() -> None:
    for word in (*default_register().words["effect"], *Status):
        assert f"`{word}`" in PAGE
