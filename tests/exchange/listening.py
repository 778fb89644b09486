"""A gateway of an office on real mutual TLS, served in a thread of the test's process."""

import socket
import threading
import time
from contextlib import contextmanager
from dataclasses import replace

from comity.exchange import FileStore, ParcelError
from comity.exchange.arrivals import Arrivals
from comity.exchange.transports import HttpsTransport
from comity.node.gateway import Gateway, server


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


class Listening:
    """A gateway of an office, served in a thread of this process; `groups` tells how many parcels each taking had."""

    def __init__(self, office, files: FileStore) -> None:
        self.office = office
        self.port = free_port()
        self.groups: list[int] = []
        self.fail: Exception | None = None
        self.entered = threading.Event()
        self.hold = threading.Event()
        self.hold.set()
        self.app = Gateway(
            me=office.id,
            receive=self.receive,
            arrivals=Arrivals(office.store, files, lambda: office.now),
            trust=office.trust,
            refresh=office.trust.reload,
        )
        keys = office.keys
        self.server = server(self.app, host="127.0.0.1", port=self.port, certificate=keys.tls_certificate, key=keys.tls_key)
        self.thread = threading.Thread(target=self.server.run, daemon=True)

    def receive(self, parcels):
        self.entered.set()
        self.hold.wait(10)
        self.groups.append(len(parcels))
        if self.fail is not None:
            raise self.fail
        faults = {number: fault for number, data in enumerate(parcels) if (fault := self._fault(data)) is not None}
        taken = iter(self.office.receive(*(data for number, data in enumerate(parcels) if number not in faults)))
        return [faults[number] if number in faults else next(taken) for number in range(len(parcels))]

    def _fault(self, data: bytes) -> ParcelError | None:
        try:
            self.office.unpack(data)
        except ParcelError as error:
            return error
        return None


@contextmanager
def listening(office, files):
    one = Listening(office, files)
    one.thread.start()
    deadline = time.monotonic() + 20
    while not one.server.started:
        assert time.monotonic() < deadline, "the gateway did not start"
        one.thread.join(0.01)
    try:
        yield one
    finally:
        one.hold.set()
        one.server.should_exit = True
        one.thread.join(20)


def road_of(office, there) -> HttpsTransport:
    card = there.office.trust.card(there.office.id)
    known = office.trust._known
    office.trust._known = replace(known, cards={**known.cards, card.office: replace(card, endpoint=f"https://127.0.0.1:{there.port}")})
    return HttpsTransport(office.trust, office.keys.tls_certificate, office.keys.tls_key, timeout=10)
