"""One fact of the register, which a lawyer of the office confirms or corrects; and all that the office confirmed."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from comity.desk.accounts.access import person, requires
from comity.desk.components.forms import DeskForm
from comity.desk.components.model import Crumb
from comity.desk.law.confirmed import listed, page
from comity.desk.law.parts import tabs
from comity.desk.law.reading import ReadingForm
from comity.desk.matters.citations import page_language, say
from comity.desk.matters.views.common import actor
from comity.desk.office import current_office, register_of_office
from comity.law import Confirmation, Fact, FactId, LawDataError, fact
from comity.law.patch import patch
from comity.node import commands
from comity.node.lawbook import confirmed_by
from comity.node.roles import Action
from comity.procedures import Refusal


class TakeBackForm(DeskForm):
    """Why a confirmation no longer counts."""

    reason = forms.CharField(
        label=gettext_lazy("Why it is taken back"),
        widget=forms.Textarea({"rows": 2}),
        max_length=2000,
        error_messages={"required": gettext_lazy("Say why the confirmation is taken back.")},
    )


def _made() -> tuple[Confirmation, ...]:
    office = current_office()
    with office.store.read() as unit:
        return confirmed_by(office, unit)


def _found(address: str) -> tuple[Fact, Fact]:
    """The fact as this office has it and as all have it; a page (404) where the register has none."""
    try:
        return fact(register_of_office(), address)[0], fact(current_office().register, address)[0]
    except LawDataError as error:
        raise Http404(_("The register holds no such fact.")) from error


@require_http_methods(["GET", "HEAD", "POST"])
def one_fact(request: HttpRequest, address: str) -> HttpResponseBase:
    """The fact, and for a lawyer or a head the form in which it is confirmed or corrected."""
    if request.method == "POST":
        return _confirm(request, address)
    return _shown(request, address, None, 200)


@requires(Action.CONFIRM_LAW)
def _confirm(request: HttpRequest, address: str) -> HttpResponse:
    now, shared = _found(address)
    form = _form(request.POST, shared, now)
    if not form.is_valid():
        return _shown(request, address, form, 422)
    result = commands.confirm_fact(current_office(), actor(request), form.reading)
    if isinstance(result, Refusal):
        field = result.field if result.field in form.fields else None
        form.add_error(field, say(result.words, page_language()))
        return _shown(request, address, form, 422)
    messages.success(request, _("Kept and sealed. Answers of this office rest on it from now on; no other office's answer changes."))
    return redirect("law:fact", address=shared.id)


def _form(data: object, shared: Fact, now: Fact) -> ReadingForm:
    return ReadingForm(data, shared, now, page_language(), current_office().today())


def _shown(request: HttpRequest, address: str, form: ReadingForm | None, status: int) -> HttpResponse:
    now, shared = _found(address)
    may = person(request).may(Action.CONFIRM_LAW)
    crumbs = (
        Crumb(text=_("Law"), url=reverse("law:home")),
        Crumb(text=_("Confirmed by this office"), url=reverse("law:confirmations")),
        Crumb(text=_("Fact")),
    )
    context = {
        "page": page(now, shared, _made(), current_office().register, page_language()),
        "form": (form or _form(None, shared, now)) if may else None,
        "crumbs": crumbs,
    }
    return render(request, "law/fact.html", context, status=status)


@require_safe
def confirmations(request: HttpRequest) -> HttpResponse:
    """All that lawyers of this office confirmed, and the patch for the shared register."""
    context = {"made": listed(_made(), current_office().register, page_language()), "law_tabs": tabs("law:confirmations")}
    return render(request, "law/confirmations.html", context)


@require_safe
def download(_request: HttpRequest) -> HttpResponse:
    """The confirmations that count, as a patch in TOML that the keepers of the shared register can apply."""
    office = current_office()
    said = patch(office.register, _made())
    name = f"{office.id}-{office.today().isoformat()}.toml"
    return HttpResponse(
        said, content_type="application/toml; charset=utf-8", headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Action.CONFIRM_LAW)
def take_back(request: HttpRequest, address: str) -> HttpResponse:
    """A page that asks why, and says what follows."""
    mine = next((one for one in listed(_made(), current_office().register, page_language()) if one.fact == address), None)
    if mine is None:
        raise Http404(_("This office has not confirmed this fact."))
    form = TakeBackForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        result = commands.take_back_confirmation(current_office(), actor(request), FactId(address), form.cleaned_data["reason"])
        if not isinstance(result, Refusal):
            messages.success(request, _("Taken back. The register's own fact counts again in this office's answers."))
            return redirect("law:confirmations")
        form.add_error(None, say(result.words, page_language()))
    return render(request, "law/take_back.html", {"one": mine, "form": form}, status=422 if form.errors else 200)


addresses = [
    path("confirmations/", confirmations, name="confirmations"),
    path("confirmations.toml", download, name="confirmations-patch"),
    path("confirmations/take-back/<path:address>/", take_back, name="take-back"),
    path("facts/<path:address>/", one_fact, name="fact"),
]
