"""Merkle trees as in RFC 6962, 2.1: one root for a group of leaves, and for each leaf the path that proves it is under the root.

Leaves come hashed: SHA-256(0x00 ‖ data). A node is SHA-256(0x01 ‖ left ‖ right); the two prefixes keep a node from passing for a leaf. The
tree of n leaves splits at the largest power of two below n, which is the same as pairing level by level and lifting the odd one.
"""

from collections.abc import Sequence
from functools import lru_cache
from hashlib import sha256

from comity.errors import Code
from comity.journal.errors import SealError

HASH_SIZE = 32
DEEPEST = 64
Path = tuple[bytes, ...]


def leaf_hash(data: bytes) -> bytes:
    """The leaf of these bytes: SHA-256(0x00 ‖ data)."""
    return sha256(b"\x00" + data).digest()


def root(leaves: Sequence[bytes]) -> bytes:
    """The root over hashed leaves, in order; of no leaves SHA-256 of nothing. Source: RFC 6962, 2.1."""
    if not leaves:
        return sha256(b"").digest()
    return _levels(leaves)[-1][0]


def path(leaves: Sequence[bytes], index: int) -> Path:
    """The hashes that lead from leaf `index` to the root, nearest first. Source: RFC 6962, 2.1.1."""
    return _path(_levels(leaves), index)


def root_and_paths(leaves: Sequence[bytes]) -> tuple[bytes, tuple[Path, ...]]:
    """The root of a group of at least one leaf and every leaf's path, hashing the tree once."""
    return _root_and_paths(tuple(leaves))


def root_from_path(leaf: bytes, index: int, size: int, path: Path) -> bytes:
    """The root that a leaf and its path lead to; raises `SealError` (bad proof) where the path is not as long as the tree asks.

    Source: RFC 9162, 2.1.3.2.
    """
    if not 0 <= index < size:
        raise SealError(Code.BAD_PROOF, "A leaf's index is below the size of its tree.")
    at, last, node = index, size - 1, leaf
    for other in path:
        if last == 0:
            raise SealError(Code.BAD_PROOF, "This path is longer than its tree is high.")
        if at & 1 or at == last:
            node = sha256(b"\x01" + other + node).digest()
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            node = sha256(b"\x01" + node + other).digest()
        at, last = at >> 1, last >> 1
    if last:
        raise SealError(Code.BAD_PROOF, "This path is shorter than its tree is high.")
    return node


@lru_cache(maxsize=4)
def _root_and_paths(leaves: tuple[bytes, ...]) -> tuple[bytes, tuple[Path, ...]]:
    """Remembered, since a group that arrives is placed and then verified. A node's path is its sibling and its parent's path."""
    levels = _levels(leaves)
    paths: list[Path] = [()]
    for level in reversed(levels[:-1]):
        paths = [(level[index ^ 1], *paths[index >> 1]) if index ^ 1 < len(level) else paths[index >> 1] for index in range(len(level))]
    return levels[-1][0], tuple(paths)


def _levels(leaves: Sequence[bytes]) -> list[Sequence[bytes]]:
    levels = [leaves]
    while len(levels[-1]) > 1:
        below = levels[-1]
        above = [sha256(b"\x01" + below[left] + below[left + 1]).digest() for left in range(0, len(below) - 1, 2)]
        levels.append([*above, below[-1]] if len(below) % 2 else above)
    return levels


def _path(levels: list[Sequence[bytes]], index: int) -> Path:
    found: list[bytes] = []
    for level in levels[:-1]:
        sibling = index ^ 1
        if sibling < len(level):
            found.append(level[sibling])
        index >>= 1
    return tuple(found)
