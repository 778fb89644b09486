"""Taking parcels: each step of the inbox, what it refuses, and what it never does."""

from dataclasses import replace
from datetime import timedelta

import pytest

from comity.errors import Code
from comity.exchange import outbox
from comity.exchange.errors import ExchangeError, ParcelError
from comity.exchange.inbox import Bounds, receive_group, release_keys
from comity.exchange.receipt import read_receipt
from comity.exchange.store import EntryState
from comity.identifiers import MatterId, ParcelId, internal
from comity.journal import Content, Head, LocalSigner, Purpose, SealedEvent, seal_events, seal_leaves, write
from tests.exchange.offices import AT, KZ, RU, TJ


def results(answer: bytes) -> list[tuple[str, str | None]]:
    receipt, _ = read_receipt(answer)
    return [(str(one.result), one.code) for one in receipt.outcomes]


def test_a_parcel_is_kept_projected_and_receipted(kz, tj):
    opened = kz.open(TJ)
    sent = kz.write(opened.header.matter, "request.sent/1", {"witness": "R. M."})
    taken = kz.take()
    assert kz.outcome(taken, tj) == [("accepted", None), ("accepted", None)]
    assert tj.all_events() == kz.all_events() == {opened.id: opened, sent.id: sent}
    assert tj.projected == [opened.header.matter]
    with kz.store.read() as unit:
        assert unit.entry(TJ, sent.id) == (EntryState.ACCEPTED, taken.leased.parcel, None)
        assert unit.outgoing(taken.leased.parcel).receipt is not None
    assert kz.take() is None


def test_the_same_parcel_gets_the_same_receipt_bytes(kz, tj):
    kz.open(TJ)
    data = kz.pack(kz.take())
    (first,) = tj.receive(data)
    tj.now += timedelta(hours=5)
    assert tj.receive(data) == (first,)
    assert tj.receive(data, data) == (first, first)
    assert len(tj.projected) == 1


def test_a_parcel_twice_in_one_group_is_taken_once(kz, tj):
    kz.open(TJ)
    data = kz.pack(kz.take())
    first, second = tj.receive(data, data)
    assert first == second
    assert len(tj.all_events()) == 1


def test_a_crash_between_commit_and_seal_gives_the_receipt_on_replay(kz, tj):
    kz.open(TJ)
    taken = kz.take()
    data = kz.pack(taken)
    with tj.store.write() as unit:  # committed, and then the process died before it sealed anything
        receive_group(unit, [tj.unpack(data)], me=TJ, at=AT, project=lambda unit, matter: None)
    tj.now += timedelta(hours=1)
    (answer,) = tj.receive(data)
    receipt, _ = read_receipt(answer)
    assert receipt.at == AT  # when it was committed, not when it was sealed
    assert tj.receive(data) == (answer,)
    kz.settle(taken, answer)


def test_an_error_in_a_projection_undoes_the_whole_group(kz, tj):
    kz.open(TJ)
    data = kz.pack(kz.take())

    def broken(unit, matter):
        raise RuntimeError("projection")

    with pytest.raises(RuntimeError), tj.store.write() as unit:
        receive_group(unit, [tj.unpack(data)], me=TJ, at=AT, project=broken)
    with tj.store.read() as unit:
        assert unit.matters(None, 10) == ()
        assert not unit.incoming([(KZ, tj.unpack(data).id)])
    assert results(tj.receive(data)[0]) == [("accepted", None)]


def test_a_parcel_id_used_again_for_other_events_is_refused(kz, tj):
    first, second = kz.open(TJ), kz.open(TJ)
    parcel = ParcelId(kz.uuid())
    tj.receive(kz.parcel_to(TJ, [first], parcel=parcel))
    (answer,) = tj.receive(kz.parcel_to(TJ, [second], parcel=parcel))
    assert isinstance(answer, ParcelError)
    assert answer.code is Code.PARCEL_REUSED
    assert list(tj.all_events()) == [first.id]


def test_events_in_any_order_within_a_group_are_accepted_at_once(kz, tj):
    opened = kz.open(TJ)
    more = [kz.write(opened.header.matter, f"note.added/{n}") for n in range(1, 6)]
    parcels = [kz.parcel_to(TJ, [one], counter=n) for n, one in enumerate([*reversed(more), opened])]
    assert [results(one) for one in tj.receive(*parcels)] == [[("accepted", None)]] * 6
    assert tj.all_events() == kz.all_events()


