"""A seal: one signature of an office over the Merkle root of a group of 1…1000 leaves.

What is signed is a statement: purpose, office, key, root, size, time. It travels as JWS in the General JSON Serialization (RFC 7515,
7.2.1): the payload is the canonical statement, and there is one signature for each algorithm of the key, with the protected header {"alg",
"kid"}. Any library for JOSE can verify the Ed25519 half. A seal verifies only if every signature does.

A `Placement` says where one leaf stands under a seal; with it the leaf is proved without the rest of its group.
"""

import base64
import binascii
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from functools import lru_cache
from typing import Self

from comity import canonical
from comity.canonical import CanonicalError, Value
from comity.errors import Code
from comity.identifiers import EventId, IdentifierError, KeyId, OfficeId, office_id
from comity.journal import merkle
from comity.journal.errors import SealError
from comity.journal.event import Content, Event, Header
from comity.journal.keys import PAIR, Keys, SealKey, Signer

LARGEST_GROUP = 1000
_KEY = re.compile(r"[0-9a-f]{32}")
_HEX_256 = re.compile(r"[0-9a-f]{64}")
_STATEMENT_KEYS = frozenset({"v", "purpose", "office", "key", "root", "size", "at"})
_ALGORITHMS = tuple(PAIR.split("+"))


class Purpose(StrEnum):
    """What a seal is set for; a seal for one purpose proves nothing for another."""

    EVENTS = "events"
    RECEIPTS = "receipts"
    EXPORT = "export"
    OFFICE_CARD = "office-card"


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What an office signs: that under this root (hex) stand `size` leaves, sealed for this purpose at this moment (UTC, whole seconds)."""

    purpose: Purpose
    office: OfficeId
    key: KeyId
    root: str
    size: int
    at: datetime

    def value(self) -> dict[str, Value]:
        """The statement as the JSON object that is signed."""
        return {
            "v": 1,
            "purpose": self.purpose.value,
            "office": self.office,
            "key": self.key,
            "root": self.root,
            "size": self.size,
            "at": canonical.format_time(self.at),
        }

    @classmethod
    def from_value(cls, value: object) -> Self:
        """The statement of its JSON object; raises `SealError` (malformed)."""
        if not isinstance(value, dict) or value.keys() != _STATEMENT_KEYS or value["v"] != 1 or value["v"] is True:
            raise SealError(Code.MALFORMED, f"What a seal states has the keys {', '.join(sorted(_STATEMENT_KEYS))} and no other.")
        key, root, size = value["key"], value["root"], value["size"]
        if type(size) is not int or not 1 <= size <= LARGEST_GROUP:
            raise SealError(Code.MALFORMED, f"A seal covers 1 to {LARGEST_GROUP} leaves.")
        try:
            if not _KEY.fullmatch(key) or not _HEX_256.fullmatch(root):
                raise SealError(Code.MALFORMED, "A seal names its key by 32 hex digits and its root by 64.")
            at = canonical.parse_time(value["at"])
            return cls(purpose=Purpose(value["purpose"]), office=office_id(value["office"]), key=KeyId(key), root=root, size=size, at=at)
        except (CanonicalError, IdentifierError, TypeError, ValueError) as error:
            raise SealError(Code.MALFORMED, f"What this seal states is not of its shape: {error}") from error


@dataclass(frozen=True, slots=True, kw_only=True)
class Seal:
    """A statement and its signatures, in the order of the key's algorithms. `payload` is the canonical statement.

    `data` are the canonical bytes of the whole seal: two seals are the same if and only if these are.
    """

    statement: Statement
    payload: bytes = field(repr=False)
    signatures: tuple[bytes, ...] = field(repr=False)
    data: bytes = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "data", canonical.dumps(self.value()))  # frozen; derived once

    def __hash__(self) -> int:
        return hash(self.data)

    def value(self) -> dict[str, Value]:
        """The seal as JWS General JSON Serialization."""
        parts = zip(_ALGORITHMS, self.signatures, strict=True)
        signatures = [{"protected": _protected(name, self.statement.key), "signature": _encode(one)} for name, one in parts]
        return {"payload": _encode(self.payload), "signatures": signatures}

    @classmethod
    def from_value(cls, value: object) -> Self:
        """The seal of its JSON object; raises `SealError` (malformed) for any other spelling of it."""
        if not isinstance(value, dict) or value.keys() != {"payload", "signatures"}:
            raise SealError(Code.MALFORMED, "A seal has a payload and signatures.")
        payload = _decode(value["payload"])
        try:
            statement = Statement.from_value(canonical.loads(payload))
        except CanonicalError as error:
            raise SealError(Code.MALFORMED, f"What this seal states cannot be read: {error}") from error
        return cls(statement=statement, payload=payload, signatures=_signatures(value["signatures"], statement.key))


def _signatures(value: object, key: KeyId) -> tuple[bytes, ...]:
    if not isinstance(value, list) or len(value) != len(_ALGORITHMS):
        raise SealError(Code.MALFORMED, f"A seal has {len(_ALGORITHMS)} signatures: {' and '.join(_ALGORITHMS)}.")
    for name, one in zip(_ALGORITHMS, value, strict=True):
        if not isinstance(one, dict) or one.keys() != {"protected", "signature"} or one["protected"] != _protected(name, key):
            raise SealError(Code.MALFORMED, f"The header of the {name} signature names that algorithm and the key, and nothing else.")
    return tuple(_decode(one["signature"]) for one in value)


@lru_cache(maxsize=256)
def _protected(algorithm: str, key: KeyId) -> str:
    return _encode(canonical.dumps({"alg": algorithm, "kid": key}))


def _encode(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def _decode(text: object) -> bytes:
    if not isinstance(text, str):
        raise SealError(Code.MALFORMED, "A part of a seal is base64url text.")
    try:
        data = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError) as error:
        raise SealError(Code.MALFORMED, "A part of a seal is not base64url.") from error
    if _encode(data) != text:
        raise SealError(Code.MALFORMED, "A part of a seal is not in the one spelling base64url allows.")
    return data


def _signed(algorithm: str, key: KeyId, payload: bytes) -> bytes:
    return f"{_protected(algorithm, key)}.{_encode(payload)}".encode("ascii")


def seal(statement: Statement, signer: Signer) -> Seal:
    """The signer's seal under a statement; raises `SealError` (malformed) where the statement is not its own."""
    key = signer.key
    if (statement.office, statement.key) != (key.office, key.id):
        raise SealError(Code.MALFORMED, "An office seals only its own statements.", where=statement.office)
    payload = canonical.dumps(statement.value())
    signatures = tuple(signer.sign(name, _signed(name, key.id, payload)) for name in _ALGORITHMS)
    return Seal(statement=statement, payload=payload, signatures=signatures)


