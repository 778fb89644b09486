"""The contract of every exchange store. A store's test inherits the class and gives an empty store:

class TestMemoryExchangeStore(ExchangeStoreContract):
    @pytest.fixture
    def store(self) -> ExchangeStore:
        return exchange_in_memory()
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import cache

import pytest

from comity.errors import Code
from comity.exchange.store import (
    EntryState,
    ExchangeStore,
    FileEntry,
    HeldEvent,
    IncomingParcel,
    Limits,
    OutboxEntry,
    Place,
    Settled,
    Want,
    waits_for_key,
)
from comity.identifiers import EventId, FileId, KeyId, MatterId, OfficeId, ParcelId, internal, uuid7
from comity.journal import Event, Head, LocalSigner, SealedEvent, seal_events, write

AT = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
KZ, TJ, RU = OfficeId("kz-gpo"), OfficeId("tj-gpo"), OfficeId("ru-gpo")
ROLES = {"requesting": ["kz-gpo"], "requested": ["tj-gpo"]}
RECEIPT = b'{"receipt":1}'


@cache
def signer(office: OfficeId) -> LocalSigner:
    return LocalSigner.generate(office, AT)


def matter(number: int) -> MatterId:
    return MatterId(uuid7(AT, number.to_bytes(10)))


def parcel(number: int) -> ParcelId:
    return ParcelId(uuid7(AT, (1000 + number).to_bytes(10)))


def root(number: int) -> FileId:
    return FileId(f"{number:064x}")


def strand(office: OfficeId, of: MatterId, length: int, *, seen: Sequence[EventId] = ()) -> list[SealedEvent]:
    """A strand that begins with an opening where it has seen nothing."""
    events: list[Event] = []
    for number in range(length):
        opens = number == 0 and not seen
        head = Head(seq=number - 1, id=events[-1].id) if events else None
        value = {"roles": ROLES} if opens else {"words": f"{number}"}
        act = "matter.opened/1" if opens else "note.added/1"
        salt = number.to_bytes(32)
        events.append(write(office=office, matter=of, act=act, value=value, at=AT, salt=salt, head=head, seen=() if opens else seen))
    return list(seal_events(events, signer(OfficeId(office.removesuffix("/internal"))), AT))


def entry(sealed: SealedEvent, recipient: OfficeId = TJ, *, size: int = 100, at: datetime = AT) -> OutboxEntry:
    return OutboxEntry(recipient=recipient, event=sealed.id, matter=sealed.header.matter, size=size, queued_at=at)


def accepted(events: Sequence[SealedEvent]) -> dict[EventId, Settled]:
    return {sealed.id: Settled(state=EntryState.ACCEPTED) for sealed in events}


def lease(store: ExchangeStore, new: int, *, now: datetime = AT, until: datetime | None = None, limits: Limits | None = None):
    with store.write() as unit:
        return unit.lease_parcel("worker", now, until or now + 60 * MINUTE, parcel(new), limits or Limits())


def kept(store: ExchangeStore, events: Sequence[SealedEvent], *recipients: OfficeId) -> None:
    with store.write() as unit:
        unit.append(events)
        unit.queue([entry(sealed, one) for sealed in events for one in recipients])


class ExchangeStoreContract:
    """Every test begins with an empty store."""

    @pytest.fixture
    def store(self) -> ExchangeStore:
        raise NotImplementedError("a store's test gives its store")

    # Transactions

    def test_an_error_undoes_everything(self, store):
        (opened,) = strand(KZ, matter(1), 1)
        with pytest.raises(ValueError, match="stop"), store.write() as unit:  # noqa: PT012  # all of it is what must be undone
            unit.append([opened])
            unit.queue([entry(opened)])
            unit.record_incoming([_came(TJ, 1)])
            unit.hold([_held(opened, "x")])
            unit.want([Want(peer=TJ, event=opened.id, matter=matter(1), due_at=AT)])
            unit.queue_files([_file(TJ, 1)])
            unit.expect_files([_file(TJ, 2)])
            unit.take_lease("work", "one", AT, AT + MINUTE)
            raise ValueError("stop")
        with store.write() as unit:
            assert unit.known([opened.id]) == {}
            assert unit.entry(TJ, opened.id) is None
            assert unit.incoming([(TJ, parcel(1))]) == {}
            assert unit.held_count(KZ) == 0
            assert unit.due_wants(TJ, AT, 10) == ()
            assert unit.lease_file("worker", AT, AT + MINUTE) is None
            assert unit.expected(root(2)) == ()
            assert unit.take_lease("work", "two", AT, AT + MINUTE)
            assert unit.lease_parcel("worker", AT, AT + MINUTE, parcel(1), Limits()) is None

    def test_what_one_call_wrote_the_next_sees(self, store):
        (opened,) = strand(KZ, matter(1), 1)
        with store.write() as unit:
            unit.append([opened])
            unit.queue([entry(opened)])
            assert unit.lease_parcel("worker", AT, AT + MINUTE, parcel(1), Limits()).events == (opened.id,)
            assert unit.entry(TJ, opened.id) == (EntryState.WAITING, parcel(1), None)

    # The journal for many matters

    def test_heads_openings_and_places_of_many_matters(self, store):
        first, second = strand(KZ, matter(1), 3), strand(KZ, matter(2), 1)
        answer = strand(TJ, matter(1), 2, seen=[first[0].id])
        note = strand(internal(KZ), matter(1), 1, seen=[first[0].id])
        with store.write() as unit:
            unit.append([*first, *second, *answer])
            unit.append_internal([note[0].event])
        with store.read() as unit:
            assert unit.heads_of([matter(1), matter(2), matter(3)]) == {
                matter(1): {KZ: Head(seq=2, id=first[2].id), TJ: Head(seq=1, id=answer[1].id)},
                matter(2): {KZ: Head(seq=0, id=second[0].id)},
            }
            assert unit.openings([matter(1), matter(2), matter(3)]) == {matter(1): first[0], matter(2): second[0]}
            ids = [answer[1].id, first[0].id, note[0].id, EventId("f" * 64)]
            assert unit.known(ids) == {
                answer[1].id: Place(matter=matter(1), office=TJ, seq=1),
                first[0].id: Place(matter=matter(1), office=KZ, seq=0),
                note[0].id: Place(matter=matter(1), office=internal(KZ), seq=0),
            }
            assert unit.heads_of([]) == {}
            assert unit.openings([]) == {}
            assert unit.known([]) == {}

    def test_events_that_name_papers_are_told_from_the_rest(self, store):
        (opened,) = strand(KZ, matter(1), 1)
        head = Head(seq=0, id=opened.id)
        paper = {"sha256": root(1), "size": 1, "type": "text/plain", "title": "Order", "language": "ru", "root": root(2), "key": root(3)}
        values = ({"annexes": [paper]}, {"annexes": [], "words": "root"}, {"annexes": [paper]})
        events: list[Event] = []
        for value in values:
            events.append(write(office=KZ, matter=matter(1), act="note.added/1", value=value, at=AT, salt=bytes(32), head=head))
            head = Head(seq=head.seq + 1, id=events[-1].id)
        naming, plain, erased = seal_events(events, signer(KZ), AT)
        with store.write() as unit:
            unit.append([opened, naming, plain, erased])
            unit.erase(erased.id)
        with store.read() as unit:
            assert unit.naming_papers([opened.id, naming.id, plain.id, erased.id, EventId("f" * 64)]) == (naming,)
            assert unit.naming_papers([plain.id]) == unit.naming_papers([]) == ()

    def test_a_thousand_events_at_once(self, store):
        events = strand(KZ, matter(1), 1000)
        kept(store, events, TJ)
        leased = lease(store, 1)
        assert leased.events == tuple(sealed.id for sealed in events)
        with store.read() as unit:
            assert len(unit.known([sealed.id for sealed in events])) == 1000
            assert unit.find(leased.events) == {sealed.id: sealed for sealed in events}
        with store.write() as unit:
            assert unit.settle_parcel(parcel(1), RECEIPT, accepted(events), AT)
        with store.read() as unit:
            assert unit.routes()[0].waiting == 0

    # The outbox

    def test_nothing_is_due_in_an_empty_outbox(self, store):
        assert lease(store, 1) is None
        with store.read() as unit:
            assert unit.routes() == ()
            assert unit.outgoing(parcel(1)) is None

    def test_entries_go_in_the_order_queued_to_each_recipient(self, store):
        events = strand(KZ, matter(1), 4)
        kept(store, events, TJ, RU)
        first, second = lease(store, 1), lease(store, 2)
        assert (first.recipient, first.counter, first.fence, first.attempt, first.failures) == (TJ, 1, 1, 1, 0)
        assert (second.recipient, second.counter) == (RU, 1)
        assert first.events == second.events == tuple(sealed.id for sealed in events)
        assert lease(store, 3) is None

    def test_one_transaction_leases_several_parcels_of_one_recipient(self, store):
        events = strand(KZ, matter(1), 3)
        kept(store, events[:2], TJ, RU)
        kept(store, events[2:], TJ)
        with store.write() as unit:
            unit.want([Want(peer=RU, event=EventId("f" * 64), matter=matter(1), due_at=AT)])
            of = [unit.lease_parcel("worker", AT, AT + MINUTE, parcel(n), Limits(events=2), only=TJ) for n in (1, 2, 3)]
            assert [one and (one.parcel, one.recipient, one.counter, len(one.events)) for one in of] == [
                (parcel(1), TJ, 1, 2),
                (parcel(2), TJ, 2, 1),
                None,
            ]
            other = unit.lease_parcel("worker", AT, AT + MINUTE, parcel(3), Limits(), only=RU)
            assert (other.recipient, other.counter, len(other.events)) == (RU, 1, 2)
            again = unit.lease_parcel("worker", AT + MINUTE, AT + 2 * MINUTE, parcel(4), Limits(), only=RU)
            assert (again.parcel, again.attempt) == (parcel(3), 2)
            asking = unit.lease_parcel("worker", AT, AT + MINUTE, parcel(5), Limits(), only=RU)
            assert (asking.recipient, asking.events) == (RU, ())

    def test_the_recipient_queued_first_is_served_first(self, store):
        first, second = strand(KZ, matter(1), 1), strand(KZ, matter(2), 1)
        kept(store, first, TJ)
        kept(store, second, RU)
        assert [lease(store, number).recipient for number in (1, 2)] == [TJ, RU]

    def test_an_event_is_queued_once_for_a_recipient(self, store):
        events = strand(KZ, matter(1), 1)
        kept(store, events, TJ)
        kept(store, events, TJ)
        assert lease(store, 1).events == (events[0].id,)
        kept(store, events, TJ)
        assert lease(store, 2) is None

    def test_a_parcel_keeps_within_its_limits(self, store):
        events = strand(KZ, matter(1), 5)
        with store.write() as unit:
            unit.append(events)
            unit.queue([entry(sealed, size=100) for sealed in events])
        assert len(lease(store, 1, limits=Limits(events=2, size=1000)).events) == 2
        assert len(lease(store, 2, limits=Limits(events=10, size=250)).events) == 2
        last = lease(store, 3, limits=Limits(events=10, size=1))
        assert last.events == (events[4].id,)  # one always fits
        assert last.counter == 3

    def test_a_lease_keeps_others_away_until_it_ends(self, store):
        kept(store, strand(KZ, matter(1), 2), TJ)
        first = lease(store, 1, until=AT + MINUTE)
        assert lease(store, 2, now=AT + MINUTE - timedelta(seconds=1)) is None
        again = lease(store, 2, now=AT + MINUTE)
        assert (again.parcel, again.events, again.counter) == (first.parcel, first.events, first.counter)
        assert (again.fence, again.attempt) == (first.fence + 1, 2)

    def test_a_worker_with_an_old_fence_changes_nothing(self, store):
        kept(store, strand(KZ, matter(1), 1), TJ)
        first = lease(store, 1, until=AT + MINUTE)
        second = lease(store, 2, now=AT + MINUTE)
        with store.write() as unit:
            assert not unit.postpone_parcel(first, AT + 60 * MINUTE, Code.STORAGE, AT + MINUTE, route=True)
            assert unit.routes()[0].failures == 0
            assert unit.postpone_parcel(second, AT + 2 * MINUTE, Code.STORAGE, AT + MINUTE, route=True)
        assert lease(store, 3, now=AT + 2 * MINUTE).failures == 1

    def test_a_postponed_parcel_comes_again_unchanged(self, store):
        events = strand(KZ, matter(1), 2)
        kept(store, events[:1], TJ)
        first = lease(store, 1)
        kept(store, events[1:], TJ)
        with store.write() as unit:
            assert unit.postpone_parcel(first, AT + 5 * MINUTE, Code.BAD_SEAL, AT, route=False)
            assert unit.outgoing(parcel(1)).code is Code.BAD_SEAL
            assert unit.outgoing(parcel(1)).due_at == AT + 5 * MINUTE
        assert lease(store, 2).events == (events[1].id,)  # the rest of the route goes on
        again = lease(store, 3, now=AT + 5 * MINUTE)
        assert (again.parcel, again.events, again.attempt) == (parcel(1), (events[0].id,), 2)

    def test_a_failing_route_waits_as_a_whole(self, store):
        events = strand(KZ, matter(1), 3)
        kept(store, events, TJ)
        kept(store, events, RU)
        first = lease(store, 1, limits=Limits(events=1))
        other = lease(store, 2, limits=Limits(events=1))
        assert (first.recipient, other.recipient) == (TJ, TJ)
        with store.write() as unit:
            assert unit.postpone_parcel(first, AT + 5 * MINUTE, Code.STORAGE, AT, route=True)
            assert unit.postpone_parcel(other, AT + 6 * MINUTE, Code.STORAGE, AT + MINUTE, route=True)
        assert lease(store, 3).recipient == RU
        assert lease(store, 4) is None
        with store.read() as unit:
            ru, tj = unit.routes()
            assert (tj.recipient, tj.failures, tj.failing_since, tj.due_at, tj.code) == (TJ, 2, AT, AT + 6 * MINUTE, Code.STORAGE)
            assert (tj.parcels, tj.waiting) == (2, 3)
            assert (ru.recipient, ru.failures, ru.failing_since, ru.due_at, ru.code) == (RU, 0, None, None, None)
        assert lease(store, 5, now=AT + 6 * MINUTE).parcel == parcel(1)

    def test_a_receipt_settles_a_parcel_once(self, store):
        events = strand(KZ, matter(1), 4)
        kept(store, events, TJ)
        leased = lease(store, 1)
        late = AT + 10 * MINUTE
        results = {
            events[0].id: Settled(state=EntryState.ACCEPTED),
            events[1].id: Settled(state=EntryState.HELD, code=Code.PREDECESSOR_MISSING, due_at=late),
            events[2].id: Settled(state=EntryState.REJECTED, code=Code.BAD_PROOF),
            events[3].id: Settled(state=EntryState.WAITING, code=Code.STORAGE, due_at=late + MINUTE),
        }
        with store.write() as unit:
            assert unit.settle_parcel(parcel(1), RECEIPT, results, AT)
            assert not unit.settle_parcel(parcel(1), b"another", accepted(events), AT)
            assert not unit.settle_parcel(parcel(9), RECEIPT, {}, AT)
            assert not unit.postpone_parcel(leased, late, Code.STORAGE, AT, route=True)
        with store.read() as unit:
            assert unit.entry(TJ, events[0].id) == (EntryState.ACCEPTED, parcel(1), None)
            assert unit.entry(TJ, events[1].id) == (EntryState.HELD, None, Code.PREDECESSOR_MISSING)
            assert unit.entry(TJ, events[2].id) == (EntryState.REJECTED, parcel(1), Code.BAD_PROOF)
            assert unit.entry(TJ, events[3].id) == (EntryState.WAITING, None, Code.STORAGE)
            gone = unit.outgoing(parcel(1))
            assert (gone.receipt, gone.settled_at, gone.attempts, gone.made_at, gone.counter) == (RECEIPT, AT, 1, AT, 1)
            assert gone.events == leased.events
            assert unit.routes()[0].waiting == 2
        assert lease(store, 2, now=late - timedelta(seconds=1)) is None
        assert lease(store, 2, now=late).events == (events[1].id,)
        assert lease(store, 3, now=late + MINUTE).events == (events[3].id,)

    def test_a_receipt_makes_its_route_work_again(self, store):
        events = strand(KZ, matter(1), 2)
        kept(store, events, TJ)
        first = lease(store, 1, limits=Limits(events=1))
        second = lease(store, 2, limits=Limits(events=1))
        with store.write() as unit:
            unit.postpone_parcel(first, AT + 60 * MINUTE, Code.STORAGE, AT, route=True)
            assert unit.settle_parcel(second.parcel, RECEIPT, accepted(events[1:]), AT)
            route = unit.routes()[0]
        assert (route.failures, route.failing_since, route.due_at, route.code) == (0, None, None, None)
        assert lease(store, 3, now=AT + 60 * MINUTE).parcel == first.parcel

    def test_an_entry_is_sent_again_when_it_was_asked_for(self, store):
        events = strand(KZ, matter(1), 3)
        kept(store, events, TJ)
        lease(store, 1, limits=Limits(events=2))
        with store.write() as unit:
            unit.settle_parcel(parcel(1), RECEIPT, accepted(events[:2]), AT)
            unit.requeue(TJ, [events[0].id, events[2].id, EventId("f" * 64)], AT + MINUTE)
            unit.requeue(RU, [events[0].id], AT)
            assert unit.entry(TJ, events[0].id) == (EntryState.WAITING, None, None)
            assert unit.entry(TJ, events[1].id) == (EntryState.ACCEPTED, parcel(1), None)
            assert unit.entry(RU, events[0].id) is None
        assert lease(store, 2).events == (events[2].id,)
        assert lease(store, 3) is None
        assert lease(store, 3, now=AT + MINUTE).events == (events[0].id,)

    def test_what_is_waiting_in_a_parcel_is_not_requeued(self, store):
        events = strand(KZ, matter(1), 1)
        kept(store, events, TJ)
        lease(store, 1)
        with store.write() as unit:
            unit.requeue(TJ, [events[0].id], AT)
            assert unit.entry(TJ, events[0].id) == (EntryState.WAITING, parcel(1), None)

    # Gaps

    def test_a_gap_alone_makes_an_empty_parcel(self, store):
        with store.write() as unit:
            unit.want([Want(peer=TJ, event=EventId("a" * 64), matter=matter(1), due_at=AT + MINUTE)])
        assert lease(store, 1) is None
        leased = lease(store, 1, now=AT + MINUTE)
        assert (leased.recipient, leased.events, leased.counter) == (TJ, (), 1)
        with store.write() as unit:
            assert [want.event for want in unit.due_wants(TJ, AT + MINUTE, 10)] == ["a" * 64]
            unit.asked(TJ, [EventId("a" * 64)], AT + 5 * MINUTE)
            assert unit.due_wants(TJ, AT + MINUTE, 10) == ()
            assert unit.settle_parcel(parcel(1), RECEIPT, {}, AT + MINUTE)
        assert lease(store, 2, now=AT + 2 * MINUTE) is None
        assert lease(store, 2, now=AT + 5 * MINUTE).events == ()

    def test_wants_are_of_a_peer_by_time_and_go_when_the_event_is_here(self, store):
        one, two, three = (EventId(letter * 64) for letter in "abc")
        with store.write() as unit:
            unit.want([Want(peer=TJ, event=two, matter=matter(1), due_at=AT), Want(peer=TJ, event=one, matter=matter(1), due_at=AT)])
            unit.want(
                [Want(peer=TJ, event=three, matter=matter(2), due_at=AT - MINUTE), Want(peer=RU, event=one, matter=matter(1), due_at=AT)]
            )
            unit.want([Want(peer=TJ, event=one, matter=matter(1), due_at=AT + MINUTE)])  # noted already
        with store.write() as unit:
            assert [want.event for want in unit.due_wants(TJ, AT, 10)] == [three, one, two]
            assert [want.event for want in unit.due_wants(TJ, AT, 2)] == [three, one]
            assert unit.due_wants(TJ, AT, 1)[0] == Want(peer=TJ, event=three, matter=matter(2), due_at=AT - MINUTE)
            unit.unwant([one, EventId("f" * 64)])
            assert [want.event for want in unit.due_wants(TJ, AT, 10)] == [three, two]
            assert unit.due_wants(RU, AT, 10) == ()

    # The inbox

    def test_a_parcel_is_recorded_once_and_its_receipt_never_replaced(self, store):
        with store.write() as unit:
            unit.record_incoming([_came(TJ, 1), _came(TJ, 2), _came(RU, 1)])
        with store.write() as unit:
            assert unit.incoming([(TJ, parcel(1)), (KZ, parcel(1)), (TJ, parcel(9))]) == {(TJ, parcel(1)): _came(TJ, 1)}
            first = {(TJ, parcel(1)): b"sealed", (RU, parcel(1)): b"other"}
            assert unit.seal_receipts(first) == first
            assert unit.seal_receipts({(TJ, parcel(1)): b"again"}) == {(TJ, parcel(1)): b"sealed"}
        with store.read() as unit:
            found = unit.incoming([(TJ, parcel(1)), (TJ, parcel(2)), (RU, parcel(1))])
            assert {key: one.sealed for key, one in found.items()} == {
                (TJ, parcel(1)): b"sealed",
                (TJ, parcel(2)): None,
                (RU, parcel(1)): b"other",
            }

    def test_held_events_are_kept_whole_until_what_they_wait_for(self, store):
        events = strand(KZ, matter(1), 4)
        key = waits_for_key(KZ, KeyId("k" * 32))
        with store.write() as unit:
            unit.hold([_held(events[2], events[1].id), _held(events[1], events[0].id)])
            unit.hold([_held(events[3], key, code=Code.UNKNOWN_KEY)])
            unit.hold([])
        with store.write() as unit:
            assert unit.known([events[1].id]) == {}
            assert unit.held_count(KZ) == 3
            assert unit.held_count(TJ) == 0
            assert unit.held_keys() == (key,)
            assert unit.held_for([events[1].id, events[0].id]) == (_held(events[2], events[1].id), _held(events[1], events[0].id))
            assert unit.held_for([]) == ()
            unit.hold([_held(events[2], events[0].id)])  # it waits for something else now
            assert unit.held_for([events[1].id]) == ()
            assert {one.event.id for one in unit.held_for([events[0].id])} == {events[1].id, events[2].id}
            unit.release([events[1].id, events[2].id, EventId("f" * 64)])
            assert unit.held_count(KZ) == 1
            assert unit.held_for([key]) == (_held(events[3], key, code=Code.UNKNOWN_KEY),)

    def test_a_store_says_whether_anything_is_held_or_wanted(self, store):
        (sealed,) = strand(KZ, matter(1), 1)
        with store.write() as unit:
            assert not unit.aside()
            unit.hold([_held(sealed, "x")])
            assert unit.aside()
            unit.release([sealed.id])
            assert not unit.aside()
            unit.want([Want(peer=TJ, event=sealed.id, matter=matter(1), due_at=AT)])
            assert unit.aside()
            unit.unwant([sealed.id])
            assert not unit.aside()

    def test_an_erased_event_can_be_held(self, store):
        sealed = strand(KZ, matter(1), 2)[1]
        erased = SealedEvent(event=sealed.event.without_content(), placement=sealed.placement)
        with store.write() as unit:
            unit.hold([_held(erased, "x")])
        with store.read() as unit:
            assert unit.held_for(["x"]) == (_held(erased, "x"),)

    # Papers

    def test_a_paper_is_carried_once(self, store):
        with store.write() as unit:
            unit.queue_files([_file(TJ, 1), _file(RU, 1), _file(TJ, 2, at=AT - MINUTE)])
            unit.queue_files([_file(TJ, 1)])
        with store.write() as unit:
            first = unit.lease_file("worker", AT, AT + MINUTE)
            assert (first.peer, first.root, first.size, first.fence, first.attempt) == (TJ, root(2), 1024, 1, 1)
            assert unit.settle_file(first, AT)
            assert not unit.settle_file(first, AT)
            assert not unit.postpone_file(first, AT, None)
            taken = [unit.lease_file("worker", AT, AT + MINUTE) for _ in range(3)]
            assert [one and (one.peer, one.root) for one in taken] == [(TJ, root(1)), (RU, root(1)), None]

    def test_a_paper_s_lease_ends_and_its_fence_rises(self, store):
        with store.write() as unit:
            unit.queue_files([_file(TJ, 1)])
            first = unit.lease_file("worker", AT, AT + MINUTE)
            second = unit.lease_file("other", AT + MINUTE, AT + 2 * MINUTE)
            assert (second.root, second.fence, second.attempt) == (first.root, 2, 2)
            assert not unit.settle_file(first, AT)
            assert unit.postpone_file(second, AT + 5 * MINUTE, Code.NOT_EXPECTED)
            assert unit.lease_file("worker", AT + 4 * MINUTE, AT + 5 * MINUTE) is None
            assert unit.lease_file("worker", AT + 5 * MINUTE, AT + 6 * MINUTE).fence == 3

    def test_papers_wait_for_a_failing_route(self, store):
        kept(store, strand(KZ, matter(1), 1), TJ)
        leased = lease(store, 1)
        with store.write() as unit:
            unit.queue_files([_file(TJ, 1)])
            unit.postpone_parcel(leased, AT + 5 * MINUTE, Code.STORAGE, AT, route=True)
            assert unit.lease_file("worker", AT, AT + MINUTE) is None
            assert unit.lease_file("worker", AT + 5 * MINUTE, AT + 6 * MINUTE) is not None

    def test_a_paper_may_come_from_whom_it_is_expected(self, store):
        with store.write() as unit:
            unit.expect_files([_file(TJ, 1), _file(RU, 1), _file(TJ, 2, at=AT - MINUTE)])
            unit.expect_files([_file(TJ, 1, at=AT + MINUTE)])
        with store.write() as unit:
            assert unit.expected(root(1)) == (_file(RU, 1), _file(TJ, 1))
            assert unit.expected(root(9)) == ()
            assert unit.files_missing(10)[0] == _file(TJ, 2, at=AT - MINUTE)
            assert len(unit.files_missing(2)) == 2
            unit.file_arrived(root(1), AT)
            unit.file_arrived(root(9), AT)
            assert unit.files_missing(10) == (_file(TJ, 2, at=AT - MINUTE),)
            assert unit.expected(root(1)) == (_file(RU, 1), _file(TJ, 1))

    # Leases by name

    def test_a_named_lease_has_one_holder(self, store):
        with store.write() as unit:
            assert unit.take_lease("seal", "one", AT, AT + MINUTE)
            assert unit.take_lease("seal", "one", AT, AT + 2 * MINUTE)  # its own: longer
            assert not unit.take_lease("seal", "two", AT + MINUTE, AT + 3 * MINUTE)
            assert unit.take_lease("other", "two", AT, AT + MINUTE)
            assert unit.take_lease("seal", "two", AT + 2 * MINUTE, AT + 3 * MINUTE)
            assert not unit.take_lease("seal", "one", AT + 2 * MINUTE, AT + 3 * MINUTE)


def _came(sender: OfficeId, number: int) -> IncomingParcel:
    return IncomingParcel(sender=sender, parcel=parcel(number), counter=number, digest="d" * 64, received_at=AT, receipt=b'{"v":1}')


def _held(sealed: SealedEvent, waits_for: str, *, code: Code = Code.PREDECESSOR_MISSING) -> HeldEvent:
    return HeldEvent(event=sealed, sender=KZ, waits_for=waits_for, code=code, held_at=AT)


def _file(peer: OfficeId, number: int, *, at: datetime = AT) -> FileEntry:
    return FileEntry(peer=peer, root=root(number), matter=matter(1), size=1024, at=at)
