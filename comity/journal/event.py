"""One event: a signed header that stays for ever, and beside it a content that can be erased.

The header holds no personal data: who did what, when, and after what. It names the content only by a salted commitment, so the content and
its salt can be erased and nothing about them guessed from what stays. An event's id is SHA-256(0x00 ‖ canonical header), which is also its
leaf in the Merkle tree (RFC 6962) that its office seals.
"""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import lru_cache
from itertools import pairwise
from typing import Any, Self, cast

from comity import canonical
from comity.canonical import CanonicalError, Value
from comity.errors import Code
from comity.identifiers import INTERNAL, EventId, IdentifierError, MatterId, OfficeId, event_id, matter_id, office_id
from comity.journal.errors import EventError

VERSION = 1
OPENED = "matter.opened/1"
SALT_SIZE = 32
LARGEST_CONTENT = 1024 * 1024
"""The most canonical bytes one content may have: longer things are papers, named by their hash."""
MOST_SEEN = 1000
_ACT = re.compile(r"[a-z][a-z0-9_-]*(\.[a-z][a-z0-9_-]*)+/[1-9][0-9]{0,3}")
_HEX_256 = re.compile(r"[0-9a-f]{64}")
_HEADER_KEYS = frozenset({"v", "matter", "office", "seq", "prev", "seen", "act", "at", "body"})
_keep = object.__setattr__  # the only way into a frozen value's own cached fields
# A group of events says the same few names, acts and times again and again.
_matter_id = lru_cache(maxsize=4096)(matter_id)
_office_id = lru_cache(maxsize=1024)(office_id)
_time = lru_cache(maxsize=1024)(canonical.parse_time)
_is_act = lru_cache(maxsize=1024)(_ACT.fullmatch)


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """What an office signs: nine facts in the order of the format's table. Raises `EventError` (malformed) for any other shape.

    `seq` counts from 0 in the author's strand of this matter; `prev` is the id of the event before it, null for the first. `seen` are the
    ids of the newest events of the other strands that the author had, sorted. `at` is the author's clock, whole seconds in UTC. `body`
    commits to the content. `data` (canonical bytes), `leaf` (32 bytes) and `id` (the same in hex) are derived once.
    """

    matter: MatterId
    office: OfficeId
    seq: int
    prev: EventId | None
    seen: tuple[EventId, ...]
    act: str
    at: datetime
    body: str
    data: bytes = field(init=False, repr=False, compare=False)
    leaf: bytes = field(init=False, repr=False, compare=False)
    id: EventId = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if self.at.tzinfo is not UTC or self.at.microsecond:
            raise EventError(Code.MALFORMED, "An event's time is in UTC and whole seconds.")
        value = self.value()
        _check_header(value)
        data = canonical.encode(value)
        leaf = hashlib.sha256(b"\x00" + data).digest()
        _keep(self, "data", data)
        _keep(self, "leaf", leaf)
        _keep(self, "id", leaf.hex())

    @property
    def author(self) -> OfficeId:
        """The office whose strand this is: `kz-gpo` also for `kz-gpo/internal`."""
        return OfficeId(self.office.removesuffix(INTERNAL))

    def value(self) -> dict[str, Value]:
        """The header as the JSON object that is signed."""
        return {
            "v": VERSION,
            "matter": self.matter,
            "office": self.office,
            "seq": self.seq,
            "prev": self.prev,
            "seen": list(self.seen),
            "act": self.act,
            "at": canonical.format_time(self.at),
            "body": self.body,
        }

    @classmethod
    def from_value(cls, value: object) -> Self:
        """The header of a JSON object with exactly the nine keys; raises `EventError` (malformed)."""
        if not isinstance(value, dict) or value.keys() != _HEADER_KEYS or type(value["v"]) is not int or value["v"] != VERSION:
            raise EventError(Code.MALFORMED, f"A header of version {VERSION} has the keys {', '.join(sorted(_HEADER_KEYS))} and no other.")
        if not isinstance(value["seen"], list):
            raise EventError(Code.MALFORMED, "“seen” is a list of event ids.")
        _check_header(value)
        try:
            data = canonical.encode(value)
            return cls._of(value, data, hashlib.sha256(b"\x00" + data).digest())
        except (CanonicalError, TypeError) as error:
            raise EventError(Code.MALFORMED, f"This header is not of its shape: {error}") from error

    @classmethod
    def from_data(cls, data: bytes) -> Self:
        """The header of its canonical bytes; raises `EventError` (malformed), also where the bytes are not canonical."""
        try:
            header = cls.from_value(canonical.parse(data))
        except CanonicalError as error:
            raise EventError(Code.MALFORMED, f"This header cannot be read: {error}") from error
        if header.data != data:
            raise EventError(Code.MALFORMED, "The bytes of this header are not in canonical form (RFC 8785).")
        return header

    @classmethod
    def kept(cls, data: bytes, leaf: bytes) -> Self:
        """The header of canonical bytes that were checked when they were kept under this leaf.

        Bytes that are still those the leaf was made of need no second check; others are read as by `from_data`. Raises `EventError`.
        """
        if hashlib.sha256(b"\x00" + data).digest() != leaf:
            return cls.from_data(data)
        try:
            return cls._of(canonical.parse(data), data, leaf)
        except (CanonicalError, KeyError, TypeError):
            return cls.from_data(data)

    @classmethod
    def _of(cls, value: Any, data: bytes, leaf: bytes) -> Self:
        """The header of a value that was checked, now or before, with what follows from it: a whole parcel of them is made in one go."""
        header = object.__new__(cls)
        _keep(header, "matter", value["matter"])
        _keep(header, "office", value["office"])
        _keep(header, "seq", value["seq"])
        _keep(header, "prev", value["prev"])
        _keep(header, "seen", tuple(value["seen"]))
        _keep(header, "act", value["act"])
        _keep(header, "at", _time(value["at"]))
        _keep(header, "body", value["body"])
        _keep(header, "data", data)
        _keep(header, "leaf", leaf)
        _keep(header, "id", leaf.hex())
        return header


