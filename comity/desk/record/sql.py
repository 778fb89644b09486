"""The few places where SQLite and PostgreSQL differ, so that the store is written once.

Statements run on Django's connection and in its transactions, but neither through its models (a group of a thousand events is one
statement, not a thousand objects) nor through its cursors (which cost several times what a short statement costs): the driver's own cursor
is asked. Errors are Django's.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache, lru_cache
from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

Row = tuple[Any, ...]
DO_NOTHING = "ON CONFLICT DO NOTHING"


class Database:
    """One connection, with what its kind of database does in its own way."""

    def __init__(self, connection: BaseDatabaseWrapper) -> None:
        self.connection = connection
        self.postgresql = connection.vendor == "postgresql"
        self.skip_locked = "SKIP LOCKED" if self.postgresql else ""

    def execute(self, sql: str, parameters: Sequence[Any] = ()) -> int:
        """Runs a statement; the number of rows it changed."""
        with self._cursor() as cursor:
            cursor.execute(self._said(sql), parameters)
            return int(cursor.rowcount)

    def rows(self, sql: str, parameters: Sequence[Any] = ()) -> list[Row]:
        """All rows that a statement gives."""
        with self._cursor() as cursor:
            cursor.execute(self._said(sql), parameters)
            return list(cursor.fetchall())

    def row(self, sql: str, parameters: Sequence[Any] = ()) -> Row | None:
        """The first row that a statement gives, or None."""
        return next(iter(self.rows(sql, parameters)), None)

    def each(self, sql: str, rows: Sequence[Row]) -> int:
        """Runs a statement with the parameters of each row, one after another; the number of rows changed in all."""
        with self._cursor() as cursor:
            cursor.executemany(self._said(sql), rows)
            return int(cursor.rowcount)

    def insert(self, model: type[models.Model], columns: Sequence[str], rows: Sequence[Row], conflict: str = "") -> int:
        """Inserts many rows as one statement; the number inserted (or, with `conflict` an upsert, changed)."""
        if not rows:
            return 0
        if self.postgresql:
            return self._insert_arrays(f"{_unnest(model, tuple(columns), self.connection)} {conflict}", rows)
        with self._cursor() as cursor:
            cursor.executemany(f"{_values(model, tuple(columns))} {conflict}", rows)
            return int(cursor.rowcount)

    def _insert_arrays(self, sql: str, rows: Sequence[Row]) -> int:
        with self._cursor() as cursor:
            cursor.execute(sql, [list(column) for column in zip(*rows, strict=True)])
            return int(cursor.rowcount)

    @contextmanager
    def _cursor(self) -> Iterator[Any]:
        self.connection.ensure_connection()
        with self.connection.wrap_database_errors:
            if self.postgresql:
                from psycopg import Cursor  # an office on SQLite needs no driver of PostgreSQL

                # Parameters are sent as they are; Django's cursor writes them into the text of the statement.
                with Cursor(self.connection.connection) as cursor:
                    yield cursor
            else:
                cursor = self.connection.connection.cursor()
                try:
                    yield cursor
                finally:
                    cursor.close()

    def _said(self, sql: str) -> str:
        return sql if self.postgresql else _with_question_marks(sql)

    def among(self, column: str, values: Sequence[Any]) -> tuple[str, list[Any]]:
        """The condition that `column` is one of `values` (at least one), and its parameters."""
        if self.postgresql:
            return f"{column} = ANY(%s)", [list(values)]
        return f"{column} IN ({', '.join(['%s'] * len(values))})", list(values)

    def holds(self, column: str) -> str:
        """The condition that the bytes of `column` hold those of one parameter."""
        return f"position(%s in {column}) > 0" if self.postgresql else f"instr({column}, %s) > 0"

    def moment(self, at: datetime | None) -> Any:
        """A time (aware, UTC) as a parameter."""
        return None if at is None else self.connection.ops.adapt_datetimefield_value(at)

    def lock_matters(self, matters: Iterable[bytes]) -> None:
        """Lets no other transaction write to these matters until this one ends. SQLite has one writer anyway.

        A lock of PostgreSQL is taken for all matters whose id ends in the same byte, because its table of locks is small. The locks of one
        call are taken in one order, so two calls never wait for each other.
        """
        buckets = sorted({matter[-1] for matter in matters}) if self.postgresql else []
        if buckets:
            self.rows("SELECT pg_advisory_xact_lock(%s, bucket) FROM unnest(%s::int[]) AS bucket", [_LOCK_SPACE, buckets])


_LOCK_SPACE = 0x636F6D69
"""“comi”: the first half of the key of this store's locks, apart from those other programs take in the same database."""


def time_of(value: Any) -> datetime:
    """The aware UTC time of a column, however the driver gives it."""
    read = datetime.fromisoformat(value) if isinstance(value, str) else value
    return read.replace(tzinfo=UTC) if read.tzinfo is None else read.astimezone(UTC)


def time_or_none(value: Any) -> datetime | None:
    """The same for a column that may be null."""
    return None if value is None else time_of(value)


@lru_cache(maxsize=1024)
def _with_question_marks(sql: str) -> str:
    return sql.replace("%s", "?")


@cache
def _values(model: type[models.Model], columns: tuple[str, ...]) -> str:
    return f"INSERT INTO {model._meta.db_table} ({', '.join(columns)}) VALUES ({', '.join(['?'] * len(columns))})"


def _unnest(model: type[models.Model], columns: tuple[str, ...], connection: BaseDatabaseWrapper) -> str:
    fields = {field.column: field for field in model._meta.concrete_fields}
    arrays = ", ".join(f"%b::{fields[column].db_type(connection)}[]" for column in columns)
    return f"INSERT INTO {model._meta.db_table} ({', '.join(columns)}) SELECT * FROM unnest({arrays})"