def test_an_event_before_its_predecessor_is_held_and_released(kz, tj):
    opened = kz.open(TJ)
    second = kz.write(opened.header.matter, "request.sent/1")
    third = kz.write(opened.header.matter, "request.supplemented/1")
    assert results(tj.receive(kz.parcel_to(TJ, [third]))[0]) == [("held", Code.PREDECESSOR_MISSING)]
    assert results(tj.receive(kz.parcel_to(TJ, [second]))[0]) == [("held", Code.PREDECESSOR_MISSING)]
    assert tj.all_events() == {}
    assert tj.projected == []
    assert results(tj.receive(kz.parcel_to(TJ, [opened]))[0]) == [("accepted", None)]
    assert tj.ids(opened.header.matter) == [opened.id, second.id, third.id]
    with tj.store.read() as unit:
        assert unit.held_count(KZ) == 0
        assert unit.due_wants(KZ, AT + timedelta(days=1), 10) == ()


def test_a_held_event_is_offered_again_until_it_is_accepted(kz, tj):
    opened = kz.open(TJ, queue=False)
    second = kz.write(opened.header.matter, "request.sent/1")
    assert kz.outcome(kz.take(), tj) == [("held", Code.PREDECESSOR_MISSING)]
    with kz.store.read() as unit:
        assert unit.entry(TJ, second.id) == (EntryState.HELD, None, Code.PREDECESSOR_MISSING)
    assert kz.take() is None
    tj.receive(kz.parcel_to(TJ, [opened]))
    kz.now += timedelta(seconds=30)
    assert kz.outcome(kz.take(), tj) == [("accepted", None)]
    with kz.store.read() as unit:
        assert unit.entry(TJ, second.id)[0] is EntryState.ACCEPTED


def test_a_gap_is_asked_for_and_filled(kz, tj, deliver):
    opened = kz.open(TJ, queue=False)  # never queued: as after a restored backup
    matter = opened.header.matter
    lost = kz.write(matter, "request.sent/1", queue=False)
    kz.write(matter, "request.supplemented/1")
    deliver(kz, tj)
    assert tj.all_events() == {}
    tj.now += timedelta(seconds=4)
    assert tj.take() is None  # the gap may still close by itself
    tj.now += timedelta(seconds=1)
    asking = tj.take()
    assert (asking.events, asking.wants) == ((), (lost.id,))
    (answer,) = kz.receive(tj.pack(asking))
    tj.settle(asking, answer)
    deliver(kz, tj)
    assert tj.all_events() == kz.all_events()
    assert len(tj.all_events()) == 3


def test_the_sender_s_heads_show_what_was_never_sent(kz, tj, deliver):
    opened = kz.open(TJ)
    kz.write(opened.header.matter, "request.sent/1", queue=False)
    deliver(kz, tj)
    assert len(tj.all_events()) == 1
    tj.now += timedelta(seconds=5)
    deliver(kz, tj)
    assert tj.all_events() == kz.all_events()
    assert len(tj.all_events()) == 2


def test_what_a_restored_office_lost_comes_back_from_its_peer(bench, kz, tj, deliver):
    opened = kz.open(TJ)
    deliver(kz, tj)
    for n in range(1, 8):
        tj.write(opened.header.matter, f"progress.told/{n}")
        kz.write(opened.header.matter, f"note.added/{n}")
        deliver(kz, tj)
    restored = bench.office(KZ)  # its disk was lost, its keys and its opening were not
    with restored.store.write() as unit:
        unit.append([opened])
    tj.write(opened.header.matter, "progress.told/8")
    deliver(restored, tj)
    restored.now += timedelta(seconds=5)
    deliver(restored, tj)
    assert restored.all_events() == tj.all_events()


def test_wants_of_an_office_that_is_no_party_are_not_served(kz, tj, ru):
    opened = kz.open(TJ)
    kz.receive(ru.parcel_to(KZ, [], wants=[opened.id]))
    with kz.store.read() as unit:
        assert unit.entry(RU, opened.id) is None


