"""What each part of an answer says, so that two answers can be compared.

A part is compared by what it says (a channel, a field, a length of time), not by the article that says it: where an instrument in doubt
and the one that stays without it name the same channel, the channel is not in doubt.
"""

from collections.abc import Callable, Iterator, Mapping
from operator import attrgetter
from typing import Any, Protocol, TypeAlias

from comity.law._rules import Clause
from comity.law.basis import Attachment, Channel, Condition, Form, Ground, Languages, Part, Required, Rule, TimeLimit
from comity.law.model import Confidence

SAID = (Part.CHANNEL, Part.LANGUAGES, Part.REQUIRED, Part.FORM, Part.CONDITIONS, Part.TIME_LIMITS, Part.REFUSAL, Part.RULES)
"""The parts that instruments say."""

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
    each: Mapping[Part, tuple[tuple[Element, ...], ...]] = {
        Part.CHANNEL: (answer.channels,),
        Part.LANGUAGES: (answer.languages,),
        Part.REQUIRED: (answer.required, answer.attachments),
        Part.FORM: (answer.form,),
        Part.CONDITIONS: (answer.conditions,),
        Part.TIME_LIMITS: (answer.time_limits,),
        Part.REFUSAL: (answer.refusal,),
        Part.RULES: (answer.rules,),
    }
    return {
        part: frozenset(value(one) for group in groups for one in group if among is None or one.instrument in among)
        for part, groups in each.items()
    }


def unread(answer: Speaking) -> Mapping[str, tuple[Part, ...]]:
    """For each instrument the parts in which it says something that was not read in its text."""
    found: dict[str, dict[Part, None]] = {}
    for part, element in elements(answer):
        if element.confidence is not Confidence.VERIFIED:
            found.setdefault(element.instrument, {})[part] = None
    return {name: tuple(parts) for name, parts in found.items()}


def spoken(clause: Clause) -> Iterator[Part]:
    """The parts of an answer in which a clause says something."""
    provision = clause.provision
    said_there = {
        Part.CHANNEL: provision.channel,
        Part.LANGUAGES: provision.languages,
        Part.REQUIRED: clause.required or clause.attachments,
        Part.FORM: clause.form,
        Part.CONDITIONS: clause.conditions,
        Part.TIME_LIMITS: clause.limit,
        Part.REFUSAL: clause.grounds,
        Part.RULES: clause.rule,
    }
    return (part for part, words in said_there.items() if words)
