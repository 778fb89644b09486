"""The API gives what the pages give: the same commands, the same refusals, nothing to whom it is not for."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from comity.desk.accounts.models import User
from comity.desk.matters.models import DraftRow
from comity.desk.urls import urlpatterns
from comity.journal import verify_file
from comity.node.office import Office
from comity.node.roles import Role
from comity.simulation import SimulatedFederation
from tests.desk.matters.conftest import ARREST, PASSWORD, RU, TJ, opened

Ask = Callable[..., tuple[int, Any]]


@pytest.fixture
def ask(client: Client, office: Office) -> Ask:
    """One request to the API: `ask(person, method, path, **body)`; status and JSON."""
    tokens: dict[str, str] = {}

    def ask(who: User | None, method: str, path: str, **body: Any) -> tuple[int, Any]:
        headers = {}
        if who is not None:
            if who.login not in tokens:
                tokens[who.login] = ask(None, "POST", "/session", login=who.login, password=PASSWORD)[1]["token"]
            headers["HTTP_AUTHORIZATION"] = f"Bearer {tokens[who.login]}"
        language = body.pop("language", "en")
        data = json.dumps(body) if body else ""
        answer = client.generic(method, f"/api/v1{path}", data, content_type="application/json", HTTP_ACCEPT_LANGUAGE=language, **headers)
        return answer.status_code, answer.json() if answer["content-type"].startswith("application/json") else answer

    return ask


@pytest.fixture
def applied(ask: Ask, officer: User, head: User) -> str:
    """A matter that Dushanbe opened through the API."""
    given = {"procedure": "extradition", "act": "arrest.applied-for/1", "counterparts": {"requested": [RU]}, "content": ARREST}
    status, draft = ask(officer, "POST", "/drafts", **given)
    assert status == 201, draft
    path = f"/matters/{draft['matter']}/drafts/{draft['draft']}"
    assert ask(officer, "POST", f"{path}/submit")[0] == 201
    assert ask(head, "POST", f"{path}/approve", revision=1)[0] == 201
    return draft["matter"]


def test_without_a_token_nothing_is_said(ask: Ask):
    for method, path in (("GET", "/office"), ("GET", "/matters"), ("POST", "/drafts"), ("GET", "/correspondence")):
        assert ask(None, method, path)[0] == 401


def test_a_wrong_password_is_refused_and_too_many_are_stopped(ask: Ask, officer: User):
    statuses = [ask(None, "POST", "/session", login=officer.login, password="no")[0] for _ in range(6)]
    assert statuses == [401] * 5 + [429]
    assert ask(None, "POST", "/session", login=officer.login, password=PASSWORD)[0] == 429


def test_a_token_ends_with_the_password_it_was_given_for(ask: Ask, officer: User):
    assert ask(officer, "GET", "/office")[0] == 200
    officer.set_password("another long word")
    officer.save()
    assert ask(officer, "GET", "/office")[0] == 401


def test_a_forged_token_is_none(client: Client, office: Office):
    answer = client.get("/api/v1/office", HTTP_AUTHORIZATION="Bearer eyJ1c2VyIjoxfQ:1xV2Yu:abc")
    assert answer.status_code == 401


def test_a_draft_becomes_a_sealed_matter_by_two_people(ask: Ask, applied: str, officer: User):
    status, matter = ask(officer, "GET", f"/matters/{applied}")
    assert status == 200
    assert (matter["state"], matter["holder"]) == ("arrest-asked", "ru-gpo")
    assert [event["act"] for event in matter["events"]] == ["matter.opened/1", "arrest.applied-for/1"]
    assert [paper["language"] for paper in matter["events"][1]["content"]["letters"]] == ["en", "ru"]


def test_what_is_missing_is_named_with_its_citation_in_the_language_asked(ask: Ask, officer: User):
    content = {name: value for name, value in ARREST.items() if name != "facts"}
    given = {"procedure": "extradition", "act": "arrest.applied-for/1", "counterparts": {"requested": [RU]}, "content": content}
    _status, draft = ask(officer, "POST", "/drafts", **given)
    path = f"/matters/{draft['matter']}/drafts/{draft['draft']}/submit"
    status, problem = ask(officer, "POST", path, language="ru")
    assert (status, problem["code"]) == (422, "incomplete")
    assert [item["field"] for item in problem["missing"]] == ["facts"]
    assert problem["missing"][0]["label"] != ask(officer, "POST", path)[1]["missing"][0]["label"]


def test_who_drafted_may_not_approve(ask: Ask, make: Callable[..., User]):
    both = make("both", Role.OFFICER, Role.HEAD)
    given = {"procedure": "extradition", "act": "arrest.applied-for/1", "counterparts": {"requested": [RU]}, "content": ARREST}
    _status, draft = ask(both, "POST", "/drafts", **given)
    path = f"/matters/{draft['matter']}/drafts/{draft['draft']}"
    assert ask(both, "POST", f"{path}/submit")[0] == 201
    assert ask(both, "POST", f"{path}/approve", revision=1) == (
        403,
        {
            "code": "four-eyes",
            "words": "You wrote this draft. Another person approves and seals it.",
            "field": None,
            "article": None,
            "missing": [],
        },
    )


def test_a_draft_asked_for_twice_is_drafted_once(ask: Ask, officer: User, office: Office):
    given = {"procedure": "extradition", "act": "arrest.applied-for/1", "counterparts": {"requested": [RU]}, "content": {}}
    ids = {"draft": office.new_id(), "new_matter": office.new_id()}
    assert ask(officer, "POST", "/drafts", **given, **ids)[0] == 201
    status, problem = ask(officer, "POST", "/drafts", **given, **ids)
    assert (status, problem["code"]) == (409, "stale-draft")


def test_a_stale_revision_overwrites_nothing(ask: Ask, officer: User, make: Callable[..., User]):
    other = make("other", Role.OFFICER)
    given = {"procedure": "extradition", "act": "arrest.applied-for/1", "counterparts": {"requested": [RU]}, "content": {}}
    _status, draft = ask(officer, "POST", "/drafts", **given)
    path = f"/matters/{draft['matter']}/drafts/{draft['draft']}"
    assert ask(officer, "PUT", path, content={"facts": "first"}, revision=1)[0] == 201
    assert ask(other, "PUT", path, content={"facts": "second"}, revision=1)[1]["code"] == "stale-draft"
    assert ask(officer, "GET", path)[1]["content"] == {"facts": "first"}


def test_what_is_sent_twice_is_done_once(ask: Ask, applied: str, officer: User):
    head = ask(officer, "GET", f"/matters/{applied}")[1]["heads"][TJ]
    note = {"act": "message.written/1", "content": {"text": "once"}, "after": head}
    assert ask(officer, "POST", f"/matters/{applied}/acts", **note)[0] == 201
    assert ask(officer, "POST", f"/matters/{applied}/acts", **note)[1]["code"] == "stale-matter"
    assert len(ask(officer, "GET", f"/matters/{applied}")[1]["events"]) == 3


def test_only_the_holder_moves(ask: Ask, applied: str, officer: User):
    status, problem = ask(officer, "POST", f"/matters/{applied}/acts", act="request.registered/1", content={"number": "1"})
    assert status == 422
    assert problem["code"] == "not-yours"


def test_the_administrator_and_another_unit_see_no_matter(ask: Ask, applied: str, make: Callable[..., User]):
    administrator, stranger = make("admin", Role.ADMINISTRATOR), make("stranger", Role.OFFICER, unit="statistics")
    assert ask(administrator, "GET", "/matters")[0] == 403
    assert ask(administrator, "GET", f"/matters/{applied}")[0] == 403
    assert ask(stranger, "GET", f"/matters/{applied}")[0] == 404
    assert ask(stranger, "GET", "/matters")[1] == []
    assert ask(stranger, "GET", f"/matters/{applied}/export")[0] == 404


def test_an_exported_matter_verifies(ask: Ask, applied: str, head: User, tmp_path):
    status, answer = ask(head, "GET", f"/matters/{applied}/export")
    assert status == 200
    path = tmp_path / "matter.comity"
    path.write_bytes(b"".join(answer.streaming_content))
    assert verify_file(path).ok


def test_a_paper_comes_back_as_it_was_given(ask: Ask, client: Client, applied: str, officer: User):
    token = ask(None, "POST", "/session", login=officer.login, password=PASSWORD)[1]["token"]
    bearer = {"HTTP_AUTHORIZATION": f"Bearer {token}"}
    file = SimpleUploadedFile("order.pdf", b"%PDF-1.7 an order", content_type="application/pdf")
    paper = client.post("/api/v1/papers?title=Order&language=ru", {"file": file}, **bearer).json()
    note = {"act": "paper.added/1", "content": {"papers": [paper]}}
    assert ask(officer, "POST", f"/matters/{applied}/acts", **note)[0] == 201
    answer = client.get(f"/api/v1/matters/{applied}/papers/{paper['root']}", **bearer)
    assert b"".join(answer.streaming_content) == b"%PDF-1.7 an order"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert client.get(f"/api/v1/matters/{applied}/papers/{'0' * 64}", **bearer).status_code == 404


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("POST", "/drafts", {"act": "x/1", "procedure": "divorce"}, 404),
        ("POST", "/drafts", {"act": "arrest.applied-for/1", "procedure": "extradition", "counterparts": {"requested": []}}, 422),
        ("POST", "/drafts", {"act": "arrest.applied-for/1", "procedure": "extradition", "counterparts": {"requested": ["fr-moj"]}}, 422),
        ("POST", "/drafts", {"act": "request.closed/1", "procedure": "extradition", "counterparts": {"requested": ["ru-gpo"]}}, 422),
        ("POST", "/drafts", {"act": 5}, 422),
        ("POST", "/drafts", {"act": "request.sent/1", "colour": "blue"}, 422),
        ("GET", "/matters/not-a-matter", {}, 400),
        ("GET", "/law/basis?requesting=KZ&requested=XX&kind=mla&on=2026-11-22", {}, 422),
        ("GET", "/law/basis?requesting=KZ&requested=TJ&kind=mla&on=yesterday", {}, 422),
    ],
)
def test_bad_input_says_what_is_wrong_and_changes_nothing(ask: Ask, officer: User, method: str, path: str, body: dict, status: int):
    answer = ask(officer, method, path, **body)
    assert answer[0] == status
    assert set(answer[1]) >= {"code", "words"}
    assert ask(officer, "GET", "/matters")[1] == []


def test_the_proof_is_the_numbered_check(ask: Ask, applied: str, officer: User, federation: SimulatedFederation):
    federation.rest()
    status, proof = ask(officer, "GET", f"/matters/{applied}/proof")
    assert (status, proof["ok"]) == (200, True)
    matter = ask(officer, "GET", f"/matters/{applied}")[1]
    assert [event["receipts"] for event in matter["events"]] == [["ru-gpo"], ["ru-gpo"]]


def test_every_route_of_the_api_stands_in_its_description(client: Client, officer: User, office: Office):
    description = client.get("/api/v1/openapi.json").json()
    described = {path.replace("{", "<").replace("}", ">") for path in description["paths"]}
    prefix = next(pattern for pattern in urlpatterns if str(pattern.pattern) == "api/v1/")
    routes = {f"/api/v1/{one.pattern}" for one in prefix.url_patterns if one.name not in {"openapi-json", "api-root"}}
    assert {route for route in routes if route.removeprefix("/api/v1/")} <= described


def test_another_unit_neither_reads_nor_overwrites_nor_joins_a_draft(ask: Ask, officer: User, make: Callable[..., User], office: Office):
    stranger = make("stranger", Role.OFFICER, unit="statistics")
    given = {"procedure": "extradition", "act": "arrest.applied-for/1", "counterparts": {"requested": [RU]}, "content": ARREST}
    _status, draft = ask(officer, "POST", "/drafts", **given)
    path = f"/matters/{draft['matter']}/drafts/{draft['draft']}"
    assert ask(stranger, "POST", "/drafts", **{**given, "new_matter": draft["matter"], "content": {}})[1]["code"] == "bad-draft"
    assert ask(stranger, "GET", path)[0] == 404
    assert ask(stranger, "PUT", path, content={}, revision=1)[0] == 404
    assert ask(stranger, "POST", f"{path}/submit")[0] == 404
    assert ask(officer, "GET", path)[1]["content"]["facts"] == ARREST["facts"]


def test_a_matter_that_moved_to_another_unit_takes_its_drafts_along(ask: Ask, applied: str, officer: User, make: Callable[..., User]):
    registrar, receiver = make("registrar", Role.REGISTRAR), make("receiver", Role.OFFICER, unit="statistics")
    note = {"matter": applied, "act": "withdrawal.asked/1", "content": {"reasons": "The person gave himself up."}}
    _status, draft = ask(officer, "POST", "/drafts", **note)
    path = f"/matters/{applied}/drafts/{draft['draft']}"
    assert ask(registrar, "POST", f"/matters/{applied}/acts", act="matter.assigned/1", content={"unit": "statistics", "to": ""})[0] == 201
    assert ask(officer, "GET", path)[0] == 404
    assert ask(receiver, "GET", path)[0] == 200


@pytest.mark.parametrize("content", [{"unit": "nowhere", "to": ""}, {"unit": "", "to": "nobody"}, {"unit": None}, {"unit": 5, "to": []}])
def test_a_matter_is_assigned_to_nobody_who_is_not_there(ask: Ask, applied: str, head: User, content: dict):
    assert ask(head, "POST", f"/matters/{applied}/acts", act="matter.assigned/1", content=content)[0] in {400, 422}
    assert ask(head, "GET", f"/matters/{applied}")[0] == 200


def test_a_draft_of_a_stranger_does_not_take_an_arrived_matter_away(federation, ask: Ask, officer: User, make: Callable[..., User]):
    matter = opened(federation.offices[RU], TJ)
    federation.rest()
    other = make("other", Role.OFFICER, unit="statistics")
    assert ask(other, "POST", "/drafts", matter=matter, act="arrest.not-made/1", content={})[0] == 201
    assert ask(officer, "GET", f"/matters/{matter}")[0] == 200


def test_a_draft_id_in_use_elsewhere_is_refused(ask: Ask, officer: User):
    given = {"procedure": "extradition", "act": "arrest.applied-for/1", "counterparts": {"requested": [RU]}, "content": {}}
    _status, draft = ask(officer, "POST", "/drafts", **given)
    status, problem = ask(officer, "POST", "/drafts", **given, draft=draft["draft"])
    assert (status, problem["code"]) == (409, "taken")


def test_a_head_erases_and_nothing_of_it_is_left(ask: Ask, applied: str, officer: User, head: User):
    matter = ask(head, "GET", f"/matters/{applied}")[1]
    event = matter["events"][1]["id"]
    assert ask(officer, "POST", f"/matters/{applied}/events/{event}/erase", reason="court order")[0] == 403
    assert ask(head, "POST", f"/matters/{applied}/events/{event}/erase", reason=" ")[1]["code"] == "reason-missing"
    assert ask(head, "POST", f"/matters/{applied}/events/{event}/erase", reason="court order")[0] == 201
    assert ask(head, "GET", f"/matters/{applied}")[1]["events"][1]["content"] is None
    assert not DraftRow.objects.filter(matter=applied).exists()
    assert ask(head, "GET", f"/matters/{applied}/proof")[1]["ok"] is True


@pytest.mark.parametrize(
    ("name", "data", "title", "language"),
    [
        ("run.exe", b"MZ\x90\x00", "Order", "ru"),
        ("empty.pdf", b"", "Order", "ru"),
        ("a.pdf", b"%PDF-1.7", " ", "ru"),
        ("a.pdf", b"%PDF-1.7", "A", "zzzz"),
    ],
)
def test_an_upload_that_is_no_paper_is_refused(ask: Ask, client: Client, officer: User, name: str, data: bytes, title: str, language: str):
    token = ask(None, "POST", "/session", login=officer.login, password=PASSWORD)[1]["token"]
    file = SimpleUploadedFile(name, data)
    answer = client.post(f"/api/v1/papers?title={title}&language={language}", {"file": file}, HTTP_AUTHORIZATION=f"Bearer {token}")
    assert answer.status_code == 422
    assert answer.json()["words"]


def test_refusals_speak_russian_when_asked(ask: Ask, applied: str, make: Callable[..., User]):
    administrator = make("admin", Role.ADMINISTRATOR)
    assert "роль" in ask(administrator, "GET", "/matters", language="ru")[1]["words"]
    assert ask(None, "POST", "/session", login="x", password="y", language="ru")[1]["words"] == "Имя и пароль не подходят."
