"""Terms of States' own laws: what was compiled, how sure it is, and their count and question by name."""

import json
from datetime import date

import pytest
from typer.testing import CliRunner

from comity.cli import app
from comity.law import Confidence, Unit, UnknownWordError
from comity.law.asked_deadline import DeadlineError, count_named
from comity.law.deadlines import NoDate, Span, deadline
from comity.law.load import default_register

REGISTER = default_register()
TERMS = {term.id: term for term in REGISTER.terms}


def test_only_rows_whose_source_was_read_are_verified() -> None:
    verified = {name for name, term in TERMS.items() if term.limit and term.limit.confidence is Confidence.VERIFIED}

    assert verified == {"kz-appeal", "kz-appeal-redirect", "kz-detention-40", "uz-appeal", "uz-appeal-redirect", "uz-appeal-with-study"}
    for name in verified:
        assert TERMS[name].limit.source.startswith("http")
    for term in TERMS.values():
        assert term.compiled == date(2026, 11, 22)
        assert term.summary != term.summary_ru


def test_what_was_not_found_stays_not_found() -> None:
    lost = {term.state for term in TERMS.values() if term.limit is None}

    assert lost == {"AM", "MD", "TJ"}
    found = deadline(TERMS["tj-appeal"], date(2026, 1, 1), calendar=REGISTER.calendars["TJ"])
    assert (found.due, found.reason) == (None, NoDate.NOT_FOUND)
    assert found.steps[-1].say() == "The term was looked for and not found; the office gives it."


@pytest.mark.parametrize(
    ("name", "length", "unit"),
    [
        ("kz-appeal", 15, Unit.WORKING_DAYS),
        ("kz-appeal-redirect", 3, Unit.WORKING_DAYS),
        ("kz-detention-40", 40, Unit.DAYS),
        ("uz-appeal", 15, Unit.DAYS),
        ("uz-appeal-redirect", 5, Unit.DAYS),
        ("ru-appeal", 30, Unit.DAYS),
        ("by-appeal", 15, Unit.DAYS),
        ("kg-appeal", 14, Unit.WORKING_DAYS),
        ("az-appeal", 15, Unit.WORKING_DAYS),
    ],
)
def test_the_lengths_are_those_compiled(name: str, length: int, unit: Unit) -> None:
    limit = TERMS[name].limit

    assert limit
    assert (limit.length, limit.unit) == (length, unit)
    assert limit.reckoning.counted_from


def test_an_appeal_may_be_prolonged_to_two_months_and_no_further() -> None:
    found = deadline(TERMS["kz-appeal"], date(2025, 4, 28), Span.LONGEST, calendar=REGISTER.calendars["KZ"])

    assert found.due == date(2025, 6, 28)


def test_the_place_of_detention_warns_ten_days_before() -> None:
    found = deadline(TERMS["kz-detention-40"], date(2026, 11, 22))

    assert (found.due, found.warn_on) == (date(2026, 12, 31), date(2026, 12, 21))
    assert any(step.say() == "A warning is due 10 days before the end: on 21 December 2026 at the latest." for step in found.steps)


# Asked for by name


def test_a_term_is_asked_for_by_its_id_or_its_topic() -> None:
    by_id = count_named(REGISTER, "KZ", "kz-appeal", "2025-04-28")
    by_topic = count_named(REGISTER, "KZ", "appeal", "2025-04-28")

    assert by_id.found == by_topic.found
    assert by_id.found[0].deadline.due == date(2025, 5, 22)


def test_a_time_limit_is_asked_for_by_its_instrument() -> None:
    treaty = count_named(REGISTER, "KZ", "minsk-protocol-1997/provisional-arrest", "2026-11-22").found[0].deadline
    own = count_named(REGISTER, "KZ", f"{REGISTER.national['KZ'].id}/provisional-arrest", "2026-11-22").found[0].deadline

    assert treaty.due == own.due == date(2026, 12, 31)
    assert own.warn_on == date(2026, 12, 21)


