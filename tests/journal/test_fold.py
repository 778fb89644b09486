"""Whoever holds the same events, however they came, has the same order and the same state; nothing is dropped."""

from dataclasses import dataclass, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.errors import Code
from comity.identifiers import OfficeId
from comity.journal import Event, FoldError, Verdict, fold, forks, order
from comity.journal.fold import depths
from tests.contracts.writing import KZ, RU, TJ, Author, exchange_of_letters, matter


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Where the file lies, and how often it has moved."""

    holder: OfficeId
    moves: tuple[str, ...] = ()


class PassingOn:
    """A procedure of one move: the holder passes the file to the next of three offices. Everything else is a note."""

    table = (KZ, TJ, RU)

    def start(self, opened: Event) -> Desk:
        return Desk(holder=opened.header.author)

    def step(self, state: Desk, event: Event) -> tuple[Desk, Verdict]:
        if event.header.act != "file.passed/1":
            return state, Verdict.NOTE
        if event.header.author != state.holder:
            return state, Verdict.VOID
        after = self.table[(self.table.index(state.holder) + 1) % 3]
        return Desk(holder=after, moves=(*state.moves, event.id)), Verdict.MOVE


OFFICES = (KZ, TJ, RU)
STEP = st.tuples(st.sampled_from(OFFICES), st.sampled_from(["file.passed/1", "message.sent/1"]), st.sets(st.sampled_from(OFFICES)))


@st.composite
def histories(draw):
    """A matter as three offices write it at once: each step one office writes, after reading what it may have got from others."""
    authors = {office: Author(office, matter()) for office in OFFICES}
    newest = {KZ: authors[KZ].open()}
    events = [newest[KZ]]
    for office, act, read in draw(st.lists(STEP, max_size=14)):
        author = authors[office]
        for other in read & newest.keys():
            author.read(newest[other])
        if author.head is None and not author.seen:
            author.read(events[0])
        newest[office] = author.write(act, {"number": len(events)})
        events.append(newest[office])
    return events


def _told_differently(event: Event) -> Event:
    return replace(event, header=replace(event.header, body="0" * 64), content=None)


@given(histories(), st.randoms())
def test_any_order_of_arrival_gives_one_order_and_one_state(events, chance):
    shuffled = [*events, *chance.sample(events, len(events) // 2)]
    chance.shuffle(shuffled)
    assert order(shuffled) == order(events)
    assert fold(shuffled, PassingOn()) == fold(events, PassingOn())


@given(histories())
def test_causes_come_before_effects_and_nothing_is_dropped(events):
    folded = fold(events, PassingOn())
    place = {entry.event.id: number for number, entry in enumerate(folded.entries)}
    assert sorted(place) == sorted(event.id for event in events)
    for entry in folded.entries:
        header = entry.event.header
        causes = [*header.seen, *([header.prev] if header.prev else [])]
        assert all(place[cause] < place[entry.event.id] for cause in causes)
        assert entry.depth == 1 + max((folded.entries[place[cause]].depth for cause in causes), default=0)


@given(histories())
def test_only_the_holders_moves_count_and_notes_change_nothing(events):
    folded = fold(events, PassingOn())
    before = PassingOn().start(folded.entries[0].event)
    for entry in folded.entries[1:]:
        moved = entry.event.header.act == "file.passed/1" and entry.event.header.author == before.holder
        assert (entry.verdict is Verdict.MOVE) == moved
        assert (entry.state != before) == moved
        before = entry.state
    assert folded.state == before
    assert not folded.frozen


@given(histories(), st.data())
def test_a_fork_is_found_in_any_order_and_freezes_the_matter(events, data):
    one = data.draw(st.sampled_from(events))
    other = _told_differently(one)
    arrival = data.draw(st.permutations([*events, other]))
    folded = fold(arrival, PassingOn())
    assert [fork.ids for fork in folded.forks] == [tuple(sorted([one.id, other.id]))]
    assert (folded.forks[0].office, folded.forks[0].seq) == (one.header.office, one.header.seq)
    assert folded.frozen
    assert folded == fold([*events, other], PassingOn())
    assert sorted(entry.event.id for entry in folded.entries) == sorted([*(event.id for event in events), other.id])
    first = next(number for number, entry in enumerate(folded.entries) if entry.event.id in folded.forks[0].ids)
    assert all(entry.verdict is not Verdict.MOVE for entry in folded.entries[max(first, 1) :])
    if first:
        assert folded.state == fold([entry.event for entry in folded.entries[:first]], PassingOn()).state


@given(histories(), st.data())
def test_an_erased_matter_folds_to_the_same_state(events, data):
    erased = {event.id for event in data.draw(st.lists(st.sampled_from(events)))}
    left = [event.without_content() if event.id in erased and not event.opens else event for event in events]
    assert fold(left, PassingOn()).state == fold(events, PassingOn()).state
    assert [entry.verdict for entry in fold(left, PassingOn()).entries] == [entry.verdict for entry in fold(events, PassingOn()).entries]


@given(histories(), st.data())
def test_a_missing_cause_is_named_never_guessed(events, data):
    followed = {cause for event in events for cause in (*event.header.seen, event.header.prev) if cause}
    if not followed:
        assert fold(events, PassingOn()).state.holder == KZ
        return
    gone = data.draw(st.sampled_from(sorted(followed)))
    left = [event for event in events if event.id != gone]
    with pytest.raises(FoldError) as refused:
        order(left)
    assert refused.value.code is Code.PREDECESSOR_MISSING
    stuck = next(event for event in left if event.id == refused.value.where)
    assert gone in (*stuck.header.seen, stuck.header.prev)


def test_void_moves_are_marked_and_kept():
    kz, tj = Author(KZ, matter()), Author(TJ, matter())
    opened = kz.open()
    tj.read(opened)
    early, passed = tj.write("file.passed/1"), kz.write("file.passed/1")
    tj.read(passed)
    answered = tj.write("file.passed/1")
    folded = fold([answered, passed, early, opened], PassingOn())
    assert [(entry.event, entry.depth, entry.verdict) for entry in folded.entries] == [
        (opened, 1, Verdict.MOVE),
        (passed, 2, Verdict.MOVE),
        (early, 2, Verdict.MOVE),
        (answered, 3, Verdict.VOID),
    ]
    assert folded.state == Desk(holder=RU, moves=(passed.id, early.id))


def test_a_second_opening_by_another_office_is_a_fork():
    opened, theirs = Author(KZ, matter()).open(), Author(TJ, matter()).open()
    for arrival in ([opened, theirs], [theirs, opened]):
        folded = fold(arrival, PassingOn())
        assert [fork.ids for fork in folded.forks] == [tuple(sorted([opened.id, theirs.id]))]
        assert [entry.verdict for entry in folded.entries] == [Verdict.MOVE, Verdict.VOID]


def test_who_has_not_seen_the_opening_does_not_act():
    opened = Author(TJ, matter()).open()
    blind = Author(KZ, matter()).write("file.passed/1")
    folded = fold([opened, blind], PassingOn())
    assert [(entry.event, entry.verdict) for entry in folded.entries] == [(blind, Verdict.VOID), (opened, Verdict.MOVE)]
    assert folded.state == Desk(holder=TJ)


def test_a_matter_nobody_opened_has_no_state():
    for events in ([], [Author(KZ, matter()).write("file.passed/1")], [replace(Author(KZ, matter()).open(), content=None)]):
        with pytest.raises(FoldError) as refused:
            fold(events, PassingOn())
        assert refused.value.code is Code.MALFORMED


def test_an_honest_matter_has_no_fork():
    assert forks(exchange_of_letters()) == ()
    assert order(reversed(exchange_of_letters())) == exchange_of_letters()


def test_a_long_matter_is_ordered_without_recursion():
    kz = Author(KZ, matter())
    events = [kz.open(), *(kz.write("message.sent/1") for _ in range(3000))]
    assert max(depths(reversed(events)).values()) == 3001
