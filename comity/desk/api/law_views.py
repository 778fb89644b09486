"""How the API says the law: answers, histories, instruments, States and the quality of the register as plain values."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from typing import Any

from django.urls import reverse

from comity.desk.law.events import event_words
from comity.desk.law.heads import head
from comity.desk.law.question import Question
from comity.desk.law.relations import TYPES
from comity.desk.law.rules import values
from comity.desk.law.standing import bond, tally
from comity.desk.matters.citations import instrument_title, state_name
from comity.identifiers import StateCode
from comity.law import Basis, Change, Citation, Instrument, Matrix, Period, Provision, Register, explain, to_json
from comity.law.calendars import Calendar
from comity.law.explain import doubt_words
from comity.law.matrix import cell
from comity.law.model import Declaration, NationalLaw, Party, Relation
from comity.law.model import Question as OpenQuestion
from comity.law.terms import Term

_DATES = (
    *("signed", "ratified", "deposited", "in_force", "in_force_not_earlier_than", "in_force_not_later_than"),
    *("suspended_from", "withdrawn", "withdrawn_not_later_than"),
)
_SAID = {"topic", "kinds", "summary", "summary_ru", "article", "source", "confidence", "note"}
"""What a rule says under keys of its own; all else of a provision is machine values."""


def day(value: date | None) -> str | None:
    """A date as the API writes it."""
    return value.isoformat() if value else None


def answer_out(basis: Basis, question: Question, register: Register, language: str) -> dict[str, Any]:
    """An answer with its explanation and doubts."""
    return {
        "answer": dict(to_json(basis, register, language)),
        "sentences": [
            {"number": one.number, "section": one.section, "text": one.text, "citations": [_citation(cited) for cited in one.citations]}
            for one in explain(basis, register, language)
        ],
        "doubts": list(_doubts(basis, register, language)),
        "page": question.address(),
        "pdf": f"{reverse('law:answer-pdf')}?{question.query()}",
        "release": basis.register,
    }


def _citation(one: Citation) -> dict[str, Any]:
    return {
        "instrument": one.instrument,
        "title": one.title,
        "article": one.article,
        "source": one.source,
        "confidence": one.confidence.value,
    }


def _doubts(basis: Basis, register: Register, language: str) -> Iterator[dict[str, Any]]:
    for one in basis.doubts:
        words = doubt_words(one, register, language)
        yield {
            "kind": one.kind.value,
            "unsettles": one.unsettles,
            "what": words.what,
            "settles": words.settles,
            "instruments": list(one.instruments),
            "states": list(one.states),
            "question": one.question,
        }


def period_out(one: Period, register: Register, language: str) -> dict[str, Any]:
    """Days with one answer."""
    return {
        "since": one.since.isoformat(),
        "until": day(one.until),
        "basis": one.basis.basis.value,
        "certainty": one.basis.certainty.value,
        "order_is_open": one.basis.order_is_open,
        "primary": [applied.id for applied in one.basis.primary],
        "subsidiary": [applied.id for applied in one.basis.subsidiary],
        "changes": [_change(change, register, language) for change in one.changes],
    }


def _change(one: Change, register: Register, language: str) -> dict[str, Any]:
    return {
        "on": one.on.isoformat(),
        "kind": one.kind.value,
        "state": one.state,
        "instrument": one.instrument,
        "towards": list(one.towards),
        "words": event_words(register, one, language),
        "source": one.source,
        "confidence": one.confidence.value,
    }


def matrix_out(found: Matrix, register: Register, language: str) -> dict[str, Any]:
    """Who is bound by what on a day."""
    columns = [{"id": one.id, "title": head(register, one.id, language), "group": one.group, "year": one.year} for one in found.columns]
    return {
        "on": found.on.isoformat(),
        "columns": columns,
        "rows": [
            {
                "state": state,
                "name": state_name(state, language),
                "cells": [_cell(register, state, one.column, found.on, language) for one in cells],
            }
            for state, cells in found.rows.items()
        ],
        "release": register.release,
    }


def _cell(register: Register, state: str, column: str, on: date, language: str) -> dict[str, Any]:
    found = cell(register, state, column, on)
    return {
        "column": column,
        "mark": found.mark.value,
        "words": bond(register, state, column, on, language).said,
        "since": day(found.since),
        "bound_by": day(found.bound_by),
        "towards": list(found.towards),
    }


# Instruments


def counts(register: Register, rows: Iterable[tuple[str, str]], on: date) -> dict[str, int]:
    """Of pairs of a State and an instrument: how many are listed, bound, bound as read in a source, uncertain."""
    found = tally(register, rows, on)
    return {"listed": found.rows, "bound": found.bound, "read": found.read, "uncertain": found.uncertain}


def instrument_line(one: Instrument, register: Register, on: date, language: str) -> dict[str, Any]:
    """An instrument in a list."""
    return _named(one, language) | counts(register, ((state, one.id) for state in one.parties), on)


def _named(one: Instrument, language: str) -> dict[str, Any]:
    return {
        "id": one.id,
        "title": one.title(language),
        "title_en": one.title_en,
        "title_ru": one.title_ru,
        "tier": one.tier.value,
        "region": one.region,
        "opened": day(one.opened),
        "kinds": list(one.kinds),
    }


def instrument_out(one: Instrument, register: Register, on: date, language: str) -> dict[str, Any]:
    """One instrument whole."""
    about = [(other, each) for other in register.instruments.values() for each in other.relations if each.target == one.id]
    return _named(one, language) | {
        "on": on.isoformat(),
        "place": one.place,
        "depositary": one.depositary,
        "entry_into_force": day(one.entry_into_force),
        "never_in_force": one.never_in_force,
        "base": one.base,
        "never_alone": list(one.never_alone),
        "offence_areas": list(one.offence_areas),
        "article_numbers_reliable": one.article_numbers_reliable,
        "parties": [_party(row, one, register, on, language) for row in one.parties.values()],
        "rules": [rule_out(rule, register, language) for rule in one.provisions],
        "declarations": [_declaration(each, register, language) for each in one.declarations],
        "relations": [_relation(each, stating, register, language) for stating, each in (*((one, each) for each in one.relations), *about)],
        "questions": [question_out(each, language) for each in register.questions if one.id in each.instruments],
        "sources": list(one.sources),
        "notes": list(one.notes),
        "page": reverse("law:instrument", args=[one.id]),
        "release": register.release,
    }


def _party(row: Party, one: Instrument, register: Register, on: date, language: str) -> dict[str, Any]:
    found = bond(register, row.state, one.id, on, language)
    return {
        "state": row.state,
        "name": found.name,
        "mark": found.mark.value,
        "words": found.said,
        "status": row.status.value,
        "dates": {name: written for name in _DATES if (written := day(getattr(row, name)))},
        "unverified": list(row.unverified_fields),
        "computed": list(row.computed_fields),
        "suspended_with": list(row.suspended_with),
        "reservations": list(row.reservations),
        "central_authority": row.central_authority,
        "note": row.note,
        "source": row.source,
        "confidence": row.confidence.value,
    }


def rule_out(one: Provision, register: Register, language: str) -> dict[str, Any]:
    """One rule, its machine values as codes and in words."""
    return {
        "topic": one.topic,
        "topic_label": register.label("topic", one.topic, language),
        "article": one.article,
        "kinds": list(one.kinds),
        "summary": one.summary_ru if language == "ru" and one.summary_ru else one.summary,
        "values": [{"label": str(each.label), "items": [str(item) for item in each.items]} for each in values(one, register, language)],
        "machine": {field.name: said for field in fields(one) if field.name not in _SAID and (said := _machine(getattr(one, field.name)))},
        "note": one.note,
        "source": one.source,
        "confidence": one.confidence.value,
    }


def _machine(value: object) -> Any:
    """A machine value as JSON; what says nothing (no value, an empty list, a flag that is not set) is told by its falseness."""
    match value:
        case Enum():
            return value.value
        case date():
            return value.isoformat()
        case tuple() | frozenset():
            return [_machine(item) for item in value]
        case Mapping():
            return {str(name): said for name, each in value.items() if (said := _machine(each))}
        case _ if is_dataclass(value) and not isinstance(value, type):
            return {field.name: said for field in fields(value) if (said := _machine(getattr(value, field.name)))}
    return value


def _declaration(one: Declaration, register: Register, language: str) -> dict[str, Any]:
    said = {"state", "effect", "summary", "summary_ru", "source", "confidence"}
    return {
        "state": one.state,
        "effect": one.effect,
        "effect_label": register.label("effect", one.effect, language),
        "summary": one.summary_ru if language == "ru" else one.summary,
        "details": {field.name: found for field in fields(one) if field.name not in said and (found := _machine(getattr(one, field.name)))},
        "source": one.source,
        "confidence": one.confidence.value,
    }


def _relation(one: Relation, stating: Instrument, register: Register, language: str) -> dict[str, Any]:
    word = TYPES[one.type][0] if one.type in TYPES else one.type
    return {
        "stated_by": stating.id,
        "type": one.type,
        "target": one.target,
        "words": f"{stating.title(language)}: {word} {instrument_title(register, one.target, language)}",
        "article": one.article,
        "test": one.test,
        "summary": one.summary,
        "source": one.source,
        "confidence": one.confidence.value,
    }


def question_out(one: OpenQuestion, language: str) -> dict[str, Any]:
    """A question of law that is open."""
    russian = language == "ru"
    return {
        "id": one.id,
        "text": one.text_ru if russian else one.text_en,
        "settles": one.settles_ru if russian else one.settles_en,
        "unsettles": one.unsettles,
        "instruments": list(one.instruments),
        "states": sorted({*one.states, *(state for pair in one.pairs for state in pair)}),
        "since": day(one.since),
        "until": day(one.until),
        "source": one.source,
        "confidence": one.confidence.value,
    }


# States


def state_line(state: StateCode, register: Register, on: date, language: str) -> dict[str, Any]:
    """A State in a list."""
    return {
        "code": state,
        "name": state_name(state, language),
        **counts(register, ((state, name) for name in register.by_state.get(state, ())), on),
        "bilateral": register.bilateral_of.get(state),
        "national_law": state in register.national,
        "calendar": state in register.calendars,
    }


def state_out(state: StateCode, register: Register, on: date, year: int, language: str) -> dict[str, Any]:
    """One State whole, with the calendar of a year."""
    law, calendar = register.national.get(state), register.calendars.get(state)
    named = (one for one in register.questions if state in one.states or any(state in pair for pair in one.pairs))
    return {
        "on": on.isoformat(),
        "code": state,
        "name": state_name(state, language),
        "instruments": [_bound(register, state, name, on, language) for name in register.by_state.get(state, ())],
        "rights": [_bound(register, state, check.id, on, language) for check in register.checks],
        "bilateral_collected": register.bilateral_of.get(state),
        "authorities": [
            {
                "name": one.name(language),
                "kinds": list(one.kinds),
                "stage": one.stage,
                "competence": one.competence,
                "source": one.source,
                "confidence": one.confidence.value,
            }
            for one in register.authorities
            if one.state == state
        ],
        "national_law": _national(law, register, language) if law else None,
        "terms": [_term(one, language) for one in register.terms if one.state == state],
        "questions": [question_out(one, language) for one in named],
        "calendar": _calendar(calendar, year, language) if calendar and calendar.since.year <= year <= calendar.until.year else None,
        "page": reverse("law:state", args=[state]),
        "release": register.release,
    }


def _bound(register: Register, state: StateCode, column: str, on: date, language: str) -> dict[str, Any]:
    instruments: Mapping[str, Instrument] = {str(key): one for key, one in register.instruments.items()}
    found, one = cell(register, state, column, on), instruments.get(column)
    return _cell(register, state, column, on, language) | {
        "id": column,
        "title": instrument_title(register, column, language),
        "tier": one.tier.value if one else "rights",
        "source": found.evidence.source if found.evidence else "",
    }


def _national(one: NationalLaw, register: Register, language: str) -> dict[str, Any]:
    return {
        "id": one.id,
        "title": one.title_ru if language == "ru" else one.title_en,
        "adopted": day(one.adopted),
        "in_force": day(one.in_force),
        "rules": [rule_out(rule, register, language) for rule in one.provisions],
        "source": one.source,
        "confidence": one.confidence.value,
    }


def _term(one: Term, language: str) -> dict[str, Any]:
    limit = one.limit
    return {
        "id": one.id,
        "topic": one.topic,
        "length": limit.length if limit else None,
        "unit": limit.unit.value if limit else None,
        "longest": limit.longest if limit else None,
        "rule": one.rule(language),
        "law": one.law(language),
        "article": limit.article if limit else None,
        "source": limit.source if limit else "",
        "confidence": limit.confidence.value if limit else None,
    }


def _calendar(one: Calendar, year: int, language: str) -> dict[str, Any]:
    days = sorted(day for day in one.days if day.year == year)
    every = (date.fromordinal(number) for number in range(date(year, 1, 1).toordinal(), date(year + 1, 1, 1).toordinal()))
    return {
        "year": year,
        "known": one.knows(year),
        "working_days": sum(one.works(each) for each in every),
        "days": [
            {
                "on": each.isoformat(),
                "kind": one.days[each].kind.value,
                "name": one.days[each].name(language),
                "instead_of": day(one.days[each].instead_of),
            }
            for each in days
        ],
        "source": one.source,
        "confidence": one.confidence.value,
    }
