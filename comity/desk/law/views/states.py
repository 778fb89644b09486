"""The list of States, and the page of each."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from comity.desk.components.model import Crumb
from comity.desk.law.parts import tabs
from comity.desk.law.states import listed, page
from comity.desk.law.views.day import seen, unknown
from comity.desk.law.words import state_url
from comity.desk.matters.citations import state_name
from comity.identifiers import StateCode


@require_safe
def states(request: HttpRequest) -> HttpResponse:
    """Every State the register knows: those of the region first."""
    view = seen(request)
    near, far = listed(view.register, view.on, view.language)
    context = {
        "groups": ((_("The region"), near), (_("Other States"), far)),
        "all": len(near) + len(far),
        "view": view,
        "law_tabs": tabs("law:states"),
    }
    return render(request, "law/states.html", context, status=view.status)


@require_safe
def state(request: HttpRequest, state: str) -> HttpResponse:
    """One State whole, with the calendar of the year that the address names, this year where it names none."""
    view, code = seen(request), StateCode(state.upper())
    if code not in view.register.states:
        known = {state_name(one, view.language): state_url(one) for one in view.register.states}
        said = _("The register knows no State “%(word)s”.") % {"word": state}
        return unknown(request, state, said, dict(sorted(known.items())))
    asked = request.GET.get("year", "")
    shown = page(
        view.register, code, view.on, int(asked) if asked.isdecimal() and len(asked) == len("2026") else view.on.year, view.language
    )
    crumbs = (
        Crumb(text=_("Law"), url=reverse("law:home")),
        Crumb(text=_("States"), url=reverse("law:states")),
        Crumb(text=shown.name),
    )
    return render(request, "law/state.html", {"page": shown, "view": view, "crumbs": crumbs}, status=view.status)


addresses = [
    path("states/", states, name="states"),
    path("states/<str:state>/", state, name="state"),
]
