"""A request on its way: drafted step by step with nothing lost, missing items with their articles, approved by another person."""

import gc
import re
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from comity.desk.accounts.models import User
from comity.desk.matters import uploads
from comity.desk.matters.models import DraftRow, MatterRow
from comity.identifiers import MatterId
from comity.node import commands
from comity.node.commands.writing import keep
from comity.node.drafts import SAVED
from comity.node.office import Office
from comity.simulation.federation import SimulatedFederation

from .conftest import KZ, RU, SEALER, actor

MLA = "mutual-assistance:request.sent/1"


def text(answer: HttpResponse) -> str:
    return re.sub(r"[ \n]+", " ", answer.content.decode())


@pytest.fixture
def begun(as_officer: Client) -> DraftRow:
    answer = as_officer.post(reverse("matters:new"), {"kind": MLA, "office": KZ})
    assert answer.status_code == 302, text(answer)
    return DraftRow.objects.get()


def step_with(client: Client, row: DraftRow, name: str) -> int:
    for number in range(1, 12):
        answer = client.get(reverse("matters:draft-step", args=[row.id, number]))
        if f'name="{name}' in answer.content.decode():
            return number
    raise AssertionError(name)


def send(client: Client, row: DraftRow, number: int, data: dict[str, Any]) -> HttpResponse:
    revision = DraftRow.objects.get(pk=row.id).revision
    return client.post(reverse("matters:draft-step", args=[row.id, number]), {"revision": revision, "do": "save", **data})  # type: ignore[return-value]  # Django's test answer


def content(office: Office, row: DraftRow) -> dict[str, Any]:
    with office.store.read() as unit:
        return dict(commands.find_draft(unit, row.matter, row.id).content)


def read_revision(page: str) -> int:
    """The revision that a form on the page says was read."""
    found = re.search(r'name="revision" value="(\d+)"', page)
    assert found
    return int(found[1])


# New request


def test_the_law_answers_before_anything_is_kept(as_officer: Client) -> None:
    page = text(as_officer.get(reverse("matters:new"), {"kind": MLA, "office": KZ}))
    for words in ("The law answers", "Chisinau Convention 2002", "Minsk", "Ceased between the two", "Tajikistan"):
        assert words in page, words
    assert not DraftRow.objects.exists()


def test_without_an_office_the_form_says_so(as_officer: Client) -> None:
    answer = as_officer.post(reverse("matters:new"), {"kind": MLA})
    assert answer.status_code == 422
    assert "Choose the office you write to." in text(answer)


def test_a_new_draft_begins_with_what_is_known(begun: DraftRow, office: Office) -> None:
    kept = content(office, begun)
    assert kept["basis"] == ["chisinau-2002"]
    assert kept["requesting_authority"]
    assert (begun.opens, begun.status, begun.counterparts) == (True, "drafting", [KZ])


# Steps


def test_what_was_typed_wrongly_is_kept_and_links_to_its_field(as_officer: Client, begun: DraftRow, office: Office) -> None:
    number = step_with(as_officer, begun, "wanted_by")
    answer = send(as_officer, begun, number, {"wanted_by": "soon", "urgency": "Trial on 1 March."})
    page = text(answer)
    assert answer.status_code == 422
    assert 'href="#field-wanted_by"' in page
    assert 'value="soon"' in page
    assert (content(office, begun)["wanted_by"], content(office, begun)["urgency"]) == ("soon", "Trial on 1 March.")
    assert 'value="soon"' in text(as_officer.get(reverse("matters:draft-step", args=[begun.id, number])))


def test_missing_items_are_counted_the_same_everywhere(as_officer: Client, begun: DraftRow) -> None:
    number = step_with(as_officer, begun, "facts")
    step, approval = (
        text(as_officer.get(address))
        for address in (
            reverse("matters:draft-step", args=[begun.id, number]),
            reverse("matters:draft-approval", args=[begun.id]),
        )
    )
    counts = [re.search(r"(\d+) of (\d+) items are missing", page) for page in (step, approval)]
    assert counts[0]
    assert counts[1]
    assert counts[0].groups() == counts[1].groups()
    assert step.count('<tr> <th scope="row">') == int(counts[0][1])
    assert "Chisinau Convention 2002, art.\u00a07" in step


