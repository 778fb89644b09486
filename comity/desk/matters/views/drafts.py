"""The pages on which a draft is written: its steps, and its letter as it would go out."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from comity.desk.accounts.access import person, requires
from comity.desk.components.model import Crumb
from comity.desk.matters import drafting
from comity.desk.matters.basis_rows import answer_groups, route_lines
from comity.desk.matters.citations import state_of
from comity.desk.matters.drafting import DraftFile, read_draft
from comity.desk.matters.filling import Filled, fill
from comity.desk.matters.matter_page import designations, row_way_back
from comity.desk.matters.models import DraftRow, MatterRow
from comity.desk.matters.views.common import actor, may_discard, of_a_draft, refusal_words, visible_draft
from comity.desk.matters.views.papers import pdf
from comity.desk.office import current_office
from comity.documents import DocumentError
from comity.node import commands, letters
from comity.node.commands import Stop
from comity.node.drafts import Draft
from comity.node.roles import Action
from comity.procedures import Refusal

LANGUAGES = ("en", "ru")


def open_file(row: DraftRow) -> DraftFile:
    """The draft of a row, with what it is judged by."""
    office = current_office()
    with office.store.read() as unit:
        return read_draft(office, unit, row.matter, row.id)


@require_safe
@requires(Action.READ_MATTERS)
@of_a_draft
def draft(request: HttpRequest, draft: UUID) -> HttpResponseBase:
    """Goes on where the draft was left: the step of `field`, else the first with something missing, or approval when nothing is."""
    row = visible_draft(request, draft)
    file = open_file(row)
    missing = file.checklist().missing
    if not drafting.editable(file.draft) or not person(request).may(Action.DRAFT) or not missing:
        return redirect("matters:draft-approval", draft)
    wanted = request.GET.get("field", "")
    number = drafting.step_of(file, wanted or missing[0].field)
    return redirect(reverse("matters:draft-step", args=[draft, number]) + ("?checked=1" if wanted else ""))


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Action.READ_MATTERS)
@of_a_draft
def step(request: HttpRequest, draft: UUID, number: int) -> HttpResponseBase:
    """One step of the form. Everything typed is kept, also what is wrong; what is wrong is said, and links to its field."""
    row = visible_draft(request, draft)
    file = open_file(row)
    if not drafting.editable(file.draft) or not person(request).may(Action.DRAFT):
        return redirect("matters:draft-approval", draft)
    pages = file.pages()
    if not 1 <= number <= len(pages):
        raise Http404(gettext("This draft has no such step."))
    if request.method == "POST":
        return _saved(request, row, file, number)
    return _step_page(request, row, file, number, checked="checked" in request.GET)


def _saved(request: HttpRequest, row: DraftRow, file: DraftFile, number: int) -> HttpResponseBase:
    _name, fields = file.pages()[number - 1]
    filled = fill(request, file.office, fields, file.content, file.reading)
    revision = read_revision(request)
    typed = replace(file, content=filled.content)
    if not filled.fault:
        result = commands.revise_draft(file.office, actor(request), row.matter, row.id, content=filled.content, revision=revision)
        if isinstance(result, Refusal):
            return _not_saved(request, row, typed, number, refusal=result, revision=revision)
        typed = open_file(row)
    return _after(request, row, typed, number, filled)


def _after(request: HttpRequest, row: DraftRow, file: DraftFile, number: int, filled: Filled) -> HttpResponseBase:
    """The same step where a button asked for it or something is wrong, else the next one."""
    number = min(number, len(file.pages()))
    _name, fields = file.pages()[number - 1]
    wrong = drafting.problems_of(fields, file.content, file.language)
    if filled.fault or filled.stays or wrong or filled.asks_more(file):
        status = 422 if wrong or filled.fault else 200
        return _step_page(request, row, file, number, checked=not filled.stays, filled=filled, status=status)
    if number < len(file.pages()):
        return redirect("matters:draft-step", row.id, number + 1)
    return redirect("matters:draft-letter" if letters.has_letter(file.draft) else "matters:draft-approval", row.id)


def _not_saved(request: HttpRequest, row: DraftRow, typed: DraftFile, number: int, *, refusal: Refusal, revision: int) -> HttpResponse:
    """The page with what was typed, and why it was not kept; for a draft that somebody else saved, the way to that one."""
    stale = refusal.ground == Stop.STALE_DRAFT
    return _step_page(
        request,
        row,
        typed,
        number,
        checked=False,
        refusal=refusal,
        revision=revision,
        stale=stale,
        status=409 if stale else 422,
    )


def _step_page(
    request: HttpRequest,
    row: DraftRow,
    file: DraftFile,
    number: int,
    *,
    checked: bool,
    filled: Filled | None = None,
    refusal: Refusal | None = None,
    revision: int | None = None,
    stale: bool = False,
    status: int = 200,
) -> HttpResponse:
    name, fields = file.pages()[number - 1]
    form = drafting.form(file, fields, checked=checked, spare=filled.spare if filled else frozenset())
    questions = form.questions(fields)
    context = common(request, file, row, str(number)) | {
        "name": name,
        "number": number,
        "shown_number": number + (0 if file.opened else 1),
        "questions": questions,
        "faults": tuple(drafting.faults(questions)),
        "upload_fault": filled.fault if filled else "",
        "upload_field": filled.about if filled else "",
        "refusal": refusal_words(file.office, refusal) if refusal else None,
        "stale": stale,
        "revision": file.draft.revision if revision is None else revision,
        "saved_by": designations([row.saved_by]).get(row.saved_by, ""),
    }
    return render(request, "matters/step.html", context, status=status)


def common(request: HttpRequest, file: DraftFile, row: DraftRow, current: str) -> dict[str, Any]:
    """What every page of a draft shows: title, steps, what is missing, what the law answers."""
    asked, office, language = file.checklist(), file.office, file.language
    return {
        "row": row,
        "file": file,
        "draft": file.draft,
        "title": heading(file),
        "about": _about(row),
        "crumbs": tuple(_crumbs(file)),
        "steps": drafting.steps(file, asked, current),
        "asked": asked,
        "missing_items": drafting.missing_items(file, asked),
        "groups": answer_groups(file.basis, office.register, language) if file.basis else (),
        "route": route_lines(file.basis, office.register, language) if file.basis else (),
        "pair": basis_pair(file),
        "kind_title": gettext(file.kind.title),
        "today": office.today(),
        "has_letter": letters.has_letter(file.draft),
        "may_discard": may_discard(person(request), row),
    }


def _about(row: DraftRow) -> str:
    """What the draft is about: the matter it stands in, or what its own content says of the one it will open."""
    matter = MatterRow.objects.filter(pk=row.matter).first()
    return matter.title if matter else row.title if row.subject else ""


def basis_pair(file: DraftFile) -> tuple[str, str] | None:
    """The two States the law was asked about, by name."""
    roles = file.draft.roles
    if not (roles.get("requesting") and roles.get("requested")):
        return None
    return state_of(file.office, roles["requesting"][0], file.language), state_of(file.office, roles["requested"][0], file.language)


def heading(file: DraftFile) -> str:
    """“Request for legal assistance: Kazakhstan” for what opens a matter, else the act itself."""
    others = [name for offices in file.draft.roles.values() for name in offices if name != file.office.id]
    names = ", ".join(dict.fromkeys(state_of(file.office, other, file.language) for other in others))
    label = gettext(file.kind.title) if not file.opened else gettext(file.action.label)
    return gettext("%(act)s: %(who)s") % {"act": label, "who": names}


def _crumbs(file: DraftFile) -> list[Crumb]:
    here = Crumb(text=gettext("draft %(number)d") % {"number": file.draft.revision})
    matter = MatterRow.objects.filter(pk=file.draft.matter).first()
    if matter:
        return [*row_way_back(file.office, matter, file.kind, file.language), here]
    return [Crumb(text=gettext("New request"), url=reverse("matters:new")), here]


def read_revision(request: HttpRequest) -> int:
    """The revision that the person had before their eyes; 0, which none is, where the form does not say."""
    typed = request.POST.get("revision", "")
    return int(typed) if typed.isascii() and typed.isdigit() else 0


# The letter


@require_safe
@requires(Action.READ_MATTERS)
@of_a_draft
def letter(request: HttpRequest, draft: UUID) -> HttpResponse:
    """The letter that goes with the act, in both languages, as the draft stands."""
    row = visible_draft(request, draft)
    file = open_file(row)
    if not letters.has_letter(file.draft):
        raise Http404(gettext("No letter goes with this act."))
    return render(request, "matters/letter.html", common(request, file, row, "letter") | {"languages": LANGUAGES})


@require_safe
@requires(Action.READ_MATTERS)
@of_a_draft
def letter_pdf(request: HttpRequest, draft: UUID, language: str) -> HttpResponseBase:
    """The letter as PDF, marked as a draft on every page."""
    file = open_file(visible_draft(request, draft))
    if language not in LANGUAGES or not letters.has_letter(file.draft):
        raise Http404(gettext("There is no such letter."))
    try:
        return pdf(letters.preview(file.office, valid_draft(file), file.basis, language), f"draft-{language}.pdf")
    except DocumentError as error:
        messages.error(request, gettext("The letter cannot be set yet: %(reason)s") % {"reason": error.what})
        return redirect("matters:draft-letter", draft)


def valid_draft(file: DraftFile) -> Draft:
    """The draft without answers that cannot be read: a letter sets what is right and leaves the rest to be mended."""
    fields = file.kind.asked(file.action)
    wrong = {path.partition(".")[0] for path in drafting.problems_of(fields, file.content, file.language)}
    return replace(file.draft, content={name: value for name, value in file.content.items() if name not in wrong})
