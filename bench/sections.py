"""What is measured, section by section: each runs processes of its own, one after another, and gives plain values.

A section takes the folder it may use, the counts, a way to tell what it is at, and the moment (`time.monotonic`) after which it begins
nothing more. None asserts anything about its figures.
"""

import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import orjson

from bench.case import Case
from bench.pair import DATABASES, Pair, pair
from tests.postgres import PostgresMissingError, binaries

Tell = Callable[[str], None]
Values = dict[str, Any]
WITHIN = 120.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How much is measured. `cases` are those of SQLite, `postgresql` those repeated there; times are CPU or wall seconds."""

    cases: tuple[Case, ...]
    postgresql: tuple[Case, ...]
    bound_parcels: int
    mebibytes: int
    as2_seconds: float
    warm_seconds: float
    cold_runs: int


_FULL = (
    Case(parcel=1, sealed=1, events=500),
    Case(parcel=1, sealed=1000, events=1000),
    Case(parcel=10, sealed=1000, events=4000),
    Case(parcel=100, sealed=100, events=10_000),
    Case(parcel=1000, sealed=1000, events=30_000),
)
_MORE = (
    Case(parcel=1, sealed=1, events=1000, lanes=16),
    Case(parcel=100, sealed=1, events=1000),
    Case(parcel=1, sealed=1, events=200, matters=100, views=True),
    Case(parcel=100, sealed=100, events=1000, matters=100, views=True),
)
FULL = Counts(cases=_FULL + _MORE, postgresql=_FULL[::-1], bound_parcels=20, mebibytes=512, as2_seconds=8, warm_seconds=3, cold_runs=3)
QUICK = Counts(
    cases=(
        Case(parcel=1, sealed=1, events=200),
        Case(parcel=100, sealed=100, events=3000),
        Case(parcel=1000, sealed=1000, events=6000),
    ),
    postgresql=(Case(parcel=1000, sealed=1000, events=4000),),
    bound_parcels=5,
    mebibytes=64,
    as2_seconds=2,
    warm_seconds=0.5,
    cold_runs=1,
)
TINY = replace(
    QUICK,
    cases=(Case(parcel=10, sealed=20, events=40, matters=4),),
    postgresql=(Case(parcel=10, sealed=20, events=40, matters=4),),
    bound_parcels=1,
    mebibytes=4,
    as2_seconds=0.1,
    warm_seconds=0.01,
)
"""Every piece once, for a test that it runs; its figures mean nothing."""


def exchange(folder: Path, counts: Counts, tell: Tell, until: float, *, rows: bool = True, bound: bool = True) -> Values:
    """The exchange between two nodes on each kind of database, and its bound there."""
    found: Values = {}
    for database in DATABASES:
        if database == "postgresql" and not _postgresql():
            found[database] = {"left_out": "PostgreSQL is not installed."}
            continue
        tell(f"{database}: two offices are made")
        cases = counts.cases if database == "sqlite" else counts.postgresql
        # Half of the time that is left is for the other kind.
        last = until if database == DATABASES[-1] else (time.monotonic() + until) / 2
        with pair(folder, database) as two:
            found[database] = {
                "bound": _bound(two, database, counts, tell) if bound else None,
                "rows": list(_rows(two, database, cases if rows else (), tell, last)),
            }
    return found


def _rows(two: Pair, database: str, cases: Iterable[Case], tell: Tell, until: float) -> Iterator[Values]:
    for case in cases:
        if time.monotonic() < until:
            yield _row(two, database, case, tell)
        else:
            tell(f"{database}: time is up before {case.parcel} a parcel, {case.sealed} under a seal")


def _row(two: Pair, database: str, case: Case, tell: Tell) -> Values:
    views = ", with the desk's views" if case.views else ""
    tell(f"{database}: {case.parcel} a parcel, {case.sealed} under a seal{views}")
    return {**asdict(case), **two.measure(case)}


def _bound(two: Pair, database: str, counts: Counts, tell: Tell) -> Values:
    tell(f"{database}: the bound")
    two.receiver.empty()
    return _read(two.receiver.run("bench.bound", str(counts.bound_parcels)))


def as2(_folder: Path, counts: Counts, tell: Tell, _until: float) -> Values:
    """pyas2lib building, opening and acknowledging messages."""
    tell("pyas2lib")
    return _module("bench.as2", counts.as2_seconds)


def files(folder: Path, counts: Counts, tell: Tell, _until: float) -> Values:
    """Keeping a large paper."""
    tell(f"a paper of {counts.mebibytes} MiB")
    return _module("bench.files", counts.mebibytes, folder)


def law(_folder: Path, counts: Counts, tell: Tell, _until: float) -> Values:
    """Every pair of States and kind of request; of several fresh processes the one in the middle."""
    tell("the law")
    runs = [_module("bench.law", counts.warm_seconds) for _ in range(counts.cold_runs)]
    return sorted(runs, key=lambda run: float(run["cold_seconds"]))[len(runs) // 2]


def _module(name: str, *words: object) -> Values:
    command = [sys.executable, "-m", name, *map(str, words)]
    done = subprocess.run(command, stdout=subprocess.PIPE, stdin=subprocess.DEVNULL, timeout=WITHIN, check=True)
    return _read(done.stdout.decode())


def _read(text: str) -> Values:
    found: Values = orjson.loads(text.strip().rpartition("\n")[2])
    return found


def _postgresql() -> bool:
    try:
        binaries()
    except PostgresMissingError:
        return False
    return True


SECTIONS: Mapping[str, Callable[[Path, Counts, Tell, float], Values]] = {
    "as2": as2,
    "files": files,
    "law": law,
    "exchange": exchange,
}
