"""The contract of every road. A transport's test inherits the class and joins two offices by it:

class TestMemoryTransport(TransportContract):
    @pytest.fixture
    def road(self, kz, tj, files): yield Road(...)
"""

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from comity.errors import Code
from comity.exchange import FileStore, Transport, TransportError, read_receipt
from comity.exchange.files import CHUNK
from comity.exchange.store import FileEntry
from comity.identifiers import MatterId, OfficeId
from tests.exchange.offices import AT, KZ, TJ, Office


@dataclass
class Road:
    """Astana's transport to Dushanbe. `arrive` makes what was carried come in, and gives the receipts that came back."""

    transport: Transport
    there: FileStore
    arrive: Callable[[], list[bytes]] = list
    refuses: bool = True


class TransportContract:
    """Every test begins with two offices that know each other and have nothing."""

    @pytest.fixture
    def road(self) -> Road:
        raise NotImplementedError("a transport's test gives its road")

    def test_a_parcel_comes_and_its_receipt_comes_back(self, road: Road, kz: Office, tj: Office):
        kz.open(TJ)
        taken = kz.take()
        answer = road.transport.send(TJ, taken.leased.parcel, kz.pack(taken))
        answers = road.arrive() if answer is None else [answer]
        assert len(answers) == 1
        kz.settle(taken, answers[0])
        assert tj.all_events() == kz.all_events()

    def test_the_same_parcel_twice_brings_the_same_receipt(self, road: Road, kz: Office, tj: Office):
        kz.open(TJ)
        taken = kz.take()
        data = kz.pack(taken)
        answers = []
        for _ in range(2):
            answer = road.transport.send(TJ, taken.leased.parcel, data)
            answers += road.arrive() if answer is None else [answer]
        assert answers[0] == answers[1]
        assert len(tj.all_events()) == 1

    def test_a_parcel_that_cannot_be_opened_leaves_nothing(self, road: Road, kz: Office, tj: Office):
        kz.open(TJ)
        taken = kz.take()
        data = kz.pack(taken)
        broken = data[:-1] + bytes([data[-1] ^ 1])
        if road.refuses:
            with pytest.raises(TransportError) as caught:
                road.transport.send(TJ, taken.leased.parcel, broken)
            assert (caught.value.code, caught.value.retry) == (Code.CANNOT_OPEN, False)
        else:
            assert road.transport.send(TJ, taken.leased.parcel, broken) is None
            assert road.arrive() == []
        assert tj.all_events() == {}
        answer = road.transport.send(TJ, taken.leased.parcel, data)
        kz.settle(taken, answer if answer is not None else road.arrive()[0])

    def test_a_receipt_names_the_parcel(self, road: Road, kz: Office, tj: Office):
        kz.open(TJ)
        taken = kz.take()
        answer = road.transport.send(TJ, taken.leased.parcel, kz.pack(taken))
        receipt, _ = read_receipt(answer if answer is not None else road.arrive()[0])
        assert (receipt.parcel, receipt.sender, receipt.recipient) == (taken.leased.parcel, KZ, TJ)

    def test_a_paper_is_carried_and_resumed(self, road: Road, kz: Office, tj: Office, tmp_path):
        ours = FileStore(tmp_path / "ours")
        paper = ours.add([bytes([number]) * CHUNK for number in range(3)], type="application/pdf", title="Order", language="ru")
        expect(tj, KZ, paper)
        before = road.transport.progress(TJ, paper.root, paper.size)
        assert (before.count, before.missing) == (3, (0, 1, 2))
        for number, path, data in ours.chunks(paper.root, [2, 0]):
            assert road.transport.put(TJ, paper.root, number, path, data) is False
        assert road.transport.progress(TJ, paper.root, paper.size).missing == (1,)
        for number, path, data in ours.chunks(paper.root, [1]):
            road.transport.put(TJ, paper.root, number, path, data)
        assert road.transport.progress(TJ, paper.root, paper.size).whole
        road.arrive()
        assert b"".join(road.there.read(paper)) == b"".join(ours.read(paper))
        with tj.store.read() as unit:
            assert unit.files_missing(10) == ()

    def test_a_paper_that_nobody_named_is_not_kept(self, road: Road, kz: Office, tj: Office, tmp_path):
        ours = FileStore(tmp_path / "ours")
        paper = ours.add([b"unasked"], type="text/plain", title="Unasked", language="en")
        ((number, path, data),) = ours.chunks(paper.root, [0])
        if road.refuses:
            with pytest.raises(TransportError) as caught:
                road.transport.put(TJ, paper.root, number, path, data)
            assert caught.value.code is Code.NOT_EXPECTED
        else:
            road.transport.put(TJ, paper.root, number, path, data)
            road.arrive()
        assert not road.there.has(paper.root)
        assert not list(road.there.folder.rglob("*")) or not any(one.is_file() for one in road.there.folder.rglob("*"))


def expect(office: Office, peer: OfficeId, paper) -> None:
    with office.store.write() as unit:
        unit.expect_files([FileEntry(peer=peer, root=paper.root, matter=MatterId(office.uuid()), size=paper.size, at=AT)])
