"""Papers in a folder: encrypted before they touch the disk, in chunks that each prove themselves, whatever their size.

    files/ab/abcd…          the encrypted chunks, end to end; the name is the Merkle root over them
    files/ab/abcd….leaves   the leaf of every chunk (32 bytes each), from which proofs are made
    files/arriving/…        what is not whole yet; swept when it is old

A chunk is AES-256-GCM over 1 MiB of the plain file (the last may be shorter, and is there even for an empty file). Its nonce is its
number (11 bytes) and one byte that is 1 for the last chunk: chunks cannot be exchanged, and a file cut off at a chunk's border does not
decrypt (the STREAM construction). Every paper has a key of its own, so a nonce never comes twice under one key. A leaf is SHA-256(0x00 ‖
encrypted chunk).

One chunk is in memory at a time. A file is named only when it is whole, checked and synced: a cut upload leaves nothing under a name.
"""

import hashlib
import io
import os
import secrets
import shutil
import tempfile
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from comity.errors import Code
from comity.exchange.errors import PaperError
from comity.exchange.paper import PaperRef
from comity.identifiers import FileId, file_id
from comity.journal import SealError, merkle

CHUNK = 2**20
TAG = 16
LEAF = 32
KEY = 32
_ARRIVING = "arriving"
_NO_LEAF = bytes(LEAF)


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How much of a paper is here: `count` chunks in all, and the numbers of those missing, ascending."""

    count: int
    missing: tuple[int, ...]

    @property
    def whole(self) -> bool:
        """Whether nothing is missing."""
        return not self.missing


def chunk_count(size: int) -> int:
    """How many chunks a plain file of this many bytes has; an empty file has one."""
    return max(1, -(-size // CHUNK))


class FileStore:
    """Papers under one folder. Safe for several threads and processes: names appear whole, and always hold the same bytes."""

    def __init__(self, folder: Path, *, randomness: Callable[[int], bytes] = secrets.token_bytes) -> None:
        self.folder = folder
        self._randomness = randomness
        self._finishing = threading.Lock()

    def add(
        self,
        pieces: Iterable[bytes],
        *,
        type: str,  # noqa: A002  # a paper's own word for its media type
        title: str,
        language: str,
        largest: int | None = None,
    ) -> PaperRef:
        """Keeps a paper given in pieces of any size, and how content names it. Raises `PaperError` (too big) above `largest` bytes.

        Whatever raises, also in `pieces`, leaves nothing behind.
        """
        key = self._randomness(KEY)
        with self._draft() as draft:
            plain, size, leaves = _encrypt(pieces, key, draft / "data", largest)
            root = FileId(merkle.root(leaves).hex())
            (draft / "leaves").write_bytes(b"".join(leaves))
            self._name(draft, root)
        return PaperRef(sha256=FileId(plain), size=size, type=type, title=title, language=language, root=root, key=key.hex())

    def read(self, paper: PaperRef) -> Iterator[bytes]:
        """The plain file in chunks. Raises `PaperError`: storage where it is not here, bad chunk where it is not what the content names."""
        cipher, count, digest = AESGCM(bytes.fromhex(paper.key)), chunk_count(paper.size), hashlib.sha256()
        size = 0
        with self._opened(paper.root) as file:
            for index in range(count):
                try:
                    plain = cipher.decrypt(_nonce(index, last=index == count - 1), file.read(CHUNK + TAG), None)
                except (InvalidTag, ValueError) as error:
                    raise PaperError(Code.BAD_CHUNK, f"Chunk {index} of this paper does not decrypt.", where=paper.root) from error
                digest.update(plain)
                size += len(plain)
                yield plain
            if file.read(1) or size != paper.size or digest.hexdigest() != paper.sha256:
                raise PaperError(Code.BAD_CHUNK, "This is not the paper the content names.", where=paper.root)

    def open(self, paper: PaperRef) -> BinaryIO:
        """The plain file as a stream to read, decrypted as it is read; raises `PaperError` as `read` does."""
        return io.BufferedReader(_Plain(self.read(paper)), CHUNK)

    def has(self, root: FileId) -> bool:
        """Whether the paper is here, whole."""
        return self._path(root).exists()

    def remove(self, root: FileId) -> None:
        """Takes a paper's chunks away; nothing happens where they are not here."""
        self._path(root).unlink(missing_ok=True)
        self._leaves(root).unlink(missing_ok=True)
        shutil.rmtree(self._arriving(root), ignore_errors=True)

    def sweep(self, before: datetime) -> int:
        """Removes what began to arrive before this time and was not touched since; how many."""
        old = [path for path in (self.folder / _ARRIVING).glob("*") if _touched(path) < before.timestamp()]
        for path in old:
            shutil.rmtree(path, ignore_errors=True)
        return len(old)

    # Carrying to and from other offices

    def progress(self, root: FileId, size: int) -> Progress:
        """How much of a paper of this plain size is here."""
        count = chunk_count(size)
        if self.has(root):
            return Progress(count=count, missing=())
        leaves = _read_leaves(self._arriving(root) / "leaves", count)
        return Progress(count=count, missing=tuple(index for index, leaf in enumerate(leaves) if leaf == _NO_LEAF))

    def chunks(self, root: FileId, numbers: Sequence[int]) -> Iterator[tuple[int, merkle.Path, bytes]]:
        """Encrypted chunks by number, each with its proof; raises `PaperError` (storage) where the paper is not here."""
        with self._opened(root) as file:
            data = self._leaves(root).read_bytes()
            leaves = [data[start : start + LEAF] for start in range(0, len(data), LEAF)]
            _, paths = merkle.root_and_paths(leaves)
            for number in numbers:
                file.seek(number * (CHUNK + TAG))
                yield number, paths[number], file.read(CHUNK + TAG)

    def put(self, root: FileId, size: int, number: int, path: merkle.Path, data: bytes) -> bool:
        """Keeps a chunk that arrived, and whether the paper is whole now. Raises `PaperError` (bad chunk) for one that proves nothing.

        `size` is of the plain file, from the content that names it: more than that cannot be put.
        """
        count = chunk_count(size)
        if not 0 <= number < count or len(data) != _length(number, count, size):
            raise PaperError(Code.BAD_CHUNK, f"The paper has no chunk {number} of {len(data)} bytes.", where=root)
        leaf = _leaf(data)
        try:
            proved = merkle.root_from_path(leaf, number, count, path).hex() == root
        except SealError:
            proved = False
        if not proved:
            raise PaperError(Code.BAD_CHUNK, f"Chunk {number} is not of this paper.", where=root)
        if self.has(root):
            return True
        self._keep(root, count, number, leaf, data)
        return self._finish(root, count)

    def _keep(self, root: FileId, count: int, number: int, leaf: bytes, data: bytes) -> None:
        place = self._arriving(root)
        place.mkdir(parents=True, exist_ok=True)
        _write_at(place / "data", number * (CHUNK + TAG), data)
        _write_at(place / "leaves", number * LEAF, leaf, length=count * LEAF)

    def _finish(self, root: FileId, count: int) -> bool:
        """Names the paper if every chunk is here.

        What lies on the disk is hashed again: a crash may have kept a leaf and lost its chunk.
        """
        place = self._arriving(root)
        with self._finishing:
            if self.has(root):
                return True
            leaves = _read_leaves(place / "leaves", count)
            if _NO_LEAF in leaves:
                return False
            bad = _differing(place / "data", leaves)
            for number in bad:
                _write_at(place / "leaves", number * LEAF, _NO_LEAF)
            if bad:
                return False
            self._name(place, root)
            with suppress(OSError):
                place.rmdir()
            return True

    def _name(self, draft: Path, root: FileId) -> None:
        path = self._path(root)
        path.parent.mkdir(parents=True, exist_ok=True)
        for name in ("data", "leaves"):
            _sync(draft / name)
        (draft / "leaves").replace(self._leaves(root))
        (draft / "data").replace(path)
        _sync(path.parent)

    @contextmanager
    def _draft(self) -> Iterator[Path]:
        (self.folder / _ARRIVING).mkdir(parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(dir=self.folder / _ARRIVING))
        try:
            yield draft
        finally:
            shutil.rmtree(draft, ignore_errors=True)

    @contextmanager
    def _opened(self, root: FileId) -> Iterator[BinaryIO]:
        try:
            file = self._path(root).open("rb", buffering=0)
        except FileNotFoundError as error:
            raise PaperError(Code.STORAGE, "This paper is not here.", where=root) from error
        with io.BufferedReader(file, CHUNK) as buffered:
            yield buffered

    def _path(self, root: FileId) -> Path:
        return self.folder / root[:2] / file_id(root)

    def _leaves(self, root: FileId) -> Path:
        return self.folder / root[:2] / f"{file_id(root)}.leaves"

    def _arriving(self, root: FileId) -> Path:
        return self.folder / _ARRIVING / file_id(root)


