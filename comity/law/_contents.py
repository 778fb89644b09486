"""What follows from the instruments that apply: channel, languages, required contents, time limits, grounds, conditions, checks.

Primary instruments speak first. Where all of them are silent on a point in the register, the first reserve that speaks fills the gap, and
after it the own law of a State; both are named as such by the instrument each element carries.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from comity.identifiers import InstrumentId, StateCode
from comity.law._inquiry import Family, Inquiry
from comity.law._order import Order
from comity.law._rules import Clause, clauses_of, national_clauses
from comity.law.basis import (
    Attachment,
    Bound,
    Channel,
    Condition,
    Form,
    Ground,
    Languages,
    Required,
    Rule,
    TimeLimit,
)
from comity.law.model import Confidence, Declaration, Instrument, NationalLaw
from comity.law.status import national_in_force

T = TypeVar("T")
_KEPT = 1024
SILENT_POINTS = ("channel", "languages", "required", "form", "time-limits", "refusal")
CONTENTS = "contents-of-request"
LANGUAGES_BY_NOTICE = ("by-declaration", "by-notification")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Contents:
    """Everything that follows from the instruments. `filled`: for each point, the instruments that are silent on it."""

    channels: tuple[Channel, ...]
    languages: tuple[Languages, ...]
    required: tuple[Required, ...]
    attachments: tuple[Attachment, ...]
    form: tuple[Form, ...]
    time_limits: tuple[TimeLimit, ...]
    refusal: tuple[Ground, ...]
    rules: tuple[Rule, ...]
    conditions: tuple[Condition, ...]
    silent: tuple[tuple[str, tuple[str, ...]], ...]
    review: tuple[Clause, ...]


def contents(inquiry: Inquiry, found: Order) -> Contents:
    """The elements of the answer that come from provisions."""
    sources = _Sources(inquiry, found)
    asking = sources.on("required", lambda clause: clause.provision.topic == CONTENTS, inquiry.requesting)
    refusals = sources.on("refusal", lambda clause: bool(clause.provision.grounds))
    own_refusals = tuple(clause for clause in _national(inquiry, inquiry.requested) if clause.provision.grounds)
    formal = sources.on("form", lambda clause: bool(clause.form))
    return Contents(
        channels=tuple(_channels(inquiry, sources)),
        languages=tuple(_languages(inquiry, sources)),
        required=_once(required for clause in asking for required in clause.required),
        attachments=_once(annex for clause in asking for annex in clause.attachments),
        form=_once(form for clause in formal for form in clause.form),
        time_limits=tuple(_limits(inquiry, sources)),
        refusal=_once(
            (*(ground for clause in (*refusals, *own_refusals) for ground in clause.grounds), *_declared_grounds(inquiry, found.primary))
        ),
        rules=tuple(_told(inquiry, sources)),
        conditions=_once(
            (*(condition for clause in sources.primary for condition in clause.conditions), *_declared_conditions(inquiry, found))
        ),
        silent=tuple(sources.silent.items()),
        review=tuple(clause for clause in sources.all if clause.provision.human_rights_flag),
    )


class _Sources:
    """The clauses in force: of the primary families, of each reserve in order, of the States' own law."""

    def __init__(self, inquiry: Inquiry, found: Order) -> None:
        self.inquiry = inquiry
        self.found = found
        alone = not (found.primary or found.reserve)
        self.primary = tuple(clause for family in found.primary for clause in clauses(inquiry, family, found))
        self.reserves = tuple(tuple(clauses(inquiry, family, found)) for family in found.reserve)
        supplement = tuple(clause for family in found.supplement for clause in clauses(inquiry, family, found))
        self.all = (*self.primary, *(clause for reserve in self.reserves for clause in reserve), *supplement)
        self.alone = alone
        self.silent: dict[str, tuple[str, ...]] = {}

    def on(self, point: str, speaks: Callable[[Clause], bool], own: StateCode | None = None) -> tuple[Clause, ...]:
        """The rules that speak on a point: those of the primaries, else of the first reserve that does, else of `own` State's law."""
        said = tuple(clause for clause in self.primary if speaks(clause))
        mute = tuple(family.id for family in self.found.primary if not any(clause.where in _names(family) for clause in said))
        if mute:
            self.silent[point] = mute
        if said:
            return said
        for reserve in self.reserves:
            if filled := tuple(clause for clause in reserve if speaks(clause)):
                return filled
        return tuple(clause for clause in _national(self.inquiry, own) if speaks(clause)) if own else ()


