"""The pages of a pair of States: choosing it, and the history of what applied between the two."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_safe

from comity.desk.law.pair import page, pair_url
from comity.desk.law.parts import tabs
from comity.desk.law.question import QuestionForm
from comity.desk.matters.citations import page_language
from comity.desk.office import current_office, register_of_office
from comity.law import Register

USUAL_KIND = "extradition"


class PairForm(QuestionForm):
    """A question whose day is only where the page is seen from."""

    def __init__(self, data: Mapping[str, Any] | None, register: Register, language: str, today: date) -> None:
        """Bound to the address; the kind is as usual where none is given."""
        given = {"kind": USUAL_KIND, **{key: value for key, value in data.items() if value}} if data is not None else None
        super().__init__(given, register, language, today)


@require_safe
def pairs(request: HttpRequest) -> HttpResponseBase:
    """Two States are chosen here; then the page of the pair follows."""
    given = request.GET.dict() if request.GET.get("requesting") or request.GET.get("requested") else None
    form = PairForm(given, register_of_office(), page_language(), current_office().today())
    question = form.question
    if question:
        on = request.GET.get("on") and question.on.isoformat()
        return redirect(pair_url(question.requesting, question.requested, kind=question.kind, on=on or "", area=question.area or ""))
    context = {"form": form, "law_tabs": tabs("law:pairs")}
    return render(request, "law/pairs.html", context, status=422 if form.errors else 200)


@require_safe
def pair(request: HttpRequest, requesting: str, requested: str) -> HttpResponse:
    """What applied between the two when. What the register does not know is said beside its field: 404 for a State, else 422."""
    register, language = register_of_office(), page_language()
    given = {**request.GET.dict(), "requesting": requesting.upper(), "requested": requested.upper()}
    form = PairForm(given, register, language, current_office().today())
    question = form.question
    context: dict[str, Any] = {"form": form, "law_tabs": tabs("law:pairs")}
    if question is None:
        unknown = {"requesting", "requested"} & set(form.errors)
        return render(request, "law/pairs.html", context, status=404 if unknown else 422)
    return render(request, "law/pair.html", {**context, "question": question, "shown": page(register, question, language)})


addresses = [
    path("pairs/", pairs, name="pairs"),
    path("pairs/<str:requesting>/<str:requested>/", pair, name="pair"),
]
