"""One process of an office under measurement. Whose it is, COMITY_HOME says; where its store is, COMITY_DATABASE_URL.

    python -m bench.office prepare                 the tables of its store
    python -m bench.office gateway [--views]       its gateway: with views that of `comity gateway`, without them bare
    python -m bench.office send CASE PARTIES       writes and carries events to the other office; prints as JSON what it took

PARTIES is JSON: process ids by name, whose CPU time is measured beside the sender's own.
"""

import json
import os
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from random import Random
from typing import Any

import django
import structlog

from bench.case import Case
from bench.meter import Meter, Spent
from bench.payload import content
from comity.desk.serve import end_with_parent
from comity.exchange import Limits, Patience
from comity.exchange.arrivals import Arrivals
from comity.exchange.transports.https import HttpsTransport
from comity.identifiers import MatterId, OfficeId
from comity.node import reception
from comity.node.commands.writing import Pen, append
from comity.node.courier import Courier
from comity.node.gateway import Gateway, server
from comity.node.office import NoViews, Office
from comity.procedures import opening, registry

ACT = "message.written/1"
CONTENTS = 2048
LONGEST = 120.0
PAUSE = 0.01
SOON = Patience(first=timedelta(milliseconds=50), longest=timedelta(seconds=1), held=timedelta(milliseconds=200))


class MeasureError(RuntimeError):
    """What was to be measured did not happen: events without a receipt, or refused."""


def prepare() -> None:
    """Make the tables."""
    from comity.desk.office import prepare_store  # needs Django set up

    prepare_store()


def gateway(*, views: bool) -> None:
    """Serve the gateway until told to stop."""
    from comity.desk.processes import collect_rarely, run_gateway  # needs Django set up

    if views:
        run_gateway()
        return
    office = _office()
    collect_rarely()
    app = Gateway(
        me=office.id,
        receive=lambda parcels: reception.receive(office, parcels),
        arrivals=Arrivals(office.store, office.files, office.clock),
        trust=office.trust,
    )
    at, keys = office.settings.gateway, office.keys
    server(app, host=at.host, port=at.port, certificate=keys.tls_certificate, key=keys.tls_key).run()


def send(case: Case, parties: dict[str, list[int]]) -> dict[str, Any]:
    """What the case took: writing alone, carrying alone what was written before, and both at once."""
    from comity.desk.processes import collect_rarely  # needs Django set up

    office = _office()
    collect_rarely()
    (other,) = (card.office for card in office.trust.cards() if card.office != office.id)
    desk = Desk(office=office, other=other, case=case)
    desk.open_matters()
    desk.carry()  # connections, caches and the other side's matters are there before anything is measured
    everybody = {"sender": [os.getpid()], **parties}
    writing = Meter(everybody)
    desk.write()
    written = writing.spent()
    carrying = Meter(everybody)
    desk.carry()
    carried = carrying.spent()
    both = Meter(everybody)
    desk.write_and_carry()
    whole = both.spent()
    desk.check()
    return {"write": _value(written, case), "carry": _value(carried, case), "whole": _value(whole, case), "parcels": desk.parcels}


def _value(spent: Spent, case: Case) -> dict[str, Any]:
    return {**spent.value(), "per_second": case.events / spent.seconds}


@dataclass(slots=True, kw_only=True)
class Desk:
    """Whoever writes in many matters at once, and the courier that carries it."""

    office: Office
    other: OfficeId
    case: Case
    matters: list[MatterId] = field(default_factory=list)
    contents: list[dict[str, Any]] = field(default_factory=list)
    courier: Courier = field(init=False)

    def __post_init__(self) -> None:
        random = Random(7)
        self.contents = [content(random, number) for number in range(CONTENTS)]
        keys = self.office.keys
        transport = HttpsTransport(self.office.trust, keys.tls_certificate, keys.tls_key)
        limits = Limits(events=self.case.parcel)
        self.courier = Courier(self.office, transport, worker=f"bench-{os.getpid()}", patience=SOON, limits=limits)

    def open_matters(self) -> None:
        """The matters that everything is written in."""
        procedure = registry.procedure("mutual-assistance", 1)
        if procedure is None:
            raise MeasureError("the kind of matter is not known")
        value = opening(procedure, {"requesting": (self.office.id,), "requested": (self.other,)}, self.office.register.release)
        self.matters = [MatterId(self.office.new_id()) for _ in range(self.case.matters)]
        with self.office.store.write() as unit:
            append(self.office, unit, [Pen.taken_up(self.office, unit, matter).write("matter.opened/1", value) for matter in self.matters])

    def write(self) -> None:
        """All events of the case: written, sealed in groups, each group committed with its places in the outbox."""
        for start in range(0, self.case.events, self.case.sealed):
            self._write_group(range(start, min(start + self.case.sealed, self.case.events)))

    def _write_group(self, numbers: Sequence[int]) -> None:
        turns = [self.matters[number % len(self.matters)] for number in numbers]
        with self.office.store.write() as unit:
            pens = {matter: Pen.taken_up(self.office, unit, matter) for matter in dict.fromkeys(turns)}
            events = [pens[matter].write(ACT, self.contents[number % CONTENTS]) for matter, number in zip(turns, numbers, strict=True)]
            append(self.office, unit, events)

    def carry(self) -> None:
        """Carry until every event has its final receipt."""
        written = threading.Event()
        written.set()
        self._carry(written)

    def write_and_carry(self) -> None:
        """Write, while what is written is carried already."""
        written = threading.Event()
        carrying = threading.Thread(target=self._carry, args=(written,))
        carrying.start()
        try:
            self.write()
        finally:
            written.set()
            carrying.join()

    def _carry(self, written: threading.Event) -> None:
        lanes = [threading.Thread(target=self._lane, args=(written,)) for _ in range(self.case.lanes)]
        for lane in lanes:
            lane.start()
        for lane in lanes:
            lane.join()

    def _lane(self, written: threading.Event) -> None:
        from django.db import connections  # needs Django set up

        until = time.monotonic() + LONGEST
        try:
            while time.monotonic() < until:
                last = written.is_set()
                if self.courier.send_parcel():
                    continue
                if last and not self._waiting:
                    return
                time.sleep(PAUSE)
        finally:
            connections.close_all()

    @property
    def _waiting(self) -> int:
        with self.office.store.read() as unit:
            return sum(route.waiting for route in unit.routes())

    @property
    def parcels(self) -> int:
        """How many parcels were made in all."""
        with self.office.store.read() as unit:
            return sum(route.parcels for route in unit.routes())

    def check(self) -> None:
        """Raises `MeasureError` unless every event written was accepted by the other office, under a receipt."""
        from comity.desk.record.models import Outbox  # needs Django set up

        accepted = Outbox.objects.filter(state="accepted").count()
        expected = self.case.matters + 2 * self.case.events
        if accepted != expected:
            raise MeasureError(f"{accepted} of {expected} events were accepted")


def _office() -> Office:
    from comity.desk.office import current_office  # needs Django set up

    return replace(current_office(), projector=NoViews())


def main(what: str, *words: str) -> None:
    """One of the module's three commands."""
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(sys.stderr))
    os.environ["DJANGO_SETTINGS_MODULE"] = "comity.desk.settings"
    django.setup()
    end_with_parent()
    match what:
        case "prepare":
            prepare()
        case "gateway":
            gateway(views="--views" in words)
        case "send":
            print(json.dumps(send(Case.load(words[0]), json.loads(words[1]))))
        case _:
            raise SystemExit(f"There is no “{what}” here: prepare, gateway or send.")


if __name__ == "__main__":
    main(*sys.argv[1:])
