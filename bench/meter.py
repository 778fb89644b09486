"""What a stretch of work took: the time by the clock, the CPU time of the processes that did it, and how busy the machine was otherwise.

Read from /proc, so on Linux alone. A process counts with its threads, and with its children whether they still run or have ended: a
PostgreSQL server is its postmaster. The clock of /proc ticks a hundred times a second, so a stretch should last a second or more.
"""

import os
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

TICK = os.sysconf("SC_CLK_TCK")
CORES = os.cpu_count() or 1
DISTURBED = 0.08
"""From this share of the cores on, used by others, a figure is marked: the machine was not the measurement's own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spent:
    """`seconds` by the clock, CPU seconds of each party by its name, and the share (0…1) of all cores that others used meanwhile."""

    seconds: float
    cpu: Mapping[str, float]
    others: float

    def value(self) -> dict[str, Any]:
        """The same as plain values."""
        return {"seconds": self.seconds, "cpu": dict(self.cpu), "others": self.others}


class Meter:
    """Reads the clocks when it is made; `spent` tells what was used since. Parties are lists of process ids by name."""

    def __init__(self, parties: Mapping[str, Sequence[int]]) -> None:
        self._parties = parties
        self._at, self._cpu, self._busy = self._read()

    def spent(self) -> Spent:
        """What was used since this meter was made."""
        at, cpu, busy = self._read()
        seconds = at - self._at
        used = {name: cpu[name] - self._cpu[name] for name in cpu}
        others = max(0.0, busy - self._busy - sum(used.values())) / (CORES * seconds)
        return Spent(seconds=seconds, cpu=used, others=others)

    def _read(self) -> tuple[float, dict[str, float], float]:
        cpu = {name: sum(map(process_seconds, pids)) for name, pids in self._parties.items()}
        return time.perf_counter(), cpu, _busy_seconds()


def process_seconds(pid: int) -> float:
    """CPU seconds of a process with all its threads and children, those that have ended included."""
    parents = dict(_parents())
    family, before = {pid}, 0
    while len(family) > before:
        before = len(family)
        family |= {child for child, parent in parents.items() if parent in family}
    return sum(map(_own_seconds, family)) / TICK


def _own_seconds(pid: int) -> int:
    try:
        return sum(map(int, _stat(pid)[11:15]))
    except (FileNotFoundError, ProcessLookupError):  # it ended just now, and its parent counts it
        return 0


def _parents() -> Iterator[tuple[int, int]]:
    for path in Path("/proc").glob("[0-9]*"):
        try:
            yield int(path.name), int(_stat(int(path.name))[1])
        except (FileNotFoundError, ProcessLookupError):
            continue


def _stat(pid: int) -> list[str]:
    """The fields of /proc/PID/stat after the name, which may hold blanks: the parent is field 1, the four times are 11 to 14."""
    return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()


def _busy_seconds() -> float:
    """CPU seconds that the machine has worked, time stolen by its host included."""
    user, nice, system, _idle, _waiting, interrupts, soft, stolen, *_ = map(
        int, Path("/proc/stat").read_text(encoding="ascii").split("\n", 1)[0].split()[1:]
    )
    return (user + nice + system + interrupts + soft + stolen) / TICK


class Memory:
    """The most memory this process came to use, above what it used when this was made. In bytes."""

    def __init__(self) -> None:
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")  # the peak is counted anew
        self._idle = _status("VmRSS")

    @property
    def above(self) -> int:
        """The peak above the idle process."""
        return _status("VmHWM") - self._idle


def _status(name: str) -> int:
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith(f"{name}:"))
