"""Where things stand on a ruler, in percent of its width, so that one drawing fits every screen and language.

Two rulers: the days of one clock (`of_clock`), and the due dates of a desk (`of_desk`). Labels that would meet are set on different levels,
and no stem runs through a text.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.utils.translation import gettext, ngettext

from comity.desk.components import dates
from comity.desk.components.model import Count, DueRow, RulerTick

# A ruler is drawn twice, and the style sheet shows the one that fits; labels are laid out for the least width of each, in pixels.
WIDE, NARROW = 1000, 620
CHARACTER = 6.3
GAP = 6
LEVELS = 4
LEVEL_HEIGHT = 14
UNSAID = -1
"""The level of a label that found no room: its stem stays, short, and its text is left to the rows below."""

MANY_DAYS = 62
STEPS = ((20, 5), (62, 10), (185, 30), (100_000, 90))
WEEK = 7
SATURDAY = 5
LONGEST = 90


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A label above the line at `x`: its text begins, ends or is centred there (`anchor`) on its level; `top` is its baseline in pixels."""

    x: float
    text: str
    anchor: str = "start"
    level: int = 0
    signal: bool = False
    marker: bool = False
    top: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A number or date below the line."""

    x: float
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruler:
    """A drawn ruler: `x` in percent; `base` (the line) and `height` in pixels from the top. `rests`: start and width of weekends."""

    ticks: tuple[float, ...]
    numbers: tuple[Number, ...]
    labels: tuple[Label, ...]
    base: int
    height: int
    passed: float = 0.0
    rests: tuple[tuple[float, float], ...] = ()
    overdue: bool = False


def of_clock(count: Count, ticks: Iterable[RulerTick], width: int = WIDE) -> Ruler:
    """One tick a day (a week, when there are many), passed days thick, today a marker, events labelled above."""
    days = max(count.of, count.day, 1)

    def place(day: int) -> float:
        return round((min(max(day, 1), days) - 0.5) / days * 100, 3)

    said = _today(count)
    now = Label(x=place(count.day), text=said, anchor=_anchor_about(place(count.day), said, width), signal=True, marker=True)
    events = [_label(place(tick.day), str(tick.label), width, signal=tick.signal) for tick in ticks if tick.day != count.day]
    labels, base = standing(_with_marker(now, events, width), below_text=20)
    return Ruler(
        ticks=tuple(place(day) for day in range(1, days + 1, 1 if days <= MANY_DAYS else WEEK)),
        numbers=tuple(Number(x=place(day), text=str(day)) for day in _numbered(count.of)),
        labels=labels,
        base=base,
        height=base + 26,
        passed=0.0 if count.until_first else place(count.day),
    )


def _today(count: Count) -> str:
    if count.until_first:
        words = ngettext("today; day 1 is tomorrow", "today; day 1 is in %(days)d days", count.until_first)
        return words % {"days": count.until_first}
    return gettext("today, day %(day)d") % {"day": count.day}


def _numbered(of: int) -> tuple[int, ...]:
    """The first day, the last, and round ones between that do not touch the last."""
    step = next(step for most, step in STEPS if of <= most)
    return (*(day for day in (1, *range(step, of, step)) if of - day > step // 3), of)


def of_desk(rows: Sequence[DueRow], today: date, width: int = WIDE) -> Ruler:
    """The coming due dates on one line: a date a week below, weekends as blocks, a red pointer when something is overdue."""
    coming = sorted((row.due.on, str(row.short or row.title), row.due.signal) for row in rows if row.due.on and row.due.on >= today)
    reach = (coming[-1][0] - today).days if coming else 0
    days = min(max(reach, 2 * WEEK), LONGEST) + 2
    span = [today + timedelta(days=number) for number in range(days - 1)]

    def place(on: date) -> float:
        return round(((on - today).days + 1) / days * 100, 3)

    events = [_label(place(on), _short(title), width, signal=signal) for on, title, signal in coming if on <= span[-1]]
    labels, base = standing(_levelled([], events, width, stem_beside_text=True), below_text=12)
    return Ruler(
        ticks=tuple(place(day) for day in span),
        numbers=tuple(Number(x=place(day), text=dates.short(day)) for day in span[::WEEK]),
        labels=labels,
        base=base,
        height=base + 24,
        rests=tuple((round(place(day) - 50 / days, 3), round(200 / days, 3)) for day in span[:-1] if day.weekday() == SATURDAY),
        overdue=any(row.due.late for row in rows),
    )


def _short(title: str) -> str:
    """The beginning of a long title, cut at a word."""
    most = 30
    return title if len(title) <= most else title[:most].rsplit(" ", 1)[0].rstrip(" .,—№") + "…"


def _with_marker(now: Label, events: Sequence[Label], width: int) -> list[Label]:
    """Today's label as low as it can stand without silencing an event."""
    tries = [_levelled([replace(now, level=level)], events, width, stem_beside_text=False) for level in range(LEVELS)]
    return next((labels for labels in tries if all(label.level != UNSAID for label in labels)), tries[0])


def _anchor_about(at: float, text: str, width: int) -> str:
    """Centred on its place, unless that would run over an end of the ruler."""
    half, x = len(text) * CHARACTER / 2, at / 100 * width
    return "start" if x < half else "end" if x + half > width else "middle"


def _label(x: float, text: str, width: int, *, signal: bool) -> Label:
    fits = x / 100 * width + len(text) * CHARACTER <= width
    return Label(x=x, text=text, anchor="start" if fits else "end", signal=signal)


# Levels


def _levelled(first: Sequence[Label], labels: Sequence[Label], width: int, *, stem_beside_text: bool) -> list[Label]:
    """`labels` from right to left, each on the lowest level where it meets nothing; `first` have their place already."""
    done = list(first)
    for label in sorted(labels, key=lambda label: -label.x):
        reach = 0 if stem_beside_text else 1
        levels = (replace(label, level=level) for level in range(LEVELS))
        done.append(next((at for at in levels if not any(meet(at, other, reach, width) for other in done)), replace(label, level=UNSAID)))
    return done


def meet(one: Label, other: Label, reach: int, width: int) -> bool:
    """Their texts overlap, or the stem of one runs through the text of the other; a stem ends `reach` levels under its own text."""
    if UNSAID in {one.level, other.level}:
        return False
    (left, right), (start, end) = extent(one, width), extent(other, width)
    texts = one.level == other.level and left < end + GAP and start < right + GAP
    return texts or _pierces(one, other, reach, width) or _pierces(other, one, reach, width)


def _pierces(stem: Label, text: Label, reach: int, width: int) -> bool:
    start, end = extent(text, width)
    x = stem.x / 100 * width
    return not stem.marker and stem.level - reach >= text.level and start - GAP / 2 < x < end + GAP / 2


def extent(label: Label, width: int) -> tuple[float, float]:
    """Where its text begins and ends, in pixels of a ruler so wide."""
    x, long = label.x / 100 * width, len(label.text) * CHARACTER
    return {"start": (x, x + long), "end": (x - long, x)}.get(label.anchor, (x - long / 2, x + long / 2))


def standing(labels: Sequence[Label], *, below_text: int) -> tuple[tuple[Label, ...], int]:
    """The labels with their baselines, and where the line runs under them."""
    base = below_text + 13 + max((label.level for label in labels), default=0) * LEVEL_HEIGHT
    return tuple(replace(label, top=base - below_text - max(label.level, 0) * LEVEL_HEIGHT) for label in labels), base
