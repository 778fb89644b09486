"""The history of a pair: each stage with the event that began it, the same in the drawing and in the table."""

import re
from datetime import date, timedelta
from itertools import pairwise

import pytest
from django.test import Client

from comity.desk.law.pair import page
from comity.desk.law.question import Question
from comity.law import Certainty, default_register, resolve

from .test_home import said

PAIRS = (("KZ", "TJ", "extradition"), ("RU", "UA", "extradition"), ("KZ", "CN", "mla"), ("TJ", "US", "mla"), ("AM", "AZ", "mla"))


def shown(requesting: str, requested: str, kind: str, on: date = date(2026, 11, 22)):
    return page(default_register(), Question(requesting=requesting, requested=requested, kind=kind, on=on), "en")


@pytest.mark.parametrize("pair", PAIRS)
def test_stages_follow_one_another_without_a_gap_and_say_what_the_law_answers(pair: tuple[str, str, str]) -> None:
    register = default_register()
    stages = shown(*pair).stages
    assert stages[0].since.year == 1991
    assert stages[-1].until is None
    for one, following in pairwise(stages):
        assert one.until is not None
        assert one.until + timedelta(days=1) == following.since
        assert following.events
    for stage in stages:
        basis = resolve(register, *pair, stage.since)
        assert stage.sure is (basis.certainty is Certainty.CERTAIN)
        assert f"on={stage.since.isoformat()}" in stage.url


def test_the_event_that_changed_the_basis_is_named_with_its_certainty(as_officer: Client) -> None:
    text = said(as_officer, "/law/pairs/KZ/TJ/", kind="extradition")
    assert "Tajikistan enters Minsk not verified" in text
    assert "Tajikistan surely bound by Chisinau from here on" in text
    assert "12 days on which something beside the basis changed" in text


def test_exactly_one_stage_is_that_of_the_day() -> None:
    for on in (date(1991, 12, 31), date(1994, 12, 19), date(1994, 12, 20), date(2026, 11, 22)):
        found = shown("KZ", "TJ", "extradition", on)
        assert [stage for stage in found.stages if stage.chosen] == [found.now]
        assert found.now.since <= on


@pytest.mark.parametrize("pair", PAIRS)
def test_the_drawing_says_what_the_answers_say(pair: tuple[str, str, str]) -> None:
    register = default_register()
    found = shown(*pair)
    for lane in found.spans.lanes:
        for span in lane.spans:
            assert found.spans.first <= span.since <= found.spans.last
    for stage in found.stages:
        basis = resolve(register, *pair, stage.since)
        drawn = [
            lane
            for lane in found.spans.lanes
            if any(one.since <= stage.since and (one.until is None or stage.since <= one.until) for one in lane.spans)
        ]
        carrying = [one for one in basis.applied if one.role != "reserve"]
        assert len(drawn) == (len(carrying) or 1)


def test_the_pair_is_chosen_on_a_form(as_officer: Client) -> None:
    answer = as_officer.get("/law/pairs/", {"requesting": "KZ", "requested": "TJ", "kind": "mla", "on": "28.06.2023"})
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/law/pairs/KZ/TJ/?kind=mla&on=2023-06-28"
    assert "Choose the State that is asked." in said(as_officer, "/law/pairs/", 422, requesting="KZ", kind="mla")


def test_it_leads_to_the_answer_of_each_day_and_to_the_other_way_round(as_officer: Client) -> None:
    html = as_officer.get("/law/pairs/KZ/TJ/", {"kind": "extradition", "on": "2026-11-22"}).content.decode()
    assert 'href="/law/?requesting=KZ&amp;requested=TJ&amp;kind=extradition&amp;on=2006-01-01"' in html
    assert 'href="/law/pairs/TJ/KZ/?kind=extradition&amp;on=2026-11-22"' in html


def test_small_letters_are_understood(as_officer: Client) -> None:
    assert "Chisinau 2002" in said(as_officer, "/law/pairs/kz/tj/")


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/law/pairs/XX/TJ/", 404, "The register knows no State “XX”."),
        ("/law/pairs/TJ/TJ/", 404, "A State does not ask itself: choose another one."),
        ("/law/pairs/KZ/TJ/?kind=exile", 422, "The register knows no kind of request “exile”."),
        ("/law/pairs/KZ/TJ/?on=1991-02-01", 422, "Kazakhstan did not exist as a State on this day: it has since 16 December 1991."),
        ("/law/pairs/KZ/TJ/?on=yesterday", 422, "Write day, month and year"),
    ],
)
def test_what_is_not_understood_is_said_on_the_form(as_officer: Client, path: str, status: int, words: str) -> None:
    answer = as_officer.get(path)
    assert answer.status_code == status
    assert words in re.sub(r"<[^>]+>", "", answer.content.decode())


def test_it_speaks_russian(as_officer: Client) -> None:
    as_officer.post("/language", {"language": "ru", "next": "/law/"})
    text = said(as_officer, "/law/pairs/KZ/TJ/")
    assert "Таджикистан становится участником: Минск" in text
    assert "Здесь начинается реестр." in text
