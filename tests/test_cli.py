"""What the command says of what cannot be: one clear sentence and status 2, never a trace, and nothing left behind."""

import json
import os
import shutil
import stat
import subprocess
import sys
from datetime import date
from importlib import resources
from pathlib import Path

import pytest

from comity import cli
from comity.law import FactId, confirmed, default_register, patch
from comity.node.settings import SettingsError, read_settings

NAMES = ("--name-en", "Office", "--name-ru", "Прокуратура")
UNKNOWN = "01890a5d-ac96-774b-bcce-b302099a8057"


@pytest.fixture
def comity(monkeypatch, capsys):
    """Runs a command in this process; its status and everything it said."""
    monkeypatch.setenv("COMITY_HOME", os.environ["COMITY_HOME"])  # a command names its home here; put back afterwards

    def run(*words: object) -> tuple[int, str]:
        monkeypatch.setattr(sys, "argv", ["comity", *map(str, words)])
        before = os.umask(0o022)
        try:
            cli.main()
        except SystemExit as end:
            status = int(end.code or 0)
        finally:
            os.umask(before)
        said = capsys.readouterr()
        return status, said.out + said.err

    return run


def apart(*words: object, cwd: Path | None = None) -> tuple[int, str]:
    """Runs a command in a process of its own, as an office does."""
    own = {key: value for key, value in os.environ.items() if not key.startswith(("COMITY_", "DJANGO_"))}
    command = [sys.executable, "-m", "comity", *map(str, words)]
    done = subprocess.run(command, capture_output=True, text=True, env=own, cwd=cwd, umask=0o022, timeout=120, check=False)
    return done.returncode, done.stdout + done.stderr


@pytest.fixture(scope="module")
def home(tmp_path_factory) -> Path:
    """The home of an office made by the command itself, in a folder that stood open before."""
    place = tmp_path_factory.mktemp("office") / "home"
    place.mkdir(mode=0o755)
    status, said = apart("office", "init", "kz-gpo", *NAMES, "--home", place)
    assert status == 0, said
    return place


def refused(answer: tuple[int, str], *words: str) -> None:
    status, said = answer
    assert "Traceback" not in said, said
    assert status == 2, said
    assert len(said.strip().splitlines()) == 1, said
    for word in words:
        assert word in said


WITHOUT_OFFICE = [
    ("office", "cards"),
    ("office", "trust", "a.office"),
    ("user", "add", "officer", "--role", "officer", "--title", "Officer", "--unit", "u"),
    ("user", "load", "people.json"),
    ("serve",),
    ("desk",),
    ("gateway",),
    ("courier",),
    ("rebuild",),
    ("export", UNKNOWN, "matter.comity"),
    ("verify", "matter.comity"),
]


@pytest.mark.parametrize("words", WITHOUT_OFFICE, ids=lambda words: "-".join(words[:2]))
def test_a_command_in_a_folder_without_office_says_so_and_leaves_nothing(comity, tmp_path, monkeypatch, words):
    monkeypatch.chdir(tmp_path)
    refused(comity(*words, "--home", tmp_path / "nowhere"), "There is no office here.", "comity office init")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("office", "more", "words"),
    [
        ("KZ", (), "office"),
        ("kz-gpo/internal", (), "office"),
        ("kz-gpo", ("--state", "Kazakhstan"), "state"),
        ("kz-gpo", ("--time-zone", "Mars/Olympus"), "time_zone"),
        ("kz-gpo", ("--desk-port", "70000"), "desk.port"),
        ("kz-gpo", ("--gateway-port", "0"), "gateway.port"),
        ("kz-gpo", ("--gateway-host", "a\nb"), "gateway.host"),
        ("kz-gpo", ("--name-en", ""), "names.en"),
        ("kz-gpo", ("--name-en", "Two\nlines"), "names.en"),
        ("kz-gpo", ("--name-ru", "\x7f"), "names.ru"),
    ],
)
def test_an_office_that_cannot_be_is_not_made(comity, tmp_path, office, more, words):
    refused(comity("office", "init", office, *NAMES, *more, "--home", tmp_path / "home"), words)
    assert list(tmp_path.iterdir()) == []


