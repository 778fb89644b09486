"""Every text for people has its Russian; the parts merge without contradiction."""

from pathlib import Path

import pytest

from comity import words


def test_every_text_for_people_has_russian_words() -> None:
    missing = words.untranslated(words.messages(), words.merged())
    assert not missing, "\n".join(f"{message.place}: {message.text}" for message in missing)


def test_texts_are_found_in_code_and_in_templates(tmp_path: Path) -> None:
    (tmp_path / "kind.py").write_text('from comity.words import _\nLABEL = _("Person claimed")\n', encoding="utf-8")
    (tmp_path / "page.html").write_text(
        '{% translate "Deadline" %}\n{% blocktranslate count n=days %}{{ n }} day{% plural %}{{ n }} days{% endblocktranslate %}',
        encoding="utf-8",
    )
    found = {message.text: message.place for message in words.messages(tmp_path)}
    assert found == {"Person claimed": "kind.py:2", "Deadline": "page.html:1", "%(n)s day": "page.html:2", "%(n)s days": "page.html:2"}


def test_a_text_without_russian_is_named() -> None:
    found = (words.Message(text="A sentence nobody translated", place="here.py:1"),)
    assert words.untranslated(found, words.merged()) == found


def test_parts_that_contradict_each_other_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "ru" / "parts"
    folder.mkdir(parents=True)
    header = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    (folder / "one.po").write_text(header + 'msgid "Matter"\nmsgstr "Производство"\n', encoding="utf-8")
    (folder / "two.po").write_text(header + 'msgid "Matter"\nmsgstr "Дело"\n', encoding="utf-8")
    monkeypatch.setattr(words, "LOCALE", tmp_path)
    with pytest.raises(words.WordsError, match="translated twice") as caught:
        words.merged()
    assert caught.value.where == "two.po"


def test_the_compiled_catalogue_speaks_russian() -> None:
    words.compile_catalogue()
    assert words.translate("Gallery", "ru") == "Все части страниц"
    assert words.translate("Gallery", "en") == "Gallery"
    assert words.translate("", "ru") == ""
