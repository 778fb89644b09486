"""What applied between two States when, and which event changed it: the history of one question as lanes over the years and as a table."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext

from comity.desk.components import dates
from comity.desk.components.law_model import Lane, Span, Spans
from comity.desk.components.model import Certainty
from comity.desk.law.events import event_words
from comity.desk.law.heads import basis_words, head, year
from comity.desk.law.question import Question
from comity.desk.law.sources import Source, source
from comity.desk.matters.citations import cited, instrument_title, state_name
from comity.identifiers import InstrumentId
from comity.law import Applied, Basis, BasisKind, Register, Role, Tier
from comity.law import Certainty as LawCertainty
from comity.law.history import Period, history

TAIL = timedelta(days=730)
"""How far beyond the last event the drawing goes on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """What happened on a day, how sure that is, and where it was read."""

    text: str
    certainty: Certainty | None
    source: Source | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """A stretch of days on which a request rested on the same instruments, as surely. `small`: days within it on which less changed.

    `url` shows the whole answer of its first day.
    """

    since: date
    until: date | None
    first: bool
    basis: str
    sure: bool
    events: tuple[Event, ...]
    small: tuple["Small", ...]
    url: str
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Small:
    """A day on which only something beside the basis changed."""

    on: date
    events: tuple[Event, ...]
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PairPage:
    """The history of one question, oldest first; `on` is the day that the page is seen from."""

    states: tuple[str, str]
    kind: str
    on: date
    stages: tuple[Stage, ...]
    spans: Spans
    now: Stage
    turned: str
    home: str


def pair_url(requesting: str, requested: str, **query: str) -> str:
    """The page of a pair."""
    said = urlencode({name: value for name, value in query.items() if value})
    return reverse("law:pair", args=[requesting, requested]) + (f"?{said}" if said else "")


def page(register: Register, question: Question, language: str) -> PairPage:
    """The history in the language of the reader."""
    periods = history(register, question.requesting, question.requested, question.kind, question.area)
    stages = tuple(_stages(register, periods, question, language))
    return PairPage(
        states=(state_name(question.requesting, language), state_name(question.requested, language)),
        kind=capfirst(register.label("kind", question.kind, language)),
        on=question.on,
        stages=stages,
        spans=_spans(register, periods, question, language),
        now=next(stage for stage in stages if stage.chosen),
        turned=pair_url(question.requested, question.requesting, kind=question.kind, on=question.on.isoformat(), area=question.area or ""),
        home=question.address(),
    )


# Stages: periods that rest on the same


def _gist(basis: Basis) -> tuple[object, ...]:
    return (basis.basis, basis.certainty, basis.order_is_open, tuple(one.id for one in basis.primary))


def _stages(register: Register, periods: Iterable[Period], question: Question, language: str) -> Iterator[Stage]:
    groups: list[list[Period]] = []
    for period in periods:
        if groups and _gist(groups[-1][0].basis) == _gist(period.basis):
            groups[-1].append(period)
        else:
            groups.append([period])
    for group in groups:
        first, last = group[0], group[-1]
        yield Stage(
            since=first.since,
            until=last.until,
            first=group is groups[0],
            basis=_rests_on(register, first.basis, language),
            sure=first.basis.certainty is LawCertainty.CERTAIN,
            events=_events(register, first, language),
            small=tuple(
                Small(on=one.since, events=_events(register, one, language), url=question.address(on=one.since.isoformat()))
                for one in group[1:]
            ),
            url=question.address(on=first.since.isoformat()),
            chosen=first.since <= question.on and (last.until is None or question.on <= last.until),
        )


def _rests_on(register: Register, basis: Basis, language: str) -> str:
    if basis.basis is BasisKind.RECIPROCITY:
        return gettext("Reciprocity and national law: no treaty known here is left")
    if basis.basis is BasisKind.NONE:
        return gettext("Nothing the register knows of")
    return capfirst(basis_words(register, basis, language))


def _events(register: Register, period: Period, language: str) -> tuple[Event, ...]:
    if register.compiled and period.since == register.compiled + timedelta(days=1):
        words = gettext("The register was compiled on %(day)s: what happened later is not in it.") % {"day": dates.full(register.compiled)}
        return (Event(text=words, certainty=None, source=None),)
    return tuple(
        Event(text=capfirst(event_words(register, one, language)), certainty=cited(one.confidence), source=source(one.source))
        for one in period.changes
    )


# The drawing


def _spans(register: Register, periods: tuple[Period, ...], question: Question, language: str) -> Spans:
    """A lane for each instrument that ever carried or served the request, and one for the days on which nothing did."""
    last = max(periods[-1].since, question.on) + TAIL
    lanes = [*_lanes(register, periods, question, language)]
    return Spans(first=periods[0].since, last=last, on=question.on, lanes=tuple(lanes))


def _lanes(register: Register, periods: tuple[Period, ...], question: Question, language: str) -> Iterator[Lane]:
    carried = dict.fromkeys(one.id for period in periods for one in period.basis.applied if one.role is not Role.RESERVE)
    helping = {name for name in carried if _helps_only(periods, name)}
    for name in sorted(carried, key=lambda name: (name in helping, register.places[InstrumentId(name)])):
        yield Lane(
            title=_lane_title(register, name, language),
            note=gettext("for one step only") if name in helping else "",
            spans=tuple(_runs(register, periods, name, question, language)),
        )
    without = tuple(_without(register, periods, question, language))
    if without:
        yield Lane(title=gettext("No treaty known here"), spans=without)


def _without(register: Register, periods: tuple[Period, ...], question: Question, language: str) -> Iterator[Span]:
    """The stretches on which the register knows no treaty, by what was left."""
    for kind, group in groupby(periods, key=lambda one: one.basis.basis):
        run = tuple(group)
        if kind is not BasisKind.TREATY:
            label = _rests_on(register, run[0].basis, language)
            yield Span(since=run[0].since, until=run[-1].until, label=label, url=question.address(on=run[0].since.isoformat()))


def _lane_title(register: Register, name: str, language: str) -> str:
    instrument = register.instruments[InstrumentId(name)]
    if instrument.tier is Tier.BILATERAL:
        return capfirst(instrument_title(register, name, language))
    return f"{head(register, name, language)} {year(register, name)}"


def _helps_only(periods: tuple[Period, ...], name: str) -> bool:
    return {one.role for period in periods for one in period.basis.applied if one.id == name} == {Role.SUPPLEMENT}


def _runs(register: Register, periods: tuple[Period, ...], name: str, question: Question, language: str) -> Iterator[Span]:
    """The stretches on which an instrument applied with the same certainty."""
    run: list[tuple[Period, Applied]] = []
    for period in periods:
        applied = next((one for one in period.basis.applied if one.id == name and one.role is not Role.RESERVE), None)
        if run and (applied is None or applied.certainty is not run[0][1].certainty):
            yield _run(register, run, question, language)
            run = []
        if applied:
            run.append((period, applied))
    if run:
        yield _run(register, run, question, language)


def _run(register: Register, run: list[tuple[Period, Applied]], question: Question, language: str) -> Span:
    since, until = run[0][0].since, run[-1][0].until
    sure = run[0][1].certainty is LawCertainty.CERTAIN
    end = dates.full(until) if until else gettext("today and on")
    title = instrument_title(register, run[0][1].id, language)
    label = gettext("%(title)s: %(since)s to %(until)s") % {"title": title, "since": dates.full(since), "until": end}
    return Span(
        since=since,
        until=until,
        label=label,
        certainty=Certainty.VERIFIED if sure else Certainty.UNVERIFIED,
        url=question.address(on=since.isoformat()),
    )
