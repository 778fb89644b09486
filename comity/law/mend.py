"""Applies a patch to the texts of a register's files: comments, order and layout stay, and so does every fact it does not name.

Apart from the rest of the law, for it alone needs a writer of TOML.
"""

from collections.abc import Iterable, Mapping
from typing import Any

import tomlkit

from comity.law.addresses import digest, fact, labels, rows
from comity.law.load import load_texts
from comity.law.model import LawDataError, Register
from comity.law.patch import Change


def mended(texts: Mapping[str, str], changes: Iterable[Change]) -> Mapping[str, str]:
    """The texts that change, by name. Raises `LawDataError` where a fact is not there, stands otherwise now, or could not be read so."""
    register = load_texts(texts.items())
    opened: dict[str, tomlkit.TOMLDocument] = {}
    for change in changes:
        _check(register, change)
        name = register.files[change.fact.partition("/")[0]].name
        _apply(opened.setdefault(name, tomlkit.parse(texts[name])), register, change)
    found = {name: tomlkit.dumps(document) for name, document in opened.items()}
    load_texts({**texts, **found}.items())
    return {name: text for name, text in found.items() if text != texts[name]}


def _check(register: Register, change: Change) -> None:
    held, key = fact(register, change.fact)
    if key is not None:
        raise LawDataError("A change names a fact, not a key of it.", where=change.fact, next_step="Take the file as the desk exported it.")
    if digest(held) != change.held:
        raise LawDataError(
            "The fact has changed since it was read.", where=change.fact, next_step="Read it again and confirm it against this release."
        )


def _apply(document: tomlkit.TOMLDocument, register: Register, change: Change) -> None:
    file = register.files[change.fact.partition("/")[0]]
    row = next(row for row in rows(file.values) if row.id == change.fact)
    table: Any = document if row.index is None else document[row.table][row.index]
    for path, value in change.put.items():
        inner, key = _within(table, path)
        inner[key] = value
    for path in change.gone:
        inner, key = _within(table, path)
        inner.pop(key, None)


def _within(table: Any, path: str) -> tuple[Any, str]:
    if "/" not in path:
        return table, path
    name, _slash, rest = path.partition("/")
    label, _slash, key = rest.rpartition("/")
    known = labels(name, table.unwrap().get(name, []))
    if label not in known:
        raise LawDataError("The fact has no such table within it.", where=path, next_step="Write the path as party/AM/since.")
    return table[name][known.index(label)], key
