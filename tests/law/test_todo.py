"""What to read next comes in the order of the answers that rest on it."""

from datetime import date
from itertools import permutations

import pytest

from comity.identifiers import StateCode
from comity.law import Certainty, Confidence, Todo, confirmed, default_register, facts, overlaid, resolve, todo
from comity.law.rests import doubtful_in
from comity.law.todo import Asking, known_questions

DAY = date(2018, 9, 20)
REGION = tuple(StateCode(code) for code in ("KZ", "TJ", "UZ", "KG", "RU", "BY"))
ASKED: tuple[Asking, ...] = tuple((one, other, kind) for one, other in permutations(REGION, 2) for kind in ("extradition", "mla"))
TJ = "chisinau-2002/party/TJ"


@pytest.fixture(scope="module")
def listed() -> dict[str, Todo]:
    return {item.fact.id: item for item in todo(default_register(), DAY, ASKED)}


def test_every_fact_that_was_not_read_is_listed_and_no_other(listed: dict[str, Todo]) -> None:
    assert set(listed) == {one.id for one in facts(default_register()).values() if one.doubtful}


def test_those_on_which_most_answers_rest_come_first(listed: dict[str, Todo]) -> None:
    counts = [item.answers for item in listed.values()]

    assert counts == sorted(counts, reverse=True)
    assert counts[0] > counts[-1] == 0


def test_the_count_is_that_of_the_answers_themselves(listed: dict[str, Todo]) -> None:
    register = default_register()
    bases = [resolve(register, one, other, kind, DAY) for one, other, kind in ASKED]
    resting = [basis for basis in bases if TJ in doubtful_in(register, basis)]
    uncertain = [
        basis
        for basis in resting
        if basis.certainty is Certainty.UNCERTAIN and any(found.fact == TJ for applied in basis.primary for found in applied.evidence)
    ]

    assert (listed[TJ].answers, listed[TJ].uncertain) == (len(resting), len(uncertain))
    assert len(uncertain) >= 6


def test_a_fact_says_what_was_not_read_and_where_to_look(listed: dict[str, Todo]) -> None:
    assert (listed[TJ].keys, listed[TJ].file) == ((), "chisinau-2002.toml")
    assert listed[TJ].look_in[0] == "CIS Executive Committee"
    assert "general knowledge" not in {place for item in listed.values() for place in item.look_in}
    assert listed["chisinau-2002/party/UZ"].keys == ("in_force_not_later_than",)
    assert listed["chisinau-2002/party/UZ"].look_in[0] == "https://gazeta.uz/ru/2019/09/04/convention"


def test_what_was_confirmed_is_no_longer_to_be_read() -> None:
    register = default_register()
    made = confirmed(register, facts(register)[TJ].id, source="a list", read_on=DAY, office="kz-gpo", by="officer")
    office = overlaid(register, [made])

    assert facts(office)[TJ].confidence is Confidence.VERIFIED
    assert TJ not in {item.fact.id for item in todo(office, DAY, ())}


def test_the_questions_are_those_of_the_region_and_of_every_treaty() -> None:
    asked = set(known_questions(default_register()))

    assert ("AM", "UZ", "extradition") in asked
    assert ("KZ", "ES", "extradition") in asked
    assert ("ES", "KZ", "mla") in asked
    assert not any({one, other} <= {"ES", "DE"} for one, other, _kind in asked)
