"""Who is bound by what on a day: marks, the chosen cell, what changes, what is open; and the slider as the page has it without script."""

import re
from datetime import date
from html import unescape

import pytest
from django.test import Client

from comity.desk.law.heads import SELECTIONS, basis_words, selection
from comity.desk.law.matrix import Seen, by_name, columns_of, page, slider
from comity.law import default_register, resolve
from comity.law.history import changed_pairs
from comity.law.matrix import REGION, Mark, matrix

from .test_home import said

DAY = date(2023, 6, 28)
PATH = "/law/matrix/"


def seen(**changes: object) -> Seen:
    return Seen(**{"on": DAY, "kind": "extradition", "selection": selection("main"), **changes})  # type: ignore[arg-type]  # by name


def test_each_mark_of_the_register_is_drawn_and_said(as_officer: Client) -> None:
    html = as_officer.get(PATH, {"on": "2023-06-28"}).content.decode()
    cells = dict(re.findall(r'id="cell-([\w-]+)"[^>]*>(.*?)</a>', html, re.DOTALL))
    found = matrix(default_register(), DAY, columns=columns_of(default_register(), selection("main")))
    words = {
        Mark.IN_FORCE: "in force",
        Mark.UNVERIFIED: "in force, not verified",
        Mark.UNCERTAIN: "uncertain",
        Mark.SIGNED: "signed only",
        Mark.SUSPENDED: "suspended",
        Mark.LEFT: "left",
        Mark.NOT_BOUND: "not bound",
        Mark.NOT_RESEARCHED: "not researched",
    }
    seen_marks = set()
    for state in REGION:
        for cell in found.rows[state]:
            seen_marks.add(cell.mark)
            assert f">{words[cell.mark]}</span>" in cells[f"{state}-{cell.column}"]
    assert seen_marks == set(Mark)


def test_years_towards_whom_and_bounds_stand_beside_the_mark() -> None:
    table = page(default_register(), seen(), "en").table
    years = {cell.anchor: cell.mark.year for row in table.rows for cell in row.cells}
    assert years["cell-RU-chisinau-2002"] == "2023"
    assert years["cell-UA-minsk-1993"] == "RU, BY"
    assert years["cell-TJ-chisinau-2002"] == "≤\u00a02006"
    assert years["cell-RU-echr-art2-3-5-6-8"] == "2022"
    assert years["cell-AZ-minsk-protocol-1997"] == ""


def test_the_day_chooses_its_own_cell_and_says_it_in_sentences(as_officer: Client) -> None:
    text = said(as_officer, PATH, on="2023-06-28")
    assert "Russia · Chisinau Convention 2002" in text
    assert "In force since 28 June 2023." in text
    assert "art. 120(3)" in text.replace("\u00a0", " ")
    assert as_officer.get(PATH, {"on": "2023-06-28"}).content.decode().count("matrix__chosen") == 1


def test_another_cell_is_chosen_by_its_address(as_officer: Client) -> None:
    text = said(as_officer, PATH, on="2023-06-28", state="UA", column="minsk-1993")
    assert "Ukraine · Minsk Convention 1993" in text
    assert "Suspended since 23 December 2022 towards: Russia, Belarus." in text


def test_what_changes_on_the_day_names_both_bases() -> None:
    found = page(default_register(), seen(), "en")
    changed = {one.pair: (one.before, one.after) for one in (*found.changed, *found.changed_more)}
    assert changed["Kazakhstan, Russia"] == ("Minsk 1993 with its protocol", "Chisinau 2002")
    assert found.changed_count == 7
    assert found.changed_count + found.beside == len(changed_pairs(default_register(), DAY, "extradition", REGION))
    assert "/law/pairs/KZ/RU/?kind=extradition" in next(one.url for one in found.changed if one.pair == "Kazakhstan, Russia")


def test_on_a_quiet_day_nothing_changes(as_officer: Client) -> None:
    assert "No pair rests on anything else from this day on." in said(as_officer, PATH, on="2023-06-27")


def test_open_questions_are_those_of_the_day() -> None:
    def asked(on: date) -> set[str]:
        return {one.id for one in page(default_register(), seen(on=on), "en").open}

    assert "russia-pending-requests" in asked(DAY)
    assert "russia-pending-requests" not in asked(date(2023, 6, 27))
    assert "ukraine-exit-date" not in asked(DAY)


@pytest.mark.parametrize("name", [one.name for one in SELECTIONS])
def test_every_selection_shows_its_columns_by_group(as_officer: Client, name: str) -> None:
    columns = columns_of(default_register(), selection(name))
    html = as_officer.get(PATH, {"on": "2023-06-28", "show": name}).content.decode()
    assert len(re.findall(r'class="matrix__cell"', html)) == len(columns) * len(REGION)
    assert len(set(columns)) == len(columns)


