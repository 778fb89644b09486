"""The provisions of each instrument with the elements of an answer they give, made once for a release and shared by all answers."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from comity.identifiers import InstrumentId, StateCode
from comity.law.basis import Attachment, Condition, Form, Ground, Purpose, Required, Rule, TimeLimit
from comity.law.model import Provision, Register

ALL = "all"
MANDATORY = "refusal-mandatory"
_KEPT = 8192


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Clause:
    """A provision, where it stands, and what it gives an answer. Compared by identity: one provision is one clause.

    `rule`: the provision in its own words, where its topic is shown. `place`: the place of its topic among the topics of the register.
    """

    where: str
    provision: Provision
    place: int
    required: tuple[Required, ...]
    attachments: tuple[Attachment, ...]
    form: tuple[Form, ...]
    limit: TimeLimit | None
    grounds: tuple[Ground, ...]
    conditions: tuple[Condition, ...]
    rule: Rule | None

    @property
    def article(self) -> str | None:
        """Its article, when known."""
        return self.provision.article


@lru_cache(maxsize=_KEPT)
def clauses_of(register: Register, name: InstrumentId, kind: str) -> tuple[Clause, ...]:
    """The clauses of an instrument on a kind of request, on the kind it is part of, and on every kind."""
    return tuple(clause for clause in _all(register, name) if _speaks_of(register, clause, kind))


@lru_cache(maxsize=_KEPT)
def national_clauses(register: Register, state: StateCode, kind: str) -> tuple[Clause, ...]:
    """The clauses of a State's own law on a kind of request, as `clauses_of`."""
    law = register.national[state]
    return tuple(
        clause for provision in law.provisions if _speaks_of(register, clause := _clause(law.id, provision, _topics(register)), kind)
    )


@lru_cache(maxsize=_KEPT)
def _all(register: Register, name: InstrumentId) -> tuple[Clause, ...]:
    topics = _topics(register)
    return tuple(_clause(name, provision, topics) for provision in register.instruments[name].provisions)


@lru_cache(maxsize=16)
def _topics(register: Register) -> Mapping[str, tuple[int, bool]]:
    """Place of each topic among all, and whether answers tell it."""
    return {code: (place, word.shown) for place, (code, word) in enumerate(register.words["topic"].items())}


def _speaks_of(register: Register, clause: Clause, kind: str) -> bool:
    return any(named in (kind, register.words["kind"][kind].part_of, ALL) for named in clause.provision.kinds)


def _clause(where: str, provision: Provision, topics: Mapping[str, tuple[int, bool]]) -> Clause:
    place, shown = topics[provision.topic]
    return Clause(
        where=where,
        provision=provision,
        place=place,
        required=tuple(_required(where, provision)),
        attachments=tuple(_attachments(where, provision)),
        form=tuple(_form(where, provision)),
        limit=limit_of(where, provision),
        grounds=tuple(_grounds(where, provision)),
        conditions=tuple(_conditions(where, provision)),
        rule=_rule(where, provision) if shown else None,
    )


def _rule(where: str, provision: Provision) -> Rule:
    """The provision in its own words."""
    return Rule(
        topic=provision.topic,
        summary=provision.summary,
        summary_ru=provision.summary_ru,
        article=provision.article,
        instrument=where,
        source=provision.source,
        confidence=provision.confidence,
        fact=provision.fact,
    )


def _form(where: str, provision: Provision) -> Iterator[Form]:
    legalised = {True: ("legalisation",), False: ("no-legalisation",), None: ()}[provision.legalisation_required]
    for code in (*legalised, *provision.form):
        yield Form(
            code=code,
            article=provision.article,
            instrument=where,
            source=provision.source,
            confidence=provision.confidence,
            fact=provision.fact,
        )


def _required(where: str, provision: Provision) -> Iterator[Required]:
    for name in provision.required_fields:
        yield Required(
            field=name,
            article=provision.article,
            instrument=where,
            source=provision.source,
            confidence=provision.confidence,
            fact=provision.fact,
        )


def _attachments(where: str, provision: Provision) -> Iterator[Attachment]:
    lists = ((Purpose.PROSECUTION, provision.attachments_prosecution), (Purpose.ENFORCEMENT, provision.attachments_enforcement))
    for purpose, names in lists:
        for name in names:
            yield Attachment(
                field=name,
                purpose=purpose,
                article=provision.article,
                instrument=where,
                source=provision.source,
                confidence=provision.confidence,
                fact=provision.fact,
            )


def limit_of(where: str, provision: Provision) -> TimeLimit | None:
    """The time limit a provision sets, where it sets one."""
    if provision.limit is None or provision.length is None or provision.unit is None:
        return None
    return TimeLimit(
        topic=provision.limit,
        length=provision.length,
        unit=provision.unit,
        longest=provision.longest,
        extension=provision.extension,
        reckoning=provision.reckoning,
        article=provision.article,
        instrument=where,
        source=provision.source,
        confidence=provision.confidence,
        fact=provision.fact,
        summary=provision.summary,
        summary_ru=provision.summary_ru,
    )


def _grounds(where: str, provision: Provision) -> Iterator[Ground]:
    for code in provision.grounds:
        yield Ground(
            code=code,
            mandatory=provision.topic == MANDATORY,
            article=provision.article,
            instrument=where,
            source=provision.source,
            confidence=provision.confidence,
            fact=provision.fact,
            assurance_possible=provision.assurance_possible,
        )


def _conditions(where: str, provision: Provision) -> Iterator[Condition]:
    for code, value in _stated(provision):
        yield Condition(
            code=code,
            value=value,
            article=provision.article,
            instrument=where,
            source=provision.source,
            confidence=provision.confidence,
            fact=provision.fact,
            summary=provision.summary,
            summary_ru=provision.summary_ru,
        )


def _stated(provision: Provision) -> Iterator[tuple[str, int | None]]:
    numbers = (
        ("min-penalty-years", provision.min_penalty_years),
        ("min-sentence-months", provision.min_sentence_months),
        ("min-remaining-months", provision.min_remaining_months),
    )
    yield from ((code, value) for code, value in numbers if value is not None)
    flags = (
        ("dual-criminality", provision.dual_criminality is True),
        ("consent", provision.consent_required is True),
        ("no-death-penalty", provision.death_penalty_excluded is True),
        ("committed-after", provision.offence_date_rule == "after-deposit"),
        ("prosecute-if-not-extradited", provision.aut_dedere),
    )
    yield from ((code, None) for code, holds in flags if holds)
    yield from ((code, None) for code in provision.conditions)
