"""One office on one machine: desk, gateway and courier as three processes under one supervisor.

A process that dies is started again, at once the first time and then with growing pauses up to half a minute; nothing is lost meanwhile,
because everything accepted is in the store. Every process ends when its parent does, so a killed supervisor leaves nothing behind.
"""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import granian
from granian.constants import Interfaces

from comity.node.settings import read_settings

DESK_THREADS = 4
PROCESSES = ("desk", "gateway", "courier")
LONGEST_PAUSE = 30.0
STEADY_AFTER = 20.0
SUPERVISED = "COMITY_SUPERVISED"


@dataclass(slots=True, kw_only=True)
class _Child:
    name: str
    process: subprocess.Popen[bytes]
    started: float = field(default_factory=time.monotonic)
    failures: int = 0
    again_at: float | None = None


def end_with_parent() -> None:
    """In a supervised process: end when the process that started it is gone."""
    if not os.environ.get(SUPERVISED):
        return
    parent = os.getppid()

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(0.5)
        os._exit(0)

    threading.Thread(target=watch, name="parent-watch", daemon=True).start()


def supervise(home: Path, *, ready: Callable[[], None] | None = None) -> int:
    """Run the office until told to stop (SIGTERM, SIGINT); answers the exit status."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    (home / "run").mkdir(exist_ok=True)
    (home / "log").mkdir(exist_ok=True)
    children = [_start(home, name) for name in PROCESSES]
    if ready:
        ready()
    while not stop.wait(0.2):
        for child in children:
            _revive(home, child)
    _stop(children)
    return 0


def run_desk(home: Path) -> None:
    """Serve the desk until told to stop. This process only keeps the listener; its worker loads the desk."""
    end_with_parent()
    os.environ["COMITY_HOME"] = str(home.absolute())
    listener = read_settings(home).desk
    granian.Granian(
        "comity.desk.wsgi:application",
        address=listener.host,
        port=listener.port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=DESK_THREADS,
        log_access=False,
        respawn_failed_workers=True,
    ).serve()


def _start(home: Path, name: str) -> _Child:
    return _Child(name=name, process=_spawn(home, name))


def _spawn(home: Path, name: str) -> subprocess.Popen[bytes]:
    environment = {**os.environ, "COMITY_HOME": str(home), SUPERVISED: "1"}
    with (home / "log" / f"{name}.log").open("ab") as log:
        process = subprocess.Popen(  # noqa: S603  # our own interpreter and module, no outside words
            [sys.executable, "-m", "comity", name, "--home", str(home)], env=environment, stdout=log, stderr=log, stdin=subprocess.DEVNULL
        )
    (home / "run" / f"{name}.pid").write_text(f"{process.pid}\n", encoding="ascii")
    return process


def _revive(home: Path, child: _Child) -> None:
    now = time.monotonic()
    if child.process.poll() is None:
        return
    if child.again_at is None:
        child.failures = 1 if now - child.started > STEADY_AFTER else child.failures + 1
        child.again_at = now + min(LONGEST_PAUSE, 0.0 if child.failures == 1 else 0.5 * 2 ** (child.failures - 2))
    if now >= child.again_at:
        child.process, child.started, child.again_at = _spawn(home, child.name), now, None


def _stop(children: list[_Child]) -> None:
    for child in children:
        if child.process.poll() is None:
            child.process.terminate()
    deadline = time.monotonic() + 10
    for child in children:
        try:
            child.process.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            child.process.kill()
            child.process.wait()
