"""Today: what lies on our desk with the reason for each date, what waits, what arrived, what awaits approval, what is in trouble."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from comity.desk.accounts.models import User
from comity.desk.matters.models import MatterRow
from comity.errors import Code
from comity.exchange import Limits
from comity.identifiers import MatterId, ParcelId
from comity.node import commands
from comity.node.commands import Done
from comity.node.office import Office
from comity.node.roles import Role
from comity.simulation.federation import SimulatedFederation
from tests.desk.matters.conftest import ARREST, KZ, RU, SEALER, TJ, actor, moved, opened

MOST_QUERIES = 30
ASKED = {
    "basis": ["chisinau-2002"],
    "case_name": "Case 247 of the supply of equipment",
    "acts_asked": ["questioning"],
    "facts": "Paid for, and not supplied.",
    "legal_qualification": "Fraud.",
    "law_text": "Attached.",
    "subject": "Question the witness.",
    "persons": "unknown",
    "requesting_authority": "Prosecutor General's Office",
    "requested_authority": "Prosecutor General's Office",
    "language": "ru",
    "signed_by": "First deputy",
    "official_seal": "on-papers",
    "our_number": "7/2026",
    "checks": [{"check": "iccpr-art6-7-14", "answer": "no-risk"}, {"check": "iccpr-op2", "answer": "no-risk"}],
}


def words(answer: HttpResponse) -> str:
    """What a reader reads of a page."""
    main = answer.content.decode().partition("<main")[2].partition("</main>")[0]
    plain = re.sub(r"<svg.*?</svg>", " ", main, flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", plain).split()).replace("\u2060", "")


def section(answer: HttpResponse, title: str) -> str:
    """The words of one section of a page."""
    parts = re.split(r"<section", answer.content.decode().partition("<main")[2].partition("</main>")[0])
    found = [words(HttpResponse(f"<main {part}</main>")) for part in parts if re.search(rf"<h2[^>]*>.*?{title}", part, re.DOTALL)]
    assert len(found) == 1, f"{title}: {len(found)}"
    return found[0].replace("> ", "", 1)


def today(client: Client, **query: str) -> HttpResponse:
    answer = client.get(reverse("today"), query)
    assert answer.status_code == 200
    return answer  # type: ignore[return-value]  # Django's test answer


def assigned(office: Office, matter: MatterId, user: User) -> None:
    result = commands.record(office, SEALER, matter, commands.ASSIGNED, {"unit": user.unit_id, "to": str(user.pk)})
    assert isinstance(result, Done)


# An empty desk


def test_an_empty_desk_says_so_and_what_would_come(as_officer: Client) -> None:
    page = words(today(as_officer))
    for sentence in (
        "Sunday, 22 November",
        "Nothing lies on our desk.",
        "What arrives or comes back to us will stand here",
        "No other office holds a file of ours.",
        "Everything that arrived is registered.",
        "Nothing awaits approval.",
    ):
        assert sentence in page, sentence
    for absent in ("Trouble", "Drafts", "Closed lately"):
        assert absent not in page, absent


# No date without its reason


def test_a_term_of_law_stands_with_day_reason_article_and_certainty(as_officer: Client, detained: MatterId) -> None:
    row = section(today(as_officer), "On our desk")
    for said in ("10 Dec Thu, in 18 days", "Extradition of R. M.", "TJ to RU", "Detention before the request.", "22 of 40"):
        assert said in row.replace("\u00a0", " "), said
    assert "not verified:  Chisinau Convention 2002" in row
    assert "Our target, not law" not in row
    gauge = re.search(r'class="gauge".*?width="([\d.]+)%"\s+height="4"', today(as_officer).content.decode(), re.DOTALL)
    assert gauge
    assert gauge[1] == "55.0"


def test_a_service_target_is_called_ours_and_carries_no_mark(as_head: Client, federation: SimulatedFederation) -> None:
    opened(federation.offices[KZ], TJ, kind="mutual-assistance", act="request.sent/1", content=ASKED)
    federation.rest()
    row = section(today(as_head), "On our desk")
    assert "Registration of the request. Our target, not law." in row
    assert "verified:" not in row.partition("verified in the source")[0]
    assert "3, from tomorrow" in row  # the day it was asked for does not count
    assert "Case 247 of the supply of equipment" in row


def test_without_a_term_the_row_says_what_is_awaited(as_officer: Client, detained: MatterId) -> None:
    MatterRow.objects.update(due=None, due_clock="", due_days=None, due_from=None, due_instrument="")
    row = section(today(as_officer), "On our desk")
    assert "The law sets no term" in row
    assert "The requesting office is to send the extradition request before the term ends." in row
    assert "ruler--due" not in today(as_officer).content.decode(), "a ruler without a date says nothing"


@pytest.mark.parametrize(
    ("days", "group", "near"),
    [
        (-2, "Overdue", "2 days ago"),
        (0, "Today and tomorrow", "today"),
        (1, "Today and tomorrow", "tomorrow"),
        (18, "Later", "in 18 days"),
    ],
)
def test_rows_stand_in_groups_by_nearness(as_officer: Client, office: Office, detained: MatterId, days: int, group: str, near: str) -> None:
    MatterRow.objects.update(due=office.today() + timedelta(days=days))
    row = section(today(as_officer), "On our desk")
    assert f"{group} 1" in row
    assert near in row


def test_the_sentence_of_the_day_counts_what_presses(as_officer: Client, federation: SimulatedFederation, office: Office) -> None:
    matters = [opened(federation.offices[RU], TJ) for _ in range(3)]
    federation.rest()
    for matter, days in zip(matters, (-1, 1, 30), strict=True):
        MatterRow.objects.filter(pk=matter).update(due=office.today() + timedelta(days=days))
    page = today(as_officer)
    assert "3 matters lie on our desk. 1 is overdue. 1 is due by tomorrow." in words(page)
    assert '<b class="signal">1 is overdue.</b>' in page.content.decode()


# Whose desk


def test_office_unit_and_mine_narrow_the_desk(
    as_officer: Client, officer: User, make: Callable[..., User], federation: SimulatedFederation, office: Office
) -> None:
    make("another", Role.OFFICER, unit="assistance")
    mine, of_unit, of_nobody = (opened(federation.offices[RU], TJ) for _ in range(3))
    federation.rest()
    assigned(office, mine, officer)
    assert isinstance(commands.record(office, SEALER, of_unit, commands.ASSIGNED, {"unit": "extradition"}), Done)
    seen = {view: section(today(as_officer, view=view), "On our desk") for view in ("office", "unit", "mine", "nonsense")}
    counts = {view: int(re.search(r"On our desk (\d+)", text)[1]) for view, text in seen.items()}  # type: ignore[index]  # it is there
    assert counts == {"office": 3, "unit": 2, "mine": 1, "nonsense": 3}
    assert "Extradition · you" in seen["mine"]
    assert "Mine 1" in words(today(as_officer))
    assert of_nobody


def test_another_units_matter_is_not_seen(
    as_officer: Client, as_head: Client, make: Callable[..., User], federation: SimulatedFederation, office: Office
) -> None:
    other = make("another", Role.OFFICER, unit="assistance")
    matter = opened(federation.offices[RU], TJ)
    federation.rest()
    assigned(office, matter, other)
    assert "Nothing lies on our desk." in words(today(as_officer))
    assert "1 matter lies on our desk." in words(today(as_head))


# Arrived, drafts, approval, waiting, done


def test_what_arrived_waits_for_a_number_and_then_leaves_the_list(as_head: Client, federation: SimulatedFederation) -> None:
    matter = opened(federation.offices[KZ], TJ, kind="mutual-assistance", act="request.sent/1", content=ASKED)
    federation.rest()
    arrived = section(today(as_head), "Arrived, not registered")
    assert "Kazakhstan — Request for legal assistance" in arrived
    moved(federation.offices[TJ], matter, "request.registered/1", {"number": "7/1-2207", "received_on": "2026-11-22"})
    page = today(as_head)
    assert "Everything that arrived is registered." in section(page, "Arrived, not registered")
    assert "Take up the execution" in section(page, "On our desk")


def test_a_draft_is_the_officers_then_awaits_another_persons_approval(
    as_officer: Client, as_head: Client, officer: User, office: Office
) -> None:
    draft = commands.new_draft(
        office,
        procedure_name="extradition",
        version=1,
        act="arrest.applied-for/1",
        counterparts={"requested": [RU]},
        own_role="requesting",
        content=ARREST,
    )
    assert isinstance(commands.save_draft(office, actor(officer), draft), Done)
    assert "Apply for arrest before the request to Russia" in section(today(as_officer), "Drafts")
    assert isinstance(commands.submit_draft(office, actor(officer), draft.matter, draft.id), Done)
    theirs, ours = section(today(as_head), "Awaiting approval"), section(today(as_officer), "Awaiting approval")
    assert "Apply for arrest before the request to Russia" in theirs
    assert "another person seals it" not in theirs
    assert "you wrote it: another person seals it" in ours
    assert "Drafts" not in words(today(as_officer))


def test_a_returned_draft_comes_back_with_its_reason(as_officer: Client, officer: User, head: User, office: Office) -> None:
    draft = commands.new_draft(
        office,
        procedure_name="extradition",
        version=1,
        act="arrest.applied-for/1",
        counterparts={"requested": [RU]},
        own_role="requesting",
        content=ARREST,
    )
    for result in (
        commands.save_draft(office, actor(officer), draft),
        commands.submit_draft(office, actor(officer), draft.matter, draft.id),
        commands.return_draft(office, actor(head), draft.matter, draft.id, "The order of the court is not named.", revision=1),
    ):
        assert isinstance(result, Done)
    assert "Returned: The order of the court is not named." in section(today(as_officer), "Drafts")


def test_a_draft_in_a_matter_is_the_next_move_and_bears_the_matters_title(
    as_officer: Client, as_head: Client, officer: User, office: Office, detained: MatterId
) -> None:
    draft = commands.draft_in(office, detained, "intent.confirmed/1", {})
    assert "Send the extradition request" in section(today(as_officer), "On our desk")
    assert isinstance(commands.save_draft(office, actor(officer), draft), Done)
    assert "Confirm the intent to ask for extradition draft begun" in section(today(as_officer), "On our desk")
    assert isinstance(commands.submit_draft(office, actor(officer), detained, draft.id), Done)
    page = today(as_head)
    assert "Confirm the intent to ask for extradition awaits approval" in section(page, "On our desk")
    assert f'href="/drafts/{draft.id}"' in page.content.decode()
    assert "Extradition of R. M." in section(page, "Awaiting approval").replace("\u00a0", " ")


def test_what_others_hold_stands_under_waiting_with_since_when(as_officer: Client, federation: SimulatedFederation) -> None:
    opened(federation.offices[TJ], RU)
    federation.rest()
    waiting = section(today(as_officer), "Waiting on others")
    assert "Russia Extradition of R. M." in waiting.replace("\u00a0", " ")
    assert "there since today" in waiting
    MatterRow.objects.update(state_since=federation.now - timedelta(days=5))
    assert "there since 17 Nov, 5 days" in section(today(as_officer), "Waiting on others")


def test_what_ended_lately_is_told(as_officer: Client, federation: SimulatedFederation, detained: MatterId) -> None:
    assert "Closed lately" not in words(today(as_officer))
    MatterRow.objects.filter(pk=detained).update(terminal=True, on_our_desk=False, holder="")
    assert "Extradition of R. M." in section(today(as_officer), "Closed lately").replace("\u00a0", " ")


# Trouble


def unreached(office: Office, federation: SimulatedFederation, *, hours: float) -> None:
    """Moscow has not been reached for so long."""
    at = federation.now
    with office.store.write() as unit:
        leased = unit.lease_parcel("test", at, at + timedelta(minutes=1), ParcelId(office.new_id()), Limits())
        assert leased
        unit.postpone_parcel(leased, at + timedelta(minutes=2), Code.STORAGE, at, route=True)
    federation.now = at + timedelta(hours=hours)


def test_an_office_that_does_not_answer_is_trouble_after_an_hour(
    as_officer: Client, office: Office, federation: SimulatedFederation
) -> None:
    opened(office, RU)
    unreached(office, federation, hours=0.5)
    assert "Trouble" not in words(today(as_officer))
    federation.now += timedelta(hours=1)
    page = today(as_officer)
    trouble = section(page, "Trouble")
    assert "Russia is not answering" in trouble
    assert "nothing is lost" in trouble
    assert "in trouble" in page.content.decode()


def test_a_frozen_matter_is_trouble_and_offers_no_move(as_officer: Client, detained: MatterId) -> None:
    MatterRow.objects.filter(pk=detained).update(frozen=True)
    page = today(as_officer)
    assert "A matter is frozen: Extradition of R. M." in section(page, "Trouble").replace("\u00a0", " ")
    assert "Send the extradition request" not in section(page, "On our desk")


# The frame


@pytest.mark.parametrize("opens", [True, False])
def test_a_draft_page_stands_under_new_request_or_under_its_matter(
    as_officer: Client, officer: User, office: Office, detained: MatterId, opens: bool
) -> None:
    new = commands.new_draft(
        office,
        procedure_name="extradition",
        version=1,
        act="arrest.applied-for/1",
        counterparts={"requested": [RU]},
        own_role="requesting",
        content=ARREST,
    )
    draft = new if opens else commands.draft_in(office, detained, "request.sent/1", {})
    assert isinstance(commands.save_draft(office, actor(officer), draft), Done)
    page = as_officer.get(reverse("matters:draft-approval", args=[draft.id])).content.decode()
    current = re.findall(r'aria-current="page"[^>]*>\s*([A-Z][a-z ]+)', page.partition("<main")[0])
    assert [one.strip() for one in current] == ["New request" if opens else "Matters"]
    assert "<li>Extradition of R. M.</li>" in page.replace("\u00a0", " "), "the head of the page says which matter it is about"


# Words and cost


def test_today_in_russian(as_officer: Client, detained: MatterId) -> None:
    page = words(as_officer.get(reverse("today"), headers={"Accept-Language": "ru"})).replace("\u00a0", " ")  # type: ignore[arg-type]  # Django's test answer
    for said in ("Воскресенье, 22 ноября", "В нашем производстве 1", "Кишинёвская конвенция 2002", "22 из 40", "Ждём других"):
        assert said in page, said
    assert not re.search(r"\b(matter|the|our|days?)\b", page), page


def test_a_full_desk_costs_no_more_queries_than_an_empty_one(as_officer: Client, federation: SimulatedFederation, office: Office) -> None:
    today(as_officer)
    with CaptureQueriesContext(connection) as empty:
        today(as_officer)
    for _ in range(4):
        opened(federation.offices[RU], TJ)
        opened(office, KZ)
    federation.rest()
    with CaptureQueriesContext(connection) as full:
        today(as_officer)
    assert len(full) <= MOST_QUERIES, "\n".join(one["sql"][:120] for one in full.captured_queries)
    assert len(full) <= len(empty) + 2
