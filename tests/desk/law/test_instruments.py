"""Every instrument on a page of its own: who was bound when, what it says with its article, how it stands to others, what is open."""

from collections.abc import Iterator
from datetime import date
from html import unescape

import pytest
from django.test import Client
from django.utils import translation

from comity.desk.components.model import Certainty
from comity.desk.law.bars import bars
from comity.desk.law.instruments import Asked, listed, page
from comity.desk.law.rules import topics
from comity.identifiers import InstrumentId
from comity.law import Instrument, Mark, default_register, matrix

REGISTER = default_register()
TODAY = date(2026, 11, 22)
MINSK = REGISTER.instruments[InstrumentId("minsk-1993")]
CHISINAU = REGISTER.instruments[InstrumentId("chisinau-2002")]
ALL = tuple(REGISTER.instruments.values())


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """A page in Russian leaves its language to whoever comes after it; read models speak the language that is active."""
    with translation.override("en"):
        yield


def text(client: Client, path: str, **asked: str) -> str:
    answer = client.get(path, asked)
    assert answer.status_code == 200, answer.status_code
    return unescape(answer.content.decode())


# The whole of it


@pytest.mark.parametrize("language", ["en", "ru"])
def test_every_party_rule_declaration_and_relation_of_every_instrument_is_on_its_page(language: str) -> None:
    with translation.override(language):
        for one in ALL:
            shown = page(REGISTER, one, TODAY, language)
            assert {row.state for row in shown.parties} == set(one.parties)
            assert {bar.bond.state for bar in shown.bars.rows} == set(one.parties)
            assert shown.rules == len(one.provisions)
            assert len(shown.declarations) == len(one.declarations)
            about = sum(each.target == one.id for other in ALL for each in other.relations)
            assert len(shown.relations) == len(one.relations) + about
            assert len(shown.sources) == len(one.sources)
            assert len(shown.questions) == sum(one.id in question.instruments for question in REGISTER.questions)


def test_every_date_of_a_row_is_told_with_how_sure_it_is() -> None:
    keys = ("signed", "ratified", "deposited", "in_force", "in_force_not_earlier_than", "in_force_not_later_than", "withdrawn")
    for one in ALL:
        for row in page(REGISTER, one, TODAY, "en").parties:
            party = one.parties[row.state]
            dates = {getattr(party, key) for key in keys} - {None}
            assert dates <= {act.on for act in row.acts}
            if party.confidence == "unverified":
                assert all(act.certainty is Certainty.UNVERIFIED for act in row.acts)


def test_a_key_from_memory_in_a_row_that_was_read_is_not_called_verified() -> None:
    ukraine = next(row for row in page(REGISTER, MINSK, TODAY, "en").parties if row.state == "UA")
    said = {str(act.word): act.certainty for act in ukraine.acts}
    assert MINSK.parties["UA"].unverified_fields == ("in_force",)
    assert said["in force"] is Certainty.UNVERIFIED
    assert said["left"] is Certainty.VERIFIED


def test_the_standing_is_that_of_the_matrix() -> None:
    for day in (date(1995, 1, 1), date(2005, 6, 1), date(2023, 6, 1), TODAY):
        table = matrix(REGISTER, day, states=tuple(CHISINAU.parties), columns=[CHISINAU.id])
        shown = {bar.bond.state: bar.bond.mark for bar in bars(REGISTER, CHISINAU, day, "en").rows}
        assert shown == {state: cells[0].mark for state, cells in table.rows.items()}


# Parties over time


def looks(one: Instrument, state: str, on: date = TODAY) -> list[str]:
    chart = bars(REGISTER, one, on, "en")
    return [piece.look for bar in chart.rows if bar.bond.state == state for piece in bar.pieces]


def test_a_bar_is_parted_where_the_standing_changes() -> None:
    assert looks(MINSK, "UA")[:2] == ["unverified", "suspended"]
    assert looks(MINSK, "RU") == ["sure"]
    assert "uncertain" in looks(CHISINAU, "TJ")
    assert looks(CHISINAU, "MD")[0] == "signed"


def test_the_bar_of_a_state_that_left_ends_with_its_mark_and_the_others_go_on() -> None:
    chart = bars(REGISTER, MINSK, TODAY, "en")
    left = {bar.bond.state: bar.left for bar in chart.rows}
    assert [state for state, place in left.items() if place is not None] == ["UA"]
    ukraine = next(bar for bar in chart.rows if bar.bond.state == "UA")
    assert max(piece.end for piece in ukraine.pieces) <= ukraine.left + 1
    assert ukraine.left < chart.now
    russia = next(bar for bar in chart.rows if bar.bond.state == "RU")
    assert russia.pieces[-1].end == pytest.approx(chart.now, abs=0.1)


