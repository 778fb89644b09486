"""Work of several threads done in one go.

A transaction costs about as much for eight parcels as for one. So whoever comes first does what has gathered by then, for all who wait; who
comes meanwhile waits for the next round. Nobody waits for company: a thread alone is served at once.
"""

import threading
from collections import deque
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

A = TypeVar("A")
R = TypeVar("R")


class _Asked(Generic[A, R]):
    """What one thread asks for, and what came of it."""

    def __init__(self, what: A) -> None:
        self.what = what
        self.answers: list[R] = []
        self.error: Exception | None = None

    @property
    def done(self) -> bool:
        return bool(self.answers) or self.error is not None


class Together(Generic[A, R]):
    """A function of many made a function of one. `do` answers what it is given, in order; it runs in one thread at a time.

    Where it raises for several, each is tried alone, so that one cannot keep others out; what it raises for one, that one's thread raises.
    """

    def __init__(self, do: Callable[[Sequence[A]], Sequence[R]]) -> None:
        self._do = do
        self._waiting: deque[_Asked[A, R]] = deque()
        self._at_it = threading.Lock()

    def __call__(self, what: A) -> R:
        """What came of this one; raises what `do` raised for it."""
        mine = _Asked[A, R](what)
        self._waiting.append(mine)
        with self._at_it:
            if not mine.done:
                self._round([self._waiting.popleft() for _ in range(len(self._waiting))])
        if mine.error is not None:
            raise mine.error
        return mine.answers[0]

    def _round(self, asked: Sequence[_Asked[A, R]]) -> None:
        try:
            for one, answer in zip(asked, self._do([one.what for one in asked]), strict=True):
                one.answers.append(answer)
        except Exception as error:  # noqa: BLE001  # whatever it is, it belongs to the thread that asked
            if len(asked) == 1:
                asked[0].error = error
                return
            for one in asked:
                self._round([one])
