"""The routes of the API. Each reads or commands exactly as the desk's pages do: same queries, same commands, same refusals."""

from collections.abc import Iterator
from datetime import date
from http import HTTPStatus
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Any

from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, HttpRequest
from django.utils import timezone
from django.utils.translation import get_language
from ninja import File, NinjaAPI, Status, UploadedFile
from ninja.security import HttpBearer
from pydantic import Field

from comity.desk.accounts.limits import closed_until, failed, succeeded
from comity.desk.accounts.models import User
from comity.desk.api import shapes
from comity.desk.api.tokens import issue, user_of
from comity.desk.api.views import draft_out, matter_out, proof_out, refusal_out
from comity.desk.matters import queries
from comity.desk.office import current_office
from comity.errors import ComityError
from comity.exchange import papers_in
from comity.identifiers import MatterId, matter_id
from comity.law import UnknownWordError, resolve, to_json
from comity.node import commands
from comity.node.proofs import export_matter, verify
from comity.node.roles import Action, roles_for
from comity.procedures import Procedure, Refusal, procedures


class Bearer(HttpBearer):
    """`Authorization: Bearer …` as given by POST /session."""

    def authenticate(self, request: HttpRequest, token: str) -> User | None:
        """The account, or None."""
        return user_of(token)


api = NinjaAPI(title="Comity", version="1", urls_namespace="api", auth=Bearer(), docs_url=None)
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
    return api.create_response(request, {"code": code, "words": str(error), "missing": []}, status=status)


def user(request: HttpRequest, action: Action) -> User:
    """The account behind a request, if its roles allow the action."""
    who: User = request.auth  # type: ignore[attr-defined]  # set by ninja
    if not who.may(action):
        roles = ", ".join(roles_for(action))
        raise NotAllowedError("Your role in this office does not include this.", next_step=f"Ask one of: {roles}.")
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


@api.post("/session", auth=None, response={200: shapes.TokenOut, (401, 429): shapes.Problem})
def log_in(request: HttpRequest, given: shapes.LoginIn) -> Any:
    """A token for a name and password."""
    address, now = request.META.get("REMOTE_ADDR", ""), timezone.now()
    if closed_until(given.login, address, at=now):
        return Status(429, {"code": "too-many-failures", "words": "Too many failed logins. Wait a quarter of an hour.", "missing": []})
    who = User.objects.filter(login=given.login.strip().lower(), is_active=True).first()
    if who is None or not who.check_password(given.password):
        failed(given.login, address, at=now)
        return Status(401, {"code": "wrong-login", "words": "Name and password do not fit.", "missing": []})
    succeeded(given.login, address)
    return Status(200, {"token": issue(who), "office": str(current_office().id), "roles": sorted(who.roles)})


@api.get("/office", response=shapes.OfficeOut)
def office_read(request: HttpRequest) -> Any:
    """This office, the law release it judges by, and the offices it knows."""
    office = current_office()
    others = sorted(card.office for card in office.trust.cards() if card.office != office.id)
    name = office.settings.names.en
    return {"office": office.id, "state": office.settings.state, "name": name, "law": office.register.release, "others": others}


@api.get("/law/basis", response={200: dict[str, Any], 422: shapes.Problem})
def law_basis(request: HttpRequest, requesting: str, requested: str, kind: str, on: date, offence_area: str | None = None) -> Any:
    """Which instruments bind two States on a date, with everything that follows: the answer of `comity explain --json`."""
    office = current_office()
    try:
        basis = resolve(office.register, requesting, requested, kind, on, offence_area)
    except UnknownWordError as error:
        return Status(422, {"code": "unknown-word", "words": str(error), "missing": []})
    return Status(200, to_json(basis, office.register, get_language() or "en"))


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
    if given.act in {commands.NOTE_KEPT, commands.ASSIGNED}:
        result = commands.record(office, actor(who), found, given.act, given.content)
    else:
        result = commands.make_move(office, actor(who), found, given.act, given.content, after=given.after)  # type: ignore[arg-type]  # compared only
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
    readable(request, matter)
    return Status(200, draft_out(current_office(), matter, draft))


@api.put("/matters/{matter}/drafts/{draft}", response={201: shapes.DraftOut, **ANSWERS})
def draft_save(request: HttpRequest, matter: str, draft: str, given: shapes.DraftSave) -> Any:
    """Keep a further revision."""
    who, _found = readable(request, matter, Action.DRAFT)
    result = commands.revise_draft(
        current_office(), actor(who), matter, draft, content=given.content, revision=given.revision, offence_area=given.offence_area
    )
    return _drafted(result, matter, draft)


@api.post("/matters/{matter}/drafts/{draft}/submit", response={201: shapes.DraftOut, **ANSWERS})
def draft_submit(request: HttpRequest, matter: str, draft: str) -> Any:
    """Ask for approval; refused with everything that is missing."""
    who, _found = readable(request, matter, Action.DRAFT)
    return _drafted(commands.submit_draft(current_office(), actor(who), matter, draft), matter, draft)


@api.post("/matters/{matter}/drafts/{draft}/return", response={201: shapes.DraftOut, **ANSWERS})
def draft_return(request: HttpRequest, matter: str, draft: str, given: shapes.Reason) -> Any:
    """Send a draft back to its drafter."""
    who, _found = readable(request, matter, Action.APPROVE)
    return _drafted(commands.return_draft(current_office(), actor(who), matter, draft, given.reason), matter, draft)


@api.post("/matters/{matter}/drafts/{draft}/approve", response={201: shapes.ActOut, **ANSWERS})
def draft_approve(request: HttpRequest, matter: str, draft: str) -> Any:
    """Approve and seal what another person drafted; it goes out."""
    who, _found = readable(request, matter)
    return _answer(commands.approve_draft(current_office(), actor(who), matter, draft))


@api.post("/papers", response={201: shapes.PaperOut, **ANSWERS})
def paper_add(request: HttpRequest, title: str, language: str, file: File[UploadedFile]) -> Any:
    """Keep a paper, encrypted; name it in content by what comes back."""
    user(request, Action.DRAFT)
    paper = current_office().files.add(_chunks(file), type=file.content_type or "application/octet-stream", title=title, language=language)
    return Status(201, paper.value())


@api.get("/matters/{matter}/papers/{root}", response={200: None, **ANSWERS})
def paper_read(request: HttpRequest, matter: str, root: str) -> Any:
    """A paper of this matter, decrypted as it is sent."""
    _who, found = readable(request, matter)
    office = current_office()
    with office.store.read() as unit:
        events = [sealed.event for sealed in unit.events(found)]
    paper = next((one for event in events for one in papers_in(event.content) if one.root == root), None)
    if paper is None:
        raise commands.CommandError("There is no such paper in this matter.", where=root)
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


def _chunks(file: UploadedFile) -> Iterator[bytes]:
    return file.chunks(2**20)


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
