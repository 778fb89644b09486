"""One office on one machine: desk, gateway and courier as three processes under one supervisor.

A process that dies is started again, at once the first time and then with growing pauses up to half a minute; nothing is lost meanwhile,
because everything accepted is in the store. Every process ends when its parent does, so a killed supervisor leaves nothing behind.
One home has one supervisor: it holds a lock on `run/serve.lock` as long as it lives.
"""

import errno
import fcntl
import http.client
import os
import signal
import socket
import ssl
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import granian
from django.db import DatabaseError, connection
from granian.constants import Interfaces

from comity.node.settings import Listener, OfficeSettings, SettingsError, read_settings
from comity.trust import OfficeKeys

DESK_THREADS = 4
PROCESSES = ("desk", "gateway", "courier")
LONGEST_PAUSE = 30.0
STEADY_AFTER = 20.0
READY_WITHIN = 120.0  # seconds in which a busy machine brings up an office; after them it is said what is missing
FREE_WITHIN = 5.0  # seconds in which the processes of a killed supervisor have let go of their ports
COMPLAIN_AT = 3  # deaths in a row
SUPERVISED = "COMITY_SUPERVISED"  # the process id of the parent to end with, or 1: whoever it is
STOPS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)


class ServeError(SettingsError):
    """The office cannot be run here and now; `where` names the lock, the port or the file."""


@dataclass(slots=True, kw_only=True)
class _Child:
    name: str
    process: subprocess.Popen[bytes]
    started: float = field(default_factory=time.monotonic)
    failures: int = 0
    again_at: float | None = None


def end_with_parent() -> None:
    """In a supervised process: end when the process that started it is gone, even if it went before this was called."""
    said = os.environ.get(SUPERVISED)
    if not said:
        return
    parent = int(said) if said.isdecimal() and said != "1" else os.getppid()

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(0.5)
        os._exit(0)

    threading.Thread(target=watch, name="parent-watch", daemon=True).start()


@contextmanager
def alone(home: Path) -> Iterator[None]:
    """While this lasts no other supervisor runs in this home; raises `ServeError` where one does."""
    folder = home / "run"
    folder.mkdir(exist_ok=True)
    with (folder / "serve.lock").open("ab") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise ServeError("This office is already running.", where=lock.name, next_step="Stop that `comity serve` first.") from error
        yield


def check_certificate(keys: OfficeKeys) -> None:
    """Raises `ServeError` where the gateway could not show its certificate."""
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(keys.tls_certificate, keys.tls_key)
    except OSError as error:  # as is ssl.SSLError
        raise ServeError(f"The gateway's certificate cannot be used: {error}.", where=str(keys.tls_certificate)) from error


def bring_store() -> None:
    """Bring the store to this version; raises `ServeError` with the database's own words where it cannot be opened."""
    from comity.desk.office import prepare_store  # needs Django set up, which the desk's own process leaves to its worker

    try:
        prepare_store()
    except DatabaseError as error:
        raise ServeError(f"The store cannot be opened: {error}", where=str(connection.settings_dict["NAME"])) from error


def supervise(home: Path, settings: OfficeSettings, *, ready: Callable[[], None], complain: Callable[[str], None]) -> int:
    """Run the office until told to stop (SIGTERM, SIGINT, SIGHUP); answers the exit status.

    `ready` is called once desk and gateway answer, `complain` with a sentence on a process that keeps ending or does not come.
    Raises `ServeError` where a port is taken.
    """
    stop = threading.Event()
    for number in STOPS:
        if signal.getsignal(number) is not signal.SIG_IGN:  # nohup
            signal.signal(number, lambda *_: stop.set())
    for name, listener in (("desk", settings.desk), ("gateway", settings.gateway)):
        _await_free(name, listener)
    (home / "log").mkdir(exist_ok=True)
    children: list[_Child] = []
    try:
        children += (_Child(name=name, process=_spawn(home, name)) for name in PROCESSES)
        _watch(home, settings, children, stop=stop, ready=ready, complain=complain)
    finally:
        _stop(children)
    return 0


