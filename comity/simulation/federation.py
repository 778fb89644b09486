"""Offices in memory under one made clock: what people command goes through the real outbox, parcels, reception and receipts."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

from comity.errors import ComityError
from comity.exchange import FileStore, Limits, ParcelError, Patience, outbox, pack, verify_receipt
from comity.exchange.memory import exchange_in_memory
from comity.exchange.outbox import Consignment
from comity.identifiers import MatterId, OfficeId, ParcelId, StateCode
from comity.law import Register
from comity.node import reception
from comity.node.office import Office
from comity.node.settings import Listener, Names, OfficeSettings
from comity.simulation.wire import Fate, Message, Wire
from comity.trust import FolderTrust, load_keys, make_office

START = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
LEASE = timedelta(minutes=1)
STEP = timedelta(seconds=20)


class SimulationError(ComityError):
    """The federation does not come to rest, or an office answers what no office may."""


class SimulatedFederation:
    """Offices that know each other, a clock and a wire. Nothing happens but what `step` does, so a seed reproduces everything."""

    def __init__(self, folder: Path, offices: Sequence[str], register: Register, *, fate: Fate, seed: int) -> None:
        self.now = START
        self.wire = Wire(fate, seed)
        self._random = Random(seed)  # noqa: S311  # reproducible salts and ids, in memory only
        self._under_way: dict[str, tuple[OfficeId, Consignment]] = {}
        self.offices = {OfficeId(name): self._office(folder / name, OfficeId(name), register) for name in offices}
        _introduce(self.offices)

    def step(self) -> None:
        """One turn: every courier sends what is due, everything that arrives by now is taken, the clock goes on by twenty seconds."""
        for office in self.offices.values():
            self._send(office)
        for message in self.wire.take(self.now):
            self._receipt(message) if message.answers else self._parcel(message)
        self.now += STEP

    def _idle(self) -> None:
        """Let the time go by in which nothing can happen: to the next arrival, or until the oldest lease ends."""
        due = self.wire.next_due
        self.now = max(self.now, min(due, self.now + LEASE) if due else self.now + LEASE)

    def run(self, turns: int) -> None:
        """So many turns."""
        for _ in range(turns):
            self.step()

    def rest(self, turns: int = 5000) -> None:
        """Turns until nothing waits anywhere; raises `SimulationError` if that takes more than `turns`."""
        for _ in range(turns):
            if self.wire.empty and not self.waiting():
                return
            self.step()
            self._idle()
        raise SimulationError(f"{self.waiting()} events still wait after {turns} turns.")

    def waiting(self) -> int:
        """Events that have no final answer yet, in all outboxes."""
        total = 0
        for office in self.offices.values():
            with office.store.read() as unit:
                total += sum(route.waiting for route in unit.routes())
        return total

    def matters(self, office: str) -> tuple[MatterId, ...]:
        """The matters an office holds."""
        with self.offices[OfficeId(office)].store.read() as unit:
            return unit.matters(None, 1000)

    def _office(self, home: Path, office: OfficeId, register: Register) -> Office:
        if not (home / "keys").exists():
            names = {"en": office, "ru": office}
            make_office(home, office, state=StateCode(office[:2].upper()), names=names, endpoint=None, at=START)
        keys = load_keys(home)
        settings = OfficeSettings(
            office=office,
            state=office[:2].upper(),
            names=Names(en=office, ru=office),
            desk=Listener(port=1),
            gateway=Listener(port=1),
        )
        return Office(
            settings=settings,
            home=home,
            store=exchange_in_memory(),
            files=FileStore(home / "files"),
            trust=FolderTrust(home / "trust"),
            keys=keys,
            register=register,
            clock=lambda: self.now,
            randomness=self._random.randbytes,
        )

    def _send(self, office: Office) -> None:
        while taken := self._take(office):
            self._under_way[taken.leased.parcel] = office.id, taken
            if packed := self._packed(office, taken):
                self.wire.put(self.now, office.id, taken.leased.recipient, packed)

    def _take(self, office: Office) -> Consignment | None:
        new = ParcelId(office.new_id())
        limits = Limits(events=1 + self._random.randrange(20))
        return outbox.take(office.store, "courier", now=self.now, lease=LEASE, new=new, limits=limits, patience=Patience())

    def _packed(self, office: Office, taken: Consignment) -> bytes | None:
        """The parcel's bytes; None where there is no card to encrypt to, so that it waits as at a real courier's."""
        leased = taken.leased
        key = office.trust.hpke_key(leased.recipient, self.now)
        if key is None:
            return None
        return pack(
            parcel=leased.parcel,
            sender=office.id,
            recipient=leased.recipient,
            counter=leased.counter,
            events=taken.events,
            heads=taken.heads,
            wants=taken.wants,
            key=key,
        )

    def _parcel(self, message: Message) -> None:
        office = self.offices[message.recipient]
        (answer,) = reception.receive(office, [message.data])
        if isinstance(answer, ParcelError):
            raise answer
        parcel = message.data.partition(b'"parcel":"')[2][:36].decode("ascii")
        self.wire.put(self.now, office.id, message.sender, answer, answers=parcel)

    def _receipt(self, message: Message) -> None:
        office_id, taken = self._under_way[message.answers]
        office = self.offices[office_id]
        receipt = verify_receipt(
            message.data,
            parcel=taken.leased.parcel,
            sender=office.id,
            recipient=taken.leased.recipient,
            events=[event.id for event in taken.events],
            keys=office.trust,
        )
        with office.store.write() as unit:
            outbox.settle(unit, taken.leased.parcel, message.data, receipt, at=self.now, patience=Patience())


def _introduce(offices: dict[OfficeId, Office]) -> None:
    for office in offices.values():
        for other in offices.values():
            card = other.home / "trust" / f"{other.id}.office"
            office.trust.admit(card.read_bytes(), START)  # type: ignore[attr-defined]  # a folder's trust, made above
