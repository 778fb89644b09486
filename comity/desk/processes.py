"""The gateway for other offices, and the courier that carries to them: two processes of an office, each runnable alone."""

import gc
import os
import signal
import threading
from collections.abc import Callable
from datetime import timedelta

import structlog

from comity.desk.office import current_office
from comity.desk.serve import end_with_parent
from comity.exchange.arrivals import Arrivals
from comity.exchange.transports.https import HttpsTransport
from comity.node import reception
from comity.node.commands import seal_internal
from comity.node.courier import Courier
from comity.node.gateway import Gateway, server
from comity.node.office import Office
from comity.trust import FolderTrust

LANES = 4
CUT_AFTER = timedelta(days=7)  # what began to arrive and was not touched since is given up; the peer brings it again


def run_gateway() -> None:
    """Serve the gateway until told to stop."""
    _prepare()
    office = current_office()
    collect_rarely()
    gateway = Gateway(
        me=office.id,
        receive=lambda parcels: reception.receive(office, parcels),
        arrivals=Arrivals(office.store, office.files, office.clock),
        trust=office.trust,
        refresh=_reload(office),
    )
    listener = office.settings.gateway
    keys = office.keys
    server(gateway, host=listener.host, port=listener.port, certificate=keys.tls_certificate, key=keys.tls_key).run()


def run_courier() -> None:
    """Carry what waits until told to stop. Several couriers may run beside each other."""
    _prepare()
    office = current_office()
    collect_rarely()
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    transport = HttpsTransport(office.trust, office.keys.tls_certificate, office.keys.tls_key)
    chores = {
        "held-keys": lambda: reception.release_keys(office),
        "internal-seals": lambda: seal_internal(office),
        "cut-uploads": lambda: office.files.sweep(office.clock() - CUT_AFTER),
    }
    worker = f"{office.id}-{os.getpid()}-{office.randomness(4).hex()}"
    Courier(office, transport, worker=worker, chores=chores, refresh=_reload(office)).run(stop, lanes=LANES)


def collect_rarely() -> None:
    """Let Python look for garbage seldom, and never in what is loaded so far, which lives as long as the process.

    A parcel makes many values and no cycles among them; looking for some costs a quarter of the time of opening it.
    """
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


def _reload(office: Office) -> Callable[[], bool]:
    """Looks whether cards changed, where trust is a folder of them."""
    return office.trust.reload if isinstance(office.trust, FolderTrust) else lambda: False


def _prepare() -> None:
    end_with_parent()
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(sort_keys=True),
        ]
    )
