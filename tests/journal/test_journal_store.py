"""The memory store keeps the contract of every journal store."""

import pytest

from comity.errors import Code
from comity.journal import Store, StoreError, journal_in_memory
from tests.contracts.journal_store import JournalStoreContract
from tests.contracts.writing import exchange_of_letters, matter, sealed


class TestMemoryStore(JournalStoreContract):
    @pytest.fixture
    def store(self) -> Store:
        return journal_in_memory()


def test_a_reader_does_not_see_what_is_written_meanwhile():
    store = journal_in_memory()
    events = sealed(exchange_of_letters())
    with store.read() as before:
        with store.write() as unit:
            unit.append(events)
        assert before.events(matter()) == ()
    with store.read() as after:
        assert after.events(matter()) == events


def test_what_a_reader_writes_is_not_kept():
    store = journal_in_memory()
    with store.read() as unit:
        unit.append(sealed(exchange_of_letters()))
    with store.read() as unit:
        assert unit.events(matter()) == ()


def test_there_is_one_writer():
    store = journal_in_memory()
    with store.write(), pytest.raises(StoreError) as refused, store.write(waiting=0.01):
        pass
    assert refused.value.code is Code.STORAGE
