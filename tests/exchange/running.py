"""One office as real processes on the durable store of its home (SQLite).

    python -m tests.exchange.running prepare|gateway|courier|write HOME NUMBER

The number is the gateway's port, or how many events to write.
"""

import os
import secrets
import signal
import subprocess
import sys
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

from comity.exchange import FileStore, Limits, ParcelError, Patience, inbox, outbox, unpack
from comity.exchange.arrivals import Arrivals
from comity.exchange.transports import HttpsTransport
from comity.identifiers import MatterId, OfficeId, uuid7
from comity.journal import SealedEvent, seal_events, write
from comity.node.courier import Courier
from comity.node.gateway import Gateway, server
from comity.trust import FolderTrust, load_keys, own_card

SOON = Patience(
    first=timedelta(milliseconds=20), longest=timedelta(milliseconds=200), held=timedelta(milliseconds=100), ask_again=timedelta(seconds=1)
)


def now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True)
class Running:
    """A home, opened in this process. `store` is durable; open it in one process per role, as an office does."""

    home: Path
    store: object
    files: FileStore
    trust: FolderTrust

    @classmethod
    def open(cls, home: Path) -> "Running":
        os.environ["COMITY_HOME"] = str(home)
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "comity.desk.settings")
        import django  # the environment comes first

        django.setup()
        from comity.desk.record.store import DjangoStore

        return cls(home=home, store=DjangoStore(), files=FileStore(home / "files"), trust=FolderTrust(home / "trust"))

    @property
    def keys(self):
        return load_keys(self.home)

    def receive(self, parcels: Sequence[bytes]):
        keys = self.keys
        opened = [self._open_one(data, keys) for data in parcels]
        good = [one for one in opened if not isinstance(one, ParcelError)]
        taken = iter(
            inbox.receive(self.store, good, me=keys.office, signer=keys.signer, at=now(), project=lambda unit, matter: None) if good else ()
        )
        return [one if isinstance(one, ParcelError) else next(taken) for one in opened]

    def _open_one(self, data: bytes, keys):
        try:
            return unpack(data, me=keys.office, trust=self.trust, keys=keys.hpke)
        except ParcelError as error:
            return error

    def gateway(self, port: int) -> None:
        keys = self.keys
        app = Gateway(
            me=keys.office,
            receive=self.receive,
            arrivals=Arrivals(self.store, self.files, now),
            trust=self.trust,
            refresh=self.trust.reload,
        )
        server(app, host="127.0.0.1", port=port, certificate=keys.tls_certificate, key=keys.tls_key).run()

    def courier(self, *, limits: Limits | None = None) -> None:
        keys = self.keys
        office = SimpleNamespace(
            id=keys.office, store=self.store, files=self.files, trust=self.trust, clock=now, randomness=secrets.token_bytes
        )
        transport = HttpsTransport(self.trust, keys.tls_certificate, keys.tls_key, timeout=5)
        stop = threading.Event()
        signal.signal(signal.SIGTERM, lambda *_: stop.set())
        Courier(office, transport, worker=f"courier-{os.getpid()}", patience=SOON, limits=limits).run(stop, idle=0.02)


def write_matter(
    store, keys, other: OfficeId, count: int, *, paper: dict | None = None, matter: MatterId | None = None
) -> list[SealedEvent]:
    """A matter of `count` events, each sealed alone, kept and queued in transactions of its own."""
    matter = matter or MatterId(uuid7(now(), secrets.token_bytes(10)))
    done: list[SealedEvent] = []
    for number in range(count):
        with store.write() as unit:
            head = unit.heads_of([matter]).get(matter, {}).get(keys.office)
            roles = {"requesting": [keys.office], "requested": [other]}
            value = {"roles": roles} if head is None else {"words": f"{number}", "annexes": [paper] if paper and number == 1 else []}
            act = "matter.opened/1" if head is None else "note.added/1"
            event = write(office=keys.office, matter=matter, act=act, value=value, at=now(), salt=secrets.token_bytes(32), head=head)
            (sealed,) = seal_events([event], keys.signer, now())
            unit.append([sealed])
            outbox.queue(unit, [sealed], me=keys.office, at=now())
        done.append(sealed)
    return done


def start(role: str, home: Path, port: int) -> subprocess.Popen[bytes]:
    environment = {**os.environ, "COMITY_HOME": str(home)}
    command = [sys.executable, "-m", "tests.exchange.running", role, str(home), str(port)]
    with (home / f"{role}.log").open("ab") as log:
        return subprocess.Popen(command, env=environment, stdout=log, stderr=log)


def main(role: str, home: str, port: str) -> None:
    running = Running.open(Path(home))
    match role:
        case "prepare":
            from django.core.management import call_command

            call_command("migrate", verbosity=0, interactive=False)
        case "gateway":
            running.gateway(int(port))
        case "courier":
            running.courier(limits=Limits(events=7))
        case "write":
            paper = running.files.add([secrets.token_bytes(2**20)] * 3, type="application/pdf", title="Order", language="ru")
            card = own_card(Path(home))
            (other,) = (one.office for one in running.trust.cards() if one.office != card.office)
            write_matter(running.store, running.keys, other, int(port), paper=paper.value())


if __name__ == "__main__":
    main(*sys.argv[1:])
