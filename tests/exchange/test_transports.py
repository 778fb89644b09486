"""Every road keeps the contract: memory, HTTPS over real mutual TLS, and a folder that somebody carries."""

from contextlib import closing
from random import Random

import pytest

from comity.exchange import FileStore, ParcelError
from comity.exchange.arrivals import Arrivals
from comity.exchange.transports import FolderTransport, MemoryNetwork
from comity.exchange.transports.folder import Kind
from comity.node.courier import Courier, folder_chore
from tests.contracts.transport import Road, TransportContract
from tests.exchange.listening import listening, road_of
from tests.exchange.offices import AT, KZ, TJ


@pytest.fixture
def files(tmp_path) -> FileStore:
    return FileStore(tmp_path / "files")


def answering(office):
    """How an office answers a parcel's bytes."""

    def receive(data: bytes):
        try:
            return office.receive(data)[0]
        except ParcelError as error:
            return error

    return receive


class TestMemoryTransport(TransportContract):
    @pytest.fixture
    def road(self, kz, tj, files):
        network = MemoryNetwork(Random(1))
        network.join(TJ, answering(tj), Arrivals(tj.store, files, lambda: AT))
        return Road(transport=network.join(KZ, answering(kz)), there=files)


class TestHttpsTransport(TransportContract):
    @pytest.fixture
    def road(self, kz, tj, files):
        with listening(tj, files) as there, closing(road_of(kz, there)) as transport:
            yield Road(transport=transport, there=files)


class TestFolderTransport(TransportContract):
    @pytest.fixture
    def road(self, kz, tj, files, tmp_path):
        disk = tmp_path / "disk"
        ours, theirs = FolderTransport(disk, KZ), FolderTransport(disk, TJ)
        courier = Courier(sender(tj, files), theirs, worker="courier")
        chore = folder_chore(
            courier, theirs, lambda parcels: [answering(tj)(one) for one in parcels], Arrivals(tj.store, files, lambda: AT)
        )

        def arrive() -> list[bytes]:
            chore()
            receipts = []
            for delivery in ours.collect():
                assert delivery.kind is Kind.RECEIPT
                receipts.append(delivery.data)
                ours.done(delivery)
            return receipts

        return Road(transport=ours, there=files, arrive=arrive, refuses=False)

    def test_what_will_never_be_taken_is_set_aside(self, kz, road, tmp_path):
        kz.open(TJ)
        taken = kz.take()
        road.transport.send(TJ, taken.leased.parcel, b"{}\nnothing")
        road.arrive()
        (path,) = (tmp_path / "disk" / TJ).iterdir()
        assert path.name.endswith(".comity-parcel.refused")

    def test_other_files_on_the_disk_are_left_alone(self, road, tmp_path):
        place = tmp_path / "disk" / TJ
        place.mkdir(parents=True)
        names = ["holiday.jpg", "kz-gpo.not-an-id.comity-parcel", "KZ.x.comity-chunk", f"kz-gpo.{'a' * 64}.x.comity-chunk"]
        for name in names:
            (place / name).write_bytes(b"x")
        assert road.arrive() == []
        assert sorted(one.name for one in place.iterdir()) == sorted(names)


def sender(office, files):
    from types import SimpleNamespace

    return SimpleNamespace(
        id=office.id,
        store=office.store,
        files=files,
        trust=office.trust,
        clock=lambda: office.now,
        randomness=office.random.randbytes,
    )