def test_the_safeguards_are_missing_items_with_their_rule_until_they_are_answered(
    as_officer: Client, officer: User, office: Office, begun: DraftRow
) -> None:
    number, safeguards = step_with(as_officer, begun, "facts"), step_with(as_officer, begun, "checks")
    page = text(as_officer.get(reverse("matters:draft-step", args=[begun.id, number])))
    before = int(re.search(r"(\d+) of \d+ items are missing", page)[1])
    link = f"{reverse('matters:draft-step', args=[begun.id, safeguards])}?checked=1#field-checks-iccpr-op2-answer"
    assert f'href="{link}"' in page
    assert re.search(r">Death penalty</a>", page)
    assert "Second Optional Protocol to the ICCPR (death penalty)" in page
    assert "2 questions" in page
    there = text(as_officer.get(link.partition("#")[0]))
    assert 'id="field-checks-iccpr-op2-answer"' in there
    assert "(optional)" not in there.partition("Human-rights checks")[2].partition("field__hint")[0]
    assert re.search(r'field--bad[^>]*id="field-checks-iccpr-op2-answer-row"', there)
    answers = {f"checks.{check}.answer": "no-risk" for check in ("iccpr-art6-7-14", "iccpr-op2")}
    send(as_officer, begun, safeguards, answers | {"checks.check": ["iccpr-art6-7-14", "iccpr-op2"]})
    page = text(as_officer.get(reverse("matters:draft-step", args=[begun.id, number])))
    assert int(re.search(r"(\d+) of \d+ items are missing", page)[1]) == before - 2
    assert "questions" not in page


def test_a_missing_item_leads_to_its_field(as_officer: Client, begun: DraftRow) -> None:
    number = step_with(as_officer, begun, "signed_by")
    answer = as_officer.get(reverse("matters:draft", args=[begun.id]), {"field": "signed_by"})
    assert answer["Location"] == f"{reverse('matters:draft-step', args=[begun.id, number])}?checked=1"
    page = text(as_officer.get(answer["Location"]))
    assert re.search(r'field--bad[^>]*id="field-signed_by-row"', page)


def test_persons_are_added_and_removed_without_script(as_officer: Client, begun: DraftRow, office: Office) -> None:
    number = step_with(as_officer, begun, "persons.")
    first = {
        "persons.count": "1",
        "persons.0.full_name": "Kname Zname",
        "persons.0.citizenship": ["TJ", ""],
        "persons.0.birth_date": "14 05 1987",
    }
    answer = send(as_officer, begun, number, first | {"do": "add:persons"})
    assert answer.status_code == 200
    assert 'name="persons.1.full_name"' in text(answer)
    send(
        as_officer,
        begun,
        number,
        first | {"persons.count": "2", "persons.1.full_name": "Sname Nname", "persons.1.residence.unknown": "1"},
    )
    people = content(office, begun)["persons"]
    assert [person["full_name"] for person in people] == ["Kname Zname", "Sname Nname"]
    assert (people[0]["birth_date"], people[0]["citizenship"], people[1]["residence"]) == ("1987-05-14", ["TJ"], "unknown")
    send(as_officer, begun, number, first | {"persons.count": "2", "persons.1.full_name": "Sname Nname", "do": "remove:persons.0"})
    assert [person["full_name"] for person in content(office, begun)["persons"]] == ["Sname Nname"]


def test_two_who_write_at_once_lose_nothing(as_officer: Client, as_head: Client, begun: DraftRow, office: Office) -> None:
    number = step_with(as_officer, begun, "facts")
    stale = {"revision": begun.revision, "do": "save"}
    send(as_head, begun, number, {"facts": "As the head says."})
    answer = as_officer.post(reverse("matters:draft-step", args=[begun.id, number]), stale | {"facts": "As the officer says."})
    page = text(answer)  # type: ignore[arg-type]  # as above
    assert answer.status_code == 409
    assert "Somebody else saved this draft" in page
    assert "As the officer says." in page
    assert content(office, begun)["facts"] == "As the head says."


