"""Several real processes at one store, and one killed in the middle of a transaction."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from comity.desk.environment import Environment
from comity.desk.record import models
from comity.desk.record.store import DjangoStore
from comity.exchange.store import OutboxEntry
from tests.contracts.writing import KZ, NOW, RU, TJ, Author, exchange_of_letters, matter, sealed
from tests.desk.record.conftest import ALIAS

PROJECT = Path(__file__).resolve().parents[3]
WRITER = Path(__file__).with_name("writer.py")
pytestmark = pytest.mark.slow


def start(database: Environment, *arguments: str) -> subprocess.Popen[str]:
    environment = {
        **os.environ,
        "COMITY_HOME": str(database.home),
        "COMITY_DATABASE_URL": database.database_url,
        "PYTHONPATH": str(PROJECT),
    }
    return subprocess.Popen(
        [sys.executable, str(WRITER), *arguments], env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def ended(processes: list[subprocess.Popen[str]]) -> list[str]:
    """What the processes said, once all ended well."""
    said = [process.communicate(timeout=120) for process in processes]
    assert [(process.returncode, error) for process, (_, error) in zip(processes, said, strict=True)] == [(0, "")] * len(processes)
    return [out for out, _ in said]


def test_a_writer_killed_in_the_middle_leaves_nothing(database: Environment, desk_store: DjangoStore) -> None:
    before, after = sealed(exchange_of_letters()), sealed(exchange_of_letters(matter(1)))
    with desk_store.write() as unit:
        unit.append(before)
    writer = start(database, "half", "1")
    assert writer.stdout is not None
    assert writer.stdout.readline() == "written\n"
    os.kill(writer.pid, signal.SIGKILL)
    writer.communicate()
    with desk_store.write() as unit:  # nobody holds a lock any more
        assert unit.matters(None, 10) == (matter(),)
        assert unit.events(matter()) == before
        assert unit.routes() == ()
        unit.append(after)
    with desk_store.read() as unit:
        assert unit.events(matter(1)) == after
    assert models.Event.objects.using(ALIAS).count() == 2 * len(before)


def test_writers_in_several_processes_never_take_the_same_place(database: Environment, desk_store: DjangoStore) -> None:
    ended([start(database, "strand", "1", "40") for _ in range(2)])
    with desk_store.read() as unit:
        events = unit.events(matter(1))
        heads = unit.heads(matter(1))
    assert [one.header.seq for one in events] == list(range(80))
    assert [one.header.prev for one in events[1:]] == [one.id for one in events[:-1]]
    assert heads[KZ].id == events[-1].id
    assert not models.Event.objects.using(ALIAS).filter(rival=True).exists()


def test_each_entry_goes_into_one_parcel_of_one_worker(database: Environment, desk_store: DjangoStore) -> None:
    author = Author(KZ, matter(1))
    events = sealed([author.open(), *(author.write("request.sent/1") for _ in range(119))])
    with desk_store.write() as unit:
        unit.append(events)
        for peer in (TJ, RU):
            unit.queue([OutboxEntry(recipient=peer, event=one.id, matter=matter(1), size=100, queued_at=NOW) for one in events])
    lines = [
        line.split() for out in ended([start(database, "lease", name, "1000") for name in ("one", "two")]) for line in out.splitlines()
    ]
    taken = [event for _parcel, _counter, *inside in lines for event in inside]
    assert sorted(taken) == sorted(2 * [one.id for one in events])
    assert len({parcel for parcel, *_ in lines}) == len(lines) == 80
    assert sorted(int(counter) for _, counter, *_ in lines) == sorted(2 * list(range(1, 41)))
