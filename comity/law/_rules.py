"""The rules of each instrument with the elements of an answer they give, made once for a release and shared by all answers."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from comity.identifiers import InstrumentId, StateCode
from comity.law.basis import Attachment, Condition, Ground, Purpose, Required, TimeLimit
from comity.law.model import Provision, Register

ALL = "all"
MANDATORY = "refusal-mandatory"
_KEPT = 8192


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Rule:
    """A provision, where it stands, and what it gives an answer. Compared by identity: one provision is one rule."""

    where: str
    provision: Provision
    required: tuple[Required, ...]
    attachments: tuple[Attachment, ...]
    limit: TimeLimit | None
    grounds: tuple[Ground, ...]
    conditions: tuple[Condition, ...]

    @property
    def article(self) -> str | None:
        """Its article, when known."""
        return self.provision.article


@lru_cache(maxsize=_KEPT)
def rules_of(register: Register, name: InstrumentId, kind: str) -> tuple[Rule, ...]:
    """The rules of an instrument on a kind of request, on the kind it is part of, and on every kind."""
    return tuple(rule for rule in _all(register, name) if _speaks_of(register, rule, kind))


@lru_cache(maxsize=_KEPT)
def national_rules(register: Register, state: StateCode, kind: str) -> tuple[Rule, ...]:
    """The rules of a State's own law on a kind of request, as `rules_of`."""
    law = register.national[state]
    return tuple(rule for provision in law.provisions if _speaks_of(register, rule := _rule(law.id, provision), kind))


@lru_cache(maxsize=_KEPT)
def _all(register: Register, name: InstrumentId) -> tuple[Rule, ...]:
    return tuple(_rule(name, provision) for provision in register.instruments[name].provisions)


def _speaks_of(register: Register, rule: Rule, kind: str) -> bool:
    return any(named in (kind, register.words["kind"][kind].part_of, ALL) for named in rule.provision.kinds)


def _rule(where: str, provision: Provision) -> Rule:
    return Rule(
        where=where,
        provision=provision,
        required=tuple(_required(where, provision)),
        attachments=tuple(_attachments(where, provision)),
        limit=_limit(where, provision),
        grounds=tuple(_grounds(where, provision)),
        conditions=tuple(_conditions(where, provision)),
    )


def _required(where: str, provision: Provision) -> Iterator[Required]:
    for name in provision.required_fields:
        yield Required(field=name, article=provision.article, instrument=where, source=provision.source, confidence=provision.confidence)


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
            )


def _limit(where: str, provision: Provision) -> TimeLimit | None:
    if provision.limit is None or provision.length is None or provision.unit is None:
        return None
    return TimeLimit(
        topic=provision.limit,
        length=provision.length,
        unit=provision.unit,
        longest=provision.longest,
        extension=provision.extension,
        article=provision.article,
        instrument=where,
        source=provision.source,
        confidence=provision.confidence,
        summary=provision.summary,
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
            summary=provision.summary,
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
        ("no-legalisation", provision.legalisation_required is False),
        ("no-death-penalty", provision.death_penalty_excluded is True),
        ("committed-after", provision.offence_date_rule == "after-deposit"),
        ("prosecute-if-not-extradited", provision.aut_dedere),
    )
    yield from ((code, None) for code, holds in flags if holds)
    yield from ((code, None) for code in provision.conditions)
