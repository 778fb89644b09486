"""However the demo ends, nothing of it goes on: no office, no folder, no password."""

import os
import select
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from comity.demo.ending import Ended, raised
from comity.demo.federation import Federation, FederationError

pytestmark = [pytest.mark.slow]

MAKING = "Making three offices"
RUNNING = "https, port"


def processes_of(folder: Path) -> list[int]:
    """Process ids of all whose command line names the folder."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = path.read_bytes()
        except OSError:
            continue
        if os.fsencode(folder) in words:
            found.append(int(path.parent.name))
    return found


def await_gone(pids: list[int]) -> None:
    for pid in pids:
        try:
            handle = os.pidfd_open(pid)
        except ProcessLookupError:
            continue
        ended, _, _ = select.select([handle], [], [], 60)
        os.close(handle)
        assert ended, f"process {pid} goes on"


@pytest.mark.parametrize(
    ("number", "when"),
    [(signal.SIGHUP, MAKING), (signal.SIGTERM, RUNNING), (signal.SIGKILL, RUNNING)],
    ids=["terminal closed while offices are made", "told to stop while it plays", "killed while it plays"],
)
def test_nothing_goes_on_after_the_demo(tmp_path, number, when):
    own = {key: value for key, value in os.environ.items() if not key.startswith(("COMITY_", "DJANGO_"))}
    own |= {"TMPDIR": str(tmp_path), "COLUMNS": "200"}
    command = [sys.executable, "-m", "comity", "demo", "--exit"]
    with subprocess.Popen(command, env=own, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as demo:
        assert any(when in line for line in demo.stdout)
        if when == RUNNING:
            assert len(processes_of(tmp_path)) >= 3
        demo.send_signal(number)
        said = demo.stdout.read() if number != signal.SIGKILL else ""
        status = demo.wait(120)
    assert "Traceback" not in said
    if number == signal.SIGKILL:
        await_gone(processes_of(tmp_path))
        await_gone(processes_of(tmp_path))  # those that a process started while it was looked at
    else:
        assert status == 128 + number
        assert list(tmp_path.glob("comity-demo-*")) == []
    assert processes_of(tmp_path) == []


def test_people_that_are_refused_leave_no_password_and_no_office_running(tmp_path):
    description = tmp_path / "offices.toml"
    office = '[[office]]\nid = "{id}"\ntime_zone = "UTC"\nname = {{en = "A", ru = "А"}}\nplace = {{en = "A", ru = "А"}}\n'
    unit = '[[unit]]\ncode = "a"\nname.en = "A"\n'
    person = '[[person]]\nlogin = "officer"\ntitle.en = "Officer"\nunit = "a"\nroles = ["fly"]\n'
    description.write_text(office.format(id="kz-gpo") + office.format(id="tj-gpo") + unit + person, encoding="utf-8")
    folder = tmp_path / "demo"
    with pytest.raises(FederationError, match="roles are"), Federation(folder, description):
        pytest.fail("it began")
    assert not (folder / "people.json").exists()
    assert processes_of(folder) == []


class ToldAtBirth(subprocess.Popen):
    """A process whose owner is told to stop between its birth and the return of the call that bore it."""

    def __init__(self, *words, **settings):
        super().__init__(*words, **settings)
        os.kill(os.getpid(), signal.SIGHUP)
        time.monotonic()  # a call, so that the handler has run if it may


def described(folder: Path) -> Path:
    path = folder / "offices.toml"
    office = '[[office]]\nid = "{id}"\ntime_zone = "UTC"\nname = {{en = "A", ru = "А"}}\nplace = {{en = "A", ru = "А"}}\n'
    person = '[[unit]]\ncode = "a"\nname.en = "A"\n[[person]]\nlogin = "officer"\ntitle.en = "Officer"\nunit = "a"\nroles = ["officer"]\n'
    path.write_text(office.format(id="kz-gpo") + office.format(id="tj-gpo") + person, encoding="utf-8")
    return path


def test_a_command_is_known_before_anything_can_stop_the_demo(tmp_path, monkeypatch):
    monkeypatch.setattr(subprocess, "Popen", ToldAtBirth)
    with pytest.raises(Ended), raised(), Federation(tmp_path / "demo", described(tmp_path)):
        pytest.fail("it began")
    assert processes_of(tmp_path) == []


def test_an_office_is_known_before_anything_can_stop_the_demo(tmp_path, monkeypatch):
    federation = Federation(tmp_path / "demo", described(tmp_path))
    start = federation.start

    def told(office: str) -> None:
        monkeypatch.setattr(subprocess, "Popen", ToldAtBirth)
        start(office)

    monkeypatch.setattr(federation, "start", told)
    with pytest.raises(Ended), raised(), federation:
        pytest.fail("it began")
    assert processes_of(tmp_path) == []


def test_offices_that_were_started_end_when_the_next_cannot_be(tmp_path, monkeypatch):
    federation = Federation(tmp_path / "demo", described(tmp_path))
    start = federation.start

    def only_first(one: str) -> None:
        if one != "kz-gpo":
            raise FederationError("It cannot be started.", where=one)
        start(one)

    monkeypatch.setattr(federation, "start", only_first)
    with pytest.raises(FederationError, match="tj-gpo"), federation:
        pytest.fail("it began")
    assert processes_of(tmp_path) == []
