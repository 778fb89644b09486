"""Which terms run in a matter, from when, until when, and by which article.

A clock runs from the newest act that starts it until an act that stops it, in the states it belongs to, never after the end. Its term is
that of the basis (one running clock for each provision, earliest first: where there are two ways to count, the earlier is taken and both
are shown), or a day the act itself fixes, or a service target where the law is silent. Where nothing sets a term it still runs and says so.
Dates are those of the office that wrote the act; a day read from an entry is its day in UTC.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from comity import canonical
from comity.canonical import CanonicalError
from comity.identifiers import EventId
from comity.journal import Entry, Verdict
from comity.law.basis import Basis, TimeLimit
from comity.law.deadlines import Counting, Deadline, Span, deadline
from comity.procedures.machine import MatterState
from comity.procedures.model import Clock
from comity.procedures.sentence import Sentence, sentence
from comity.words import _


class Term(StrEnum):
    """Where the last day of a clock comes from."""

    LAW = "law"
    FIXED = "fixed"  # a day that the act itself names
    TARGET = "target"  # ours, not law
    NONE = "none"  # nothing sets a term


@dataclass(frozen=True, slots=True, kw_only=True)
class RunningClock:
    """One term that runs. `due` is its last day, None where none is set or none can be counted (then `warnings` say why).

    `limit` and `deadline` are the law's, for `Term.LAW`; `longest` is the day after which no further wait is possible, `extended` the day
    with one extension, where the instrument gives them. `started_by` is the entry that started it.
    """

    name: str
    label: str
    term: Term
    started_on: date
    started_by: EventId
    due: date | None
    consequence: str
    limit: TimeLimit | None = None
    deadline: Deadline | None = None
    longest: date | None = None
    extended: date | None = None
    warnings: tuple[Sentence, ...] = ()

    @property
    def first_day_counts(self) -> bool:
        """Whether the day it started on is day 1."""
        return self.deadline is not None and self.deadline.counting is Counting.FIRST_DAY_COUNTS

    @property
    def days(self) -> int | None:
        """How many days it has, None without a last day."""
        return None if self.due is None else self.day(self.due)

    def day(self, on: date) -> int:
        """Which day of the clock `on` is."""
        return (on - self.started_on).days + self.first_day_counts

    def left(self, on: date) -> int | None:
        """How many days are left after `on`; negative when it is late."""
        return None if self.due is None else (self.due - on).days


def clocks(state: MatterState, entries: Sequence[Entry[MatterState]], basis: Basis | None) -> tuple[RunningClock, ...]:
    """Every clock that runs in this matter now, the earliest last day first; those without one at the end."""
    declared = state.procedure.clocks if state.procedure and not state.over else ()
    running = (one for clock in declared if not clock.states or state.state.name in clock.states for one in _running(clock, entries, basis))
    return tuple(sorted(running, key=lambda one: (one.due is None, one.due or date.max)))


def _running(clock: Clock, entries: Sequence[Entry[MatterState]], basis: Basis | None) -> Iterator[RunningClock]:
    entry = _started(clock, entries)
    if entry is None:
        return
    fixed = _date(entry, clock.ends_field)
    limits = [limit for limit in (basis.time_limits if basis else ()) if limit.topic in clock.topics]
    yield from (_by_law(clock, entry, limit) for limit in limits)
    if fixed is not None:
        yield _running_clock(clock, entry, Term.FIXED, due=fixed)
    elif not limits:
        yield _by_target(clock, entry)


def _started(clock: Clock, entries: Sequence[Entry[MatterState]]) -> Entry[MatterState] | None:
    newest = None
    for entry in entries:
        act = entry.event.header.act
        if entry.verdict is Verdict.VOID:
            continue
        if act in clock.starts:
            newest = entry
        elif act in clock.stops:
            newest = None
    return newest


def _date(entry: Entry[MatterState], field: str | None) -> date | None:
    content = entry.event.content
    value = content.value.get(field) if content is not None and field else None
    try:
        return canonical.parse_date(value if isinstance(value, str) else "")
    except CanonicalError:
        return None


def _by_law(clock: Clock, entry: Entry[MatterState], limit: TimeLimit) -> RunningClock:
    start = _start(clock, entry)
    counted = deadline(limit, start)
    return _running_clock(
        clock,
        entry,
        Term.LAW,
        due=counted.due,
        limit=limit,
        counted=counted,
        longest=deadline(limit, start, Span.LONGEST).due,
        extended=deadline(limit, start, Span.EXTENDED).due,
    )


def _by_target(clock: Clock, entry: Entry[MatterState]) -> RunningClock:
    if clock.target_days is None:
        return _running_clock(clock, entry, Term.NONE, due=None)
    return _running_clock(clock, entry, Term.TARGET, due=_start(clock, entry) + timedelta(days=clock.target_days))


def _start(clock: Clock, entry: Entry[MatterState]) -> date:
    return _date(entry, clock.start_field) or entry.event.header.at.date()


def _running_clock(
    clock: Clock,
    entry: Entry[MatterState],
    term: Term,
    *,
    due: date | None,
    limit: TimeLimit | None = None,
    counted: Deadline | None = None,
    longest: date | None = None,
    extended: date | None = None,
) -> RunningClock:
    return RunningClock(
        name=clock.name,
        label=clock.label,
        term=term,
        started_on=_start(clock, entry),
        started_by=entry.event.id,
        due=due,
        consequence=clock.consequence,
        limit=limit,
        deadline=counted,
        longest=longest,
        extended=extended,
        warnings=tuple(_warnings(clock, entry, term, counted)),
    )


def _warnings(clock: Clock, entry: Entry[MatterState], term: Term, counted: Deadline | None) -> Iterator[Sentence]:
    if clock.start_field and _date(entry, clock.start_field) is None:
        yield sentence(_("Counted from the date of the entry: the day itself is not known here."))
    if counted is not None and counted.due is None:
        yield sentence(counted.words)
    if term is Term.NONE:
        yield sentence(_("The law sets no term."))
