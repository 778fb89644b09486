"""Writing a matter to one `.comity` file that anyone can check without asking an office.

The file is JSON Lines; each line is the canonical form (RFC 8785) of one object and ends with a line feed. In order:

    {"comity":"matter","v":1,"matter":…,"office":…,"at":…}    what this is, who exported it and when
    {"key":{…}}                                               a public seal key
    {"document":"office-card","value":…}                      opaque here: what else helps a reader offline
    {"seal":{…}}                                              a seal; they are numbered from 0 as they come
    {"event":{"header":…,"content":…},"under":n,"place":{…}}  an event and its place under seal n; content null where erased
    {"receipt":…,"under":n,"place":{…}}                       a receipt and its place
    {"paper":{"sha256":…,"size":…,"type":…}}                  a paper; its bytes follow
    {"data":"…"}                                              up to 768 KiB of them in base64
    {"end":"…","seal":{…}}                                    SHA-256 of all bytes before this line, sealed by the exporting office

Papers are read and written piece by piece: memory stays flat for any size. The file appears under its name only when it is whole.
"""

import base64
import hashlib
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from comity import canonical
from comity.canonical import Value
from comity.errors import Code
from comity.journal import merkle
from comity.journal.bundle import Bundle, Paper, named_papers
from comity.journal.errors import ExportError
from comity.journal.fold import depths
from comity.journal.keys import KeyRing, SealKey, Signer
from comity.journal.seal import Placement, Purpose, Seal, SealedEvent, seal_leaves

FORMAT = "matter"
VERSION = 1
PIECE = 768 * 1024
"""Bytes of a paper in one line: a mebibyte in base64."""


def write_export(path: Path, bundle: Bundle, signer: Signer, at: datetime) -> str:
    """Writes the matter to `path`, sealed by the exporting office's signer at `at` (aware), and gives the digest of its last line.

    The signer's own key goes with the bundle's. Raises `ExportError`: not expected (a paper that no event names), unknown key (a seal
    whose key the bundle lacks), bad chunk (a paper whose bytes are not those named); `FoldError` where an event's cause is missing;
    `OSError` from the disk. After any error there is no file.
    """
    keys = _keys(bundle, signer)
    _check_papers(bundle)
    draft = path.with_name(path.name + ".part")
    try:
        with draft.open("wb") as file:
            digest = _write(file, bundle, keys, signer, at)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    return digest


def _keys(bundle: Bundle, signer: Signer) -> tuple[SealKey, ...]:
    keys = {key.id: key for key in (*bundle.keys, signer.key)}
    ring = KeyRing(*keys.values())
    for placement in _placements(bundle):
        said = placement.seal.statement
        if ring.seal_key(said.office, said.key) is None:
            raise ExportError(Code.UNKNOWN_KEY, "A seal whose key does not go with the file cannot be checked from it.", where=said.key)
    return tuple(keys[one] for one in sorted(keys))


def _placements(bundle: Bundle) -> Iterator[Placement]:
    yield from (sealed.placement for sealed in bundle.events)
    yield from (receipt.placement for receipt in bundle.receipts)


def _check_papers(bundle: Bundle) -> None:
    named = named_papers(sealed.event for sealed in bundle.events)
    for paper in bundle.papers:
        if paper.sha256 not in named:
            raise ExportError(Code.NOT_EXPECTED, "No event of this matter names this paper.", where=paper.sha256)


def _write(file: BinaryIO, bundle: Bundle, keys: Iterable[SealKey], signer: Signer, at: datetime) -> str:
    hashing = hashlib.sha256()
    for line in _lines(bundle, keys, signer, at):
        data = canonical.dumps(line) + b"\n"
        hashing.update(data)
        file.write(data)
    seal = seal_leaves(Purpose.EXPORT, [merkle.leaf_hash(hashing.digest())], signer, at)[0].seal
    file.write(canonical.dumps({"end": hashing.hexdigest(), "seal": seal.value()}) + b"\n")
    return hashing.hexdigest()


def _lines(bundle: Bundle, keys: Iterable[SealKey], signer: Signer, at: datetime) -> Iterator[dict[str, Value]]:
    when = canonical.format_time(at.astimezone(UTC))
    yield {"comity": FORMAT, "v": VERSION, "matter": bundle.matter, "office": signer.key.office, "at": when}
    for key in keys:
        yield {"key": key.value()}
    for document in bundle.documents:
        yield {"document": document.kind, "value": document.value}
    seals: dict[bytes, int] = {}
    for sealed in _in_order(bundle.events):
        yield from _new_seal(sealed.placement.seal, seals)
        yield {"event": sealed.event.value(), **_under(sealed.placement, seals)}
    for receipt in bundle.receipts:
        yield from _new_seal(receipt.placement.seal, seals)
        yield {"receipt": receipt.value, **_under(receipt.placement, seals)}
    for paper in bundle.papers:
        yield {"paper": {"sha256": paper.sha256, "size": paper.size, "type": paper.type}}
        for piece in _pieces(paper):
            yield {"data": base64.b64encode(piece).decode("ascii")}


def _in_order(events: Iterable[SealedEvent]) -> list[SealedEvent]:
    by_id = {sealed.id: sealed for sealed in events}
    depth = depths(sealed.event for sealed in by_id.values())
    return sorted(by_id.values(), key=lambda sealed: (depth[sealed.id], sealed.header.office, sealed.header.seq, sealed.id))


def _new_seal(seal: Seal, seals: dict[bytes, int]) -> Iterator[dict[str, Value]]:
    if seal.data not in seals:
        seals[seal.data] = len(seals)
        yield {"seal": seal.value()}


def _under(placement: Placement, seals: dict[bytes, int]) -> dict[str, Value]:
    return {"under": seals[placement.seal.data], "place": placement.place()}


def _pieces(paper: Paper) -> Iterator[bytes]:
    """The paper's bytes in pieces of `PIECE`, the last one shorter; raises `ExportError` (bad chunk) where they are not those named."""
    hashing = hashlib.sha256()
    size = 0
    waiting = bytearray()
    for piece in paper.read():
        hashing.update(piece)
        size += len(piece)
        waiting += piece
        while len(waiting) >= PIECE:
            yield bytes(waiting[:PIECE])
            del waiting[:PIECE]
    if waiting:
        yield bytes(waiting)
    if (size, hashing.hexdigest()) != (paper.size, paper.sha256):
        raise ExportError(Code.BAD_CHUNK, "The bytes of this paper are not those its name says.", where=paper.sha256)
