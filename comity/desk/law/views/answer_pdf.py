"""The whole answer as a PDF with its citations, for the question that the address holds."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from comity.desk.law.question import Question, QuestionForm
from comity.desk.matters.citations import page_language
from comity.desk.office import current_office, register_of_office
from comity.documents import LegalAnswer, render_answer
from comity.documents import office as letter_office


@require_safe
def answer_pdf(request: HttpRequest) -> HttpResponse:
    """The answer in the language of the page; a question that is not understood goes to the page that says what is wrong with it."""
    office, register, language = current_office(), register_of_office(), page_language()
    question = QuestionForm(request.GET, register, language, office.today()).question
    if question is None:
        return redirect(f"{reverse('law:home')}?{request.GET.urlencode()}")
    basis = question.answer(register)
    names = {"en": office.settings.names.en, "ru": office.settings.names.ru}
    author = letter_office(register, office.id, question.kind, names=names)
    pdf = render_answer(LegalAnswer(basis=basis, register=register, author=author, at=office.clock()), language)
    answer = HttpResponse(pdf, content_type="application/pdf", status=HTTPStatus.OK)
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=_name(question))
    answer["Cache-Control"] = "no-store"
    return answer


def _name(question: Question) -> str:
    return f"law-{question.requesting}-{question.requested}-{question.kind}-{question.on.isoformat()}.pdf"


addresses = [path("answer.pdf", answer_pdf, name="answer-pdf")]
