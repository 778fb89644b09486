"""The same three offices throughout, with real keys; each `Office` is a bench: a store, a clock moved by hand, seeded randomness."""

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

from comity.exchange import outbox
from comity.exchange.inbox import Bounds, receive
from comity.exchange.memory import exchange_in_memory
from comity.exchange.outbox import Consignment, Patience
from comity.exchange.parcel import Parcel, pack, unpack
from comity.exchange.receipt import Receipt, verify_receipt
from comity.exchange.store import ExchangeStore, Limits
from comity.identifiers import MatterId, OfficeId, ParcelId, StateCode, uuid7
from comity.journal import SealedEvent, seal_events, write
from comity.trust import FolderTrust, OfficeKeys, load_keys, make_office

AT = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
KZ, TJ, RU = OfficeId("kz-gpo"), OfficeId("tj-gpo"), OfficeId("ru-gpo")


@dataclass(kw_only=True)
class Office:
    """One office on a test bench: a store, keys, the others' cards, a clock moved by hand and seeded randomness."""

    id: OfficeId
    home: Path
    keys: OfficeKeys
    trust: FolderTrust
    store: ExchangeStore = field(default_factory=exchange_in_memory)
    now: datetime = AT
    random: Random = field(default_factory=lambda: Random(7))
    projected: list[MatterId] = field(default_factory=list)
    bounds: Bounds = field(default_factory=Bounds)
    patience: Patience = field(default_factory=Patience)

    @property
    def signer(self):
        return self.keys.signer

    def uuid(self) -> str:
        return uuid7(self.now, self.random.randbytes(10))

    def event(self, unit, matter: MatterId, act: str, value: dict, *, seen: bool = True):
        heads = unit.heads_of([matter]).get(matter, {})
        others = [head.id for office, head in heads.items() if office != self.id] if seen else []
        return write(
            office=self.id,
            matter=matter,
            act=act,
            value=value,
            at=self.now,
            salt=self.random.randbytes(32),
            head=heads.get(self.id),
            seen=others,
        )

    def write(self, matter: MatterId, act: str, value: dict | None = None, *, queue: bool = True) -> SealedEvent:
        """Writes, seals, keeps and queues one event, as a command would."""
        with self.store.write() as unit:
            (sealed,) = seal_events([self.event(unit, matter, act, value or {"words": act})], self.signer, self.now)
            unit.append([sealed])
            if queue:
                outbox.queue(unit, [sealed], me=self.id, at=self.now)
        return sealed

    def open(self, *others: OfficeId, queue: bool = True) -> SealedEvent:
        roles = {"requesting": [self.id], "requested": list(others)}
        value = {"procedure": "mutual-assistance", "version": 1, "roles": roles, "law": "0" * 64}
        return self.write(MatterId(self.uuid()), "matter.opened/1", value, queue=queue)

    def take(self, limits: Limits | None = None) -> Consignment | None:
        return outbox.take(
            self.store,
            "courier",
            now=self.now,
            lease=timedelta(minutes=1),
            new=ParcelId(self.uuid()),
            limits=limits or Limits(),
            patience=self.patience,
        )

    def pack(self, taken: Consignment) -> bytes:
        key = self.trust.hpke_key(taken.leased.recipient, self.now)
        assert key is not None
        return pack(
            parcel=taken.leased.parcel,
            sender=self.id,
            recipient=taken.leased.recipient,
            counter=taken.leased.counter,
            events=taken.events,
            heads=taken.heads,
            wants=taken.wants,
            key=key,
        )

    def parcel_to(self, other: OfficeId, events: Sequence[SealedEvent], *, counter: int = 1, **what) -> bytes:
        """A parcel made by hand, past the outbox."""
        key = self.trust.hpke_key(other, self.now)
        assert key is not None
        parcel = what.pop("parcel", None) or ParcelId(self.uuid())
        facts = {"heads": {}, "wants": (), **what}
        return pack(parcel=parcel, sender=self.id, recipient=other, counter=counter, events=events, key=key, **facts)

    def unpack(self, data: bytes) -> Parcel:
        return unpack(data, me=self.id, trust=self.trust, keys=self.keys.hpke)

    def receive(self, *parcels: bytes):
        return receive(
            self.store,
            [self.unpack(data) for data in parcels],
            me=self.id,
            signer=self.signer,
            at=self.now,
            project=lambda unit, matter: self.projected.append(matter),
            bounds=self.bounds,
        )

    def verify(self, taken: Consignment, answer: bytes) -> Receipt:
        return verify_receipt(
            answer,
            parcel=taken.leased.parcel,
            sender=self.id,
            recipient=taken.leased.recipient,
            events=taken.leased.events,
            keys=self.trust,
        )

    def settle(self, taken: Consignment, answer: bytes) -> Receipt:
        receipt = self.verify(taken, answer)
        with self.store.write() as unit:
            outbox.settle(unit, taken.leased.parcel, answer, receipt, at=self.now, patience=self.patience)
        return receipt

    def ids(self, matter: MatterId) -> list[str]:
        with self.store.read() as unit:
            return [sealed.id for sealed in unit.events(matter)]

    def all_events(self) -> dict[str, SealedEvent]:
        with self.store.read() as unit:
            return {sealed.id: sealed for matter in unit.matters(None, 1000) for sealed in unit.events(matter)}

    def outcome(self, taken: Consignment, other: "Office") -> list[tuple[str, str | None]]:
        """Sends and settles one parcel; what its receipt says, in order."""
        (answer,) = other.receive(self.pack(taken))
        assert isinstance(answer, bytes)
        return [(str(one.result), one.code) for one in self.settle(taken, answer).outcomes]


@dataclass(frozen=True)
class Bench:
    """Homes of three offices that have admitted each other's cards."""

    homes: dict[OfficeId, Path]

    def office(self, office: OfficeId, **facts) -> Office:
        home = self.homes[office]
        seeded = Random(f"{office}{next(_seeds)}")
        return Office(id=office, home=home, keys=load_keys(home), trust=FolderTrust(home / "trust"), random=seeded, **facts)


_seeds = itertools.count()


def make_bench(folder: Callable[[OfficeId], Path]) -> Bench:
    """Three offices that have admitted each other's cards, in the folders given."""
    homes = {office: folder(office) for office in (KZ, TJ, RU)}
    for office, home in homes.items():
        make_office(home, office, state=StateCode(office[:2].upper()), names={"en": office}, endpoint="https://127.0.0.1:1", at=AT)
    for office, home in homes.items():
        for other, place in homes.items():
            if other != office:
                FolderTrust(home / "trust").admit((place / "trust" / f"{other}.office").read_bytes(), AT)
    return Bench(homes)


def deliver(*offices: Office, rounds: int = 50) -> int:
    """Carries everything due between these offices until nothing is; how many parcels that took. Parcels to others stay leased."""
    by_id = {office.id: office for office in offices}
    carried = 0
    for _ in range(rounds):
        taken = [(office, one) for office in offices if (one := office.take()) is not None]
        if not taken:
            return carried
        for office, one in taken:
            if one.leased.recipient not in by_id:
                continue
            (answer,) = by_id[one.leased.recipient].receive(office.pack(one))
            assert isinstance(answer, bytes)
            office.settle(one, answer)
            carried += 1
    raise AssertionError("the offices never came to rest")