def test_the_next_question_follows_from_an_answer(as_officer: Client, begun: DraftRow) -> None:
    number = step_with(as_officer, begun, "acts_asked")
    page = text(send(as_officer, begun, number, {"acts_asked": ["data-preservation"], "subject": "Logs of an account."}))
    assert "Stored data" in page


# Papers


def upload(client: Client, row: DraftRow, number: int, data: bytes, **more: str) -> HttpResponse:
    file = SimpleUploadedFile("order.pdf", data, content_type="text/html")
    given = {
        "papers.file": file,
        "papers.new-title": "Order of the court",
        "papers.new-language": "ru",
        "do": "upload:papers",
        "whole": "1",
        **more,
    }
    return send(client, row, number, given)


def test_a_paper_is_kept_encrypted_and_comes_back_whole(as_officer: Client, begun: DraftRow, office: Office) -> None:
    number, data = step_with(as_officer, begun, "papers."), b"%PDF-1.7\n" + bytes(range(256)) * 9000
    answer = upload(as_officer, begun, number, data)
    assert answer.status_code == 200, text(answer)
    (paper,) = content(office, begun)["papers"]
    assert (paper["type"], paper["title"], paper["language"], paper["size"]) == ("application/pdf", "Order of the court", "ru", len(data))
    assert not any(b"%PDF-1.7" in path.read_bytes() for path in (office.home / "files").rglob("*") if path.is_file())
    got = as_officer.get(reverse("matters:draft-paper", args=[begun.id, paper["sha256"]]))
    assert b"".join(got.streaming_content) == data  # type: ignore[attr-defined]  # a streamed answer
    assert (got["Content-Type"], got["X-Content-Type-Options"]) == ("application/pdf", "nosniff")


def test_a_paper_is_called_by_what_people_call_its_type(as_officer: Client, begun: DraftRow, office: Office) -> None:
    number = step_with(as_officer, begun, "papers.")
    page = text(upload(as_officer, begun, number, b"%PDF-1.7\n" + bytes(2000)))
    assert "application/pdf" not in page
    assert re.search(r">PDF · \d+ KB<", page)


def test_the_crumb_of_a_draft_names_its_matter(as_officer: Client, officer: User, office: Office, detained: MatterId) -> None:
    draft = commands.draft_in(office, detained, "request.sent/1", {"facts": "Sold cars that did not exist."})
    commands.save_draft(office, actor(officer), draft)
    for name in ("draft-approval", "draft-discard"):
        page = text(as_officer.get(reverse(f"matters:{name}", args=[draft.id])))
        crumb = page.partition('class="crumb')[2].partition("<main")[0]
        assert "ours 12/3-418 · Russia 81/3-2207-26" in crumb
        assert f'href="{reverse("matters:matter", args=[detained])}"' in crumb
        assert f'href="{reverse("matters")}?kind=extradition"' in crumb


def test_a_paper_can_be_renamed_and_taken_out(as_officer: Client, begun: DraftRow, office: Office) -> None:
    number = step_with(as_officer, begun, "papers.")
    upload(as_officer, begun, number, b"%PDF-1.7 a")
    (paper,) = content(office, begun)["papers"]
    send(as_officer, begun, number, {f"papers.{paper['sha256']}.title": "Order, certified", f"papers.{paper['sha256']}.language": "tg"})
    assert content(office, begun)["papers"][0]["title"] == "Order, certified"
    send(as_officer, begun, number, {"do": f"take-out:papers:{paper['sha256']}"})
    assert "papers" not in content(office, begun)


@pytest.mark.parametrize(
    ("data", "more", "words"),
    [
        (b"", {}, "The file is empty."),
        (b"MZ\x90\x00program", {}, "This is a program, not a paper."),
        (b"%PDF-1.7", {"papers.new-title": ""}, "Give the paper a title"),
    ],
)
def test_a_paper_that_cannot_be_taken_is_refused_in_words(
    as_officer: Client, begun: DraftRow, office: Office, data: bytes, more: dict[str, str], words: str
) -> None:
    number = step_with(as_officer, begun, "papers.")
    answer = upload(as_officer, begun, number, data, **more)
    assert answer.status_code == 422
    assert words in text(answer)
    assert "papers" not in content(office, begun)


