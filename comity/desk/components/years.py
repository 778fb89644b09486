"""Where things stand on a line of years, in percent of its width: the events of the law with a chosen day, and what applied when."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from comity.desk.components.law_model import DaySlider, Span, Spans
from comity.desk.components.ruler import WIDE, Label, Number, labelled, standing, with_marker

HALF = 50
LEAST_SPAN = 0.4
"""The least width of a span, in percent: a day must still be seen, and hit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """An event on the line of years: where it stands, its day, what it is, the address that shows it.

    `named` ones are drawn larger; `place` is the number of the stop.
    """

    x: float
    on: date
    label: str
    url: str
    named: bool
    place: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Years:
    """A drawn line of years. `labels` are the named events and the chosen day (a marker); `chosen` is where that day stands."""

    ticks: tuple[float, ...]
    numbers: tuple[Number, ...]
    labels: tuple[Label, ...]
    stops: tuple[Stop, ...]
    chosen: float
    base: int
    height: int


def along(on: date, first: date, last: date) -> float:
    """Where a day stands between two others, in percent; a day outside stands at the end it is beyond."""
    return round(min(max((on - first).days / max((last - first).days, 1), 0), 1) * 100, 3)


def years_between(first: date, last: date, step: int = 1) -> tuple[date, ...]:
    """The first days of the years between two days, those that `step` divides."""
    return tuple(date(year, 1, 1) for year in range(first.year, last.year + 1) if year % step == 0 and first <= date(year, 1, 1) <= last)


def of_years(slider: DaySlider, width: int = WIDE) -> Years:
    """A tick a year, numbers every five; events as diamonds, the named ones with their label, the chosen day in the signal colour."""

    def place(on: date) -> float:
        return along(on, slider.first, slider.last)

    chosen = replace(
        labelled(place(slider.on), str(slider.label), width, signal=True), anchor="end" if place(slider.on) > HALF else "start"
    )
    named = [event for event in slider.events if event.named and event.on != slider.on]
    events = [labelled(place(event.on), str(event.short), width, signal=False) for event in named]
    labels, base = standing(with_marker(replace(chosen, marker=True), events, width), below_text=12)
    return Years(
        ticks=tuple(place(day) for day in years_between(slider.first, slider.last)),
        numbers=tuple(Number(x=place(day), text=str(day.year)) for day in years_between(slider.first, slider.last, 5)),
        labels=labels,
        stops=tuple(
            Stop(x=place(event.on), on=event.on, label=str(event.label), url=event.url, named=event.named, place=number)
            for number, event in enumerate(slider.stops)
            if event.url
        ),
        chosen=place(slider.on),
        base=base,
        height=base + 26,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """A span on its lane: from where, how wide, how sure, its label and address."""

    x: float
    width: float
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnLane:
    """A lane with its title, its stretches, and the label beside each that has room for one."""

    title: str
    note: str
    stretches: tuple[Stretch, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnSpans:
    """Lanes over the years; `now` is where the marked day stands."""

    lanes: tuple[DrawnLane, ...]
    ticks: tuple[float, ...]
    numbers: tuple[Number, ...]
    now: float
    on: date


def of_spans(value: Spans) -> DrawnSpans:
    """Each lane over the same years. A span is at least as wide as can be seen and hit."""

    def place(on: date) -> float:
        return along(on, value.first, value.last)

    def stretch(span: Span) -> Stretch:
        start, end = place(span.since), place((span.until or value.last) + timedelta(days=1))
        return Stretch(x=start, width=round(max(end - start, LEAST_SPAN), 3), span=span)

    return DrawnSpans(
        lanes=tuple(
            DrawnLane(title=str(lane.title), note=str(lane.note), stretches=tuple(stretch(span) for span in lane.spans))
            for lane in value.lanes
        ),
        ticks=tuple(place(day) for day in years_between(value.first, value.last)),
        numbers=tuple(Number(x=place(day), text=str(day.year)) for day in years_between(value.first, value.last, 5)),
        now=place(value.on),
        on=value.on,
    )
