"""What a matter is about, in the few words a list may show: the subject of its kind, people by initials, and the words it is found by.

Full names are only for searching (`words`); they are never shown outside the file itself.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from babel import Locale
from django.utils.translation import get_language, gettext

from comity.canonical import Value
from comity.procedures.model import Field, Kind, Procedure
from comity.procedures.registry import procedure

LONGEST = 300
NUMBERS = ("our_number", "number")
"""Fields in which an office gives its own number for the matter."""
_WORD = re.compile(r"[^\W\d_][\w'’-]*\.?")
_NO_BREAK = "\u00a0"
_PEOPLE = frozenset({Kind.PERSON, Kind.PERSONS})


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What titles a matter: words, or a person's initials (`person`)."""

    text: str = ""
    person: bool = False


def title(name: str, version: int, subject: str, *, person: bool) -> str:
    """What a page calls a matter, in its language: “Extradition of R. M.”, or the subject itself, or where there is none the kind."""
    known = procedure(name, version)
    kind = gettext(known.title) if known else name
    if person and subject:
        return gettext("%(kind)s of %(initials)s") % {"kind": kind, "initials": in_letters_of((get_language() or "")[:2], subject)}
    return subject or kind


def initials(name: str) -> str:
    """`R. M.` for a name of any length, with no-break spaces; of a name already in initials, the same initials."""
    return _NO_BREAK.join(_initial(word) for word in _WORD.findall(name)[:2])


def _initial(word: str) -> str:
    """The first letter, or an abbreviation of two letters as it was written (`Kh.`)."""
    return word if word.endswith(".") and len(word) <= 3 else f"{word[0].upper()}."


def in_letters_of(language: str, text: str) -> str:
    """Cyrillic initials in Latin letters on an English page, where `Р. М.` would be read as P. M.; otherwise as they are.

    Source: ICAO Doc 9303, part 3, section 6 (recommended transliteration of Cyrillic).
    """
    return "".join(_LATIN.get(letter, letter) for letter in text) if language == "en" else text


_PAIRS = (
    "А A Б B В V Г G Д D Е E Ё E Ж Zh З Z И I Й I К K Л L М M Н N О O П P Р R С S Т T У U "
    "Ф F Х Kh Ц Ts Ч Ch Ш Sh Щ Shch Ы Y Э E Ю Iu Я Ia І I Ї I Є Ie Ғ G Қ K Ң N Ө O Ұ U Ү U Ҳ H Ҷ J"
)
_LATIN = dict(zip(_PAIRS.split()[::2], _PAIRS.split()[1::2], strict=True))


def subject_of(procedure: Procedure, content: Mapping[str, Value]) -> Subject:
    """The subject as this content gives it; empty where it does not."""
    field = procedure.field(procedure.subject)
    value = content.get(field.name)
    if not value:
        return Subject()
    if field.kind in _PEOPLE:
        return Subject(text=_initials_of(value)[:LONGEST], person=True)
    return Subject(text=_plain(field, value)[:LONGEST])


def _initials_of(value: Value) -> str:
    people = value if isinstance(value, list | tuple) else [value]
    names = (str(person.get("full_name") or "") for person in people if isinstance(person, Mapping))
    return ", ".join(filter(None, map(initials, names)))


def _plain(field: Field, value: Value) -> str:
    labels = {choice.value: choice.label for choice in field.choices}
    values = value if isinstance(value, list | tuple) else [value]
    return ", ".join(labels.get(str(item), str(item)) for item in values)


def own_numbers(contents: Iterable[Mapping[str, Value]]) -> str:
    """The last number an office gave the matter in these contents of its own, or nothing."""
    given = [str(content[name]) for content in contents for name in NUMBERS if content.get(name)]
    return given[-1] if given else ""


def searchable(procedure: Procedure, contents: Iterable[Mapping[str, Value]]) -> Iterator[str]:
    """The words a matter is found by: short texts and names of people in these contents."""
    for content in contents:
        for field in procedure.fields:
            if value := content.get(field.name):
                yield from _words_of(field, value)


def _words_of(field: Field, value: Value) -> Iterator[str]:
    if field.kind is Kind.TEXT and isinstance(value, str):
        yield value
    if field.kind in _PEOPLE:
        for person in value if isinstance(value, list | tuple) else [value]:
            if isinstance(person, Mapping):
                yield from (str(person[name]) for name in ("full_name", "other_spellings") if person.get(name))


def state_names(codes: Iterable[str]) -> Iterator[str]:
    """States by code and by name in both languages of the desk."""
    for code in codes:
        yield code
        yield from filter(None, (Locale(language).territories.get(code) for language in ("en", "ru")))