def test_a_paper_that_is_too_big_leaves_nothing(
    as_officer: Client, begun: DraftRow, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = step_with(as_officer, begun, "papers.")
    monkeypatch.setattr(uploads, "LARGEST", 100_000)
    before = set((office.home / "files").rglob("*"))
    answer = upload(as_officer, begun, number, b"%PDF-" + bytes(400_000), confidentiality="strict")
    assert answer.status_code == 422
    assert "larger than 200 MB" in text(answer)
    assert set((office.home / "files").rglob("*")) == before


class Cut(BytesIO):
    """A line that goes dead: the rest never comes, or reading it fails."""

    fails = False

    def read(self, size: int | None = -1) -> bytes:
        data = super().read(size)
        if self.fails and not data:
            raise OSError("the line went dead")
        return data


@pytest.mark.parametrize("fails", [False, True])
def test_an_upload_cut_off_leaves_nothing(
    as_officer: Client, begun: DraftRow, office: Office, tmp_path: Path, settings: Any, fails: bool
) -> None:
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    number = step_with(as_officer, begun, "papers.")
    fields = {"revision": begun.revision, "papers.new-title": "Order", "do": "upload:papers"}
    parts = [f'--cut\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n' for name, value in fields.items()]
    parts.append(
        '--cut\r\nContent-Disposition: form-data; name="papers.file"; filename="a.pdf"\r\nContent-Type: application/pdf\r\n\r\n%PDF-'
    )
    body = Cut("".join(parts).encode() + bytes(300_000))
    body.fails = fails
    before = set((office.home / "files").rglob("*"))
    as_officer.raise_request_exception = False
    answer = as_officer.generic(
        "POST",
        reverse("matters:draft-step", args=[begun.id, number]),
        **{"wsgi.input": body, "CONTENT_LENGTH": "900000", "CONTENT_TYPE": "multipart/form-data; boundary=cut"},  # type: ignore[arg-type]  # an environment takes what a server gives
    )
    assert answer.status_code in {400, 422, 500}
    gc.collect()
    assert not list(tmp_path.iterdir())
    assert set((office.home / "files").rglob("*")) == before
    assert "papers" not in content(office, begun)


# Approval


FILLED: dict[str, Any] = {
    "conducting_authority": "Investigator of the Sughd region",
    "case_name": "Khujand procurement case",
    "proceeding": "investigation",
    "facts": "A tender was won with forged papers.",
    "legal_qualification": "Article 340, part 2",
    "law_text": "Forgery of documents, up to four years of imprisonment.",
    "damage": "200 000 somoni",
    "persons": [
        {
            "full_name": "Kname Zname",
            "role": "witness",
            "birth_date": "1987-05-14",
            "birth_place": "Khujand",
            "citizenship": ["TJ"],
            "residence": "Shymkent, street unknown",
        }
    ],
    "acts_asked": ["questioning", "bank-records"],
    "subject": "Question the witness on the tender.",
    "purpose": "To prove who forged the papers.",
    "language": "ru",
    "signed_by": "Deputy Prosecutor General",
    "official_seal": "paper-follows",
    "our_number": "7/1-22",
}


@pytest.fixture
def complete(begun: DraftRow, office: Office, officer: User) -> DraftRow:
    """The draft with everything the law asks for."""
    filled = content(office, begun) | FILLED
    with office.store.read() as unit:
        basis = commands.basis_of_draft(office, unit, commands.find_draft(unit, begun.matter, begun.id))
    assert basis is not None
    filled["checks"] = [{"check": check.id, "answer": "no-risk"} for check in basis.human_rights]
    result = commands.revise_draft(office, actor(officer), begun.matter, begun.id, content=filled, revision=begun.revision)
    assert isinstance(result, commands.Done), result
    return DraftRow.objects.get()


def test_an_incomplete_draft_is_refused_with_its_article(as_officer: Client, begun: DraftRow) -> None:
    answer = as_officer.post(reverse("matters:draft-submit", args=[begun.id]))
    page = text(answer)  # type: ignore[arg-type]  # as above
    assert answer.status_code == 422
    assert "is not complete" in page
    assert DraftRow.objects.get().status == "drafting"


def test_the_drafter_submits_and_cannot_approve(as_officer: Client, complete: DraftRow) -> None:
    assert "Nothing is missing." in text(as_officer.get(reverse("matters:draft-approval", args=[complete.id])))
    as_officer.post(reverse("matters:draft-submit", args=[complete.id]))
    page = text(as_officer.get(reverse("matters:draft-approval", args=[complete.id])))
    assert "You wrote this draft. Another person approves and seals it." in page
    assert "Approve and seal</button>" not in page
    answer = as_officer.post(reverse("matters:draft-approve", args=[complete.id]))
    assert answer.status_code == 403


def test_a_head_who_drafted_is_refused_by_four_eyes(as_head: Client, head: User, office: Office, complete: DraftRow) -> None:
    commands.revise_draft(office, actor(head), complete.matter, complete.id, content=content(office, complete), revision=complete.revision)
    as_head.post(reverse("matters:draft-submit", args=[complete.id]))
    answer = as_head.post(reverse("matters:draft-approve", args=[complete.id]), {"revision": complete.revision + 1})
    assert answer.status_code == 422
    assert "Another person approves and seals it." in text(answer)  # type: ignore[arg-type]  # as above
    assert not MatterRow.objects.exists()


def test_the_head_reads_the_whole_and_seals(
    as_officer: Client, as_head: Client, complete: DraftRow, federation: SimulatedFederation
) -> None:
    as_officer.post(reverse("matters:draft-submit", args=[complete.id]))
    page = text(as_head.get(reverse("matters:draft-approval", args=[complete.id])))
    for words in (
        "Khujand procurement case",
        "Kname Zname",
        "14 May 1987",
        "Questioning",
        "No risk found",
        "Approve and seal",
        "Letter in Russian",
    ):
        assert words in page, words
    answer = as_head.post(reverse("matters:draft-approve", args=[complete.id]), {"revision": read_revision(page)})
    assert answer["Location"] == reverse("matters:matter", args=[complete.matter])
    row = MatterRow.objects.get()
    assert (row.state, row.holder, row.subject) == ("arrived", KZ, "Khujand procurement case")
    assert "sealed" in text(as_head.get(answer["Location"]))
    federation.rest()
    with federation.offices[KZ].store.read() as unit:
        assert [sealed.header.act for sealed in unit.events(MatterId(complete.matter))] == ["matter.opened/1", "request.sent/1"]


def test_the_head_returns_with_a_reason(as_officer: Client, as_head: Client, complete: DraftRow) -> None:
    as_officer.post(reverse("matters:draft-submit", args=[complete.id]))
    address = reverse("matters:draft-return", args=[complete.id])
    refused = as_head.post(address, {"reason": " "})
    assert refused.status_code == 422
    assert "Say why the draft goes back." in text(refused)  # type: ignore[arg-type]  # as above
    revision = read_revision(text(as_head.get(reverse("matters:draft-approval", args=[complete.id]))))
    as_head.post(address, {"reason": "Name the bank.", "revision": revision})
    assert DraftRow.objects.get().status == "returned"
    assert "Name the bank." in text(as_officer.get(reverse("matters:draft-approval", args=[complete.id])))


def test_a_head_who_read_an_earlier_revision_neither_seals_nor_returns_the_later_one(
    as_officer: Client, as_head: Client, office: Office, officer: User, complete: DraftRow
) -> None:
    as_officer.post(reverse("matters:draft-submit", args=[complete.id]))
    page = text(as_head.get(reverse("matters:draft-approval", args=[complete.id])))
    read = read_revision(page)
    assert page.count(f'name="revision" value="{read}"') == 2
    commands.return_draft(office, SEALER, complete.matter, complete.id, "Name the bank.", revision=read)
    later = content(office, complete) | {"case_name": "Another case"}
    commands.revise_draft(office, actor(officer), complete.matter, complete.id, content=later, revision=read)
    as_officer.post(reverse("matters:draft-submit", args=[complete.id]))
    for name in ("approve", "return"):
        answer = as_head.post(reverse(f"matters:draft-{name}", args=[complete.id]), {"revision": read, "reason": "Name the court."})
        assert answer.status_code == 409
        said = text(answer)  # type: ignore[arg-type]  # as above
        assert "This draft was changed after you opened it." in said
        assert "Another case" in said
        assert read_revision(said) == read + 1
    assert not MatterRow.objects.exists()
    assert DraftRow.objects.get().status == "submitted"


@pytest.mark.parametrize("revision", [None, "", "two", "-1", "²"])
def test_a_form_that_names_no_revision_seals_nothing(as_officer: Client, as_head: Client, complete: DraftRow, revision: str | None) -> None:
    as_officer.post(reverse("matters:draft-submit", args=[complete.id]))
    answer = as_head.post(reverse("matters:draft-approve", args=[complete.id]), {} if revision is None else {"revision": revision})
    assert answer.status_code == 409
    assert not MatterRow.objects.exists()


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize(
    "odd",
    [
        {"act": "nothing.known/1"},
        {"procedure": "nothing-known"},
        {"version": 99},
        {"roles": {}},
        {"roles": {"requesting": ["tj-gpo"]}},
        {"roles": {"requesting": ["tj-gpo"], "requested": []}},
        {"roles": {"requesting": ["tj-gpo"], "requested": ["tj-gpo"]}},
        {"roles": {"requesting": ["tj-gpo"], "requested": ["zz-gpo"]}},
    ],
)
def test_a_draft_that_makes_no_sense_is_answered_with_a_page(
    as_head: Client, office: Office, head: User, odd: dict[str, Any], language: str
) -> None:
    draft = commands.new_draft(
        office,
        procedure_name="mutual-assistance",
        version=1,
        act="request.sent/1",
        counterparts={"requested": [KZ]},
        own_role="requesting",
    )
    with office.store.write() as unit:
        keep(office, unit, draft.matter, SAVED, {**draft.saved_value(str(head.pk)), **odd})
    pages = [
        as_head.get(reverse(f"matters:{name}", args=[draft.id, *more]), headers={"accept-language": language})
        for name, more in (
            ("draft", []),
            ("draft-step", [1]),
            ("draft-letter", []),
            ("draft-letter-pdf", ["en"]),
            ("draft-approval", []),
        )
    ]
    pages += [
        as_head.post(reverse(f"matters:draft-{name}", args=[draft.id]), {"reason": "No."}, headers={"accept-language": language})
        for name in ("submit", "return", "approve")
    ]
    words = {"en": "This draft cannot be opened", "ru": "Этот проект открыть нельзя"}[language]
    for page in pages:
        assert page.status_code == 404
        assert words in text(page)  # type: ignore[arg-type]  # as above
    address = reverse("matters:draft-discard", args=[draft.id])
    assert f'href="{address}"' in text(pages[0])  # type: ignore[arg-type]  # as above
    asked = as_head.get(address, headers={"accept-language": language})
    assert asked.status_code == 200
    assert {"en": "1 saved revision", "ru": "1 сохранённая редакция"}[language] in text(asked)
    assert as_head.post(address).status_code == 302
    assert DraftRow.objects.get().status == "discarded"
    assert draft.id not in as_head.get("/").content.decode()


def test_a_draft_is_discarded_on_a_page_that_says_what_is_lost(as_officer: Client, begun: DraftRow) -> None:
    address = reverse("matters:draft-discard", args=[begun.id])
    for name, more in (("draft-step", [1]), ("draft-approval", [])):
        assert f'href="{address}"' in text(as_officer.get(reverse(f"matters:{name}", args=[begun.id, *more])))
    page = text(as_officer.get(address))
    for words in ("What is lost", "1 saved revision", "answers to ", "What stays", "Nothing of it was sent", "cannot be brought back"):
        assert words in page, words
    assert DraftRow.objects.get().open
    assert as_officer.post(address)["Location"] == reverse("today")
    assert DraftRow.objects.get().status == "discarded"
    assert "This draft was discarded." in text(as_officer.get(reverse("matters:draft-approval", args=[begun.id])))
    assert as_officer.get(address)["Location"] == reverse("matters:draft-approval", args=[begun.id])


def test_nobody_discards_the_draft_of_another(as_head: Client, begun: DraftRow) -> None:
    address = reverse("matters:draft-discard", args=[begun.id])
    assert address not in text(as_head.get(reverse("matters:draft-approval", args=[begun.id])))
    page = text(as_head.get(address))
    assert "Only who wrote a draft discards it." in page
    assert "<button" not in page.partition("<main")[2]
    answer = as_head.post(address)
    assert answer.status_code == 422
    assert "Only who wrote a draft discards it." in text(answer)  # type: ignore[arg-type]  # Django's test answer
    assert DraftRow.objects.get().open


def test_a_draft_of_a_matter_is_discarded_and_the_matter_stays(
    as_officer: Client, officer: User, office: Office, detained: MatterId
) -> None:
    draft = commands.draft_in(office, detained, "request.sent/1", {"facts": "Sold cars that did not exist."})
    commands.save_draft(office, actor(officer), draft)
    assert as_officer.post(reverse("matters:draft-discard", args=[draft.id]))["Location"] == reverse("matters:matter", args=[detained])
    assert draft.id not in text(as_officer.get(reverse("matters:matter", args=[detained]))).partition("private")[0]


@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_letter_can_be_seen_before_the_seal(as_officer: Client, begun: DraftRow, language: str) -> None:
    answer = as_officer.get(reverse("matters:draft-letter-pdf", args=[begun.id, language]))
    assert answer.status_code == 200, answer.headers
    assert (answer["Content-Type"], answer.content[:5]) == ("application/pdf", b"%PDF-")


# Acts from a matter


def test_a_message_is_sent_from_a_page_of_its_own(as_officer: Client, detained: MatterId, federation: SimulatedFederation) -> None:
    address = reverse("matters:act", args=[detained, "message.written", 1])
    assert "Write a message" in text(as_officer.get(address))
    refused = as_officer.post(address, {"text": ""})
    assert refused.status_code == 422
    assert "is not complete" in text(refused)  # type: ignore[arg-type]  # as above
    assert as_officer.post(address, {"text": "The papers follow on Monday."}).status_code == 302
    federation.rest()
    with federation.offices[RU].store.read() as unit:
        assert unit.events(detained)[-1].header.act == "message.written/1"


def test_a_message_sent_twice_is_written_once(as_officer: Client, office: Office, detained: MatterId) -> None:
    address = reverse("matters:act", args=[detained, "message.written", 1])
    after = re.search(r'name="after" value="([0-9a-f]{64})"', text(as_officer.get(address)))
    assert after
    answers = [as_officer.post(address, {"text": "Once.", "after": after[1]}) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 409]
    with office.store.read() as unit:
        assert [sealed.header.act for sealed in unit.events(detained)].count("message.written/1") == 1


def test_a_message_with_a_paper_keeps_the_paper_until_it_is_sent(as_officer: Client, office: Office, detained: MatterId) -> None:
    address = reverse("matters:act", args=[detained, "message.written", 1])
    file = SimpleUploadedFile("a.pdf", b"%PDF-1.7 a")
    answer = as_officer.post(
        address,
        {"papers.file": file, "papers.new-title": "Proof of citizenship", "papers.new-language": "ru", "do": "upload:papers", "whole": "1"},
    )
    assert "Proof of citizenship" in text(answer)  # type: ignore[arg-type]  # as above
    assert as_officer.post(address, {"text": "With a paper."}).status_code == 302
    page = text(as_officer.get(reverse("matters:matter", args=[detained])))
    assert "Proof of citizenship" in page


def test_a_move_that_needs_approval_becomes_a_draft_with_what_the_file_says(as_officer: Client, office: Office, detained: MatterId) -> None:
    address = reverse("matters:act", args=[detained, "request.sent", 1])
    assert "another person reads it, approves and seals" in text(as_officer.get(address))
    assert not DraftRow.objects.filter(open=True).exists()
    as_officer.post(address)
    row = DraftRow.objects.get(open=True)
    assert content(office, row)["person_claimed"]["full_name"] == "Rname Mname Kname"
    assert as_officer.post(address)["Location"] == reverse("matters:draft", args=[row.id])
    assert DraftRow.objects.filter(open=True).count() == 1


def test_what_is_not_open_now_is_said(as_officer: Client, detained: MatterId) -> None:
    answer = as_officer.post(reverse("matters:act", args=[detained, "extradition.granted", 1]), follow=True)
    assert "This is not open to you now" in text(answer)  # type: ignore[arg-type]  # as above
