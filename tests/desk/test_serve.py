"""One office run by its supervisor: alone in its home, ready only when it answers, and gone when it is told or its parent dies."""

import os
import select
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Self

import pytest

from comity.desk.serve import PROCESSES
from comity.node.settings import Listener, OfficeSettings, read_settings, write_settings

pytestmark = [pytest.mark.slow]

COMITY = [sys.executable, "-m", "comity"]
WITHIN = 240.0


def environment(**more: str) -> dict[str, str]:
    return {key: value for key, value in os.environ.items() if not key.startswith(("COMITY_", "DJANGO_"))} | more


def comity(*words: object) -> subprocess.CompletedProcess[str]:
    command = [*COMITY, *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, env=environment(), timeout=WITHIN, check=False)


def free_ports() -> tuple[int, int]:
    with socket.socket() as one, socket.socket() as two:
        one.bind(("127.0.0.1", 0))
        two.bind(("127.0.0.1", 0))
        return one.getsockname()[1], two.getsockname()[1]


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Path:
    home = tmp_path_factory.mktemp("made") / "home"
    desk, gateway = free_ports()
    ports = ("--desk-port", desk, "--gateway-port", gateway)
    done = comity("office", "init", "kz-gpo", "--name-en", "Office", "--name-ru", "Прокуратура", *ports, "--home", home)
    assert done.returncode == 0, done.stderr
    return home


@pytest.fixture
def home(made, tmp_path) -> Path:
    """A home of its own for each test, with the same keys and ports."""
    return shutil.copytree(made, tmp_path / "home")


class Running:
    """`comity serve` in a home, while the block lasts."""

    def __init__(self, home: Path, **more: str) -> None:
        self.home = home
        self._more = environment(**more)

    def __enter__(self) -> Self:
        self.process = subprocess.Popen(
            [*COMITY, "serve", "--home", str(self.home)], env=self._more, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.process.terminate()
            self.process.wait(WITHIN)
        self.process.stdout.close()

    def line(self) -> str:
        readable, _, _ = select.select([self.process.stdout], [], [], WITHIN)
        assert readable, "it says nothing"
        return self.process.stdout.readline()

    def children(self) -> list[int]:
        return [int((self.home / "run" / f"{name}.pid").read_text(encoding="ascii")) for name in PROCESSES]


def await_gone(pids: list[int]) -> None:
    """Until none of these processes is there; a process ends as a zombie where nobody reaps it."""
    until = time.monotonic() + 30
    handles = []
    for pid in pids:
        try:
            handles.append(os.pidfd_open(pid))
        except ProcessLookupError:
            continue
    for handle in handles:
        ended, _, _ = select.select([handle], [], [], max(0.0, until - time.monotonic()))
        os.close(handle)
        assert ended, "a process outlives its parent"


def test_it_is_ready_when_it_answers_and_alone_in_its_home(home):
    settings = read_settings(home)
    with Running(home) as first:
        assert first.line().startswith("kz-gpo: ready; desk")
        for listener in (settings.desk, settings.gateway):
            socket.create_connection((listener.host, listener.port), timeout=5).close()
        second = comity("serve", "--home", home)
        assert second.returncode == 2
        assert "already running" in second.stderr
        assert "serve.lock" in second.stderr
        pids = first.children()
        first.process.send_signal(signal.SIGHUP)
        assert first.process.wait(60) == 0
        await_gone(pids)


def test_a_killed_supervisor_leaves_nothing_running(home):
    with Running(home) as office:
        assert office.line().startswith("kz-gpo: ready")
        pids = office.children()
        office.process.kill()
        office.process.wait()
        await_gone(pids)


def test_an_office_whose_parent_is_gone_before_it_begins_ends_by_itself(home):
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    with Running(home, COMITY_SUPERVISED=str(gone.pid)) as office:
        assert office.process.wait(60) == 0
        assert "ready" not in office.process.stdout.read()


def test_a_port_that_is_taken_is_named(home):
    with socket.socket() as other:
        other.bind(("127.0.0.1", read_settings(home).desk.port))
        other.listen()
        done = comity("serve", "--home", home)
    assert done.returncode == 2
    assert done.stderr.startswith("comity: office.toml, key desk: The desk cannot listen at 127.0.0.1")


def test_a_process_that_keeps_ending_is_named_with_its_log(home):
    with Running(home) as office:
        assert "ready" in office.line()
        (home / "keys" / "tls.pem").write_text("no certificate", encoding="ascii")
        os.kill(office.children()[PROCESSES.index("gateway")], signal.SIGKILL)
        assert office.line() == f"comity: gateway keeps ending; why is in {home / 'log' / 'gateway.log'}.\n"


BROKEN = [("keys/tls.pem", "certificate cannot be used"), ("keys/hpke.key", "hpke.key"), ("desk.sqlite3", "store cannot be opened")]


@pytest.mark.parametrize(("file", "words"), BROKEN)
def test_a_broken_home_is_one_clear_error_before_anything_starts(home, file, words):
    (home / file).write_text("broken", encoding="ascii")
    done = comity("serve", "--home", home)
    assert (done.returncode, len(done.stderr.strip().splitlines())) == (2, 1), done.stderr
    assert words in done.stderr
    assert not (home / "log").exists()


def test_names_with_every_printable_letter_are_read_as_they_were_written(tmp_path):
    name = "Quote \" back \\ slash \\u0041 «ё» № 1 [names] # = '"
    value = {"en": name, "ru": name}
    ports = {"desk": Listener(port=1), "gateway": Listener(port=2)}
    settings = OfficeSettings.model_validate({"office": "kz-gpo", "state": "KZ", "names": value, **ports})
    write_settings(tmp_path, settings)
    assert read_settings(tmp_path) == settings
