"""A deadline asked for by name: which term or time limit is meant, and its count as lines for people and as plain data.

A name is the id of a term (`kz-appeal`), a time limit of an instrument (`minsk-1993/provisional-arrest`), or a word of the group `limit`
alone (`appeal`), which means the State's own terms under it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from comity.canonical import CanonicalError, Value, parse_date
from comity.errors import ComityError
from comity.identifiers import InstrumentId, StateCode
from comity.law._rules import limit_of
from comity.law.basis import TimeLimit
from comity.law.deadlines import Deadline, Span, Standing, deadline
from comity.law.model import Confidence, Provision, Register, UnknownWordError
from comity.law.terms import Term
from comity.words import _, translate

Asked = Term | TimeLimit


class DeadlineError(ComityError):
    """A deadline that was asked for cannot be counted; `where` names what is wrong in the question."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedOne:
    """One rule of the name asked for, and its count."""

    rule: Asked
    deadline: Deadline

    @property
    def limit(self) -> TimeLimit | None:
        """The time limit; None for a term that was not found."""
        return self.rule.limit if isinstance(self.rule, Term) else self.rule


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """Every rule of the name asked for, counted."""

    register: Register
    state: StateCode
    found: tuple[CountedOne, ...]

    def lines(self, language: str) -> Iterator[str]:
        """Each rule with its source, then every step of its count, numbered."""
        for one in self.found:
            yield f"{_title(self.register, one.rule, language)}: {_rule(one.rule, language)}"
            if one.limit:
                unsure = "" if one.limit.confidence is Confidence.VERIFIED else f" {translate(_('(not verified)'), language)}"
                yield f"— {one.limit.source}{unsure}"
            yield from (f"{number:>3}  {step.say(language)}" for number, step in enumerate(one.deadline.steps, start=1))

    def value(self, language: str) -> dict[str, Value]:
        """The counts as plain data; dates as `2026-11-22`, words in `language`."""
        counts: list[Value] = [_value(self.register, one, language) for one in self.found]
        return {"state": self.state, "counts": counts, "register": self.register.release}


def count_named(register: Register, state: str, name: str, start: str, *, span: str = "length", stood: Sequence[str] = ()) -> Counted:
    """The count of every rule of this name. Raises `UnknownWordError` or `DeadlineError`, which say what is known or how to write it."""
    code = state_named(register, state)
    begin, standing = _moment(start), tuple(_span(one) for one in stood)
    if span not in tuple(Span):
        raise UnknownWordError(f"A time limit has no “{span}”.", word=span, known=tuple(Span))
    calendar = register.calendars.get(code)
    rules = limits_named(register, code, name)
    found = (CountedOne(rule=rule, deadline=deadline(rule, begin, Span(span), calendar=calendar, stood=standing)) for rule in rules)
    return Counted(register=register, state=code, found=tuple(found))


def _moment(text: str) -> date | datetime:
    try:
        if "T" not in text:
            return parse_date(text)
        moment = datetime.fromisoformat(text)
    except (CanonicalError, ValueError) as error:
        raise DeadlineError(f"“{text}” is not a day.", where="--from", next_step="Write it as 2026-11-22.") from error
    if moment.tzinfo is None:
        raise DeadlineError("A moment needs its time zone.", where="--from", next_step="Write it as 2026-11-22T14:30+05:00.")
    return moment


def _span(text: str) -> Standing:
    since, _dots, until = text.partition("..")
    try:
        found = Standing(since=parse_date(since), until=parse_date(until) if until else None)
    except CanonicalError as error:
        advice = "Write it as 2026-11-01..2026-11-10, or as 2026-11-01.. where the clock still stands."
        raise DeadlineError(f"“{text}” is not a span of days.", where="--stood", next_step=advice) from error
    if found.until and found.until < found.since:
        raise DeadlineError("The span ends before it begins.", where="--stood", next_step="Swap the two days.")
    return found


def state_named(register: Register, code: str) -> StateCode:
    """A State the register knows; raises `UnknownWordError`, which lists those with a calendar."""
    if code in register.calendars or code in register.states:
        return StateCode(code)
    raise UnknownWordError("The register knows no such State.", word=code, known=tuple(register.calendars))


