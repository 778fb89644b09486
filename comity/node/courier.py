"""The courier: carries what waits to the other offices until they have it, and never gives up by itself.

One turn of a lane: lease a parcel, pack it, carry it, verify its receipt, settle — each step safe to be the last one before a crash.
Several couriers may run, in one process or many: leases keep them apart, and a lease that ends is taken up by whoever comes first. Papers
go the same way, a bounded number of chunks a turn. Chores (sealing internal events, releasing what was held for a key, collecting a
courier's folder) are done by one courier at a time, under a named lease.

A refusal that concerns the whole road (nobody answers, we are not known there) makes the route wait as a whole; one that concerns a
parcel alone makes that parcel wait, and the others go on. Waits double from half a second to an hour, with jitter;
`Patience.trouble_after` says when people are told.
"""

import threading
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from itertools import islice
from typing import Protocol

import structlog

from comity.errors import Code
from comity.exchange import (
    ExchangeError,
    ExchangeStore,
    FileStore,
    Limits,
    PaperError,
    ParcelError,
    Patience,
    ReceiptError,
    Result,
    Transport,
    TransportError,
    outbox,
    pack,
    verify_receipt,
)
from comity.exchange.arrivals import Arrivals
from comity.exchange.outbox import Consignment
from comity.exchange.receipt import read_receipt
from comity.exchange.store import LeasedFile
from comity.exchange.transports.folder import Delivery, FolderTransport, Kind, read_chunk
from comity.identifiers import EventId, FileId, OfficeId, ParcelId, uuid7
from comity.journal import SealedEvent
from comity.node.incident import incident
from comity.node.together import Together
from comity.trust import Trust

LEASE = timedelta(minutes=2)
CHORE_EVERY = timedelta(seconds=30)
REFRESH_EVERY = timedelta(seconds=2)
CHUNKS_A_TURN = 128
IDLE = 0.25
Chore = Callable[[], int]
log = structlog.get_logger("comity.courier")


class Sender(Protocol):
    """What a courier needs of its office. `clock` gives aware UTC times; `randomness(n)` gives n unpredictable bytes."""

    @property
    def id(self) -> OfficeId:
        """The office's id."""

    @property
    def store(self) -> ExchangeStore:
        """The durable store."""

    @property
    def files(self) -> FileStore:
        """The papers."""

    @property
    def trust(self) -> Trust:
        """The cards."""

    @property
    def clock(self) -> Callable[[], datetime]:
        """What time it is."""

    @property
    def randomness(self) -> Callable[[int], bytes]:
        """Unpredictable bytes."""


