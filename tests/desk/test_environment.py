"""What the environment tells the desk is read with its type, or refused by name."""

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.db import connection

from comity.desk import environment
from comity.desk.environment import DeskEnvironmentError, Environment


def test_without_anything_the_desk_serves_this_machine_alone() -> None:
    found = environment.read({})
    assert found.hosts == ("localhost", "127.0.0.1", "[::1]")
    assert (found.https, found.debug, found.gallery) == (False, False, False)
    assert found.home == Path.home() / ".comity"


def test_lists_are_words() -> None:
    assert environment.read({"COMITY_DESK_HOSTS": "desk.example, desk2.example"}).hosts == ("desk.example", "desk2.example")


def test_a_word_that_is_neither_yes_nor_no_is_refused_by_name() -> None:
    with pytest.raises(DeskEnvironmentError) as caught:
        environment.read({"COMITY_DEBUG": "perhaps"})
    assert caught.value.where == "COMITY_DEBUG"


def test_the_address_of_postgresql_is_taken_apart(tmp_path: Path) -> None:
    url = "postgresql://desk:p%40ss@db.example:5433/comity?sslmode=verify-full"
    found = environment.database(Environment(home=tmp_path, database_url=url))
    assert (found["ENGINE"], found["NAME"], found["USER"], found["PASSWORD"]) == ("django.db.backends.postgresql", "comity", "desk", "p@ss")
    assert (found["HOST"], found["PORT"], found["OPTIONS"]) == ("db.example", "5433", {"sslmode": "verify-full"})


def test_postgresql_on_a_socket(tmp_path: Path) -> None:
    found = environment.database(Environment(home=tmp_path, database_url="postgresql://postgres@/comity?host=/run/postgresql&port=5444"))
    assert (found["HOST"], found["PORT"], found["OPTIONS"]) == ("/run/postgresql", "5444", {})


@pytest.mark.parametrize("url", ["mysql://db/comity", "postgresql://db", "comity"])
def test_another_database_is_refused(url: str, tmp_path: Path) -> None:
    with pytest.raises(DeskEnvironmentError, match="PostgreSQL"):
        environment.database(Environment(home=tmp_path, database_url=url))


def test_the_secret_key_is_made_once_and_kept_from_others(tmp_path: Path) -> None:
    home = tmp_path / "home"
    key = environment.secret_key(home)
    assert len(key) >= 64
    assert environment.secret_key(home) == key
    assert stat.S_IMODE((home / "secret_key").stat().st_mode) == 0o600


def test_processes_that_start_at_once_agree_on_the_key(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(environment.secret_key, [tmp_path] * 16))
    assert len(keys) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["secret_key"]


@pytest.mark.django_db
def test_the_embedded_store_keeps_what_it_took() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("the store of this run is PostgreSQL")
    with connection.cursor() as cursor:
        found = {name: cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "synchronous", "foreign_keys")}
    assert found == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}
