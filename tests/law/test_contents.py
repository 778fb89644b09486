"""What an answer says besides who is bound: the union of what is asked, form, and the rules on every point of a request's way."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from comity.law import Basis, Purpose, Rule, resolve
from comity.law.load import default_register

REGISTER = default_register()
DAY = date(2018, 9, 20)
POINTS = ("specialty", "nationals", "transit", "costs", "temporary-surrender", "postponement", "conflict-of-requests")


def answer(requesting: str, requested: str, kind: str, on: date = DAY, area: str | None = None) -> Basis:
    return resolve(REGISTER, requesting, requested, kind, on, area)


def rules(basis: Basis, topic: str) -> list[tuple[str, str | None]]:
    return [(rule.instrument, rule.article) for rule in basis.rules if rule.topic == topic]


@pytest.mark.parametrize("name", ["minsk-1993", "chisinau-2002", "coe-extradition-1957"])
@pytest.mark.parametrize("topic", POINTS)
def test_the_general_conventions_on_extradition_speak_on_every_point(name: str, topic: str) -> None:
    instrument = next(one for one in REGISTER.instruments.values() if one.id == name)

    assert any(topic == rule.topic and {"extradition", "all"} & set(rule.kinds) for rule in instrument.provisions)


@pytest.mark.parametrize(
    ("topic", "where"),
    [
        ("specialty", [("coe-extradition-1957", "14"), ("minsk-1993", "66")]),
        ("transit", [("coe-extradition-1957", "21"), ("minsk-1993", "70")]),
        ("conflict-of-requests", [("coe-extradition-1957", "17"), ("minsk-1993", "65")]),
        ("temporary-surrender", [("coe-extradition-1957", "19(2)"), ("minsk-1993", "64")]),
        ("postponement", [("coe-extradition-1957", "19(1)"), ("minsk-1993", "63")]),
        ("costs", [("coe-extradition-1957", "24"), ("minsk-1993", "18"), ("minsk-1993", "71")]),
    ],
)
def test_two_instruments_side_by_side_both_say_their_rule(topic: str, where: list[tuple[str, str]]) -> None:
    assert rules(answer("RU", "MD", "extradition", date(2005, 1, 1)), topic) == where


def test_a_protocol_puts_its_rule_in_the_place_of_the_older_one() -> None:
    """CETS 212 art. 3 in the place of ETS 024 art. 14: 30 days instead of 45."""
    limits = [(limit.instrument, limit.length) for limit in answer("RU", "MD", "extradition").time_limits if limit.topic == "speciality"]

    assert ("coe-extradition-p4-2012", 30) in limits
    assert "coe-extradition-1957" not in dict(limits)


def test_where_the_treaty_is_silent_the_first_reserve_that_speaks_fills_the_gap() -> None:
    basis = answer("KZ", "UZ", "mla", date(2018, 4, 1))

    assert [applied.id for applied in basis.primary] == ["kz-uz-mla-1997"]
    assert {rule.instrument for rule in basis.rules} == {"minsk-1993"}
    assert {form.instrument for form in basis.form} == {"minsk-1993"}
    assert "form" in {doubt.point for doubt in basis.doubts}


def test_the_own_law_of_the_requested_state_adds_its_rules() -> None:
    asked = {rule.instrument for rule in answer("TJ", "KZ", "extradition").rules}
    asking = {rule.instrument for rule in answer("KZ", "TJ", "extradition").rules}

    assert asked - asking == {"kz-domestic-law"}


def test_form_is_said_with_its_article() -> None:
    forms = {(form.code, form.instrument, form.article) for form in answer("KZ", "RU", "extradition").form}

    assert ("no-legalisation", "minsk-1993", "13") in forms
    assert ("certified-copies", "minsk-1993", "58") in forms
    assert ("official-seal", "minsk-1993", "58") in forms
    assert ("certified-translation", "minsk-1993", "17") in forms


def test_what_is_asked_stands_once_with_everyone_who_asks() -> None:
    basis = answer("MD", "RU", "mla", date(2015, 1, 1))
    asked = {item.field: [by.article for by in item.by] for item in basis.asked}

    assert asked["requesting_authority"] == ["14", "7"]
    assert len({(item.field, item.purpose) for item in basis.asked}) == len(basis.asked)
    assert [by for item in basis.asked for by in item.by] != []
    assert {by for item in basis.asked for by in item.by} == {*basis.required, *basis.attachments}


def test_an_annex_for_prosecution_is_not_one_for_enforcement() -> None:
    purposes = {(item.field, item.purpose) for item in answer("KZ", "RU", "extradition").asked}

    assert ("certified_arrest_decision", Purpose.PROSECUTION) in purposes
    assert ("certified_final_judgment", Purpose.ENFORCEMENT) in purposes


@pytest.mark.parametrize("instrument", REGISTER.instruments.values(), ids=lambda instrument: str(instrument.id))
def test_every_rule_that_answers_tell_is_in_both_languages(instrument: Any) -> None:
    topics = REGISTER.words["topic"]
    for provision in instrument.provisions:
        if topics[provision.topic].shown or provision.limit:
            assert provision.summary.endswith(".")
            assert provision.summary_ru.endswith(".")
            assert any("а" <= letter <= "я" for letter in provision.summary_ru.lower())


def test_of_the_chisinau_convention_only_what_was_read_has_a_number_to_rely_on() -> None:
    chisinau = next(one for one in REGISTER.instruments.values() if one.id == "chisinau-2002")
    read = {provision.article for provision in chisinau.provisions if provision.confidence == "verified"}

    assert not chisinau.article_numbers_reliable
    assert read == {"66", "120(2)", "120(3)", "120(4)"}


def test_rules_stand_in_the_order_of_their_topics() -> None:
    order = list(REGISTER.words["topic"])
    places = [order.index(rule.topic) for rule in answer("RU", "MD", "extradition").rules]

    assert places == sorted(places)


def test_a_rule_is_said_in_the_language_asked_for() -> None:
    rule: Rule = answer("KZ", "RU", "extradition").rules[0]

    assert (rule.words("en"), rule.words("ru")) == (rule.summary, rule.summary_ru)


def test_every_form_and_topic_of_the_words_is_used() -> None:
    """A word no fact uses is a mistake in the words or in the facts."""
    provisions = [
        *(provision for instrument in REGISTER.instruments.values() for provision in instrument.provisions),
        *(provision for law in REGISTER.national.values() for provision in law.provisions),
    ]
    used = {code for provision in provisions for code in provision.form}
    topics = {provision.topic for provision in provisions}

    assert {"no-legalisation", "legalisation", *used} == set(REGISTER.words["form"])
    assert set(REGISTER.words["topic"]) - topics == set()


def test_the_reference_page_names_every_form() -> None:
    page = (Path(__file__).parents[2] / "docs" / "law-register.md").read_text(encoding="utf-8")

    assert [code for code in REGISTER.words["form"] if f"`{code}`" not in page] == []
