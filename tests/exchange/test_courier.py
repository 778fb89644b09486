"""The courier: what it sends, how it waits, what it never loses, whatever the weather between offices."""

from contextlib import contextmanager
from datetime import timedelta
from random import Random
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.errors import Code
from comity.exchange import FileStore, Limits, ParcelError, Patience, outbox
from comity.exchange.arrivals import Arrivals
from comity.exchange.outbox import in_trouble
from comity.exchange.store import EntryState
from comity.exchange.transports import FolderTransport, MemoryNetwork, Weather
from comity.identifiers import ParcelId
from comity.journal import Head
from comity.node.courier import Courier, folder_chore
from tests.exchange.offices import AT, KZ, RU, TJ, Bench, Office

PATIENCE = Patience()


def receiving(office: Office):
    def receive(data: bytes):
        try:
            return office.receive(data)[0]
        except ParcelError as error:
            return error

    return receive


def carrying(office: Office, files: FileStore | None = None):
    return SimpleNamespace(
        id=office.id, store=office.store, files=files, trust=office.trust, clock=lambda: office.now, randomness=office.random.randbytes
    )


class Federation:
    """Offices joined by a network in memory, each with couriers of its own, one clock for all."""

    def __init__(self, offices: list[Office], seed: int, weather: Weather, *, limits: Limits | None = None, files=None) -> None:
        self.network = MemoryNetwork(Random(seed), weather)
        self.offices = offices
        self.couriers = []
        for office in offices:
            store = files and files[office.id]
            arrivals = Arrivals(office.store, store, lambda office=office: office.now) if store else None
            road = self.network.join(office.id, receiving(office), arrivals)
            self.couriers += [
                Courier(carrying(office, store), road, worker=f"{office.id}-{n}", limits=limits, patience=office.patience) for n in range(2)
            ]

    def round(self) -> int:
        return sum(courier.step() for courier in self.couriers)

    def pass_time(self, by: timedelta) -> None:
        for office in self.offices:
            office.now += by

    def rest(self, *, rounds: int = 400) -> None:
        """Until nothing waits anywhere, an hour at a time when nothing is due."""
        for _ in range(rounds):
            if self.round() == 0:
                if self.settled():
                    return
                self.network.deliver_delayed()
                self.pass_time(timedelta(hours=1))
        raise AssertionError("it never came to rest")

    def settled(self) -> bool:
        def waiting(office: Office) -> int:
            with office.store.read() as unit:
                return sum(route.waiting for route in unit.routes()) + len(unit.due_wants(KZ, office.now + timedelta(days=9), 1))

        return not self.network.delayed and sum(map(waiting, self.offices)) == 0


def test_a_courier_sends_and_settles(kz, tj):
    one = Federation([kz, tj], 1, Weather())
    opened = kz.open(TJ)
    assert one.round() == 1
    assert one.round() == 0
    assert list(tj.all_events()) == [opened.id]


def test_a_peer_that_is_down_is_tried_ever_more_rarely_and_gets_everything(kz, tj):
    one = Federation([kz, tj], 1, Weather())
    one.network.down.add(TJ)
    for _ in range(3):
        kz.open(TJ)
    waits = []
    for _ in range(20):
        while one.round():
            pass
        with kz.store.read() as unit:
            (route,) = unit.routes()
        waits.append(route.due_at - kz.now)
        one.pass_time(route.due_at - kz.now)
    assert timedelta(milliseconds=250) <= waits[0] <= timedelta(milliseconds=500)
    assert all(timedelta(minutes=30) <= wait <= timedelta(hours=1) for wait in waits[-4:])
    assert waits[3] > waits[0]
    assert (route.failing_since, route.code) == (AT, Code.STORAGE)
    assert in_trouble([route], now=AT + PATIENCE.trouble_after, patience=PATIENCE) == (route,)
    assert in_trouble([route], now=AT + PATIENCE.trouble_after - timedelta(seconds=1), patience=PATIENCE) == ()
    one.network.down.clear()
    one.rest()
    assert tj.all_events() == kz.all_events()
    assert len(tj.all_events()) == 3


