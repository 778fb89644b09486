"""The rules of one instrument in words: by topic, each with its article, what it says, and its machine values as people say them.

A rule whose article the register does not know says so; a summary that stands in English only is marked as English.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from comity.desk.components.model import Certainty, Words
from comity.desk.law.sources import Source, source
from comity.desk.law.words import language_name
from comity.desk.matters.citations import cited, instrument_title
from comity.law import Provision, Register
from comity.law.explain import length_words
from comity.law.reckoning import EndOnDayOff, FirstDay, MonthEnd

ALL = "all"


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """A machine value in words: what it is, and each thing it names."""

    label: Words
    items: tuple[Words, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One provision. `article` says where it stands, or that this is not known; `language`: of the summary, where not the page's."""

    anchor: str
    article: str
    known: bool
    kinds: str
    summary: str
    language: str
    values: tuple[Value, ...]
    note: str
    certainty: Certainty | None
    source: Source
    fact: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """The rules of one topic, in the order of the instrument."""

    title: str
    rules: tuple[Rule, ...]


def topics(provisions: Iterable[Provision], register: Register, language: str) -> tuple[Topic, ...]:
    """Provisions by topic, topics in the order in which the instrument comes to them."""
    found: dict[str, list[Rule]] = {}
    for number, one in enumerate(provisions, start=1):
        found.setdefault(one.topic, []).append(_rule(one, number, register, language))
    return tuple(Topic(title=capfirst(register.label("topic", topic, language)), rules=tuple(rules)) for topic, rules in found.items())


def article_words(article: str | None) -> str:
    """`art. 58`; a place with a name of its own stays as it is; without one, that it is not known."""
    if not article:
        return _("article not known")
    return f"{pgettext('article of a treaty', 'art.')}\u00a0{article}" if article[0].isdigit() else article


def _rule(one: Provision, number: int, register: Register, language: str) -> Rule:
    summary = one.summary_ru if language == "ru" and one.summary_ru else one.summary
    return Rule(
        anchor=f"rule-{number}",
        article=article_words(one.article),
        known=bool(one.article),
        kinds=kinds_words(one.kinds, register, language),
        summary=summary,
        language="en" if language != "en" and summary == one.summary else "",
        values=tuple(values(one, register, language)),
        note=one.note,
        certainty=cited(one.confidence),
        source=source(one.source),
        fact=one.fact,
    )


def kinds_words(kinds: Iterable[str], register: Register, language: str) -> str:
    """The kinds of request a rule speaks of."""
    named = tuple(kinds)
    return _("every kind of request") if ALL in named else ", ".join(register.label("kind", kind, language) for kind in named)


# Machine values in words


def values(one: Provision, register: Register, language: str) -> Iterator[Value]:
    """What the engine reads of a provision, as a lawyer would say it."""
    yield from _limit(one, register, language)
    yield from _count(one, language)
    yield from _named(one, register, language)
    yield from _conditions(one, register, language)
    yield from _standing(one, register, language)
    yield from _final(one)


def _limit(one: Provision, register: Register, language: str) -> Iterator[Value]:
    if one.length is None or one.unit is None:
        return
    said = [length_words(one.length, one.unit, language)]
    if one.longest:
        said.append(_("at most %(length)s") % {"length": length_words(one.longest, one.unit, language)})
    if one.extension:
        said.append(_("extendable by %(length)s") % {"length": length_words(one.extension, one.unit, language)})
    label = register.label("limit", one.limit, language) if one.limit else _("time limit")
    yield Value(label=capfirst(label), items=(", ".join(said),))


_FIRST: dict[FirstDay, Words] = {
    FirstDay.COUNTS: gettext_lazy("the first day counts"),
    FirstDay.FREE: gettext_lazy("the first day does not count"),
}
_ENDS: dict[EndOnDayOff, Words] = {
    EndOnDayOff.NEXT_WORKING_DAY: gettext_lazy("an end on a day off moves to the next working day"),
    EndOnDayOff.STAYS: gettext_lazy("an end on a day off stays there"),
}
_MONTHS: dict[MonthEnd, Words] = {
    MonthEnd.LAST_DAY: gettext_lazy("a month without that day ends on its last day"),
    MonthEnd.NEXT_DAY: gettext_lazy("a month without that day ends on the first day of the next"),
}


def _count(one: Provision, language: str) -> Iterator[Value]:
    """What the source itself says about the count of its time limit."""
    told, said = one.reckoning, list[Words]()
    if told.counted_from:
        event = told.counted_from.ru if language == "ru" else told.counted_from.en
        said.append(_("from: %(event)s") % {"event": event})
    if told.first_day:
        said.append(_FIRST[told.first_day])
    if told.end_on_day_off:
        said.append(_ENDS[told.end_on_day_off])
    if told.month_end:
        said.append(_MONTHS[told.month_end])
    if told.warn_days:
        days = ngettext("a warning %(count)s day before the end", "a warning %(count)s days before the end", told.warn_days)
        said.append(days % {"count": told.warn_days})
    if told.may_stand:
        said.append(_("the clock may stand"))
    if said:
        yield Value(label=_("Counted"), items=tuple(said))


