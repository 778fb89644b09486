"""Views are made anew from the journal, whatever is in it."""

import pytest

from comity.desk.record.rebuild import rebuild
from comity.desk.record.store import DjangoStore
from comity.exchange.store import ExchangeUnit
from comity.identifiers import MatterId
from tests.contracts.writing import Author, exchange_of_letters, matter, sealed


class Titles:
    """A view in a dictionary: the newest act of each matter."""

    def __init__(self) -> None:
        self.views: dict[MatterId, str] = {}
        self.order: list[MatterId] = []

    def project(self, unit: ExchangeUnit, matter: MatterId) -> None:
        self.views[matter] = unit.events(matter)[-1].header.act
        self.order.append(matter)


def _fill(store: DjangoStore, matters: int) -> None:
    for number in range(matters):
        with store.write() as unit:
            unit.append(sealed(exchange_of_letters(matter(number))))


@pytest.mark.parametrize("page", [1, 3, 7, 100])
def test_every_matter_is_projected_once_oldest_first(desk_store: DjangoStore, page: int) -> None:
    _fill(desk_store, 7)
    titles = Titles()
    heard: list[MatterId] = []
    assert rebuild(desk_store, titles, progress=heard.append, page=page) == 7
    assert titles.order == heard == [matter(number) for number in range(7)]
    assert set(titles.views.values()) == {"request.executed/1"}


def test_an_empty_journal_has_no_views(desk_store: DjangoStore) -> None:
    titles = Titles()
    assert rebuild(desk_store, titles) == 0
    assert titles.views == {}


def test_a_view_rebuilt_is_the_view_kept(desk_store: DjangoStore) -> None:
    kept = Titles()
    _fill(desk_store, 2)
    late = Author(exchange_of_letters()[0].header.office, matter(9))
    with desk_store.write() as unit:
        unit.append(sealed([late.open()]))
    for number in (0, 1, 9):
        with desk_store.write() as unit:
            kept.project(unit, matter(number))
    again = Titles()
    rebuild(desk_store, again)
    assert again.views == kept.views


def test_a_page_that_fails_leaves_the_pages_before_it(desk_store: DjangoStore) -> None:
    _fill(desk_store, 4)
    heard: list[MatterId] = []

    class Failing(Titles):
        def project(self, unit: ExchangeUnit, of: MatterId) -> None:
            if of == matter(2):
                raise ValueError(of)
            super().project(unit, of)

    with pytest.raises(ValueError, match=matter(2)):
        rebuild(desk_store, Failing(), progress=heard.append, page=2)
    assert heard == [matter(0), matter(1)]