def test_a_home_that_cannot_be_is_named(comity, tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    refused(comity("office", "init", "kz-gpo", *NAMES, "--home", tmp_path / "file" / "home"), str(tmp_path / "file"))
    refused(comity("office", "init", "kz-gpo", *NAMES, "--home", tmp_path / "file"), str(tmp_path / "file"))
    refused(comity("office", "cards", "--home", tmp_path / "file"), str(tmp_path / "file"))


def test_what_an_office_keeps_is_for_its_own_account(home):
    assert stat.S_IMODE(home.stat().st_mode) == 0o700
    files = [path for path in home.rglob("*") if path.is_file()]
    assert {"office.toml", "desk.sqlite3", "secret_key", "seal.key"} <= {path.name for path in files}
    open_to_others = [path.name for path in files if stat.S_IMODE(path.stat().st_mode) & 0o077]
    assert open_to_others == []


def test_a_home_that_stands_open_is_closed_by_the_next_command(comity, home):
    home.chmod(0o755)
    status, said = comity("office", "cards", "--home", home)
    assert (status, said.split("\t")[0]) == (0, "kz-gpo")
    assert stat.S_IMODE(home.stat().st_mode) == 0o700


def test_an_office_is_not_made_twice(home):
    refused(apart("office", "init", "kz-gpo", *NAMES, "--home", home), "already is an office's home")


def test_a_making_that_was_cut_off_is_taken_up_again(tmp_path):
    """Without `office.toml`, which is written last, the same command makes the office whole; the keys stay those of the first time."""
    made = ("office", "init", "tj-gpo", *NAMES, "--home", tmp_path)
    assert apart(*made)[0] == 0
    keys = {path.name: path.read_bytes() for path in (tmp_path / "keys").iterdir()}
    (tmp_path / "office.toml").unlink()
    (tmp_path / "desk.sqlite3").unlink()
    refused(apart("office", "init", "kz-gpo", *NAMES, "--home", tmp_path), "tj-gpo")
    status, said = apart(*made)
    assert status == 0, said
    assert {path.name: path.read_bytes() for path in (tmp_path / "keys").iterdir()} == keys
    assert read_settings(tmp_path).id == "tj-gpo"


def test_half_made_keys_are_named_with_what_to_do(comity, tmp_path):
    (tmp_path / "keys").mkdir()
    (tmp_path / "keys" / "identity.key").write_text("{}", encoding="utf-8")
    refused(comity("office", "init", "tj-gpo", *NAMES, "--home", tmp_path), str(tmp_path / "keys"), "Move")
    with pytest.raises(SettingsError):
        read_settings(tmp_path)


def test_a_card_that_is_not_there_is_named(comity, home, tmp_path):
    refused(comity("office", "trust", "/nonexist", "--home", home), "/nonexist")
    refused(comity("office", "trust", tmp_path, "--home", home), str(tmp_path))


PEOPLE = {"unit": [{"code": "a", "name": {"en": "A"}}], "person": []}


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (None, "No such file"),
        ("Прокуратура".encode("cp1251"), "UTF-8"),
        (b"{", "not JSON"),
        (b"[]", "object"),
        (b'{"unit": 5}', "unit"),
        (b'{"unit": [{"code": "a"}]}', "unit 1, name"),
        (b'{"person": ["officer"]}', "person 1"),
        (b'{"person": [{"login": "a", "title": {"en": "A"}, "unit": "a", "roles": "head", "password": "x"}]}', "person 1, roles"),
        (b'{"people": []}', "people"),
    ],
)
def test_people_that_cannot_be_read_are_named(comity, home, tmp_path, data, words):
    path = tmp_path / "people.json"
    if data is not None:
        path.write_bytes(data)
    refused(comity("user", "load", path, "--home", home), words)


def test_a_matter_that_is_not_here_is_not_exported(home, tmp_path):
    refused(apart("export", UNKNOWN, tmp_path / "matter.comity", "--home", home), UNKNOWN)
    assert list(tmp_path.iterdir()) == []


def test_an_export_into_a_folder_that_is_not_there_is_refused(comity, home, tmp_path):
    refused(comity("export", UNKNOWN, tmp_path / "none" / "matter.comity", "--home", home), str(tmp_path / "none"))


def test_settings_that_cannot_be_read_are_one_sentence(comity, home, tmp_path):
    broken = tmp_path / "broken"
    broken.mkdir()
    (broken / "office.toml").write_bytes(b"\xff")
    refused(comity("serve", "--home", broken), "office.toml")
    (broken / "office.toml").write_bytes((home / "office.toml").read_bytes())
    refused(apart("serve", "--home", broken), "seal.key")


def test_people_are_added_from_a_file(home, tmp_path):
    path = tmp_path / "people.json"
    one = {"login": "officer", "title": {"en": "Officer"}, "unit": "a", "roles": ["officer"], "password": "a long enough word"}
    path.write_text(json.dumps({**PEOPLE, "person": [one]}), encoding="utf-8")
    assert apart("user", "load", path, "--home", home) == (0, "1 people\n")


# The register of law


