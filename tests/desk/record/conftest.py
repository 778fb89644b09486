"""Stores in databases of their own: a fresh one for each test, on SQLite and on PostgreSQL."""

import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.core.management import call_command
from django.db import connections
from pytest_django import DjangoDbBlocker

from comity.desk import environment
from comity.desk.record.store import DjangoStore
from tests.postgres import address, postgres

__all__ = ["postgres"]
ALIAS = "trial"


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory, django_db_blocker: DjangoDbBlocker) -> Path:
    """A SQLite file with the tables and nothing in them."""
    home = tmp_path_factory.mktemp("template")
    _migrate(environment.database(environment.Environment(home=home)), django_db_blocker)
    return home / "desk.sqlite3"


@pytest.fixture(scope="session")
def postgres_address(postgres: str, django_db_blocker: DjangoDbBlocker) -> str:
    """A PostgreSQL database with the tables."""
    with psycopg.connect(address(postgres, "postgres"), autocommit=True) as connection:
        connection.execute("CREATE DATABASE trial")
    url = address(postgres, "trial")
    _migrate(environment.database(environment.Environment(home=Path("/nowhere"), database_url=url)), django_db_blocker)
    return url


@pytest.fixture(params=["sqlite", "postgresql"])
def kind(request: pytest.FixtureRequest) -> str:
    """Which database the test runs on."""
    return str(request.param)


@pytest.fixture
def database(kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> environment.Environment:
    """An empty database, as the environment of a process would name it."""
    if kind == "sqlite":
        shutil.copy(request.getfixturevalue("sqlite_template"), tmp_path / "desk.sqlite3")
        return environment.Environment(home=tmp_path)
    url = request.getfixturevalue("postgres_address")
    with psycopg.connect(url, autocommit=True) as connection:
        tables = [name for (name,) in connection.execute("SELECT tablename FROM pg_tables WHERE tablename LIKE 'record_%'")]
        connection.execute(f"TRUNCATE {', '.join(tables)} RESTART IDENTITY")  # type: ignore[arg-type]  # names come from the catalogue
    return environment.Environment(home=tmp_path, database_url=url)


@pytest.fixture
def desk_store(database: environment.Environment, django_db_blocker: DjangoDbBlocker) -> Iterator[DjangoStore]:
    """A store in the empty database."""
    with django_db_blocker.unblock(), Connected(environment.database(database)):
        yield DjangoStore(ALIAS)


@pytest.fixture
def in_thread(desk_store: DjangoStore) -> Callable[[Callable[[], None]], None]:
    """Runs something in a thread of its own, and so on a connection of its own, to its end."""

    def run(work: Callable[[], None]) -> None:
        def whole() -> None:
            try:
                work()
            finally:
                connections[ALIAS].close()

        with ThreadPoolExecutor(1) as threads:
            threads.submit(whole).result()

    return run


def _migrate(settings: dict[str, Any], blocker: DjangoDbBlocker) -> None:
    with blocker.unblock(), Connected(settings):
        call_command("migrate", "record", database=ALIAS, verbosity=0)


class Connected:
    """Django's connection `trial` to a database, closed and forgotten at the end."""

    def __init__(self, settings: dict[str, Any]) -> None:
        self.settings = settings

    def __enter__(self) -> None:
        connections.settings[ALIAS] = connections.configure_settings({"default": self.settings})["default"]

    def __exit__(self, *_error: object) -> None:
        connections[ALIAS].close()
        del connections[ALIAS]
        del connections.settings[ALIAS]
