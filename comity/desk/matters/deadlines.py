"""Who holds the file and until when: the holder banner, the clocks beside it, and how each date was counted."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from comity.desk.components import dates
from comity.desk.components.model import Certainty, Citation, Clock, Count, DueDate, HolderBanner, RulerTick, Words
from comity.desk.matters.citations import cite, page_language, say, state_name, state_of
from comity.desk.matters.models import DeadlineRow, MatterRow
from comity.desk.matters.reading import Matter
from comity.law import Register
from comity.law.model import Unit
from comity.law.steps import Length, Step, step_from
from comity.procedures import Clock as Declared
from comity.procedures import Sentence, procedure

MOST_TICKS = 6


def count_of(ends_on: date | None, days: int | None, today: date) -> Count | None:
    """Day n of N, so that the last day is day N; None where nothing is counted."""
    if ends_on is None or not days:
        return None
    return Count(day=days - (ends_on - today).days, of=days)


def declared(row: MatterRow, clock: str) -> Declared | None:
    """The clock as its procedure declares it; None where this office no longer knows it."""
    kind = procedure(row.procedure, row.version)
    return next((one for one in kind.clocks if one.name == clock), None) if kind else None


def due_of_row(row: MatterRow, register: Register, today: date, language: str) -> DueDate:
    """The date that stands in lists for a matter, with its reason, article and certainty. Without one: the law sets no term."""
    clock = declared(row, row.due_clock) if row.due_clock else None
    return DueDate(
        today=today,
        on=row.due,
        reason=_with_bounds(gettext(clock.label) if clock else "", row.due, row.due_latest, row.due_warn, today),
        citation=cite(register, row.due_instrument, row.due_article or None, row.due_confidence, language) if row.due_instrument else None,
        count=count_of(row.due, row.due_days, today),
        target=row.due_is_target,
    )


def _with_bounds(reason: str, due: date | None, latest: date | None, warn_on: date | None, today: date) -> str:
    """The reason of a date, with the latest end where there are two, and the warning that is still to be given."""
    said = [reason]
    if due and latest and latest > due:
        said.append(gettext("at the latest %(date)s, as days may still be moved") % {"date": dates.short(latest, today)})
    if due and warn_on and today <= due:
        said.append(gettext("warning due by %(date)s") % {"date": dates.short(warn_on, today)})
    return "; ".join(one for one in said if one)


def due_of(row: MatterRow, deadline: DeadlineRow, register: Register, today: date, language: str) -> DueDate:
    """One deadline with its reason, article and certainty."""
    clock = declared(row, deadline.clock)
    return DueDate(
        today=today,
        on=deadline.ends_on,
        reason=gettext(clock.label) if clock else deadline.clock,
        citation=_citation(deadline, register, language),
        count=count_of(deadline.ends_on, deadline.days, today),
        target=deadline.target,
    )


def _citation(deadline: DeadlineRow, register: Register, language: str) -> Citation | None:
    if not deadline.instrument:
        return None
    return cite(register, deadline.instrument, deadline.article, deadline.confidence, language)


# The banner


def banner(matter: Matter, deadlines: Sequence[DeadlineRow], today: date, language: str) -> HolderBanner:
    """Who holds the file, until when, by which article, and what follows if nothing is done."""
    row, state = matter.row, matter.state.state
    since = row.state_since.astimezone(matter.office.settings.zone).date()
    if row.terminal or not row.holder:
        return HolderBanner(ours=False, happened=gettext(state.label), since=since, due=DueDate(today=today))
    main = next((one for one in deadlines if one.clock == row.due_clock and one.ends_on == row.due), None)
    clock = declared(row, row.due_clock) if main else None
    return HolderBanner(
        ours=row.on_our_desk,
        holder=state_of(matter.office, row.holder, language),
        other=_other(matter, language),
        happened=gettext(state.waiting) if state.waiting else gettext(state.label),
        since=since,
        due=due_of(row, main, matter.office.register, today, language) if main else DueDate(today=today),
        until=_until(main) if main else "",
        consequence=gettext(clock.consequence) if clock and clock.consequence else "",
        doubt=_doubt(main),
        how_url=reverse("matters:deadline", args=[row.matter, main.clock]) if main else "",
        ticks=tuple(_ticks(matter, main, deadlines)) if main and main.days else (),
    )


def _until(deadline: DeadlineRow) -> str:
    if deadline.ends_on is None:
        return ""
    if not is_range(deadline) or deadline.latest is None:
        return dates.long_day(deadline.ends_on)
    ends = {"earliest": dates.long_day(deadline.ends_on), "latest": dates.long_day(deadline.latest)}
    return gettext("%(earliest)s, at the latest %(latest)s") % ends


def is_range(deadline: DeadlineRow) -> bool:
    """Whether its end is not one day, because a decree may still move days."""
    return bool(deadline.ends_on and deadline.latest and deadline.latest > deadline.ends_on)


def _other(matter: Matter, language: str) -> str:
    others = [one for one in matter.state.offices if one != matter.row.holder]
    names = list(dict.fromkeys(state_of(matter.office, one, language) for one in others))
    return ", ".join(names) if len(names) <= 2 else ngettext("%(count)d office", "%(count)d offices", len(names)) % {"count": len(names)}


def _doubt(deadline: DeadlineRow | None) -> str:
    if deadline is not None and is_range(deadline):
        return gettext("days moved by decree are not known yet")
    if deadline is None or deadline.target or not deadline.instrument or deadline.confidence == Certainty.VERIFIED:
        return ""
    return gettext("article number to be confirmed") if not deadline.article else gettext("check before you rely on it")


def _ticks(matter: Matter, main: DeadlineRow, deadlines: Iterable[DeadlineRow]) -> Iterator[RulerTick]:
    """What happened since the term began, other dates within it, and its end."""
    zone = matter.office.settings.zone
    kind = matter.state.procedure
    if main.first_day_counts:
        yield RulerTick(day=1, label=gettext("%(date)s first day") % {"date": dates.short(main.starts_on)})
    happened: dict[date, str] = {}
    for entry in matter.found.entries:
        action = kind.action(entry.event.header.act) if kind else None
        if action is not None:
            happened.setdefault(entry.event.header.at.astimezone(zone).date(), _done(action.done))
    for on, label in sorted(happened.items())[-MOST_TICKS:]:
        if day := _day_on(main, on):
            yield RulerTick(day=day, label=f"{dates.short(on)} {label}")
    for other in deadlines:
        day = _day_on(main, other.ends_on) if other.ends_on and other.id != main.id else None
        if day and other.target and other.ends_on:
            yield RulerTick(day=day, label=gettext("%(date)s our target") % {"date": dates.short(other.ends_on)})
    if main.ends_on and main.days:
        yield RulerTick(day=main.days, label=gettext("%(date)s last day") % {"date": dates.short(main.ends_on)})


def _done(sentence: str) -> str:
    """What was done, without who did it: the ruler has little room."""
    return gettext(sentence).replace("{office}", "").strip(" :")


def _day_on(main: DeadlineRow, on: date) -> int | None:
    count = count_of(main.ends_on, main.days, on)
    return count.day if count and 1 <= count.day <= count.of else None


# The clocks beside a matter


def clock(row: MatterRow, deadline: DeadlineRow, register: Register, today: date, language: str) -> Clock:
    """One running term in the side column."""
    due = due_of(row, deadline, register, today, language)
    shown = replace(due, count=None) if deadline.target else due
    found = declared(row, deadline.clock)
    return Clock(title=due.reason, due=shown, value=_value(deadline, found, today), how=" ".join(how(deadline, found)))


def _value(deadline: DeadlineRow, found: Declared | None, today: date) -> Words:
    """The date at the right, where no count stands there; with how long ago it was, where it has passed."""
    if deadline.ends_on is None:
        return gettext("no day named") if _could_be_named(found) else gettext("no term")
    on = dates.short(deadline.ends_on, today)
    if deadline.latest and is_range(deadline):
        on = f"{on} – {dates.short(deadline.latest, today)}"
    return f"{on}, {dates.how_far(deadline.ends_on, today)}" if deadline.ends_on < today else on


def _could_be_named(found: Declared | None) -> bool:
    """Whether an office could have set the day itself, in the act that started the clock."""
    return found is not None and found.ends_field is not None


def how(deadline: DeadlineRow, found: Declared | None) -> Iterator[str]:
    """How the date was counted, in short; without one, whether an office could have named it and did not."""
    yield _from(deadline, found)
    if deadline.ends_on and deadline.days and deadline.instrument:
        yield _first_day(deadline)
    if deadline.latest and is_range(deadline):
        latest = dates.short(deadline.latest)
        yield gettext("It may end as late as %(date)s: days moved by decree are not known yet.") % {"date": latest}
    if deadline.warn_on:
        yield gettext("A warning is due by %(date)s.") % {"date": dates.short(deadline.warn_on)}
    yield from _warnings(deadline)


def _from(deadline: DeadlineRow, found: Declared | None) -> str:
    began = {"date": dates.short(deadline.starts_on)}
    if deadline.ends_on is None and _could_be_named(found):
        return gettext("Begun on %(date)s; the officer named no day.") % began
    if deadline.ends_on is None:
        return gettext("From %(date)s.") % began
    if deadline.days is None and _could_be_named(found):
        return gettext("The day the officer named on %(date)s; no days are counted.") % began
    if deadline.days is None:
        return gettext("A date set in the matter itself; no days are counted.")
    if _in_working_days(deadline):
        state = state_name(deadline.state, page_language())
        return gettext("From %(date)s, working days (%(state)s).") % {**began, "state": state}
    return gettext("From %(date)s, calendar days.") % began


def _warnings(deadline: DeadlineRow) -> Iterator[str]:
    for text, values in deadline.warnings:
        yield say(Sentence(text, tuple((name, value) for name, value in values)), page_language())


def _first_day(deadline: DeadlineRow) -> str:
    if deadline.first_day_counts:
        return gettext("The first day counts: of two ways to count, the earlier end is taken.")
    return gettext("The first day does not count.")


def _in_working_days(deadline: DeadlineRow) -> bool:
    lengths = (value for step in _counted(deadline) for _, value in step.values if isinstance(value, Length))
    return any(length.unit is Unit.WORKING_DAYS for length in lengths)


def _counted(deadline: DeadlineRow) -> Iterator[Step]:
    return (step_from(one) for one in deadline.steps)


# How it is counted


@dataclass(frozen=True, slots=True, kw_only=True)
class Counting:
    """One deadline taken apart: its name, date with reason, the sentences of its count in order, and what follows when it passes."""

    title: str
    when: str
    due: DueDate
    steps: tuple[str, ...]
    consequence: str


def counting(row: MatterRow, deadline: DeadlineRow, register: Register, today: date, language: str) -> Counting:
    """How this deadline was counted."""
    found = declared(row, deadline.clock)
    due = due_of(row, deadline, register, today, language)
    return Counting(
        title=str(due.reason),
        when=_when(deadline, found),
        due=due,
        steps=tuple(_steps(row, deadline, found)),
        consequence=gettext(found.consequence) if found and found.consequence else "",
    )


def _when(deadline: DeadlineRow, found: Declared | None) -> str:
    if deadline.ends_on and deadline.latest and is_range(deadline):
        ends = {"earliest": dates.full(deadline.ends_on), "latest": dates.full(deadline.latest)}
        return gettext("%(earliest)s, at the latest %(latest)s") % ends
    if deadline.ends_on:
        return dates.full(deadline.ends_on)
    return gettext("no day named") if _could_be_named(found) else gettext("no term")


def _steps(row: MatterRow, deadline: DeadlineRow, found: Declared | None) -> Iterator[str]:
    kind = procedure(row.procedure, row.version)
    if found and kind:
        starts = " / ".join(gettext(action.label) for act in found.starts if (action := kind.action(act)))
        yield gettext("It begins with: %(act)s.") % {"act": starts}
    yield from _count(deadline, found)
    if deadline.days and deadline.ends_on and not deadline.target and not _in_working_days(deadline):
        first = deadline.ends_on - timedelta(days=deadline.days - 1)
        yield gettext("Day 1 is %(first)s; day %(days)d, the last, is %(last)s.") % {
            "first": dates.full(first),
            "days": deadline.days,
            "last": dates.full(deadline.ends_on),
        }
    if found and kind and found.stops:
        stops = ", ".join(gettext(action.label) for act in found.stops if (action := kind.action(act)))
        yield gettext("It ends with: %(acts)s.") % {"acts": stops}
    if deadline.extended:
        yield gettext("It can be extended once, to %(date)s at the latest.") % {"date": dates.full(deadline.extended)}
    if deadline.longest:
        yield gettext("In no case is it longer than to %(date)s.") % {"date": dates.full(deadline.longest)}


def _count(deadline: DeadlineRow, found: Declared | None) -> Iterator[str]:
    """Every step of the count; for a date that is not counted, where it comes from."""
    if not deadline.steps:
        yield from how(deadline, found)
        return
    yield from (step.say(page_language()) for step in _counted(deadline))
    said = {step.text for step in _counted(deadline)}
    yield from (say(Sentence(text, tuple(map(tuple, values))), page_language()) for text, values in deadline.warnings if text not in said)
