"""A fact mended in the register changes the answer, and nothing else has to."""

import shutil
from datetime import date
from importlib import resources
from pathlib import Path

import pytest

from comity.law import Basis, Certainty, Register, Why, load_register, resolve
from comity.law.load import default_register

PACKAGED = Path(str(resources.files("comity.law") / "register"))
KZ_IN_1957 = """
[[party]]
state = "KZ"
status = "party"
in_force = 2015-06-01
source = "a depositary's list"
confidence = "verified"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(PACKAGED, tmp_path / "register"))


def mended(folder: Path, file: str, old: str, new: str) -> Register:
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")
    return load_register(folder)


def reasons(basis: Basis) -> dict[str, tuple[Why, str | None, str | None]]:
    return {left.id: (left.why, left.by, left.article) for left in basis.excluded}


def test_the_european_convention_displaces_bilateral_treaties_between_its_parties(folder: Path) -> None:
    """Source: European Convention on Extradition, art. 28(1)."""
    path = folder / "coe-extradition-1957.toml"
    tables = path.read_text(encoding="utf-8").split("[[party]]")
    kept = [table for table in tables if 'state = "KZ"' not in table.split("[[declaration]]")[0]]
    path.write_text("[[party]]".join(kept).replace("[[declaration]]", KZ_IN_1957.lstrip() + "\n[[declaration]]", 1), encoding="utf-8")

    basis = resolve(load_register(folder), "KZ", "ES", "extradition", date(2016, 3, 1))

    assert [applied.id for applied in basis.primary] == ["coe-extradition-1957"]
    assert reasons(basis)["kz-es-extradition-2012"] == (Why.SUPERSEDED, "coe-extradition-1957", "28(1)")
    assert [applied.id for applied in resolve(default_register(), "KZ", "ES", "extradition", date(2016, 3, 1)).primary] == [
        "kz-es-extradition-2012"
    ]


def test_a_row_read_in_its_source_makes_the_answer_certain(folder: Path) -> None:
    """Tajikistan's status under the Chisinau Convention, once read and confirmed."""
    old = """in_force_not_earlier_than = 2004-09-02
in_force_not_later_than = 2006-01-01
note = "Signature verified; believed in force from early 2005."
source = "general knowledge"
confidence = "unverified\""""
    new = 'in_force = 2005-02-20\nsource = "the depositary\'s list"\nconfidence = "verified"'
    register = mended(folder, "chisinau-2002.toml", old, new)

    assert resolve(default_register(), "KZ", "TJ", "extradition", date(2018, 9, 20)).certainty is Certainty.UNCERTAIN
    assert resolve(register, "KZ", "TJ", "extradition", date(2018, 9, 20)).certainty is Certainty.CERTAIN
    assert [applied.id for applied in resolve(register, "KZ", "TJ", "extradition", date(2005, 2, 19)).primary] == [
        "minsk-1993",
        "minsk-protocol-1997",
    ]
    assert [applied.id for applied in resolve(register, "KZ", "TJ", "extradition", date(2005, 2, 20)).primary] == ["chisinau-2002"]


def test_a_declaration_withdrawn_opens_the_channel_again(folder: Path) -> None:
    """Without Russia's declaration to ETS 098 chapter V the ministries of justice write to each other."""
    path = folder / "coe-extradition-p2-1978.toml"
    tables = path.read_text(encoding="utf-8").split("[[declaration]]")
    path.write_text(
        "[[declaration]]".join(table for table in tables if not table.startswith('\nstate = "RU"\neffect = "article-off"')), "utf-8"
    )

    channels = {channel.code for channel in resolve(load_register(folder), "MD", "RU", "extradition", date(2015, 1, 1)).channels}

    assert channels == {"ministry-of-justice", "prosecutor-general"}


def test_the_day_of_the_switch_is_the_day_in_the_register() -> None:
    """Russia and Kazakhstan: Minsk until 27 June 2023, Chisinau from the 28th."""
    before = resolve(default_register(), "RU", "KZ", "extradition", date(2023, 6, 27))
    after = resolve(default_register(), "RU", "KZ", "extradition", date(2023, 6, 28))

    assert [applied.id for applied in before.primary] == ["minsk-1993", "minsk-protocol-1997"]
    assert [applied.id for applied in after.primary] == ["chisinau-2002"]
    assert reasons(after)["minsk-1993"] == (Why.SUPERSEDED, "chisinau-2002", "120(3)")