PACKAGED = Path(str(resources.files("comity.law") / "register"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the register to mend."""
    return Path(shutil.copytree(PACKAGED, tmp_path / "register"))


def edit(folder: Path, name: str, old: str, new: str) -> None:
    text = (folder / name).read_text(encoding="utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")


def test_a_whole_register_has_no_fault(comity):
    assert comity("register", "check") == (0, "No fault.\n")


def test_every_fault_of_a_register_is_told(comity, folder):
    edit(folder, "chisinau-2002.toml", 'status = "party"', 'status = "member"')
    edit(folder, "minsk-1993.toml", 'tier = "regional-general"', 'colour = "red"\ntier = "regional-general"')

    status, said = comity("register", "check", folder)
    assert status == 1
    assert said.splitlines()[0].startswith("chisinau-2002.toml, party 1 (BY), status: “member” is not a known word")
    assert said.splitlines()[1].startswith("minsk-1993.toml, colour: `colour` is not a key of this table.")
    assert said.splitlines()[2:] == ["2 faults."]

    status, said = comity("register", "check", folder, "--json", "--lang", "ru")
    assert status == 1
    assert [(fault["file"], fault["table"], fault["key"]) for fault in json.loads(said)] == [
        ("chisinau-2002.toml", "party 1 (BY)", "status"),
        ("minsk-1993.toml", "", "colour"),
    ]
    assert json.loads(said)[1]["what"] == "`colour` — не ключ этой таблицы."


def test_a_register_that_cannot_be_read_is_named(comity, folder, tmp_path):
    edit(folder, "chisinau-2002.toml", 'status = "party"', 'status = "member"')
    refused(comity("register", "release", folder), "chisinau-2002.toml", "member")
    refused(comity("register", "check", tmp_path / "nowhere"), str(tmp_path / "nowhere"))
    refused(comity("register", "diff", "installed", tmp_path / "nowhere"), str(tmp_path / "nowhere"))


def test_a_release_is_its_hash_and_what_it_holds(comity):
    status, said = comity("register", "release")
    value = json.loads(comity("register", "release", "--json")[1])

    assert status == 0
    assert said.splitlines()[0] == value["release"] == default_register().release
    assert value["holds"]["authorities"] == len(default_register().authorities)


def test_what_changed_is_said_in_law_terms(comity, folder):
    edit(folder, "chisinau-2002.toml", 'unverified_fields = ["in_force_not_later_than"]\n', "")

    status, said = comity("register", "diff", "installed", folder)
    value = json.loads(comity("register", "diff", "installed", folder, "--json")[1])

    assert status == 0
    assert "  Chisinau Convention 2002: Uzbekistan: now verified (in force by)." in said.splitlines()
    assert [(change["kind"], change["fact"]) for change in value["changes"]] == [("verified", "chisinau-2002/party/UZ")]
    assert "matters" not in value
    assert "Nothing in it changed." in comity("register", "diff", "installed", "installed")[1]


def test_an_office_without_matters_has_none_touched(home, folder):
    edit(folder, "chisinau-2002.toml", 'unverified_fields = ["in_force_not_later_than"]\n', "")
    status, said = apart("register", "diff", "installed", folder, "--home", home)
    assert (status, said.splitlines()[-1]) == (0, "No open matter of this office is touched.")


def test_what_is_not_read_is_listed_with_where_to_look(comity, monkeypatch):
    asked = [("KZ", "TJ", "extradition"), ("TJ", "KZ", "extradition")]
    monkeypatch.setattr(sys.modules["comity.law.todo"], "known_questions", lambda register: asked)  # all pairs take seconds

    status, said = comity("register", "todo", "--on", "2018-09-20", "--limit", "2")
    items = json.loads(comity("register", "todo", "--on", "2018-09-20", "--limit", "0", "--json")[1])

    assert status == 0
    assert len(said.splitlines()) == 6
    assert "Look in: " in said
    tajikistan = next(item for item in items if item["fact"] == "chisinau-2002/party/TJ")
    assert (tajikistan["answers"], tajikistan["uncertain"], tajikistan["file"]) == (2, 2, "chisinau-2002.toml")


def test_a_patch_is_written_into_the_files_or_not_at_all(comity, folder, tmp_path):
    register = default_register()
    made = confirmed(
        register, FactId("chisinau-2002/party/UZ"), source="Gazette", read_on=date(2026, 11, 20), office="kz-gpo", by="officer", note="p. 3"
    )
    (tmp_path / "patch.toml").write_text(patch(register, [made]), encoding="utf-8")
    before = {path.name: path.read_bytes() for path in folder.glob("*") if path.is_file()}

    assert comity("register", "apply", tmp_path / "patch.toml", folder) == (0, f"{folder / 'chisinau-2002.toml'}: changed\n")
    after = {path.name: path.read_bytes() for path in folder.glob("*") if path.is_file()}
    assert [name for name in after if after[name] != before.get(name)] == ["chisinau-2002.toml"]
    assert b'source = "Gazette"' in after["chisinau-2002.toml"]

    edit(folder, "chisinau-2002.toml", "ratified = 2019-08-26", "ratified = 2019-08-27")
    refused(comity("register", "apply", tmp_path / "patch.toml", folder), "chisinau-2002/party/UZ", "has changed since it was read")
    refused(comity("register", "apply", tmp_path / "none.toml", folder), "none.toml")


def test_explain_says_what_would_change_the_answer(comity):
    asked = ("explain", "KZ", "TJ", "extradition", "--on", "2018-09-20")
    assert "The answer is certain then." in comity(*asked, "--what-if")[1]
    assert any("Tajikistan" in line for line in json.loads(comity(*asked, "--what-if", "--json")[1])["what_if"])
    assert "what_if" not in json.loads(comity(*asked, "--json")[1])
