"""Which parts of an answer a doubt touches: those that would read otherwise if the doubt were settled the other way, and no others.

A part is compared by what it says (a channel, a field, a length of time), not by the article that says it: where an instrument in doubt
and the one that stays without it name the same channel, the channel is not in doubt.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from operator import attrgetter
from typing import Any, Protocol, TypeAlias

from comity.identifiers import InstrumentId
from comity.law._inquiry import Family
from comity.law._order import Order
from comity.law._rules import Clause, clauses_of
from comity.law._standing import BILATERAL, DISPLACES
from comity.law.basis import Attachment, Bound, Channel, Condition, Form, Ground, Languages, Part, Required, Rule, TimeLimit
from comity.law.model import Confidence, Register, Tier

SAID = (Part.CHANNEL, Part.LANGUAGES, Part.REQUIRED, Part.FORM, Part.CONDITIONS, Part.TIME_LIMITS, Part.REFUSAL, Part.RULES)
"""The parts that instruments say."""
CONTENTS = "contents-of-request"
_KEPT = 4096
_NOTHING: frozenset[object] = frozenset()

Element: TypeAlias = Attachment | Channel | Condition | Form | Ground | Languages | Required | Rule | TimeLimit
Values: TypeAlias = Mapping[Part, frozenset[object]]


class Speaking(Protocol):
    """An answer, or what of it follows from provisions."""

    @property
    def channels(self) -> tuple[Channel, ...]: ...
    @property
    def languages(self) -> tuple[Languages, ...]: ...
    @property
    def required(self) -> tuple[Required, ...]: ...
    @property
    def attachments(self) -> tuple[Attachment, ...]: ...
    @property
    def form(self) -> tuple[Form, ...]: ...
    @property
    def conditions(self) -> tuple[Condition, ...]: ...
    @property
    def time_limits(self) -> tuple[TimeLimit, ...]: ...
    @property
    def refusal(self) -> tuple[Ground, ...]: ...
    @property
    def rules(self) -> tuple[Rule, ...]: ...


def elements(answer: Speaking) -> Iterator[tuple[Part, Element]]:
    """Every element that an instrument says, with its part."""
    yield from ((Part.CHANNEL, channel) for channel in answer.channels)
    yield from ((Part.LANGUAGES, languages) for languages in answer.languages)
    yield from ((Part.REQUIRED, required) for required in answer.required)
    yield from ((Part.REQUIRED, annex) for annex in answer.attachments)
    yield from ((Part.FORM, form) for form in answer.form)
    yield from ((Part.CONDITIONS, condition) for condition in answer.conditions)
    yield from ((Part.TIME_LIMITS, limit) for limit in answer.time_limits)
    yield from ((Part.REFUSAL, ground) for ground in answer.refusal)
    yield from ((Part.RULES, rule) for rule in answer.rules)


_WORDS: Mapping[type, Callable[[Any], object]] = {
    Channel: attrgetter("code", "optional"),
    Languages: attrgetter("codes"),
    Required: attrgetter("field"),
    Attachment: attrgetter("field", "purpose"),
    Form: attrgetter("code"),
    Condition: lambda condition: (condition.code, condition.value, condition.state, condition.summary if condition.state else ""),
    TimeLimit: attrgetter("topic", "length", "unit", "longest", "extension"),
    Ground: attrgetter("code", "mandatory"),
    Rule: attrgetter("topic", "summary"),
}


def value(element: Element) -> object:
    """What an element says, whoever says it and wherever."""
    return _WORDS[type(element)](element)


def said(answer: Speaking, among: frozenset[str] | None = None) -> Values:
    """What each part says; `among`: by these instruments alone."""
    found: dict[Part, set[object]] = {part: set() for part in SAID}
    for part, element in elements(answer):
        if among is None or element.instrument in among:
            found[part].add(value(element))
    return {part: frozenset(values) for part, values in found.items()}


def unread(answer: Speaking) -> Mapping[str, tuple[Part, ...]]:
    """For each instrument the parts in which it says something that was not read in its text."""
    found: dict[str, dict[Part, None]] = {}
    for part, element in elements(answer):
        if element.confidence is not Confidence.VERIFIED:
            found.setdefault(element.instrument, {})[part] = None
    return {name: tuple(parts) for name, parts in found.items()}


class Touch:
    """What of an answer hangs on its instruments."""

    def __init__(self, register: Register, kind: str, order: Order, answer: Speaking) -> None:
        self._register = register
        self._kind = kind
        self._order = order
        self._answer = answer
        self._now = said(answer)
        self._speakers = frozenset(element.instrument for _, element in elements(answer))

    def falling(self, names: Iterable[str]) -> tuple[Part, ...]:
        """The parts that would read otherwise without these instruments."""
        gone = frozenset(self._with_protocols(names))
        then = said(self._answer, self._speakers - gone)
        if self._left(gone):
            return self._changed(then)
        instead = self._instead(gone)
        return self._changed({part: then[part] | instead[part] for part in SAID})

    def bound(self, names: Iterable[str]) -> tuple[Part, ...]:
        """The parts that would read otherwise if these instruments, which may bind, surely did."""
        risen = tuple(family for family in self._order.primary if family.id in frozenset(names))
        gone = frozenset(name for family in self._order.primary if self._yields(family, risen) for name in _members(family))
        return self._changed(said(self._answer, self._speakers - gone)) if gone else ()

    def joining(self, names: Iterable[str]) -> tuple[Part, ...]:
        """The parts on which instruments that are left out would say something that is not said now."""
        heard = tuple(_would_say(self._register, InstrumentId(name), self._kind) for name in names)
        return tuple(part for part in SAID if any(not values[part] <= self._now[part] for values in heard))

    def differing(self, names: Iterable[str]) -> tuple[Part, ...]:
        """The parts on which these instruments, side by side, do not say the same."""
        each = tuple(said(self._answer, frozenset((name, *self._with_protocols((name,))))) for name in names)
        return tuple(part for part in SAID if len({values[part] for values in each}) > 1)

    def _changed(self, then: Values) -> tuple[Part, ...]:
        return tuple(part for part in SAID if then[part] != self._now[part])

    def _with_protocols(self, names: Iterable[str]) -> Iterator[str]:
        """The instruments, and the protocols that fall with them."""
        for name in names:
            yield name
            yield from (member for family in self._families() if family.id == name for member in _members(family))

    def _families(self) -> tuple[Family, ...]:
        return self._order.primary + self._order.reserve + self._order.supplement

    def _left(self, gone: frozenset[str]) -> bool:
        """Whether a primary instrument that surely binds stays."""
        return any(family.id not in gone and family.bound is Bound.YES for family in self._order.primary)

    def _instead(self, gone: frozenset[str]) -> Values:
        """What the reserves would say in the place of what is gone: on each point the first that speaks; conditions all of the first."""
        mine = said(self._answer, gone)
        behind = [family for family in self._order.reserve if family.id not in gone]
        heard = [_of_family(self._register, family, self._kind) for family in behind]
        found = {part: next((each[part] for each in heard if each[part]), _NOTHING) if mine[part] else _NOTHING for part in SAID}
        if heard:
            found[Part.CONDITIONS] = heard[0][Part.CONDITIONS]
        return found

    def _yields(self, family: Family, risen: tuple[Family, ...]) -> bool:
        """Whether a primary family would give way to one of these if that one surely bound."""
        return any(family is not other and (family.rank > other.rank or _displaces(other, family)) for other in risen)


def _displaces(newer: Family, older: Family) -> bool:
    target = BILATERAL if older.base.tier is Tier.BILATERAL else older.id
    relations = (relation for standing in newer.members for relation in standing.instrument.relations)
    return any(relation.type in DISPLACES and relation.target in (older.id, target) for relation in relations)


def _members(family: Family) -> Iterator[str]:
    return (standing.instrument.id for standing in family.members)


def _of_family(register: Register, family: Family, kind: str) -> Values:
    each = tuple(_would_say(register, InstrumentId(name), kind) for name in _members(family))
    return {part: frozenset().union(*(values[part] for values in each)) for part in SAID}


@lru_cache(maxsize=_KEPT)
def _would_say(register: Register, name: InstrumentId, kind: str) -> Values:
    """What an instrument says on a kind of request by its own text."""
    found: dict[Part, set[object]] = {part: set() for part in SAID}
    for clause in clauses_of(register, name, kind):
        for part, words in _of_clause(clause):
            found[part].add(words)
    return {part: frozenset(values) for part, values in found.items()}


def _of_clause(clause: Clause) -> Iterator[tuple[Part, object]]:
    provision = clause.provision
    if provision.channel:
        yield Part.CHANNEL, (provision.channel, provision.optional)
    if provision.languages:
        yield Part.LANGUAGES, provision.languages
    if provision.topic == CONTENTS:
        yield from ((Part.REQUIRED, value(required)) for required in clause.required)
        yield from ((Part.REQUIRED, value(annex)) for annex in clause.attachments)
    yield from ((Part.FORM, value(form)) for form in clause.form)
    yield from ((Part.CONDITIONS, value(condition)) for condition in clause.conditions)
    yield from ((Part.TIME_LIMITS, value(limit)) for limit in (clause.limit,) if limit)
    yield from ((Part.REFUSAL, value(ground)) for ground in clause.grounds)
    yield from ((Part.RULES, value(rule)) for rule in (clause.rule,) if rule)
