"""The content of an event is erased on a page of its own: by a head, by a stated rule, from every view; the journal still verifies."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from comity.desk.accounts.models import User
from comity.desk.matters import queries
from comity.desk.matters.models import DraftRow, MatterRow, PaperRow
from comity.identifiers import EventId, MatterId
from comity.node import commands
from comity.node.office import Office
from comity.node.roles import Role

ALL = queries.Reader(user="x", unit="", all_units=True)
REASON = "Rules of storage, art. 7: the term of ten years is over."

pytestmark = pytest.mark.django_db(transaction=True)  # the store empties its write-ahead log after an erasure


@pytest.fixture
def applied(office: Office, detained: MatterId) -> EventId:
    """The application for arrest, which names the person."""
    return _event(office, detained, "arrest.applied-for/1")


def _event(office: Office, matter: MatterId, act: str) -> EventId:
    with office.store.read() as unit:
        return next(sealed.id for sealed in unit.events(matter) if sealed.header.act == act)


def _said(answer: Any) -> str:
    return re.sub(r"[ \n]+", " ", answer.content.decode())


def _get(client: Client, name: str, *arguments: str, language: str = "en") -> str:
    answer = client.get(reverse(f"matters:{name}", args=arguments), headers={"accept-language": language})
    assert answer.status_code == 200
    return _said(answer)


@pytest.mark.parametrize(
    ("language", "head_words", "goes", "stays", "asks"),
    [
        ("en", "Erase the content", "Person claimed", "Russia: its own copy", "By which rule"),
        ("ru", "Стереть содержание", "Лицо, выдача которого запрашивается", "Россия: собственный экземпляр", "По какой норме"),
    ],
)
def test_the_event_leads_to_a_page_that_says_what_goes_and_what_stays(
    as_head: Client, detained: MatterId, applied: EventId, language: str, head_words: str, goes: str, stays: str, asks: str
) -> None:
    address = reverse("matters:event-erasure", args=[detained, applied])
    event = _get(as_head, "matter-event", detained, applied, language=language)
    assert head_words in event
    assert f'href="{address}"' in event
    page = _get(as_head, "event-erasure", detained, applied, language=language)
    for words in (head_words, goes, stays, asks):
        assert words in page, words
    assert "Rname" not in page


def test_who_may_not_erase_is_neither_offered_it_nor_let_in(
    as_officer: Client, office: Office, detained: MatterId, applied: EventId
) -> None:
    address = reverse("matters:event-erasure", args=[detained, applied])
    assert address not in _get(as_officer, "matter-event", detained, applied)
    assert as_officer.get(address).status_code == 403
    assert as_officer.post(address, {"reason": REASON}).status_code == 403
    assert "Rname Mname Kname" in _get(as_officer, "matter-event", detained, applied)


@pytest.mark.parametrize(
    ("language", "done", "event_words", "passed"),
    [
        ("en", "Erased here.", "The content was erased on 22 November 2026.", "Every step of the check passed just now."),
        ("ru", "Стёрто у нас.", "Содержание стёрто 22 ноября 2026\u00a0г.", "Все шаги проверки сейчас пройдены."),
    ],
)
def test_what_a_head_erases_is_gone_from_every_view_and_the_journal_verifies(
    as_head: Client, detained: MatterId, applied: EventId, language: str, done: str, event_words: str, passed: str
) -> None:
    by_name = queries.MatterFilter(reader=ALL, words="rname")
    assert queries.matters(by_name).exists()
    assert PaperRow.objects.filter(event=applied).exists()
    address = reverse("matters:event-erasure", args=[detained, applied])
    answer = as_head.post(address, {"reason": REASON}, headers={"accept-language": language})
    assert answer["Location"] == reverse("matters:matter-event", args=[detained, applied])
    event = _get(as_head, "matter-event", detained, applied, language=language)
    assert done in event
    assert event_words in event
    assert REASON in event
    assert address not in event
    for page in (event, _get(as_head, "matter", detained, language=language)):
        assert "Rname" not in page
        assert "R.\u00a0M." not in page
    row = MatterRow.objects.get(pk=detained)
    assert (row.subject, row.subject_is_person) == ("", False)
    assert row.title in {"Extradition", "Выдача"}
    assert "rname" not in row.words
    assert not queries.matters(by_name).exists()
    assert not PaperRow.objects.filter(event=applied).exists()
    assert not DraftRow.objects.filter(matter=detained).exists()
    assert passed in _get(as_head, "matter-proof", detained, language=language)


def test_the_rule_by_which_it_was_erased_stands_on_private_paper_only(
    as_head: Client, head: User, office: Office, detained: MatterId, applied: EventId
) -> None:
    commands.erase(office, commands.Actor(user=str(head.pk), roles=head.roles), detained, applied, REASON)
    shared, _line, private = _get(as_head, "matter-event", detained, applied).partition('<aside class="private"')
    assert REASON not in shared
    assert REASON in private
    assert head.display_name in private


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "Say by which rule the content is erased."), ("ru", "Укажите, по какой норме стирается содержание.")],
)
def test_no_rule_no_erasure(as_head: Client, detained: MatterId, applied: EventId, language: str, words: str) -> None:
    address = reverse("matters:event-erasure", args=[detained, applied])
    answer = as_head.post(address, {"reason": "  "}, headers={"accept-language": language})
    assert answer.status_code == 422
    assert words in _said(answer)
    assert "Rname Mname Kname" in _get(as_head, "matter-event", detained, applied)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "The opening of a matter holds no personal data and is not erased."),
        ("ru", "Запись об открытии производства не содержит персональных данных и не стирается."),
    ],
)
def test_the_opening_is_not_erasable(as_head: Client, office: Office, detained: MatterId, language: str, words: str) -> None:
    opening = _event(office, detained, "matter.opened/1")
    address = reverse("matters:event-erasure", args=[detained, opening])
    assert address not in _get(as_head, "matter-event", detained, opening)
    page = _get(as_head, "event-erasure", detained, opening, language=language)
    assert words in page
    assert 'name="reason"' not in page
    refused = as_head.post(address, {"reason": REASON}, headers={"accept-language": language})
    assert refused.status_code == 422
    assert words in _said(refused)
    with office.store.read() as unit:
        assert unit.events(detained)[0].content is not None


def test_what_is_erased_already_is_not_erased_again(as_head: Client, office: Office, detained: MatterId, applied: EventId) -> None:
    address = reverse("matters:event-erasure", args=[detained, applied])
    for _ in range(2):
        assert as_head.post(address, {"reason": REASON}).status_code == 302
    assert "Nothing is left to erase here." in _said(as_head.get(address, follow=True))
    with office.store.read() as unit:
        assert [event.header.act for event in unit.internal(detained)].count(commands.ERASED) == 1


def test_an_event_of_no_matter_of_ours_is_not_found(as_head: Client, detained: MatterId) -> None:
    assert as_head.get(reverse("matters:event-erasure", args=[detained, "0" * 64])).status_code == 404


def test_an_auditor_reads_it_but_does_not_erase(make: Any, office: Office, detained: MatterId, applied: EventId) -> None:
    client = Client()
    client.force_login(make("auditor", Role.AUDITOR))
    address = reverse("matters:event-erasure", args=[detained, applied])
    assert address not in _get(client, "matter-event", detained, applied)
    assert client.post(address, {"reason": REASON}).status_code == 403
