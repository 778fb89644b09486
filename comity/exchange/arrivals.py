"""Papers that arrive: only those an event of the peer names, each chunk checked, the paper noted as here when it is whole."""

from collections.abc import Callable
from datetime import datetime

from comity.errors import Code
from comity.exchange.errors import PaperError
from comity.exchange.files import FileStore, Progress
from comity.exchange.store import ExchangeStore
from comity.identifiers import FileId, OfficeId
from comity.journal.merkle import Path as Proof

_REMEMBERED = 1024


class Arrivals:
    """Where peers bring papers. Thread-safe; raises `PaperError`: not expected, bad chunk."""

    def __init__(self, store: ExchangeStore, files: FileStore, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._files = files
        self._clock = clock
        self._sizes: dict[tuple[OfficeId, FileId], int] = {}

    def progress(self, peer: OfficeId, root: FileId) -> Progress:
        """How much of the paper is here."""
        return self._files.progress(root, self._size(peer, root))

    def put(self, peer: OfficeId, root: FileId, number: int, path: Proof, data: bytes) -> bool:
        """Keeps one encrypted chunk; whether the paper is whole now."""
        whole = self._files.put(root, self._size(peer, root), number, path, data)
        if whole:
            with self._store.write() as unit:
                unit.file_arrived(root, self._clock())
        return whole

    def _size(self, peer: OfficeId, root: FileId) -> int:
        known = self._sizes.get((peer, root))
        if known is None:
            known = self._look(peer, root)
            if len(self._sizes) >= _REMEMBERED:
                self._sizes.clear()
            self._sizes[peer, root] = known
        return known

    def _look(self, peer: OfficeId, root: FileId) -> int:
        with self._store.read() as unit:
            for entry in unit.expected(root):
                if entry.peer == peer:
                    return entry.size
        raise PaperError(Code.NOT_EXPECTED, "No event of this office names such a paper.", where=root)
