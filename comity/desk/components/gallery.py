"""One page with every component in its states, for those who build pages and for the tests of the look."""

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from comity.desk.components import gallery_content, gallery_forms
from comity.desk.components.due import grouped

TODAY = gallery_content.TODAY


@login_not_required
def show(request: HttpRequest) -> HttpResponse:
    """The gallery in the reader's language."""
    say = gallery_content.in_language(request)
    rows = gallery_content.due_rows(say)
    context = {
        "frame": gallery_content.frame(say),
        "say": gallery_content,
        "today": TODAY,
        "rows": rows,
        "groups": grouped(rows, TODAY),
        "waiting": gallery_content.waiting_rows(say),
        "tabs": gallery_content.tabs(say),
        "crumb": gallery_content.crumb(say),
        "facts": gallery_content.facts(say),
        "banners": gallery_content.banners(say),
        "moves": gallery_content.next_moves(say),
        "entries": gallery_content.journal(say),
        "clocks": gallery_content.clocks(say),
        "basis": gallery_content.basis(say),
        "papers": gallery_content.papers(say),
        "notes": gallery_content.private_notes(say),
        "parts": gallery_content.private_parts(say),
        "note_form": gallery_forms.note_form(say),
        "steps": gallery_content.steps(say),
        "missing": gallery_content.missing(say),
        "person_form": gallery_forms.person_form(say),
        "filter_form": gallery_forms.filter_form(say),
        "texts": gallery_content.texts(say),
        "proofs": gallery_content.proofs(say),
        "answer": gallery_content.answer(say),
        "page": Paginator(range(1, 1242), 25).page(7),
    }
    return render(request, "components/gallery.html", context)
