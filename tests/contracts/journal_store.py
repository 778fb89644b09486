"""The contract of a journal store, run by every store: subclass it and give the `store` fixture an empty one.

class TestMemoryStore(JournalStoreContract):
    @pytest.fixture
    def store(self) -> Store:
        return journal_in_memory()
"""

from collections.abc import Callable, Sequence

import pytest

from comity.errors import Code
from comity.identifiers import MatterId, internal
from comity.journal import Content, Event, Head, Header, SealedEvent, Store, StoreError, Unit, seal_events, verify_group, write
from tests.contracts.writing import KEYS, KZ, NOW, SIGNERS, Author, exchange_of_letters, fixed_bytes, matter, sealed


def _append(store: Store, events: Sequence[SealedEvent]) -> None:
    with store.write() as unit:
        unit.append(events)


def _events(store: Store, of: MatterId) -> tuple[SealedEvent, ...]:
    with store.read() as unit:
        return unit.events(of)


def _cut_off(store: Store, work: Callable[[Unit], None]) -> None:
    """A write that does its work and then fails before it ends."""
    with store.write() as unit:
        work(unit)
        raise RuntimeError("power")


def _fork(event: Event) -> Event:
    """Another event by the same author in the same place."""
    header = event.header
    content = Content(salt=fixed_bytes("other salt"), value={"told": "differently"})
    other = Header(
        matter=header.matter,
        office=header.office,
        seq=header.seq,
        prev=header.prev,
        seen=header.seen,
        act=header.act,
        at=header.at,
        body=content.commitment,
    )
    return Event(header=other, content=content)


def _internal(*acts: str, of: MatterId) -> tuple[Event, ...]:
    author = Author(internal(KZ), of)
    return tuple(author.write(act, {"text": act}) for act in acts)