class _Plain(io.RawIOBase):
    """Chunks as a raw stream."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks = chunks
        self._rest = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "bytearray | memoryview") -> int:  # type: ignore[override]  # the base speaks of any writable buffer
        while not self._rest:
            chunk = next(self._chunks, None)
            if chunk is None:
                return 0
            self._rest = memoryview(chunk)
        count = min(len(buffer), len(self._rest))
        buffer[:count] = self._rest[:count]
        self._rest = self._rest[count:]
        return count


def _encrypt(pieces: Iterable[bytes], key: bytes, path: Path, largest: int | None) -> tuple[str, int, list[bytes]]:
    """Writes the encrypted chunks; SHA-256 and size of the plain file, and the leaves. Both hashes run beside reading, cipher and disk."""
    cipher, digest, leaves = AESGCM(key), hashlib.sha256(), list[Future[bytes]]()
    size, hashed = 0, Future[None]()
    hashed.set_result(None)
    with path.open("wb", buffering=0) as file, ThreadPoolExecutor(max_workers=2) as beside:
        for index, (plain, last) in enumerate(_chunked(pieces)):
            size += len(plain)
            if largest is not None and size > largest:
                raise PaperError(Code.TOO_BIG, f"A paper may have {largest} bytes.")
            hashed.result()
            hashed = beside.submit(digest.update, plain)
            sealed = cipher.encrypt(_nonce(index, last=last), plain, None)
            if leaves:
                leaves[-1].result()  # no more than two chunks are in memory
            leaves.append(beside.submit(_leaf, sealed))
            file.write(sealed)
        hashed.result()
    return digest.hexdigest(), size, [leaf.result() for leaf in leaves]


def _chunked(pieces: Iterable[bytes]) -> Iterator[tuple[bytes | memoryview, bool]]:
    """Pieces of any size as chunks of 1 MiB, each with whether it is the last. What is a whole chunk of one piece is not copied."""
    whole: bytes | memoryview = b""
    begun = bytearray()
    for piece in pieces:
        rest = memoryview(piece)
        while rest:
            if whole:
                yield whole, False
                whole = b""
            if not begun and len(rest) >= CHUNK:
                whole, rest = rest[:CHUNK], rest[CHUNK:]
                continue
            room = CHUNK - len(begun)
            begun += rest[:room]
            rest = rest[room:]
            if len(begun) == CHUNK:
                whole, begun = bytes(begun), bytearray()
    yield whole or bytes(begun), True


def _nonce(index: int, *, last: bool) -> bytes:
    return index.to_bytes(11) + (b"\x01" if last else b"\x00")


def _leaf(data: bytes) -> bytes:
    digest = hashlib.sha256(b"\x00")
    digest.update(data)
    return digest.digest()


def _length(number: int, count: int, size: int) -> int:
    return (CHUNK if number < count - 1 else size - (count - 1) * CHUNK) + TAG


def _read_leaves(path: Path, count: int) -> list[bytes]:
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        data = b""
    data = data.ljust(count * LEAF, b"\x00")
    return [data[start : start + LEAF] for start in range(0, count * LEAF, LEAF)]


def _differing(path: Path, leaves: Sequence[bytes]) -> list[int]:
    with path.open("rb") as file:
        return [number for number, leaf in enumerate(leaves) if _leaf(file.read(CHUNK + TAG)) != leaf]


def _write_at(path: Path, offset: int, data: bytes, *, length: int = 0) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT, 0o600)
    try:
        if length and os.fstat(handle).st_size < length:
            os.truncate(handle, length)
        os.pwrite(handle, data, offset)
    finally:
        os.close(handle)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _touched(path: Path) -> float:
    with suppress(OSError):
        return max(one.stat().st_mtime for one in (path, *path.glob("*")))
    return float("inf")