def _check_header(value: Mapping[str, Any]) -> None:
    """Raises `EventError` unless a header's facts are of their form; its time is read elsewhere."""
    prev, seen = value["prev"], value["seen"]
    try:
        _matter_id(value["matter"])
        _office_id(value["office"])
        if prev is not None:
            event_id(prev)
        for one in seen:
            event_id(one)
        fault = _header_fault(value["seq"], prev, seen, act=value["act"], body=value["body"])
    except (IdentifierError, TypeError) as error:
        raise EventError(Code.MALFORMED, f"This header names something wrongly: {error}") from error
    if fault:
        raise EventError(Code.MALFORMED, fault)


def _header_fault(seq: object, prev: object, seen: Sequence[str], *, act: str, body: str) -> str:
    if type(seq) is not int or not 0 <= seq <= canonical.LARGEST_INTEGER or (seq == 0) != (prev is None):
        return "An event's place is a whole number from 0; the first, and only the first, has no event before it."
    if len(seen) > 1 and (len(seen) > MOST_SEEN or any(one >= other for one, other in pairwise(seen))):
        return f"“seen” holds at most {MOST_SEEN} event ids, sorted, each once."
    if not _is_act(act):
        return "An act is a stable name and version in the past tense, such as request.sent/1."
    if not _HEX_256.fullmatch(body):
        return "“body” is a commitment of 64 hex digits."
    return ""