@lru_cache(maxsize=256)
def check_signatures(seal: Seal, key: SealKey) -> None:
    """Raises `SealError` (bad seal) unless every signature of the seal is this key's.

    That a good one is good is remembered: many parcels, and many receipts, stand under one seal.
    """
    said = seal.statement
    if (said.office, said.key) != (key.office, key.id):
        raise SealError(Code.BAD_SEAL, "This seal is of another office or key.", where=said.office)
    for name, signature in zip(_ALGORITHMS, seal.signatures, strict=True):
        if not key.verifies(name, signature, _signed(name, key.id, seal.payload)):
            raise SealError(Code.BAD_SEAL, f"The {name} signature does not verify.", where=key.id)


def verify_seal(seal: Seal, key: SealKey) -> None:
    """Raises `SealError` unless every signature of the seal is this key's (bad seal) and the key spoke at its time (unknown key)."""
    check_signatures(seal, key)
    if not key.speaks(seal.statement.at):
        at = canonical.format_time(seal.statement.at)
        raise SealError(Code.UNKNOWN_KEY, f"This key did not speak for the office at {at}.", where=key.id)


def verify_known(seal: Seal, keys: Keys) -> SealKey:
    """The key that set this seal; raises `SealError`: unknown key (not known, or not speaking at that time) or bad seal."""
    key = keys.seal_key(seal.statement.office, seal.statement.key)
    if key is None:
        raise SealError(Code.UNKNOWN_KEY, "This seal's key is not known.", where=seal.statement.key)
    verify_seal(seal, key)
    return key


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """Where one leaf stands in a sealed group: its index, and the hashes that lead from it to the sealed root."""

    seal: Seal
    index: int
    path: merkle.Path

    def value(self) -> dict[str, Value]:
        """The JSON object of a placement that stands by itself: `seal`, `index`, `path` (hex)."""
        return {"seal": self.seal.value(), **self.place()}

    def place(self) -> dict[str, Value]:
        """`index` and `path` (hex) alone, for forms that name the seal once for a group."""
        return {"index": self.index, "path": [one.hex() for one in self.path]}

    @classmethod
    def from_value(cls, value: object) -> Self:
        """The placement of `{"seal", "index", "path"}`; raises `SealError` (malformed)."""
        if not isinstance(value, dict) or "seal" not in value:
            raise SealError(Code.MALFORMED, "A placement has a seal, an index and a path.")
        return cls.under(Seal.from_value(value["seal"]), {key: item for key, item in value.items() if key != "seal"})

    @classmethod
    def under(cls, seal: Seal, value: object) -> Self:
        """The placement under this seal of `{"index", "path"}`; raises `SealError` (malformed)."""
        if not isinstance(value, dict) or value.keys() != {"index", "path"} or type(value["index"]) is not int:
            raise SealError(Code.MALFORMED, "A placement has an index and a path.")
        path = value["path"]
        if not isinstance(path, list) or len(path) > merkle.DEEPEST:
            raise SealError(Code.MALFORMED, "A path is a list of hashes.")
        if not all(isinstance(one, str) and _HEX_256.fullmatch(one) for one in path):
            raise SealError(Code.MALFORMED, "A path is a list of hashes in lower-case hex.")
        return cls(seal=seal, index=value["index"], path=tuple(bytes.fromhex(one) for one in path))


