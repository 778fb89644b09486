"""One matter with everything that proves it: what an export carries and a check looks at.

Office cards and receipts are opaque here: `comity.trust` and `comity.exchange` define them. A receipt's leaf is SHA-256(0x00 ‖ its
canonical value), as an event's is of its header. A paper is named in an event's content by an object with (at least) `sha256`, `size` and
`type`.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from comity import canonical
from comity.canonical import Value
from comity.identifiers import EventId, FileId, MatterId
from comity.journal import merkle
from comity.journal.event import Event
from comity.journal.keys import SealKey
from comity.journal.seal import Placement, SealedEvent

_NAMES_A_PAPER = frozenset({"sha256", "size", "type"})


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedValue:
    """An opaque value, such as a receipt, and where it stands under its office's seal."""

    value: Value
    placement: Placement

    @property
    def leaf(self) -> bytes:
        """The value's leaf: SHA-256(0x00 ‖ canonical value); raises `CanonicalError`."""
        return merkle.leaf_hash(canonical.dumps(self.value))


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """An opaque value that helps to read the matter offline, such as an office's card; `kind` says which."""

    kind: str
    value: Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A paper's plain bytes, as `sha256` and `size` name them; `read` gives them in pieces of any size, from the start at each call."""

    sha256: FileId
    size: int
    type: str
    read: Callable[[], Iterable[bytes]] = field(repr=False, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """A matter: its shared events in any order, and what goes with them. `keys` must hold the key of every seal in it."""

    matter: MatterId
    events: tuple[SealedEvent, ...]
    keys: tuple[SealKey, ...] = ()
    documents: tuple[Document, ...] = ()
    receipts: tuple[SealedValue, ...] = ()
    papers: tuple[Paper, ...] = ()


def named_papers(events: Iterable[Event]) -> dict[FileId, EventId]:
    """The papers that contents name, each with the first event that names it; erased contents name none."""
    found: dict[FileId, EventId] = {}
    for event in events:
        for paper in _papers(None if event.content is None else event.content.value):
            found.setdefault(paper, event.id)
    return found


def _papers(value: Value) -> Iterator[FileId]:
    if isinstance(value, dict):
        name = value.get("sha256")
        if value.keys() >= _NAMES_A_PAPER and isinstance(name, str):
            yield FileId(name)
        for item in value.values():
            yield from _papers(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _papers(item)
