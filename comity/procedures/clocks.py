"""Which terms run in a matter, from when, until when, and by which article.

A clock runs from the newest act that starts it until an act that stops it, in the states it belongs to, never after the end. Its term is
that of the basis (one running clock for each provision, earliest first: where there are two ways to count, the earlier is taken and both
are shown), or a day the act itself fixes, or a service target where the law is silent. Where nothing sets a term it still runs and says so.

Days are those of the State whose law runs (`Clock.runs_in`), by its calendar: the moment of an entry is the day it was there; without a
calendar, the day in UTC. A service target stands while the acts of the journal say so, a term of the law only where its source lets it
stand (`Reckoning.may_stand`). An act that extends a term gives it the extension of the instrument.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from comity import canonical
from comity.canonical import CanonicalError
from comity.identifiers import EventId, StateCode
from comity.journal import Entry, Verdict
from comity.law.basis import Basis, TimeLimit
from comity.law.calendars import Calendar, day_of
from comity.law.deadlines import Counting, Deadline, Span, Standing, deadline
from comity.law.model import Confidence, Unit
from comity.law.reckoning import Reckoning
from comity.law.steps import DAY_ONE, Step, StepKind
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

    `latest` is later than `due` where a decree may still move days. `warn_on`: the day a warning is due. `state`: whose days are counted.
    `limit` is the law's, for `Term.LAW`; `deadline` also counts a target; `steps` tell the count. `longest` is the day after which no
    further wait is possible, `extended` the day with one extension, where the instrument gives them. `started_by`: the entry that did.
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
    latest: date | None = None
    warn_on: date | None = None
    state: StateCode | None = None
    steps: tuple[Step, ...] = ()
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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Run:
    """A clock that an entry started: the acts since then, and the calendar of the State whose law runs."""

    clock: Clock
    entry: Entry[MatterState]
    since: tuple[Entry[MatterState], ...]
    state: StateCode | None
    calendar: Calendar | None

    @property
    def start(self) -> date | datetime:
        """The day the act names, or the moment of the entry."""
        return _date(self.entry, self.clock.start_field) or self.entry.event.header.at

    @property
    def extended(self) -> bool:
        """Whether an act has extended it."""
        return any(entry.event.header.act in self.clock.extended_by for entry in self.since)

    def stood(self) -> tuple[Standing, ...]:
        """When it stood: from the day after the act that stops it for a time to the day of the act that lets it run again."""
        found: list[Standing] = []
        for entry in self.since:
            act, day = entry.event.header.act, day_of(entry.event.header.at, self.calendar)
            open_since = found[-1].since if found and found[-1].until is None else None
            if act in self.clock.stands_from and open_since is None:
                found.append(Standing(since=day + timedelta(days=1)))
            elif act in self.clock.stands_until and open_since is not None:
                found[-1:] = [Standing(since=open_since, until=day)] if day >= open_since else []
        return tuple(found)


def clocks(
    state: MatterState, entries: Sequence[Entry[MatterState]], basis: Basis | None, calendars: Mapping[StateCode, Calendar] | None = None
) -> tuple[RunningClock, ...]:
    """Every clock that runs in this matter now, the earliest last day first; those without one at the end."""
    declared = state.procedure.clocks if state.procedure and not state.over else ()
    begun = (_begun(clock, entries, basis, calendars or {}) for clock in declared if not clock.states or state.state.name in clock.states)
    running = (one for run in begun if run for one in _running(run, basis))
    return tuple(sorted(running, key=lambda one: (one.due is None, one.due or date.max)))


def _begun(
    clock: Clock, entries: Sequence[Entry[MatterState]], basis: Basis | None, calendars: Mapping[StateCode, Calendar]
) -> _Run | None:
    place = _started(clock, entries)
    if place is None:
        return None
    state = {"requesting": basis.requesting, "requested": basis.requested}.get(clock.runs_in) if basis else None
    since = tuple(entry for entry in entries[place + 1 :] if entry.verdict is not Verdict.VOID)
    return _Run(clock=clock, entry=entries[place], since=since, state=state, calendar=calendars.get(state) if state else None)


def _running(run: _Run, basis: Basis | None) -> Iterator[RunningClock]:
    fixed = _date(run.entry, run.clock.ends_field)
    limits = [limit for limit in (basis.time_limits if basis else ()) if limit.topic in run.clock.topics]
    yield from (_by_law(run, limit) for limit in limits)
    if fixed is not None:
        yield _running_clock(run, Term.FIXED, due=fixed)
    elif not limits:
        yield _by_target(run)


def _started(clock: Clock, entries: Sequence[Entry[MatterState]]) -> int | None:
    newest = None
    for place, entry in enumerate(entries):
        act = entry.event.header.act
        if entry.verdict is Verdict.VOID:
            continue
        if act in clock.starts:
            newest = place
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


def _by_law(run: _Run, limit: TimeLimit) -> RunningClock:
    stood = run.stood() if limit.reckoning.may_stand else ()
    extendable = limit.extension is not None
    counted = _count(run, limit, Span.EXTENDED if run.extended and extendable else Span.LENGTH, stood)
    return _running_clock(
        run,
        Term.LAW,
        due=counted.due,
        limit=limit,
        counted=counted,
        longest=_count(run, limit, Span.LONGEST, stood).due,
        extended=None if run.extended else _count(run, limit, Span.EXTENDED, stood).due,
    )


def _by_target(run: _Run) -> RunningClock:
    if run.clock.target_days is None:
        return _running_clock(run, Term.NONE, due=None)
    target = TimeLimit(
        topic="",
        length=run.clock.target_days,
        unit=Unit.DAYS,
        article=None,
        instrument="",
        source="",
        confidence=Confidence.VERIFIED,
        summary="",
        reckoning=Reckoning(may_stand=True),
    )
    counted = _count(run, target, Span.LENGTH, run.stood())
    return _running_clock(run, Term.TARGET, due=counted.due, counted=counted)


def _count(run: _Run, limit: TimeLimit, span: Span, stood: tuple[Standing, ...]) -> Deadline:
    return deadline(limit, run.start, span, calendar=run.calendar, stood=stood)


OF_LAW = frozenset({StepKind.ON_DAY_OFF, StepKind.CALENDAR})
"""Steps that say what a source says or leaves open; a target of our own has no source."""


def _steps(term: Term, counted: Deadline | None) -> Iterator[Step]:
    for step in counted.steps if counted else ():
        if term is Term.LAW:
            yield step
        elif step.kind is StepKind.FIRST_DAY:
            yield replace(step, text=DAY_ONE)
        elif step.kind not in OF_LAW:
            yield step


def _running_clock(
    run: _Run,
    term: Term,
    *,
    due: date | None,
    limit: TimeLimit | None = None,
    counted: Deadline | None = None,
    longest: date | None = None,
    extended: date | None = None,
) -> RunningClock:
    return RunningClock(
        name=run.clock.name,
        label=run.clock.label,
        term=term,
        started_on=day_of(run.start, run.calendar),
        started_by=run.entry.event.id,
        due=due,
        consequence=run.clock.consequence,
        limit=limit,
        deadline=counted,
        longest=longest,
        extended=extended,
        latest=counted.latest if counted else due,
        warn_on=counted.warn_on if counted else None,
        state=run.state if run.calendar else None,
        steps=tuple(_steps(term, counted)),
        warnings=tuple(_warnings(run, term, counted)),
    )


def _warnings(run: _Run, term: Term, counted: Deadline | None) -> Iterator[Sentence]:
    if run.clock.start_field and _date(run.entry, run.clock.start_field) is None:
        yield sentence(_("Counted from the date of the entry: the day itself is not known here."))
    if counted is not None and counted.due is None:
        yield sentence(counted.words)
    if term is Term.NONE:
        yield sentence(_("The law sets no term."))