def check_place(leaf: bytes, placement: Placement) -> None:
    """Raises `SealError` (bad proof) unless the leaf is under the placement's sealed root. The seal itself is not verified."""
    said = placement.seal.statement
    if merkle.root_from_path(leaf, placement.index, said.size, placement.path).hex() != said.root:
        raise SealError(Code.BAD_PROOF, "This leaf is not under the root that was sealed.")


def verify_placement(leaf: bytes, placement: Placement, key: SealKey) -> None:
    """Raises `SealError` unless the leaf (32 bytes) is under the sealed root (bad proof) and the seal verifies (bad seal, unknown key)."""
    check_place(leaf, placement)
    verify_seal(placement.seal, key)


def seal_leaves(purpose: Purpose, leaves: Sequence[bytes], signer: Signer, at: datetime) -> tuple[Placement, ...]:
    """The placements of 1…1000 leaves (hashed, 32 bytes each) under one new seal; raises `SealError` (malformed) for any other number."""
    if not 1 <= len(leaves) <= LARGEST_GROUP:
        raise SealError(Code.MALFORMED, f"A seal covers 1 to {LARGEST_GROUP} leaves, not {len(leaves)}.")
    root, paths = merkle.root_and_paths(leaves)
    when = at.astimezone(UTC).replace(microsecond=0)
    key = signer.key
    said = Statement(purpose=purpose, office=key.office, key=key.id, root=root.hex(), size=len(leaves), at=when)
    one = seal(said, signer)
    return tuple(Placement(seal=one, index=index, path=path) for index, path in enumerate(paths))


def place_leaves(seal: Seal, leaves: Sequence[bytes]) -> tuple[Placement, ...]:
    """The placements of a whole group, in order, made anew from its leaves: no path need travel. Raises `SealError` (bad proof)."""
    if len(leaves) != seal.statement.size:
        raise SealError(Code.BAD_PROOF, f"This seal covers {seal.statement.size} leaves, not {len(leaves)}.")
    root, paths = merkle.root_and_paths(leaves)
    if root.hex() != seal.statement.root:
        raise SealError(Code.BAD_PROOF, "These leaves are not the group that was sealed.")
    return tuple(Placement(seal=seal, index=index, path=path) for index, path in enumerate(paths))


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedEvent:
    """An event and where it stands under its author's seal."""

    event: Event
    placement: Placement

    @property
    def id(self) -> EventId:
        """The event's id."""
        return self.event.header.id

    @property
    def header(self) -> Header:
        """The event's header."""
        return self.event.header

    @property
    def content(self) -> Content | None:
        """The event's content, None where erased."""
        return self.event.content


def seal_events(events: Sequence[Event], signer: Signer, at: datetime) -> tuple[SealedEvent, ...]:
    """The events, 1…1000, sealed as one group in this order; raises `SealError` (malformed; not author for another office's event)."""
    for event in events:
        if event.header.author != signer.key.office:
            raise SealError(Code.NOT_AUTHOR, "An office seals only its own events.", where=event.id)
    placements = seal_leaves(Purpose.EVENTS, [event.header.leaf for event in events], signer, at)
    return tuple(SealedEvent(event=event, placement=place) for event, place in zip(events, placements, strict=True))


def verify_group(events: Iterable[SealedEvent], keys: Keys) -> dict[EventId, Code]:
    """What is wrong with which event: an empty answer says that all are intact, placed and sealed by their authors.

    Each seal is verified once, and a group that is whole is hashed once. Codes: not author, unknown key, bad seal, bad proof, bad
    commitment.
    """
    faults: dict[EventId, Code] = {}
    groups: dict[bytes, list[SealedEvent]] = {}
    for sealed in events:
        groups.setdefault(sealed.placement.seal.data, []).append(sealed)
    for group in groups.values():
        try:
            verify_known(group[0].placement.seal, keys)
        except SealError as error:
            faults.update((sealed.id, error.code) for sealed in group)
            continue
        _check_group(group, faults)
    return faults


def _check_group(group: list[SealedEvent], faults: dict[EventId, Code]) -> None:
    said = group[0].placement.seal.statement
    whole = _whole(group)
    for sealed in group:
        header, content = sealed.event.header, sealed.event.content
        if said.purpose is not Purpose.EVENTS or header.author != said.office:
            faults[header.id] = Code.NOT_AUTHOR
        elif content is not None and content.commitment != header.body:
            faults[header.id] = Code.BAD_COMMITMENT
        elif not (whole or _placed(sealed)):
            faults[header.id] = Code.BAD_PROOF


def _whole(group: list[SealedEvent]) -> bool:
    """Whether the group is the one sealed, entire, and every path is right: one hashing of the tree in place of one a leaf."""
    said = group[0].placement.seal.statement
    group = sorted(group, key=lambda sealed: sealed.placement.index)
    if len(group) != said.size or any(sealed.placement.index != index for index, sealed in enumerate(group)):
        return False
    root, paths = merkle.root_and_paths([sealed.event.header.leaf for sealed in group])
    return root.hex() == said.root and all(sealed.placement.path == path for sealed, path in zip(group, paths, strict=True))


def _placed(sealed: SealedEvent) -> bool:
    try:
        check_place(sealed.event.header.leaf, sealed.placement)
    except SealError:
        return False
    return True