def limits_named(register: Register, state: StateCode, name: str) -> tuple[Asked, ...]:
    """Every term or time limit of this name; raises `UnknownWordError`, which lists what could be meant."""
    if "/" in name:
        return _of_instrument(register, *name.split("/", 1))
    own = tuple(term for term in register.terms if term.state == state)
    found = tuple(term for term in own if name in (term.id, term.topic))
    if found:
        return found
    others = tuple(f"{where}/{name}" for where in _instruments_with(register, name))
    if others:
        raise UnknownWordError(f"No term of {state} is called “{name}”; an instrument has to be named.", word=name, known=others)
    words = tuple(sorted(register.words["limit"]))
    raise UnknownWordError(f"No term of {state} is called “{name}”.", word=name, known=(*(term.id for term in own), *words))


def _of_instrument(register: Register, where: str, topic: str) -> tuple[TimeLimit, ...]:
    provisions = _provisions(register).get(where)
    if provisions is None:
        known = tuple(one for one, rules in _provisions(register).items() if any(rule.limit for rule in rules))
        raise UnknownWordError("The register has no such instrument.", word=where, known=known)
    found = tuple(limit for rule in provisions if rule.limit == topic and (limit := limit_of(where, rule)))
    if not found:
        known = tuple(dict.fromkeys(f"{where}/{rule.limit}" for rule in provisions if rule.limit)) or ("none",)
        raise UnknownWordError("The instrument sets no such time limit in the register.", word=topic, known=known)
    return found


def _instruments_with(register: Register, topic: str) -> tuple[str, ...]:
    return tuple(where for where, rules in _provisions(register).items() if any(rule.limit == topic for rule in rules))


def _provisions(register: Register) -> dict[str, tuple[Provision, ...]]:
    national = {str(law.id): law.provisions for law in register.national.values()}
    return {str(where): one.provisions for where, one in register.instruments.items()} | national


def _rule(asked: Asked, language: str) -> str:
    if isinstance(asked, Term):
        return asked.rule(language)
    return (asked.summary_ru or asked.summary) if language == "ru" else asked.summary


def _title(register: Register, asked: Asked, language: str) -> str:
    article = asked.limit.article if isinstance(asked, Term) and asked.limit else asked.article if isinstance(asked, TimeLimit) else None
    name = _law(register, asked, language)
    return translate(_("{title}, art. {article}"), language).format(title=name, article=article) if article else name


def _law(register: Register, asked: Asked, language: str) -> str:
    if isinstance(asked, Term):
        return asked.law(language) or asked.id
    if instrument := register.instruments.get(InstrumentId(asked.instrument)):
        return instrument.title(language)
    law = next(one for one in register.national.values() if one.id == asked.instrument)
    return law.title_ru if language == "ru" else law.title_en


def _day(day: date | datetime | None) -> str | None:
    return day.isoformat() if day else None


def _value(register: Register, one: CountedOne, language: str) -> dict[str, Value]:
    rule, limit, found = one.rule, one.limit, one.deadline
    steps: list[Value] = [{"kind": step.kind.value, "days": step.days, "words": step.say(language)} for step in found.steps]
    return {
        "name": rule.id if isinstance(rule, Term) else f"{rule.instrument}/{rule.topic}",
        "topic": rule.topic,
        "law": _law(register, rule, language),
        "rule": _rule(rule, language),
        "article": limit.article if limit else None,
        "source": limit.source if limit else None,
        "confidence": limit.confidence.value if limit else None,
        "span": found.span.value,
        "start": found.start.isoformat(),
        "first": _day(found.first),
        "due": _day(found.due),
        "latest": _day(found.latest),
        "as_it_stands": _day(found.as_it_stands),
        "certain": found.certain,
        "warn_on": _day(found.warn_on),
        "at": found.at.isoformat() if found.at else None,
        "reason": found.reason.value if found.reason else None,
        "calendar": found.state,
        "steps": steps,
    }
