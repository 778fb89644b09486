"""The page that says how far the register can be relied on."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_safe

from comity.desk.law.parts import tabs
from comity.desk.law.quality import page
from comity.desk.law.views.day import seen


@require_safe
def quality(request: HttpRequest) -> HttpResponse:
    """What was read and what was not, and where a reader's hour counts most."""
    view = seen(request)
    return render(request, "law/quality.html", {"page": page(view.register, view.language), "view": view, "law_tabs": tabs("law:quality")})


addresses = [path("quality/", quality, name="quality")]
