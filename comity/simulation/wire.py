"""A wire that loses, doubles, delays and so reorders what is put on it, by a seed; the same seed does the same again."""

import heapq
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from comity.identifiers import OfficeId


@dataclass(frozen=True, slots=True, kw_only=True)
class Fate:
    """What may happen to a message: the shares that are lost and doubled, and the longest time on the way. All of it also to receipts."""

    lost: float = 0.0
    doubled: float = 0.0
    longest: timedelta = timedelta(0)


def calm() -> Fate:
    """Nothing happens to anything."""
    return Fate()


@dataclass(order=True, slots=True)
class Message:
    """Bytes on their way, for one office, from another."""

    due: datetime
    number: int
    sender: OfficeId = field(compare=False)
    recipient: OfficeId = field(compare=False)
    data: bytes = field(compare=False)
    answers: str = field(compare=False, default="")
    """The parcel this is the answer to; empty for a parcel."""


class Wire:
    """Messages under way. What is cut off (`cut`) waits outside and is lost to whoever tries."""

    def __init__(self, fate: Fate, seed: int) -> None:
        self.fate = fate
        self.cut: set[frozenset[OfficeId]] = set()
        self._random = Random(seed)  # noqa: S311  # a schedule of faults, not a secret
        self._queue: list[Message] = []
        self._number = 0

    def put(self, now: datetime, sender: OfficeId, recipient: OfficeId, data: bytes, answers: str = "") -> None:
        """Give a message to the wire, which does with it what it likes."""
        if frozenset({sender, recipient}) in self.cut or self._random.random() < self.fate.lost:
            return
        for _ in range(2 if self._random.random() < self.fate.doubled else 1):
            self._number += 1
            due = now + self.fate.longest * self._random.random()
            heapq.heappush(self._queue, Message(due, self._number, sender, recipient, data, answers))

    def take(self, now: datetime) -> list[Message]:
        """What arrives by now, in the order of arrival."""
        found = []
        while self._queue and self._queue[0].due <= now:
            found.append(heapq.heappop(self._queue))
        return found

    @property
    def next_due(self) -> datetime | None:
        """When the next message arrives."""
        return self._queue[0].due if self._queue else None

    @property
    def empty(self) -> bool:
        """Whether nothing is under way."""
        return not self._queue
