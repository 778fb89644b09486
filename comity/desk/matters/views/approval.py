"""Four eyes: the drafter submits; another person reads the whole act as a document, and approves and seals it or gives it back."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from comity.desk.accounts.access import person, requires
from comity.desk.matters import drafting
from comity.desk.matters.answers import papers_in_field
from comity.desk.matters.drafting import DraftFile
from comity.desk.matters.matter_page import designations
from comity.desk.matters.models import DraftRow
from comity.desk.matters.shown import Reader
from comity.desk.matters.views.common import actor, of_a_draft, refusal_words, visible_draft
from comity.desk.matters.views.drafts import common, open_file, read_revision
from comity.node import commands
from comity.node.commands import Done, Stop
from comity.node.drafts import Status
from comity.node.roles import Action
from comity.procedures import Refusal


@require_safe
@requires(Action.READ_MATTERS)
@of_a_draft
def page(request: HttpRequest, draft: UUID) -> HttpResponse:
    """The whole act as a document, its checklist and safeguards, and what this person may do with it."""
    return _page(request, visible_draft(request, draft))


def _page(request: HttpRequest, row: DraftRow, *, refusal: Refusal | None = None, reason: str = "", status: int = 200) -> HttpResponse:
    file, who = open_file(row), person(request)
    own = str(who.pk) in file.draft.hands
    fields = file.kind.asked(file.action)
    context = common(request, file, row, "approval") | {
        "sections": tuple((name, reader(file).read(file.kind, file.content, fields)) for name, fields in file.pages()),
        "faults": drafting.problems_of(fields, file.content, file.language),
        "may_draft": who.may(Action.DRAFT) and drafting.editable(file.draft),
        "may_approve": who.may(Action.APPROVE) and file.draft.status is Status.SUBMITTED and not own,
        "own": own and file.draft.status is Status.SUBMITTED,
        "status": file.draft.status.value,
        "hands": tuple(designations(file.draft.hands).values()),
        "refusal": refusal_words(file.office, refusal) if refusal else None,
        "reason_refused": refusal is not None and refusal.field == "reason",
        "reason": reason,
        "revision": file.draft.revision,
    }
    return render(request, "matters/approval.html", context, status=status)


def reader(file: DraftFile) -> Reader:
    """How the content of a draft is put into words."""
    papers = [paper["sha256"] for value in file.content.values() for paper in papers_in_field(value)]
    urls = {sha256: reverse("matters:draft-paper", args=[file.draft.id, sha256]) for sha256 in papers}
    return Reader(office=file.office, language=file.language, paper_urls=urls)


@require_POST
@requires(Action.DRAFT)
@of_a_draft
def submit(request: HttpRequest, draft: UUID) -> HttpResponseBase:
    """Asks for approval; says what is missing where something is."""
    row = visible_draft(request, draft)
    result = commands.submit_draft(open_file(row).office, actor(request), row.matter, row.id)
    if isinstance(result, Refusal):
        return _page(request, row, refusal=result, status=422)
    messages.success(request, gettext("Submitted for approval. Another person reads and seals it."))
    return redirect("matters:draft-approval", draft)


@require_POST
@requires(Action.APPROVE)
@of_a_draft
def give_back(request: HttpRequest, draft: UUID) -> HttpResponseBase:
    """Gives the draft back to those who wrote it, with the reason."""
    row, reason = visible_draft(request, draft), request.POST.get("reason", "")
    result = commands.return_draft(open_file(row).office, actor(request), row.matter, row.id, reason, revision=read_revision(request))
    if isinstance(result, Refusal):
        return _page(request, row, refusal=result, reason=reason, status=_status(result))
    messages.success(request, gettext("Returned. Those who drafted it see your reason."))
    return redirect("matters:draft-approval", draft)


@require_POST
@requires(Action.APPROVE)
@of_a_draft
def approve(request: HttpRequest, draft: UUID) -> HttpResponseBase:
    """Approves, seals and sends."""
    row = visible_draft(request, draft)
    file = open_file(row)
    result = commands.approve_draft(file.office, actor(request), row.matter, row.id, revision=read_revision(request))
    if isinstance(result, Refusal):
        return _page(request, row, refusal=result, status=_status(result))
    messages.success(request, sealed_words(file, result))
    return redirect("matters:matter", result.matter)


def _status(refusal: Refusal) -> int:
    return 409 if refusal.ground == Stop.STALE_DRAFT else 422


def sealed_words(file: DraftFile, done: Done) -> str:
    """“Sealed and sent: Send the request. It waits in the outbox until Russia gives its receipt.”"""
    return gettext("%(act)s: sealed %(hash)s and on its way. The receipt will stand beside it in the journal.") % {
        "act": gettext(file.action.label),
        "hash": f"{done.events[-1].id[:4]}…{done.events[-1].id[-2:]}" if done.events else "",
    }
