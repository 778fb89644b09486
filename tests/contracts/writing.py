"""The same three offices throughout, with fixed keys, writing matters for tests: an `Author` is one office's pen in one matter."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from comity.canonical import Value
from comity.identifiers import MatterId, OfficeId, uuid7
from comity.journal import OPENED, Event, Head, KeyRing, LocalSigner, SealedEvent, seal_events, write

KZ, TJ, RU = OfficeId("kz-gpo"), OfficeId("tj-gpo"), OfficeId("ru-gpo")
BEGINNING = datetime(2026, 1, 5, 4, 0, tzinfo=UTC)
NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)


def fixed_bytes(name: str, size: int = 32) -> bytes:
    """Bytes that are the same in every run."""
    return b"".join(sha256(f"{name}/{part}".encode()).digest() for part in range(size // 32 + 1))[:size]


def signer(office: OfficeId) -> LocalSigner:
    """The office's seal, the same in every run."""
    return LocalSigner(fixed_bytes(f"seal of {office}", 64), office, valid_from=BEGINNING)


SIGNERS = {office: signer(office) for office in (KZ, TJ, RU)}
KEYS = KeyRing(*(one.key for one in SIGNERS.values()))


def matter(number: int = 0) -> MatterId:
    """A matter's id; a greater number is a later matter."""
    return MatterId(uuid7(NOW + timedelta(minutes=number), fixed_bytes(f"matter {number}", 10)))


class Author:
    """An office's pen in one matter: knows its own strand's head and what it has seen."""

    def __init__(self, office: OfficeId, of: MatterId) -> None:
        self.office = office
        self.matter = of
        self.head: Head | None = None
        self.seen: dict[OfficeId, Event] = {}

    def write(self, act: str, value: Mapping[str, Value] | None = None, *, at: datetime | None = None) -> Event:
        """The next event of this strand."""
        place = 0 if self.head is None else self.head.seq + 1
        when = at or NOW + timedelta(minutes=place)
        salt = fixed_bytes(f"salt {self.office} {self.matter} {place} {act}")
        seen = [event.id for event in self.seen.values()]
        event = write(
            office=self.office,
            matter=self.matter,
            act=act,
            value={} if value is None else value,
            at=when,
            salt=salt,
            head=self.head,
            seen=seen,
        )
        self.head = Head(seq=event.header.seq, id=event.id)
        return event

    def open(self, roles: Mapping[str, list[str]] | None = None) -> Event:
        """The event that opens the matter."""
        named = roles or {"requesting": [KZ], "requested": [TJ]}
        return self.write(OPENED, {"procedure": "mutual-assistance", "version": 1, "roles": named, "law": "0" * 64})

    def read(self, event: Event) -> None:
        """Sees another strand's event; what is written next names it as seen."""
        if event.header.office != self.office:
            self.seen[event.header.office] = event


def sealed(events: Sequence[Event], at: datetime = NOW + timedelta(hours=1)) -> tuple[SealedEvent, ...]:
    """The events, each office's sealed as one group, in the order given."""
    placed: dict[str, SealedEvent] = {}
    for office, one in SIGNERS.items():
        if own := [event for event in events if event.header.author == office]:
            placed |= {item.id: item for item in seal_events(own, one, at)}
    return tuple(placed[event.id] for event in events)


def exchange_of_letters(of: MatterId | None = None) -> tuple[Event, ...]:
    """A short matter: Astana opens and asks, Dushanbe registers, asks back, is answered, and answers."""
    kz, tj = Author(KZ, of or matter()), Author(TJ, of or matter())
    events = [kz.open(), kz.write("request.sent/1", {"person": "R. M.", "articles": ["190(4)"]})]
    tj.read(events[-1])
    events += [tj.write("request.registered/1", {"number": "15/2-77"}), tj.write("information.asked/1", {"about": "адрес"})]
    kz.read(events[-1])
    events.append(kz.write("information.given/1", {"address": "Душанбе"}))
    tj.read(events[-1])
    events.append(tj.write("request.executed/1", {"annexes": []}))
    return tuple(events)
