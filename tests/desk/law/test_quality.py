"""How far the register can be relied on is said with the base of every share, and what to read first with the answers that rest on it."""

from collections.abc import Iterator
from datetime import date
from html import unescape

import pytest
from django.test import Client
from django.utils import translation

from comity.desk.law.quality import page
from comity.desk.law.reading_list import reading_list
from comity.identifiers import StateCode
from comity.law import Confidence, default_register
from comity.law.addresses import facts
from comity.law.matrix import REGION
from comity.law.todo import todo

REGISTER = default_register()
TODAY = date(2026, 11, 22)
TJ = StateCode("TJ")
PAGE = page(REGISTER, "en")


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """A page in Russian leaves its language to whoever comes after it; read models speak the language that is active."""
    with translation.override("en"):
        yield


def text(client: Client, path: str, **asked: str) -> str:
    answer = client.get(path, asked)
    assert answer.status_code == 200, answer.status_code
    return unescape(answer.content.decode())


def test_every_share_is_a_part_of_its_base() -> None:
    shares = [
        PAGE.whole,
        PAGE.calendars,
        *(row.read for row in PAGE.kinds),
        *(gap.share for gap in PAGE.gaps),
        *(share for group in PAGE.groups for row in group.rows for share in (row.parties, row.rules, row.articles)),
        *(share for row in PAGE.states for share in (row.read, row.dated)),
    ]
    assert all(0 <= share.part <= share.whole for share in shares)
    assert sum(row.read.whole for row in PAGE.kinds) == PAGE.whole.whole
    assert sum(row.read.part for row in PAGE.kinds) == PAGE.whole.part


def test_a_fact_counts_as_read_only_when_nothing_in_it_is_from_memory() -> None:
    known = facts(REGISTER).values()
    law = [fact for fact in known if not fact.file.startswith("calendar-")]
    assert PAGE.whole.whole == len(law)
    assert PAGE.whole.part == sum(fact.confidence is Confidence.VERIFIED and not fact.unverified for fact in law)
    assert PAGE.whole.whole + PAGE.calendars.whole == len(known)


def test_every_instrument_and_state_has_its_row() -> None:
    assert sum(len(group.rows) for group in PAGE.groups) == len(REGISTER.instruments)
    assert len(PAGE.states) == len(REGISTER.states)
    minsk = next(row for group in PAGE.groups for row in group.rows if row.title == "Minsk Convention 1993")
    parties = REGISTER.instruments["minsk-1993"].parties.values()
    read = sum(row.confidence is Confidence.VERIFIED and not row.unverified_fields for row in parties)
    assert (minsk.parties.part, minsk.parties.whole) == (read, 12)


def test_what_is_not_known_is_counted_with_what_that_means() -> None:
    gaps = {str(gap.title): gap for gap in PAGE.gaps}
    articles = gaps["Rules whose article is not known"].share
    rules = [rule for one in REGISTER.instruments.values() for rule in one.provisions]
    assert (articles.part, articles.whole) == (sum(rule.article is None for rule in rules), len(rules))
    assert gaps["States without a calendar"].share.part == len(REGISTER.states) - len(REGISTER.calendars)
    assert all(str(gap.means) for gap in PAGE.gaps)


def test_sources_and_facts_without_one_are_all_the_facts() -> None:
    assert sum(source.facts for source in PAGE.sources) + PAGE.memory == PAGE.whole.whole


def test_what_to_read_first_is_what_most_answers_rest_on() -> None:
    shown = reading_list(REGISTER, TJ, TODAY, "en")
    asked = [(one, other, kind) for state in REGION if state != TJ for one, other in ((TJ, state), (state, TJ)) for kind in REGISTER.kinds]
    found = [one for one in todo(REGISTER, TODAY, asked) if one.answers]
    assert shown.count == len(found)
    assert [(row.address, row.answers) for row in shown.rows] == [(one.fact.id, one.answers) for one in found[: len(shown.rows)]]
    assert [row.answers for row in shown.rows] == sorted((row.answers for row in shown.rows), reverse=True)
    assert shown.more == shown.count - len(shown.rows)
    assert str(len(asked)) in shown.lead


def test_a_fact_that_was_read_is_not_on_the_list() -> None:
    known = facts(REGISTER)
    assert all(known[row.address].doubtful for row in reading_list(REGISTER, TJ, TODAY, "en").rows)


def test_the_page_names_the_release_the_gaps_and_the_open_questions(as_officer: Client) -> None:
    said = text(as_officer, "/law/quality/")
    assert REGISTER.release in said
    assert f"{PAGE.whole.part} of {PAGE.whole.whole} facts were read in a source." in said
    assert all(question.text_en in said for question in REGISTER.questions)
    first = reading_list(REGISTER, TJ, TODAY, "en").rows[0]
    assert f"/law/facts/{first.address}/" in said


def test_the_russian_page_speaks_russian(as_officer: Client) -> None:
    as_officer.cookies["comity_language"] = "ru"
    said = text(as_officer, "/law/quality/")
    for words in ("Что проверено", "Прочитать в первую очередь", "Что не известно", REGISTER.questions[0].text_ru):
        assert words in said, words


@pytest.mark.parametrize("language", ["en", "ru"])
def test_two_languages_count_the_same(language: str) -> None:
    assert page(REGISTER, language).whole == PAGE.whole
