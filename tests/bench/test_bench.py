"""Every piece of the measurements runs once, with the smallest counts; its figures mean nothing and are not judged."""

import io
import json
import os
from dataclasses import replace

import pytest
from rich.console import Console

from bench.case import Case
from bench.meter import Memory, Meter
from bench.report import GOALS, goals_of, show
from bench.sections import TINY, as2, exchange, files, law
from tests.postgres import PostgresMissingError, binaries

ENDLESS = float("inf")
pytestmark = pytest.mark.slow


def _silent(_words):
    """Nobody reads along."""


@pytest.fixture(scope="module")
def exchanged(tmp_path_factory):
    return exchange(tmp_path_factory.mktemp("exchange"), TINY, _silent, ENDLESS)


def _databases(exchanged):
    return [values for values in exchanged.values() if "left_out" not in values]


def test_events_are_carried_between_two_nodes_on_every_database_that_is_here(exchanged):
    try:
        binaries()
    except PostgresMissingError:
        assert len(_databases(exchanged)) == 1
    else:
        assert len(_databases(exchanged)) == 2
    for values in _databases(exchanged):
        (row,) = values["rows"]
        # Four openings and forty events twice, ten a parcel at most.
        assert row["parcels"] >= 9
        for stretch in ("write", "carry", "whole"):
            assert row[stretch]["per_second"] > 0
            assert row[stretch]["cpu"].keys() == {"sender", "sender database", "receiver", "receiver database"}
        assert row["carry"]["cpu"]["receiver"] > 0


def test_the_bound_is_the_sum_of_its_parts(exchanged):
    for values in _databases(exchanged):
        bound = values["bound"]
        assert bound["parts_us"].keys() == {"parse", "hash", "verify", "commit"}
        assert sum(bound["parts_us"].values()) == pytest.approx(bound["seconds"] / bound["events"] * 1e6)


def test_the_peer_papers_and_the_law_are_measured_and_shown_beside_their_goals(tmp_path, exchanged):
    small = tmp_path / "small"
    small.mkdir()
    found = {
        "exchange": exchanged,
        "as2": as2(tmp_path, TINY, _silent, ENDLESS),
        "files": files(small, TINY, _silent, ENDLESS),
        "law": law(tmp_path, TINY, _silent, ENDLESS),
    }
    assert found["law"]["questions"] == 12 * 11 * 8
    assert found["files"]["memory_above_idle"] > 0
    assert not list((small / "files").rglob("*.leaves"))
    goals = goals_of(json.loads(json.dumps(found)))
    assert {wanted for _, wanted, _, _ in goals} == {"≥ 60 %", "≤ 64 MiB", "< 1 s", "≥ 20\u202f000", "< 50 ms", "< 5 ms"}
    console = Console(width=200, file=io.StringIO())
    show(found, console)
    printed = console.file.getvalue()
    assert all(measured in printed for _, _, measured, _ in goals)


def test_a_goal_is_reached_or_missed_by_what_was_measured(exchanged):
    (row,) = exchanged["sqlite"]["rows"]
    row = {**row, "parcel": 1000, "sealed": 1000, "carry": {**row["carry"], "per_second": GOALS["1000"] + 1.0}}
    quick = {"sqlite": {"rows": [row], "bound": {**exchanged["sqlite"]["bound"], "per_second": 3.0 * GOALS["1000"]}}}
    assert [reached for *_, reached in goals_of({"exchange": quick})] == [True, False]


def test_a_meter_counts_what_this_process_does():
    meter = Meter({"here": [os.getpid()]})
    total = sum(number * number for number in range(3_000_000))
    spent = meter.spent()
    assert total
    assert 0 < spent.cpu["here"] <= spent.seconds * 4
    memory = Memory()
    held = bytearray(32 * 2**20)
    assert memory.above >= len(held) * 0.9


def test_a_case_travels_as_one_word():
    case = replace(TINY.cases[0], views=True)
    assert Case.load(case.dump()) == case
