"""A road that people walk: parcels, receipts and chunks as files in a folder that is carried, mirrored or mounted.

    <folder>/<recipient>/<sender>.<parcel>.comity-parcel        the parcel's bytes, as on every road
    <folder>/<recipient>/<sender>.<parcel>.comity-receipt       the sealed receipt, back to the parcel's sender
    <folder>/<recipient>/<sender>.<root>.<number>.comity-chunk  {"path": [hex…]}⏎ and the encrypted chunk

A file is written under another name and renamed, so a reader never sees half of one; it is taken away only after what it says is durable.
A parcel gets no receipt at once: `send` answers None, and `collect` brings what came back.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import orjson

from comity.errors import Code
from comity.exchange.errors import TransportError
from comity.exchange.files import CHUNK, TAG, Progress, chunk_count
from comity.exchange.parcel import LARGEST_PARCEL
from comity.identifiers import FileId, IdentifierError, OfficeId, ParcelId, file_id, office_id, parcel_id
from comity.journal.merkle import Path as Proof

LARGEST_FILE = max(LARGEST_PARCEL, CHUNK + TAG + 8192)


class Kind(StrEnum):
    """What a file in the folder is, by its suffix."""

    PARCEL = "comity-parcel"
    RECEIPT = "comity-receipt"
    CHUNK = "comity-chunk"


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One file that came for us. `name` is the parcel's id or `<root>.<number>`; call `FolderTransport.done` once it is durable here."""

    kind: Kind
    sender: OfficeId
    name: str
    path: Path
    data: bytes


class FolderTransport:
    """See `Transport`; and the other half, `collect`, `answer` and `done`, for the files that come."""

    def __init__(self, folder: Path, me: OfficeId) -> None:
        self.folder = folder
        self._me = me

    def send(self, recipient: OfficeId, parcel: ParcelId, data: bytes) -> bytes | None:
        """See `Transport`: always None."""
        self._write(recipient, parcel, Kind.PARCEL, data)
        return None

    def progress(self, recipient: OfficeId, root: FileId, size: int) -> Progress:
        """See `Transport`. What lies in the folder counts as carried; what the recipient has taken out of it cannot be seen."""
        count = chunk_count(size)
        missing = (number for number in range(count) if not self._path(recipient, f"{root}.{number}", Kind.CHUNK).exists())
        return Progress(count=count, missing=tuple(missing))

    def put(self, recipient: OfficeId, root: FileId, number: int, path: Proof, data: bytes) -> bool:
        """See `Transport`. Always False: whether the recipient has the paper is not known on this road."""
        proof = orjson.dumps({"path": [one.hex() for one in path]})
        self._write(recipient, f"{root}.{number}", Kind.CHUNK, b"\n".join((proof, data)))
        return False

    def close(self) -> None:
        """See `Transport`."""

    def answer(self, sender: OfficeId, parcel: ParcelId, receipt: bytes) -> None:
        """Puts the receipt of a parcel on its way back."""
        self._write(sender, parcel, Kind.RECEIPT, receipt)

    def collect(self) -> Iterator[Delivery]:
        """What came for us, parcels before chunks. Files of other names, or too big, are left where they are."""
        for kind in (Kind.RECEIPT, Kind.PARCEL, Kind.CHUNK):
            for path in sorted((self.folder / self._me).glob(f"*.{kind.value}")):
                delivery = _delivery(path, kind)
                if delivery is not None:
                    yield delivery

    def done(self, delivery: Delivery) -> None:
        """Takes a file away that is durable here."""
        delivery.path.unlink(missing_ok=True)

    def refuse(self, delivery: Delivery) -> None:
        """Sets a file aside that will never be taken, under a name that is not collected again; people may look at it."""
        delivery.path.replace(delivery.path.with_name(f"{delivery.path.name}.refused"))

    def _path(self, recipient: OfficeId, name: str, kind: Kind) -> Path:
        return self.folder / recipient / f"{self._me}.{name}.{kind.value}"

    def _write(self, recipient: OfficeId, name: str, kind: Kind, data: bytes) -> None:
        path = self._path(recipient, name, kind)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            draft = path.with_name(f".{path.name}")
            draft.write_bytes(data)
            draft.replace(path)
        except OSError as error:
            raise TransportError(Code.STORAGE, "The folder cannot be written.", retry=True, where=recipient) from error


def read_chunk(data: bytes) -> tuple[Proof, bytes] | None:
    """The proof and the encrypted chunk of a chunk's bytes on the road, or None where they are not of that form."""
    line, found, chunk = data.partition(b"\n")
    try:
        path = tuple(bytes.fromhex(one) for one in orjson.loads(line)["path"])
    except (orjson.JSONDecodeError, KeyError, TypeError, ValueError):
        return None
    return (path, chunk) if found else None


def _delivery(path: Path, kind: Kind) -> Delivery | None:
    try:
        sender, _, name = path.name.removesuffix(f".{kind.value}").partition(".")
        _check_name(name, kind)
        if path.stat().st_size > LARGEST_FILE:
            return None
        return Delivery(kind=kind, sender=office_id(sender), name=name, path=path, data=path.read_bytes())
    except (IdentifierError, ValueError, OSError):
        return None


def _check_name(name: str, kind: Kind) -> None:
    if kind is Kind.CHUNK:
        root, _, number = name.partition(".")
        file_id(root)
        int(number)
    else:
        parcel_id(name)
