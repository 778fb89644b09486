"""A move or note from a matter: one that needs approval becomes a draft, any other is filled in and sent on one page, never in a dialog."""

from dataclasses import replace
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from comity.canonical import Value
from comity.desk.accounts.access import person, requires
from comity.desk.matters import drafting, queries
from comity.desk.matters.answers import papers_in_field
from comity.desk.matters.citations import page_language
from comity.desk.matters.drafting import DraftFile
from comity.desk.matters.filling import Filled, fill
from comity.desk.matters.matter_page import way_back
from comity.desk.matters.moves import may_make, said_before, then_words
from comity.desk.matters.reading import Matter, read_matter
from comity.desk.matters.views.common import actor, refusal_words, visible_matter
from comity.desk.office import current_office
from comity.identifiers import EventId
from comity.node import commands
from comity.node.drafts import Draft
from comity.node.roles import Action as Permission
from comity.procedures import Action, Kind, Refusal, open_moves, open_notes


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.READ_MATTERS)
def page(request: HttpRequest, matter: UUID, name: str, version: int) -> HttpResponseBase:
    """The form of one act; for an act that needs approval, its draft."""
    office, row = current_office(), visible_matter(request, matter)
    with office.store.read() as unit:
        found = read_matter(office, unit, row)
    action = _open_action(found, f"{name}/{version}")
    if action is None or not may_make(person(request), action):
        messages.error(request, gettext("This is not open to you now: the matter has moved on, or your role does not include it."))
        return redirect("matters:matter", matter)
    if action.approval:
        return _draft(request, found, action)
    file = _file(found, action, _kept_papers(request, found, action))
    return _posted(request, found, file) if request.method == "POST" else _form(request, found, file)


def _open_action(matter: Matter, act: str) -> Action | None:
    actions: tuple[Action, ...] = (*open_moves(matter.state, matter.office.id), *open_notes(matter.state, matter.office.id))
    return next((action for action in actions if action.act == act), None)


def _draft(request: HttpRequest, matter: Matter, action: Action) -> HttpResponseBase:
    """Goes on with the open draft of this act, or on POST begins one."""
    asked = queries.DraftFilter(reader=queries.reader(person(request)), matter=matter.id)
    known = next((row for row in queries.drafts(asked) if row.act == action.act), None)
    if known:
        return redirect("matters:draft", known.id)
    if request.method != "POST":
        return render(request, "matters/begin.html", _begin(matter, action))
    draft = commands.draft_in(matter.office, matter.id, action.act, said_before(matter, action))
    if matter.state.procedure:
        draft = replace(draft, content=drafting.prefilled(matter.office, draft, matter.state.procedure, action, matter.basis))
    result = commands.save_draft(matter.office, actor(request), draft)
    if isinstance(result, Refusal):
        messages.error(request, refusal_words(matter.office, result).words)
        return redirect("matters:matter", matter.id)
    return redirect("matters:draft", draft.id)


def _begin(matter: Matter, action: Action) -> dict[str, object]:
    return {
        "row": matter.row,
        "crumbs": tuple(way_back(matter, page_language())),
        "title": gettext(action.label),
        "follows": then_words(matter, action, page_language()),
        "fields": tuple(gettext(field.label) for field in matter.state.procedure.asked(action)) if matter.state.procedure else (),
        "carried": tuple(said_before(matter, action)),
    }


# Acts that one person does alone


def _file(matter: Matter, action: Action, content: dict[str, Value]) -> DraftFile:
    """The act as a form reads it; nothing of it is kept before it is sent."""
    kind = matter.state.procedure
    if kind is None:
        raise Http404
    roles = {role: tuple(map(str, offices)) for role, offices in matter.state.roles.items()}
    draft = Draft(id="", matter=matter.id, procedure=kind.name, version=kind.version, act=action.act, roles=roles, content=content)
    draft = replace(draft, content=drafting.prefilled(matter.office, draft, kind, action, matter.basis))
    return DraftFile(office=matter.office, draft=draft, kind=kind, action=action, basis=matter.basis, opened=True, content=draft.content)


def _posted(request: HttpRequest, matter: Matter, file: DraftFile) -> HttpResponseBase:
    fields = file.kind.asked(file.action)
    filled = fill(request, file.office, fields, _kept_papers(request, matter, file.action), file.reading)
    _keep_papers(request, matter, file, filled.content)
    typed = replace(file, content=filled.content)
    wrong = drafting.problems_of(fields, filled.content, file.language)
    if filled.fault or filled.stays or wrong:
        return _form(request, matter, typed, filled=filled, status=422 if wrong or filled.fault else 200)
    after = request.POST.get("after") or None
    result = commands.make_move(
        file.office, actor(request), matter.id, file.action.act, filled.content, after=EventId(after) if after else None
    )
    if isinstance(result, Refusal):
        return _form(
            request, matter, typed, filled=filled, refusal=result, status=409 if result.ground == commands.Stop.STALE_MATTER else 422
        )
    request.session.pop(_session_key(matter, file.action), None)
    messages.success(request, gettext("%(act)s: sealed and on its way.") % {"act": gettext(file.action.label)})
    return redirect("matters:matter", matter.id)


def _form(
    request: HttpRequest,
    matter: Matter,
    file: DraftFile,
    *,
    filled: Filled | None = None,
    refusal: Refusal | None = None,
    status: int = 200,
) -> HttpResponse:
    fields = file.kind.asked(file.action)
    form = drafting.form(file, fields, checked=filled is not None and not filled.stays, spare=filled.spare if filled else frozenset())
    questions = form.questions(fields)
    context = {
        "row": matter.row,
        "crumbs": tuple(way_back(matter, page_language())),
        "title": gettext(file.action.label),
        "follows": then_words(matter, file.action, page_language()),
        "state": gettext(matter.state.state.label),
        "questions": questions,
        "faults": tuple(drafting.faults(questions)),
        "missing_items": drafting.missing_here(file, file.checklist()) if refusal and refusal.missing else (),
        "upload_fault": filled.fault if filled else "",
        "upload_field": filled.about if filled else "",
        "refusal": refusal_words(matter.office, refusal) if refusal else None,
        "after": _head(matter),
        "draft": None,
    }
    return render(request, "matters/act.html", context, status=status)


def _head(matter: Matter) -> str:
    """Our newest event, or that we had written nothing yet: so what is sent twice is done once."""
    own = [event for event in matter.events.values() if event.header.office == matter.office.id]
    return max(own, key=lambda event: event.header.seq).id if own else commands.NONE_YET


# Papers uploaded on the form of such an act wait in the session until it is sent: a browser cannot be asked to send a file twice.


def _session_key(matter: Matter, action: Action) -> str:
    return f"act:{matter.id}:{action.act}"


def _kept_papers(request: HttpRequest, matter: Matter, action: Action) -> dict[str, Value]:
    return dict(request.session.get(_session_key(matter, action), {}))


def _keep_papers(request: HttpRequest, matter: Matter, file: DraftFile, content: dict[str, Value]) -> None:
    names = [field.name for field in file.kind.asked(file.action) if field.kind is Kind.PAPERS]
    request.session[_session_key(matter, file.action)] = {
        name: [dict(paper) for paper in papers_in_field(content.get(name))] for name in names if content.get(name)
    }