class Courier:
    """One courier of one office. `worker` names it among all that run.

    `chores` are done every `chore_every`, by one courier at a time. `refresh` (`FolderTrust.reload`) is asked by each, every two seconds.
    """

    def __init__(
        self,
        office: Sender,
        transport: Transport,
        *,
        worker: str,
        patience: Patience | None = None,
        limits: Limits | None = None,
        chores: Mapping[str, Chore] | None = None,
        chore_every: timedelta = CHORE_EVERY,
        refresh: Callable[[], bool] = lambda: False,
    ) -> None:
        self._office = office
        self._transport = transport
        self._worker = worker
        self._patience = patience or Patience()
        self._limits = limits or Limits()
        self._chores = chores or {}
        self._chore_every = chore_every
        self._chores_at: datetime | None = None
        self._refresh = refresh
        self._refreshed_at: datetime | None = None
        self._told: set[OfficeId] = set()
        self._taking = Together(self._take)
        self._settling = Together(self._close)

    def step(self) -> int:
        """One turn of everything, in this thread; how much was done. Zero: nothing is due."""
        return self.do_chores() + self.send_parcel() + self.send_paper()

    def run(self, stop: threading.Event, *, lanes: int = 2, idle: float = IDLE) -> None:
        """Works until `stop` is set: `lanes` threads for parcels, one for papers, this one for chores. `idle` is seconds between looks."""
        turns: Sequence[Callable[[], int]] = [self.send_parcel] * lanes + [self.send_paper]
        threads = [threading.Thread(target=_lane, args=(turn, stop, idle), name=f"lane-{n}", daemon=True) for n, turn in enumerate(turns)]
        for thread in threads:
            thread.start()
        _lane(self.do_chores, stop, idle)
        for thread in threads:
            thread.join()
        self._transport.close()

    # Parcels

    def send_parcel(self) -> int:
        """Carries the next parcel that is due: 1, or 0 when none is."""
        taken = self._taking(self._new_id())
        if taken is None:
            return 0
        try:
            answer = self._transport.send(taken.leased.recipient, taken.leased.parcel, self._packed(taken))
            if answer is None:
                self._postpone(taken, None, wait=self._patience.carried, route=False)
            else:
                self._settle(taken.leased.parcel, taken.leased.recipient, taken.leased.events, answer, taken.events)
        except TransportError as error:
            self._failed(taken, error, route=error.retry)
        except (ParcelError, ReceiptError) as error:
            self._failed(taken, error, route=isinstance(error, ReceiptError))
        return 1

    def settle(self, answer: bytes) -> bool:
        """Settles the parcel that a receipt is of, when it comes by itself; raises `ReceiptError` where it proves nothing."""
        said, _ = read_receipt(answer)
        with self._office.store.read() as unit:
            gone = unit.outgoing(said.parcel)
        if gone is None or gone.recipient != said.recipient:
            raise ReceiptError(Code.NOT_EXPECTED, "We sent no such parcel.", where=said.parcel)
        return self._settle(said.parcel, said.recipient, gone.events, answer)

    def _settle(
        self, parcel: ParcelId, recipient: OfficeId, events: Sequence[EventId], answer: bytes, sent: Sequence[SealedEvent] | None = None
    ) -> bool:
        receipt = verify_receipt(answer, parcel=parcel, sender=self._office.id, recipient=recipient, events=events, keys=self._office.trust)
        settled = self._settling(partial(outbox.settle, parcel=parcel, data=answer, receipt=receipt, events=sent))
        for outcome in receipt.outcomes:
            if outcome.code is not None:
                tell = log.info if outcome.result is Result.HELD else log.warning
                tell("event.answered", to=recipient, id=outcome.event, result=outcome.result.value, code=outcome.code.value)
        self._told.discard(recipient)
        return settled

    def _new_id(self) -> ParcelId:
        return ParcelId(uuid7(self._office.clock(), self._office.randomness(10)))

    def _take(self, ids: Sequence[ParcelId]) -> Sequence[Consignment | None]:
        """A parcel for each lane that asks, as far as parcels are due."""
        now = self._office.clock()
        taken = outbox.take_some(
            self._office.store, self._worker, now=now, lease=LEASE, new=ids, limits=self._limits, patience=self._patience
        )
        return [*taken, *[None] * (len(ids) - len(taken))]

    def _close(self, settlements: Sequence[Callable[..., bool]]) -> Sequence[bool]:
        """Settles the parcels of all lanes that have a receipt, in one transaction."""
        with self._office.store.write() as unit:
            return [settle(unit, at=self._office.clock(), patience=self._patience) for settle in settlements]

    def _packed(self, taken: Consignment) -> bytes:
        leased = taken.leased
        key = self._office.trust.hpke_key(leased.recipient, self._office.clock())
        if key is None:
            words = "There is no card in force with a key to encrypt to."
            raise TransportError(Code.UNKNOWN_KEY, words, retry=True, where=leased.recipient, next_step="Admit the office's current card.")
        return pack(
            parcel=leased.parcel,
            sender=self._office.id,
            recipient=leased.recipient,
            counter=leased.counter,
            events=taken.events,
            heads=taken.heads,
            wants=taken.wants,
            key=key,
        )

    def _failed(self, taken: Consignment, error: ExchangeError, *, route: bool) -> None:
        leased = taken.leased
        failures = leased.failures + 1 if route else leased.attempt
        self._postpone(taken, error.code, wait=self._patience.wait(failures, self._office.randomness(2)), route=route)
        log.warning("parcel.postponed", to=leased.recipient, parcel=leased.parcel, attempt=leased.attempt, code=error.code.value)

    def _postpone(self, taken: Consignment, code: Code | None, *, wait: timedelta, route: bool) -> None:
        now = self._office.clock()
        with self._office.store.write() as unit:
            unit.postpone_parcel(taken.leased, now + wait, code, now, route=route)

    # Papers

    def send_paper(self) -> int:
        """Carries the next chunks of a paper that is due: 1, or 0 when none is."""
        now = self._office.clock()
        with self._office.store.write() as unit:
            leased = unit.lease_file(self._worker, now, now + LEASE)
        if leased is None:
            return 0
        try:
            whole = self._carry(leased)
        except ExchangeError as error:
            self._postpone_paper(leased, error)
        else:
            self._paper_moved(leased, whole=whole)
        return 1

    def _carry(self, leased: LeasedFile) -> bool:
        """Carries up to a turn's chunks of what the peer lacks; whether it has the whole paper now."""
        progress = self._transport.progress(leased.peer, leased.root, leased.size)
        if progress.whole:
            return True
        for number, path, data in self._office.files.chunks(leased.root, tuple(islice(progress.missing, CHUNKS_A_TURN))):
            if self._transport.put(leased.peer, leased.root, number, path, data):
                return True
        return self._transport.progress(leased.peer, leased.root, leased.size).whole

    def _paper_moved(self, leased: LeasedFile, *, whole: bool) -> None:
        now = self._office.clock()
        with self._office.store.write() as unit:
            if whole:
                unit.settle_file(leased, now)
            else:
                unit.postpone_file(leased, now, None)

    def _postpone_paper(self, leased: LeasedFile, error: ExchangeError) -> None:
        now = self._office.clock()
        wait = self._patience.longest if isinstance(error, PaperError) else self._patience.wait(leased.attempt, self._office.randomness(2))
        with self._office.store.write() as unit:
            unit.postpone_file(leased, now + wait, error.code)
        log.warning("paper.postponed", to=leased.peer, paper=leased.root, attempt=leased.attempt, code=error.code.value)

    # Chores

    def do_chores(self) -> int:
        """Does every chore that is due and that no other courier is at; how much was done."""
        now = self._office.clock()
        if self._refreshed_at is None or now >= self._refreshed_at + REFRESH_EVERY:
            self._refreshed_at = now
            self._refresh()
        if self._chores_at is not None and now < self._chores_at + self._chore_every:
            return 0
        self._chores_at = now
        self._tell_trouble(now)
        return sum(chore() for name, chore in self._chores.items() if self._mine(name, now))

    def _mine(self, name: str, now: datetime) -> bool:
        with self._office.store.write() as unit:
            return unit.take_lease(name, self._worker, now, now + LEASE)

    def _tell_trouble(self, now: datetime) -> None:
        with self._office.store.read() as unit:
            routes = outbox.in_trouble(unit.routes(), now=now, patience=self._patience)
        for route in routes:
            if route.recipient not in self._told:
                log.error("route.trouble", to=route.recipient, waiting=route.waiting, code=route.code and route.code.value)
        self._told = {route.recipient for route in routes}


