"""The register that comes with the program is whole; a file with a fault is refused with its place and what to do."""

import random
import re
import shutil
from importlib import resources
from pathlib import Path

import pytest

from comity.law.load import default_register, folder_texts, load_register, load_texts, register_faults
from comity.law.model import LawDataError, Tier

CYRILLIC = re.compile("[а-яё]")
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


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_a_check_tells_the_same_fault_once_and_in_both_languages(path: Path, tmp_path: Path) -> None:
    folder = folder_with(tmp_path, path, *(PACKAGED / name for name in marked(path, "beside")))
    with pytest.raises(LawDataError) as caught:
        load_register(folder)

    faults = register_faults(folder)

    assert [fault.say("en") for fault in faults] == [str(caught.value)]
    assert CYRILLIC.search(faults[0].sentence("ru"))
    assert CYRILLIC.search(faults[0].advice("ru"))


def test_a_check_tells_every_fault_of_all_files(tmp_path: Path) -> None:
    """Two faults in one row, others in other files: none hides another, and none follows from another."""
    folder = Path(shutil.copytree(PACKAGED, tmp_path / "register"))
    edit(
        folder,
        "chisinau-2002.toml",
        'state = "TJ"\nstatus = "party"\nsigned = 2002-10-07',
        'state = "TJ"\nstatus = "member"\nsigned = 1999-10-07\ncolour = "red"',
    )
    edit(folder, "minsk-1993.toml", 'tier = "regional-general"', 'tier = "regional"')
    edit(folder, "untoc-2000.toml", "schema = 1", "schema = 0")
    edit(folder, "uncac-2003.toml", 'id = "uncac-2003"', 'id = "uncac-2003" "')

    told = [(fault.file, fault.table, fault.key) for fault in register_faults(folder)]

    assert told == [
        ("chisinau-2002.toml", "party 6 (TJ)", "status"),
        ("chisinau-2002.toml", "party 6 (TJ)", "colour"),
        ("chisinau-2002.toml", "party 6 (TJ)", "signed"),
        ("minsk-1993.toml", "", "tier"),
        ("uncac-2003.toml", "", ""),
        ("untoc-2000.toml", "", "schema"),
    ]


def test_the_register_that_comes_with_the_program_has_no_fault() -> None:
    assert register_faults() == ()


def test_a_folder_without_words_is_no_register(tmp_path: Path) -> None:
    assert [fault.sentence("en") for fault in register_faults(tmp_path)] == ["The register has no words: no file with [[word]] tables."]


def test_two_instruments_that_displace_each_other_are_refused() -> None:
    texts = dict(folder_texts())
    minsk = texts["minsk-1993.toml"]
    table = '\n[[relation]]\ntype = "supersedes"\ntarget = "chisinau-2002"\nsummary = "S."\nsource = "a text"\nconfidence = "verified"\n'

    with pytest.raises(LawDataError, match=r"displace each other in a circle: .*minsk-1993"):
        load_texts({**texts, "minsk-1993.toml": minsk + table}.items())


def test_two_protocols_that_amend_each_other_are_refused() -> None:
    texts = dict(folder_texts())
    minsk = texts["minsk-1993.toml"].replace('id = "minsk-1993"', 'id = "minsk-1993"\namends = "minsk-protocol-1997"', 1)

    with pytest.raises(LawDataError, match=r"amend each other in a circle: minsk-.* → minsk-.* → minsk-"):
        load_texts({**texts, "minsk-1993.toml": minsk}.items())


def edit(folder: Path, name: str, old: str, new: str) -> None:
    text = (folder / name).read_text(encoding="utf-8")
    assert text.count(old) == 1, (name, old)
    (folder / name).write_text(text.replace(old, new), encoding="utf-8")


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
