"""Puts what an office confirmed over the shared register, for this office's answers alone.

The release stays that of the shared register, and the shared files stay as they are. A confirmation of a fact makes it verified by the
office: its source is the confirmation's, nothing in it is unverified any more. A confirmation of one key does so for that key. A correction
that the loader would refuse is refused, in the same words. What the shared register no longer holds as it was read is stale and does not
count; what it took over needs no overlay.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from comity.canonical import Value
from comity.law.addresses import Fact, digest, fact, labels, rows
from comity.law.confirmation import Confirmation, FactId
from comity.law.load import reassembled
from comity.law.model import Confidence, LawDataError, Register, RegisterFile

__all__ = ["Confirmation", "FactId", "adopted", "confirmed", "confirmed_by", "overlaid", "stale"]

LISTS = ("unverified_fields", "computed_fields")
DAYS = frozenset(
    (
        *("signed", "ratified", "deposited", "in_force", "in_force_not_earlier_than", "in_force_not_later_than", "withdrawn"),
        *("withdrawn_not_later_than", "suspended_from", "suspended_until", "kz_law_date", "adopted", "opened", "entry_into_force", "date"),
        *("since", "since_not_earlier_than", "since_not_later_than", "until", "compiled", "on", "instead_of"),
    )
)
"""Keys that hold a date; a test compares them with what the loader reads."""
_OPEN = ("source", "confidence", "note", *LISTS)


def confirmed(register: Register, address: FactId, **said: Any) -> Confirmation:
    """A confirmation of a fact, or of one key of it, as the shared register holds it now. `said`: the other fields of `Confirmation`."""
    found, _ = fact(shared(register), address)
    return Confirmation(fact=address, release=register.release, held=digest(found), **said)


def shared(register: Register) -> Register:
    """The register as every office has it."""
    return register if not register.overlay else reassembled(register, register.shared, ())


def overlaid(register: Register, confirmations: Iterable[Confirmation]) -> Register:
    """The shared register with the confirmations over it, the earliest first. Raises `LawDataError` as the loader does."""
    base = shared(register)
    counting = tuple(made for made in in_order(confirmations) if _counts(base, made))
    if not counting:
        return base
    files = dict(base.files)
    for made in counting:
        apply(files, _edit(base, files, made))
    return reassembled(base, files, counting)


def stale(register: Register, confirmations: Iterable[Confirmation]) -> tuple[Confirmation, ...]:
    """Those whose fact the shared register no longer holds as it was read, nor as it was confirmed."""
    base = shared(register)
    return tuple(made for made in in_order(confirmations) if not _fresh(base, made) and not _taken_over(base, made))


def adopted(register: Register, confirmations: Iterable[Confirmation]) -> tuple[Confirmation, ...]:
    """Those that the shared register has taken over: it holds the fact verified, as it was confirmed."""
    base = shared(register)
    return tuple(made for made in in_order(confirmations) if _taken_over(base, made))


def confirmed_by(register: Register, address: FactId) -> Confirmation | None:
    """The last confirmation in force of a fact, of the fact a key belongs to, or of a key of the fact."""
    found, _ = fact(register, address)
    mine = (address, found.id) if address != found.id else (found.id, *(found.key(key) for key in found.keys))
    return next((made for made in reversed(register.overlay) if made.fact in mine), None)


def in_order(confirmations: Iterable[Confirmation]) -> tuple[Confirmation, ...]:
    """By the time they were sealed; those not sealed yet last."""
    return tuple(sorted(confirmations, key=lambda made: (not made.at, made.at, made.event)))


def _counts(base: Register, made: Confirmation) -> bool:
    return _fresh(base, made) and not _taken_over(base, made)


def _found(base: Register, made: Confirmation) -> tuple[Fact, str | None] | None:
    try:
        return fact(base, made.fact)
    except LawDataError:
        return None


def _fresh(base: Register, made: Confirmation) -> bool:
    found = _found(base, made)
    return found is not None and (digest(found[0]) == made.held if made.held else made.release == base.release)


def _taken_over(base: Register, made: Confirmation) -> bool:
    found = _found(base, made)
    if found is None or made.release == base.release or found[0].confidence is not Confidence.VERIFIED:
        return False
    held, key = found
    if (key in held.unverified) if key else held.unverified:
        return False
    return bool(made.values) and all(held.keys.get(name) == value for name, value in made.values.items())


# What a confirmation does to the values of a table


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """What changes in one table of a file: keys to set, with the values a file holds (dates as dates), and keys to take away."""

    file: str
    table: str
    index: int | None
    put: Mapping[str, Any]
    gone: tuple[str, ...]


def edits(register: Register, confirmations: Iterable[Confirmation]) -> Iterator[tuple[Confirmation, Edit]]:
    """What each confirmation that counts does to the shared files, one upon the other."""
    base = shared(register)
    files = dict(base.files)
    for made in in_order(confirmations):
        if _counts(base, made):
            edit = _edit(base, files, made)
            apply(files, edit)
            yield made, edit


def _edit(base: Register, files: Mapping[str, RegisterFile], made: Confirmation) -> Edit:
    found, key = fact(base, made.fact)
    index = next(row.index for row in rows(base.files[found.file].values) if row.id == found.id)
    now = _table(files[found.file].values, found.table, index)
    change = _of_key(made, now, key) if key else _of_whole(made, now)
    held = {name: typed(name, value) for name, value in change.items() if value is not None}
    return Edit(
        file=found.file, table=found.table, index=index, put=held, gone=tuple(name for name, value in change.items() if value is None)
    )


def _of_whole(made: Confirmation, now: Mapping[str, Any]) -> dict[str, Value]:
    """The fact is what was read: everything in it is verified."""
    lists: dict[str, Value] = dict.fromkeys(name for name in LISTS if name in now)
    return {**lists, **made.values, "source": made.source, "confidence": Confidence.VERIFIED.value}


def _of_key(made: Confirmation, now: Mapping[str, Any], key: str) -> dict[str, Value]:
    """This key was read; the others stay as sure as they were."""
    if set(made.values) - {key}:
        raise LawDataError("It confirms one key and corrects others.", where=made.fact, next_step="Confirm the whole fact instead.")
    if "/" in key:
        raise LawDataError(
            "A key of a table within a fact is not confirmed alone.", where=made.fact, next_step="Confirm the whole fact instead."
        )
    verified = now.get("confidence") == Confidence.VERIFIED
    open_before = now.get(LISTS[0], ()) if verified else tuple(name for name in now if name not in (*_OPEN, "state"))
    change: dict[str, Value] = {
        **made.values,
        "confidence": Confidence.VERIFIED.value,
        "source": _both(now.get("source"), made, verified=verified),
    }
    change[LISTS[0]] = [name for name in open_before if name != key] or None
    change[LISTS[1]] = [name for name in now.get(LISTS[1], ()) if name != key] or None
    return {name: value for name, value in change.items() if value is not None or name in now or name in made.values}


def _both(before: Any, made: Confirmation, *, verified: bool) -> str:
    return f"{before}; {made.source}" if verified and before and made.source not in str(before) else made.source


def apply(files: dict[str, RegisterFile], edit: Edit) -> None:
    """Puts an edit into copies of the files; the values given stay as they are."""
    file = files[edit.file]
    values = dict(file.values)
    if edit.index is None:
        _change(values, edit)
    else:
        table = list(values[edit.table])
        table[edit.index] = row = dict(table[edit.index])
        values[edit.table] = table
        _change(row, edit)
    files[edit.file] = RegisterFile(name=file.name, values=values)


def _change(row: dict[str, Any], edit: Edit) -> None:
    for path, value in edit.put.items():
        inner, key = _within(row, path)
        inner[key] = value
    for path in edit.gone:
        inner, key = _within(row, path)
        inner.pop(key, None)


def _within(row: dict[str, Any], path: str) -> tuple[dict[str, Any], str]:
    """The table within a row that a path such as `party/AM/since` leads to, copied in its place, and the key."""
    if "/" not in path:
        return row, path
    table, _, rest = path.partition("/")
    label, _, key = rest.rpartition("/")
    held = row.get(table)
    known = labels(table, held) if isinstance(held, list) else ()
    if label not in known:
        raise LawDataError("The fact has no such table within it.", where=path, next_step="Write the path as party/AM/since.")
    row[table] = copies = list(held or ())
    copies[known.index(label)] = inner = dict(copies[known.index(label)])
    return inner, key


def _table(file: Mapping[str, Any], table: str, index: int | None) -> Mapping[str, Any]:
    found: Mapping[str, Any] = file if index is None else file[table][index]
    return found


def typed(path: str, value: Value) -> Any:
    """A plain value as a file holds it: a date for the keys that are dates, dates for the days of a holiday."""
    name = path.rpartition("/")[2]
    if name == "days" and isinstance(value, list | tuple):
        return [_day(item) for item in value]
    return _day(value) if name in DAYS else value


def _day(value: Value) -> Any:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else value
    except ValueError:
        return value  # the loader says what is wrong with it