def folder_chore(
    courier: Courier, transport: FolderTransport, receive: Callable[[Sequence[bytes]], Sequence[bytes | ParcelError]], arrivals: Arrivals
) -> Chore:
    """The chore that takes what came in a courier's folder: receipts, then parcels (answered into the folder), then chunks.

    A file is taken away when what it says is durable; one that will never be taken is set aside; one that may be taken later stays.
    """
    return partial(_collect, courier, transport, receive, arrivals)


def _collect(
    courier: Courier, transport: FolderTransport, receive: Callable[[Sequence[bytes]], Sequence[bytes | ParcelError]], arrivals: Arrivals
) -> int:
    done = 0
    for delivery in transport.collect():
        try:
            _take(delivery, courier, transport, receive, arrivals)
        except ExchangeError as error:
            if error.code not in (Code.STORAGE, Code.NOT_EXPECTED):
                transport.refuse(delivery)
            log.warning("delivery.refused", kind=delivery.kind.value, sender=delivery.sender, code=error.code.value)
        else:
            transport.done(delivery)
            done += 1
    return done


def _take(
    delivery: Delivery,
    courier: Courier,
    transport: FolderTransport,
    receive: Callable[[Sequence[bytes]], Sequence[bytes | ParcelError]],
    arrivals: Arrivals,
) -> None:
    match delivery.kind:
        case Kind.RECEIPT:
            courier.settle(delivery.data)
        case Kind.PARCEL:
            (answer,) = receive([delivery.data])
            if isinstance(answer, ParcelError):
                raise answer
            transport.answer(delivery.sender, ParcelId(delivery.name), answer)
        case Kind.CHUNK:
            root, _, number = delivery.name.partition(".")
            read = read_chunk(delivery.data)
            if read is None:
                raise PaperError(Code.MALFORMED, "This is not a chunk and its proof.", where=root)
            arrivals.put(delivery.sender, FileId(root), int(number), *read)


def _lane(turn: Callable[[], int], stop: threading.Event, idle: float) -> None:
    while not stop.is_set():
        try:
            done = turn()
        except Exception as error:  # noqa: BLE001  # whatever broke (a store that is busy or away), the work stays leased and comes again
            log.error("turn.failed", **incident(error))  # noqa: TRY400  # its words may hold personal data
            done = 0
        if not done:
            stop.wait(idle)