@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_answer_tells_rule_source_and_every_step(language: str) -> None:
    counted = count_named(REGISTER, "KZ", "kz-appeal", "2025-12-29")
    lines, value = list(counted.lines(language)), counted.value(language)
    steps = counted.found[0].deadline.steps

    assert TERMS["kz-appeal"].rule(language) in lines[0]
    assert "76" in lines[0]
    assert lines[1].startswith("— https://")
    assert [line[5:] for line in lines[2:]] == [step.say(language) for step in steps]
    assert value["counts"][0]["due"] == "2026-01-20"
    assert value["counts"][0]["latest"] == "2026-01-26"
    assert not value["counts"][0]["certain"]
    assert value["register"] == REGISTER.release


def test_an_unverified_term_says_so() -> None:
    lines = list(count_named(REGISTER, "RU", "ru-appeal", "2026-01-12").lines("en"))

    assert lines[1].endswith("(not verified)")


@pytest.mark.parametrize(
    ("state", "name", "words"),
    [
        ("ZZ", "appeal", "The register knows no such State. Known are: AM, AZ"),
        (
            "KZ",
            "apeal",
            "No term of KZ is called “apeal”. Known are: kz-appeal, kz-appeal-redirect, kz-detention-40, additional-information",
        ),
        ("KZ", "uz-appeal", "No term of KZ is called “uz-appeal”."),
        ("TJ", "surrender", "an instrument has to be named. Known are: "),
        ("KZ", "minsk-1994/surrender", "The register has no such instrument."),
        ("KZ", "minsk-1993/appeal", "The instrument sets no such time limit in the register. Known are: minsk-1993/"),
    ],
)
def test_an_unknown_name_says_what_is_known(state: str, name: str, words: str) -> None:
    with pytest.raises(UnknownWordError) as caught:
        count_named(REGISTER, state, name, "2026-01-01")

    assert words in str(caught.value)
    assert caught.value.known


@pytest.mark.parametrize(
    ("start", "stood", "words"),
    [
        ("2026-02-30", (), "“2026-02-30” is not a day. Write it as 2026-11-22."),
        ("tomorrow", (), "“tomorrow” is not a day."),
        ("2026-02-03T10:00", (), "A moment needs its time zone."),
        ("2026-02-03", ("2026-02-04",), "is not counted"),
        ("2026-02-03", ("4 February..",), "is not a span of days"),
        ("2026-02-03", ("2026-02-10..2026-02-04",), "The span ends before it begins."),
    ],
)
def test_a_day_that_is_none_says_how_to_write_it(start: str, stood: tuple[str, ...], words: str) -> None:
    if words == "is not counted":
        assert count_named(REGISTER, "UZ", "uz-appeal", start, stood=stood).found[0].deadline.reason is NoDate.STANDS
        return
    with pytest.raises(DeadlineError) as caught:
        count_named(REGISTER, "UZ", "uz-appeal", start, stood=stood)

    assert words in str(caught.value)


def test_an_unknown_span_says_which_there_are() -> None:
    with pytest.raises(UnknownWordError, match="Known are: length, longest, extended"):
        count_named(REGISTER, "UZ", "uz-appeal", "2026-01-01", span="double")


@pytest.mark.parametrize(("language", "last"), [("en", "The last day is 22 May 2025."), ("ru", "Последний день: 22 мая 2025")])
def test_the_command_prints_the_count(language: str, last: str) -> None:
    answer = CliRunner().invoke(app, ["deadline", "kz", "kz-appeal", "--from", "2025-04-28", "--lang", language])

    assert answer.exit_code == 0
    assert last in answer.stdout.splitlines()[-1].replace("\u202f", " ")


def test_the_command_prints_the_count_as_json() -> None:
    answer = CliRunner().invoke(app, ["deadline", "KZ", "kz-appeal", "--from", "2025-12-29", "--json"])

    assert json.loads(answer.stdout) == count_named(REGISTER, "KZ", "kz-appeal", "2025-12-29").value("en")
