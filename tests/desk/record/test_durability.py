"""What the store promises beyond the contracts: erased bytes leave the disk, damage is said, nothing is written through a reader."""

from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest
from django.db import DatabaseError, connections, transaction

from comity.desk.environment import Environment
from comity.desk.record import models
from comity.desk.record.store import DjangoStore
from comity.errors import Code
from comity.identifiers import internal
from comity.journal import StoreError
from tests.contracts.writing import KZ, Author, exchange_of_letters, matter, sealed
from tests.desk.record.conftest import ALIAS

SECRET = "the witness lives at"


def _on_disk(home: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(home.glob("desk.sqlite3*")))


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
@pytest.mark.parametrize("length", [1, 400])
def test_what_is_erased_leaves_the_files_of_the_database(database: Environment, desk_store: DjangoStore, length: int) -> None:
    author = Author(KZ, matter())
    events = sealed([author.open(), author.write("request.sent/1", {"text": f"{SECRET} 12 " * length})])
    with desk_store.write() as unit:
        unit.append(events)
    assert SECRET.encode() in _on_disk(database.home)
    with desk_store.write() as unit:
        unit.erase(events[1].id)
    assert SECRET.encode() not in _on_disk(database.home)
    assert events[1].header.data in _on_disk(database.home)


def test_erasing_twice_and_in_one_write_with_others(desk_store: DjangoStore) -> None:
    events = sealed(exchange_of_letters())
    with desk_store.write() as unit:
        unit.append(events)
        unit.erase(events[1].id)
        unit.erase(events[2].id)
    with desk_store.read() as unit:
        assert [one.content is None for one in unit.events(matter())] == [False, True, True, False, False, False]


def test_an_event_damaged_on_disk_is_said(desk_store: DjangoStore) -> None:
    events = sealed(exchange_of_letters())
    with desk_store.write() as unit:
        unit.append(events)
    models.Event.objects.using(ALIAS).filter(event=events[1].header.leaf).update(header=b"{}")
    with desk_store.read() as unit, pytest.raises(StoreError) as damaged:
        unit.events(matter())
    assert damaged.value.code is Code.STORAGE
    assert "copy" in damaged.value.next_step


def test_nothing_is_written_through_a_reader(desk_store: DjangoStore) -> None:
    with pytest.raises(DatabaseError, match=r"read-?only"), desk_store.read() as unit:
        unit.append(sealed(exchange_of_letters()))
    with desk_store.write() as unit:  # and the connection can write again
        unit.append(sealed(exchange_of_letters()))
        assert len(unit.events(matter())) == 6


def test_a_write_inside_a_transaction_is_refused(desk_store: DjangoStore) -> None:
    with transaction.atomic(using=ALIAS), pytest.raises(RuntimeError, match="durable"), desk_store.write():
        pass


def test_models_written_in_the_block_belong_to_its_transaction(desk_store: DjangoStore) -> None:
    def write(*, fails: bool) -> None:
        with desk_store.write() as unit:
            unit.append(sealed(exchange_of_letters()))
            models.Lease.objects.using(ALIAS).create(name="view", worker="w", until="2026-11-22T08:00:00Z")
            if fails:
                raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        write(fails=True)
    assert not models.Lease.objects.using(ALIAS).exists()
    assert not models.Event.objects.using(ALIAS).exists()
    write(fails=False)
    assert models.Lease.objects.using(ALIAS).exists()


def test_a_reader_does_not_see_what_is_written_meanwhile(desk_store: DjangoStore, in_thread: Callable[[Callable[[], None]], None]) -> None:
    events = sealed(exchange_of_letters())
    with desk_store.write() as unit:
        unit.append(events[:2])

    def write() -> None:
        with desk_store.write() as other:
            other.append(events[2:])

    with desk_store.read() as unit:
        assert unit.events(matter()) == events[:2]
        in_thread(write)
        assert unit.events(matter()) == events[:2]
    with desk_store.read() as unit:
        assert unit.events(matter()) == events


@pytest.mark.parametrize("kind", ["postgresql"], indirect=True)
def test_a_connection_the_server_closed_is_opened_anew(database: Environment, desk_store: DjangoStore) -> None:
    def append() -> None:
        with desk_store.write() as unit:
            unit.append(sealed(exchange_of_letters()))

    append()
    with psycopg.connect(database.database_url, autocommit=True) as other:
        other.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = current_database()"
        )
    with pytest.raises(DatabaseError):
        append()
    append()
    with desk_store.read() as unit:
        assert len(unit.events(matter())) == 6


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_sqlite_runs_as_the_desk_needs_it(desk_store: DjangoStore) -> None:
    with desk_store.read(), connections[ALIAS].cursor() as cursor:
        settings = {
            name: cursor.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("journal_mode", "synchronous", "secure_delete", "foreign_keys")
        }
    assert settings == {"journal_mode": "wal", "synchronous": 2, "secure_delete": 1, "foreign_keys": 1}
    assert connections[ALIAS].transaction_mode == "IMMEDIATE"


def test_the_internal_strand_forks_like_any_other(desk_store: DjangoStore) -> None:
    one, two = Author(internal(KZ), matter()), Author(internal(KZ), matter())
    first, second = one.write("note.kept/1", {"text": "one"}), two.write("note.kept/2", {"text": "two"})
    with desk_store.write() as unit:
        unit.append_internal([first])
        unit.append_internal([second, first])
    with desk_store.read() as unit:
        assert unit.internal(matter()) == (first, second)
        assert unit.heads(matter())[internal(KZ)].id == min(first.id, second.id)
