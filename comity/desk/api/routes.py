"""The routes of the API. Each reads or commands exactly as the desk's pages do: same queries, same commands, same refusals."""

from collections.abc import Mapping
from http import HTTPStatus
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError as DjangoValidationError
from django.db import IntegrityError
from django.http import FileResponse, HttpRequest
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext as _
from ninja import File, NinjaAPI, Status, UploadedFile
from ninja.errors import ValidationError
from ninja.security import HttpBearer
from pydantic import Field

from comity.desk.accounts.limits import closed_until, failed, succeeded
from comity.desk.accounts.models import Unit, User
from comity.desk.accounts.people import PeopleError
from comity.desk.api import law, shapes
from comity.desk.api.tokens import issue, user_of
from comity.desk.api.views import draft_out, matter_out, proof_out, refusal_out
from comity.desk.matters import queries
from comity.desk.matters.uploads import keep, upload_fault
from comity.desk.office import current_office
from comity.errors import ComityError
from comity.exchange import papers_in
from comity.identifiers import MatterId, event_id, matter_id
from comity.node import commands
from comity.node.proofs import export_matter, verify
from comity.node.roles import ROLE_NAMES, Action, roles_for
from comity.procedures import Procedure, Refusal, procedures


class Bearer(HttpBearer):
    """`Authorization: Bearer …` as given by POST /session."""

    def authenticate(self, request: HttpRequest, token: str) -> User | None:
        """The account, or None."""
        return user_of(token)


api = NinjaAPI(title="Comity", version="1", urls_namespace="api", auth=Bearer(), docs_url=None)
api.add_router("/law", law.router)
ANSWERS: dict[Any, Any] = {
    (
        HTTPStatus.FORBIDDEN,
        HTTPStatus.NOT_FOUND,
        HTTPStatus.CONFLICT,
        HTTPStatus.UNPROCESSABLE_ENTITY,
        HTTPStatus.BAD_REQUEST,
    ): shapes.Problem
}


class NotAllowedError(ComityError):
    """The account's roles do not include this."""


@api.exception_handler(ComityError)
def refuse(request: HttpRequest, error: ComityError) -> Any:
    """Every error of ours is a problem with its words; what is not there is 404."""
    status = {commands.CommandError: 404, NotAllowedError: 403}.get(type(error), 400)
    code = type(error).__name__.removesuffix("Error").lower()
    return _problem(request, status, code, " ".join(filter(None, (gettext(error.what), error.next_step))))


@api.exception_handler(law.LawQuestionError)
def not_understood(request: HttpRequest, error: law.LawQuestionError) -> Any:
    """A question about the law that is not understood: which part of it, and what is known instead."""
    return api.create_response(request, law.problem(error), status=error.status)


@api.exception_handler(ValidationError)
def not_its_shape(request: HttpRequest, error: ValidationError) -> Any:
    """What was sent has not the shape that the description says: where, and what is wrong."""
    faults = "; ".join(f"{'.'.join(str(part) for part in one['loc'])}: {one['msg']}" for one in error.errors)
    return _problem(request, 422, "not-its-shape", _("This request is not of its shape: %(faults)s.") % {"faults": faults})


@api.exception_handler(IntegrityError)
def taken(request: HttpRequest, error: IntegrityError) -> Any:
    """An id of the client's choosing that is in use elsewhere. The store kept nothing of it."""
    return _problem(request, 409, "taken", _("This id is in use already."))


def _problem(request: HttpRequest, status: int, code: str, words: str) -> Any:
    return api.create_response(request, {"code": code, "words": words, "missing": []}, status=status)


def user(request: HttpRequest, action: Action) -> User:
    """The account behind a request, if its roles allow the action."""
    who: User = request.auth  # type: ignore[attr-defined]  # set by ninja
    if not who.may(action):
        roles = ", ".join(gettext(ROLE_NAMES[role]) for role in roles_for(action))
        raise NotAllowedError(commands.NOT_YOUR_ROLE, next_step=_("Ask one of: %(roles)s.") % {"roles": roles})
    return who


