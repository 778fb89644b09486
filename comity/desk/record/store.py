"""The store of one office in the desk's database: transactions over the journal and the exchange.

`write` is one transaction that takes its place before it reads (SQLite: BEGIN IMMEDIATE, one writer at a time; PostgreSQL: the matters it
writes to are locked) and is durable when the block ends. Code inside the block may use Django's models on the same connection: what it
writes belongs to the same transaction. `read` is a snapshot in which nothing can be written.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from comity.desk.record.papers import PapersUnit
from comity.desk.record.receiving import ReceivingUnit
from comity.desk.record.sending import SendingUnit
from comity.desk.record.sql import Database


class DjangoUnit(SendingUnit, ReceivingUnit, PapersUnit):
    """One transaction: what `comity.exchange.store.ExchangeUnit` asks for, on Django's connection."""


class DjangoStore:
    """The durable store. It holds no connection: each thread has its own, as everywhere in Django.

    A `write` inside an open transaction raises RuntimeError: it could not promise that what it wrote is durable when it ends.
    """

    def __init__(self, alias: str = DEFAULT_DB_ALIAS) -> None:
        self.alias = alias

    @contextmanager
    def write(self) -> Iterator[DjangoUnit]:
        """A transaction: committed durably when the block ends, undone when it raises."""
        connection = self._usable()
        with transaction.atomic(using=self.alias, durable=True):
            unit = DjangoUnit(Database(connection), writing=True)
            yield unit
        if unit.erased and not connection.in_atomic_block:
            _forget_erased(connection)

    @contextmanager
    def read(self) -> Iterator[DjangoUnit]:
        """A snapshot; inside an open transaction, that transaction's view."""
        connection = self._usable()
        unit = DjangoUnit(Database(connection), writing=False)
        if connection.in_atomic_block:
            yield unit
        else:
            with _snapshot(connection):
                yield unit

    def _usable(self) -> BaseDatabaseWrapper:
        connection = connections[self.alias]
        if connection.errors_occurred and not connection.in_atomic_block:
            # A worker has no request whose end would do this: a connection that the server closed is opened anew.
            connection.close_if_unusable_or_obsolete()
        return connection


@contextmanager
def _snapshot(connection: BaseDatabaseWrapper) -> Iterator[None]:
    start = _postgresql_snapshot if connection.vendor == "postgresql" else _sqlite_snapshot
    with start(connection):
        yield


@contextmanager
def _postgresql_snapshot(connection: BaseDatabaseWrapper) -> Iterator[None]:
    with transaction.atomic(using=connection.alias):
        Database(connection).execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


@contextmanager
def _sqlite_snapshot(connection: BaseDatabaseWrapper) -> Iterator[None]:
    database = Database(connection)
    connection.ensure_connection()
    mode = connection.transaction_mode  # type: ignore[attr-defined]  # SQLite's connections have it
    # A reader must not wait for the writer: its transaction starts without the write lock, and the database refuses any write in it.
    connection.transaction_mode = "DEFERRED"  # type: ignore[attr-defined]  # as above
    try:
        database.execute("PRAGMA query_only = ON")
        with transaction.atomic(using=connection.alias):
            database.rows("SELECT 1 FROM record_seal LIMIT 1")  # the snapshot is that of the first read
            yield
    finally:
        connection.transaction_mode = mode  # type: ignore[attr-defined]  # as above
        database.execute("PRAGMA query_only = OFF")


def _forget_erased(connection: BaseDatabaseWrapper) -> None:
    """Takes the erased bytes out of the database's own files too: out of the write-ahead log, or out of the table's dead rows."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("VACUUM record_event")
        else:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            cursor.fetchall()
