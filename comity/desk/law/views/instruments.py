"""The list of instruments, and the page of each."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_safe

from comity.desk.components.model import Crumb
from comity.desk.law.instruments import Asked, listed, page
from comity.desk.law.parts import tabs
from comity.desk.law.question import kind_choices, state_choices
from comity.desk.law.views.day import seen, unknown
from comity.desk.law.words import instrument_url
from comity.identifiers import InstrumentId
from comity.law import Register


class FilterForm(forms.Form):
    """Words of a title, a kind of request, a State. What cannot be understood narrows nothing and says so."""

    q = forms.CharField(label=gettext_lazy("Words of the title"), required=False, max_length=200)
    kind = forms.ChoiceField(label=gettext_lazy("For what"), required=False)
    state = forms.ChoiceField(label=pgettext_lazy("country", "State"), required=False)

    def __init__(self, data: Any, register: Register, language: str) -> None:
        """Bound to the address, with the choices of the register."""
        super().__init__(data)
        everything = ("", _("All"))
        self.fields["kind"].choices = [everything, *kind_choices(register, language)]  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["state"].choices = [everything, *state_choices(register, language)]  # type: ignore[attr-defined]  # a ChoiceField

    def asked(self) -> Asked:
        """What the list is narrowed to; everything where the form is empty or wrong."""
        given = self.cleaned_data if self.is_valid() else {}
        return Asked(words=given.get("q", ""), kind=given.get("kind", ""), state=given.get("state", ""))


@require_safe
def instruments(request: HttpRequest) -> HttpResponse:
    """Every instrument of the register by the house it was made in, narrowed by the address."""
    view = seen(request)
    narrowed = {name: request.GET[name] for name in ("q", "kind", "state") if request.GET.get(name)}
    form = FilterForm(narrowed or None, view.register, view.language)
    groups = listed(view.register, view.on, view.language, form.asked())
    context = {
        "form": form,
        "groups": groups,
        "count": sum(len(group.lines) for group in groups),
        "all": len(view.register.instruments),
        "view": view,
        "law_tabs": tabs("law:instruments"),
    }
    return render(request, "law/instruments.html", context, status=422 if form.errors else view.status)


@require_safe
def instrument(request: HttpRequest, instrument: str) -> HttpResponse:
    """One instrument whole."""
    view = seen(request)
    found = view.register.instruments.get(InstrumentId(instrument))
    if found is None:
        known = {one.title(view.language): instrument_url(one.id) for one in view.register.instruments.values()}
        return unknown(request, instrument, _("The register knows no instrument “%(word)s”.") % {"word": instrument}, known)
    shown = page(view.register, found, view.on, view.language, today=view.today)
    crumbs = (
        Crumb(text=_("Law"), url=reverse("law:home")),
        Crumb(text=_("Instruments"), url=reverse("law:instruments")),
        Crumb(text=capfirst(shown.title)),
    )
    return render(request, "law/instrument.html", {"page": shown, "view": view, "crumbs": crumbs}, status=view.status)


addresses = [
    path("instruments/", instruments, name="instruments"),
    path("instruments/<str:instrument>/", instrument, name="instrument"),
]
