"""The main job with real processes: three offices, two kinds of matter, nothing lost, nothing doubled, whatever dies on the way."""

import json
import os
import random
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from rich.console import Console

from comity.demo.federation import Federation
from comity.demo.play import EXAMPLES, OFFICES, Player, matter_summary, stories_in
from comity.demo.telling import Teller
from comity.desk.serve import PROCESSES
from comity.node.settings import read_settings

pytestmark = [pytest.mark.slow]

COMITY = [sys.executable, "-m", "comity"]
ENDS = {"legal-assistance": "closed", "extradition-surrender": "closed", "extradition-refusal": "refused", "left-open": "detained"}


def comity(*words: str) -> subprocess.CompletedProcess[str]:
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("COMITY_", "DJANGO_"))}
    return subprocess.run([*COMITY, *words], capture_output=True, text=True, env=environment, timeout=600, check=False)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict]:
    """One demo, kept, with its summary."""
    folder = tmp_path_factory.mktemp("demo")
    done = comity("demo", "--exit", "--json", "--keep", str(folder))
    assert done.returncode == 0, done.stdout + done.stderr
    return folder, json.loads(done.stdout)


def test_both_sides_of_every_matter_hold_the_same_file(told):
    _folder, summary = told
    assert summary["agree"] is True
    assert {one["story"]: next(iter(one["sides"].values()))["state"] for one in summary["matters"]} == ENDS
    for matter in summary["matters"]:
        first, second = matter["sides"].values()
        for fact in ("state", "holder", "events", "heads"):
            assert first[fact] == second[fact]
        assert first["sent"] + second["sent"] == first["events"]
        assert all(side["receipts"] == side["sent"] and side["verified"] for side in (first, second))


def test_every_kept_matter_verifies_and_a_changed_one_does_not(told):
    folder, summary = told
    files = sorted(folder.glob("*.comity"))
    assert len(files) == 2 * len(summary["matters"])
    for path in files:
        assert comity("verify", str(path)).returncode == 0
    data = bytearray(files[0].read_bytes())
    data[len(data) // 2] ^= 1
    changed = folder / "changed.comity"
    changed.write_bytes(data)
    done = comity("verify", str(changed))
    assert done.returncode == 1
    assert "Traceback" not in done.stdout + done.stderr


def test_both_offices_exported_the_same_events(told):
    folder, summary = told
    for matter in summary["matters"]:
        heads = [side["heads"] for side in matter["sides"].values()]
        assert heads[0] == heads[1]
        assert len(list(folder.glob(f"{matter['story']}.*.comity"))) == 2


def test_the_kept_homes_are_offices_again(told):
    folder, _summary = told
    for office in ("kz-gpo", "tj-gpo", "ru-gpo"):
        assert read_settings(folder / office).id == office


class Killer(threading.Thread):
    """Kills every process of every office once with -9, in a random order at random moments."""

    def __init__(self, federation: Federation, seed: int) -> None:
        super().__init__(daemon=True)
        self._federation = federation
        self._random = random.Random(seed)
        self._told_to_end = threading.Event()
        self.killed: list[tuple[str, str]] = []

    def run(self) -> None:
        left = [(office, name) for office in sorted(self._federation.members) for name in PROCESSES]
        self._random.shuffle(left)
        while left and not self._told_to_end.wait(self._random.uniform(0.5, 4.0)):
            office, name = left[-1]
            try:
                os.kill(self._federation.processes(office)[name], signal.SIGKILL)
            except (ProcessLookupError, KeyError):
                continue  # it is not up yet
            self.killed.append(left.pop())

    def end(self) -> None:
        self._told_to_end.set()
        self.join()


def test_killed_processes_change_nothing_about_the_end(tmp_path):
    with Federation(tmp_path, EXAMPLES / OFFICES) as federation:
        killer = Killer(federation, seed=20261122)
        killer.start()
        try:
            played = [Player(federation, Teller(Console(quiet=True), "en"), story).play() for story in stories_in(EXAMPLES)]
        finally:
            killer.end()
        summaries = [matter_summary(federation, one) for one in played]
    assert len(killer.killed) == 3 * len(PROCESSES)
    for one in summaries:
        assert one["agree"], one
        assert {side["state"] for side in one["sides"].values()} == {ENDS[one["story"]]}