def test_on_a_past_day_the_bars_go_on_to_today_and_the_words_are_those_of_the_day() -> None:
    day = date(2005, 1, 1)
    chart = bars(REGISTER, CHISINAU, day, "en", until=TODAY)
    russia = next(bar for bar in chart.rows if bar.bond.state == "RU")
    assert russia.bond.mark is Mark.SIGNED
    assert [piece.look for piece in russia.pieces] == ["signed", "sure"]
    assert russia.pieces[-1].end > chart.now
    assert russia.pieces[-1].end == pytest.approx(bars(REGISTER, CHISINAU, TODAY, "en").now, abs=0.1)


@pytest.mark.parametrize("one", ALL, ids=lambda one: one.id)
def test_nothing_is_drawn_outside_the_chart_and_pieces_do_not_overlap(one: Instrument) -> None:
    chart = bars(REGISTER, one, TODAY, "en")
    assert len([year for year in chart.years if year.text]) >= 2
    for bar in chart.rows:
        for piece in bar.pieces:
            assert 0 <= piece.x <= piece.end <= 101
        for first, second in zip(bar.pieces, bar.pieces[1:], strict=False):
            assert first.x < second.x


def test_the_page_says_towards_whom_a_state_suspended_and_when_it_left(as_officer: Client) -> None:
    assert "suspended since 23 December 2022 towards: Russia, Belarus" in text(as_officer, "/law/instruments/minsk-1993/", on="2023-06-01")
    assert "left on 29 December 2023" not in text(as_officer, "/law/instruments/minsk-1993/", on="2023-06-01")
    assert "left on 29 December 2023" in text(as_officer, "/law/instruments/minsk-1993/", on="22.11.2026")


def test_a_state_that_is_not_listed_is_said_not_to_be_researched(as_officer: Client) -> None:
    one = next(one for one in ALL if one.region == "CoE" and "KG" not in one.parties)
    said = text(as_officer, f"/law/instruments/{one.id}/")
    assert "Not researched:" in said
    assert "That does not mean that they are not bound." in said


# What it says


def test_a_rule_without_an_article_says_so(as_officer: Client) -> None:
    unknown = sum(not rule.article for rule in CHISINAU.provisions)
    assert unknown
    assert text(as_officer, "/law/instruments/chisinau-2002/").count(">article not known<") == unknown


def test_machine_values_are_said_in_words() -> None:
    for one in ALL:
        for topic in topics(one.provisions, REGISTER, "en"):
            for rule in topic.rules:
                for value in rule.values:
                    assert value.items
                    assert all(str(item).strip() for item in value.items)


def test_a_threshold_is_said_with_its_numbers() -> None:
    threshold = next(rule for rule in MINSK.provisions if rule.min_penalty_years)
    (found,) = (rule for topic in topics([threshold], REGISTER, "en") for rule in topic.rules)
    said = [list(value.items) for value in found.values]
    assert [str(threshold.min_penalty_years)] in said
    assert ["dual criminality"] in said


def test_a_term_is_said_with_its_longest() -> None:
    rule = next(rule for one in ALL for rule in one.provisions if rule.length and rule.longest and rule.unit == "days")
    (shown,) = (each for topic in topics([rule], REGISTER, "en") for each in topic.rules)
    assert f"{rule.length} days, at most {rule.longest} days" in [str(value.items[0]) for value in shown.values]


def test_a_summary_in_english_alone_is_marked_as_english_on_a_russian_page() -> None:
    with translation.override("ru"):
        for one in ALL:
            shown = [rule for topic in topics(one.provisions, REGISTER, "ru") for rule in topic.rules]
            for rule, provision in zip(shown, sorted_by_topic(one), strict=True):
                assert (rule.language == "en") is (not provision.summary_ru)


def sorted_by_topic(one: Instrument) -> list:
    order = list(dict.fromkeys(rule.topic for rule in one.provisions))
    return sorted(one.provisions, key=lambda rule: order.index(rule.topic))


# Others


