"""The routes of the API that answer about the law: /api/v1/law/… Each says what its page says, from the same register.

What is not understood is refused (422, or 404 for what is named in the address) in the caller's language, with what is known instead.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Router, Status
from pydantic import Field

from comity.desk.api import law_shapes as out
from comity.desk.api import law_views as views
from comity.desk.api.shapes import Problem
from comity.desk.law.instruments import Asked, fits
from comity.desk.law.quality import Share, page
from comity.desk.law.question import EARLIEST, Question, QuestionForm
from comity.desk.law.views.day import DayForm
from comity.desk.matters.citations import page_language
from comity.desk.office import current_office, register_of_office
from comity.errors import ComityError
from comity.identifiers import InstrumentId, StateCode
from comity.law import UnknownWordError, history, matrix, to_json
from comity.law.asked_deadline import DeadlineError, count_named
from comity.law.deadlines import Span

router = Router(tags=["law"])

Day = Annotated[str, Field(max_length=40, description="2026-11-22, or 22.11.2026; today where it is left out.")]
Code = Annotated[str, Field(max_length=200)]
PROBLEMS: dict[Any, Any] = {(404, 422): Problem}
_FIELDS = {"area": "offence_area"}


class LawQuestionError(ComityError):
    """A question about the law that is not understood: which part of it, and the status of the answer."""

    def __init__(self, words: str, *, field: str, status: int = 422) -> None:
        super().__init__(words)
        self.field = field
        self.status = status


def problem(error: LawQuestionError) -> dict[str, Any]:
    """The body of the refusal."""
    return {"code": "not-found" if error.status == 404 else "unknown-word", "words": error.what, "field": error.field, "missing": []}


def _asked(given: Mapping[str, str | None]) -> Question:
    """The question of these parts, understood as the page understands it."""
    form = QuestionForm(
        {name: value for name, value in given.items() if value}, register_of_office(), page_language(), current_office().today()
    )
    question = form.question
    if question is None:
        field, errors = next(iter(form.errors.items()))
        raise LawQuestionError(" ".join(str(one) for one in errors), field=_FIELDS.get(field, field))
    return question


def _day(text: str | None, field: str = "on") -> date:
    form = DayForm({"on": text or ""})
    if not form.is_valid():
        raise LawQuestionError(" ".join(str(one) for one in form.errors["on"]), field=field)
    found: date = form.cleaned_data["on"] or current_office().today()
    return found


def _unknown(said: str, known: Iterable[str], *, field: str, status: int = 422) -> LawQuestionError:
    return LawQuestionError(f"{said} {_('Known are: %(words)s.') % {'words': ', '.join(known)}}", field=field, status=status)


@router.get("/answer", response={200: out.AnswerOut, **PROBLEMS})
def answer(
    request: HttpRequest,
    requesting: Code,
    requested: Code,
    kind: Code,
    on: Day | None = None,
    offence_area: Code | None = None,
    committed: Day | None = None,
) -> Any:
    """What the law answers: the instruments and all that follows, each sentence with its citations, and what is not sure."""
    register, language = register_of_office(), page_language()
    question = _asked(
        {"requesting": requesting, "requested": requested, "kind": kind, "on": on, "area": offence_area, "committed": committed}
    )
    basis = question.answer(register)
    return Status(200, views.answer_out(basis, question, register, language))


@router.get("/basis", response={200: dict[str, Any], **PROBLEMS})
def basis(
    request: HttpRequest,
    requesting: Code,
    requested: Code,
    kind: Code,
    on: Day | None = None,
    offence_area: Code | None = None,
    committed: Day | None = None,
) -> Any:
    """Which instruments bind two States on a date, with everything that follows: the answer of `comity explain --json`."""
    register = register_of_office()
    question = _asked(
        {"requesting": requesting, "requested": requested, "kind": kind, "on": on, "area": offence_area, "committed": committed}
    )
    found = question.answer(register)
    return Status(200, dict(to_json(found, register, page_language())))


@router.get("/history", response={200: out.HistoryOut, **PROBLEMS})
def history_of(
    request: HttpRequest,
    requesting: Code,
    requested: Code,
    kind: Code,
    offence_area: Code | None = None,
    since: Day | None = None,
    until: Day | None = None,
) -> Any:
    """What applied between two States when, since 1991 or `since`, and which event changed it."""
    register, language = register_of_office(), page_language()
    question = _asked({"requesting": requesting, "requested": requested, "kind": kind, "on": None, "area": offence_area})
    first, last = _day(since, "since") if since else EARLIEST, _day(until, "until") if until else None
    if last is not None and last < first:
        raise LawQuestionError(_("The span ends before it begins: swap the two days."), field="until")
    asked = (question.requesting, question.requested, question.kind, question.area)
    periods = history(register, *asked, since=first, until=last)
    return Status(
        200,
        {
            "requesting": question.requesting,
            "requested": question.requested,
            "kind": question.kind,
            "offence_area": question.area,
            "periods": [views.period_out(one, register, language) for one in periods],
            "release": register.release,
        },
    )


@router.get("/matrix", response={200: out.MatrixOut, **PROBLEMS})
def who_is_bound(request: HttpRequest, on: Day | None = None, states: Code | None = None, columns: Code | None = None) -> Any:
    """Who is bound by what on a day. `states` and `columns` are lists with commas; without them the region and its conventions."""
    register = register_of_office()
    rows, heads = _listed(states), _listed(columns)
    for state in rows or ():
        _known_state(state)
    ids = {*register.instruments, *(check.id for check in register.checks)}
    for column in heads or ():
        if column not in ids:
            said = _("The register knows no instrument “%(word)s”.") % {"word": column}
            raise _unknown(said, sorted(ids), field="columns")
    found = matrix(register, _day(on), states=rows, columns=heads)
    return Status(200, views.matrix_out(found, register, page_language()))


def _listed(text: str | None) -> list[str] | None:
    return [one.strip() for one in text.split(",") if one.strip()] if text else None


def _known_state(code: str, field: str = "states", status: int = 422) -> StateCode:
    register = register_of_office()
    if not register.knows(code):
        raise _unknown(_("The register knows no State “%(word)s”.") % {"word": code}, register.states, field=field, status=status)
    return StateCode(code)


@router.get("/instruments", response={200: out.InstrumentsOut, **PROBLEMS})
def instruments(request: HttpRequest, on: Day | None = None, kind: Code = "", state: Code = "", q: Code = "") -> Any:
    """The instruments of the register, narrowed by a kind of request, a State that is listed, words of the title."""
    register, day = register_of_office(), _day(on)
    if kind and kind not in register.kinds:
        raise _unknown(_("The register knows no kind of request “%(word)s”.") % {"word": kind}, register.kinds, field="kind")
    if state:
        _known_state(state, "state")
    asked = Asked(words=q, kind=kind, state=state)
    found = [views.instrument_line(one, register, day, page_language()) for one in register.instruments.values() if fits(one, asked)]
    return Status(200, {"on": day.isoformat(), "instruments": found, "release": register.release})


@router.get("/instruments/{instrument}", response={200: out.InstrumentOut, **PROBLEMS})
def instrument(request: HttpRequest, instrument: str, on: Day | None = None) -> Any:
    """One instrument whole: parties with every date, rules, declarations, relations both ways, open questions, sources."""
    register, day = register_of_office(), _day(on)
    found = register.instruments.get(InstrumentId(instrument))
    if found is None:
        said = _("The register knows no instrument “%(word)s”.") % {"word": instrument}
        raise _unknown(said, register.instruments, field="instrument", status=404)
    return Status(200, views.instrument_out(found, register, day, page_language()))


@router.get("/states", response={200: out.StatesOut, **PROBLEMS})
def states(request: HttpRequest, on: Day | None = None) -> Any:
    """The States the register knows."""
    register, day = register_of_office(), _day(on)
    found = [views.state_line(state, register, day, page_language()) for state in register.states]
    return Status(200, {"on": day.isoformat(), "states": found, "release": register.release})


@router.get("/states/{code}", response={200: out.StateOut, **PROBLEMS})
def state(request: HttpRequest, code: str, on: Day | None = None, year: Annotated[int | None, Field(ge=1900, le=2200)] = None) -> Any:
    """One State whole: bound by what since when, authorities, own law and terms, rights, open questions, the calendar of a year."""
    found, day = _known_state(code.upper(), "code", 404), _day(on)
    return Status(200, views.state_out(found, register_of_office(), day, year or day.year, page_language()))


@router.get("/quality", response=out.QualityOut)
def quality(request: HttpRequest) -> Any:
    """How much of the register was read in a source, and what it does not know. Every share has its base."""
    register, language = register_of_office(), page_language()
    found = page(register, language)
    return {
        "read": _share(_("facts read in a source"), found.whole),
        "kinds": [_share(one.title, one.read) for one in found.kinds],
        "gaps": [_share(one.title, one.share) for one in found.gaps],
        "instruments": [
            {
                "title": row.title,
                "parties": _pair(row.parties),
                "rules": _pair(row.rules),
                "articles": _pair(row.articles),
                "questions": row.questions,
            }
            for group in found.groups
            for row in group.rows
        ],
        "states": [{"name": row.name, "read": _pair(row.read), "dated": _pair(row.dated), "unknown": row.unknown} for row in found.states],
        "questions": [views.question_out(one, language) for one in register.questions],
        "sources": [{"name": one.text, "facts": one.facts} for one in found.sources],
        "without_source": found.memory,
        "release": register.release,
    }


def _share(label: object, share: Share) -> dict[str, Any]:
    return {"label": str(label), "part": share.part, "whole": share.whole}


def _pair(share: Share) -> tuple[int, int]:
    return share.part, share.whole


@router.get("/deadline", response={200: out.DeadlineOut, **PROBLEMS})
def deadline(request: HttpRequest, state: Code, limit: Code, start: Code, span: Code = "length", stood: Code | None = None) -> Any:
    """A term (`kz-appeal`) or time limit (`minsk-1993/provisional-arrest`) counted step by step by the days of a State.

    `start`: a day, or for hours a moment with its time zone; `span`: length, longest, extended; `stood`: spans in which the clock stood,
    with commas (`2026-11-01..2026-11-10`).
    """
    register, code = register_of_office(), state.upper()
    if code not in register.calendars:
        _known_state(code, "state")
    if span not in tuple(Span):
        raise _unknown(_("A time limit has no such length: “%(word)s”.") % {"word": span}, tuple(Span), field="span")
    try:
        counted = count_named(register, code, limit, start, span=span, stood=_listed(stood) or ())
    except UnknownWordError as error:
        raise _unknown(_("The register knows no time limit “%(word)s”.") % {"word": error.word}, error.known, field="limit") from error
    except DeadlineError as error:
        if error.where == "--stood":
            words = _("Write when the clock stood as 2026-11-01..2026-11-10, or 2026-11-01.. where it still stands.")
            raise LawQuestionError(words, field="stood") from error
        words = _("“%(word)s” is not a day, nor a moment with its time zone. Write 2026-11-22 or 2026-11-22T14:30+05:00.")
        raise LawQuestionError(words % {"word": start}, field="start") from error
    said = counted.value(page_language())
    return Status(200, {"state": said["state"], "counts": said["counts"], "release": said["register"]})
