"""A private PostgreSQL for tests and measurements: on a socket in a directory of its own, gone when they end.

Where PostgreSQL is not installed the tests that need it are left out with the reason; in CI that is a failure.
"""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

SUPERUSER = "postgres"


class PostgresMissingError(RuntimeError):
    """This machine has no PostgreSQL server to start."""


def binaries() -> Path:
    """The folder of the newest installed server (COMITY_POSTGRES_BIN names another); raises PostgresMissingError."""
    named = os.environ.get("COMITY_POSTGRES_BIN")
    found = [Path(named)] if named else sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    if on_path := shutil.which("initdb"):
        found.insert(0, Path(on_path).resolve().parent)
    for folder in reversed(found):
        if (folder / "initdb").exists() and (folder / "pg_ctl").exists():
            return folder
    raise PostgresMissingError("PostgreSQL is not installed: the store is tried on SQLite alone.")


@contextmanager
def running(*, durable: bool) -> Iterator[str]:
    """A fresh server while the block lasts; its address without a database, to which `address` adds one.

    Without `durable` it never waits for the disk: quick, and of no use for measuring.
    """
    folder = binaries()
    home = Path(tempfile.mkdtemp(prefix="comity-postgres-", dir="/tmp"))
    data = home / "data"
    try:
        _own(home)
        _run(
            folder / "initdb",
            "-D",
            data,
            "-U",
            SUPERUSER,
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale-provider=icu",
            "--icu-locale=und",
            "--locale=C.UTF-8",
            "--no-sync",
        )
        settings = f"-k {home} -c listen_addresses='' -c fsync={'on' if durable else 'off'}"
        _run(folder / "pg_ctl", "-D", data, "-w", "-l", home / "log", "-o", settings, "start")
        try:
            yield f"postgresql://{SUPERUSER}@/{{}}?host={home}"
        finally:
            _run(folder / "pg_ctl", "-D", data, "-w", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(home, ignore_errors=True)


def address(server: str, database: str) -> str:
    """The address of one database of a server that `running` gave."""
    return server.format(database)


def _own(home: Path) -> None:
    if os.geteuid() == 0:  # the server refuses to run as root
        shutil.chown(home, SUPERUSER)


def _run(*command: str | Path) -> None:
    as_server = ["runuser", "-u", SUPERUSER, "--"] if os.geteuid() == 0 else []
    # The server inherits what it is started with: a pipe would stay open for as long as it runs.
    done = subprocess.run(
        [*as_server, *map(str, command)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd="/",
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"{Path(command[0]).name} ended with {done.returncode}.")


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a private server, for `address`; without PostgreSQL the test is left out, in CI failed."""
    try:
        binaries()
    except PostgresMissingError as missing:
        if os.environ.get("CI", "").lower() in {"1", "true"}:
            pytest.fail(str(missing))
        pytest.skip(str(missing))
    with running(durable=False) as server:
        yield server
