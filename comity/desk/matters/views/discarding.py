"""Giving up a draft, on a page of its own: what is lost and what stays. It works for a draft that no other page can make sense of."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods

from comity.desk.accounts.access import person, requires
from comity.desk.components.model import Crumb
from comity.desk.matters.answers import papers_in_field
from comity.desk.matters.citations import page_language
from comity.desk.matters.matter_page import designations, draft_title, row_way_back
from comity.desk.matters.models import DraftRow, MatterRow
from comity.desk.matters.views.common import actor, may_discard, refusal_words, visible_draft
from comity.desk.office import current_office
from comity.node import commands
from comity.node.drafts import Draft
from comity.node.roles import Action
from comity.procedures import Refusal, procedure


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Action.DRAFT)
def page(request: HttpRequest, draft: UUID) -> HttpResponseBase:
    """Says what discarding does; on POST discards. Only who wrote the draft is offered it."""
    row = visible_draft(request, draft)
    if not row.open:
        return redirect("matters:draft-approval", draft)
    return _discarded(request, row) if request.method == "POST" else _page(request, row)


def _discarded(request: HttpRequest, row: DraftRow) -> HttpResponseBase:
    result = commands.discard_draft(current_office(), actor(request), row.matter, row.id)
    if isinstance(result, Refusal):
        return _page(request, row, result)
    messages.success(request, gettext("The draft was discarded. Nothing was sent."))
    return redirect("today") if row.opens else redirect("matters:matter", row.matter)


def _page(request: HttpRequest, row: DraftRow, refusal: Refusal | None = None) -> HttpResponse:
    office = current_office()
    with office.store.read() as unit:
        found = commands.find_draft(unit, row.matter, row.id)
    context: dict[str, Any] = {
        "row": row,
        "title": draft_title(row),
        "about": _about(row),
        "crumbs": (*_way(row), Crumb(text=draft_title(row), url=reverse("matters:draft", args=[row.id])), Crumb(text=gettext("Discard"))),
        "goes": tuple(_goes(found)),
        "stays": _stays(row),
        "mine": may_discard(person(request), row),
        "hands": ", ".join(designations(row.hands).values()),
        "refusal": refusal_words(office, refusal) if refusal else None,
    }
    return render(request, "matters/discard.html", context, status=422 if refusal else 200)


def _way(row: DraftRow) -> tuple[Crumb, ...]:
    matter = MatterRow.objects.filter(pk=row.matter).first()
    if matter is None:
        return ()
    return tuple(row_way_back(current_office(), matter, procedure(matter.procedure, matter.version), page_language()))


def _about(row: DraftRow) -> str:
    matter = MatterRow.objects.filter(pk=row.matter).first()
    return matter.title if matter else row.title


def _goes(draft: Draft) -> list[str]:
    papers = {paper["sha256"] for value in draft.content.values() for paper in papers_in_field(value)}
    counted = (
        (draft.revision, ngettext("%(count)d saved revision", "%(count)d saved revisions", draft.revision)),
        (len(draft.content), ngettext("answers to %(count)d field", "answers to %(count)d fields", len(draft.content))),
        (len(papers), ngettext("%(count)d paper added to it", "%(count)d papers added to it", len(papers))),
    )
    return [words % {"count": count} for count, words in counted if count]


def _stays(row: DraftRow) -> tuple[str, ...]:
    matter = gettext("No matter was opened by it.") if row.opens else gettext("The matter itself, and everything already sealed in it.")
    kept = gettext("Our internal journal keeps who wrote and discarded it, and when; no page of the desk shows its text again.")
    return gettext("Nothing of it was sent."), matter, kept
