"""No step of the exchange reads a table from end to end: what a parcel costs does not grow with what was ever sent."""

from datetime import timedelta

import pytest
from django.db import connections

from comity.exchange.store import EntryState, IncomingParcel, Limits, Settled, Want
from tests.contracts.exchange_store import AT, KZ, RECEIPT, TJ, entry, matter, parcel, strand
from tests.desk.record.conftest import ALIAS

LARGE = ("record_event", "record_strand", "record_incoming", "record_outgoing", "record_outbox", "record_seal")


@pytest.mark.parametrize("kind", ["sqlite"])
def test_no_step_of_the_exchange_reads_a_whole_table(desk_store):
    events, statements = strand(KZ, matter(1), 3), []
    with desk_store.write() as unit:
        unit.append(events)
        unit.queue([entry(one) for one in events])
    database = connections[ALIAS].connection
    database.set_trace_callback(statements.append)
    with desk_store.write() as unit:
        leased = unit.lease_parcel("worker", AT, AT + timedelta(minutes=1), parcel(1), Limits())
        unit.due_wants(TJ, AT, 10)
        unit.find(leased.events)
        unit.heads_of([matter(1)])
        unit.settle_parcel(parcel(1), RECEIPT, {event: Settled(state=EntryState.ACCEPTED) for event in leased.events}, AT)
        unit.naming_papers(leased.events)
    with desk_store.write() as unit:
        unit.incoming([(KZ, parcel(1))])
        unit.openings([matter(1)])
        unit.known(leased.events)
        unit.held_for(leased.events)
        unit.append(events)
        unit.release(leased.events)
        unit.unwant(leased.events)
        unit.want([Want(peer=TJ, event=events[0].id, matter=matter(1), due_at=AT)])
        came = IncomingParcel(sender=KZ, parcel=parcel(1), counter=1, digest="0" * 64, received_at=AT, receipt=RECEIPT)
        unit.record_incoming([came])
        unit.seal_receipts({(KZ, parcel(1)): RECEIPT})
    database.set_trace_callback(None)
    asked = [one for one in statements if one.startswith(("SELECT", "UPDATE", "DELETE"))]
    assert len(asked) > 15
    plans = {one: [row[3] for row in database.execute(f"EXPLAIN QUERY PLAN {one}")] for one in asked}
    read_whole = [
        (one, step)
        for one, plan in plans.items()
        for step in plan
        for table in _scanned(one, step)
        if table in LARGE and "COVERING" not in step
    ]
    assert read_whole == []


def _scanned(statement: str, step: str) -> list[str]:
    """The tables that a step of a plan reads from end to end; a plan names them by the statement's own short names."""
    if not step.startswith("SCAN "):
        return []
    name = step.split()[1]
    return [table for table in LARGE if f"{table} {name}" in statement or table == name]