def _names(family: Family) -> tuple[str, ...]:
    return family.names


def _once(items: Iterable[T]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(items))


def clauses(inquiry: Inquiry, family: Family, found: Order) -> Iterator[Clause]:
    """The provisions of a convention as its protocols and the States' declarations leave them between the two."""
    replaced = frozenset(_replaced(inquiry, family))
    other_treaty = any(other.bound is Bound.YES for other in found.primary if other.id != family.id)
    for member in family.members:
        off = _off(inquiry, member.instrument)
        for clause in clauses_of(inquiry.register, member.instrument.id, inquiry.kind):
            provision = clause.provision
            if provision.article in off or (clause.where, provision.article, provision.topic) in replaced:
                continue
            if provision.added_by and provision.added_by not in _names(family):
                continue
            if not (provision.applies_only_without_treaty and other_treaty):
                yield clause


def _off(inquiry: Inquiry, instrument: Instrument) -> frozenset[str | None]:
    """The articles that a declaration of either State, read in a source, keeps from applying between the two."""
    made = (made for made in inquiry.made(instrument, "article-off") if made.confidence is Confidence.VERIFIED)
    return frozenset(article for declaration in made for article in declaration.articles)


def _replaced(inquiry: Inquiry, family: Family) -> Iterator[tuple[str, str | None, str]]:
    """Convention, article and topic of the rules in whose place a protocol that surely binds both puts its own."""
    for other in family.members[1:]:
        if other.bound is Bound.YES:
            off = _off(inquiry, other.instrument)
            for newer in other.instrument.provisions:
                if newer.replaces_article and newer.article not in off:
                    yield family.id, newer.replaces_article, newer.topic


def _national(inquiry: Inquiry, state: StateCode | None) -> Iterator[Clause]:
    law = own_law(inquiry, state)
    if law:
        yield from national_clauses(inquiry.register, law.state, inquiry.kind)


def own_law(inquiry: Inquiry, state: StateCode | None) -> NationalLaw | None:
    """A State's own law, where the register has it and it was in force on the date."""
    law = inquiry.register.national.get(state) if state else None
    return law if law and national_in_force(law, inquiry.on) is not Bound.NO else None


# Channel and languages: within one convention the rule that names the kind goes before the rule for all


def _channels(inquiry: Inquiry, sources: _Sources) -> Iterator[Channel]:
    speaking = sources.on("channel", lambda clause: clause.provision.channel is not None)
    for clause in _nearest(inquiry, sources, speaking, lambda clause: not clause.provision.optional):
        provision = clause.provision
        if provision.channel:
            yield Channel(
                code=provision.channel,
                article=clause.article,
                instrument=clause.where,
                source=provision.source,
                confidence=provision.confidence,
                fact=provision.fact,
                optional=provision.optional,
            )


def _nearest(inquiry: Inquiry, sources: _Sources, speaking: tuple[Clause, ...], main: Callable[[Clause], bool]) -> Iterator[Clause]:
    """For each family the rules that speak most closely of the kind, and all those that are not the main ones."""
    for family in (*sources.found.primary, *sources.found.reserve):
        of_family = tuple(clause for clause in speaking if clause.where in _names(family))
        nearest = min((inquiry.nearness(clause.provision) for clause in of_family if main(clause)), default=None)
        yield from (clause for clause in of_family if not main(clause) or inquiry.nearness(clause.provision) == nearest)


def _languages(inquiry: Inquiry, sources: _Sources) -> Iterator[Languages]:
    speaking = sources.on("languages", lambda clause: bool(clause.provision.languages))
    for clause in _nearest(inquiry, sources, speaking, lambda _: True):
        declared = tuple(_declared_languages(inquiry, clause))
        yield from declared or (_stated_languages(clause),)


