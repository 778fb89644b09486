"""A process of its own that writes to a store, for tests of crashes and of several writers.

    python writer.py half <matter number>            writes a group and a part of the exchange, says "written", and never commits
    python writer.py strand <matter number> <count>  adds events to one strand, each after the newest there is
    python writer.py lease <worker> <count>          makes parcels of the outbox until nothing is due, and prints each

The database is the one the environment names, as for the desk itself.
"""

import signal
import sys
from datetime import timedelta

import django
from django.conf import settings

from comity.desk import environment

# The store alone: a process for a test need not know the pages.
settings.configure(
    DATABASES={"default": environment.database(environment.read())},
    INSTALLED_APPS=["comity.desk.record"],
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    USE_TZ=True,
)
django.setup()

from comity.desk.record.store import DjangoStore  # noqa: E402  # Django must be set up first
from comity.exchange.store import Limits, OutboxEntry  # noqa: E402  # as above
from comity.identifiers import ParcelId, uuid7  # noqa: E402  # as above
from tests.contracts.writing import KZ, NOW, TJ, Author, fixed_bytes, matter, sealed  # noqa: E402  # as above


def say(*words: object) -> None:
    sys.stdout.write(" ".join(map(str, words)) + "\n")
    sys.stdout.flush()


def half(number: int) -> None:
    author = Author(KZ, matter(number))
    events = sealed([author.open(), *(author.write("request.sent/1", {"text": "x" * 2000}) for _ in range(800))])
    with DjangoStore().write() as unit:
        unit.append(events)
        unit.queue([OutboxEntry(recipient=TJ, event=one.id, matter=matter(number), size=2000, queued_at=NOW) for one in events])
        say("written")
        signal.pause()


def strand(number: int, count: int) -> None:
    store = DjangoStore()
    for _ in range(count):
        with store.write() as unit:
            author = Author(KZ, matter(number))
            author.head = unit.heads(matter(number)).get(KZ)
            event = author.open() if author.head is None else author.write("request.sent/1")
            unit.append(sealed([event]))
    say("done")


def lease(worker: str, count: int) -> None:
    store = DjangoStore()
    for number in range(count):
        with store.write() as unit:
            new = ParcelId(uuid7(NOW, fixed_bytes(f"{worker} {number}", 10)))
            leased = unit.lease_parcel(worker, NOW, NOW + timedelta(minutes=1), new, Limits(events=3))
        if leased is None:
            return
        say(leased.parcel, leased.counter, *leased.events)


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["half", number]:
            half(int(number))
        case ["strand", number, count]:
            strand(int(number), int(count))
        case ["lease", worker, count]:
            lease(worker, int(count))
