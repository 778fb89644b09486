"""The bound: what any receiver must do for a parcel of a thousand events, done by the bare libraries in one process without a network.

    python -m bench.bound PARCELS       into the store of COMITY_HOME and COMITY_DATABASE_URL, which must be empty; prints JSON

Parse (orjson, and the canonical bytes of each header and content anew), hash (each content with its salt, each leaf, the tree), verify
(one Ed25519 and one ML-DSA-65 signature over the root), commit (the rows of the events, into the table and indexes of the store, durable).
No encryption, no compression, no checks of who may say what, no receipt, no outbox: so the exchange cannot be as fast.
"""

import json
import os
import sqlite3
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any

import orjson
import psycopg
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA65PrivateKey

from bench.payload import content
from comity.desk.environment import PRAGMAS

GROUP = 1000
MATTERS = 50
COLUMNS = ("event", "matter", "office", "seq", "act", "internal", "rival", "header", "salt", "content", "seal_id", "leaf", "path")
TYPES = ("bytea", "bytea", "varchar", "int8", "varchar", "bool", "bool", "bytea", "bytea", "bytea", "bytea", "int4", "bytea")
Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class _Group:
    """A parcel's events as lines of JSON, and the two signatures over their root."""

    lines: bytes
    signatures: tuple[bytes, bytes]


class _Keys:
    def __init__(self) -> None:
        self._one, self._two = Ed25519PrivateKey.generate(), MLDSA65PrivateKey.generate()
        self._public = self._one.public_key(), self._two.public_key()

    def sign(self, root: bytes) -> tuple[bytes, bytes]:
        return self._one.sign(root), self._two.sign(root)

    def verify(self, signatures: tuple[bytes, bytes], root: bytes) -> None:
        for key, signature in zip(self._public, signatures, strict=True):
            key.verify(signature, root)


def measure(count: int, commit: Callable[[Sequence[Row]], None]) -> dict[str, Any]:
    """Events a second of `count` groups, and CPU and wall µs an event of each part."""
    keys = _Keys()
    groups = _groups(count + 1, keys)
    spent = dict.fromkeys(("parse", "hash", "verify", "commit"), 0.0)
    _take(groups[0], keys, commit, dict(spent))  # caches are warm before anything is measured
    cpu = time.process_time()
    for group in groups[1:]:
        _take(group, keys, commit, spent)
    seconds, cpu = sum(spent.values()), time.process_time() - cpu
    events = count * GROUP
    parts = {name: value / events * 1e6 for name, value in spent.items()}
    return {"events": events, "seconds": seconds, "per_second": events / seconds, "cpu_us": cpu / events * 1e6, "parts_us": parts}


def _take(group: _Group, keys: _Keys, commit: Callable[[Sequence[Row]], None], spent: dict[str, float]) -> None:
    marks = [time.perf_counter()]
    values = [orjson.loads(line) for line in group.lines.split(b"\n")]
    parsed = [(orjson.dumps(one["header"], option=orjson.OPT_SORT_KEYS), *_said(one), one["header"]) for one in values]
    marks.append(time.perf_counter())
    leaves = [_checked(*one) for one in parsed]
    root = _root(leaves)
    marks.append(time.perf_counter())
    keys.verify(group.signatures, root)
    marks.append(time.perf_counter())
    commit([_row(leaf, index, *one) for index, (leaf, one) in enumerate(zip(leaves, parsed, strict=True))])
    marks.append(time.perf_counter())
    for name, (before, after) in zip(("parse", "hash", "verify", "commit"), pairwise(marks), strict=True):
        spent[name] += after - before


def _said(value: Any) -> tuple[bytes, bytes]:
    return bytes.fromhex(value["salt"]), orjson.dumps(value["content"], option=orjson.OPT_SORT_KEYS)


def _checked(data: bytes, salt: bytes, said: bytes, header: Any) -> bytes:
    if sha256(salt + said).hexdigest() != header["body"]:
        raise ValueError("the content is not the one signed")
    return sha256(b"\x00" + data).digest()


def _root(level: list[bytes]) -> bytes:
    while len(level) > 1:
        odd = level[-1:] if len(level) % 2 else []
        level = [sha256(b"\x01" + level[at] + level[at + 1]).digest() for at in range(0, len(level) - 1, 2)] + odd
    return level[0]


def _row(leaf: bytes, index: int, data: bytes, salt: bytes, said: bytes, header: Any) -> Row:  # noqa: PLR0917  # the parts of one row
    matter = bytes.fromhex(header["matter"].replace("-", ""))
    return (leaf, matter, header["office"], header["seq"], header["act"], False, False, data, salt, said, bytes(32), index, bytes(320))


def _groups(count: int, keys: _Keys) -> list[_Group]:
    random = Random(11)
    return [_group(random, number, keys) for number in range(count)]


def _group(random: Random, number: int, keys: _Keys) -> _Group:
    lines, leaves = [], []
    for index in range(GROUP):
        at = number * GROUP + index
        salt, said = random.randbytes(32), content(random, at)
        data = orjson.dumps(said, option=orjson.OPT_SORT_KEYS)
        header = _header(random, at, sha256(salt + data).hexdigest())
        leaves.append(sha256(b"\x00" + orjson.dumps(header, option=orjson.OPT_SORT_KEYS)).digest())
        lines.append(orjson.dumps({"content": said, "header": header, "salt": salt.hex()}))
    return _Group(b"\n".join(lines), keys.sign(_root(leaves)))


def _header(random: Random, at: int, body: str) -> dict[str, Any]:
    return {
        "v": 1,
        "matter": f"019a0000-0000-7000-8000-{at % MATTERS:012x}",
        "office": "kz-gpo",
        "seq": at // MATTERS,
        "prev": random.randbytes(32).hex(),
        "seen": [],
        "act": "message.written/1",
        "at": "2026-11-22T08:00:00Z",
        "body": body,
    }


def sqlite(home: Path, count: int) -> dict[str, Any]:
    """The bound on SQLite, with the pragmas of the store."""
    sql = f"INSERT INTO record_event ({', '.join(COLUMNS)}) VALUES ({', '.join('?' * len(COLUMNS))})"
    with closing(sqlite3.connect(home / "desk.sqlite3", isolation_level=None)) as connection:
        for pragma in PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")

        def commit(rows: Sequence[Row]) -> None:
            connection.execute("BEGIN IMMEDIATE")
            connection.executemany(sql, rows)
            connection.execute("COMMIT")

        return measure(count, commit)


def postgresql(url: str, count: int) -> dict[str, Any]:
    """The bound on PostgreSQL, by its quickest way in: a binary COPY a group."""
    with psycopg.connect(url) as connection:

        def commit(rows: Sequence[Row]) -> None:
            with connection.cursor() as cursor, cursor.copy(f"COPY record_event ({', '.join(COLUMNS)}) FROM STDIN (FORMAT BINARY)") as copy:
                copy.set_types(TYPES)
                for row in rows:
                    copy.write_row(row)
            connection.commit()

        return measure(count, commit)


def main(parcels: str) -> None:
    """The module's command."""
    url = os.environ.get("COMITY_DATABASE_URL")
    print(json.dumps(postgresql(url, int(parcels)) if url else sqlite(Path(os.environ["COMITY_HOME"]), int(parcels))))


if __name__ == "__main__":
    main(*sys.argv[1:])
