"""Each event names the one before it: a gap is asked for, a second telling is a fork, a false predecessor is refused."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.errors import Code
from comity.journal import ChainError, Head, follows, write
from tests.contracts.writing import KZ, NOW, TJ, Author, matter


def _strand(count, told=""):
    kz = Author(KZ, matter())
    return [kz.open(), *(kz.write("progress.reported/1", {"number": number, "told": told}) for number in range(count - 1))]


def _head(event):
    return Head(seq=event.header.seq, id=event.id)


def _code(*arguments):
    try:
        follows(*arguments)
    except ChainError as error:
        return error.code if error.where == arguments[0].id else error.where
    return None


def test_a_strand_follows_itself():
    strand = _strand(5)
    assert _code(strand[0].header, None) is None
    for before, after in pairwise(strand):
        assert _code(after.header, _head(before)) is None
        assert _code(after.header, _head(before), before.header) is None


def test_the_head_itself_may_come_again():
    strand = _strand(2)
    assert _code(strand[1].header, _head(strand[1]), strand[0].header) is None


def test_a_gap_is_a_missing_predecessor():
    strand = _strand(4)
    assert _code(strand[1].header, None) is Code.PREDECESSOR_MISSING
    assert _code(strand[3].header, _head(strand[1])) is Code.PREDECESSOR_MISSING


def test_a_second_telling_is_a_fork():
    strand, other = _strand(4), _strand(4, told="differently")
    assert _code(other[1].header, _head(strand[1]), strand[0].header) is Code.FORK
    assert _code(other[1].header, _head(strand[3]), strand[0].header) is Code.FORK
    assert (
        _code(
            write(office=KZ, matter=matter(), act="matter.opened/1", value={}, at=NOW, salt=bytes(32), head=None).header, _head(strand[3])
        )
        is Code.FORK
    )


def test_what_follows_a_fork_waits_for_it_and_then_is_of_it():
    strand, other = _strand(4), _strand(4, told="differently")
    assert _code(other[2].header, _head(strand[1])) is Code.PREDECESSOR_MISSING
    assert _code(other[2].header, _head(strand[1]), other[1].header) is Code.FORK


def test_a_false_predecessor_is_a_bad_chain():
    strand = _strand(3)
    theirs = Author(TJ, matter()).open()
    elsewhere = Author(KZ, matter(1)).open()
    for false in (theirs, elsewhere, strand[1]):
        false_head = Head(seq=0, id=false.id)
        event = write(office=KZ, matter=matter(), act="request.sent/1", value={}, at=NOW, salt=bytes(32), head=false_head)
        assert _code(event.header, _head(strand[0]), false.header) is Code.BAD_CHAIN


@given(st.permutations(range(8)))
def test_in_any_order_of_arrival_the_strand_closes(order):
    strand = _strand(8)
    head, held = None, []
    for index in order:
        held.append(strand[index])
        for event in sorted(held, key=lambda one: one.header.seq):
            if _code(event.header, head) is None:
                head = _head(event)
                held.remove(event)
            else:
                assert _code(event.header, head) is Code.PREDECESSOR_MISSING
    assert (head, held) == (_head(strand[7]), [])


def test_the_seen_are_sorted_and_named_once():
    ids = ["0f" * 32, "0a" * 32, "0f" * 32]
    event = write(office=KZ, matter=matter(), act="request.sent/1", value={}, at=NOW, salt=bytes(32), head=None, seen=ids)
    assert event.header.seen == ("0a" * 32, "0f" * 32)


def test_a_strand_counts_from_its_head():
    event = write(office=KZ, matter=matter(), act="request.sent/1", value={}, at=NOW, salt=bytes(32), head=Head(seq=6, id="0a" * 32))
    assert (event.header.seq, event.header.prev) == (7, "0a" * 32)
    with pytest.raises(ChainError):
        follows(event.header, None)
