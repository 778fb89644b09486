"""The seam between a courier and a road: HTTPS, a folder that people carry, or memory. Every road keeps `tests/contracts/transport.py`."""

from typing import Protocol

from comity.exchange.files import Progress
from comity.identifiers import FileId, OfficeId, ParcelId
from comity.journal.merkle import Path as Proof


class Transport(Protocol):
    """One road. Each method raises `TransportError`, whose `retry` says whether the same may do better later. Safe for several threads."""

    def send(self, recipient: OfficeId, parcel: ParcelId, data: bytes) -> bytes | None:
        """Carries a parcel and brings its sealed receipt; None where the receipt comes by itself later."""

    def progress(self, recipient: OfficeId, root: FileId, size: int) -> Progress:
        """How much of a paper of this plain size the recipient has."""

    def put(self, recipient: OfficeId, root: FileId, number: int, path: Proof, data: bytes) -> bool:
        """Carries one encrypted chunk with its proof; whether the recipient has the whole paper now."""

    def close(self) -> None:
        """Gives back what is held open."""