def test_lanes_that_ask_together_get_a_parcel_each_as_far_as_parcels_go(kz, tj):
    opened = [kz.open(TJ), kz.open(TJ), kz.open(RU)]
    stale = kz.take(Limits(events=1))
    kz.now += timedelta(minutes=2)  # whoever leased the first is gone
    facts = {"now": kz.now, "lease": timedelta(minutes=1), "limits": Limits(events=1), "patience": PATIENCE}
    taken = outbox.take_some(kz.store, "courier", new=[ParcelId(kz.uuid()) for _ in range(5)], **facts)
    assert [one.leased.recipient for one in taken] == [TJ, TJ, RU]
    assert [event.id for one in taken for event in one.events] == [event.id for event in opened]
    assert (taken[0].leased.parcel, taken[0].leased.attempt) == (stale.leased.parcel, 2)
    assert all(set(one.heads) == {event.header.matter for event in one.events} for one in taken)
    assert outbox.take_some(kz.store, "courier", new=[ParcelId(kz.uuid())], **facts) == ()


def test_many_events_are_gathered_as_few_are(kz, tj):
    matter = kz.open(TJ).header.matter
    for _ in range(outbox.GATHERED_AT_ONCE + 1):
        kz.write(matter, "message.sent/1")
    taken = kz.take()
    assert [event.id for event in taken.events] == list(kz.all_events())
    assert taken.heads == {matter: {KZ: Head(seq=outbox.GATHERED_AT_ONCE + 1, id=taken.events[-1].id)}}


def test_jitter_keeps_within_half_and_doubles_up_to_an_hour():
    waits = [PATIENCE.wait(failures, b"\x00\x00") for failures in range(1, 40)]
    assert waits[:4] == [timedelta(milliseconds=500 * 2**n) for n in range(4)]
    assert waits[-1] == timedelta(hours=1)
    low = [PATIENCE.wait(failures, b"\xff\xff") for failures in range(1, 40)]
    assert all(high / 2 < short < high for short, high in zip(low, waits, strict=True))


def test_a_courier_that_dies_with_a_parcel_loses_nothing(kz, tj):
    one = Federation([kz, tj], 1, Weather())
    kz.open(TJ)
    kz.take()  # leased, and then its process died
    assert one.round() == 0
    one.pass_time(timedelta(minutes=2))
    one.rest()
    assert tj.all_events() == kz.all_events()


def test_a_parcel_refused_for_itself_waits_and_the_others_go_on(kz, tj, monkeypatch):
    one = Federation([kz, tj], 1, Weather(), limits=Limits(events=1))
    bad = kz.open(TJ)
    carry, damages = one.network.carry, iter([True])
    monkeypatch.setattr(one.network, "carry", lambda recipient, data: carry(recipient, data[:-1] if next(damages, False) else data))
    good = kz.open(TJ)
    while one.round():
        pass
    assert list(tj.all_events()) == [good.id]
    with kz.store.read() as unit:
        assert unit.routes()[0].failing_since is None
        _, parcel, _ = unit.entry(TJ, bad.id)
        assert unit.outgoing(parcel).code is Code.CANNOT_OPEN
    one.rest()
    assert set(tj.all_events()) == {bad.id, good.id}


def test_a_receipt_that_proves_nothing_is_not_believed(kz, tj):
    one = Federation([kz, tj], 1, Weather())
    opened = kz.open(TJ)
    true = one.network._stations[TJ].receive
    one.network.join(TJ, lambda data: true(data).replace(b'"accepted"', b'"rejected"', 1))
    one.round()
    with kz.store.read() as unit:
        assert unit.entry(TJ, opened.id)[0] is EntryState.WAITING
        assert unit.routes()[0].code is Code.BAD_PROOF
    one.network.join(TJ, true)
    one.rest()
    with kz.store.read() as unit:
        assert unit.entry(TJ, opened.id)[0] is EntryState.ACCEPTED


def test_without_a_card_in_force_nothing_is_sent(kz, tj):
    one = Federation([kz, tj], 1, Weather())
    kz.open(TJ)
    kz.now = kz.trust.card(TJ).valid_until
    one.round()
    with kz.store.read() as unit:
        assert unit.routes()[0].code is Code.UNKNOWN_KEY
    assert tj.all_events() == {}


