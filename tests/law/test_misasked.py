"""A question that cannot be answered says what is known."""

from datetime import date, timedelta

import pytest

from comity.law import Certainty, UnknownDayError, UnknownWordError, misasked_words, resolve
from comity.law.load import default_register

REGISTER = default_register()


def refused(*asked) -> UnknownWordError:
    with pytest.raises(UnknownWordError) as caught:
        resolve(REGISTER, *asked)
    return caught.value


@pytest.mark.parametrize(
    ("word", "near"),
    [("corupption", "corruption"), ("Corruption", "corruption"), ("коррупция", "corruption"), ("money_laundering", "money-laundering")],
)
def test_an_offence_area_misspelt_names_the_near_one(word: str, near: str) -> None:
    error = refused("KZ", "TJ", "mla", date(2020, 1, 1), word)

    assert error.near[0] == near
    assert f"Did you mean {near}" in str(error)
    assert f"Возможно, имелось в виду: {near} (" in misasked_words(error, "ru")


def test_a_kind_the_register_does_not_know_names_those_it_does() -> None:
    error = refused("KZ", "TJ", "deportation", date(2020, 1, 1))

    assert error.known == REGISTER.kinds
    assert "extradition (extradition)" in misasked_words(error, "en")
    assert "extradition (выдача)" in misasked_words(error, "ru")
    assert refused("KZ", "TJ", "выдача", date(2020, 1, 1)).near == ("extradition",)


def test_a_state_in_small_letters_names_its_code() -> None:
    assert refused("kz", "TJ", "mla", date(2020, 1, 1)).near == ("KZ",)
    assert "61" in misasked_words(refused("XX", "TJ", "mla", date(2020, 1, 1)), "ru")


def test_a_state_that_did_not_exist_says_since_when_it_does() -> None:
    error = refused("RU", "KZ", "mla", date(1991, 12, 15))

    assert isinstance(error, UnknownDayError)
    assert (error.state, error.since) == ("KZ", date(1991, 12, 16))
    assert misasked_words(error, "en") == "Kazakhstan did not exist as a State on 15 December 1991: it did since 16 December 1991."
    assert misasked_words(error, "ru").startswith("Казахстан: на день 15 декабря 1991")
    assert resolve(REGISTER, "RU", "KZ", "mla", date(1991, 12, 16)).basis == "none"


def test_a_day_before_1991_says_from_when_the_register_can_be_asked() -> None:
    error = refused("US", "FR", "mla", date(1990, 12, 31))

    assert isinstance(error, UnknownDayError)
    assert error.since == date(1991, 1, 1)
    assert "1 January 1991" in misasked_words(error, "en")
    assert "1 января 1991" in misasked_words(error, "ru")


def test_after_the_register_was_compiled_the_answer_says_so() -> None:
    assert REGISTER.compiled is not None
    question = ("KZ", "AE", "extradition")
    known, soon, late = (resolve(REGISTER, *question, REGISTER.compiled + timedelta(days=days)) for days in (0, 1, 367))

    assert "later" not in [doubt.kind for doubt in known.doubts]
    for answer in (soon, late):
        assert "later" in [doubt.kind for doubt in answer.doubts]
    assert soon.certainty == known.certainty == Certainty.CERTAIN
    assert late.certainty == Certainty.UNCERTAIN, "a register that nobody renewed for a year is relied on no more"