class JournalStoreContract:
    """Every test takes an empty store."""

    def test_an_empty_store_knows_nothing(self, store: Store) -> None:
        with store.read() as unit:
            assert dict(unit.heads(matter())) == {}
            assert unit.events(matter()) == ()
            assert unit.internal(matter()) == ()
            assert dict(unit.find([exchange_of_letters()[0].id])) == {}
            assert unit.unsealed(10) == ()
            assert unit.matters(None, 10) == ()

    def test_events_come_back_as_they_came_and_still_verify(self, store: Store) -> None:
        events = sealed(exchange_of_letters())
        arrival = (*events[:2], events[4], *events[2:4], events[5])
        _append(store, arrival[:2])
        _append(store, arrival[2:])
        kept = _events(store, matter())
        assert kept == arrival
        assert [one.header.data for one in kept] == [one.header.data for one in arrival]
        assert [one.content and one.content.data for one in kept] == [one.content and one.content.data for one in arrival]
        assert verify_group(kept, KEYS) == {}

    def test_heads_are_the_newest_event_of_each_strand(self, store: Store) -> None:
        events = exchange_of_letters()
        own = _internal("note.kept/1", "note.kept/1", of=matter())
        with store.write() as unit:
            unit.append(sealed(events))
            unit.append_internal(own)
        with store.read() as unit:
            assert dict(unit.heads(matter())) == {
                KZ: Head(seq=2, id=events[4].id),
                "tj-gpo": Head(seq=2, id=events[5].id),
                internal(KZ): Head(seq=1, id=own[1].id),
            }

    def test_a_unit_sees_what_it_has_written(self, store: Store) -> None:
        events = sealed(exchange_of_letters())
        with store.write() as unit:
            unit.append(events)
            assert unit.events(matter()) == events
            assert unit.heads(matter())[KZ].seq == 2
            assert set(unit.find([events[3].id])) == {events[3].id}

    def test_find_gives_those_that_are_here(self, store: Store) -> None:
        events = sealed(exchange_of_letters())
        _append(store, events[:3])
        with store.read() as unit:
            assert dict(unit.find([events[1].id, events[2].id, events[4].id])) == {events[1].id: events[1], events[2].id: events[2]}

    def test_appending_again_changes_nothing(self, store: Store) -> None:
        events = sealed(exchange_of_letters())
        _append(store, events)
        _append(store, events[1:4])
        _append(store, (events[5], events[5]))
        assert _events(store, matter()) == events

    def test_a_write_that_fails_leaves_nothing(self, store: Store) -> None:
        events = sealed(exchange_of_letters())
        own = _internal("note.kept/1", of=matter(1))
        _append(store, events[:2])

        def work(unit: Unit) -> None:
            unit.append(events[2:])
            unit.append_internal(own)
            unit.erase(events[1].id)

        with pytest.raises(RuntimeError, match="power"):
            _cut_off(store, work)
        with store.read() as unit:
            assert unit.events(matter()) == events[:2]
            assert unit.internal(matter(1)) == ()
            assert unit.unsealed(10) == ()
            assert unit.matters(None, 10) == (matter(),)
            assert dict(unit.heads(matter())) == {KZ: Head(seq=1, id=events[1].id)}

    def test_a_store_can_be_written_after_a_write_that_failed(self, store: Store) -> None:
        events = sealed(exchange_of_letters())
        with pytest.raises(RuntimeError, match="power"):
            _cut_off(store, lambda unit: unit.append(events[:1]))
        _append(store, events)
        assert _events(store, matter()) == events

    def test_a_refused_append_leaves_nothing_of_its_transaction(self, store: Store) -> None:
        events = sealed(exchange_of_letters())
        own = seal_events(_internal("note.kept/1", of=matter()), SIGNERS[KZ], NOW)
        with pytest.raises(StoreError) as refused, store.write() as unit:
            unit.append((*events, *own))
        assert refused.value.code is Code.MALFORMED
        assert _events(store, matter()) == ()

    def test_a_shared_event_is_not_appended_to_an_internal_strand(self, store: Store) -> None:
        with pytest.raises(StoreError) as refused, store.write() as unit:
            unit.append_internal(exchange_of_letters()[:1])
        assert refused.value.code is Code.MALFORMED

    def test_a_second_event_in_one_place_is_kept(self, store: Store) -> None:
        events = exchange_of_letters()[:3]
        other = _fork(events[1])
        _append(store, sealed(events))
        _append(store, sealed([other]))
        assert [one.id for one in _events(store, matter())] == [*(event.id for event in events), other.id]
        with store.read() as unit:
            assert unit.heads(matter())[KZ] == Head(seq=1, id=min(events[1].id, other.id))

    def test_a_late_event_does_not_move_the_head_back(self, store: Store) -> None:
        events = sealed(exchange_of_letters())
        _append(store, (events[0], events[4], events[1]))
        with store.read() as unit:
            assert unit.heads(matter())[KZ] == Head(seq=2, id=events[4].id)

    def test_matters_are_kept_apart_and_listed_in_pages(self, store: Store) -> None:
        for number in (3, 1, 2):
            _append(store, sealed(exchange_of_letters(matter(number))))
        with store.write() as unit:
            unit.append_internal(_internal("note.kept/1", of=matter(4)))
        assert {one.header.matter for one in _events(store, matter(2))} == {matter(2)}
        with store.read() as unit:
            assert unit.matters(None, 10) == (matter(1), matter(2), matter(3), matter(4))
            assert unit.matters(None, 2) == (matter(1), matter(2))
            assert unit.matters(matter(2), 10) == (matter(3), matter(4))

    def test_internal_events_are_never_given_out_as_shared(self, store: Store) -> None:
        events = sealed(exchange_of_letters())
        own = _internal("draft.saved/1", "note.kept/1", of=matter())
        with store.write() as unit:
            unit.append(events)
            unit.append_internal(own)
        with store.read() as unit:
            assert unit.events(matter()) == events
            assert unit.internal(matter()) == own
            assert dict(unit.find([own[0].id])) == {}

    def test_internal_events_are_sealed_later_oldest_first(self, store: Store) -> None:
        first, second = _internal("draft.saved/1", "note.kept/1", of=matter()), _internal("draft.saved/1", of=matter(1))
        with store.write() as unit:
            unit.append_internal(first)
            unit.append_internal(second)
            unit.append_internal(first)
        with store.write() as unit:
            assert unit.unsealed(2) == first
            placed = seal_events(unit.unsealed(10), SIGNERS[KZ], NOW)
            unit.place({one.id: one.placement for one in placed[:2]})
        with store.read() as unit:
            assert unit.unsealed(10) == second
            assert unit.internal(matter()) == first
            found = unit.find([event.id for event in (*first, *second)])
            assert dict(found) == {one.id: one for one in placed[:2]}
            assert verify_group(found.values(), KEYS) == {}

    def test_only_what_waits_for_its_seal_is_placed(self, store: Store) -> None:
        own = _internal("draft.saved/1", of=matter())
        placed = seal_events(own, SIGNERS[KZ], NOW)
        with pytest.raises(StoreError) as unknown, store.write() as unit:
            unit.place({placed[0].id: placed[0].placement})
        with store.write() as unit:
            unit.append_internal(own)
            unit.place({placed[0].id: placed[0].placement})
        with pytest.raises(StoreError) as again, store.write() as unit:
            unit.place({placed[0].id: placed[0].placement})
        assert (unknown.value.code, again.value.code) == (Code.NOT_EXPECTED, Code.NOT_EXPECTED)

    def test_erasing_takes_the_content_and_leaves_the_proof(self, store: Store) -> None:
        events = sealed(exchange_of_letters())
        own = _internal("note.kept/1", of=matter())
        with store.write() as unit:
            unit.append(events)
            unit.append_internal(own)
        with store.write() as unit:
            unit.erase(events[1].id)
            unit.erase(own[0].id)
        kept = _events(store, matter())
        assert [one.content is None for one in kept] == [False, True, False, False, False, False]
        assert [(one.header, one.placement) for one in kept] == [(one.header, one.placement) for one in events]
        assert verify_group(kept, KEYS) == {}
        with store.read() as unit:
            assert unit.internal(matter())[0].content is None

    def test_what_was_erased_stays_erased(self, store: Store) -> None:
        events = sealed(exchange_of_letters())
        _append(store, events)
        for _ in range(2):
            with store.write() as unit:
                unit.erase(events[1].id)
        _append(store, events)
        assert _events(store, matter())[1].content is None

    def test_an_event_that_came_without_content_is_kept(self, store: Store) -> None:
        events = sealed([event if event.opens else event.without_content() for event in exchange_of_letters()])
        _append(store, events)
        assert _events(store, matter()) == events

    def test_what_opened_a_matter_is_not_erased(self, store: Store) -> None:
        events = sealed(exchange_of_letters())
        _append(store, events)
        with pytest.raises(StoreError) as refused, store.write() as unit:
            unit.erase(events[0].id)
        assert refused.value.code is Code.MALFORMED
        assert _events(store, matter())[0].content is not None

    def test_an_unknown_event_is_not_erased(self, store: Store) -> None:
        with pytest.raises(StoreError) as refused, store.write() as unit:
            unit.erase(exchange_of_letters()[0].id)
        assert refused.value.code is Code.NOT_EXPECTED

    def test_content_of_any_kind_comes_back_byte_for_byte(self, store: Store) -> None:
        value = {"text": 'Ё «№» \u0000 \U0001f58b \\ "', "number": -(2**53) + 1, "none": None, "list": [[], {}, True, ""]}
        event = write(office=KZ, matter=matter(), act="matter.opened/1", value=value, at=NOW, salt=fixed_bytes("salt"), head=None)
        _append(store, sealed([event]))
        content = _events(store, matter())[0].content
        assert content is not None
        assert (content.salt, content.data, content.value) == (event.content.salt, event.content.data, value)  # type: ignore[union-attr] # written just above

    def test_a_reader_sees_one_moment(self, store: Store) -> None:
        events = sealed(exchange_of_letters())
        _append(store, events[:2])
        with store.read() as unit:
            before = unit.events(matter())
        _append(store, events[2:])
        assert before == events[:2]
        assert _events(store, matter()) == events