def _watch(
    home: Path,
    settings: OfficeSettings,
    children: list[_Child],
    *,
    stop: threading.Event,
    ready: Callable[[], None],
    complain: Callable[[str], None],
) -> None:
    waiting, late_at = True, time.monotonic() + READY_WITHIN
    while not stop.wait(0.2):
        for child in children:
            if _revive(home, child) and child.failures == COMPLAIN_AT:
                complain(f"{child.name} keeps ending; why is in {_log(home, child.name)}.")
        if waiting and not (missing := _missing(settings, children)):
            waiting = False
            ready()
        elif waiting and time.monotonic() > late_at:
            late_at = float("inf")
            complain(f"{missing} does not answer after {READY_WITHIN:.0f} s; see {_log(home, missing)}.")


def _missing(settings: OfficeSettings, children: list[_Child]) -> str:
    """The first process that does not run or answer yet; empty when all do."""
    for child in children:
        if child.process.poll() is not None:
            return child.name
    if not _desk_answers(settings.desk):
        return "desk"
    return "" if _accepts(settings.gateway) else "gateway"


def _desk_answers(at: Listener) -> bool:
    # Its port is open before its worker has loaded: only an answer says that it is there.
    client = http.client.HTTPConnection(at.host, at.port, timeout=2)
    try:
        client.request("HEAD", "/", headers={"Host": "localhost"})
        client.getresponse()
    except (OSError, http.client.HTTPException):
        return False
    finally:
        client.close()
    return True


def _accepts(at: Listener) -> bool:
    try:
        socket.create_connection((at.host, at.port), timeout=2).close()
    except OSError:
        return False
    return True


def _await_free(name: str, at: Listener) -> None:
    until = time.monotonic() + FREE_WITHIN
    while True:
        try:
            _bind(at)
        except OSError as error:
            if error.errno != errno.EADDRINUSE or time.monotonic() > until:
                raise ServeError(
                    f"The {name} cannot listen at {at.host}, port {at.port}: {error.strerror}.", where=f"office.toml, key {name}"
                ) from error
            time.sleep(0.2)
        else:
            return


def _bind(at: Listener) -> None:
    family, kind, protocol, _name, address = socket.getaddrinfo(at.host, at.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
    with socket.socket(family, kind, protocol) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind(address)


def _log(home: Path, name: str) -> Path:
    return home / "log" / f"{name}.log"


def run_desk(home: Path) -> None:
    """Serve the desk until told to stop. This process only keeps the listener; its worker loads the desk."""
    end_with_parent()
    os.environ["COMITY_HOME"] = str(home.absolute())
    if os.environ.get(SUPERVISED):
        os.environ[SUPERVISED] = str(os.getpid())  # the worker's parent is this process
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


def _spawn(home: Path, name: str) -> subprocess.Popen[bytes]:
    environment = {**os.environ, "COMITY_HOME": str(home), SUPERVISED: str(os.getpid())}
    with _log(home, name).open("ab") as log:
        process = subprocess.Popen(  # noqa: S603  # our own interpreter and module, no outside words
            [sys.executable, "-m", "comity", name, "--home", str(home)], env=environment, stdout=log, stderr=log, stdin=subprocess.DEVNULL
        )
    (home / "run" / f"{name}.pid").write_text(f"{process.pid}\n", encoding="ascii")
    return process


def _revive(home: Path, child: _Child) -> bool:
    """Start the process again when its pause is over; whether its end was noticed just now."""
    now = time.monotonic()
    if child.process.poll() is None:
        return False
    noticed = child.again_at is None
    if child.again_at is None:
        child.failures = 1 if now - child.started > STEADY_AFTER else child.failures + 1
        child.again_at = now + min(LONGEST_PAUSE, 0.0 if child.failures == 1 else 0.5 * 2 ** (child.failures - 2))
    if now >= child.again_at:
        child.process, child.started, child.again_at = _spawn(home, child.name), now, None
    return noticed


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