def actor(who: User) -> commands.Actor:
    """An account as the commands know it."""
    return commands.Actor(user=str(who.pk), roles=who.roles, unit=who.unit_id)


def readable(request: HttpRequest, matter: str, action: Action = Action.READ_MATTERS) -> tuple[User, MatterId]:
    """The account and the matter, if it may see it; otherwise as if it were not there."""
    who, found = user(request, action), matter_id(matter)
    if not queries.may_read(queries.reader(who), found):
        raise commands.CommandError("We hold no such matter.", where=matter)
    return who, found


def draft_seen(request: HttpRequest, matter: str, draft: str, action: Action) -> User:
    """The account, if it may see this draft of this matter; otherwise as if there were none."""
    who = user(request, action)
    row = queries.draft(queries.DraftFilter(reader=queries.reader(who), matter=matter_id(matter)), draft)
    if row is None:
        raise commands.CommandError("There is no such draft.", where=draft)
    return who


@api.post("/session", auth=None, response={200: shapes.TokenOut, (401, 429): shapes.Problem})
def log_in(request: HttpRequest, given: shapes.LoginIn) -> Any:
    """A token for a name and password."""
    address, now = request.META.get("REMOTE_ADDR", ""), timezone.now()
    if closed_until(given.login, address, at=now):
        return Status(429, {"code": "too-many-failures", "words": _("Too many failed logins. Wait a quarter of an hour."), "missing": []})
    who = User.objects.filter(login=given.login.strip().lower(), is_active=True).first()
    if who is None or not who.check_password(given.password):
        failed(given.login, address, at=now)
        return Status(401, {"code": "wrong-login", "words": _("Name and password do not fit."), "missing": []})
    succeeded(given.login, address)
    return Status(200, {"token": issue(who), "office": str(current_office().id), "roles": sorted(who.roles)})


@api.get("/office", response=shapes.OfficeOut)
def office_read(request: HttpRequest) -> Any:
    """This office, the law release it judges by, and the offices it knows."""
    office = current_office()
    others = sorted(card.office for card in office.trust.cards() if card.office != office.id)
    name = office.settings.names.en
    return {"office": office.id, "state": office.settings.state, "name": name, "law": office.register.release, "others": others}


@api.get("/matters", response=list[shapes.MatterLine])
def matter_list(request: HttpRequest, *, on_our_desk: bool | None = None, limit: Annotated[int, Field(ge=1, le=1000)] = 100) -> Any:
    """Matters this account may see, newest change first."""
    asked = queries.MatterFilter(reader=queries.reader(user(request, Action.READ_MATTERS)), desk=on_our_desk)
    rows = queries.matters(asked)[:limit]
    return [
        {
            "matter": str(row.matter),
            "procedure": row.procedure,
            "title": row.subject,
            "state": row.state,
            "holder": row.holder or None,
            "on_our_desk": row.on_our_desk,
        }
        for row in rows
    ]


@api.get("/matters/{matter}", response={200: shapes.MatterOut, **ANSWERS})
def matter_read(request: HttpRequest, matter: str) -> Any:
    """A matter whole: state, holder, journal, next moves, clocks, heads of both strands."""
    _who, found = readable(request, matter)
    return Status(200, matter_out(current_office(), found))


@api.get("/matters/{matter}/proof", response={200: shapes.ProofOut, **ANSWERS})
def matter_proof(request: HttpRequest, matter: str) -> Any:
    """A check of the matter as this office holds it, step by step, against the cards it trusts."""
    _who, found = readable(request, matter)
    return Status(200, proof_out(verify(current_office(), found)))


