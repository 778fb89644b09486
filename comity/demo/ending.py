"""How the demo is told to stop: Ctrl-C, SIGTERM, a closed terminal.

Each is raised wherever it comes, so that every `with` block ends its part.
"""

import signal
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import FrameType
from typing import Any

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Ended(BaseException):
    """Somebody said stop; `number` is the signal. Like KeyboardInterrupt it is no error, and passes every handler of errors."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


@contextmanager
def raised() -> Iterator[None]:
    """While this lasts the first of the signals is raised as `Ended`; those after it are ignored, so that the way out is not cut off."""

    def stop(number: int, _frame: FrameType | None) -> None:
        for one in SIGNALS:
            signal.signal(one, signal.SIG_IGN)
        raise Ended(number)

    # A SIGHUP that was ignored from the start (nohup) stays ignored.
    handlers = {one: stop for one in SIGNALS if one != signal.SIGHUP or signal.getsignal(one) is not signal.SIG_IGN}
    with _handled(handlers):
        yield


@contextmanager
def undisturbed() -> Iterator[None]:
    """While this lasts the signals are ignored: what ends offices and removes their homes is not stopped half-way."""
    with _handled(dict.fromkeys(SIGNALS, signal.SIG_IGN)):
        yield


@contextmanager
def held() -> Iterator[None]:
    """While this lasts a signal waits and comes at the end: between the birth of a process and its owner knowing it, nothing is raised."""
    waiting: list[int] = []
    # A handler, not SIG_IGN nor a mask: a process that is started would inherit those.
    before = {one: signal.getsignal(one) for one in SIGNALS if callable(signal.getsignal(one))}
    with _handled({one: lambda number, _frame: waiting.append(number) for one in before}):
        yield
    if waiting:
        signal.raise_signal(waiting[0])


@contextmanager
def _handled(handlers: Mapping[signal.Signals, Any]) -> Iterator[None]:
    if threading.current_thread() is not threading.main_thread():  # only the main thread may, and only it gets signals
        yield
        return
    before = {number: signal.signal(number, handler) for number, handler in handlers.items()}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
