"""The durable store keeps the contracts of the journal and of the exchange, on SQLite and on PostgreSQL."""

from tests.contracts.journal_store import JournalStoreContract


class TestJournalOfTheDesk(JournalStoreContract):
    """`store` comes from the conftest: an empty database for each test."""
