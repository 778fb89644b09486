"""Two offices as real processes on loopback: durable stores, mutual TLS, couriers; killed, down for a while, and back."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from comity.trust import FolderTrust, make_office
from tests.exchange.running import start

pytestmark = pytest.mark.slow
LOOK = """
import json, sys
from pathlib import Path
from comity.exchange import papers_in
from tests.exchange.running import Running
running = Running.open(Path(sys.argv[1]))
with running.store.read() as unit:
    matters = unit.matters(None, 1000)
    events = {matter: [sealed.id for sealed in unit.events(matter)] for matter in matters}
    routes = [(route.recipient, route.waiting) for route in unit.routes()]
    missing = len(unit.files_missing(10))
    papers = [paper for matter in matters for sealed in unit.events(matter) for paper in papers_in(sealed.content)]
    sizes = [sum(map(len, running.files.read(paper))) for paper in papers] if not missing else []
print(json.dumps({"events": events, "routes": routes, "missing": missing, "papers": sizes}))
"""


@pytest.fixture
def pair(tmp_path):
    ports = [_free_port() for _ in range(2)]
    homes = {}
    for office, port in zip(("kz-gpo", "tj-gpo"), ports, strict=True):
        homes[office] = tmp_path / office
        endpoint = f"https://127.0.0.1:{port}"
        make_office(homes[office], office, state=office[:2].upper(), names={"en": office}, endpoint=endpoint, at=datetime.now(UTC))
    for office, home in homes.items():
        for other, folder in homes.items():
            if other != office:
                FolderTrust(home / "trust").admit((folder / "trust" / f"{other}.office").read_bytes(), datetime.now(UTC))
    running = Processes(homes, dict(zip(homes, ports, strict=True)))
    for office in homes:
        running.do("prepare", office)
    yield running
    running.stop()


class Processes:
    def __init__(self, homes: dict[str, Path], ports: dict[str, int]) -> None:
        self.homes = homes
        self.ports = ports
        self.running: dict[tuple[str, str], subprocess.Popen[bytes]] = {}

    def start(self, office: str, *roles: str) -> None:
        for role in roles:
            self.running[office, role] = start(role, self.homes[office], self.ports[office])

    def kill(self, office: str, role: str) -> None:
        one = self.running.pop((office, role))
        one.kill()
        one.wait()

    def stop(self) -> None:
        for one in self.running.values():
            one.send_signal(signal.SIGTERM)
        for one in self.running.values():
            one.wait(30)
        self.running.clear()

    def write(self, office: str, count: int) -> None:
        self.do("write", office, count)

    def do(self, what: str, office: str, number: int = 0) -> None:
        command = [sys.executable, "-m", "tests.exchange.running", what, str(self.homes[office]), str(number)]
        subprocess.run(command, check=True, env={**os.environ, "COMITY_HOME": str(self.homes[office])})

    def look(self, office: str) -> dict:
        environment = {**os.environ, "COMITY_HOME": str(self.homes[office])}
        done = subprocess.run(
            [sys.executable, "-c", LOOK, str(self.homes[office])], check=True, capture_output=True, text=True, env=environment
        )
        return json.loads(done.stdout)

    def until_kept(self, count: int, *offices: str, seconds: float) -> None:
        """Waits until these offices have so many events, with every paper, and nothing waits to be sent."""
        deadline = time.monotonic() + seconds
        while not all(self._kept(self.look(office), count) for office in offices):
            assert time.monotonic() < deadline, self.logs()

    def _kept(self, seen: dict, count: int) -> bool:
        events = sum(len(one) for one in seen["events"].values())
        return events >= count and not seen["missing"] and all(waiting == 0 for _, waiting in seen["routes"])

    def logs(self) -> str:
        return "\n".join(f"{path}:\n{path.read_text()[-2000:]}" for home in self.homes.values() for path in home.glob("*.log"))


def test_a_peer_that_was_down_gets_everything_and_every_receipt_comes_back(pair):
    pair.start("kz-gpo", "gateway", "courier")
    pair.write("kz-gpo", 40)
    pair.start("tj-gpo", "gateway", "courier")
    pair.until_kept(40, "tj-gpo", "kz-gpo", seconds=90)
    pair.write("tj-gpo", 25)
    pair.until_kept(65, "kz-gpo", "tj-gpo", seconds=90)
    pair.stop()
    kz, tj = pair.look("kz-gpo"), pair.look("tj-gpo")
    assert kz["events"] == tj["events"]
    assert sorted(len(one) for one in kz["events"].values()) == [25, 40]
    assert (kz["routes"], tj["routes"]) == ([["tj-gpo", 0]], [["kz-gpo", 0]])
    assert kz["papers"] == tj["papers"] == [3 * 2**20] * 2


def test_nothing_is_lost_or_doubled_when_processes_are_killed(pair):
    pair.start("kz-gpo", "gateway", "courier")
    pair.start("tj-gpo", "gateway", "courier")
    pair.write("kz-gpo", 60)
    for office, role in [("kz-gpo", "courier"), ("tj-gpo", "gateway"), ("kz-gpo", "courier")]:
        pair.kill(office, role)
        pair.write("kz-gpo", 20)
        pair.start(office, role)
    pair.until_kept(120, "tj-gpo", "kz-gpo", seconds=240)
    pair.stop()
    kz, tj = pair.look("kz-gpo"), pair.look("tj-gpo")
    assert kz["events"] == tj["events"]
    ids = [event for one in tj["events"].values() for event in one]
    assert len(ids) == len(set(ids)) == 120
    assert tj["papers"] == [3 * 2**20] * 4


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]
