"""What an office confirmed, written as a patch in TOML that the keepers of the shared register can read, judge and apply.

schema = 1
release = "…"                        # the release the office read

# kz-gpo, lawyer, read on 2026-11-22
[[change]]
fact = "chisinau-2002/party/TJ"
held = "…"                           # digest of the fact as it stood: a fact that has changed since is not touched
remove = ["in_force_not_later_than"]
[change.set]
in_force = 2005-02-20
source = "…"
confidence = "verified"
"""

import json
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from comity.law.addresses import digest, fact
from comity.law.confirmation import Confirmation, FactId
from comity.law.model import LawDataError, Register
from comity.law.overlay import edits, shared

SCHEMA = 1
_BARE = re.compile(r"[A-Za-z0-9_-]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What a patch does to one fact. `put`: values as a file holds them, by key or path; `gone`: keys taken away; `held`: see `digest`."""

    fact: FactId
    held: str
    put: Mapping[str, Any]
    gone: tuple[str, ...]


def patch(register: Register, confirmations: Iterable[Confirmation]) -> str:
    """A patch for the shared register that makes it hold what these confirmations say, stale ones left out."""
    base = shared(register)
    lines = [
        "# A patch for the shared register of law: comity register apply PATCH FOLDER",
        f"schema = {SCHEMA}",
        f"release = {_value(base.release)}",
    ]
    for address, made, put, gone in _merged(base, confirmations):
        lines += [
            "",
            *(_who(one) for one in made),
            "[[change]]",
            f"fact = {_value(address)}",
            f"held = {_value(digest(fact(base, address)[0]))}",
        ]
        lines += [f"remove = {_value(gone)}"] if gone else []
        lines += ["[change.set]", *(f"{_key(key)} = {_value(value)}" for key, value in put.items())]
    return "\n".join(lines) + "\n"


def _merged(
    base: Register, confirmations: Iterable[Confirmation]
) -> Iterator[tuple[FactId, list[Confirmation], dict[str, Any], list[str]]]:
    """All that is done to each fact, the later upon the earlier."""
    found: dict[FactId, tuple[list[Confirmation], dict[str, Any], list[str]]] = {}
    for made, edit in edits(base, confirmations):
        address = fact(base, made.fact)[0].id
        told, put, gone = found.setdefault(address, ([], {}, []))
        told.append(made)
        gone[:] = [key for key in gone if key not in edit.put] + [key for key in edit.gone if key not in gone]
        put.update(edit.put)
        for key in edit.gone:
            put.pop(key, None)
    yield from ((address, *rest) for address, rest in found.items())


def _who(made: Confirmation) -> str:
    """Who stands for it. The remark stays: it is the office's own."""
    return "# " + " ".join(f"{made.office}, {made.by}, read on {made.read_on}".split())


def _key(key: str) -> str:
    return key if _BARE.fullmatch(key) else _value(key)


def _value(value: Any) -> str:
    """A value in TOML: what JSON writes of a text, TOML reads, but for the delete character."""
    match value:
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case date():
            return value.isoformat()
        case str():
            return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
        case list() | tuple():
            return f"[{', '.join(_value(item) for item in value)}]"
        case _:
            raise LawDataError(
                "A patch cannot hold such a value.", where=type(value).__name__, next_step="Use texts, numbers, dates, lists."
            )


def read_patch(text: str, name: str = "patch") -> tuple[Change, ...]:
    """The changes of a patch; raises `LawDataError` for anything that is none. `name` says in errors where the text came from."""
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise LawDataError(f"This is not TOML: {error}.", where=name, next_step="Correct the line.") from error
    if values.get("schema") != SCHEMA or not isinstance(values.get("change", []), list):
        raise LawDataError("This is not a patch of the register.", where=name, next_step="Take the file as the desk exported it.")
    return tuple(_change(row, f"{name}, change {number}") for number, row in enumerate(values.get("change", []), start=1))


def _change(row: Any, where: str) -> Change:
    if not isinstance(row, dict) or set(row) - {"fact", "held", "remove", "set"}:
        raise LawDataError("This is not a change.", where=where, next_step="It holds fact, held, set, and remove where keys go.")
    put, gone = row.get("set", {}), row.get("remove", [])
    sound = isinstance(row.get("fact"), str) and isinstance(row.get("held"), str) and isinstance(put, dict)
    if not sound or not isinstance(gone, list) or not all(isinstance(key, str) for key in gone):
        raise LawDataError("This is not a change.", where=where, next_step="It holds fact, held, set, and remove where keys go.")
    return Change(fact=FactId(row["fact"]), held=row["held"], put=put, gone=tuple(gone))