def test_a_third_office_s_event_is_relayed_by_a_party_that_has_it(kz, tj, ru, deliver):
    opened = kz.open(TJ, RU)
    deliver(kz, tj, ru)
    from_ru = ru.write(opened.header.matter, "position.given/1", queue=False)
    tj.receive(ru.parcel_to(TJ, [from_ru]))
    tj.write(opened.header.matter, "position.given/1")  # it has seen what Moscow said; Astana has not
    deliver(kz, tj)
    assert len(kz.all_events()) == 1
    kz.now += timedelta(seconds=5)
    tj.now += timedelta(seconds=5)
    deliver(kz, tj)
    assert kz.all_events() == tj.all_events()
    assert len(kz.all_events()) == 3


def test_an_office_that_is_not_party_is_refused(bench, kz, tj, ru):
    opened = kz.open(TJ)
    kz_event = kz.write(opened.header.matter, "request.sent/1")
    tj.receive(kz.parcel_to(TJ, [opened]))
    assert results(tj.receive(ru.parcel_to(TJ, [kz_event]))[0]) == [("rejected", Code.NOT_PARTY)]  # it may not even carry it
    with ru.store.write() as unit:
        unit.append([opened])
        (foreign,) = seal_events([ru.event(unit, opened.header.matter, "message.sent/1", {})], ru.signer, AT)
    assert results(tj.receive(ru.parcel_to(TJ, [foreign]))[0]) == [("rejected", Code.NOT_PARTY)]
    assert results(tj.receive(kz.parcel_to(TJ, [foreign]))[0]) == [("rejected", Code.NOT_PARTY)]
    assert results(bench.office(RU).receive(kz.parcel_to(RU, [opened]))[0]) == [("rejected", Code.NOT_PARTY)]  # nor is it for Moscow
    assert list(tj.all_events()) == [opened.id]
    with tj.store.read() as unit:
        assert unit.held_count(RU) == 0


def test_events_held_before_their_opening_are_refused_once_it_shows_no_party(kz, tj, ru):
    opened = kz.open(TJ)
    with ru.store.write() as unit:
        unit.append([opened])
        (foreign,) = seal_events([ru.event(unit, opened.header.matter, "message.sent/1", {})], ru.signer, AT)
    assert results(tj.receive(ru.parcel_to(TJ, [foreign]))[0]) == [("held", Code.PREDECESSOR_MISSING)]
    tj.receive(kz.parcel_to(TJ, [opened]))
    assert list(tj.all_events()) == [opened.id]
    with tj.store.read() as unit:
        assert unit.held_count(RU) == 0


def test_an_internal_event_is_never_packed_and_refused_when_smuggled(kz, tj, monkeypatch):
    opened = kz.open(TJ)
    event = write(
        office=internal(KZ),
        matter=opened.header.matter,
        act="note.kept/1",
        value={"words": "ours"},
        at=AT,
        salt=b"\1" * 32,
        head=None,
        seen=[opened.id],
    )
    (sealed,) = seal_events([event], kz.signer, AT)
    with pytest.raises(ParcelError) as caught:
        kz.parcel_to(TJ, [sealed])
    assert caught.value.code is Code.NOT_EXPECTED
    with kz.store.write() as unit, pytest.raises(ExchangeError):
        outbox.queue(unit, [sealed], me=KZ, at=AT)
    tj.receive(kz.parcel_to(TJ, [opened]))
    monkeypatch.setattr("comity.exchange.parcel.is_internal", lambda office: False)
    smuggled = kz.parcel_to(TJ, [sealed])
    monkeypatch.undo()
    assert results(tj.receive(smuggled)[0]) == [("rejected", Code.NOT_EXPECTED)]
    assert list(tj.all_events()) == [opened.id]
    with tj.store.read() as unit:
        assert unit.internal(opened.header.matter) == ()
        assert unit.held_count(KZ) == 0


def test_another_office_s_signature_under_an_event_is_refused(kz, tj, ru):
    opened = kz.open(TJ, RU)
    sent = kz.write(opened.header.matter, "request.sent/1")
    forged = SealedEvent(event=sent.event, placement=_sealed_by(ru, sent))
    (answer,) = tj.receive(ru.parcel_to(TJ, [opened, forged]))
    assert results(answer) == [("accepted", None), ("rejected", Code.NOT_AUTHOR)]


