"""The reference page says what the code does, and every word has its Russian."""

from comity.procedures import procedure, procedures
from comity.procedures.reference import diagram, page
from comity.words import LOCALE, PACKAGE, messages


def test_the_reference_page_is_what_the_procedures_are():
    written = (PACKAGE.parent / "docs" / "procedures.md").read_text(encoding="utf-8")
    assert written == page(), "Run: python -m comity.procedures.reference > docs/procedures.md"


def test_a_diagram_shows_every_state_and_every_move():
    for one in procedures():
        lines = diagram(one).splitlines()
        assert lines[0] == "stateDiagram-v2"
        assert len(lines) == 2 + len(one.states) + sum(len(move.at) for move in one.moves) + sum(state.terminal for state in one.states)


def test_a_diagram_names_the_holder():
    assert '    state "Detained, request awaited (requesting)" as detained' in diagram(procedure("extradition", 1)).splitlines()


def test_every_word_of_the_procedures_has_its_russian():
    from babel.messages.pofile import read_po

    with (LOCALE / "ru" / "parts" / "procedures.po").open("rb") as file:
        russian = {message.id: message.string for message in read_po(file, locale="ru") if message.id}
    assert [one.text for one in messages(PACKAGE / "procedures") if not russian.get(one.text)] == []


def test_the_russian_keeps_every_place_of_a_sentence():
    from string import Formatter

    from babel.messages.pofile import read_po

    def places(text):
        return {name for _text, name, _spec, _conversion in Formatter().parse(text) if name}

    with (LOCALE / "ru" / "parts" / "procedures.po").open("rb") as file:
        pairs = [(message.id, message.string) for message in read_po(file, locale="ru") if message.id]
    assert [text for text, russian in pairs if places(text) != places(russian)] == []
