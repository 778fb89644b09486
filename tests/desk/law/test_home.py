"""The law is asked by its address, answers with everything that follows, and says what it does not understand."""

import re
from html import unescape

import pytest
from django.test import Client

KZ_TJ = {"requesting": "KZ", "requested": "TJ", "kind": "extradition", "on": "2026-11-22"}


def said(client: Client, path: str = "/law/", status: int = 200, **query: str) -> str:
    """The text of a page, without tags."""
    answer = client.get(path, query)
    assert answer.status_code == status
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


def test_nobody_reads_it_without_logging_in(client: Client) -> None:
    assert client.get("/law/").status_code == 302


def test_everybody_of_the_office_reads_it(make: object, office: object, client: Client) -> None:
    from comity.node.roles import Role  # the rest of this module needs no roles

    for role in Role:
        client.force_login(make(role.value, role))  # type: ignore[operator]  # the fixture is a function
        assert client.get("/law/", KZ_TJ).status_code == 200


def test_before_a_question_it_says_what_an_answer_holds(as_officer: Client) -> None:
    text = said(as_officer)
    assert "What the answer says" in text
    assert "Legal basis" not in text


def test_the_address_holds_the_question(as_officer: Client) -> None:
    page = as_officer.get("/law/", KZ_TJ).content.decode()
    assert '<option value="KZ" selected>' in page
    assert '<option value="extradition" selected>' in page
    assert 'value="22.11.2026"' in page
    text = said(as_officer, **KZ_TJ)
    assert "The request rests on a treaty: Chisinau Convention 2002." in text
    assert "Kazakhstan, from 27 April 2004" in text
    assert "Tajikistan, by 1 January 2006 at the latest" in text


def test_every_part_stands_with_its_article(as_officer: Client) -> None:
    text = said(as_officer, **KZ_TJ)
    for title in (
        "What the request contains",
        "Time limits",
        "Grounds for refusal",
        "Human rights, checked last",
        "By which way",
        "Conditions",
    ):
        assert title in text
    assert "Chisinau Convention 2002, art. 89" in text.replace("\u00a0", " ")
    assert "Chisinau Convention 2002, article not known" in text
    assert "Arrest before the request arrives: 40 days" in text


def test_every_sentence_of_the_explanation_is_numbered_and_sourced(as_officer: Client, office: object) -> None:
    from datetime import date  # only here

    from comity.law import default_register, explain, resolve

    register = default_register()
    sentences = explain(resolve(register, "KZ", "TJ", "extradition", date(2026, 11, 22)), register, "en")
    text = said(as_officer, **KZ_TJ)
    assert [one.number for one in sentences if f"{one.number} {' '.join(one.text.split())}" not in text] == []


def test_what_is_excluded_stays_with_the_reason(as_officer: Client) -> None:
    text = said(as_officer, **KZ_TJ)
    assert "Between the two States it is replaced by: Chisinau Convention 2002" in text
    assert "14 instruments that do not bind both or are for something else" in text


def test_a_doubt_says_what_would_settle_it_and_what_it_touches(as_officer: Client) -> None:
    text = said(as_officer, **KZ_TJ)
    assert "Read it in the depositary's list and confirm it in the register." in text
    assert "the basis hangs on it · touches: the legal basis" in text


def test_a_supposition_leads_to_the_answer_under_it(as_officer: Client) -> None:
    page = as_officer.get("/law/", KZ_TJ).content.decode()
    address = next(unescape(found) for found in re.findall(r'href="(/law/\?[^"]+)"', page) if "if=no.unverified.chisinau-2002" in found)
    text = said(as_officer, address)
    assert "Supposed: Chisinau Convention 2002 does not bind Tajikistan. This is not the law as the register knows it." in text
    assert "The request rests on a treaty: Minsk Convention 1993; 1997 Protocol to the Minsk Convention." in text


def test_a_supposition_nobody_can_make_is_said_to_be_none(as_officer: Client) -> None:
    text = said(as_officer, **KZ_TJ, **{"if": "yes.magic"})
    assert "The supposition in the address is none of those this answer leaves open." in text
    assert "The request rests on a treaty: Chisinau Convention 2002." in text


def test_another_offence_changes_the_answer(as_officer: Client) -> None:
    assert "United Nations Convention against Corruption" in said(as_officer, **KZ_TJ, area="corruption")


@pytest.mark.parametrize(
    ("wrong", "words", "kept"),
    [
        ({"requesting": "XX"}, "The register knows no State “XX”. It knows 61; the list names them.", '<option value="XX" selected>'),
        (
            {"kind": "extradtion"},
            "The register knows no kind of request “extradtion”. Near it: Extradition.",
            '<option value="extradtion" selected>',
        ),
        (
            {"area": "coruption"},
            "The register knows no offence area “coruption”. Near it: Corruption.",
            '<option value="coruption" selected>',
        ),
        ({"on": "31.02.2026"}, "Write day, month and year: 14.05.1987.", 'value="31.02.2026"'),
        ({"on": "1.1.1990"}, "The register speaks of days from 1 January 1991 on", 'value="1.1.1990"'),
        ({"requested": "KZ"}, "A State does not ask itself: choose another one.", '<option value="KZ" selected>'),
        ({"requested": ""}, "Choose the State that is asked.", 'id="question-requested"'),
    ],
)
def test_what_is_not_understood_is_said_and_kept(as_officer: Client, wrong: dict[str, str], words: str, kept: str) -> None:
    field = next(iter(wrong))
    answer = as_officer.get("/law/", {**KZ_TJ, **wrong})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in unescape(re.sub(r"<[^>]+>", "", page))
    assert kept in page
    assert f'href="#question-{field}"' in page
    assert "<title>Error:" in page


def test_no_treaty_and_not_researched_are_different_words(as_officer: Client) -> None:
    text = said(as_officer, requesting="TJ", requested="US", kind="mla", on="2026-11-22")
    assert "The register does not say whether these bind" in text
    assert "no treaty between" not in text.casefold()


def test_it_answers_in_russian(as_officer: Client) -> None:
    as_officer.cookies["comity_language"] = "ru"
    as_officer.post("/language", {"language": "ru", "next": "/law/"})
    text = said(as_officer, **KZ_TJ)
    assert "Запрос основывается на договоре: Кишинёвская конвенция 2002" in text
    for words in ("Правовое основание", "Что содержит запрос", "Почему не другой", "Что, если", "Объяснение по шагам", "Право"):
        assert words in text
    assert not re.search(r"\b(Legal basis|What if|Time limits|article not known)\b", text)


def test_the_day_of_the_offence_is_asked_for_where_the_answer_hangs_on_it(as_officer: Client) -> None:
    asked = {"requesting": "KZ", "requested": "AR", "kind": "extradition", "on": "01.01.2020"}
    page = as_officer.get("/law/", asked)
    assert "Day of the offence" in page.content.decode()
    named = as_officer.get("/law/", {**asked, "committed": "01.01.2019"})
    assert "was not named" not in named.content.decode()
    late = as_officer.get("/law/", {**asked, "committed": "01.01.2021"})
    assert late.status_code == 422
    assert "The offence lies after the day of the request." in late.content.decode()
    assert "Day of the offence" not in as_officer.get("/law/", {**asked, "requested": "TJ"}).content.decode()
