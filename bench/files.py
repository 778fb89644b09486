"""Papers: encrypt, hash and keep one large file, against AES-256-GCM and SHA-256 alone on the same data; and the memory that takes.

    python -m bench.files MEBIBYTES FOLDER      prints JSON

Each way reads the same file in pieces of 1 MiB, by turns, and the better of its turns counts, so that neither pays for a cold cache.
"""

import json
import os
import secrets
import sys
import time
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from bench.meter import Memory
from comity.exchange import FileStore

PIECE = 2**20
TURNS = 3


def measure(mebibytes: int, folder: Path) -> dict[str, Any]:
    """GB/s (10⁹ bytes) of both ways, their ratio, and the bytes of memory that keeping took above the idle process."""
    source = folder / "plain"
    with source.open("wb") as file:
        for _ in range(mebibytes):
            file.write(os.urandom(PIECE))
    alone, kept, above = [], [], 0
    for _ in range(TURNS):
        alone.append(_seconds(lambda: _alone(source)))
        store, memory = FileStore(folder / "files"), Memory()
        kept.append(_seconds(lambda store=store: _keep(store, source)))  # type: ignore[misc]  # called at once
        above = max(above, memory.above)
    size = mebibytes * PIECE
    bound, rate = size / min(alone) / 1e9, size / min(kept) / 1e9
    return {"mebibytes": mebibytes, "alone_gb_s": bound, "kept_gb_s": rate, "share": rate / bound, "memory_above_idle": above}


def _seconds(work: Callable[[], None]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _alone(source: Path) -> None:
    cipher, digest = AESGCM(secrets.token_bytes(32)), sha256()
    for number, piece in enumerate(_pieces(source)):
        digest.update(piece)
        cipher.encrypt(number.to_bytes(12), piece, None)


def _keep(store: FileStore, source: Path) -> None:
    paper = store.add(_pieces(source), type="application/octet-stream", title="Evidence", language="ru")
    store.remove(paper.root)


def _pieces(source: Path) -> Iterator[bytes]:
    with source.open("rb", buffering=0) as file:
        while piece := file.read(PIECE):
            yield piece


if __name__ == "__main__":
    print(json.dumps(measure(int(sys.argv[1]), Path(sys.argv[2]))))
