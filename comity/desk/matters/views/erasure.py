"""Erasing what an event says, on a page of its own: what goes and what stays stand beside the question by which rule."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from comity.desk.accounts.access import requires
from comity.desk.matters.erasure import ErasurePage, erasure_page
from comity.desk.matters.reading import read_matter
from comity.desk.matters.views.common import actor, refusal_words, visible_matter
from comity.desk.office import current_office
from comity.identifiers import MatterId
from comity.node import commands
from comity.node.commands import Stop
from comity.node.roles import Action
from comity.procedures import Refusal


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Action.ERASE)
def page(request: HttpRequest, matter: UUID, event: str) -> HttpResponseBase:
    """Says what erasing does and asks for the rule; on POST erases."""
    office, row = current_office(), visible_matter(request, matter)
    with office.store.read() as unit:
        shown = erasure_page(read_matter(office, unit, row), event)
    if shown is None:
        raise Http404(gettext("There is no such event in this matter."))
    if shown.erased:
        messages.info(request, gettext("Nothing is left to erase here."))
        return redirect("matters:matter-event", matter, event)
    return _erased(request, shown) if request.method == "POST" else render(request, "matters/erasure.html", {"page": shown})


def _erased(request: HttpRequest, shown: ErasurePage) -> HttpResponseBase:
    office, reason = current_office(), request.POST.get("reason", "")
    result = commands.erase(office, actor(request), MatterId(shown.matter), shown.event, reason)
    if isinstance(result, Refusal):
        refused = {
            "page": shown,
            "refusal": refusal_words(office, result),
            "reason": reason,
            "reason_refused": result.ground == Stop.REASON_MISSING,
        }
        return render(request, "matters/erasure.html", refused, status=422)
    messages.success(request, gettext("Erased here. Who did what, and when, still stands and verifies."))
    return redirect("matters:matter-event", shown.matter, shown.event)