def test_a_proof_of_another_group_is_refused(kz, tj):
    opened = kz.open(TJ)
    sent = kz.write(opened.header.matter, "request.sent/1")
    forged = SealedEvent(event=sent.event, placement=opened.placement)
    (answer,) = tj.receive(kz.parcel_to(TJ, [forged]))
    assert results(answer) == [("rejected", Code.BAD_PROOF)]


def test_a_content_that_was_not_signed_is_refused(kz, tj):
    opened = kz.open(TJ)
    sent = kz.write(opened.header.matter, "request.sent/1")
    other = replace(sent.event, content=Content(salt=sent.content.salt, value={"witness": "another"}))
    forged = SealedEvent(event=other, placement=sent.placement)
    assert results(tj.receive(kz.parcel_to(TJ, [opened, forged]))[0])[1] == ("rejected", Code.BAD_COMMITMENT)
    assert results(tj.receive(kz.parcel_to(TJ, [sent]))[0]) == [("accepted", None)]  # the true one is not barred by it


def test_a_key_that_does_not_verify_is_refused(kz, tj):
    opened = kz.open(TJ)
    seal = opened.placement.seal
    broken = replace(seal, signatures=(seal.signatures[0], bytes(len(seal.signatures[1]))))
    forged = SealedEvent(event=opened.event, placement=replace(opened.placement, seal=broken))
    assert results(tj.receive(kz.parcel_to(TJ, [forged]))[0]) == [("rejected", Code.BAD_SEAL)]


def test_an_event_under_an_unknown_key_is_held_until_the_card_comes(kz, tj):
    new = LocalSigner.generate(KZ, AT)
    opened = kz.open(TJ)
    with kz.store.write() as unit:
        (sealed,) = seal_events([kz.event(unit, opened.header.matter, "request.sent/1", {})], new, AT)
        unit.append([sealed])
    (answer,) = tj.receive(kz.parcel_to(TJ, [opened, sealed]))
    assert results(answer) == [("accepted", None), ("held", Code.UNKNOWN_KEY)]

    def release():
        with tj.store.write() as unit:
            return release_keys(unit, me=TJ, trust=tj.trust, at=AT, project=lambda unit, matter: tj.projected.append(matter))

    assert release() == 0
    card = tj.trust.card(KZ)
    known = tj.trust._known
    tj.trust._known = replace(
        known,
        cards={**known.cards, KZ: replace(card, seal_keys=(new.key, *card.seal_keys))},
        seal_keys={**known.seal_keys, (KZ, new.key.id): new.key},
    )
    assert release() == 1
    assert tj.all_events() == kz.all_events()
    assert release() == 0


def test_two_events_in_one_place_are_both_kept_and_told(kz, tj):
    opened = kz.open(TJ)
    with kz.store.read() as unit:
        one = kz.event(unit, opened.header.matter, "request.sent/1", {"n": 1})
        two = kz.event(unit, opened.header.matter, "request.sent/1", {"n": 2})
    first, second = seal_events([one, two], kz.signer, AT)
    follow = write(
        office=KZ, matter=opened.header.matter, act="note.added/1", value={}, at=AT, salt=b"\2" * 32, head=_head(second), seen=()
    )
    (third,) = seal_events([follow], kz.signer, AT)
    (answer,) = tj.receive(kz.parcel_to(TJ, [opened, first, second, third]))
    assert results(answer) == [("accepted", None), ("accepted", None), ("accepted", Code.FORK), ("accepted", None)]
    assert set(tj.all_events()) == {opened.id, first.id, second.id, third.id}


def test_a_matter_opened_by_another_office_is_not_opened_again(kz, tj, ru):
    opened = kz.open(TJ, RU)
    roles = {"requesting": [RU], "requested": [TJ]}
    again = write(
        office=RU,
        matter=opened.header.matter,
        act="matter.opened/1",
        value={"roles": roles},
        at=AT,
        salt=b"\3" * 32,
        head=None,
        seen=(),
    )
    (sealed,) = seal_events([again], ru.signer, AT)
    tj.receive(kz.parcel_to(TJ, [opened]))
    assert results(tj.receive(ru.parcel_to(TJ, [sealed]))[0]) == [("rejected", Code.BAD_CHAIN)]


