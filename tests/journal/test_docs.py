"""`docs/journal.md` says what the code does: the same steps in the same words, the same headers, the same lines of the file."""

import re
from pathlib import Path

from comity.journal import export, verify
from comity.journal.report import NAMES, Check
from comity.journal.seal import Purpose
from comity.words import PACKAGE, merged, messages
from tests.contracts.writing import exchange_of_letters

PAGE = (Path(__file__).parents[2] / "docs" / "journal.md").read_text(encoding="utf-8")


def test_the_page_lists_the_steps_in_the_same_words():
    assert re.findall(r"(?m)^\| (\d+) \| (.+) \|$", PAGE) == [(str(check.value), NAMES[check]) for check in Check]


def test_the_code_numbers_its_steps_as_the_page_does():
    named = re.findall(r"(?m)^ ?(\d+)\. (\w+) ", verify.__doc__ or "")
    assert [(int(number), name) for number, name in named] == [(check.value, check.name.lower()) for check in Check]


def test_the_page_names_every_key_of_a_header():
    rows = re.search(r"(?s)\| `v` \| 1 \|.*?\n\n", PAGE)
    assert rows is not None
    keys = re.findall(r"`(\w+)`", " ".join(line.split("|")[1] for line in rows[0].strip().splitlines()))
    assert set(keys) == set(exchange_of_letters()[0].header.value())


def test_the_page_names_every_purpose():
    assert all(f"`{purpose}`" in PAGE for purpose in Purpose)


def test_the_page_and_the_writer_show_the_same_lines():
    shown = re.compile(r'(?m)^    (\{".*?\})  ')
    assert shown.findall(PAGE) == shown.findall(export.__doc__ or "") != []


def test_the_words_of_a_report_keep_their_places_in_russian():
    catalogue = merged()
    journal = messages(PACKAGE / "journal")
    assert len(journal) > 40
    for message in journal:
        russian = catalogue.get(message.text)
        assert russian is not None, message.text
        assert set(re.findall(r"\{\w+\}", russian.string)) == set(re.findall(r"\{\w+\}", message.text))
