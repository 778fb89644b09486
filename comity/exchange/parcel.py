"""A parcel: a group of sealed events on its way from one office to another, in the form it has on every road.

    {"counter":…,"from":…,"key":…,"parcel":…,"to":…,"v":1}⏎      canonical outer header, in clear
    encapsulated key ‖ ciphertext                                 HPKE, the header's bytes (without ⏎) as `info`
      └ one zstd frame that states its content's size
          └ JSON Lines, each canonical:
              {"events":n,"heads":{matter:{office:[seq,id]}},"seals":m,"wants":[id…]}
              m seals
              n events {"content":…|null,"header":…,"index":…,"path":[…]|null,"salt":…|null,"seal":i}

`path` is null where the parcel holds the whole sealed group: the receiver hashes the tree anew. HPKE binds the header, so no byte of a
parcel can change unnoticed. The parcel itself is not signed: who *did* a thing is proved by each event's seal, and who *sends* by the
connection; a parcel forged under another office's name can only bring events that are good by themselves, and is answered to the office
it names.

Reading is strict and bounded: a parcel has one spelling, and no more is decompressed than `LARGEST_PLAIN` bytes, whatever the frame claims.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import orjson
import zstandard
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, MLKEM768X25519PrivateKey, MLKEM768X25519PublicKey, Suite

from comity import canonical
from comity.canonical import CanonicalError, Value
from comity.errors import Code
from comity.exchange.errors import ParcelError
from comity.identifiers import (
    EventId,
    IdentifierError,
    KeyId,
    MatterId,
    OfficeId,
    ParcelId,
    event_id,
    is_internal,
    matter_id,
    office_id,
    parcel_id,
)
from comity.journal import (
    Content,
    Event,
    EventError,
    Head,
    Header,
    Placement,
    Seal,
    SealedEvent,
    SealError,
    place_leaves,
    verify_group,
)
from comity.trust import HpkeKey, Trust

LARGEST_PARCEL = 16 * 2**20
LARGEST_PLAIN = 32 * 2**20
MOST_EVENTS = 1000
MOST_WANTS = 1000
LARGEST_HEADER = 1024
SEAL_SIZE = 6 * 1024
"""About what one seal and one path add to an event on the wire, in bytes."""
_HEADER_KEYS = frozenset({"v", "parcel", "from", "to", "key", "counter"})
_FIRST_KEYS = frozenset({"events", "heads", "seals", "wants"})
_LINE_KEYS = frozenset({"content", "header", "index", "path", "salt", "seal"})
_SUITE = Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
_LEVEL = 1
"""Higher ones take twice the time for as many bytes: most of a parcel are hashes and short texts."""

Heads = Mapping[MatterId, Mapping[OfficeId, Head]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """The outer header: what a carrier may know.

    `key` is the recipient's key it is encrypted to, `counter` counts the sender's parcels to it.
    """

    parcel: ParcelId
    sender: OfficeId
    recipient: OfficeId
    key: KeyId
    counter: int

    @property
    def data(self) -> bytes:
        """The canonical bytes, which HPKE binds."""
        return canonical.dumps(
            {"v": 1, "parcel": self.parcel, "from": self.sender, "to": self.recipient, "key": self.key, "counter": self.counter}
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """What a parcel says. `heads` are the newest events the sender has of the matters it speaks of, `wants` the events it asks for.

    `faults` says which events cannot be believed and why; it is empty in a parcel to be packed. `digest` names the events, in order.
    """

    id: ParcelId
    sender: OfficeId
    recipient: OfficeId
    counter: int
    events: tuple[SealedEvent, ...]
    heads: Heads
    wants: tuple[EventId, ...]
    faults: Mapping[EventId, Code]

    @property
    def digest(self) -> str:
        """SHA-256 over the ids of the events, in order, in hex."""
        return hashlib.sha256("".join(sealed.id for sealed in self.events).encode("ascii")).hexdigest()


def entry_size(event: Event) -> int:
    """About how many bytes an event takes in a parcel."""
    return len(event.header.data) + (len(event.content.data) if event.content else 0) + SEAL_SIZE


def pack(
    *,
    parcel: ParcelId,
    sender: OfficeId,
    recipient: OfficeId,
    counter: int,
    events: Sequence[SealedEvent],
    heads: Heads,
    wants: Sequence[EventId],
    key: HpkeKey,
) -> bytes:
    """The parcel's bytes, encrypted to the recipient's `key`. Raises `ParcelError`: not expected for an internal event, too big."""
    if len(events) > MOST_EVENTS or len(wants) > MOST_WANTS:
        raise ParcelError(Code.TOO_BIG, f"A parcel carries {MOST_EVENTS} events and asks for {MOST_WANTS}.", where=parcel)
    if any(is_internal(sealed.header.office) for sealed in events):
        raise ParcelError(Code.NOT_EXPECTED, "An internal event never leaves its office.", where=parcel)
    plain = b"\n".join(_lines(events, heads, wants))
    if len(plain) > LARGEST_PLAIN:
        raise ParcelError(Code.TOO_BIG, f"A parcel holds {LARGEST_PLAIN} bytes; this one would have {len(plain)}.", where=parcel)
    header = Address(parcel=parcel, sender=sender, recipient=recipient, key=key.id, counter=counter).data
    body = _SUITE.encrypt(zstandard.ZstdCompressor(level=_LEVEL).compress(plain), _public(key.mlkem768, key.x25519), info=header)
    return b"\n".join((header, body))


def address(data: bytes) -> Address:
    """Who sent a parcel to whom, by its outer header alone; raises `ParcelError` (malformed, too big)."""
    return _address(data)[0]


def unpack(data: bytes, *, me: OfficeId, trust: Trust, keys: Mapping[KeyId, MLKEM768X25519PrivateKey]) -> Parcel:
    """The parcel of these bytes, opened with our private `keys` and with every event's seal judged. Raises `ParcelError`.

    Needs no store. The steps, of which the first that fails gives the code:

    1. The size is within bounds (too big) and the outer header is of its shape (malformed).
    2. It is for this office (wrong office), from an office whose card is known (unknown sender).
    3. It is encrypted to a key of ours (unknown key) and opens with it, header included (cannot open).
    4. It decompresses to no more than the bound (too big) and is of its shape, in its one spelling (malformed).
    5. Each event's content, placement and seal are judged; faults are kept beside the event (`journal.verify_group`).
    """
    where, body = _address(data)
    if where.recipient != me:
        raise ParcelError(Code.WRONG_OFFICE, f"This parcel is for {where.recipient}.", where=where.parcel)
    if where.sender == me or trust.card(where.sender) is None:
        raise ParcelError(
            Code.UNKNOWN_SENDER, "The sender's card is not known here.", where=where.parcel, next_step="Exchange cards first."
        )
    key = keys.get(where.key)
    if key is None:
        raise ParcelError(
            Code.UNKNOWN_KEY, "It is encrypted to a key this office has not.", where=where.parcel, next_step="Take our new card."
        )
    try:
        packed = _SUITE.decrypt(body, key, info=where.data)
    except (InvalidTag, ValueError) as error:
        raise ParcelError(Code.CANNOT_OPEN, "It does not open: it was changed on its way.", where=where.parcel) from error
    events, heads, wants = _read(_decompress(packed, where.parcel), where.parcel)
    return Parcel(
        id=where.parcel,
        sender=where.sender,
        recipient=where.recipient,
        counter=where.counter,
        events=events,
        heads=heads,
        wants=wants,
        faults=judge(events, trust),
    )


def judge(events: Sequence[SealedEvent], trust: Trust) -> dict[EventId, Code]:
    """What is wrong with which event, by itself: internal (not expected), or its content, placement or seal."""
    faults = verify_group(events, trust)
    faults.update((sealed.id, Code.NOT_EXPECTED) for sealed in events if is_internal(sealed.header.office))
    return faults


# Writing


@lru_cache(maxsize=256)
def _public(mlkem768: bytes, x25519: bytes) -> MLKEM768X25519PublicKey:
    return MLKEM768X25519PublicKey(MLKEM768PublicKey.from_public_bytes(mlkem768), X25519PublicKey.from_public_bytes(x25519))


def _lines(events: Sequence[SealedEvent], heads: Heads, wants: Sequence[EventId]) -> Iterable[bytes]:
    groups: dict[bytes, list[SealedEvent]] = {}
    for sealed in events:
        groups.setdefault(sealed.placement.seal.data, []).append(sealed)
    numbers = {seal: number for number, seal in enumerate(groups)}
    whole = {seal for seal, group in groups.items() if len(group) == group[0].placement.seal.statement.size}
    yield _first(len(events), len(groups), heads, wants)
    yield from groups
    for sealed in events:
        seal = sealed.placement.seal.data
        path = None if seal in whole else sealed.placement.path
        yield _line(sealed.event, sealed.placement.index, path, numbers[seal])


def _first(events: int, seals: int, heads: Heads, wants: Sequence[EventId]) -> bytes:
    known: dict[str, Value] = {}
    for matter, strands in heads.items():
        known[matter] = {office: [head.seq, head.id] for office, head in strands.items()}
    return canonical.dumps({"events": events, "heads": known, "seals": seals, "wants": list(wants)})


def _line(event: Event, index: int, path: tuple[bytes, ...] | None, seal: int) -> bytes:
    content = event.content
    way = b"null" if path is None else b"[" + b",".join(b'"%b"' % one.hex().encode() for one in path) + b"]"
    data, salt = (b"null", b"null") if content is None else (content.data, b'"%b"' % content.salt.hex().encode())
    return b'{"content":%b,"header":%b,"index":%d,"path":%b,"salt":%b,"seal":%d}' % (data, event.header.data, index, way, salt, seal)


# Reading


def _address(data: bytes) -> tuple[Address, bytes]:
    if len(data) > LARGEST_PARCEL:
        raise ParcelError(Code.TOO_BIG, f"A parcel has at most {LARGEST_PARCEL} bytes; this one has {len(data)}.")
    header, found, _ = data[:LARGEST_HEADER].partition(b"\n")
    if not found:
        raise ParcelError(Code.MALFORMED, "This is not a parcel: it has no header line.")
    try:
        value: Any = canonical.loads(header)
        if not isinstance(value, dict) or value.keys() != _HEADER_KEYS or value["v"] != 1 or type(value["counter"]) is not int:
            raise ParcelError(Code.MALFORMED, "This parcel's header is not of version 1.")
        found_address = Address(
            parcel=parcel_id(value["parcel"]),
            sender=_office(value["from"]),
            recipient=_office(value["to"]),
            key=KeyId(str(value["key"])),
            counter=value["counter"],
        )
    except (CanonicalError, IdentifierError, TypeError) as error:
        raise ParcelError(Code.MALFORMED, f"This parcel's header is not of its shape: {error}") from error
    return found_address, data[len(header) + 1 :]


def _office(text: object) -> OfficeId:
    office = office_id(text)  # type: ignore[arg-type]  # anything but text raises TypeError, which the caller expects
    if is_internal(office):
        raise ParcelError(Code.MALFORMED, "An internal strand is no address.")
    return office


def _decompress(packed: bytes, parcel: ParcelId) -> bytes:
    try:
        size = zstandard.get_frame_parameters(packed).content_size
        if size == zstandard.CONTENTSIZE_UNKNOWN:
            raise ParcelError(Code.MALFORMED, "Its frame does not state its size.", where=parcel)
        if size > LARGEST_PLAIN:
            raise ParcelError(Code.TOO_BIG, f"It would decompress to {size} bytes; {LARGEST_PLAIN} are allowed.", where=parcel)
        return zstandard.ZstdDecompressor().decompress(packed, max_output_size=LARGEST_PLAIN, allow_extra_data=False)
    except zstandard.ZstdError as error:
        raise ParcelError(Code.MALFORMED, "What it holds does not decompress.", where=parcel) from error


def _read(plain: bytes, parcel: ParcelId) -> tuple[tuple[SealedEvent, ...], Heads, tuple[EventId, ...]]:
    try:
        lines = plain.split(b"\n")
        count, seal_count, heads, wants = _read_first(lines[0])
        if len(lines) != 1 + seal_count + count:
            raise ParcelError(Code.MALFORMED, "It does not hold the lines it states.", where=parcel)
        seals = [Seal.from_value(canonical.loads(line)) for line in lines[1 : 1 + seal_count]]
        events = _placed([_read_line(line) for line in lines[1 + seal_count :]], seals)
    except (CanonicalError, IdentifierError, EventError, SealError, KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
        raise ParcelError(Code.MALFORMED, f"What it holds is not of its shape: {error}", where=parcel) from error
    if len({sealed.id for sealed in events}) != len(events):
        raise ParcelError(Code.MALFORMED, "It holds the same event twice.", where=parcel)
    return events, heads, wants


def _read_first(line: bytes) -> tuple[int, int, Heads, tuple[EventId, ...]]:
    value: Any = canonical.loads(line)
    if value.keys() != _FIRST_KEYS:
        raise ValueError("the first line has other keys")
    count, seals, wants = value["events"], value["seals"], tuple(event_id(one) for one in value["wants"])
    if (
        type(count) is not int
        or type(seals) is not int
        or not 0 <= count <= MOST_EVENTS
        or not 0 <= seals <= count
        or len(wants) > MOST_WANTS
    ):
        raise ValueError("the first line states numbers out of bounds")
    heads = {matter_id(matter): _read_heads(strands) for matter, strands in value["heads"].items()}
    return count, seals, heads, wants


def _read_heads(strands: Any) -> Mapping[OfficeId, Head]:
    heads = {_office(office): Head(seq=seq, id=event_id(one)) for office, (seq, one) in strands.items()}
    if any(type(head.seq) is not int or not 0 <= head.seq <= canonical.LARGEST_INTEGER for head in heads.values()):
        raise ValueError("a head's place is a whole number")
    return heads


@dataclass(frozen=True, slots=True)
class _Line:
    event: Event
    index: int
    path: list[str] | None
    seal: int


def _read_line(line: bytes) -> _Line:
    value: Any = orjson.loads(line)
    if value.keys() != _LINE_KEYS or type(value["index"]) is not int or type(value["seal"]) is not int or value["seal"] < 0:
        raise ValueError("an event's line has other keys")
    content = None
    if value["salt"] is not None:
        content = Content(salt=bytes.fromhex(value["salt"]), value=value["content"])
    event = Event(header=Header.from_value(value["header"]), content=content)
    path = value["path"]
    if line != _line(event, value["index"], None if path is None else tuple(bytes.fromhex(one) for one in path), value["seal"]):
        raise ValueError("an event's line is not in its one spelling")
    return _Line(event, value["index"], path, value["seal"])


def _placed(lines: Sequence[_Line], seals: Sequence[Seal]) -> tuple[SealedEvent, ...]:
    anew = _placed_anew(lines, seals)
    return tuple(
        SealedEvent(
            event=line.event,
            placement=anew[line.event.id]
            if line.path is None
            else Placement.under(seals[line.seal], {"index": line.index, "path": line.path}),
        )
        for line in lines
    )


def _placed_anew(lines: Sequence[_Line], seals: Sequence[Seal]) -> dict[EventId, Placement]:
    groups: dict[int, list[_Line]] = {}
    for line in lines:
        if line.path is None:
            groups.setdefault(line.seal, []).append(line)
    placements: dict[EventId, Placement] = {}
    for number, group in groups.items():
        group.sort(key=lambda line: line.index)
        if [line.index for line in group] != list(range(len(group))):
            raise ValueError("a whole group has every index once")
        placed = _place_group(seals[number], group)
        placements.update((line.event.id, place) for line, place in zip(group, placed, strict=True))
    return placements


def _place_group(seal: Seal, group: Sequence[_Line]) -> tuple[Placement, ...]:
    """The group's placements; where it is not the one sealed, placements that prove nothing, so that each event is refused by itself."""
    try:
        return place_leaves(seal, [line.event.header.leaf for line in group])
    except SealError:
        return tuple(Placement(seal=seal, index=line.index, path=()) for line in group)
