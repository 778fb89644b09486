"""A network in memory, with weather: parcels and receipts get lost, come twice, or come much later. For the simulation and for tests.

Weather is decided by the caller's own seeded randomness, so a run can be told again. What a sender sees is what a real network shows it:
an error whether the parcel or only its receipt was lost.
"""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from comity.errors import Code
from comity.exchange.arrivals import Arrivals
from comity.exchange.errors import ExchangeError, PaperError, ParcelError, TransportError
from comity.exchange.files import Progress
from comity.exchange.parcel import address
from comity.identifiers import FileId, OfficeId, ParcelId
from comity.journal.merkle import Path as Proof

Receive = Callable[[bytes], bytes | ParcelError]


@dataclass(frozen=True, slots=True, kw_only=True)
class Weather:
    """How likely (0 to 1) a parcel is lost, its receipt is lost, it comes twice, or it waits for `deliver_delayed`."""

    lost: float = 0.0
    receipt_lost: float = 0.0
    doubled: float = 0.0
    delayed: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Station:
    receive: Receive
    arrivals: Arrivals | None


class MemoryNetwork:
    """Joins offices by id. `down` offices cannot be reached. `delayed` parcels wait in the order they were sent."""

    def __init__(self, randomness: Random, weather: Weather | None = None) -> None:
        self.random = randomness
        self.weather = weather or Weather()
        self.down: set[OfficeId] = set()
        self.delayed: deque[bytes] = deque()
        self._stations: dict[OfficeId, _Station] = {}

    def join(self, office: OfficeId, receive: Receive, arrivals: Arrivals | None = None) -> "MemoryTransport":
        """The road of an office. `receive` answers a parcel's bytes; `arrivals` takes papers, None takes none."""
        self._stations[office] = _Station(receive=receive, arrivals=arrivals)
        return MemoryTransport(self, office)

    def deliver_delayed(self) -> int:
        """Delivers what was delayed so far, in a random order; how many. Their receipts are lost: the sender has long given up waiting."""
        waiting = list(self.delayed)
        self.delayed.clear()
        self.random.shuffle(waiting)
        for data in waiting:
            self.station(address(data).recipient).receive(data)
        return len(waiting)

    def carry(self, recipient: OfficeId, data: bytes) -> bytes:
        """One parcel through the weather of the moment; raises `TransportError`."""
        if recipient in self.down or self._happens(self.weather.lost):
            raise _unreachable(recipient)
        if self._happens(self.weather.delayed):
            self.delayed.append(data)
            raise _unreachable(recipient)
        station = self.station(recipient)
        answer = station.receive(data)
        if self._happens(self.weather.doubled):
            answer = station.receive(data)
        if self._happens(self.weather.receipt_lost):
            raise _unreachable(recipient)
        if isinstance(answer, ParcelError):
            raise _refused(answer, recipient)
        return answer

    def station(self, office: OfficeId) -> _Station:
        """What stands at an office's address; raises `TransportError` where nobody joined."""
        station = self._stations.get(office)
        if station is None:
            raise _unreachable(office)
        return station

    def _happens(self, likely: float) -> bool:
        return self.random.random() < likely


class MemoryTransport:
    """See `Transport`."""

    def __init__(self, network: MemoryNetwork, me: OfficeId) -> None:
        self._network = network
        self._me = me

    def send(self, recipient: OfficeId, parcel: ParcelId, data: bytes) -> bytes | None:  # noqa: ARG002  # other roads name files by the parcel
        """See `Transport`."""
        return self._network.carry(recipient, data)

    def progress(self, recipient: OfficeId, root: FileId, size: int) -> Progress:  # noqa: ARG002  # the recipient knows the size by the event
        """See `Transport`."""
        try:
            return self._arrivals(recipient).progress(self._me, root)
        except PaperError as error:
            raise _refused(error, recipient) from error

    def put(self, recipient: OfficeId, root: FileId, number: int, path: Proof, data: bytes) -> bool:
        """See `Transport`."""
        try:
            return self._arrivals(recipient).put(self._me, root, number, path, data)
        except PaperError as error:
            raise _refused(error, recipient) from error

    def close(self) -> None:
        """See `Transport`."""

    def _arrivals(self, recipient: OfficeId) -> Arrivals:
        arrivals = self._network.station(recipient).arrivals
        if arrivals is None or recipient in self._network.down:
            raise _unreachable(recipient)
        return arrivals


def _unreachable(office: OfficeId) -> TransportError:
    return TransportError(Code.STORAGE, "The other office was not reached.", retry=True, where=office)


def _refused(error: ExchangeError, office: OfficeId) -> TransportError:
    return TransportError(error.code, error.what, retry=error.code in (Code.STORAGE, Code.NOT_EXPECTED), where=office)
