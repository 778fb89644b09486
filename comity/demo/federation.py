"""Three offices on loopback: each with its own home, keys, store, desk, gateway and courier, made and run by the ordinary commands."""

import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from comity.demo.client import Desk
from comity.demo.ending import held, undisturbed
from comity.desk.serve import SUPERVISED
from comity.errors import ComityError

HOST = "127.0.0.1"


class FederationError(ComityError):
    """An office could not be made or started; `where` names it, the words are what its command said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One office that runs here."""

    id: str
    home: Path
    names: Mapping[str, str]
    places: Mapping[str, str]
    time_zone: str
    desk_port: int
    gateway_port: int

    @property
    def address(self) -> str:
        """Where its people open the desk."""
        return f"http://{HOST}:{self.desk_port}/"


class Federation:
    """Offices described by a TOML file, made in a folder and run as long as the `with` block lasts."""

    def __init__(self, folder: Path, description: Path) -> None:
        value = tomllib.loads(description.read_text(encoding="utf-8"))
        self.folder = folder
        self.password = secrets.token_urlsafe(12)
        self.people: list[Mapping[str, Any]] = value["person"]
        self._units: list[Mapping[str, Any]] = value["unit"]
        ports = _free_ports(2 * len(value["office"]))
        self.members = {one["id"]: _member(folder, one, ports) for one in value["office"]}
        self._running: dict[str, subprocess.Popen[bytes]] = {}

    def __enter__(self) -> Self:
        try:
            self._make()
            for one in self.members.values():
                self.start(one.id)
        except BaseException:
            self._end()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self._end()

    def _make(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        self._together([_init(one) for one in self.members.values()])
        for one in self.members.values():
            for other in self.members.values():
                if other.id != one.id:
                    _copy_card(other, one)
        self._together([_comity("office", "trust", "--home", one.home, *_cards(one)) for one in self.members.values()])
        with self._people_file() as people:
            self._together([_comity("user", "load", people, "--home", one.home) for one in self.members.values()])

    def _end(self) -> None:
        with undisturbed():
            for process in self._running.values():
                if process.poll() is None:
                    process.send_signal(signal.SIGTERM)
            for process in self._running.values():
                try:
                    process.wait(20)
                except subprocess.TimeoutExpired:
                    os.killpg(process.pid, signal.SIGKILL)  # each leads a session of its own: its desk, gateway and courier go with it
                    process.wait()

    def start(self, office: str) -> None:
        """Start an office (again)."""
        home = self.members[office].home
        with (home / "serve.log").open("ab") as log, held():
            self._running[office] = subprocess.Popen(  # noqa: S603  # our own command
                _comity("serve", "--home", home),
                stdout=log,
                stderr=log,
                stdin=subprocess.DEVNULL,
                start_new_session=True,
                # It ends with this process, however this ends.
                env={**_environment(), SUPERVISED: str(os.getpid())},
            )

    def processes(self, office: str) -> dict[str, int]:
        """The process ids of an office's desk, gateway and courier, as far as they run."""
        folder = self.members[office].home / "run"
        return {
            path.stem: int(path.read_text(encoding="ascii"))
            for path in sorted(folder.glob("*.pid"))
            if path.read_text(encoding="ascii").strip()
        }

    def desk(self, office: str, login: str, language: str = "en") -> Desk:
        """A client for one person of an office, answered in this language."""
        return Desk(HOST, self.members[office].desk_port, login=login, password=self.password, language=language)

    @contextmanager
    def _people_file(self) -> Iterator[Path]:
        """The people with their password, readable by this account alone and only while the block lasts."""
        path = self.folder / "people.json"
        people = [{**person, "password": self.password} for person in self.people]
        path.unlink(missing_ok=True)
        try:
            with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
                json.dump({"unit": self._units, "person": people}, file, ensure_ascii=False)
            yield path
        finally:
            path.unlink(missing_ok=True)

    def _together(self, commands: list[list[str]]) -> None:
        started: list[subprocess.Popen[bytes]] = []
        try:
            for command in commands:
                with held():  # each is known as soon as it runs, so that it can be ended
                    started.append(subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=_environment()))  # noqa: S603  # our own command
            for command, process in zip(commands, started, strict=True):
                said = process.communicate()[0].decode(errors="replace")
                if process.returncode:
                    raise FederationError(said.strip()[-2000:], where=" ".join(command[3:5]))
        finally:
            _kill(started)


def _kill(started: list[subprocess.Popen[bytes]]) -> None:
    """End what still runs; only a failure or a signal leaves any."""
    for process in started:
        if process.poll() is None:
            process.kill()
        process.wait()
        if process.stdout:
            process.stdout.close()


def _comity(*words: object) -> list[str]:
    return [sys.executable, "-m", "comity", *map(str, words)]


def _environment() -> dict[str, str]:
    # The three offices of the demo keep their own stores, whatever this machine's own office uses.
    return {key: value for key, value in os.environ.items() if not key.startswith(("COMITY_", "DJANGO_"))}


def _member(folder: Path, value: Mapping[str, Any], ports: Iterator[int]) -> Member:
    return Member(
        id=value["id"],
        home=folder / value["id"],
        names=value["name"],
        places=value["place"],
        time_zone=value["time_zone"],
        desk_port=next(ports),
        gateway_port=next(ports),
    )


def _init(one: Member) -> list[str]:
    names = ("--name-en", one.names["en"], "--name-ru", one.names["ru"], "--time-zone", one.time_zone)
    ports = ("--desk-port", one.desk_port, "--gateway-port", one.gateway_port)
    return _comity("office", "init", one.id, *names, *ports, "--home", one.home)


def _copy_card(giver: Member, taker: Member) -> None:
    inbox = taker.home / "received"
    inbox.mkdir(exist_ok=True)
    card = giver.home / "trust" / f"{giver.id}.office"
    (inbox / card.name).write_bytes(card.read_bytes())


def _cards(one: Member) -> list[Path]:
    return sorted((one.home / "received").glob("*.office"))


def _free_ports(count: int) -> Iterator[int]:
    """Ports that are free now; held together while they are chosen, so that none is named twice."""
    with ExitStack() as stack:
        found = []
        for _ in range(count):
            one = stack.enter_context(socket.socket())
            one.bind((HOST, 0))
            found.append(one.getsockname()[1])
    return iter(found)