@pytest.mark.parametrize("roles", [None, [], {}, {"requesting": "kz-gpo"}, {"requesting": [1]}, {"requesting": ["kz-gpo/internal"]}])
def test_an_opening_that_names_no_parties_is_malformed(kz, tj, roles):
    event = write(
        office=KZ, matter=MatterId(kz.uuid()), act="matter.opened/1", value={"roles": roles}, at=AT, salt=b"\4" * 32, head=None, seen=()
    )
    (sealed,) = seal_events([event], kz.signer, AT)
    assert results(tj.receive(kz.parcel_to(TJ, [sealed]))[0]) == [("rejected", Code.MALFORMED)]


def test_an_event_that_stands_on_another_matter_is_refused(kz, tj):
    one, other = kz.open(TJ), kz.open(TJ)
    crossed = write(
        office=KZ, matter=one.header.matter, act="note.added/1", value={}, at=AT, salt=b"\5" * 32, head=_head(one), seen=(other.id,)
    )
    wrong_prev = write(
        office=KZ, matter=one.header.matter, act="note.added/1", value={}, at=AT, salt=b"\6" * 32, head=_head(other), seen=()
    )
    (first,), (second,) = seal_events([crossed], kz.signer, AT), seal_events([wrong_prev], kz.signer, AT)
    (answer,) = tj.receive(kz.parcel_to(TJ, [one, other, first, second]))
    assert results(answer)[2:] == [("rejected", Code.BAD_CHAIN)] * 2


def test_what_is_held_for_one_sender_is_bounded(kz, tj):
    tj.bounds = Bounds(held=2)
    opened = kz.open(TJ)
    more = [kz.write(opened.header.matter, f"note.added/{n}") for n in range(1, 5)]
    (answer,) = tj.receive(kz.parcel_to(TJ, more))
    assert [one for one, _ in results(answer)] == ["held", "held", "rejected", "rejected"]
    assert kz.outcome(kz.take(), tj) == [("accepted", None)] * 5


def test_a_rejection_that_time_can_cure_is_offered_again(kz, tj):
    tj.bounds = Bounds(held=0)
    opened = kz.open(TJ, queue=False)
    sent = kz.write(opened.header.matter, "request.sent/1")
    assert kz.outcome(kz.take(), tj) == [("rejected", Code.PREDECESSOR_MISSING)]
    with kz.store.read() as unit:
        assert unit.entry(TJ, sent.id) == (EntryState.WAITING, None, Code.PREDECESSOR_MISSING)
    tj.receive(kz.parcel_to(TJ, [opened]))
    kz.now += timedelta(minutes=1)
    assert kz.outcome(kz.take(), tj) == [("accepted", None)]


def test_an_erased_event_is_accepted_by_its_skeleton(kz, tj):
    opened = kz.open(TJ)
    sent = kz.write(opened.header.matter, "request.sent/1")
    erased = SealedEvent(event=sent.event.without_content(), placement=sent.placement)
    assert results(tj.receive(kz.parcel_to(TJ, [opened, erased]))[0]) == [("accepted", None)] * 2
    assert tj.all_events()[sent.id].content is None


def test_papers_of_the_author_are_expected_and_queued(kz, tj):
    paper = {
        "sha256": "a" * 64,
        "size": 5,
        "type": "application/pdf",
        "title": "Order",
        "language": "ru",
        "root": "b" * 64,
        "key": "c" * 64,
    }
    opened = kz.open(TJ)
    kz.write(opened.header.matter, "request.sent/1", {"annexes": [paper, {"root": "d" * 64}]})
    kz.outcome(kz.take(), tj)
    with tj.store.read() as unit:
        assert [(one.peer, one.root, one.size) for one in unit.expected("b" * 64)] == [(KZ, "b" * 64, 5)]
        assert unit.expected("d" * 64) == ()
    with kz.store.write() as unit:
        leased = unit.lease_file("courier", AT, AT + timedelta(minutes=1))
        assert (leased.peer, leased.root, leased.size) == (TJ, "b" * 64, 5)


def _sealed_by(office, sealed):
    (placement,) = seal_leaves(Purpose.EVENTS, [sealed.header.leaf], office.signer, AT)
    return placement


def _head(sealed):
    return Head(seq=sealed.header.seq, id=sealed.id)