def test_together_the_selections_show_every_instrument() -> None:
    register = default_register()
    shown = {column for one in SELECTIONS for column in columns_of(register, one)}
    assert shown == {column.id for column in matrix(register, DAY).columns}


def test_only_what_is_uncertain_leaves_the_settled_out() -> None:
    found = page(default_register(), seen(only=True), "en")
    words = {cell.mark.word for row in found.table.rows for cell in row.cells if not cell.mark.blank}
    assert words == {"in force, not verified", "uncertain"}
    assert all(any(not cell.mark.blank for cell in row.cells) for row in found.table.rows)
    assert found.instruments < len(selection("main").columns)


def test_a_phone_sees_one_state_or_one_instrument() -> None:
    register = default_register()
    by_state = page(register, seen(state="UA", column="minsk-1993"), "en")
    assert (by_state.ones_title, len(by_state.ones)) == ("Ukraine", 12)
    by_instrument = page(register, seen(state="UA", column="minsk-1993", by="instrument"), "en")
    assert (by_instrument.ones_title, len(by_instrument.ones)) == ("Minsk Convention 1993", 12)
    assert by_instrument.ones[0].title == "Armenia"


def test_the_slider_steps_through_every_event_in_order() -> None:
    register = default_register()
    columns = columns_of(register, selection("main"))
    line = slider(register, seen(), columns, "en")
    days = [event.on for event in line.events]
    assert days == sorted(set(days))
    assert line.label == "28 June 2023: Russia enters Chisinau"
    assert line.before is not None
    assert line.after is not None
    assert line.before.on < DAY < line.after.on
    assert line.after.label == "29 December 2023: Ukraine leaves Minsk"
    # Between two events no mark changes, so nothing is missed between two steps.
    for event, following in zip(line.events, line.events[1:], strict=False):
        first, last = (matrix(register, on, columns=columns).rows for on in (event.on, date.fromordinal(following.on.toordinal() - 1)))
        assert {state: [cell.mark for cell in first[state]] for state in REGION} == {
            state: [cell.mark for cell in last[state]] for state in REGION
        }, (event.on, following.on)


def test_without_script_two_links_and_a_date_field_do_what_the_slider_does(as_officer: Client) -> None:
    html = as_officer.get(PATH, {"on": "2023-06-28"}).content.decode()
    assert re.search(r'<input[^>]*type="range"[^>]* hidden>', html)
    following = re.search(r'id="day-after" href="([^"]+)"', html)
    assert following is not None
    assert "on=2023-12-29" in following[1]
    assert 'value="28.06.2023"' in html
    assert re.search(r'<button[^>]*type="submit"', html)
    assert "29 December 2023" in said(as_officer, PATH, on="29.12.2023")


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({"on": "31.02.2023"}, "Write day, month and year: 14.05.1987."),
        ({"on": "1.1.1980"}, "The register speaks of days from 1 January 1991"),
        ({"on": "1.1.2300"}, "The register speaks of days from 1 January 1991 to 1 January 2100."),
        ({"state": "XX"}, "The table has no State “XX”."),
        ({"column": "minsk-1994"}, "The table has no instrument “minsk-1994”."),
        ({"kind": "extradtion"}, "The register knows no kind of request “extradtion”. Near it: Extradition."),
    ],
)
def test_what_is_not_understood_is_said_and_the_table_shows_the_usual(as_officer: Client, query: dict[str, str], words: str) -> None:
    text = said(as_officer, PATH, 422, **query)
    assert words in text
    assert "Armenia" in text


def test_protocols_are_counted_with_their_convention() -> None:
    register = default_register()
    basis = resolve(register, "AM", "RU", "extradition", date(2023, 6, 27))
    assert basis_words(register, basis, "en") == "Extradition 1957 with its 4 protocols, Minsk 1993 with its protocol"


def test_states_stand_in_the_order_of_the_readers_alphabet() -> None:
    assert [by_name(REGION, language)[0] for language in ("en", "ru")] == ["AM", "AZ"]


def test_it_speaks_russian(as_officer: Client) -> None:
    as_officer.post("/language", {"language": "ru", "next": "/law/"})
    text = said(as_officer, PATH, on="2023-06-28")
    assert "28 июня 2023 г.: Россия становится участником: Кишинёв" in text.replace("\u00a0", " ")
    assert "12 государств, 12 документов — на один день." in text
    assert unescape("7 пар") in text
    assert "приостановлено" in text
    assert not re.search(r"\b(in force|signed only|Minsk|Show)\b", text)