@dataclass(frozen=True, slots=True, init=False)
class Content:
    """What an event says: a JSON object of the act's own shape, and 32 random bytes so that nobody can guess it from its commitment.

    Unknown keys are kept. Raises `EventError`: malformed, or too big (over one mebibyte). `data` are the canonical bytes; `commitment` is
    SHA-256(salt ‖ data) in hex. `value` is read when it is first asked for, since whoever carries a content need not understand it; it must
    not be changed.
    """

    salt: bytes
    data: bytes = field(repr=False)
    commitment: str = field(compare=False)
    _value: Mapping[str, Value] | None = field(repr=False, compare=False)

    def __init__(self, *, salt: bytes, value: Mapping[str, Value]) -> None:
        if not isinstance(salt, bytes) or len(salt) != SALT_SIZE or not isinstance(value, dict):
            raise EventError(Code.MALFORMED, f"A content is an object with a salt of {SALT_SIZE} bytes.")
        try:
            data = canonical.dumps(value)
        except CanonicalError as error:
            raise EventError(Code.MALFORMED, f"This content has no canonical form: {error}") from error
        if len(data) > LARGEST_CONTENT:
            raise EventError(Code.TOO_BIG, f"A content may have {LARGEST_CONTENT} bytes; this one has {len(data)}.")
        self._set(salt, data, hashlib.sha256(salt + data).hexdigest(), value)

    def _set(self, salt: bytes, data: bytes, commitment: str, value: Mapping[str, Value] | None) -> None:
        _keep(self, "salt", salt)
        _keep(self, "data", data)
        _keep(self, "commitment", commitment)
        _keep(self, "_value", value)

    @property
    def value(self) -> Mapping[str, Value]:
        """The JSON object."""
        if self._value is None:
            _keep(self, "_value", canonical.parse(self.data))
        return cast("Mapping[str, Value]", self._value)

    def as_value(self) -> dict[str, Value]:
        """The JSON object of a content: `salt` (hex) and `value`."""
        return {"salt": self.salt.hex(), "value": self.value}

    @classmethod
    def from_value(cls, value: object) -> Self:
        """The content of `{"salt": hex, "value": {…}}`; raises `EventError` (malformed, too big)."""
        if not isinstance(value, dict) or value.keys() != {"salt", "value"}:
            raise EventError(Code.MALFORMED, "A content has a salt and a value.")
        return cls(salt=_salt(value["salt"]), value=value["value"])

    @classmethod
    def from_data(cls, salt: bytes, data: bytes) -> Self:
        """The content of its salt and canonical bytes, as a store keeps them; raises `EventError`."""
        try:
            value: Any = canonical.parse(data)
        except CanonicalError as error:
            raise EventError(Code.MALFORMED, f"This content cannot be read: {error}") from error
        return cls(salt=salt, value=value)

    @classmethod
    def kept(cls, salt: bytes, data: bytes, commitment: str) -> Self:
        """The content of canonical bytes that were checked when they were kept under this commitment.

        As with `Header.kept`, other bytes than those are read as by `from_data`. Raises `EventError`.
        """
        if hashlib.sha256(salt + data).hexdigest() != commitment:
            return cls.from_data(salt, data)
        content = object.__new__(cls)
        content._set(salt, data, commitment, None)
        return content


def _salt(text: object) -> bytes:
    if not isinstance(text, str) or not _HEX_256.fullmatch(text):
        raise EventError(Code.MALFORMED, f"A salt is {SALT_SIZE} bytes in lower-case hex.")
    return bytes.fromhex(text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A header and its content; `content` is None where it was erased or never sent.

    An event may be built from a content that is not the one signed: `verify` says so, and the inbox refuses it.
    """

    header: Header
    content: Content | None

    @property
    def id(self) -> EventId:
        """SHA-256(0x00 ‖ canonical header) in hex."""
        return self.header.id

    @property
    def intact(self) -> bool:
        """Whether the content, where there is one, is the one the header commits to."""
        return self.content is None or self.content.commitment == self.header.body

    @property
    def opens(self) -> bool:
        """Whether this is the event that opens a matter: `matter.opened/1`, first in its strand, after nothing."""
        return self.header.act == OPENED and self.header.prev is None and not self.header.seen

    def without_content(self) -> Self:
        """The same event erased; raises `EventError` (malformed) for `matter.opened/1`, without which a matter cannot be read."""
        if self.header.act == OPENED:
            raise EventError(Code.MALFORMED, "What opened a matter cannot be erased; it holds no personal data.", where=self.id)
        return replace(self, content=None)

    def value(self) -> dict[str, Value]:
        """The JSON object of an event: `header`, and `content` or null."""
        return {"header": self.header.value(), "content": None if self.content is None else self.content.as_value()}

    @classmethod
    def from_value(cls, value: object) -> Self:
        """The event of `{"header": {…}, "content": {…} | null}`; raises `EventError`: malformed, too big, bad commitment."""
        event = cls.unchecked(value)
        event.check_content()
        return event

    @classmethod
    def unchecked(cls, value: object) -> Self:
        """As `from_value`, but a content that is not the one signed is taken too, for who reports on it."""
        if not isinstance(value, dict) or value.keys() != {"header", "content"}:
            raise EventError(Code.MALFORMED, "An event has a header and a content.")
        content = value["content"]
        return cls(header=Header.from_value(value["header"]), content=None if content is None else Content.from_value(content))

    def check_content(self) -> None:
        """Raises `EventError` (bad commitment) where the content is not the one signed."""
        if not self.intact:
            raise EventError(Code.BAD_COMMITMENT, "The content is not the one that was signed.", where=self.id)
