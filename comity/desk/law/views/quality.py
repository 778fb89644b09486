"""The page that says how far the register can be relied on."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_safe

from comity.desk.law.parts import tabs
from comity.desk.law.quality import page
from comity.desk.law.reading_list import reading_list
from comity.desk.law.views.day import seen
from comity.desk.office import current_office
from comity.identifiers import StateCode


@require_safe
def quality(request: HttpRequest) -> HttpResponse:
    """What was read and what was not, and where a reader's hour counts most."""
    view = seen(request)
    todo = reading_list(view.register, StateCode(current_office().settings.state), view.on, view.language)
    context = {"page": page(view.register, view.language), "todo": todo, "view": view, "law_tabs": tabs("law:quality")}
    return render(request, "law/quality.html", context, status=view.status)


addresses = [path("quality/", quality, name="quality")]
