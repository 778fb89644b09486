"""The durable store keeps the contracts of the journal and of the exchange, on SQLite and on PostgreSQL."""

import pytest

from comity.desk.record.store import DjangoStore
from tests.contracts.exchange_store import ExchangeStoreContract
from tests.contracts.journal_store import JournalStoreContract


class TestJournalOfTheDesk(JournalStoreContract):
    @pytest.fixture
    def store(self, desk_store: DjangoStore) -> DjangoStore:
        return desk_store


class TestExchangeOfTheDesk(ExchangeStoreContract):
    @pytest.fixture
    def store(self, desk_store: DjangoStore) -> DjangoStore:
        return desk_store
