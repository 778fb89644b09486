"""One TOML table read key by key: every wrong type, unknown word and unknown key is an error that names file, table and key."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Any, TypeVar

from comity.law.model import Confidence, LawDataError

E = TypeVar("E", bound=StrEnum)
NO_TEXT = "Write a text in quotes."


class Table:
    """A table of a file. Each key is read once by a method that knows its type; `close` then refuses what nobody read."""

    def __init__(self, values: Mapping[str, Any], *, file: str, name: str = "") -> None:
        self._values = dict(values)
        self._read: set[str] = set()
        self.file = file
        self.name = name

    def error(self, key: str, what: str, next_step: str) -> LawDataError:
        """The error that names file, table and key."""
        where = ", ".join(part for part in (self.file, self.name, key) if part)
        return LawDataError(what, where=where, next_step=next_step)

    def has(self, key: str) -> bool:
        """Whether the table holds this key."""
        return key in self._values

    def text(self, key: str) -> str:
        """A text that must be there and must not be empty."""
        value = self.optional_text(key)
        if not value:
            raise self.error(key, f"`{key}` is missing or empty.", f"Add `{key}`." if key != "source" else "Say where the fact was read.")
        return value

    def optional_text(self, key: str) -> str | None:
        """A text, or None where the key is absent."""
        value = self._take(key)
        if value is not None and not isinstance(value, str):
            raise self.error(key, f"`{key}` is not a text.", NO_TEXT)
        return value

    def word(self, key: str, known: Collection[str]) -> str:
        """One of the known words."""
        return self._known(key, self.text(key), known)

    def optional_word(self, key: str, known: Collection[str]) -> str | None:
        """One of the known words, or None where the key is absent."""
        value = self.optional_text(key)
        return None if value is None else self._known(key, value, known)

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts, empty where the key is absent."""
        value = self._take(key)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise self.error(key, f"`{key}` is not a list of texts.", 'Write it as ["one", "two"].')
        if len(set(value)) != len(value):
            raise self.error(key, f"`{key}` names something twice.", "Name it once.")
        return tuple(value)

    def needed_texts(self, key: str) -> tuple[str, ...]:
        """A list of texts that must be there and must not be empty."""
        found = self.texts(key)
        if not found:
            raise self.error(key, f"`{key}` is missing or empty.", "Say where the facts of this file were read.")
        return found

    def words(self, key: str, known: Collection[str]) -> tuple[str, ...]:
        """A list of known words, empty where the key is absent."""
        return tuple(self._known(key, value, known) for value in self.texts(key))

    def choice(self, key: str, enum: type[E]) -> E:
        """A word of a closed list."""
        return enum(self.word(key, tuple(enum)))

    def number(self, key: str) -> int | None:
        """A whole number above nought, or None where the key is absent."""
        value = self._take(key)
        if value is not None and (not isinstance(value, int) or isinstance(value, bool) or value < 1):
            raise self.error(key, f"`{key}` is not a whole number above 0.", "Write a number such as 30.")
        return value

    def flag(self, key: str) -> bool | None:
        """True or false, or None where the key is absent."""
        value = self._take(key)
        if value is not None and not isinstance(value, bool):
            raise self.error(key, f"`{key}` is neither true nor false.", "Write true or false.")
        return value

    def day(self, key: str) -> date | None:
        """A date, or None where the key is absent."""
        value = self._take(key)
        if value is not None and (not isinstance(value, date) or isinstance(value, datetime)):
            raise self.error(key, f"`{key}` is not a date.", "Write it as 2026-11-22, without quotes.")
        return value

    def tables(self, key: str, label: str = "") -> tuple["Table", ...]:
        """The tables `[[key]]`, named `party 3 (TJ)`; `label` is the key whose value stands in brackets."""
        value = self._take(key)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            raise self.error(key, f"`{key}` is not a list of tables.", f"Write each as a table [[{key}]].")
        return tuple(
            Table(item, file=self.file, name=self._place(key, number, item.get(label))) for number, item in enumerate(value, start=1)
        )

    def raw(self, key: str) -> Any:
        """The value as it stands, for keys with a shape of their own."""
        return self._take(key)

    def sourced(self) -> tuple[str, Confidence]:
        """The source and confidence every fact needs."""
        return self.text("source"), self.choice("confidence", Confidence)

    def close(self) -> None:
        """Refuses keys nobody read."""
        for key in self._values:
            if key not in self._read:
                known = ", ".join(sorted(self._read))
                raise self.error(key, f"`{key}` is not a key of this table.", f"Correct or remove it. Keys read here are: {known}.")

    def _place(self, key: str, number: int, label: object) -> str:
        place = f"{key} {number} ({label})" if isinstance(label, str) else f"{key} {number}"
        return f"{self.name}, {place}" if self.name else place

    def _take(self, key: str) -> Any:
        self._read.add(key)
        return self._values.get(key)

    def _known(self, key: str, value: str, known: Collection[str]) -> str:
        if value not in known:
            raise self.error(key, f"“{value}” is not a known word for `{key}`.", f"Known are: {', '.join(sorted(known))}.")
        return value
