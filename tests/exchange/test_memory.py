"""The store in memory keeps the contract."""

import pytest

from comity.exchange.memory import exchange_in_memory
from comity.exchange.store import ExchangeStore
from tests.contracts.exchange_store import ExchangeStoreContract


class TestMemoryExchangeStore(ExchangeStoreContract):
    @pytest.fixture
    def store(self) -> ExchangeStore:
        return exchange_in_memory()
