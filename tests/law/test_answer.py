"""The JSON form has the keys other programs rely on, in plain values."""

from datetime import date
from typing import Any, cast

import pytest

from comity import canonical
from comity.law.answer import to_json
from comity.law.load import default_register
from comity.law.resolve import resolve

KEYS = {
    *("requesting", "requested", "kind", "on", "basis", "certainty", "primary", "subsidiary", "order_is_open", "excluded", "channel"),
    *("languages", "required", "time_limits", "refusal", "human_rights", "register", "offence_area", "parts", "applied", "reciprocity"),
    *(
        "channels",
        "authorities",
        "language_rules",
        "attachments",
        "asked",
        "form",
        "conditions",
        "rules",
        "doubts",
        "committed",
        "confirmed",
        "researched",
    ),
}


def answer(*asked: Any, language: str = "en") -> dict[str, Any]:
    register = default_register()
    return cast(dict[str, Any], to_json(resolve(register, *asked), register, language))


def test_the_keys_are_those_promised() -> None:
    found = answer("KZ", "TJ", "extradition", date(2018, 9, 20))

    assert set(found) == KEYS
    assert found["on"] == "2018-09-20"
    assert found["primary"] == ["chisinau-2002"]
    assert found["subsidiary"] == ["cis-search-2010"]
    assert found["channel"] == "prosecutor-general"
    assert found["languages"] == ["state-language", "ru"]
    assert found["register"] == default_register().release


@pytest.mark.parametrize(
    ("key", "needed"),
    [
        ("excluded", {"id", "why"}),
        ("required", {"field", "article", "instrument"}),
        ("time_limits", {"topic", "length", "unit", "article", "instrument"}),
        ("refusal", {"ground", "mandatory", "article", "instrument"}),
        ("human_rights", {"id", "grounds", "absolute", "binds"}),
        ("applied", {"id", "role", "certainty", "evidence"}),
        ("channels", {"channel", "optional", "article", "instrument", "source", "confidence"}),
        ("authorities", {"state", "name", "stage", "source", "confidence"}),
        ("language_rules", {"languages", "state", "article", "instrument"}),
        ("attachments", {"field", "purpose", "article", "instrument"}),
        ("asked", {"field", "label", "purpose", "by"}),
        ("form", {"form", "label", "article", "article_sure", "instrument", "source", "confidence"}),
        ("conditions", {"condition", "value", "label", "rule", "article", "instrument"}),
        ("rules", {"topic", "rule", "article", "article_sure", "instrument", "source", "confidence"}),
        ("doubts", {"doubt", "unsettles", "parts", "what", "settles"}),
    ],
)
def test_items_of_lists_have_their_keys(key: str, needed: set[str]) -> None:
    items = answer("KZ", "TJ", "extradition", date(2018, 9, 20))[key]

    assert items
    for item in items:
        assert needed <= set(item)


def test_why_not_is_said_in_the_language_asked_for() -> None:
    english = answer("RU", "UZ", "mla", date(2018, 5, 10))
    russian = answer("RU", "UZ", "mla", date(2018, 5, 10), language="ru")
    protocol = {item["id"]: item["why"] for item in english["excluded"]}["minsk-protocol-1997"]

    assert "Uzbekistan" in protocol
    assert "13 December 2019" in protocol
    assert "Узбекистан" in {item["id"]: item["why"] for item in russian["excluded"]}["minsk-protocol-1997"]


def test_a_channel_on_which_the_instruments_do_not_agree_is_null() -> None:
    assert answer("MD", "RU", "extradition", date(2015, 1, 1))["channel"] is None


def test_an_article_that_is_not_known_is_null_and_a_number_not_to_be_relied_on_is_marked() -> None:
    found = answer("KZ", "TJ", "extradition", date(2018, 9, 20))
    transit = next(rule for rule in found["rules"] if rule["topic"] == "transit")
    refused = next(ground for ground in found["refusal"] if ground["instrument"] == "chisinau-2002")
    threshold = next(condition for condition in found["conditions"] if condition["condition"] == "min-penalty-years")

    assert (transit["article"], transit["article_sure"]) == (None, False)
    assert (refused["article"], refused["article_sure"]) == ("89", False)
    assert (threshold["article"], threshold["article_sure"], threshold["confidence"]) == ("66", True, "verified")


def test_what_two_instruments_ask_is_one_item_with_both_articles() -> None:
    found = answer("MD", "RU", "mla", date(2015, 1, 1))
    asked = {item["field"]: [(by["instrument"], by["article"]) for by in item["by"]] for item in found["asked"]}

    assert asked["requesting_authority"] == [("coe-mla-1959", "14"), ("minsk-1993", "7")]
    assert len(asked) == len(found["asked"])


def test_rules_and_conditions_are_said_in_the_language_asked_for() -> None:
    russian = answer("KZ", "TJ", "extradition", date(2018, 9, 20), language="ru")

    for item in (*russian["rules"], *russian["conditions"]):
        assert any("а" <= letter <= "я" for letter in item["rule"]), item


def test_the_values_have_a_canonical_form() -> None:
    found = answer("MD", "RU", "extradition", date(2015, 1, 1))

    assert canonical.loads(canonical.dumps(found)) == found
