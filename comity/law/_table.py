"""One TOML table read key by key: every wrong type, unknown word and unknown key is a fault that names file, table and key.

A fault is raised at once, or kept while the reading goes on with a value that stands for the faulty one (`Faults`). What reads a table asks
`sound` before it compares values, so that one fault is not told twice in other words.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, TypeVar

from comity.law.confirmation import NO_FACT, FactId
from comity.law.faults import Fault
from comity.law.model import Confidence, LawDataError
from comity.words import _

E = TypeVar("E", bound=StrEnum)
T = TypeVar("T")
NONE: Mapping[tuple[str, int | None], FactId] = {}
TEXT, TEXTS, WORD, WORDS = "a text", "a list of texts", "a word", "a list of words"
NUMBER, FLAG, DAY, TABLES = "a whole number above 0", "true or false", "a date", "tables"
STATE, STATES, KEYS, OTHER = "a State", "a list of States", "a list of keys of this table", "a list"
"""What a key can hold."""
OWN_KNOWLEDGE = "general knowledge"
"""The source of what nobody has read yet."""
NO_TEXT = _("Write a text in quotes.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """How a key is read: the kind of value it holds, the words it may hold where they are closed, whether it must be there."""

    holds: str
    needed: bool = False
    known: tuple[str, ...] = ()


class Faults:
    """Where faults go: this one raises each as a `LawDataError`."""

    def noted(self, table: str, key: str, shape: Shape) -> None:
        """Take note of how a key of a kind of table is read; here it means nothing."""

    def add(self, fault: Fault) -> None:
        """Take a fault."""
        raise LawDataError(fault.sentence("en"), where=fault.where, next_step=fault.advice("en"), fault=fault)

    def caught(self, error: LawDataError) -> None:
        """Take the fault of an error that ended the reading of a table."""
        raise error


class KeptFaults(Faults):
    """Keeps every fault in `found`, in the order of the reading."""

    def __init__(self) -> None:
        self.found: list[Fault] = []

    def add(self, fault: Fault) -> None:
        """Keep a fault."""
        self.found.append(fault)

    def caught(self, error: LawDataError) -> None:
        """Keep what the error says."""
        file, _comma, table = error.where.partition(", ")
        parts = {"what": error.what, "advice": error.next_step}
        self.found.append(error.fault or Fault(file=file, table=table, what="{what}", next_step="{advice}", parts=parts))


RAISED = Faults()


class Table:
    """A table of a file. Each key is read once by a method that knows its type; `close` then refuses what nobody read.

    `fact` is its address; `addresses` are those of the tables in it, by key and index. Tables within a fact are part of it. `kind`: what
    the file holds and which table it is, such as `instrument/party`.
    """

    def __init__(
        self,
        values: Mapping[str, Any],
        *,
        file: str,
        name: str = "",
        faults: Faults = RAISED,
        fact: FactId = NO_FACT,
        addresses: Mapping[tuple[str, int | None], FactId] = NONE,
        kind: str = "",
    ) -> None:
        self._values = dict(values)
        self._read: set[str] = set()
        self._faulty: set[str] = set()
        self._noted: set[str] = set()
        self.file = file
        self.name = name
        self.faults = faults
        self.fact = fact
        self._addresses = addresses
        self.kind = kind

    def error(self, key: str, what: str, next_step: str, **parts: object) -> LawDataError:
        """The error that names file, table and key."""
        fault = Fault(file=self.file, table=self.name, key=key, what=what, next_step=next_step, parts=parts)
        return LawDataError(fault.sentence("en"), where=fault.where, next_step=fault.advice("en"), fault=fault)

    def fault(self, key: str, what: str, next_step: str, **parts: object) -> None:
        """Something wrong with a key: raised, or kept. `what` and `next_step` are marked sentences, `parts` fills them."""
        self._faulty.add(key)
        self.faults.add(Fault(file=self.file, table=self.name, key=key, what=what, next_step=next_step, parts={"key": key, **parts}))

    def sound(self, *keys: str) -> bool:
        """Whether nothing was wrong with any of these keys so far."""
        return self._faulty.isdisjoint(keys)

    def has(self, key: str) -> bool:
        """Whether the table holds this key."""
        return key in self._values

    def text(self, key: str) -> str:
        """A text that must be there and must not be empty."""
        self.note(key, Shape(holds=TEXT, needed=True))
        value = self.optional_text(key)
        if not value and self.sound(key):
            self.fault(key, _("`{key}` is missing or empty."), _("Say where the fact was read.") if key == "source" else _("Add `{key}`."))
        return value or ""

    def optional_text(self, key: str) -> str | None:
        """A text, or None where the key is absent."""
        self.note(key, Shape(holds=TEXT))
        value = self._take(key)
        if value is None or isinstance(value, str):
            return value
        self.fault(key, _("`{key}` is not a text."), NO_TEXT)
        return None

    def word(self, key: str, known: Collection[str]) -> str:
        """One of the known words."""
        self.note(key, Shape(holds=WORD, needed=True, known=tuple(known)))
        value = self.text(key)
        return self._known(key, value, known) if self.sound(key) else next(iter(known), "")

    def optional_word(self, key: str, known: Collection[str]) -> str | None:
        """One of the known words, or None where the key is absent."""
        self.note(key, Shape(holds=WORD, known=tuple(known)))
        value = self.optional_text(key)
        return None if value is None else self._known(key, value, known)

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts, empty where the key is absent."""
        self.note(key, Shape(holds=TEXTS))
        value = self._take(key)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            self.fault(key, _("`{key}` is not a list of texts."), _('Write it as ["one", "two"].'))
            return ()
        if len(set(value)) != len(value):
            self.fault(key, _("`{key}` names something twice."), _("Name it once."))
        return tuple(dict.fromkeys(value))

    def needed_texts(self, key: str) -> tuple[str, ...]:
        """A list of texts that must be there and must not be empty."""
        self.note(key, Shape(holds=TEXTS, needed=True))
        found = self.texts(key)
        if not found and self.sound(key):
            self.fault(key, _("`{key}` is missing or empty."), _("Say where the facts of this file were read."))
        return found

    def words(self, key: str, known: Collection[str]) -> tuple[str, ...]:
        """A list of known words, empty where the key is absent."""
        self.note(key, Shape(holds=WORDS, known=tuple(known)))
        return tuple(value for value in self.texts(key) if self._known(key, value, known) == value)

    def choice(self, key: str, enum: type[E]) -> E:
        """A word of a closed list."""
        return enum(self.word(key, tuple(enum)))

    def number(self, key: str) -> int | None:
        """A whole number above nought, or None where the key is absent."""
        self.note(key, Shape(holds=NUMBER))
        value = self._take(key)
        if value is None or (isinstance(value, int) and not isinstance(value, bool) and value >= 1):
            return value
        self.fault(key, _("`{key}` is not a whole number above 0."), _("Write a number such as 30."))
        return None

    def flag(self, key: str) -> bool | None:
        """True or false, or None where the key is absent."""
        self.note(key, Shape(holds=FLAG))
        value = self._take(key)
        if value is None or isinstance(value, bool):
            return value
        self.fault(key, _("`{key}` is neither true nor false."), _("Write true or false."))
        return None

    def day(self, key: str) -> date | None:
        """A date, or None where the key is absent."""
        self.note(key, Shape(holds=DAY))
        value = self._take(key)
        if value is None or (isinstance(value, date) and not isinstance(value, datetime)):
            return value
        self.fault(key, _("`{key}` is not a date."), _("Write it as 2026-11-22, without quotes."))
        return None

    def needed_day(self, key: str, advice: str) -> date:
        """A date that must be there; `advice` is the marked sentence that says which."""
        self.note(key, Shape(holds=DAY, needed=True))
        found = self.day(key)
        if found is None and self.sound(key):
            self.fault(key, _("`{key}` is missing."), advice)
        return found or date.min

    def tables(self, key: str, label: str = "") -> tuple["Table", ...]:
        """The tables `[[key]]`, named `party 3 (TJ)`; `label` is the key whose value stands in brackets."""
        self.note(key, Shape(holds=TABLES))
        value = self._take(key)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            self.fault(key, _("`{key}` is not a list of tables."), _("Write each as a table [[{key}]]."))
            return ()
        return tuple(
            Table(
                item,
                file=self.file,
                name=self._place(key, index + 1, item.get(label)),
                faults=self.faults,
                fact=self._addresses.get((key, index), self.fact),
                kind=f"{self.kind}/{key}",
            )
            for index, item in enumerate(value)
        )

    def raw(self, key: str) -> Any:
        """The value as it stands, for keys with a shape of their own."""
        self.note(key, Shape(holds=OTHER))
        return self._take(key)

    def note(self, key: str, shape: Shape) -> None:
        """Say how a key is read; what is said first stays, so that a reader can say more than the method it calls."""
        if key not in self._read and key not in self._noted:
            self._noted.add(key)
            self.faults.noted(self.kind, key, shape)

    def sourced(self) -> tuple[str, Confidence]:
        """The source and confidence every fact needs; what was not read anywhere is not verified."""
        source, confidence = self.text("source"), self.choice("confidence", Confidence)
        if source == OWN_KNOWLEDGE and confidence is Confidence.VERIFIED and self.sound("confidence"):
            self.fault(
                "confidence", _("What is general knowledge was not verified."), _("Name the source it was read in, or write unverified.")
            )
        return source, confidence

    def close(self) -> None:
        """Refuses keys nobody read."""
        for key in self._values:
            if key not in self._read:
                known = ", ".join(sorted(self._read))
                self.fault(
                    key, _("`{key}` is not a key of this table."), _("Correct or remove it. Keys read here are: {known}."), known=known
                )

    def _place(self, key: str, number: int, label: object) -> str:
        place = f"{key} {number} ({label})" if isinstance(label, str) else f"{key} {number}"
        return f"{self.name}, {place}" if self.name else place

    def _take(self, key: str) -> Any:
        self._read.add(key)
        return self._values.get(key)

    def _known(self, key: str, value: str, known: Collection[str]) -> str:
        if value in known:
            return value
        listed = ", ".join(sorted(known))
        self.fault(key, _("“{word}” is not a known word for `{key}`."), _("Known are: {known}."), word=value, known=listed)
        return next(iter(known), "")


def each(tables: Iterable[Table], read: Callable[[Table], T]) -> Iterator[tuple[Table, T]]:
    """Every table with what was read in it. Where faults are kept, a table whose reading ended in an error is left out."""
    for table in tables:
        try:
            found = read(table)
        except LawDataError as error:
            table.faults.caught(error)
        else:
            yield table, found
