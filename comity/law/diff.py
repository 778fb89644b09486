"""What changed between two registers, in law terms, and which answers that touches.

A change is told of a fact: added, removed, changed in what it says, now verified or no longer, read in another source, or only worded
otherwise. A fact that got another address by the change itself (its article is known now) is one change, not two.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from enum import StrEnum
from typing import Any

from comity.canonical import Value
from comity.law.addresses import Fact, facts, plain
from comity.law.basis import Basis
from comity.law.confirmation import FactId
from comity.law.model import Confidence, Register, RegisterFile, UnknownWordError
from comity.law.resolve import resolve
from comity.law.rests import rests_on


class LegalChangeKind(StrEnum):
    """How a fact changed, the gravest first."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    VERIFIED = "verified"
    NO_LONGER_VERIFIED = "no-longer-verified"
    SOURCE = "source"
    WORDING = "wording"


ONLY_WORDS = frozenset({LegalChangeKind.SOURCE, LegalChangeKind.WORDING})
"""The kinds that change no answer."""
_SAID = re.compile(r"note|summary|competence|unit|use|en|ru|(title|short|summary|text|settles|label|why|rule|name|law|note)_(en|ru|kk)")
"""Keys that are for people alone: no answer is another one for their words."""
_ALIKE = 2
HEAD = "instrument"
"""The table name of what a file says of its instrument: its days, its kinds, its convention."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyChange:
    """One key of a fact: its value before and after, None where there is none."""

    key: str
    before: Value
    after: Value


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalChange:
    """What became of one fact. `before` or `after` is None for a fact that was added or removed; `keys` are those that differ."""

    kind: LegalChangeKind
    before: Fact | None
    after: Fact | None
    keys: tuple[KeyChange, ...] = ()

    @property
    def fact(self) -> Fact:
        """The fact as it is now, or as it was."""
        found = self.after or self.before
        if found is None:
            raise ValueError("A change is of a fact.")
        return found

    @property
    def addresses(self) -> frozenset[FactId]:
        """Where the fact stood, and stands."""
        return frozenset(one.id for one in (self.before, self.after) if one)


def diff(before: Register, after: Register) -> tuple[LegalChange, ...]:
    """Every change of a fact, of an instrument and of the words from one register to the other, by file, the gravest first."""
    old, new = _all(before), _all(after)
    lost = {address: fact for address, fact in old.items() if address not in new}
    came = {address: fact for address, fact in new.items() if address not in old}
    moved = dict(_moved(lost, came))
    found = [
        *(_change(old[address], new[address]) for address in old if address in new),
        *(_change(lost[source], came[target]) for source, target in moved.items()),
        *(LegalChange(kind=LegalChangeKind.REMOVED, before=fact, after=None) for address, fact in lost.items() if address not in moved),
        *(
            LegalChange(kind=LegalChangeKind.ADDED, before=None, after=fact)
            for address, fact in came.items()
            if address not in moved.values()
        ),
    ]
    ranks = list(LegalChangeKind)
    told = (change for change in found if change is not None)
    return tuple(sorted(told, key=lambda change: (change.fact.file, ranks.index(change.kind), change.fact.id)))


def _all(register: Register) -> Mapping[FactId, Fact]:
    """The facts, and what has no source of its own: heads of files, words and fields."""
    return {**facts(register), **{one.id: one for name, file in register.files.items() for one in _beside(name, file)}}


def _beside(name: str, file: RegisterFile) -> Iterator[Fact]:
    if "tier" in file.values:
        yield _without_source(name, HEAD, name, {key: value for key, value in file.values.items() if not _tables(value)})
    for table, label in (("word", ("group", "code")), ("field", ("name",))):
        for row in file.values.get(table, ()) if table in file.values else ():
            yield _without_source(name, table, "/".join(str(row[key]) for key in label), row)


def _tables(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and isinstance(value[0], dict)


def _without_source(file: str, table: str, label: str, values: Mapping[str, Any]) -> Fact:
    keys = {key: plain(value) for key, value in values.items() if key not in {"schema", "id", "sources"}}
    sources = "; ".join(values.get("sources", ()))
    address = FactId(f"{file}/{table}/{label}")
    return Fact(id=address, file=file, table=table, label=label, keys=keys, source=sources, confidence=Confidence.VERIFIED)


def _moved(lost: Mapping[FactId, Fact], came: Mapping[FactId, Fact]) -> Iterator[tuple[FactId, FactId]]:
    """Facts of one table that say mostly the same under another address."""
    free = dict(came)
    for address, fact in lost.items():
        near = {target: _shared(fact, other) for target, other in free.items() if (other.file, other.table) == (fact.file, fact.table)}
        best = max(near, key=lambda target: near[target], default=None)
        if best is not None and near[best] * _ALIKE > len(fact.keys) and near[best] >= _ALIKE:
            yield address, best
            del free[best]


def _shared(one: Fact, other: Fact) -> int:
    """How many keys two facts hold alike; two States are never one."""
    if one.keys.get("state") != other.keys.get("state"):
        return 0
    return sum(other.keys.get(key) == value for key, value in one.keys.items())


def _change(before: Fact, after: Fact) -> LegalChange | None:
    names = dict.fromkeys((*before.keys, *after.keys))
    keys = tuple(
        KeyChange(key=key, before=before.keys.get(key), after=after.keys.get(key))
        for key in names
        if before.keys.get(key) != after.keys.get(key)
    )
    kind = _kind(before, after, keys)
    return LegalChange(kind=kind, before=before, after=after, keys=keys) if kind else None


def _kind(before: Fact, after: Fact, keys: tuple[KeyChange, ...]) -> LegalChangeKind | None:
    if any(not words_only(change.key) for change in keys):
        return LegalChangeKind.CHANGED
    if before.doubtful != after.doubtful:
        return LegalChangeKind.NO_LONGER_VERIFIED if after.doubtful else LegalChangeKind.VERIFIED
    if (before.unverified, before.computed) != (after.unverified, after.computed):
        more = set(after.unverified) - set(before.unverified)
        return LegalChangeKind.NO_LONGER_VERIFIED if more else LegalChangeKind.VERIFIED
    if keys:
        return LegalChangeKind.WORDING
    return LegalChangeKind.SOURCE if before.source != after.source else None


def words_only(key: str) -> bool:
    """Whether a key is for people alone: no answer is another one for its words."""
    return _SAID.fullmatch(key.rpartition("/")[2]) is not None


# Which answers a change touches


@dataclass(frozen=True, slots=True, kw_only=True)
class Touch:
    """What a change of the register does to one answer. `another`: it says something else in law; `changes`: those of facts it rests on."""

    another: bool
    changes: tuple[LegalChange, ...]


def touch(changes: Iterable[LegalChange], basis: Basis, before: Register, after: Register) -> Touch | None:
    """What the changes do to an answer given by `before`; None where it says the same and rests on nothing that changed.

    Other sources and other words alone touch no answer.
    """
    now = _again(basis, after)
    resting = rests_on(before, basis) | (rests_on(after, now) if now else frozenset())
    found = tuple(change for change in changes if change.kind not in ONLY_WORDS and change.addresses & resting)
    another = now is None or in_law(basis) != in_law(now)
    return Touch(another=another, changes=found) if another or found else None


def touches(changes: Iterable[LegalChange], basis: Basis, before: Register, after: Register) -> bool:
    """Whether the changes touch an answer given by `before`, as `touch` says."""
    return touch(changes, basis, before, after) is not None


def _again(basis: Basis, register: Register) -> Basis | None:
    try:
        return resolve(register, basis.requesting, basis.requested, basis.kind, basis.on, basis.offence_area)
    except UnknownWordError:
        return None


_NOT_LAW = frozenset({"source", "confidence", "verified", "computed", "note", "fact", "register", "summary", "summary_ru"})


def in_law(value: Any) -> Any:
    """A value of an answer without where it was read, how it is worded and from which release: two answers equal in this are one in law."""
    if is_dataclass(value) and not isinstance(value, type):
        return tuple(in_law(getattr(value, field.name)) for field in fields(value) if field.name not in _NOT_LAW)
    if isinstance(value, Mapping):
        return tuple(sorted((str(key), in_law(item)) for key, item in value.items()))
    return tuple(in_law(item) for item in value) if isinstance(value, tuple) else value