def test_a_relation_is_told_from_both_ends(as_officer: Client) -> None:
    older = {(str(one.word), str(one.title)) for one in page(REGISTER, MINSK, TODAY, "en").relations}
    newer = {(str(one.word), str(one.title)) for one in page(REGISTER, CHISINAU, TODAY, "en").relations}
    assert ("Its place is taken by", "Chisinau Convention 2002") in older
    assert ("Takes the place of", "Minsk Convention 1993") in newer
    said = text(as_officer, "/law/instruments/minsk-1993/")
    assert 'href="/law/instruments/chisinau-2002/"' in said
    assert "chisinau-2002:" not in said


def test_the_russian_page_speaks_russian(as_officer: Client) -> None:
    as_officer.cookies["comity_language"] = "ru"
    said = text(as_officer, "/law/instruments/minsk-1993/", on="2023-06-01")
    for words in ("Минская конвенция 1993 г.", "Участие по годам", "приостановлено с 23 декабря 2022\u00a0г.", "статья", "Украина"):
        assert words in said, words


# The list


def test_the_list_counts_who_is_bound_of_how_many() -> None:
    lines = {line.id: line for group in listed(REGISTER, TODAY, "en", Asked()) for line in group.lines}
    assert set(lines) == set(REGISTER.instruments)
    minsk = lines["minsk-1993"].tally
    assert (minsk.rows, minsk.bound) == (12, 11)
    assert minsk.read == sum(row.confidence == "verified" and row.state != "UA" for row in MINSK.parties.values())
    assert lines["cis-jit-2015"].tally.uncertain == sum(
        cells[0].mark is Mark.UNCERTAIN
        for cells in matrix(REGISTER, TODAY, states=REGISTER.instruments["cis-jit-2015"].parties, columns=["cis-jit-2015"]).rows.values()
    )


@pytest.mark.parametrize(
    ("asked", "fits"),
    [
        (Asked(words="MINSK"), lambda one: "minsk" in f"{one.id} {one.title_en} {one.short_en}".lower()),
        (Asked(words="Минская"), lambda one: "минская" in f"{one.title_ru} {one.short_ru}".lower()),
        (Asked(kind="extradition"), lambda one: "extradition" in one.kinds),
        (Asked(state="UA"), lambda one: "UA" in one.parties),
        (Asked(kind="mla", state="VN"), lambda one: "mla" in one.kinds and "VN" in one.parties),
    ],
)
def test_the_list_is_narrowed_by_words_kind_and_state(asked: Asked, fits) -> None:
    found = {line.id for group in listed(REGISTER, TODAY, "en", asked) for line in group.lines}
    assert found
    assert found == {one.id for one in ALL if fits(one)}


def test_a_filter_that_names_something_unknown_narrows_nothing_and_says_so(as_officer: Client) -> None:
    answer = as_officer.get("/law/instruments/", {"kind": "divorce"})
    assert answer.status_code == 422
    assert "it narrows nothing" in answer.content.decode()
    assert answer.content.decode().count("/law/instruments/minsk-1993/") == 1


def test_words_that_nothing_fits_say_so(as_officer: Client) -> None:
    assert "No instrument fits." in text(as_officer, "/law/instruments/", q="zzzz")


# What cannot be


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/law/instruments/minsk-1992/", 404, "The register knows no instrument “minsk-1992”."),
        ("/law/instruments/minsk-1993/?on=1990-12-31", 422, "The register speaks of days from 1 January 1991 on"),
        ("/law/instruments/minsk-1993/?on=yesterday", 422, "Write day, month and year"),
        ("/law/instruments/%3Cscript%3E/", 404, "The register knows no instrument “&lt;script&gt;”."),
    ],
)
def test_what_cannot_be_says_what_is_known(as_officer: Client, path: str, status: int, words: str) -> None:
    answer = as_officer.get(path)
    assert answer.status_code == status
    assert words in answer.content.decode()
    assert "<script>" not in answer.content.decode()


def test_a_mistyped_instrument_is_offered_what_comes_near(as_officer: Client) -> None:
    said = as_officer.get("/law/instruments/minsk convention 1992/").content.decode()
    assert said.index("/law/instruments/minsk-1993/") < said.index("What the register knows")


def test_nobody_reads_it_without_logging_in(client: Client) -> None:
    for path in (
        "/law/instruments/",
        "/law/instruments/minsk-1993/",
        "/law/states/",
        "/law/states/KZ/",
        "/law/quality/",
        "/law/answer.pdf",
    ):
        assert client.get(path).status_code == 302
