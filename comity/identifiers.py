"""The names things are called by: offices, States, matters, events, parcels, keys.

Ids of matters and parcels are UUIDv7 (RFC 9562): sortable by time, made from a time and randomness that the caller gives. Ids of events and
files are SHA-256 in lower-case hex.
"""

import re
import uuid
from datetime import datetime
from typing import NewType

from comity.errors import ComityError

OfficeId = NewType("OfficeId", str)
StateCode = NewType("StateCode", str)
InstrumentId = NewType("InstrumentId", str)
MatterId = NewType("MatterId", str)
EventId = NewType("EventId", str)
ParcelId = NewType("ParcelId", str)
KeyId = NewType("KeyId", str)
FileId = NewType("FileId", str)

_OFFICE = re.compile(r"[a-z]{2}-[a-z0-9]{2,24}(/internal)?")
_STATE = re.compile(r"[A-Z]{2}")
_HEX_256 = re.compile(r"[0-9a-f]{64}")
_UUID_7 = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
INTERNAL = "/internal"


class IdentifierError(ComityError):
    """A name that is not of its kind's form."""


def office_id(text: str) -> OfficeId:
    """An office such as `kz-gpo`, or its internal strand `kz-gpo/internal`; raises `IdentifierError`."""
    return OfficeId(_matched(_OFFICE, text, "an office id such as kz-gpo"))


def internal(office: OfficeId) -> OfficeId:
    """The strand of an office that never leaves it."""
    return OfficeId(office.removesuffix(INTERNAL) + INTERNAL)


def is_internal(office: str) -> bool:
    """Whether a strand's name is that of an office's internal strand."""
    return office.endswith(INTERNAL)


def state_code(text: str) -> StateCode:
    """A State by ISO 3166-1 alpha-2, such as `KZ`; raises `IdentifierError`."""
    return StateCode(_matched(_STATE, text, "a State's two-letter code such as KZ"))


def matter_id(text: str) -> MatterId:
    """A matter's UUIDv7; raises `IdentifierError`."""
    return MatterId(_matched(_UUID_7, text, "a matter's id (UUIDv7)"))


def parcel_id(text: str) -> ParcelId:
    """A parcel's UUIDv7; raises `IdentifierError`."""
    return ParcelId(_matched(_UUID_7, text, "a parcel's id (UUIDv7)"))


def uuid_7(text: str) -> str:
    """A UUIDv7 of any use; raises `IdentifierError`."""
    return _matched(_UUID_7, text, "a UUIDv7")


def event_id(text: str) -> EventId:
    """An event's SHA-256 in hex; raises `IdentifierError`."""
    return EventId(_matched(_HEX_256, text, "an event's id (64 hex digits)"))


def file_id(text: str) -> FileId:
    """A file's SHA-256 in hex; raises `IdentifierError`."""
    return FileId(_matched(_HEX_256, text, "a file's id (64 hex digits)"))


def uuid7(at: datetime, randomness: bytes) -> str:
    """A UUIDv7 of this moment (aware, UTC) and ten random bytes. Source: RFC 9562, 5.7."""
    if len(randomness) != 10:
        raise IdentifierError(f"A UUIDv7 takes 10 random bytes, not {len(randomness)}.")
    milliseconds = int(at.timestamp() * 1000)
    bits = (milliseconds << 80) | int.from_bytes(randomness)
    bits = bits & ~(0xF << 76) | (7 << 76)
    bits = bits & ~(0x3 << 62) | (2 << 62)
    return str(uuid.UUID(int=bits))


def _matched(pattern: re.Pattern[str], text: str, kind: str) -> str:
    if not pattern.fullmatch(text):
        raise IdentifierError(f"“{text[:60]}” is not {kind}.")
    return text
