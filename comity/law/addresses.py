"""Gives every fact of the register an address that outlives renamed files, moved rows and edits that do not touch what the fact is about.

A fact is a table with a source and a confidence of its own or of its file: a party's row, a provision, a declaration, a relation, a treaty,
an authority, a check, a question, a document, a day of a calendar, a term, the head of a State's own law. Its address is
`<file id>/<table>/<label>`; the label is what a reader would call the row (`TJ`, `61/provisional-arrest`, `RU/article-off`). Where two rows
would be called the same, each says more of itself (its kind, which limit, its article) until they differ.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from comity import canonical
from comity.canonical import Value
from comity.law.confirmation import FactId
from comity.law.model import Confidence, LawDataError, Register

HEAD = "head"
"""The table name of what a file says of itself, where that is a fact with a source."""
_ABOUT = ("source", "confidence", "unverified_fields", "computed_fields")
__all__ = ["HEAD", "Fact", "FactId", "Row", "digest", "fact", "facts", "labels", "plain", "rows"]
_NAMES: Mapping[str, tuple[str, ...]] = {
    "party": ("state",),
    "declaration": ("state", "effect"),
    "relation": ("type", "target"),
    "provision": ("article", "topic"),
    "authority": ("state", "stage"),
}
_USUAL = ("id", "state", "code", "name", "on", "since", "topic")
_MORE = ("kind", "limit", "article", "articles", "channel", "test", "towards", "kinds", "also_kinds", "grounds", "years", "from", "until")
_WITHOUT_SOURCE = ("word", "field")
_SHORT = 8
"""Hexadecimal digits that tell apart two rows that nothing else does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A table of the register as it stands. `keys`: what it says, dates as `2005-02-20`; a table within it as `party/AM/since`.

    `file` is the id of its file; `unverified` and `computed` name keys not read in the source, or calculated.
    """

    id: FactId
    file: str
    table: str
    label: str
    keys: Mapping[str, Value]
    source: str
    confidence: Confidence
    unverified: tuple[str, ...] = ()
    computed: tuple[str, ...] = ()

    def key(self, name: str) -> FactId:
        """The address of one of its keys."""
        return FactId(f"{self.id}/{name}")

    @property
    def doubtful(self) -> bool:
        """Whether anything in it was not read in a source."""
        return self.confidence is Confidence.UNVERIFIED or bool(self.unverified)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """Where the values of a fact stand in its file: the table `table` at `index`, or the head of the file where `index` is None."""

    id: FactId
    table: str
    label: str
    index: int | None
    values: Mapping[str, Any]


def facts(register: Register) -> Mapping[FactId, Fact]:
    """Every fact by its address, in the order of the files' ids. Addresses are those of the shared register, overlaid or not."""
    return {fact.id: fact for file in sorted(register.files) for fact in _of_file(register, file)}


def fact(register: Register, address: str) -> tuple[Fact, str | None]:
    """The fact at an address, and the key where the address is that of a key. Raises `LawDataError` where there is none."""
    file, _, _ = address.partition("/")
    known = {found.id: found for found in _of_file(register, file)} if file in register.files else {}
    for at in _cuts(address):
        found = known.get(FactId(address[:at]))
        key = address[at + 1 :]
        if found and (not key or key in found.keys):
            return found, key or None
    raise LawDataError("The register has no such fact.", where=address, next_step="Look the fact up again: its row may have changed.")


def digest(fact: Fact) -> str:
    """The SHA-256 of what a fact says. Its note, source and confidence may change: who read the fact read the same."""
    return canonical.sha256(canonical.dumps({key: value for key, value in fact.keys.items() if key != "note"}))


def _cuts(address: str) -> Iterator[int]:
    """The places where an address could end and a key begin, the longest address first."""
    yield len(address)
    yield from (at for at in range(len(address) - 1, 0, -1) if address[at] == "/")


def _of_file(register: Register, file: str) -> Iterator[Fact]:
    now = register.files[file].values
    for row in rows(register.shared[file].values):
        yield _fact(file, row, now if row.index is None else now[row.table][row.index], now)


def _fact(file: str, row: Row, values: Mapping[str, Any], head: Mapping[str, Any]) -> Fact:
    return Fact(
        id=row.id,
        file=file,
        table=row.table,
        label=row.label,
        keys=dict(_keys(values, at_head=row.index is None)),
        source=str(values.get("source") or head.get("source") or ""),
        confidence=Confidence(str(values.get("confidence") or head.get("confidence"))),
        unverified=tuple(values.get("unverified_fields", ())),
        computed=tuple(values.get("computed_fields", ())),
    )


def _keys(values: Mapping[str, Any], *, at_head: bool) -> Iterator[tuple[str, Value]]:
    for key, value in values.items():
        if key in _ABOUT or (at_head and key in {"schema", "id"}):
            continue
        if not _is_tables(value):
            yield key, plain(value)
        elif not at_head:
            for label, inner in zip(labels(key, value), value, strict=True):
                yield from ((f"{key}/{label}/{name}", found) for name, found in _keys(inner, at_head=False))


def rows(file: Mapping[str, Any]) -> tuple[Row, ...]:
    """The facts of a file by its own values: its head where that has a source, then its tables in order."""
    name = str(file["id"])
    found = []
    whole = "source" in file and "confidence" in file
    if whole:
        label = str(file.get("state") or name)
        found.append(Row(id=FactId(f"{name}/{HEAD}/{label}"), table=HEAD, label=label, index=None, values=file))
    for table, value in file.items():
        if _is_tables(value) and table not in _WITHOUT_SOURCE and (whole or all("source" in row for row in value)):
            found.extend(
                Row(id=FactId(f"{name}/{table}/{label}"), table=table, label=label, index=index, values=row)
                for index, (label, row) in enumerate(zip(labels(table, value), value, strict=True))
            )
    return tuple(found)


def labels(table: str, rows: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    """What to call each row of a table, each differently; the order of the rows means nothing unless two say the very same."""
    names = [_name(table, row) for row in rows]
    for key in _MORE:
        for index in _alike(names):
            if (value := rows[index].get(key)) is not None and key not in _NAMES.get(table, ()):
                names[index] = f"{names[index]}/{_word(value)}"
    for index in _alike(names):
        names[index] = f"{names[index]}/{_fingerprint(rows[index])}"
    for number, index in enumerate(_alike(names)):
        names[index] = f"{names[index]}/{number}"
    return tuple(names)


def _alike(names: Sequence[str]) -> tuple[int, ...]:
    seen: dict[str, list[int]] = {}
    for index, name in enumerate(names):
        seen.setdefault(name, []).append(index)
    return tuple(index for found in seen.values() if len(found) > 1 for index in found)


def _name(table: str, row: Mapping[str, Any]) -> str:
    keys: Iterable[str] = _NAMES.get(table) or [next((key for key in _USUAL if key in row), "")]
    return "/".join(_word(row.get(key)) for key in keys)


def _word(value: Any) -> str:
    """A value as a part of a label: `-` for what is not known."""
    if isinstance(value, list):
        return "+".join(_word(item) for item in value)
    return "-" if value is None else str(value).replace("/", "|")


def _fingerprint(row: Mapping[str, Any]) -> str:
    return canonical.sha256(repr(sorted(row.items())).encode())[:_SHORT]


def _is_tables(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(item, dict) for item in value)


def plain(value: Any) -> Value:
    """A value of a file as a plain value: dates as text, as the release hash takes them."""
    match value:
        case dict():
            return {key: plain(item) for key, item in value.items()}
        case list():
            return [plain(item) for item in value]
        case date():
            return value.isoformat()
        case _:
            return cast("Value", value)
