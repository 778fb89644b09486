"""One page with every component in its states, for those who build pages and for the tests of the look."""

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from comity.desk.components.due import grouped
from comity.desk.components.gallery import desk_content as desk
from comity.desk.components.gallery import forms, page_content
from comity.desk.components.gallery import law_content as law
from comity.desk.components.gallery import matter_content as matter
from comity.desk.components.gallery import request_content as asked
from comity.desk.components.gallery.language import TODAY, in_language


@login_not_required
def show(request: HttpRequest) -> HttpResponse:
    """The gallery in the reader's language."""
    say = in_language(request)
    rows = desk.due_rows(say)
    context = {
        "frame": desk.frame(say),
        "today": TODAY,
        "rows": rows,
        "groups": grouped(rows, TODAY),
        "waiting": desk.waiting_rows(say),
        "tabs": desk.tabs(say),
        "crumb": matter.crumb(say),
        "facts": matter.facts(say),
        "banners": matter.banners(say),
        "moves": matter.next_moves(say),
        "entries": matter.journal(say),
        "clocks": matter.clocks(say),
        "basis": matter.basis(say),
        "papers": matter.papers(say),
        "notes": matter.private_notes(say),
        "parts": matter.private_parts(say),
        "note_form": forms.note_form(say),
        "steps": asked.steps(say),
        "missing": asked.missing(say),
        "person_form": forms.person_form(say),
        "filter_form": forms.filter_form(say),
        "texts": page_content.texts(say),
        "proofs": matter.proofs(say),
        "answer": matter.answer(say),
        "slider": law.slider(say),
        "matrix": law.table(say),
        "matrix_marks": law.marks(say),
        "spans": law.spans(say),
        "page": Paginator(range(1, 1242), 25).page(7),
    }
    return render(request, "components/gallery.html", context)
