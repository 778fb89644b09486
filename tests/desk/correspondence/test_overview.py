"""Correspondence: each office we know, whether it answers and why not, what waits for it, what of its events is held."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from comity.desk.correspondence.words import MEANING, NOT_REACHED, meaning
from comity.errors import Code
from comity.exchange import Limits
from comity.exchange.store import HeldEvent
from comity.identifiers import ParcelId
from comity.node.office import Office
from comity.simulation.federation import SimulatedFederation
from comity.words import translate
from tests.desk.matters.conftest import KZ, RU, TJ, opened
from tests.desk.today.test_today import MOST_QUERIES, words


def overview(client: Client, language: str = "en") -> HttpResponse:
    answer = client.get(reverse("correspondence:overview"), headers={"Accept-Language": language})
    assert answer.status_code == 200
    return answer  # type: ignore[return-value]  # Django's test answer


def line(answer: HttpResponse, name: str) -> str:
    """The words of the row of one office."""
    rows = re.findall(r"<tr>(?:(?!</tr>).)*</tr>", answer.content.decode(), re.DOTALL)
    found = [one for one in (words(HttpResponse(f"<main>{row}</main>")) for row in rows) if one.removeprefix("> ").startswith(name)]
    assert len(found) == 1, f"{name}: {rows}"
    return found[0].removeprefix("> ")


def unreached(office: Office, federation: SimulatedFederation, code: Code | None, *, hours: float) -> None:
    """The office to which something waits was tried once and has been silent for so long."""
    at = federation.now
    with office.store.write() as unit:
        leased = unit.lease_parcel("test", at, at + timedelta(minutes=1), ParcelId(office.new_id()), Limits())
        assert leased
        assert unit.postpone_parcel(leased, at + timedelta(hours=3), code, at, route=True)
    federation.now = at + timedelta(hours=hours)


def test_offices_that_answer_are_in_order(as_officer: Client, federation: SimulatedFederation) -> None:
    opened(federation.offices[TJ], RU)
    federation.rest()
    page = overview(as_officer)
    assert "Offices we know 2" in words(page)
    for name in ("Kazakhstan kz-gpo", "Russia ru-gpo"):
        row = line(page, name)
        assert "In order 0 0 version 1, valid until" in row
        assert re.search(r"[0-9a-f]{16}", row), "the fingerprint of its card is shown"
    assert "Not answering" not in words(page)


def test_an_office_that_does_not_answer_says_why_since_when_and_when_next(
    as_officer: Client, office: Office, federation: SimulatedFederation
) -> None:
    opened(office, RU)
    unreached(office, federation, Code.UNKNOWN_SENDER, hours=2)
    page = overview(as_officer)
    row = line(page, "Russia")
    assert "Not answering since 22 Nov, 08:00" in row
    assert "The other office does not know us yet. Give it our card. Next try 11:00. Nothing is lost." in row
    assert re.search(r"Nothing is lost\. 2 0 version", row), row
    assert '<b class="signal">' in page.content.decode()
    assert words(page).index("Russia") < words(page).index("Kazakhstan"), "trouble stands first"
    assert 'class="nav__count' in page.content.decode() or "in trouble" in page.content.decode()


def test_a_first_failure_is_said_without_alarm(as_officer: Client, office: Office, federation: SimulatedFederation) -> None:
    opened(office, RU)
    unreached(office, federation, None, hours=0.1)
    page = overview(as_officer)
    assert "Not answering since 22 Nov, 08:00" in line(page, "Russia")
    assert "The other office's gateway did not answer." in line(page, "Russia").replace("&#x27;", "'")
    assert '<b class="signal">' not in page.content.decode()
    assert "in trouble" not in page.content.decode()


def test_events_that_wait_for_something_before_them_are_held(as_officer: Client, office: Office, federation: SimulatedFederation) -> None:
    matter = opened(federation.offices[RU], TJ)
    with federation.offices[RU].store.read() as unit:
        last = unit.events(matter)[-1]
    with office.store.write() as unit:
        unit.hold([HeldEvent(event=last, sender=RU, waits_for="00" * 32, code=Code.PREDECESSOR_MISSING, held_at=federation.now)])
    row = line(overview(as_officer), "Russia")
    assert re.search(r"In order 0 1 version", row), row


def test_in_russian(as_officer: Client, office: Office, federation: SimulatedFederation) -> None:
    opened(office, RU)
    unreached(office, federation, Code.STORAGE, hours=2)
    page = words(overview(as_officer, "ru")).replace("\u00a0", " ")
    for said in ("Переписка", "Россия", "Не отвечает", "с 22 нояб., 08:00", "Хранилище было занято", "Ничего не потеряно."):
        assert said in page, said


def test_the_cost_of_the_page_is_bounded(as_officer: Client, federation: SimulatedFederation) -> None:
    opened(federation.offices[TJ], RU)
    opened(federation.offices[TJ], KZ)
    federation.rest()
    with CaptureQueriesContext(connection) as asked:
        overview(as_officer)
    assert len(asked) <= MOST_QUERIES


@pytest.mark.parametrize("code", list(Code))
def test_every_code_has_a_sentence_in_both_languages(code: Code) -> None:
    said = meaning(code)
    assert said.endswith(".")
    assert translate(said, "ru") != said
    assert (said == NOT_REACHED) is (code not in MEANING)


def test_without_a_code_the_gateway_was_not_reached() -> None:
    assert meaning(None) == NOT_REACHED