def _named(one: Provision, register: Register, language: str) -> Iterator[Value]:
    """Words of the register that the rule names: the way, languages, contents, annexes, grounds."""
    if one.channel:
        label = _("Also open") if one.optional else _("Channel")
        yield Value(label=label, items=(register.label("channel", one.channel, language),))
    lists: tuple[tuple[Words, Iterable[str]], ...] = (
        (gettext_lazy("Languages"), (language_name(code, register, language) for code in one.languages)),
        (gettext_lazy("The request contains"), _fields(one.required_fields, register, language)),
        (gettext_lazy("Annexed for prosecution"), _fields(one.attachments_prosecution, register, language)),
        (gettext_lazy("Annexed for enforcement"), _fields(one.attachments_enforcement, register, language)),
        (gettext_lazy("Form"), (register.label("form", code, language) for code in one.form)),
        (_grounds_label(one), (register.label("ground", code, language) for code in one.grounds)),
        (gettext_lazy("Persons sought"), (str(CATEGORIES.get(code, code)) for code in one.categories)),
    )
    for title, named in lists:
        if items := tuple(named):
            yield Value(label=title, items=items)


CATEGORIES: dict[str, Words] = {
    "suspect": gettext_lazy("suspects"),
    "accused": gettext_lazy("accused persons"),
    "convict": gettext_lazy("sentenced persons"),
    "missing": gettext_lazy("missing persons"),
    "maintenance-debtor": gettext_lazy("debtors of maintenance"),
}


def _fields(names: Iterable[str], register: Register, language: str) -> Iterator[str]:
    return (register.fields[name].label(language) for name in names)


def _grounds_label(one: Provision) -> str:
    label = _("Must be refused") if one.topic == "refusal-mandatory" else _("May be refused")
    return _("%(refusal)s, unless assurances are given") % {"refusal": label} if one.assurance_possible else label


def _conditions(one: Provision, register: Register, language: str) -> Iterator[Value]:
    counted = (
        ("min-penalty-years", one.min_penalty_years),
        ("min-sentence-months", one.min_sentence_months),
        ("min-remaining-months", one.min_remaining_months),
    )
    for code, number in counted:
        if number is not None:
            yield Value(label=capfirst(register.label("condition", code, language)), items=(str(number),))
    named = (
        ("dual-criminality", one.dual_criminality is True),
        ("consent", one.consent_required is True),
        ("no-legalisation", one.legalisation_required is False),
        ("no-death-penalty", one.death_penalty_excluded is True),
        ("prosecute-if-not-extradited", one.aut_dedere),
        ("committed-after", bool(one.offence_date_rule)),
        *((code, True) for code in one.conditions),
    )
    if items := tuple(register.label("condition", code, language) for code, holds in named if holds):
        yield Value(label=ngettext("Condition", "Conditions", len(items)), items=items)
    if one.dual_criminality is False:
        yield Value(label=_("Not asked"), items=(register.label("condition", "dual-criminality", language),))


_BASIS: dict[str, Words] = {
    "yes": gettext_lazy("serves as a basis by itself"),
    "no": gettext_lazy("does not serve as a basis"),
    "consider": gettext_lazy("bids the States to consider, without a duty"),
}
_RULES: dict[str, Words] = {
    "residual": gettext_lazy("yields to any other treaty"),
    "residual-minsk": gettext_lazy("leaves the older convention between States that it does not both bind"),
    "non-affecting": gettext_lazy("leaves other treaties untouched"),
    "supersedes-bilateral": gettext_lazy("replaces bilateral treaties between its parties"),
    "supersedes-inter-partes": gettext_lazy("replaces the older convention between its parties"),
    "supplement": gettext_lazy("supplements other treaties"),
}


def _standing(one: Provision, register: Register, language: str) -> Iterator[Value]:
    """How the rule stands to other treaties and to the protocols that changed it."""
    said: list[Words] = []
    if one.usable_as_basis:
        said.append(_BASIS.get(one.usable_as_basis, one.usable_as_basis))
    if one.rule:
        said.append(_RULES.get(one.rule, one.rule))
    if one.applies_only_without_treaty:
        said.append(_("only where no other such treaty applies"))
    if one.declaration_based:
        said.append(_("only as each State has declared"))
    if one.human_rights_flag:
        said.append(_("asks for a review of human rights"))
    if said:
        yield Value(label=_("Standing"), items=tuple(said))
    for label, protocol in ((_("Added by"), one.added_by), (_("Amended by"), one.amended_by)):
        if protocol:
            yield Value(label=label, items=(instrument_title(register, protocol, language),))
    if one.replaces_article:
        yield Value(label=_("In place of"), items=(article_words(one.replaces_article),))


def _final(one: Provision) -> Iterator[Value]:
    if one.entry_after_days is not None:
        days = ngettext("%(count)s day after the deposit", "%(count)s days after the deposit", one.entry_after_days)
        yield Value(label=_("In force for a State"), items=(days % {"count": one.entry_after_days},))
    if one.notice_months is not None:
        months = ngettext("%(count)s month after the notice", "%(count)s months after the notice", one.notice_months)
        yield Value(label=_("A State has left"), items=(months % {"count": one.notice_months},))
    if one.term_years is not None:
        years = ngettext("%(count)s year at a time", "%(count)s years at a time", one.term_years)
        yield Value(label=_("Term"), items=(years % {"count": one.term_years},))
    if one.ratifications_needed is not None:
        yield Value(label=_("Ratifications needed"), items=(str(one.ratifications_needed),))
