"""Where things stand on a line of years, in percent of its width: the events of the law with a chosen day, and what applied when."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from comity.desk.components.law_model import DaySlider, Span, Spans
from comity.desk.components.ruler import LEVELS, UNSAID, WIDE, Label, Number, extent, meet, standing

HALF = 50
SPLITS = (0, 25, 50, 75, 90, 100)
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

    anchor = "end" if place(slider.on) > HALF else "start"
    chosen = Label(x=place(slider.on), text=str(slider.label), anchor=anchor, signal=True, marker=True)
    named = [event for event in slider.events if event.named and event.on != slider.on]
    events = [Label(x=place(event.on), text=str(event.short)) for event in named]
    labels, base = standing(_placed(chosen, events, width), below_text=12)
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


def _placed(chosen: Label, events: Sequence[Label], width: int) -> list[Label]:
    """The chosen day and the events on levels where the fewest are left unsaid.

    Left of the split an event is written to its right, and right of it to its left, as far as there is room.
    """
    tries = (_around(replace(chosen, level=level), events, split, width) for level in range(LEVELS) for split in SPLITS)
    return min(tries, key=lambda labels: sum(label.level == UNSAID for label in labels))


def _around(chosen: Label, events: Sequence[Label], split: float, width: int) -> list[Label]:
    # Its stem counts while the others look for room, which that of a marker of today does not.
    done = [replace(chosen, marker=False)]
    left = sorted((one for one in events if one.x <= split), key=lambda one: -one.x)
    right = sorted((one for one in events if one.x > split), key=lambda one: one.x)
    for group, anchors in ((left, ("start", "end")), (right, ("end", "start"))):
        for event in group:
            tries = (replace(event, level=level, anchor=anchor) for level in range(LEVELS) for anchor in anchors)
            room = (one for one in tries if _fits(one, width) and not any(meet(one, other, 0, width) for other in done))
            done.append(next(room, replace(event, level=UNSAID)))
    return [chosen, *done[1:]]


def _fits(label: Label, width: int) -> bool:
    start, end = extent(label, width)
    return start >= 0 and end <= width


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