def test_papers_follow_their_events(kz, tj, tmp_path):
    files = {KZ: FileStore(tmp_path / "kz"), TJ: FileStore(tmp_path / "tj")}
    one = Federation([kz, tj], 1, Weather(), files=files)
    paper = files[KZ].add([bytes([n]) * 2**20 for n in range(3)], type="application/pdf", title="Order", language="ru")
    opened = kz.open(TJ)
    kz.write(opened.header.matter, "request.sent/1", {"annexes": [paper.value()]})
    one.rest()
    assert b"".join(files[TJ].read(paper)) == b"".join(files[KZ].read(paper))
    with tj.store.read() as unit:
        assert unit.files_missing(10) == ()
    with kz.store.write() as unit:
        assert unit.lease_file("courier", kz.now + timedelta(days=9), kz.now + timedelta(days=10)) is None


def test_a_paper_that_is_not_here_waits_without_stopping_others(kz, tj, tmp_path):
    files = {KZ: FileStore(tmp_path / "kz"), TJ: FileStore(tmp_path / "tj")}
    one = Federation([kz, tj], 1, Weather(), files=files)
    gone, here = (files[KZ].add([word], type="text/plain", title="x", language="en") for word in (b"gone", b"here"))
    files[KZ].remove(gone.root)
    opened = kz.open(TJ)
    kz.write(opened.header.matter, "request.sent/1", {"annexes": [gone.value(), here.value()]})
    while one.round():
        pass
    assert files[TJ].has(here.root)
    with tj.store.read() as unit:
        assert [entry.root for entry in unit.files_missing(10)] == [gone.root]


def test_chores_are_done_by_one_courier_at_their_interval(kz):
    done = []
    network = MemoryNetwork(Random(1))
    road = network.join(KZ, receiving(kz))
    couriers = [
        Courier(
            carrying(kz), road, worker=name, chores={"seal": lambda name=name: done.append(name) or 1}, chore_every=timedelta(seconds=30)
        )
        for name in ("one", "two")
    ]
    for courier in couriers:
        courier.step()
        courier.step()
    assert done == ["one"]
    kz.now += timedelta(seconds=30)
    couriers[0].step()
    assert done == ["one", "one"]


def test_every_courier_looks_at_the_cards_itself(kz):
    seen = []
    network = MemoryNetwork(Random(1))
    road = network.join(KZ, receiving(kz))
    couriers = [Courier(carrying(kz), road, worker=name, refresh=lambda name=name: bool(seen.append(name))) for name in ("one", "two")]
    for _ in range(2):
        for courier in couriers:
            courier.step()
    assert seen == ["one", "two"]
    kz.now += timedelta(seconds=2)
    couriers[1].step()
    assert seen == ["one", "two", "two"]


@pytest.mark.parametrize("by_disk", [1, 2, 5])
def test_offices_exchange_by_a_disk_that_is_carried(kz, tj, tmp_path, by_disk):
    disk = tmp_path / "disk"
    files = {KZ: FileStore(tmp_path / "kz"), TJ: FileStore(tmp_path / "tj")}
    chores, couriers = [], []
    for office in (kz, tj):
        road = FolderTransport(disk, office.id)
        courier = Courier(carrying(office, files[office.id]), road, worker=office.id, limits=Limits(events=by_disk))
        arrivals = Arrivals(office.store, files[office.id], lambda office=office: office.now)
        receive = receiving(office)
        chores.append(folder_chore(courier, road, lambda parcels, receive=receive: [receive(one) for one in parcels], arrivals))
        couriers.append(courier)
    paper = files[KZ].add([b"a page"] * 9, type="text/plain", title="Page", language="en")
    opened = kz.open(TJ)
    for n in range(1, 6):
        kz.write(opened.header.matter, f"note.added/{n}", {"annexes": [paper.value()]})
    while sum(courier.step() for courier in couriers) + sum(chore() for chore in chores):
        pass
    for office in (kz, tj):
        office.now += timedelta(minutes=5)  # what was held comes again
    while sum(courier.step() for courier in couriers) + sum(chore() for chore in chores):
        pass
    assert tj.all_events() == kz.all_events()
    assert len(tj.all_events()) == 6
    assert files[TJ].has(paper.root)
    with kz.store.read() as unit:
        assert unit.routes()[0].waiting == 0
    assert [path for path in disk.rglob("*") if path.is_file()] == []


