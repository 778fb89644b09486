"""The API says of the law what its pages say, and refuses what it does not understand in the caller's language, with what is known."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import translation
from pypdf import PdfReader

from comity.desk.accounts.models import User
from comity.desk.api.tokens import issue
from comity.law import default_register, explain, history, matrix, resolve, to_json
from comity.law.asked_deadline import count_named
from comity.node.office import Office

Ask = Callable[..., tuple[int, Any]]
REGISTER = default_register()
ON = date(2026, 11, 22)
TJ_RU = {"requesting": "TJ", "requested": "RU", "kind": "extradition", "on": "2026-11-22"}


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """A request in Russian leaves its language to whoever comes after it."""
    with translation.override("en"):
        yield


@pytest.fixture
def ask(client: Client, office: Office, officer: User) -> Ask:
    """One question to the API: `ask(path, language=…, name=value…)`; status and JSON."""
    token = issue(officer)

    def ask(path: str, language: str = "en", **query: str) -> tuple[int, Any]:
        answer = client.get(f"/api/v1/law{path}", query, HTTP_AUTHORIZATION=f"Bearer {token}", HTTP_ACCEPT_LANGUAGE=language)
        return answer.status_code, answer.json()

    return ask


def test_without_a_token_nothing_is_said(client: Client, office: Office) -> None:
    for path in ("answer", "history", "matrix", "instruments", "instruments/minsk-1993", "states", "states/KZ", "quality", "deadline"):
        assert client.get(f"/api/v1/law/{path}").status_code == 401, path


# The answer


@pytest.mark.parametrize("language", ["en", "ru"])
def test_an_answer_is_that_of_the_engine_with_every_sentence_and_citation(ask: Ask, language: str) -> None:
    status, said = ask("/answer", language, **TJ_RU)
    basis = resolve(REGISTER, "TJ", "RU", "extradition", ON)
    assert status == 200
    assert said["answer"] == to_json(basis, REGISTER, language)
    sentences = explain(basis, REGISTER, language)
    assert [(one["number"], one["text"]) for one in said["sentences"]] == [(one.number, one.text) for one in sentences]
    assert [len(one["citations"]) for one in said["sentences"]] == [len(one.citations) for one in sentences]
    assert [one["kind"] for one in said["doubts"]] == [one.kind for one in basis.doubts]
    assert all(one["what"] and one["settles"] for one in said["doubts"])
    assert said["release"] == REGISTER.release


def test_the_offence_area_narrows_the_answer(ask: Ask) -> None:
    status, said = ask("/answer", requesting="KZ", requested="VN", kind="mla", on="2026-11-22", offence_area="corruption")
    assert status == 200
    assert said["answer"]["primary"] == [one.id for one in resolve(REGISTER, "KZ", "VN", "mla", ON, "corruption").primary]


def test_the_answer_names_its_page_and_its_pdf(ask: Ask, client: Client, officer: User) -> None:
    _status, said = ask("/answer", **TJ_RU)
    client.force_login(officer)
    assert client.get(said["page"]).status_code == 200
    answer = client.get(said["pdf"])
    assert answer["Content-Type"] == "application/pdf"
    assert "law-TJ-RU-extradition-2026-11-22.pdf" in answer["Content-Disposition"]
    text = " ".join(page.extract_text() for page in PdfReader(BytesIO(answer.content)).pages)
    assert "Chisinau Convention 2002" in text
    assert REGISTER.release[:16] in text


def test_a_pdf_of_a_question_that_is_not_understood_goes_to_the_page_that_says_so(client: Client, officer: User, office: Office) -> None:
    client.force_login(officer)
    answer = client.get("/law/answer.pdf", {**TJ_RU, "requested": "XX"})
    assert answer.status_code == 302
    assert client.get(answer["Location"]).status_code == 422


# History and matrix


def test_a_history_is_without_a_gap_and_names_the_events_that_changed_it(ask: Ask) -> None:
    status, said = ask("/history", requesting="RU", requested="KZ", kind="extradition")
    periods = history(REGISTER, "RU", "KZ", "extradition")
    assert status == 200
    assert [(one["since"], one["primary"]) for one in said["periods"]] == [
        (one.since.isoformat(), [applied.id for applied in one.basis.primary]) for one in periods
    ]
    assert said["periods"][-1]["until"] is None
    changes = [change for one in said["periods"] for change in one["changes"] if one["since"] == "2023-06-28"]
    assert ("RU", "chisinau-2002", "in-force") in [(one["state"], one["instrument"], one["kind"]) for one in changes]
    assert all(change["words"] for change in changes)


def test_a_history_keeps_to_its_span(ask: Ask) -> None:
    _status, said = ask("/history", requesting="RU", requested="KZ", kind="extradition", since="2023-01-01", until="2024-01-01")
    assert said["periods"][0]["since"] == "2023-01-01"
    assert said["periods"][-1]["until"] == "2024-01-01"


def test_the_matrix_is_that_of_the_engine(ask: Ask) -> None:
    status, said = ask("/matrix", on="2023-06-28")
    table = matrix(REGISTER, date(2023, 6, 28))
    assert status == 200
    assert [one["id"] for one in said["columns"]] == [one.id for one in table.columns]
    for row in said["rows"]:
        assert [(cell["column"], cell["mark"]) for cell in row["cells"]] == [(one.column, one.mark) for one in table.rows[row["state"]]]
    few = ask("/matrix", on="2023-06-28", states="UA,RU", columns="minsk-1993")[1]
    assert [row["state"] for row in few["rows"]] == ["UA", "RU"]
    (cell,) = few["rows"][0]["cells"]
    assert (cell["mark"], cell["since"], cell["towards"]) == ("suspended", "2022-12-23", ["RU", "BY"])


# Instruments, States, quality


def test_every_instrument_and_every_state_is_given_whole(ask: Ask) -> None:
    for one in REGISTER.instruments.values():
        status, said = ask(f"/instruments/{one.id}", on="2026-11-22")
        assert status == 200
        assert {row["state"] for row in said["parties"]} == set(one.parties)
        assert [rule["article"] for rule in said["rules"]] == [rule.article for rule in one.provisions]
    for state in REGISTER.states:
        status, said = ask(f"/states/{state}", on="2026-11-22")
        assert status == 200
        assert {row["id"] for row in said["instruments"]} == set(REGISTER.by_state.get(state, ()))
        assert len(said["authorities"]) == sum(one.state == state for one in REGISTER.authorities)


def test_a_party_has_its_dates_and_what_of_them_was_not_read(ask: Ask) -> None:
    said = ask("/instruments/minsk-1993")[1]
    ukraine = next(row for row in said["parties"] if row["state"] == "UA")
    assert ukraine["dates"]["withdrawn"] == "2023-12-29"
    assert ukraine["unverified"] == ["in_force"]
    assert ukraine["mark"] == "left"


def test_machine_values_are_given_as_codes_and_in_words(ask: Ask) -> None:
    said = ask("/instruments/minsk-1993", "ru")[1]
    rule = next(rule for rule in said["rules"] if rule["machine"].get("min_penalty_years"))
    assert rule["machine"]["dual_criminality"] is True
    assert any("двойная криминальность" in value["items"] for value in rule["values"])
    assert all("source" not in each["machine"] for each in said["rules"])


def test_relations_are_given_from_both_ends(ask: Ask) -> None:
    stated = {(one["stated_by"], one["type"]) for one in ask("/instruments/minsk-1993")[1]["relations"]}
    assert ("chisinau-2002", "supersedes") in stated
    assert ("minsk-1993", "superseded-by") in stated


def test_lists_are_narrowed_and_counted(ask: Ask) -> None:
    every = ask("/instruments")[1]["instruments"]
    assert len(every) == len(REGISTER.instruments)
    some = ask("/instruments", kind="extradition", state="UA", q="minsk")[1]["instruments"]
    assert {one["id"] for one in some} <= {one.id for one in REGISTER.instruments.values() if "UA" in one.parties}
    assert "minsk-1993" in {one["id"] for one in some}
    minsk = next(one for one in every if one["id"] == "minsk-1993")
    assert (minsk["listed"], minsk["bound"]) == (12, 11)
    states = ask("/states", "ru")[1]["states"]
    assert len(states) == len(REGISTER.states)
    assert {one["name"] for one in states} >= {"Казахстан", "Таджикистан"}


def test_a_state_has_the_calendar_of_the_year_asked_for(ask: Ask) -> None:
    calendar = REGISTER.calendars["RU"]
    said = ask("/states/RU", year="2024")[1]["calendar"]
    assert said["known"] is calendar.knows(2024)
    assert {one["on"] for one in said["days"]} == {day.isoformat() for day in calendar.days if day.year == 2024}
    assert ask("/states/VN")[1]["calendar"] is None


def test_quality_gives_every_share_with_its_base(ask: Ask) -> None:
    status, said = ask("/quality")
    assert status == 200
    assert sum(one["whole"] for one in said["kinds"]) == said["read"]["whole"]
    assert len(said["questions"]) == len(REGISTER.questions)
    assert len(said["instruments"]) == len(REGISTER.instruments)


# Deadlines


def test_a_deadline_is_counted_step_by_step(ask: Ask) -> None:
    status, said = ask("/deadline", state="KZ", limit="kz-appeal", start="2025-12-29")
    counted = count_named(REGISTER, "KZ", "kz-appeal", "2025-12-29").value("en")
    assert status == 200
    assert said["counts"] == counted["counts"]
    assert said["release"] == REGISTER.release


def test_a_time_limit_of_an_instrument_is_counted_in_russian(ask: Ask) -> None:
    status, said = ask(
        "/deadline", "ru", state="TJ", limit="minsk-1993/provisional-arrest", start="2026-11-01", stood="2026-11-05..2026-11-06"
    )
    assert status == 200
    found = count_named(REGISTER, "TJ", "minsk-1993/provisional-arrest", "2026-11-01", stood=("2026-11-05..2026-11-06",))
    assert said["counts"] == found.value("ru")["counts"]


# What is not understood


@pytest.mark.parametrize(
    ("path", "query", "status", "field", "words"),
    [
        ("/answer", {**TJ_RU, "requested": "XX"}, 422, "requested", "The register knows no State “XX”."),
        ("/answer", {**TJ_RU, "requested": "TJ"}, 422, "requested", "A State does not ask itself"),
        ("/answer", {**TJ_RU, "kind": "extraditoin"}, 422, "kind", "Near it: Extradition."),
        ("/answer", {**TJ_RU, "on": "1990-12-31"}, 422, "on", "The register speaks of days from 1 January 1991 on"),
        ("/answer", {**TJ_RU, "on": "yesterday"}, 422, "on", "Write day, month and year"),
        ("/answer", {**TJ_RU, "offence_area": "corruptoin"}, 422, "offence_area", "Near it: Corruption."),
        ("/history", {**TJ_RU, "since": "2024-01-01", "until": "2023-01-01"}, 422, "until", "The span ends before it begins"),
        ("/history", {**TJ_RU, "since": "never"}, 422, "since", "Write day, month and year"),
        ("/matrix", {"states": "RU,XX"}, 422, "states", "The register knows no State “XX”."),
        ("/matrix", {"columns": "minsk-1992"}, 422, "columns", "The register knows no instrument “minsk-1992”."),
        ("/instruments", {"kind": "divorce"}, 422, "kind", "The register knows no kind of request “divorce”."),
        ("/instruments", {"state": "XX"}, 422, "state", "The register knows no State “XX”."),
        ("/instruments/minsk-1992", {}, 404, "instrument", "Known are:"),
        ("/states/XX", {}, 404, "code", "Known are:"),
        ("/deadline", {"state": "XX", "limit": "appeal", "start": "2026-11-22"}, 422, "state", "The register knows no State “XX”."),
        ("/deadline", {"state": "KZ", "limit": "kz-apeal", "start": "2026-11-22"}, 422, "limit", "The register knows no time limit"),
        ("/deadline", {"state": "KZ", "limit": "kz-appeal", "start": "soon"}, 422, "start", "is not a day, nor a moment"),
        ("/deadline", {"state": "KZ", "limit": "kz-appeal", "start": "2026-11-22", "span": "half"}, 422, "span", "Known are: length"),
        ("/deadline", {"state": "KZ", "limit": "kz-appeal", "start": "2026-11-22", "stood": "a..b"}, 422, "stood", "Write when the clock"),
    ],
)
def test_what_is_not_understood_names_the_part_and_what_is_known(
    ask: Ask, path: str, query: dict[str, str], status: int, field: str, words: str
) -> None:
    got, problem = ask(path, **query)
    assert (got, problem["field"]) == (status, field), problem
    assert words in problem["words"]
    assert ask(path, "ru", **query)[1]["words"] != problem["words"]


def test_a_missing_part_is_named(ask: Ask) -> None:
    status, problem = ask("/answer", requesting="TJ", kind="extradition")
    assert status == 422
    assert "requested" in problem["words"]


def test_the_page_of_the_api_names_every_route_and_no_other(client: Client, office: Office) -> None:
    page = (Path(__file__).resolve().parents[3] / "docs" / "api.md").read_text(encoding="utf-8")
    described = {path.removeprefix("/api/v1") for path in client.get("/api/v1/openapi.json").json()["paths"]}
    named = set(re.findall(r"(/[a-z]+(?:/[a-z{}-]+)*)", " ".join(re.findall(r"`(?:[A-Z]+ )?(/[^`]+)`", page))))
    short = {"/matters/{matter}/drafts/{draft}/return", "/matters/{matter}/drafts/{draft}/approve"}
    assert described - short <= named, described - short - named
    assert {path for path in named if path.startswith("/law/")} <= described
    law = {
        path: route["get"]["parameters"] for path, route in client.get("/api/v1/openapi.json").json()["paths"].items() if "/law/" in path
    }
    for path, parameters in law.items():
        line = next(line for line in page.splitlines() if line.startswith(f"| `{path.removeprefix('/api/v1')}`"))
        if not path.endswith("/basis"):
            assert all(f"`{one['name']}`" in line for one in parameters if one["in"] == "query"), path


def test_every_route_says_what_it_gives(client: Client, office: Office) -> None:
    description = client.get("/api/v1/openapi.json").json()
    routes = {path: route["get"] for path, route in description["paths"].items() if path.startswith("/api/v1/law/")}
    named = {
        "answer",
        "history",
        "matrix",
        "instruments",
        "instruments/{instrument}",
        "states",
        "states/{code}",
        "quality",
        "deadline",
        "basis",
    }
    assert {path.removeprefix("/api/v1/law/") for path in routes} == named
    for path, route in routes.items():
        assert route["description"], path
        schema = route["responses"]["200"]["content"]["application/json"]["schema"]
        assert "$ref" in schema or path.endswith("/basis"), path
