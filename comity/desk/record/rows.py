"""Between the values of the core and the columns of the tables: ids as bytes, events as rows."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from comity import canonical
from comity.errors import Code
from comity.identifiers import EventId, FileId, MatterId, ParcelId, is_internal
from comity.journal import Content, Event, Header, JournalError, Placement, Seal, SealedEvent, StoreError

EVENT_COLUMNS = ("event", "matter", "office", "seq", "act", "internal", "rival", "header", "salt", "content", "seal_id", "leaf", "path")
EVENT_READ = "header, salt, content, seal_id, leaf, path, event"
HASH = 32


def matter_bytes(matter: MatterId) -> bytes:
    """The 16 bytes of a matter's id."""
    return bytes.fromhex(matter.replace("-", ""))


def matter_of(data: bytes) -> MatterId:
    """The matter's id of its 16 bytes."""
    return MatterId(_uuid(data))


def parcel_bytes(parcel: ParcelId) -> bytes:
    """The 16 bytes of a parcel's id."""
    return bytes.fromhex(parcel.replace("-", ""))


def parcel_of(data: bytes) -> ParcelId:
    """The parcel's id of its 16 bytes."""
    return ParcelId(_uuid(data))


def _uuid(data: bytes) -> str:
    digits = data.hex()
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"


def event_of(data: bytes) -> EventId:
    """The event's id of its 32 bytes."""
    return EventId(data.hex())


def file_of(data: bytes) -> FileId:
    """The file's id of its 32 bytes."""
    return FileId(data.hex())


def hashes(data: bytes) -> list[bytes]:
    """The hashes of 32 bytes that a column holds one after another."""
    return [data[start : start + HASH] for start in range(0, len(data), HASH)]


def event_row(event: Event, matter: bytes, placed: tuple[bytes, int, bytes] | None) -> tuple[Any, ...]:
    """An event as a row of `EVENT_COLUMNS`; `placed` is the seal's digest, index and path."""
    header, content = event.header, event.content
    seal, leaf, path = placed or (None, None, None)
    salt, data = (None, None) if content is None else (content.salt, content.data)
    internal = is_internal(header.office)
    return (header.leaf, matter, header.office, header.seq, header.act, internal, False, header.data, salt, data, seal, leaf, path)


def event_from(header: Any, salt: Any, content: Any, event: Any) -> Event:
    """The event of its columns; raises `StoreError` (storage) where they are not what was stored."""
    try:
        known = Header.kept(bytes(header), bytes(event))
        return Event(header=known, content=None if content is None else Content.kept(bytes(salt), bytes(content), known.body))
    except JournalError as error:
        raise StoreError(
            Code.STORAGE, f"An event on disk cannot be read: {error}", next_step="Restore the database from a copy."
        ) from error


def sealed_from(row: Sequence[Any], seals: dict[bytes, Seal]) -> SealedEvent:
    """The sealed event of the columns of `EVENT_READ`."""
    header, salt, content, seal, leaf, path, event = row
    return SealedEvent(
        event=event_from(header, salt, content, event),
        placement=Placement(seal=seals[bytes(seal)], index=leaf, path=tuple(hashes(bytes(path)))),
    )


@lru_cache(maxsize=512)
def seal_from(data: bytes) -> Seal:
    """The seal of its canonical bytes. Kept in memory, since a matter's page names the same few seals again and again."""
    return Seal.from_value(canonical.loads(data))
