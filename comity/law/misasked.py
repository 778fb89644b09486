"""Why a question about the law cannot be answered, and what is known instead, in English or Russian."""

from collections.abc import Iterable

from comity.law._voice import day_words, one_stop, state_words
from comity.law.model import UnknownDayError, UnknownWordError
from comity.words import _, translate

_MANY = 24
"""So many known words are listed; of more only their number is told."""


def misasked_words(error: UnknownWordError, language: str) -> str:
    """What the question asks wrongly, what may be meant and what is known, in `language` (en or ru)."""
    if isinstance(error, UnknownDayError):
        return _day(error, language)
    said = (translate(error.template, language).replace("{word}", error.word), *_meant(error, language), *_known(error, language))
    return " ".join(said)


def _day(error: UnknownDayError, language: str) -> str:
    state = state_words(error.state, language) if error.state else ""
    parts = {"state": state, "word": day_words(error.day, language), "since": day_words(error.since, language)}
    return one_stop(translate(error.template, language).format(**parts))


def _meant(error: UnknownWordError, language: str) -> Iterable[str]:
    if error.near:
        yield translate(_("Did you mean: {words}?"), language).format(words=", ".join(_named(error, code, language) for code in error.near))


def _known(error: UnknownWordError, language: str) -> Iterable[str]:
    if len(error.known) <= _MANY:
        words = "; ".join(_named(error, code, language) for code in error.known)
        yield translate(_("Known are: {words}."), language).format(words=words)
    else:
        yield translate(_("Known are {number} words of this kind."), language).format(number=len(error.known))


def _named(error: UnknownWordError, code: str, language: str) -> str:
    """A known word: its code, with its label where it has one."""
    label = error.labels.get(code)
    return f"{code} ({label[1] if language == 'ru' else label[0]})" if label else code
