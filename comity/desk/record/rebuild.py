"""Views made anew from the journal, matter by matter.

The journal is the truth; a view that is lost, or of an older shape, is emptied and projected again. Each page of matters is one
transaction, so the desk can be used meanwhile and a rebuild that was cut off is simply started again.
"""

from collections.abc import Callable, Iterator
from typing import Protocol

from comity.exchange.store import ExchangeStore, ExchangeUnit
from comity.identifiers import MatterId

PAGE = 100


class Projects(Protocol):
    """What keeps views of the journal (`comity.node.office.Projector`)."""

    def project(self, unit: ExchangeUnit, matter: MatterId) -> None:
        """Bring the views of this matter up to date."""
        ...


def rebuild(
    store: ExchangeStore, projector: Projects, *, progress: Callable[[MatterId], None] = lambda _matter: None, page: int = PAGE
) -> int:
    """Projects every matter of the store, oldest first; how many there were. Emptying the views first is their owner's business.

    `progress` hears of each matter once its views are kept.
    """
    number = 0
    for matters in _pages(store, page):
        with store.write() as unit:
            for matter in matters:
                projector.project(unit, matter)
        for matter in matters:
            progress(matter)
        number += len(matters)
    return number


def _pages(store: ExchangeStore, size: int) -> Iterator[tuple[MatterId, ...]]:
    last: MatterId | None = None
    while True:
        with store.read() as unit:
            matters = unit.matters(last, size)
        if not matters:
            return
        yield matters
        last = matters[-1]