class ProcessDiedError(Exception):
    """The process died here."""


class CrashingStore:
    """A store whose process dies in its n-th write: just before the commit, or just after it."""

    def __init__(self, store, at: int, *, committed: bool) -> None:
        self.inner = store
        self.left = at
        self.committed = committed

    @contextmanager
    def write(self):
        self.left -= 1
        with self.inner.write() as unit:
            yield unit
            if self.left == 0 and not self.committed:
                raise ProcessDiedError
        if self.left == 0:
            raise ProcessDiedError

    def read(self):
        return self.inner.read()


@pytest.mark.parametrize("committed", [False, True], ids=["before the commit", "after the commit"])
@pytest.mark.parametrize("who", [KZ, TJ])
def test_a_crash_in_any_write_loses_and_doubles_nothing(bench, tmp_path, who, committed):
    number = 0
    reached = True
    while reached:  # every write of the story is tried, until one is never reached
        number += 1
        kz, tj = bench.office(KZ), bench.office(TJ)
        files = {KZ: FileStore(tmp_path / f"{number}-kz"), TJ: FileStore(tmp_path / f"{number}-tj")}
        paper = files[KZ].add([b"a page"], type="text/plain", title="Page", language="en")
        opened = kz.open(TJ)
        kz.write(opened.header.matter, "request.sent/1", {"annexes": [paper.value()]})
        dying = kz if who == KZ else tj
        dying.store = store = CrashingStore(dying.store, number, committed=committed)
        one = Federation([kz, tj], number, Weather(), limits=Limits(events=1), files=files)
        reached = False
        try:
            while one.round():
                pass
        except ProcessDiedError:
            reached = True
        store.left = 0
        one.pass_time(timedelta(minutes=5))
        one.rest()
        assert tj.all_events() == kz.all_events()
        assert len(tj.ids(opened.header.matter)) == 2
        assert files[TJ].has(paper.root)
        with kz.store.read() as unit:
            assert {unit.entry(TJ, event)[0] for event in kz.all_events()} == {EntryState.ACCEPTED}
    assert number > (5 if who == TJ else 9)


@settings(max_examples=25, deadline=None)
@given(
    seed=st.integers(min_value=0, max_value=2**32),
    weather=st.builds(
        Weather,
        lost=st.floats(0, 0.5),
        receipt_lost=st.floats(0, 0.5),
        doubled=st.floats(0, 0.5),
        delayed=st.floats(0, 0.5),
    ),
    size=st.integers(1, 4),
    script=st.lists(st.tuples(st.sampled_from([KZ, TJ, RU]), st.sampled_from(["open", "write", "carry", "wait", "late"])), max_size=25),
)
def test_any_order_loss_and_repetition_end_in_the_same_events_everywhere(bench: Bench, seed, weather, size, script):
    offices = {office: bench.office(office) for office in (KZ, TJ, RU)}
    one = Federation(list(offices.values()), seed, weather, limits=Limits(events=size))
    matters = [offices[KZ].open(TJ, RU).header.matter]
    for who, what in script:
        office = offices[who]
        match what:
            case "open":
                matters.append(office.open(*[other for other in offices if other != who]).header.matter)
            case "write":
                known = [matter for matter in matters if office.ids(matter)]
                if known:
                    office.write(known[seed % len(known)], "note.added/1")
            case "carry":
                one.round()
            case "wait":
                one.pass_time(timedelta(seconds=20))
            case _:
                one.network.deliver_delayed()
    one.rest()
    written = offices[KZ].all_events()
    assert offices[TJ].all_events() == offices[RU].all_events() == written
    for office in offices.values():
        ids = [event for matter in matters for event in office.ids(matter)]
        assert len(ids) == len(set(ids)) == len(written)  # nothing twice
        with office.store.read() as unit:
            for sealed in written.values():
                if sealed.header.office == office.id:
                    for other in offices:
                        assert other == office.id or unit.entry(other, sealed.id)[0] is EntryState.ACCEPTED  # every one receipted
