"""The register that comes with the program is whole; a file with a fault is refused with its place and what to do."""

import random
import shutil
from importlib import resources
from pathlib import Path

import pytest

from comity.law.load import default_register, load_register
from comity.law.model import LawDataError, Tier

HERE = Path(__file__).parent
BAD = sorted((HERE / "bad").glob("*.toml"))
PACKAGED = Path(str(resources.files("comity.law") / "register"))


def marked(path: Path, mark: str) -> list[str]:
    """What the comments at the head of a bad file say after `mark`."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line.removeprefix(f"# {mark}: ") for line in lines if line.startswith(f"# {mark}: ")]


def folder_with(tmp_path: Path, *files: Path) -> Path:
    for file in (PACKAGED / "words.toml", PACKAGED / "fields.toml", *files):
        shutil.copy(file, tmp_path / file.name)
    return tmp_path


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_a_bad_file_is_refused_with_its_place_and_what_to_do(path: Path, tmp_path: Path) -> None:
    expected = marked(path, "expects")
    folder = folder_with(tmp_path, path, *(PACKAGED / name for name in marked(path, "beside")))

    with pytest.raises(LawDataError) as caught:
        load_register(folder)

    words = str(caught.value)
    assert expected
    assert [phrase for phrase in expected if phrase not in words] == [], words
    assert path.name in words
    assert caught.value.next_step


def test_the_files_beside_a_bad_one_are_good(tmp_path: Path) -> None:
    beside = {name for path in BAD for name in marked(path, "beside")}

    register = load_register(folder_with(tmp_path, *(PACKAGED / name for name in beside)))

    assert len(register.instruments) == len(beside)


def test_the_register_holds_every_kind_of_fact() -> None:
    register = default_register()
    tiers = {instrument.tier for instrument in register.instruments.values()}

    assert tiers == set(Tier)
    assert sum(len(instrument.parties) for instrument in register.instruments.values() if instrument.tier is not Tier.BILATERAL) == 458
    assert sum(instrument.tier is Tier.BILATERAL for instrument in register.instruments.values()) == 90
    assert len(register.checks) == 7
    assert len(register.authorities) == 32
    assert set(register.national) == {"KZ"}


def test_every_fact_has_a_source() -> None:
    for instrument in default_register().instruments.values():
        for fact in (*instrument.parties.values(), *instrument.provisions, *instrument.declarations, *instrument.relations):
            assert fact.source, (instrument.id, fact)


def test_what_a_reservation_does_is_said_in_words_the_engine_knows() -> None:
    """Every State with reservations in prose has them as declarations too."""
    for instrument in default_register().instruments.values():
        declaring = {made.state for made in instrument.declarations}
        for party in instrument.parties.values():
            assert not party.reservations or party.state in declaring, (instrument.id, party.state)


def test_every_label_is_there_in_both_languages() -> None:
    register = default_register()
    for group in register.words.values():
        for word in group.values():
            assert word.label("en") != word.label("ru"), word
    for field in register.fields.values():
        assert field.label("en") != field.label("ru")
        assert field.why("en") != field.why("ru")


def test_the_order_and_names_of_files_change_nothing(tmp_path: Path) -> None:
    paths = sorted(PACKAGED.rglob("*.toml"))
    random.Random(7).shuffle(paths)
    for number, path in enumerate(paths):
        shutil.copy(path, tmp_path / f"{number:03}.toml")

    copied = load_register(tmp_path)

    assert copied.release == default_register().release
    assert tuple(copied.instruments) == tuple(default_register().instruments)
    assert copied.events == default_register().events


def test_a_changed_fact_is_another_release(tmp_path: Path) -> None:
    shutil.copytree(PACKAGED, tmp_path / "register")
    changed = tmp_path / "register" / "shanghai-2001.toml"
    changed.write_text(changed.read_text(encoding="utf-8").replace("2003-12-31", "2003-12-30"), encoding="utf-8")

    assert load_register(tmp_path / "register").release != default_register().release


def test_an_id_used_by_two_files_is_refused(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, PACKAGED / "shanghai-2001.toml")
    shutil.copy(PACKAGED / "shanghai-2001.toml", folder / "again.toml")

    with pytest.raises(LawDataError, match="file id “shanghai-2001” stands twice"):
        load_register(folder)
