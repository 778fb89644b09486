"""The roads to another office: `https` (its gateway), `folder` (a disk or a shared folder that somebody carries), `memory` (tests)."""

from comity.exchange.transports.folder import FolderTransport
from comity.exchange.transports.https import HttpsTransport
from comity.exchange.transports.memory import MemoryNetwork, MemoryTransport, Weather

__all__ = ["FolderTransport", "HttpsTransport", "MemoryNetwork", "MemoryTransport", "Weather"]
