"""What fields accept, and the words for what they do not."""

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from comity.procedures import UNKNOWN, Field, Kind, given, problems, procedures
from comity.procedures.fields import BASIS, BIRTH_DATE, CHECKS, CITIZENSHIP, FULL_NAME, GROUND, PAPERS, PROCEDURAL_ROLE, RESIDENCE, TEXT
from comity.procedures.model import Choice
from tests.procedures.samples import PAPER, answer

DAY = Field("day", Kind.DATE, label="Day", why="When.")
PERSONS = Field(
    "persons", Kind.PERSONS, label="Persons", why="Who.", parts=(FULL_NAME, BIRTH_DATE, CITIZENSHIP, PROCEDURAL_ROLE), unknown_allowed=True
)


def said(field, value):
    return [(one.field, str(one.words)) for one in problems(field, value)]


@pytest.mark.parametrize("procedure", procedures(), ids=lambda one: one.name)
def test_a_good_answer_to_every_field_of_every_kind_is_accepted(procedure):
    for field in procedure.fields:
        assert said(field, answer(field)) == [], field.name


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        (DAY, "22.11.2026", "“Day” is not a date such as 2026-11-22."),
        (DAY, "2026-02-30", "“Day” is not a date such as 2026-11-22."),
        (DAY, 20261122, "“Day” is not a date such as 2026-11-22."),
        (DAY, "", "“Day” is empty."),
        (DAY, UNKNOWN, "“Day”: “unknown” is no answer here."),
        (TEXT, "", "“Text” is empty."),
        (TEXT, "   ", "“Text” is a text."),
        (TEXT, ["a"], "“Text” is a text."),
        (TEXT, "a\x00b", "“Text” holds characters that cannot be shown."),
        (FULL_NAME, "two\nlines", "“Full name” holds characters that cannot be shown."),
        (FULL_NAME, "x" * 501, "“Full name” is too long: at most 500 characters."),
        (BIRTH_DATE, "1987-13", "“Date of birth” is not a date such as 2026-11-22, a month such as 2026-11 or a year."),
        (PROCEDURAL_ROLE, "judge", "“Role in the case”: choose one of the answers."),
        (PROCEDURAL_ROLE, UNKNOWN, "“Role in the case”: choose one of the answers."),
        (CITIZENSHIP, ["Kazakhstan"], "“Citizenship”: a State is named by its two-letter code, such as KZ."),
        (CITIZENSHIP, ["KZ", "KZ"], "“Citizenship”: choose one or more, each once."),
        (Field("n", Kind.NUMBER, label="Days", why="."), -1, "“Days” is a whole number, not negative."),
        (Field("n", Kind.NUMBER, label="Days", why="."), True, "“Days” is a whole number, not negative."),
        (Field("t", Kind.TIME, label="Hour", why="."), "2026-11-22 08:00", "“Hour” is not a date with its time."),
        (Field("l", Kind.LANGUAGE, label="Language", why="."), "Russian", "“Language”: a language is named by its code, such as ru."),
        (Field("o", Kind.OFFICE, label="Office", why="."), "Dushanbe", "“Office”: an office is named by its id, such as kz-gpo."),
        (Field("s", Kind.STATE, label="State", why="."), "tj", "“State”: a State is named by its two-letter code, such as KZ."),
        (
            Field("c", Kind.CHOICES, label="Acts", why=".", choices=(Choice("a", "A"),)),
            ["a", "b"],
            "“Acts”: choose among the answers.",
        ),
        (BASIS, "minsk-1993", "“Legal basis”: choose one or more, each once."),
        (GROUND, {"ground": "own-national"}, "“Ground for refusal”: a ground is named with its instrument and article."),
        (GROUND, "own-national", "“Ground for refusal”: a ground is named with its instrument and article."),
    ],
)
def test_a_bad_value_is_refused_in_words(field, value, words):
    assert said(field, value) == [(field.name, words)]


def test_a_person_without_a_name_is_refused_at_the_name():
    assert said(PERSONS, [{"full_name": "R. M.", "role": "witness"}, {"role": "victim"}]) == [
        ("persons.1.full_name", "“Persons” needs this: Full name.")
    ]


def test_a_bad_part_is_named_by_its_path():
    assert [path for path, _words in said(PERSONS, [{"full_name": "R. M.", "birth_date": "yesterday"}])] == ["persons.0.birth_date"]


def test_an_unknown_part_is_refused():
    assert said(PERSONS, [{"full_name": "R. M.", "shoe_size": "43"}]) == [("persons.0.shoe_size", "“Persons” has no part “shoe_size”.")]


def test_a_year_is_a_date_of_birth():
    assert said(BIRTH_DATE, "1987") == []


def test_unknown_is_an_answer_only_where_the_field_says_so():
    assert given(RESIDENCE, UNKNOWN)
    assert said(RESIDENCE, UNKNOWN) == []
    assert not given(FULL_NAME, UNKNOWN)
    assert given(PERSONS, UNKNOWN)


def test_nothing_is_no_answer():
    assert [given(TEXT, value) for value in (None, "", [], {}, 0)] == [False, False, False, False, True]


@pytest.mark.parametrize("change", [{"sha256": "xyz"}, {"size": 0}, {"size": "1 kB"}, {"title": ""}, {"language": None}, {"type": 1}])
def test_a_paper_is_named_whole(change):
    assert [path for path, _words in said(PAPERS, [PAPER, {**PAPER, **change}])] == ["papers.1"]


def test_a_risk_needs_its_reasons():
    assert said(CHECKS, [{"check": "cat-1984-art3", "answer": "assured", "reasons": " "}]) == [
        ("checks.0", "“Human-rights checks”: a risk, also one met by assurances, needs its reasons.")
    ]
    assert said(CHECKS, [{"check": "cat-1984-art3", "answer": "assured", "reasons": "Letter of 3 November."}]) == []


def test_a_check_is_answered_once():
    one = {"check": "cat-1984-art3", "answer": "no-risk", "reasons": ""}
    assert said(CHECKS, [one, one]) == [("checks", "“Human-rights checks”: each check is answered once.")]


NAMES = ["full_name", "birth_date", "check", "answer", "sha256", "size", "ground", "instrument", "x"]
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=3),
    max_leaves=8,
)


@pytest.mark.parametrize("kind", Kind)
@for_all(value=VALUES)
def test_no_value_whatever_breaks_the_check(kind, value):
    field = Field("any", kind, label="Any", why=".", choices=(Choice("a", "A"),), parts=(FULL_NAME, BIRTH_DATE))
    assert all(str(one.words) and one.field.startswith("any") for one in problems(field, value))


def test_a_problem_is_said_in_russian():
    assert problems(TEXT, "")[0].words.say("ru") == "«Текст»: не заполнено."