@api.post("/matters/{matter}/acts", response={201: shapes.ActOut, **ANSWERS})
def act_make(request: HttpRequest, matter: str, given: shapes.ActIn) -> Any:
    """Make a move or a note that needs no approval, or write on the internal strand."""
    who, found = readable(request, matter)
    office = current_office()
    if given.act == commands.ASSIGNED:
        _check_assignment(given.content)
    if given.act in {commands.NOTE_KEPT, commands.ASSIGNED}:
        result = commands.record(office, actor(who), found, given.act, given.content)
    else:
        result = commands.make_move(office, actor(who), found, given.act, given.content, after=given.after)
    return _answer(result)


@api.get("/matters/{matter}/export", response={200: None, **ANSWERS})
def matter_export(request: HttpRequest, matter: str) -> Any:
    """The matter as one `.comity` file."""
    _who, found = readable(request, matter, Action.EXPORT)
    folder = TemporaryDirectory()
    path = Path(folder.name) / f"{found}.comity"
    export_matter(current_office(), found, path)
    answer = FileResponse(path.open("rb"), as_attachment=True, filename=path.name, content_type="application/vnd.comity")
    folder.cleanup()
    return answer


@api.post("/drafts", response={201: shapes.DraftOut, **ANSWERS})
def draft_make(request: HttpRequest, given: shapes.DraftIn) -> Any:
    """Begin a draft: of a new matter, or of a further act in one."""
    who, office = user(request, Action.DRAFT), current_office()
    if given.matter is not None:
        draft = commands.draft_in(office, readable(request, given.matter)[1], given.act, given.content, draft=given.draft)
    else:
        kind = _newest(given.procedure or "")
        draft = commands.new_draft(
            office,
            procedure_name=kind.name,
            version=kind.version,
            act=given.act,
            draft=given.draft,
            matter=given.new_matter,
            counterparts=given.counterparts,
            own_role=given.own_role,
            content=given.content,
            offence_area=given.offence_area,
        )
    result = commands.save_draft(office, actor(who), draft)
    return _drafted(result, draft.matter, draft.id)


@api.get("/matters/{matter}/drafts/{draft}", response={200: shapes.DraftOut, **ANSWERS})
def draft_read(request: HttpRequest, matter: str, draft: str) -> Any:
    """A draft with what is still missing."""
    draft_seen(request, matter, draft, Action.READ_MATTERS)
    return Status(200, draft_out(current_office(), matter, draft))


@api.put("/matters/{matter}/drafts/{draft}", response={201: shapes.DraftOut, **ANSWERS})
def draft_save(request: HttpRequest, matter: str, draft: str, given: shapes.DraftSave) -> Any:
    """Keep a further revision."""
    who = draft_seen(request, matter, draft, Action.DRAFT)
    result = commands.revise_draft(
        current_office(), actor(who), matter, draft, content=given.content, revision=given.revision, offence_area=given.offence_area
    )
    return _drafted(result, matter, draft)


@api.post("/matters/{matter}/drafts/{draft}/submit", response={201: shapes.DraftOut, **ANSWERS})
def draft_submit(request: HttpRequest, matter: str, draft: str) -> Any:
    """Ask for approval; refused with everything that is missing."""
    who = draft_seen(request, matter, draft, Action.DRAFT)
    return _drafted(commands.submit_draft(current_office(), actor(who), matter, draft), matter, draft)


@api.post("/matters/{matter}/drafts/{draft}/return", response={201: shapes.DraftOut, **ANSWERS})
def draft_return(request: HttpRequest, matter: str, draft: str, given: shapes.ReturnIn) -> Any:
    """Send a draft back to its drafter."""
    who = draft_seen(request, matter, draft, Action.APPROVE)
    result = commands.return_draft(current_office(), actor(who), matter, draft, given.reason, revision=given.revision)
    return _drafted(result, matter, draft)


@api.post("/matters/{matter}/drafts/{draft}/approve", response={201: shapes.ActOut, **ANSWERS})
def draft_approve(request: HttpRequest, matter: str, draft: str, given: shapes.ApproveIn) -> Any:
    """Approve and seal, in the revision that was read, what another person drafted; it goes out."""
    who = draft_seen(request, matter, draft, Action.READ_MATTERS)
    return _answer(commands.approve_draft(current_office(), actor(who), matter, draft, revision=given.revision))


