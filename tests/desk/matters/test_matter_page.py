"""The page of a matter: who holds the file and until when, what may be done, the journal with its proof, and who may see what."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from comity.desk.accounts.models import User
from comity.desk.matters.models import MatterRow
from comity.identifiers import MatterId
from comity.journal import verify_file
from comity.node import commands
from comity.node.office import Office
from comity.node.roles import Role
from comity.simulation.federation import SimulatedFederation

from .conftest import RU, SEALER, actor, moved


def _page(client: Client, matter: MatterId, language: str = "en") -> str:
    answer = client.get(reverse("matters:matter", args=[matter]), headers={"accept-language": language})
    assert answer.status_code == 200
    return re.sub(r"[ \n]+", " ", answer.content.decode())


def test_the_page_says_who_holds_the_file_until_when_and_why(as_officer: Client, detained: MatterId) -> None:
    page = _page(as_officer, detained)
    for words in (
        "Extradition of R.\u00a0M.",
        "We do — Tajikistan",
        "Thu 10 December",
        "Chisinau Convention 2002",
        "not verified",
        "How it is counted",
        "ours 12/3-418 · Russia 81/3-2207-26",
        "Detained, request awaited",
        "band--ours",
    ):
        assert words in page, words


def test_the_page_speaks_russian(as_officer: Client, detained: MatterId) -> None:
    page = _page(as_officer, detained, "ru")
    for words in (
        "Выдача R.\u00a0M.",
        "В нашем — Таджикистан",
        "чт 10 декабря",
        "Кишинёвская конвенция 2002 г.",
        "не проверено",
        "Журнал",
        "Что можно сделать",
    ):
        assert words in page, words


def test_the_next_moves_say_what_follows(as_officer: Client, detained: MatterId) -> None:
    page = _page(as_officer, detained)
    assert "Send the extradition request" in page
    assert "Then Russia holds the file. Another person approves and seals" in page
    assert "A note. The file stays where it is." in page
    assert page.count("button--solid") == 1


def test_a_draft_under_way_names_what_is_missing_with_its_article(
    as_officer: Client, officer: User, office: Office, detained: MatterId
) -> None:
    draft = commands.draft_in(office, detained, "request.sent/1", {"facts": "Sold cars that did not exist."})
    commands.save_draft(office, actor(officer), draft)
    page = _page(as_officer, detained)
    assert "items are missing" in page
    assert "Chisinau Convention 2002" in page
    assert f"/drafts/{draft.id}" in page


def test_a_letter_is_called_by_what_it_is(as_officer: Client, detained: MatterId) -> None:
    assert _page(as_officer, detained).count(">Application for arrest before the request for extradition</a>") == 2


def test_the_journal_shows_moves_and_notes_with_seals_and_receipts(
    as_officer: Client, detained: MatterId, federation: SimulatedFederation
) -> None:
    moved(federation.offices[RU], detained, "message.written/1", {"text": "He is no national of ours."})
    federation.rest()
    page = _page(as_officer, detained)
    assert "the file passes to Tajikistan" in page
    assert "He is no national of ours." in page
    assert page.count("sealed ") >= 4
    assert "receipt: Russia" in page
    assert "Both offices hold the same file" in page
    assert "verified today" in page


@pytest.mark.django_db(transaction=True)  # the store empties its write-ahead log afterwards
def test_an_erased_content_is_said_and_the_journal_still_verifies(
    as_officer: Client, head: User, office: Office, detained: MatterId
) -> None:
    with office.store.read() as unit:
        sent = next(sealed for sealed in unit.events(detained) if sealed.header.act == "arrest.applied-for/1")
    commands.erase(office, actor(head), detained, sent.id, "Term of storage is over.")
    page = _page(as_officer, detained)
    assert "The content was erased" in page
    assert "Rname" not in page
    assert "verified today" in page
    event = as_officer.get(reverse("matters:matter-event", args=[detained, sent.id]))
    assert "The content was erased" in event.content.decode()


def test_the_proof_lists_every_step(as_officer: Client, detained: MatterId) -> None:
    page = as_officer.get(reverse("matters:matter-proof", args=[detained])).content.decode()
    assert "Every seal verifies by both algorithms" in page
    assert "Every step of the check passed just now." in page
    assert page.count("passed</td>") == 10
    assert "failed" not in page


def test_an_event_shows_what_it_says_and_what_proves_it(as_officer: Client, office: Office, detained: MatterId) -> None:
    with office.store.read() as unit:
        sent = next(sealed for sealed in unit.events(detained) if sealed.header.act == "arrest.applied-for/1")
    page = as_officer.get(reverse("matters:matter-event", args=[detained, sent.id])).content.decode()
    for words in (
        "Rname Mname Kname",
        sent.id,
        sent.header.body,
        sent.placement.seal.statement.root,
        "Order of the Khujand city court",
        "Letter",
    ):
        assert words in page, words


def test_the_count_of_a_date_is_explained(as_officer: Client, detained: MatterId) -> None:
    page = as_officer.get(reverse("matters:deadline", args=[detained, "provisional-arrest"])).content.decode()
    assert "Day 1 is 1 November 2026; day 40, the last, is 10 December 2026." in page
    assert "The first day counts" in page


def test_the_basis_is_explained(as_officer: Client, detained: MatterId) -> None:
    page = as_officer.get(reverse("matters:matter-basis", args=[detained])).content.decode()
    assert "Chisinau Convention 2002" in page
    assert "Minsk" in page


def test_private_notes_stand_on_their_own_paper_and_never_leave(
    as_officer: Client, detained: MatterId, federation: SimulatedFederation
) -> None:
    answer = as_officer.post(reverse("matters:private-note", args=[detained]), {"text": "Ask the consulate about art. 36."})
    assert answer.status_code == 302
    page = _page(as_officer, detained)
    assert "Ask the consulate about art. 36." in page
    assert "Officer, extradition unit" in page
    assert "Russia cannot see that this exists." in page
    federation.rest()
    with federation.offices[RU].store.read() as unit:
        assert {sealed.header.act for sealed in unit.events(detained)} == {
            "matter.opened/1",
            "arrest.applied-for/1",
            "detention.notified/1",
        }


def test_an_empty_note_is_refused_in_words(as_officer: Client, detained: MatterId) -> None:
    answer = as_officer.post(reverse("matters:private-note", args=[detained]), {"text": " "})
    assert answer.status_code == 422
    assert "Write the note first." in answer.content.decode()


def test_a_head_assigns_a_matter(as_head: Client, officer: User, detained: MatterId) -> None:
    address = reverse("matters:assign", args=[detained])
    assert "Only our office" in as_head.get(address).content.decode()
    assert as_head.post(address, {"unit": "extradition", "to": str(officer.pk)}).status_code == 302
    row = MatterRow.objects.get(pk=detained)
    assert (row.unit, row.assigned) == ("extradition", str(officer.pk))
    assert "Officer, extradition unit" in _page(as_head, detained)


@pytest.mark.parametrize("nobody", ["nobody", "00000000", "0197f0f0-0000-7000-8000-000000000000"])
def test_a_matter_assigned_to_no_account_still_opens(as_officer: Client, office: Office, detained: MatterId, nobody: str) -> None:
    assert isinstance(commands.record(office, SEALER, detained, commands.ASSIGNED, {"unit": "", "to": nobody}), commands.Done)
    assert "Somebody who has no account here." in _page(as_officer, detained)


def test_the_evidence_package_is_a_file_that_verifies(as_officer: Client, detained: MatterId, tmp_path: Path) -> None:
    answer = as_officer.get(reverse("matters:matter-export", args=[detained]))
    assert answer["Content-Disposition"] == f'attachment; filename="{detained}.comity"'
    data = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    path = tmp_path / "matter.comity"
    path.write_bytes(data)
    assert verify_file(path).ok


@pytest.mark.parametrize("roles", [(Role.ADMINISTRATOR,), (Role.STATISTICIAN,)])
def test_who_may_not_read_matters_reads_none(
    make: Callable[..., User], office: Office, detained: MatterId, roles: tuple[Role, ...]
) -> None:
    client = Client()
    client.force_login(make("keeper", *roles))
    for name in ("matter", "matter-proof", "matter-basis", "matter-export"):
        assert client.get(reverse(f"matters:{name}", args=[detained])).status_code == 403


def test_nobody_reads_without_logging_in(client: Client, office: Office, detained: MatterId) -> None:
    answer = client.get(reverse("matters:matter", args=[detained]))
    assert answer.status_code == 302
    assert "/log-in" in answer["Location"]


def test_a_matter_of_another_unit_is_as_if_it_were_not_there(make: Callable[..., User], office: Office, detained: MatterId) -> None:
    client = Client()
    client.force_login(make("other", Role.OFFICER, unit="assistance"))
    assert client.get(reverse("matters:matter", args=[detained])).status_code == 200
    MatterRow.objects.filter(pk=detained).update(unit="extradition")
    for name in ("matter", "matter-proof", "matter-basis", "matter-export"):
        assert client.get(reverse(f"matters:{name}", args=[detained])).status_code == 404
