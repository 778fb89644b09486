"""Whether a question can be answered at all, what is known where it cannot, and on which days its answer can change."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from difflib import get_close_matches
from functools import lru_cache

from comity.identifiers import StateCode
from comity.law._inquiry import STALE_AFTER
from comity.law._overall import days as days_of_checks
from comity.law._standing import concerned, days_under, unresearched
from comity.law.model import Register, UnknownDayError, UnknownWordError
from comity.words import _

ANY = "any"
BEGINNING = date(1991, 1, 1)
"""From when on the register can be asked: before it, the States it speaks of were not yet there to ask each other."""
_DAY = timedelta(days=1)
_KEPT = 4096
_LIKE = 0.6
"""How alike a word must be to be meant, as `difflib` counts."""


def asked(  # noqa: PLR0917  # the words of the question, in the order in which it is said
    register: Register, requesting: str, requested: str, kind: str, on: date, area: str | None
) -> tuple[StateCode, StateCode]:
    """The two States of a question that can be answered; raises `UnknownWordError` or `UnknownDayError`, which say what is known."""
    pair = (_state(register, requesting), _state(register, requested))
    if requesting == requested:
        others = tuple(code for code in register.states if code != requested)
        raise UnknownWordError(_("A State does not ask itself."), word=requested, known=others)
    _word(register, "kind", kind, _("The register knows no kind of request “{word}”."))
    if area is not None:
        _word(register, "offence-area", area, _("The register knows no offence area “{word}”."))
    _day(register, pair, on)
    return pair


def _state(register: Register, code: str) -> StateCode:
    if not register.knows(code):
        meant = tuple(known for known in register.states if known == code.strip().upper())
        raise UnknownWordError(_("The register knows no State “{word}”."), word=code, known=register.states, near=meant)
    return StateCode(code)


def _word(register: Register, group: str, code: str, what: str) -> None:
    words = register.words[group]
    if code not in words:
        labels = {name: (word.en, word.ru) for name, word in words.items()}
        raise UnknownWordError(what, word=code, known=tuple(words), near=near(code, labels), labels=labels)


def near(word: str, labels: Mapping[str, tuple[str, str]]) -> tuple[str, ...]:
    """The known words that may be meant, the nearest first: by their code or by their label in either language."""
    named = {said.casefold(): code for code, each in labels.items() for said in (*each, code)}
    found = get_close_matches(word.strip().replace("_", "-").casefold(), named, n=3, cutoff=_LIKE)
    return tuple(dict.fromkeys(named[said] for said in found))


def _day(register: Register, pair: Iterable[StateCode], on: date) -> None:
    if on < BEGINNING:
        raise UnknownDayError(_("The register can be asked about days since {since}, not about {word}."), day=on, since=BEGINNING)
    for state in pair:
        if (since := register.existing.get(state)) and on < since:
            raise UnknownDayError(_("{state} did not exist as a State on {word}: it did since {since}."), day=on, since=since, state=state)


def beginning(register: Register, pair: Iterable[StateCode]) -> date:
    """The first day on which both States can ask each other."""
    return max(BEGINNING, *(register.existing.get(state, BEGINNING) for state in pair))


# When an answer can change


def turns(register: Register, requesting: StateCode, requested: StateCode, kind: str) -> tuple[date, ...]:
    """The days on which an answer for the two States and this kind can change, in order; between two of them it stays as it is."""
    return _turns(register, min(requesting, requested), max(requesting, requested), kind)


@lru_cache(maxsize=_KEPT)
def _turns(register: Register, one: StateCode, other: StateCode, kind: str) -> tuple[date, ...]:
    pair = (one, other)
    found = {day for name, _carries in concerned(register, pair, kind) for state in pair for day in days_under(register, name, state)}
    found.update(day for state in pair for day in days_of_checks(register, state))
    found.update(day for day in _days_beside(register, frozenset(pair)) if day)
    unseen = (register.instruments[name] for name in unresearched(register, pair, kind))
    found.update(day for item in unseen for day in (item.opened, item.entry_into_force) if day)
    if register.compiled:
        found.update((register.compiled + _DAY, register.compiled + STALE_AFTER + _DAY))
    return tuple(sorted(found))


def _days_beside(register: Register, pair: frozenset[StateCode]) -> Iterator[date | None]:
    for question in register.questions:
        if pair & set(question.states) or pair in question.pairs:
            yield from (question.since, question.until)
    for state in pair:
        if law := register.national.get(state):
            yield from (law.adopted, law.in_force)
