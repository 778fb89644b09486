"""The page on which the law is asked, and answers."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_safe

from comity.desk.law.home import answer
from comity.desk.law.parts import tabs
from comity.desk.law.question import QuestionForm
from comity.desk.matters.citations import page_language
from comity.desk.office import current_office, register_of_office

PARTS = ("requesting", "requested", "kind", "on", "area")


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The question as the address says it, and the answer; what is not understood is said beside its field (422)."""
    office, register, language = current_office(), register_of_office(), page_language()
    asked = any(request.GET.get(name) for name in PARTS)
    form = QuestionForm(request.GET if asked else None, register, language, office.today())
    question = form.question
    context = {"form": form, "answer": answer(register, question, language) if question else None, "law_tabs": tabs("law:home")}
    return render(request, "law/home.html", context, status=422 if form.errors else 200)


addresses = [path("", home, name="home")]
