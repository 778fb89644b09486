"""The schema is what the loader reads: every key of it is explained, and the page says the same as the loader refuses."""

import pytest

from comity.law._table import DAY
from comity.law.load import folder_texts
from comity.law.overlay import DAYS
from comity.law.schema import FILES, TableSchema, meaning, page, schema

Tables = tuple[TableSchema, ...]


@pytest.fixture(scope="module")
def tables() -> Tables:
    return schema()


@pytest.fixture(scope="module")
def text() -> str:
    return page()


def test_every_kind_of_file_and_key_is_explained(tables: Tables, text: str) -> None:
    assert {table.holds for table in tables} == set(FILES)
    assert [key for table in tables for key in table.keys if not meaning(key)] == []
    assert all(f"`{key}`" in text for table in tables for key in table.keys)


def test_what_must_be_there_is_said_to_be_needed(tables: Tables, text: str) -> None:
    party = next(table for table in tables if table.path == ("party",) and table.holds == "instrument")

    assert {key for key, shape in party.keys.items() if shape.needed} == {"state", "status", "source", "confidence"}
    assert party.keys["status"].known[:2] == ("party", "withdrawn")
    assert "| `towards` | towards | a list of States |  |" in text
    assert "| `kind` | kind of request | a word of the group `kind`, or `all` | needed |" in text


def test_the_files_use_no_table_the_schema_does_not_have(tables: Tables) -> None:
    headers = {table.header for table in tables if table.path}
    written = {line.strip() for one in folder_texts().values() for line in one.splitlines() if line.startswith("[[")}

    assert written <= headers


def test_the_keys_a_confirmation_takes_as_dates_are_those_the_loader_reads_as_dates(tables: Tables) -> None:
    assert {key for table in tables for key, shape in table.keys.items() if shape.holds == DAY} == DAYS
