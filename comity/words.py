"""Every word a person reads: the marker that names it, its Russian, and the check that none is left without.

Code and templates hold English. Each part keeps its Russian in `locale/ru/parts/<part>.po`; `compile` merges the parts into the one
`django.mo` that both the desk (Django) and the rest (`translate`) read.

    python -m comity.words compile     merges the parts
    python -m comity.words check       lists what has no Russian, exit 1 if anything

Babel and Django are imported where they are used: the core imports this module for its marker alone.
"""

import ast
import gettext
import os
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from comity.errors import ComityError

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog

PACKAGE = Path(__file__).resolve().parent
LOCALE = PACKAGE / "locale"
DOMAIN = "django"
LANGUAGES = ("en", "ru")

# How code may say that a string is for people; babel's notation: which argument is the context, which the text.
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
_LITERAL = r"""u?(?:'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")"""
_CALL = re.compile(rf"\b(npgettext|ngettext|pgettext|gettext|_)\(\s*({_LITERAL}(?:\s*,\s*{_LITERAL})*)")


class WordsError(ComityError):
    """A part of the Russian catalogue cannot be merged; `where` names the file."""


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Message:
    """A text for people, with the first place that uses it (file:line, relative to the package)."""

    text: str
    context: str = ""
    place: str = ""


def _(text: str) -> str:
    """Marks `text` for translation and gives it back unchanged; who shows it translates it (`translate`, or Django's `{% translate %}`)."""
    return text


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    return gettext.translation(DOMAIN, str(LOCALE), languages=[language], fallback=True)


def translate(text: str, language: str) -> str:
    """`text` in `language` (en or ru), or `text` itself where there is no translation."""
    return _catalogue(language).gettext(text) if text else ""


def translate_count(one: str, many: str, number: int, language: str) -> str:
    """The form of `one`/`many` that `number` takes in `language`, with `{number}` left for the caller to fill."""
    return _catalogue(language).ngettext(one, many, number)


# Merging the parts


def merged(language: str = "ru") -> "Catalog":
    """All parts of `language` as one catalogue. Raises WordsError when two parts translate a text differently."""
    from babel.messages.catalog import Catalog  # only the build and the tests need babel's catalogues

    whole = Catalog(locale=language, domain=DOMAIN, fuzzy=False)
    for path in parts(language):
        _add_part(whole, path)
    return whole


def parts(language: str = "ru") -> tuple[Path, ...]:
    """The files that hold this language, by name."""
    return tuple(sorted((LOCALE / language / "parts").glob("*.po")))


def _add_part(whole: "Catalog", path: Path) -> None:
    from babel.messages.pofile import read_po  # as in `merged`

    with path.open("rb") as file:
        part = read_po(file, locale=str(whole.locale), domain=DOMAIN, abort_invalid=True)
    for message in part:
        if not message.id or not any(message.string or ()):
            continue
        earlier = whole.get(message.id, message.context)
        if earlier is not None and earlier.string != message.string:
            raise WordsError(
                f"“{message.id}” is translated twice: “{earlier.string}” and “{message.string}”.",
                where=path.name,
                next_step="Keep one of the two, or give the message a context.",
            )
        whole.add(message.id, message.string, context=message.context)


def compile_catalogue(language: str = "ru") -> Path:
    """Writes the merged catalogue as `django.mo`, whole or not at all, and gives its path."""
    from babel.messages.mofile import write_mo  # as in `merged`

    target = LOCALE / language / "LC_MESSAGES" / f"{DOMAIN}.mo"
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_suffix(f".{os.getpid()}.new")  # two processes may compile at once
    with draft.open("wb") as file:
        write_mo(file, merged(language))
    draft.replace(target)
    _catalogue.cache_clear()
    return target


def compile_if_stale(language: str = "ru") -> None:
    """Compiles the catalogue when a part is newer than it."""
    target = LOCALE / language / "LC_MESSAGES" / f"{DOMAIN}.mo"
    newest = max((path.stat().st_mtime for path in parts(language)), default=0.0)
    if not target.exists() or target.stat().st_mtime < newest:
        compile_catalogue(language)


# Finding what people read


def messages(root: Path = PACKAGE) -> tuple[Message, ...]:
    """Every text for people in the code and the templates under `root`, each once, in alphabetical order."""
    found: dict[tuple[str, str], Message] = {}
    for message in (*_in_code(root), *_in_templates(root)):
        found.setdefault((message.context, message.text), message)
    return tuple(sorted(found.values()))


def _in_code(root: Path) -> Iterator[Message]:
    from babel.messages.extract import extract_from_file  # as in `merged`

    for path in sorted(root.rglob("*.py")):
        for line, text, _comments, context in extract_from_file("python", path, keywords=KEYWORDS):
            for form in text if isinstance(text, tuple) else (text,):
                if form:
                    yield Message(text=form, context=context or "", place=f"{path.relative_to(root)}:{line}")


def _in_templates(root: Path) -> Iterator[Message]:
    from django.utils.translation.template import templatize  # only the desk has templates

    for path in sorted((*root.rglob("*.html"), *root.rglob("templates/**/*.txt"))):
        source = templatize(path.read_text(encoding="utf-8"), origin=str(path))
        yield from _in_calls(source, str(path.relative_to(root)))


def _in_calls(source: str, place: str) -> Iterator[Message]:
    for call in _CALL.finditer(source):
        literals = [ast.literal_eval(literal) for literal in re.findall(_LITERAL, call[2])]
        context = literals.pop(0) if "pgettext" in call[1] else ""
        for text in literals:
            yield Message(text=text, context=context, place=f"{place}:{source.count(chr(10), 0, call.start()) + 1}")


def untranslated(found: Iterable[Message], catalogue: "Catalog") -> tuple[Message, ...]:
    """Those of `found` that `catalogue` has no words for. A plural counts as translated when its singular is."""
    known = set(_known(catalogue))
    return tuple(message for message in found if (message.context, message.text) not in known)


def _known(catalogue: "Catalog") -> Iterator[tuple[str, str]]:
    for message in catalogue:
        forms = (message.id,) if isinstance(message.id, str) else tuple(message.id)
        yield from ((message.context or "", form) for form in forms)


def main(arguments: list[str] | None = None) -> int:
    """`compile` or `check`; the exit status."""
    match sys.argv[1:] if arguments is None else arguments:
        case ["compile"]:
            target = compile_catalogue()
            sys.stdout.write(f"{target.relative_to(PACKAGE.parent)}\n")
            return 0
        case ["check"]:
            missing = untranslated(messages(), merged())
            for message in missing:
                sys.stdout.write(f"{message.place}: {message.text}\n")
            return 1 if missing else 0
        case _:
            sys.stderr.write("python -m comity.words compile | check\n")
            return 2


if __name__ == "__main__":
    sys.exit(main())