@api.post("/matters/{matter}/events/{event}/erase", response={201: shapes.ActOut, **ANSWERS})
def event_erase(request: HttpRequest, matter: str, event: str, given: shapes.Reason) -> Any:
    """Erase the content of an event here, for a reason that is kept; the skeleton still verifies."""
    who, found = readable(request, matter, Action.ERASE)
    return _answer(commands.erase(current_office(), actor(who), found, event_id(event), given.reason))


@api.post("/papers", response={201: shapes.PaperOut, **ANSWERS})
def paper_add(request: HttpRequest, title: str, language: shapes.Language, file: File[UploadedFile | None] = None) -> Any:
    """Keep a paper of at most 200 MB, encrypted; name it in content by what comes back."""
    user(request, Action.ADD_TRANSLATION)
    fault = upload_fault(request, file, title)
    if fault or file is None:
        return Status(422, {"code": "paper", "words": fault, "field": "file", "missing": []})
    return Status(201, keep(current_office(), file, title=title, language=language).value())


@api.get("/matters/{matter}/papers/{root}", response={200: None, **ANSWERS})
def paper_read(request: HttpRequest, matter: str, root: str) -> Any:
    """A paper of this matter, decrypted as it is sent."""
    _who, found = readable(request, matter)
    office = current_office()
    with office.store.read() as unit:
        events = [sealed.event for sealed in unit.events(found)]
    paper = next((one for event in events for one in papers_in(event.content) if one.root == root), None)
    if paper is None or not office.files.has(paper.root):
        raise commands.CommandError(_("There is no such paper in this matter, or it has not arrived yet."), where=root)
    return FileResponse(
        office.files.open(paper), as_attachment=True, filename=f"{paper.sha256[:16]}", content_type="application/octet-stream"
    )


@api.get("/correspondence", response=list[shapes.QueueOut])
def correspondence(request: HttpRequest) -> Any:
    """What waits for each office, and since when it has not answered."""
    user(request, Action.READ_CORRESPONDENCE)
    with current_office().store.read() as unit:
        routes = unit.routes()
    return [
        {
            "office": route.recipient,
            "waiting": route.waiting,
            "failures": route.failures,
            "failing_since": route.failing_since and route.failing_since.isoformat(),
            "code": route.code,
        }
        for route in routes
    ]


def _newest(name: str) -> Procedure:
    found = next((kind for kind in procedures() if kind.name == name), None)
    if found is None:
        raise commands.CommandError(f"There is no kind of matter “{name}”; known are {', '.join(kind.name for kind in procedures())}.")
    return found


def _check_assignment(content: Mapping[str, Any]) -> None:
    unit, to = content.get("unit", ""), content.get("to", "")
    if not isinstance(unit, str) or (unit and not Unit.objects.filter(code=unit).exists()):
        raise PeopleError(_("There is no such unit."), where="unit")
    if to and not _account(to):
        raise PeopleError(_("There is no such person."), where="to")


def _account(to: object) -> bool:
    try:
        return User.objects.filter(is_active=True, pk=str(to)).exists()
    except DjangoValidationError:
        return False


def _answer(result: commands.Result) -> Any:
    if isinstance(result, Refusal):
        return Status(*refusal_out(result, get_language() or "en"))
    return Status(201, {"matter": result.matter, "events": [event.id for event in result.events]})


def _drafted(result: commands.Result, matter: str, draft: str) -> Any:
    if isinstance(result, Refusal):
        return Status(*refusal_out(result, get_language() or "en"))
    return Status(201, draft_out(current_office(), matter, draft))


def addresses() -> tuple[Any, ...]:
    """The addresses of the API for `include`. Each route asks for its own token, so none is sent to the page where people log in."""
    patterns, *rest = api.urls
    for pattern in patterns:
        if pattern.callback is not None:
            pattern.callback = login_not_required(pattern.callback)
    return patterns, *rest
