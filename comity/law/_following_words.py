"""Says what follows from the instruments: by which way, in what language and form, with what, within which time, and what bars it."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Protocol, TypeVar

from comity.law._voice import Said, Voice, capital, lowered
from comity.law.basis import (
    Asked,
    Basis,
    Bound,
    Citation,
    Condition,
    Ground,
    HumanRightsCheck,
    Languages,
    Purpose,
    Rule,
    TimeLimit,
)
from comity.law.model import Confidence, Register, Unit
from comity.law.reckoning import EndOnDayOff, FirstDay, MonthEnd, Reckoning
from comity.law.steps import Length
from comity.words import _


class Sourced(Protocol):
    """Anything an instrument says, with where and how surely."""

    @property
    def instrument(self) -> str: ...
    @property
    def article(self) -> str | None: ...
    @property
    def source(self) -> str: ...
    @property
    def confidence(self) -> Confidence: ...


Item = TypeVar("Item", bound=Sourced)


def following_words(basis: Basis, voice: Voice) -> Iterator[Said]:
    """Every element of the answer that follows from its instruments, in the order in which a request is made."""
    yield from _ways(basis, voice)
    yield from (_language(rule, voice) for rule in basis.languages)
    yield from _asked(basis, voice)
    yield from _form(basis, voice)
    yield from _conditions(basis, voice)
    yield from (_limit(limit, basis.rules, voice) for limit in basis.time_limits)
    yield from _grounds(basis, voice)
    yield from (_rule(rule, voice) for rule in basis.rules)
    yield from (_check(check, voice) for check in basis.human_rights)


def _place(item: Sourced, voice: Voice) -> str:
    return voice.place(item.instrument, item.article, item.confidence)


def _cited(item: Sourced, voice: Voice) -> Citation:
    return voice.cite(item.instrument, item.article, item.source, item.confidence)


def _sure(items: Iterable[Sourced], voice: Voice) -> str:
    unread = any(item.confidence is not Confidence.VERIFIED for item in items)
    return voice.sure(Confidence.UNVERIFIED if unread else Confidence.VERIFIED)


def _ways(basis: Basis, voice: Voice) -> Iterator[Said]:
    for way in basis.channels:
        template = _("Also open ({place}): {channel}.") if way.optional else _("Channel ({place}): {channel}.")
        text = voice.say(template, place=_place(way, voice), channel=voice.word("channel", way.code))
        yield "channel", text + _sure((way,), voice), (_cited(way, voice),)
    for authority in basis.authorities:
        stages = {"pre-trial": _("{state}, before trial: {name}."), "court": _("{state}, in court: {name}.")}
        template = stages.get(authority.stage, _("{state}: {name}."))
        text = voice.say(template, state=voice.state(authority.state), name=authority.name(voice.language))
        cited = Citation(
            instrument="", title=authority.name(voice.language), article=None, source=authority.source, confidence=authority.confidence
        )
        yield "authorities", text + voice.sure(authority.confidence), (cited,)


def _language(rule: Languages, voice: Voice) -> Said:
    declared = _("Languages ({place}; as declared by: {state}): {languages}.")
    template = declared if rule.state else _("Languages ({place}): {languages}.")
    text = voice.say(
        template,
        place=_place(rule, voice),
        state=voice.state(rule.state) if rule.state else "",
        languages=voice.words("language", rule.codes),
    )
    return "languages", text + _sure((rule,), voice), (_cited(rule, voice),)


_ASKED = {
    None: ("required", _("The request contains ({place}): {names}.")),
    Purpose.ANY: ("attachments", _("Annexed ({place}): {names}.")),
    Purpose.PROSECUTION: ("attachments", _("Annexed for prosecution ({place}): {names}.")),
    Purpose.ENFORCEMENT: ("attachments", _("Annexed for enforcement of a sentence ({place}): {names}.")),
}


def _asked(basis: Basis, voice: Voice) -> Iterator[Said]:
    """The union: what the same articles ask for stands in one sentence, with all of them."""
    fields = voice.register.fields
    groups: dict[tuple[Purpose | None, tuple[tuple[str, str | None], ...]], list[Asked]] = {}
    for asked in basis.asked:
        places = tuple(dict.fromkeys((by.instrument, by.article) for by in asked.by))
        groups.setdefault((asked.purpose, places), []).append(asked)
    for (purpose, _places), items in groups.items():
        section, template = _ASKED[purpose]
        by = _one_each(items[0].by)
        names = "; ".join(lowered(fields[item.field].label(voice.language)) for item in items)
        text = voice.say(template, place="; ".join(_place(one, voice) for one in by), names=names)
        yield section, text + _sure(by, voice), tuple(_cited(one, voice) for one in by)


def _one_each(items: Iterable[Item]) -> tuple[Item, ...]:
    return tuple({(item.instrument, item.article): item for item in items}.values())


def _form(basis: Basis, voice: Voice) -> Iterator[Said]:
    for _key, group in groupby(basis.form, key=lambda item: (item.instrument, item.article)):
        forms = tuple(group)
        text = voice.say(_("Form ({place}): {form}."), place=_place(forms[0], voice), form=voice.words("form", (one.code for one in forms)))
        yield "form", text + _sure(forms, voice), (_cited(forms[0], voice),)


def length_words(number: int, unit: Unit, language: str) -> str:
    """A length of time in words, such as 40 days."""
    return Length(number=number, unit=unit).say(language)


def _limit(limit: TimeLimit, told: tuple[Rule, ...], voice: Voice) -> Said:
    text = voice.say(
        _("Time limit ({place}), {topic}: {length}."),
        place=_place(limit, voice),
        topic=voice.word("limit", limit.topic),
        length=_length(limit, voice),
    )
    if not any(rule.summary == limit.summary for rule in told):
        text += " " + _summary(limit, voice)
    text = " ".join((text, *reckoning_words(limit.reckoning, voice)))
    return "time-limits", text + _sure((limit,), voice), (_cited(limit, voice),)


def _summary(item: TimeLimit | Condition, voice: Voice) -> str:
    return (item.summary_ru or item.summary) if voice.language == "ru" else item.summary


_RECKONED: dict[object, str] = {
    FirstDay.COUNTS: _("The day on which it starts counts."),
    FirstDay.FREE: _("The day on which it starts does not count."),
    EndOnDayOff.NEXT_WORKING_DAY: _("An end on a day off moves to the next working day."),
    EndOnDayOff.STAYS: _("An end on a day off stays where it is."),
    MonthEnd.LAST_DAY: _("Where the last month has no such day, it ends with that month."),
    MonthEnd.NEXT_DAY: _("Where the last month has no such day, it ends on the first of the next."),
}


def reckoning_words(reckoning: Reckoning, voice: Voice) -> Iterator[str]:
    """What the source says about the count, in sentences; nothing where it says nothing."""
    if event := reckoning.counted_from:
        yield voice.say(_("It is counted from: {event}."), event=event.ru if voice.language == "ru" else event.en)
    for said in (reckoning.first_day, reckoning.end_on_day_off, reckoning.month_end):
        if said:
            yield voice.say(_RECKONED[said])
    if reckoning.may_stand:
        yield voice.say(_("It may be suspended."))
    if reckoning.warn_days:
        yield voice.say(_("A warning is due {length} before the end."), length=length_words(reckoning.warn_days, Unit.DAYS, voice.language))


def _length(limit: TimeLimit, voice: Voice) -> str:
    said = length_words(limit.length, limit.unit, voice.language)
    if limit.longest:
        longest = length_words(limit.longest, limit.longest_unit or limit.unit, voice.language)
        said = voice.say(_("{length}, at most {longest}"), length=said, longest=longest)
    if limit.extension:
        extension = length_words(limit.extension, limit.unit, voice.language)
        said = voice.say(_("{length}, extendable by {extension}"), length=said, extension=extension)
    return said


def _grounds(basis: Basis, voice: Voice) -> Iterator[Said]:
    for (_where, article, mandatory, state), group in groupby(basis.refusal, key=_who_refuses):
        grounds = tuple(group)
        names = "; ".join(_ground(item, voice) for item in grounds)
        place = voice.title(grounds[0].instrument) if state and not article else _place(grounds[0], voice)
        if state:
            place = voice.say(_("{place}; by the declaration of: {state}"), place=place, state=voice.state(state))
        text = _("Must be refused ({place}): {names}.") if mandatory else _("May be refused ({place}): {names}.")
        yield "refusal", voice.say(text, place=place, names=names) + _sure(grounds, voice), (_cited(grounds[0], voice),)


def _who_refuses(ground: Ground) -> tuple[str, str | None, bool, str | None]:
    return ground.instrument, ground.article, ground.mandatory, ground.state


def _ground(ground: Ground, voice: Voice) -> str:
    label = voice.word("ground", ground.code)
    return voice.say(_("{ground}, unless assurances are given"), ground=label) if ground.assurance_possible else label


_THRESHOLDS = {
    "min-penalty-years": (_("threshold of the penalty: {length}"), Unit.YEARS),
    "min-sentence-months": (_("threshold of the sentence imposed: {length}"), Unit.MONTHS),
    "min-remaining-months": (_("threshold of the time left to serve: {length}"), Unit.MONTHS),
}


def condition_words(condition: Condition, register: Register, language: str) -> str:
    """A condition in short, such as “dual criminality” or “threshold of the penalty: 1 year”."""
    voice = Voice(register, language)
    if condition.value is None or condition.code not in _THRESHOLDS:
        return voice.word("condition", condition.code)
    template, unit = _THRESHOLDS[condition.code]
    return voice.say(template, length=length_words(condition.value, unit, language))


def _conditions(basis: Basis, voice: Voice) -> Iterator[Said]:
    for (_where, _article, summary, state), group in groupby(basis.conditions, key=_who_conditions):
        conditions = tuple(group)
        first = conditions[0]
        words = "; ".join(condition_words(one, voice.register, voice.language) for one in conditions)
        if state:
            place = _place(first, voice) if first.article else voice.title(first.instrument)
            text = voice.say(
                _("Declaration of {state} ({place}; {effect}): {summary}"),
                state=voice.state(state),
                place=place,
                effect=voice.word("effect", first.effect or ""),
                summary=_summary(first, voice),
            )
            if first.value is not None:
                text += " " + capital(words) + "."
        else:
            text = voice.say(_("Condition ({place}): {conditions}."), place=_place(first, voice), conditions=words)
            if not any(rule.summary == summary for rule in basis.rules):
                text += " " + _summary(first, voice)
        yield "conditions", text + _sure(conditions, voice), (_cited(first, voice),)


def _who_conditions(condition: Condition) -> tuple[str, str | None, str, str | None]:
    return condition.instrument, condition.article, condition.summary, condition.state


def _rule(rule: Rule, voice: Voice) -> Said:
    topic = capital(voice.word("topic", rule.topic))
    text = voice.say(_("{topic} ({place}): {rule}"), topic=topic, place=_place(rule, voice), rule=rule.words(voice.language))
    return "rules", text + _sure((rule,), voice), (_cited(rule, voice),)


def _check(check: HumanRightsCheck, voice: Voice) -> Said:
    russian = voice.language == "ru"
    title, rule = (check.title_ru, check.rule_ru) if russian else (check.title_en, check.rule_en)
    bounds = {Bound.YES: _("{state}: bound"), Bound.NO: _("{state}: not bound"), Bound.UNKNOWN: _("{state}: not known whether bound")}
    binds = "; ".join(voice.say(bounds[bound], state=voice.state(state)) for state, bound in check.binds)
    template = (
        _("Check, whatever the treaty says: {title}. {rule} Grounds: {grounds}. {binds}.")
        if check.absolute
        else _("Check: {title}. {rule} Grounds: {grounds}. {binds}.")
    )
    text = voice.say(template, title=title, rule=rule, grounds=voice.words("ground", check.grounds), binds=binds)
    cited = Citation(instrument=check.id, title=title, article=None, source=check.source, confidence=check.confidence)
    return "human-rights", text + voice.sure(check.confidence), (cited,)
