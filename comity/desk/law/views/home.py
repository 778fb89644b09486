"""The page on which the law is asked, and answers."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_safe

from comity.desk.law.alternatives import if_words, supposed
from comity.desk.law.home import shown
from comity.desk.law.parts import tabs
from comity.desk.law.question import Question, QuestionForm
from comity.desk.matters.citations import page_language
from comity.desk.office import current_office, register_of_office

PARTS = ("requesting", "requested", "kind", "on", "area")


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The question as the address says it, and the answer; what is not understood is said beside its field (422).

    While one is still choosing, what is missing yet is no mistake. Once understood, the address is that of the question alone.
    """
    register, language = register_of_office(), page_language()
    asked = any(request.GET.get(name) for name in PARTS)
    form = QuestionForm(request.GET if asked else None, register, language, current_office().today())
    question = form.question
    choosing = bool(request.headers.get("HX-Request")) and "ask" not in request.GET
    if choosing and form.unfinished:
        form.errors.clear()
    context = {
        "form": form,
        "law_tabs": tabs("law:home"),
        **(_answer(form, question, request.GET.get("if", ""), language) if question else {}),
    }
    answer = render(request, "law/home.html", context, status=422 if form.errors else 200)
    if question and "if" not in request.GET:
        answer["HX-Push-Url"] = question.address()
    return answer


def _answer(form: QuestionForm, question: Question, supposition: str, language: str) -> dict[str, Any]:
    """The answer, or the one under the supposition that the address names."""
    register = register_of_office()
    basis = question.answer(register)
    form.answered(basis)
    other = supposed(register, basis, supposition) if supposition else None
    if other:
        basis = other.basis
    return {
        "question": question,
        "answer": shown(register, question, basis, language),
        "supposed": if_words(register, other.supposition, language) if other else "",
        "unknown_supposition": bool(supposition) and other is None,
    }


addresses = [path("", home, name="home")]