def _stated_languages(clause: Clause) -> Languages:
    provision = clause.provision
    return Languages(
        codes=provision.languages,
        article=clause.article,
        instrument=clause.where,
        source=provision.source,
        confidence=provision.confidence,
        fact=provision.fact,
    )


def _declared_languages(inquiry: Inquiry, clause: Clause) -> Iterator[Languages]:
    """What the requested State declared it accepts goes before the general words of the convention."""
    instrument = inquiry.register.instruments.get(InstrumentId(clause.where))
    for made in inquiry.made(instrument, "languages") if instrument else ():
        if made.state == inquiry.requested and _about(inquiry, made):
            yield Languages(
                codes=made.languages,
                article=made.article,
                instrument=clause.where,
                source=made.source,
                confidence=made.confidence,
                fact=made.fact,
                state=made.state,
            )


def _about(inquiry: Inquiry, made: Declaration) -> bool:
    return not made.kinds or any(kind in (inquiry.kind, inquiry.wider) for kind in made.kinds)


# Time limits


def _limits(inquiry: Inquiry, sources: _Sources) -> Iterator[TimeLimit]:
    """For each topic the primaries' limits, else the first reserve's, else that of the requested State's own law."""
    groups = (sources.primary, *sources.reserves, tuple(_national(inquiry, inquiry.requested)))
    if not any(clause.provision.limit for clause in sources.primary) and sources.found.primary:
        sources.silent["time-limits"] = tuple(family.id for family in sources.found.primary)
    said: set[str] = set()
    for group in groups:
        limits = _once(clause.limit for clause in group if clause.limit and clause.limit.topic not in said)
        said.update(limit.topic for limit in limits)
        yield from limits


# The other rules


def _told(inquiry: Inquiry, sources: _Sources) -> Iterator[Rule]:
    """The primaries' rules by topic; on a topic where all are silent the first reserve's; and what the requested State's own law adds."""
    said = {clause.provision.topic for clause in sources.primary}
    found = [clause for clause in sources.primary if clause.rule]
    for reserve in sources.reserves:
        found += (clause for clause in reserve if clause.rule and clause.provision.topic not in said)
        said.update(clause.provision.topic for clause in reserve)
    found += (clause for clause in _national(inquiry, inquiry.requested) if clause.rule)
    yield from _once(clause.rule for clause in sorted(found, key=lambda clause: clause.place) if clause.rule)


# Grounds for refusal


def _declared_grounds(inquiry: Inquiry, families: Iterable[Family]) -> Iterator[Ground]:
    """A reservation binds its State when it is asked; when it asks, the other may refuse it the same (reciprocity)."""
    for instrument, made in _made(inquiry, families, "grounds"):
        for code in made.grounds:
            yield Ground(
                code=code,
                mandatory=made.mandatory and made.state == inquiry.requested,
                article=made.article,
                instrument=instrument.id,
                source=made.source,
                confidence=made.confidence,
                fact=made.fact,
                state=made.state,
            )


def _made(inquiry: Inquiry, families: Iterable[Family], *effects: str) -> Iterator[tuple[Instrument, Declaration]]:
    for family in families:
        for member in family.members:
            for made in inquiry.made(member.instrument, *effects):
                if _about(inquiry, made):
                    yield member.instrument, made


# What declarations change besides


def _declared_conditions(inquiry: Inquiry, found: Order) -> Iterator[Condition]:
    families = found.primary + found.reserve
    for instrument, made in _made(inquiry, families, "threshold", "limited", "territory", "reading", "article-off"):
        threshold = made.effect == "threshold"
        yield Condition(
            code="min-sentence-months" if threshold else "declaration",
            value=made.min_sentence_months,
            article=made.article,
            instrument=instrument.id,
            source=made.source,
            confidence=made.confidence,
            fact=made.fact,
            summary=made.summary,
            summary_ru=made.summary_ru,
            state=made.state,
            effect=made.effect,
        )
