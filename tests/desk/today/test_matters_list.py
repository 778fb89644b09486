"""Matters: every matter a person may see, narrowed by what stands in the address, page by page."""

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
from comity.identifiers import MatterId
from comity.node import commands
from comity.node.commands import Done
from comity.node.office import Office
from comity.node.roles import Role
from comity.simulation.federation import SimulatedFederation
from tests.desk.matters.conftest import ARREST, KZ, RU, SEALER, TJ, moved, opened
from tests.desk.today.test_today import ASKED, MOST_QUERIES, words

PER_PAGE = 50


def listed(client: Client, **query: str) -> HttpResponse:
    answer = client.get(reverse("matters"), query)
    assert answer.status_code == 200
    return answer  # type: ignore[return-value]  # Django's test answer


@pytest.fixture
def three(federation: SimulatedFederation) -> dict[str, MatterId]:
    """An extradition from Moscow on our desk, one of ours that Astana holds, and a request for legal assistance, registered."""
    asked = {**ARREST, "our_number": "9/1-77", "person_claimed": {**ARREST["person_claimed"], "full_name": "Iname Aname"}}  # type: ignore[dict-item]  # a mapping
    found = {
        "ours": opened(federation.offices[RU], TJ, content=asked),
        "theirs": opened(federation.offices[TJ], KZ),
        "registered": opened(federation.offices[KZ], TJ, kind="mutual-assistance", act="request.sent/1", content=ASKED),
    }
    federation.rest()
    moved(federation.offices[TJ], found["registered"], "request.registered/1", {"number": "7/1-2207", "received_on": "2026-11-22"})
    federation.rest()
    return found


def shown(answer: HttpResponse, three: dict[str, MatterId]) -> set[str]:
    """Which of the three the page lists."""
    text = answer.content.decode()
    return {name for name, matter in three.items() if f'href="/matters/{matter}"' in text}


def test_without_a_matter_the_page_says_how_they_begin(as_officer: Client) -> None:
    assert "There is no matter yet. Matters arrive from other offices, or begin with a new request." in words(listed(as_officer))


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, {"ours", "theirs", "registered"}),
        ({"desk": "ours"}, {"ours", "registered"}),
        ({"desk": "theirs"}, {"theirs"}),
        ({"desk": "closed"}, set()),
        ({"kind": "mutual-assistance"}, {"registered"}),
        ({"kind": "extradition"}, {"ours", "theirs"}),
        ({"state": "KZ"}, {"theirs", "registered"}),
        ({"state": "RU", "desk": "theirs"}, set()),
        ({"q": "7/1-2207"}, {"registered"}),
        ({"q": "9/1-77"}, {"ours"}),
        ({"q": "iname"}, {"ours"}),
        ({"q": "россия"}, {"ours"}),
        ({"q": "iname kazakhstan"}, set()),
        ({"q": "EQUIPMENT", "kind": "mutual-assistance", "state": "KZ"}, {"registered"}),
    ],
)
def test_the_address_narrows_the_list(as_officer: Client, three: dict[str, MatterId], query: dict[str, str], found: set[str]) -> None:
    page = listed(as_officer, **query)
    assert shown(page, three) == found
    text = words(page)
    assert f"{'Matters found' if query else 'All matters'} {len(found)}" in text
    assert ("No matter fits." in text) is (not found)
    for name, value in query.items():
        assert value in page.content.decode(), name


def test_a_row_says_kind_state_holder_and_both_numbers(as_officer: Client, three: dict[str, MatterId]) -> None:
    text = words(listed(as_officer, kind="mutual-assistance")).replace("\u00a0", " ")
    assert "Case 247 of the supply of equipment KZ to TJ Request for legal assistance · 7/1-2207, 7/2026" in text
    assert "We do" in text
    assert "Kazakhstan" in words(listed(as_officer, desk="theirs")).partition("Changed")[2]


def test_a_wrong_filter_narrows_nothing_and_says_so(as_officer: Client, three: dict[str, MatterId]) -> None:
    page = listed(as_officer, kind="nonsense", state="XX")
    assert shown(page, three) == set(three)
    assert "The filter names something that is not known here, so it narrows nothing." in words(page)
    assert "All matters 3" in words(page)


def test_another_units_matter_is_neither_listed_nor_found(
    as_officer: Client, as_head: Client, make: Callable[..., User], office: Office, three: dict[str, MatterId]
) -> None:
    other = make("another", Role.OFFICER, unit="assistance")
    done = commands.record(office, SEALER, three["ours"], commands.ASSIGNED, {"unit": "assistance", "to": str(other.pk)})
    assert isinstance(done, Done)
    assert shown(listed(as_officer), three) == {"theirs", "registered"}
    assert shown(listed(as_officer, q="iname"), three) == set()
    assert shown(listed(as_head), three) == set(three)
    theirs = Client()
    theirs.force_login(other)
    assert "ours" in shown(listed(theirs), three)


def test_a_long_list_comes_in_pages_that_keep_the_filter(as_officer: Client, office: Office, three: dict[str, MatterId]) -> None:
    one = MatterRow.objects.get(pk=three["ours"])
    for number in range(PER_PAGE + 5):
        one.pk = f"00000000-0000-7000-8000-{number:012}"
        one.changed_at = office.clock() - timedelta(minutes=number)
        one.save(force_insert=True)
    first, second = listed(as_officer, desk="ours"), listed(as_officer, desk="ours", page="2")
    assert f"1 to {PER_PAGE} of {PER_PAGE + 7}" in words(first)
    assert "?desk=ours&amp;page=2" in first.content.decode()
    rows = [page.content.decode().count('<th scope="row">') for page in (first, second)]
    assert rows == [PER_PAGE, 7]
    assert words(listed(as_officer, page="nonsense")).count("1 to 50 of") == 1


def test_the_list_in_russian(as_officer: Client, three: dict[str, MatterId]) -> None:
    page = as_officer.get(reverse("matters"), headers={"Accept-Language": "ru"})
    text = words(page).replace("\u00a0", " ")  # type: ignore[arg-type]  # Django's test answer
    for said in ("Все производства 3", "Казахстан", "В чьём производстве", "Запрос о правовой помощи"):
        assert said in text, said
    for english in ("Matters", "We do", "Kind", "Changed", "Anywhere"):
        assert english not in text, english


def test_a_full_list_costs_no_more_queries_than_a_short_one(as_officer: Client, office: Office, three: dict[str, MatterId]) -> None:
    listed(as_officer)
    with CaptureQueriesContext(connection) as short:
        listed(as_officer)
    one = MatterRow.objects.get(pk=three["theirs"])
    for number in range(PER_PAGE):
        one.pk = f"00000000-0000-7000-8000-{number:012}"
        one.save(force_insert=True)
    with CaptureQueriesContext(connection) as full:
        listed(as_officer)
    assert len(full) <= MOST_QUERIES
    assert len(full) <= len(short)


def test_who_may_not_read_matters_sees_no_list(make: Callable[..., User], office: Office) -> None:
    client = Client()
    client.force_login(make("keeper", Role.ADMINISTRATOR))
    for name in ("matters", "correspondence:overview"):
        assert client.get(reverse(name)).status_code == 403
    assert client.get(reverse("today")).headers["Location"] == reverse("people"), "who looks after people begins there"
    client.force_login(make("counter", Role.STATISTICIAN))
    assert client.get(reverse("today")).status_code == 403
