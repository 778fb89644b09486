"""`comity register diff --home` names the open matters of the office that a change of the register touches."""

import json
import shutil
from importlib import resources
from pathlib import Path

import pytest
from typer.testing import CliRunner

from comity import cli
from comity.identifiers import MatterId
from comity.node.office import Office

PACKAGED = Path(str(resources.files("comity.law") / "register"))


def told(*words: str) -> str:
    done = CliRunner().invoke(cli.app, ["register", "diff", "installed", *words, "--home", "unused"])
    assert done.exit_code == 0, done.output
    return done.output


def test_an_open_matter_that_rests_on_a_changed_fact_is_named(
    office: Office, detained: MatterId, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cli, "_open", lambda home: None)  # the office of this test is open
    folder = shutil.copytree(PACKAGED, tmp_path / "register")
    path = folder / "chisinau-2002.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("in_force = 2023-06-28", "in_force = 2030-01-01"), encoding="utf-8")

    assert f"  {detained}: the answer is another one (chisinau-2002/party/RU)" in told(str(folder)).splitlines()
    value = json.loads(told(str(folder), "--json"))
    assert value["matters"] == [{"matter": detained, "another_answer": True, "facts": ["chisinau-2002/party/RU"]}]
    assert "No open matter of this office is touched." in told("installed")
