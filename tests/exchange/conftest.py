"""The three offices as fixtures: keys are made once a session, stores for each test."""

import pytest

from tests.exchange import offices
from tests.exchange.offices import KZ, RU, TJ, Bench, Office


@pytest.fixture(scope="session")
def bench(tmp_path_factory) -> Bench:
    return offices.make_bench(tmp_path_factory.mktemp)


@pytest.fixture
def kz(bench) -> Office:
    return bench.office(KZ)


@pytest.fixture
def tj(bench) -> Office:
    return bench.office(TJ)


@pytest.fixture
def ru(bench) -> Office:
    return bench.office(RU)


@pytest.fixture
def deliver():
    return offices.deliver
