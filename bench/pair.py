"""Two offices on loopback, each with its own home, keys and store, and the processes that measure them.

Each case starts with stores that hold nothing but their tables, and with a fresh gateway. Every process is started here and ended here.
"""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg

from bench.case import Case
from comity.identifiers import OfficeId, StateCode
from comity.node.settings import Listener, Names, OfficeSettings, write_settings
from comity.trust import FolderTrust, make_office
from tests import postgres

HOST = "127.0.0.1"
SENDER, RECEIVER = "kz-gpo", "tj-gpo"
DATABASES = ("sqlite", "postgresql")
READY_WITHIN = 60.0
ENDED_WITHIN = 30.0
CASE_WITHIN = 240.0
STORE, TEMPLATE = "comity", "comity_empty"


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """One of the two offices; `server` is its PostgreSQL as `tests.postgres.running` names it, None on SQLite."""

    office: str
    home: Path
    port: int
    server: str | None

    @property
    def environment(self) -> dict[str, str]:
        """What its processes are started with: no word of an office that may live on this machine."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("COMITY_", "DJANGO_"))}
        own = {"COMITY_HOME": str(self.home), "COMITY_SUPERVISED": "1"}
        return {**kept, **own, **({"COMITY_DATABASE_URL": postgres.address(self.server, STORE)} if self.server else {})}

    @property
    def servers(self) -> list[int]:
        """The process id of its PostgreSQL, if it has one."""
        if self.server is None:
            return []
        folder = Path(self.server.partition("?host=")[2])
        return [int((folder / "data" / "postmaster.pid").read_text(encoding="ascii").split("\n", 1)[0])]

    def keep_empty(self) -> None:
        """Make the tables, and keep the store as it is then."""
        if self.server:
            self._sql(f"CREATE DATABASE {STORE}")
        self.run("prepare")
        if self.server:
            self._sql(f"ALTER DATABASE {STORE} RENAME TO {TEMPLATE}")
        else:
            self._store.rename(self._empty)

    def empty(self) -> None:
        """Give the office a store that holds nothing but its tables."""
        if self.server:
            self._sql(f"DROP DATABASE IF EXISTS {STORE} WITH (FORCE)")
            self._sql(f"CREATE DATABASE {STORE} TEMPLATE {TEMPLATE}")
        else:
            for path in self.home.glob(f"{self._store.name}*"):
                path.unlink()
            shutil.copyfile(self._empty, self._store)

    def run(self, *words: str) -> str:
        """What a command of `bench.office` (or, with a dot, of another module) prints; raises where it fails."""
        done = subprocess.run(
            _command(*words), env=self.environment, stdout=subprocess.PIPE, stdin=subprocess.DEVNULL, timeout=CASE_WITHIN, check=True
        )
        return done.stdout.decode()

    @contextmanager
    def gateway(self, *, views: bool) -> Iterator[int]:
        """Its gateway while the block lasts; the process id."""
        with (self.home / "gateway.log").open("ab") as log:
            process = subprocess.Popen(
                _command("gateway", *(["--views"] if views else [])), env=self.environment, stdout=log, stderr=log, stdin=subprocess.DEVNULL
            )
        try:
            _await_listener(process, self.port)
            yield process.pid
        finally:
            _end(process)

    @property
    def _store(self) -> Path:
        return self.home / "desk.sqlite3"

    @property
    def _empty(self) -> Path:
        return self.home / "empty.sqlite3"

    def _sql(self, statement: str) -> None:
        if self.server is None:
            raise ValueError("an office on SQLite has no server")
        with psycopg.connect(postgres.address(self.server, "postgres"), autocommit=True) as connection:
            connection.execute(statement)  # type: ignore[call-overload]  # put together from this module's own constants


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """The two offices, which know each other."""

    sender: Node
    receiver: Node

    def measure(self, case: Case) -> dict[str, Any]:
        """What `bench.office send` says of a case."""
        self.sender.empty()
        self.receiver.empty()
        with self.receiver.gateway(views=case.views) as gateway:
            parties = {"sender database": self.sender.servers, "receiver": [gateway], "receiver database": self.receiver.servers}
            found: dict[str, Any] = json.loads(self.sender.run("send", case.dump(), json.dumps(parties)))
        return found


@contextmanager
def pair(folder: Path, database: str) -> Iterator[Pair]:
    """Two offices under `folder` on one kind of database while the block lasts. PostgreSQL: a server of its own for each, durable."""
    with ExitStack() as stack:
        nodes = []
        for office in (SENDER, RECEIVER):
            server = stack.enter_context(postgres.running(durable=True)) if database == "postgresql" else None
            nodes.append(_node(folder / f"{database}-{office}", office, server))
        for one in nodes:
            for other in nodes:
                card = other.home / "trust" / f"{other.office}.office"
                FolderTrust(one.home / "trust").admit(card.read_bytes(), datetime.now(UTC))
        for one in nodes:
            one.keep_empty()
        yield Pair(sender=nodes[0], receiver=nodes[1])


def _node(home: Path, office: str, server: str | None) -> Node:
    port, state = _free_port(), office[:2].upper()
    names = Names(en=office, ru=office)
    listeners = {"desk": Listener(port=1), "gateway": Listener(host=HOST, port=port)}
    write_settings(home, OfficeSettings(office=office, state=state, names=names, **listeners))
    endpoint = f"https://{HOST}:{port}"
    made = {"state": StateCode(state), "names": names.model_dump(), "endpoint": endpoint, "at": datetime.now(UTC)}
    make_office(home, OfficeId(office), **made)
    return Node(office=office, home=home, port=port, server=server)


def _command(*words: str) -> list[str]:
    module = () if "." in words[0] else ("bench.office",)
    return [sys.executable, "-m", *module, *words]


def _await_listener(process: "subprocess.Popen[bytes]", port: int) -> None:
    until = time.monotonic() + READY_WITHIN
    while process.poll() is None and time.monotonic() < until:
        with socket.socket() as probe:
            if probe.connect_ex((HOST, port)) == 0:
                return
        time.sleep(0.05)
    raise RuntimeError("The gateway did not start; its log is gateway.log in its home.")


def _end(process: "subprocess.Popen[bytes]") -> None:
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(ENDED_WITHIN)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _free_port() -> int:
    with socket.socket() as one:
        one.bind((HOST, 0))
        return int(one.getsockname()[1])
