"""A lawyer confirms or corrects a fact on the desk; everybody sees it, others cannot; the office's answers follow."""

import tomllib
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from comity.desk.office import register_of_office
from comity.law import Confidence, facts
from comity.node.roles import Role

FACT = "chisinau-2002/party/TJ"
URL = "/law/facts/chisinau-2002/party/TJ/"
GOOD = {"what": "whole", "source": "A note of the depositary", "read_on": "10.01.2026", "note": "Seen in the ministry."}


@pytest.fixture
def lawyer(make, office):
    client = Client()
    client.force_login(make("lawyer", Role.LAWYER))
    return client


def held(client, url=URL, **changes):
    """What the form would send unchanged, with these changes."""
    form = client.get(url).context["form"]
    lines = {name: form[name].value() for name in form.fields if name.startswith("key-")}
    said = {
        name: value.strftime("%d.%m.%Y") if isinstance(value, date) else ("" if value is None else value) for name, value in lines.items()
    }
    return {**said, **GOOD, **changes}


def test_a_fact_is_confirmed_as_it_stands(lawyer):
    assert facts(register_of_office())[FACT].confidence is Confidence.UNVERIFIED
    answer = lawyer.post(URL, held(lawyer), follow=True)
    assert answer.status_code == 200
    assert "Confirmed as it stands" in answer.content.decode()
    assert facts(register_of_office())[FACT].confidence is Confidence.VERIFIED
    listed = lawyer.get("/law/confirmations/").content.decode()
    assert "A note of the depositary" in listed
    assert "Tajikistan" in listed


def test_a_correction_shows_what_the_shared_register_says(lawyer):
    lawyer.post(URL, held(lawyer, **{"key-in_force": "20.02.2005"}))
    assert facts(register_of_office())[FACT].keys["in_force"] == "2005-02-20"
    page = lawyer.get(URL).content.decode()
    assert "20 February 2005" in page
    assert "the shared register:" in page


def test_one_line_alone_is_confirmed_and_no_other_may_change_with_it(lawyer):
    wrong = lawyer.post(URL, held(lawyer, what="status", **{"key-in_force": "20.02.2005"}))
    assert wrong.status_code == 422
    assert "20.02.2005" in wrong.content.decode()  # what was typed stands there still
    assert lawyer.post(URL, held(lawyer, what="status")).status_code == 302
    assert lawyer.get("/law/confirmations/").context["made"][0].what == "status"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"source": ""}, "source"),
        ({"read_on": "31.02.2026"}, "read_on"),
        ({"read_on": "01.01.2999"}, "read_on"),
        ({"key-in_force": "in spring"}, "key-in_force"),
    ],
    ids=["no source", "no such day", "a day to come", "not a day"],
)
def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_kept(lawyer, changes, field):
    answer = lawyer.post(URL, held(lawyer, **changes))
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert lawyer.get("/law/confirmations/").context["made"] == ()


def test_what_the_register_refuses_is_said_on_top(lawyer):
    answer = lawyer.post(URL, held(lawyer, **{"key-in_force": "01.01.1999"}))  # before the convention was opened
    assert answer.status_code == 422
    assert "The register cannot hold this" in answer.content.decode()


def test_an_officer_reads_it_but_cannot_confirm(as_officer):
    page = as_officer.get(URL)
    assert page.status_code == 200
    assert page.context["form"] is None
    assert as_officer.post(URL, GOOD).status_code == 403
    assert as_officer.get(reverse("law:take-back", args=[FACT])).status_code == 403


def test_an_unknown_fact_is_not_found(lawyer):
    assert lawyer.get("/law/facts/chisinau-2002/party/XX/").status_code == 404
    assert lawyer.get(reverse("law:take-back", args=[FACT])).status_code == 404


def test_it_is_taken_back_with_a_reason(lawyer):
    before = facts(register_of_office())[FACT]
    lawyer.post(URL, held(lawyer, **{"key-in_force": "20.02.2005"}))
    back = reverse("law:take-back", args=[FACT])
    assert lawyer.post(back, {"reason": " "}).status_code == 422
    assert lawyer.post(back, {"reason": "Another State's date."}, follow=True).status_code == 200
    assert facts(register_of_office())[FACT] == before


def test_the_patch_holds_what_was_confirmed_and_no_person(lawyer):
    lawyer.post(URL, held(lawyer, **{"key-in_force": "20.02.2005"}))
    answer = lawyer.get("/law/confirmations.toml")
    assert "attachment" in answer["Content-Disposition"]
    said = tomllib.loads(answer.content.decode())
    (change,) = said["change"]
    assert change["fact"] == FACT
    assert change["set"]["in_force"] == date(2005, 2, 20)
    assert "lawyer@" not in answer.content.decode()


@pytest.mark.parametrize(
    "address",
    [
        "coe-extradition-1957/provision/16/provisional-arrest",
        "human-rights/check/cat-1984-art3",
        "authorities/authority/KZ/all/mla+extradition+transfer-of-proceedings+transfer-of-sentenced+asset-recovery",
        "questions/question/minsk-chisinau-duration",
    ],
)
def test_every_kind_of_fact_has_its_page_in_both_languages(lawyer, address):
    for language in ("en", "ru"):
        page = lawyer.get(reverse("law:fact", args=[address]), headers={"accept-language": language})
        assert page.status_code == 200


def test_every_fact_that_is_left_as_it_is_changes_nothing(lawyer):
    register = register_of_office()
    seen: set[str] = set()
    for fact in facts(register).values():
        if fact.table in seen:
            continue
        seen.add(fact.table)
        url = reverse("law:fact", args=[fact.id])
        answer = lawyer.post(url, held(lawyer, url))
        assert answer.status_code == 302, (fact.id, answer.context["form"].errors)
        assert dict(facts(register_of_office())[fact.id].keys) == dict(fact.keys), fact.id


def test_an_answer_says_that_it_rests_on_what_this_office_confirmed(lawyer):
    question = "/law/?requesting=KZ&requested=TJ&kind=extradition&on=2018-09-20"
    other = "/law/?requesting=RU&requested=AM&kind=extradition&on=2018-09-20"
    assert "this office confirmed itself" not in lawyer.get(question).content.decode()
    lawyer.post(URL, held(lawyer))
    said = lawyer.get(question).content.decode()
    assert "this office confirmed itself" in said
    assert URL in said
    assert "Confirmed by tj-gpo for its own answers, read on 10 January 2026: Chisinau Convention 2002: Tajikistan." in said
    assert "with this office&#x27;s own confirmations" in said
    assert "this office confirmed itself" not in lawyer.get(other).content.decode()
