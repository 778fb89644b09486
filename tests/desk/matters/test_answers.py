"""What was typed, read into plain values: dates as people write them, nothing lost that cannot be read."""

from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from comity.desk.matters.answers import Reading, read, read_answers, typed_date, typed_time
from comity.desk.matters.subjects import initials
from comity.desk.matters.uploads import media_type
from comity.desk.matters.views.papers import file_name
from comity.procedures import UNKNOWN, Choice, Field, Kind

READING = Reading(zone=ZoneInfo("Asia/Dushanbe"))


def field(kind: Kind, **more: Any) -> Field:
    return Field("x", kind, label="X", why="Why.", **more)


def typed(kind: Kind, query: str, **more: Any) -> Any:
    return read(field(kind, **more), QueryDict(query), "x", None, READING)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("14 05 1987", "1987-05-14"),
        ("14.05.1987", "1987-05-14"),
        ("14/5/1987", "1987-05-14"),
        ("1987-05-14", "1987-05-14"),
        ("31 02 1987", "31 02 1987"),
        ("next week", "next week"),
        ("", ""),
    ],
)
def test_dates_are_read_as_people_write_them(text: str, value: str) -> None:
    assert typed(Kind.DATE, f"x={text}") == value


@pytest.mark.parametrize(
    ("text", "value"), [("05 1987", "1987-05"), ("1987", "1987"), ("14 05 1987", "1987-05-14"), ("13 1987", "13 1987")]
)
def test_of_a_birth_the_year_may_be_all(text: str, value: str) -> None:
    assert typed(Kind.PARTIAL_DATE, f"x={text}") == value


def test_a_time_is_of_the_office_and_kept_in_utc() -> None:
    value = typed(Kind.TIME, "x=02 12 2026, 09:30")
    assert value == "2026-12-02T04:30:00Z"
    assert typed_time(value, READING.zone) == "02 12 2026 09:30"
    assert typed(Kind.TIME, "x=tomorrow at noon") == "tomorrow at noon"


@given(st.dates())
def test_a_date_shown_and_sent_again_is_the_same(day: Any) -> None:
    value = day.isoformat()
    query = QueryDict(mutable=True)
    query["x"] = typed_date(value)
    assert read(field(Kind.DATE), query, "x", None, READING) == value


@given(st.text())
def test_any_text_survives_a_second_sending(text: str) -> None:
    query = QueryDict(mutable=True)
    query["x"] = text
    once = read(field(Kind.LONG_TEXT), query, "x", None, READING)
    query["x"] = str(once)
    assert read(field(Kind.LONG_TEXT), query, "x", None, READING) == once
    str(once).encode()


def test_numbers_take_the_spaces_of_a_typist() -> None:
    assert typed(Kind.NUMBER, "x=12 500") == 12500
    assert typed(Kind.NUMBER, "x=many") == "many"


def test_not_known_is_an_answer_where_the_field_allows_it() -> None:
    assert typed(Kind.TEXT, "x=&x.unknown=1", unknown_allowed=True) == UNKNOWN
    assert typed(Kind.TEXT, "x=here&x.unknown=1") == "here"


def test_a_ground_keeps_its_article_or_says_that_there_is_none() -> None:
    assert typed(Kind.GROUND, "x=torture|cat-1984-art3|") == {"ground": "torture", "instrument": "cat-1984-art3", "article": None}
    assert typed(Kind.GROUND, "x=asylum|chisinau-2002|89")["article"] == "89"
    assert typed(Kind.GROUND, "") is None


def test_checks_are_read_by_their_names() -> None:
    query = "x.check=a&x.check=b&x.a.answer=risk&x.a.reasons=Two+reports."
    assert typed(Kind.CHECKS, query) == [{"check": "a", "answer": "risk", "reasons": "Two reports."}]


def test_papers_come_only_from_what_was_there() -> None:
    paper = {"sha256": "a" * 64, "size": 3, "type": "text/plain", "title": "Old", "language": "ru", "root": "b" * 64, "key": "c" * 64}
    query = QueryDict(f"x.{'a' * 64}.title=New&x.{'d' * 64}.title=Smuggled&x.{'a' * 64}.language=tg")
    assert read(field(Kind.PAPERS), query, "x", [paper], READING) == [{**paper, "title": "New", "language": "tg"}]


def test_a_field_left_empty_is_not_in_the_content() -> None:
    fields = [field(Kind.TEXT), Field("y", Kind.CHOICES, label="Y", why="", choices=(Choice("a", "A"),))]
    assert read_answers(fields, QueryDict("x=&z=1"), {"x": "before", "y": ["a"], "other": "kept"}, READING) == {"other": "kept"}


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Rname Mname Kname", "R.\u00a0M."),
        ("Рфамилия Мимя", "Р.\u00a0М."),
        ("R. M.", "R.\u00a0M."),
        ("M. Kh.", "M.\u00a0Kh."),
        ("  de la Cruz", "D.\u00a0L."),
        ("12", ""),
    ],
)
def test_initials(name: str, short: str) -> None:
    assert initials(name) == short


@pytest.mark.parametrize(
    ("first", "name", "kind"),
    [
        (b"%PDF-1.7", "a.exe", "application/pdf"),
        (b"PK\x03\x04...", "a.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        (b"PK\x03\x04...", "a.pdf", "application/zip"),
        ("Протокол допроса".encode(), "a.html", "text/plain"),
        (b"\x00\x01\x02", "a.pdf", "application/octet-stream"),
    ],
)
def test_what_a_paper_is_shows_in_its_first_bytes(first: bytes, name: str, kind: str) -> None:
    assert media_type(first, name) == kind


def test_a_paper_gets_a_name_that_every_disk_takes() -> None:
    assert file_name('Order "No. 5" of ../../etc/passwd\r\nX: y', "application/pdf") == "Order No. 5 of .. .. etc passwd X y.pdf"
    assert file_name("…", "text/plain") == "paper.txt"
