"""Several threads' work in one go: everybody gets the answer to what he asked, and an error keeps nobody else out."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from comity.node.together import Together


def test_a_thread_alone_is_served_at_once():
    groups = []
    double = Together(lambda asked: groups.append(list(asked)) or [2 * one for one in asked])
    assert [double(1), double(2)] == [2, 4]
    assert groups == [[1], [2]]


def gathered(do, asked):
    """What each of several threads gets or is refused, which all ask while a first one is being served."""
    begun, go_on = threading.Event(), threading.Event()

    def held_up(group):
        if not begun.is_set():
            begun.set()
            go_on.wait()
        return do(group)

    together = Together(held_up)
    with ThreadPoolExecutor(len(asked) + 1) as pool:
        first = pool.submit(together, 0)
        begun.wait()
        rest = [pool.submit(together, one) for one in asked]
        while len(together._waiting) < len(asked):
            threading.Event().wait(0.001)
        go_on.set()
        return [one.exception() or one.result() for one in (first, *rest)]


def test_who_comes_meanwhile_is_served_in_the_next_round_all_at_once():
    groups = []
    answers = gathered(lambda group: groups.append(sorted(group)) or [-one for one in group], [1, 2, 3])
    assert answers == [0, -1, -2, -3]
    assert groups == [[0], [1, 2, 3]]


def test_one_that_fails_keeps_no_other_out():
    def do(group):
        if 2 in group:
            raise ValueError("not two")
        return [-one for one in group]

    first, one, two, three = gathered(do, [1, 2, 3])
    assert (first, one, three) == (0, -1, -3)
    assert isinstance(two, ValueError)


def test_who_fails_alone_hears_of_it():
    with pytest.raises(ZeroDivisionError):
        Together(lambda asked: [1 // one for one in asked])(0)
