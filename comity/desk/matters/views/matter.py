"""The page of a matter, and what can be looked at from it: proof, events, deadlines, basis, and what our office keeps for itself."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from comity.desk.accounts.access import person, requires
from comity.desk.accounts.models import User
from comity.desk.matters import deadlines as due
from comity.desk.matters import queries
from comity.desk.matters.basis_rows import matter_groups, route_lines
from comity.desk.matters.citations import page_language
from comity.desk.matters.matter_page import cannot_see, matter_page, way_back
from comity.desk.matters.models import MatterRow, PlainMatter
from comity.desk.matters.plain_page import plain_page
from comity.desk.matters.private import AssignForm, NoteForm
from comity.desk.matters.proof_page import erasure_part, event_page, proof_page
from comity.desk.matters.reading import read_matter
from comity.desk.matters.views.common import actor, refusal_words, visible_matter
from comity.desk.office import current_office, register_of_office
from comity.identifiers import MatterId
from comity.law.explain import explain
from comity.node import commands, proofs
from comity.node.office import Office
from comity.node.roles import Action
from comity.procedures import Refusal


@require_safe
@requires(Action.READ_MATTERS)
def page(request: HttpRequest, matter: UUID) -> HttpResponse:
    """The matter: who holds the file, until when, what may be done, the journal; plainly where no view can be made of it."""
    plain = queries.plain_matter(queries.reader(person(request)), str(matter))
    return _plain(request, plain) if plain else _page(request, matter, NoteForm())


def _plain(request: HttpRequest, row: PlainMatter) -> HttpResponse:
    office = current_office()
    report = proofs.verify(office, MatterId(row.matter))
    with office.store.read() as unit:
        shown = plain_page(office, unit, row, report)
    return render(request, "matters/plain.html", {"page": shown, "may_export": person(request).may(Action.EXPORT)})


def _page(request: HttpRequest, matter: UUID, note: NoteForm, status: int = 200) -> HttpResponse:
    office, row, who = current_office(), visible_matter(request, matter), person(request)
    with office.store.read() as unit:
        found = read_matter(office, unit, row)
    report = proofs.verify(office, found.id)
    context = {
        "page": matter_page(found, who, report, office.today()),
        "note_form": note if who.may(Action.KEEP_NOTE) else None,
        "may_export": who.may(Action.EXPORT),
        "private": _sees_private(who),
        **_releases(office, row),
    }
    return render(request, "matters/matter.html", context, status=status)


def _releases(office: Office, row: MatterRow) -> dict[str, str]:
    """The release a matter is judged by, where it rests on the law and this office holds another one; and ours."""
    differs = bool(row.law_kind) and row.law_release != office.register.release
    return {"other_release": row.law_release, "our_release": office.register.release} if differs else {}


def _sees_private(who: User) -> bool:
    """Whether what only our office sees is open to this person."""
    return who.may(Action.KEEP_NOTE) or who.may(Action.READ_ALL_UNITS)


@require_safe
@requires(Action.READ_MATTERS)
def proof(request: HttpRequest, matter: UUID) -> HttpResponse:
    """The check of the journal, step by step."""
    office, row = current_office(), visible_matter(request, matter)
    with office.store.read() as unit:
        found = read_matter(office, unit, row)
    return render(request, "matters/proof.html", {"page": proof_page(found, proofs.verify(office, found.id))})


@require_safe
@requires(Action.READ_MATTERS)
def event(request: HttpRequest, matter: UUID, event: str) -> HttpResponse:
    """One event: what it says, and everything that proves it."""
    office, row = current_office(), visible_matter(request, matter)
    with office.store.read() as unit:
        found = read_matter(office, unit, row)
    shown = event_page(found, event)
    if shown is None:
        raise Http404(gettext("There is no such event in this matter."))
    who = person(request)
    context = {"page": shown, "may_erase": who.may(Action.ERASE)}
    if _sees_private(who) and (part := erasure_part(found, event)):
        context |= {"notes": (), "parts": (part,), "cannot_see": cannot_see(found, page_language())}
    return render(request, "matters/event.html", context)


@require_safe
@requires(Action.READ_MATTERS)
def deadline(request: HttpRequest, matter: UUID, clock: str) -> HttpResponse:
    """How a date was counted."""
    office, row, language = current_office(), visible_matter(request, matter), page_language()
    with office.store.read() as unit:
        read = read_matter(office, unit, row)
    found = [term for term in queries.deadlines(row.matter) if term.clock == clock]
    if not found:
        raise Http404(gettext("There is no such clock in this matter."))
    counted = [due.counting(row, term, office.register, office.today(), language) for term in found]
    return render(request, "matters/deadline.html", {"row": row, "crumbs": tuple(way_back(read, language)), "counted": counted})


@require_safe
@requires(Action.READ_MATTERS)
def basis(request: HttpRequest, matter: UUID) -> HttpResponse:
    """The legal basis, explained sentence by sentence."""
    office, row, language = current_office(), visible_matter(request, matter), page_language()
    with office.store.read() as unit:
        found = read_matter(office, unit, row)
    context = {
        "row": row,
        "crumbs": tuple(way_back(found, language)),
        "groups": matter_groups(found.basis, office.register, language) if found.basis else (),
        "route": route_lines(found.basis, office.register, language) if found.basis else (),
        "sentences": explain(found.basis, register_of_office(), language) if found.basis else (),
        "basis": found.basis,
        **_releases(office, row),
    }
    return render(request, "matters/basis.html", context)


# Only our office


@require_POST
@requires(Action.KEEP_NOTE)
def keep_note(request: HttpRequest, matter: UUID) -> HttpResponseBase:
    """Keeps a note that never leaves the office."""
    row, form = visible_matter(request, matter), NoteForm(request.POST)
    if not form.is_valid():
        return _page(request, matter, form, status=422)
    result = commands.record(
        current_office(), actor(request), MatterId(row.matter), commands.NOTE_KEPT, {"text": form.cleaned_data["text"]}
    )
    _say(request, result, gettext("The note is kept in our office."))
    return redirect("matters:matter", matter)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Action.ASSIGN)
def assign(request: HttpRequest, matter: UUID) -> HttpResponseBase:
    """Gives the matter to a unit, and to a person of it."""
    office, row = current_office(), visible_matter(request, matter)
    form = AssignForm(request.POST) if request.method == "POST" else AssignForm.of(row)
    if form.is_valid():
        result = commands.record(office, actor(request), MatterId(row.matter), commands.ASSIGNED, form.value())
        _say(request, result, gettext("The matter is assigned."))
        return redirect("matters:matter", matter)
    with office.store.read() as unit:
        crumbs = tuple(way_back(read_matter(office, unit, row), page_language()))
    return render(request, "matters/assignment.html", {"row": row, "form": form, "crumbs": crumbs}, status=422 if form.is_bound else 200)


def _say(request: HttpRequest, result: commands.Result, done: str) -> None:
    if isinstance(result, Refusal):
        messages.error(request, refusal_words(current_office(), result).words)
    else:
        messages.success(request, done)
