"""Words and names for explanations in one language: States, days, titles, labels, articles."""

from collections.abc import Iterable
from datetime import date
from functools import cache, lru_cache
from typing import TypeAlias

from comity.identifiers import InstrumentId
from comity.law.basis import Citation
from comity.law.model import Check, Confidence, NationalLaw, Register
from comity.words import _, translate

Said: TypeAlias = tuple[str, str, tuple[Citation, ...]]
"""One sentence before it is numbered: the section it belongs to, its text, what it cites."""


class Voice:
    """Says things in one language (en or ru). Names of States stand in the nominative: sentences are built so that they can."""

    def __init__(self, register: Register, language: str) -> None:
        self.register = register
        self.language = language

    def say(self, sentence: str, **parts: object) -> str:
        """A marked sentence, translated, with its parts put in."""
        return translate(sentence, self.language).format(**parts)

    def state(self, code: str) -> str:
        """A State's name."""
        return _territories(self.language).get(code, code)

    def states(self, codes: Iterable[str]) -> str:
        """Names of States, with commas."""
        return ", ".join(self.state(code) for code in codes)

    def day(self, day: date) -> str:
        """A day in full, such as 27 April 2004."""
        return _day(day, self.language)

    def title(self, name: str) -> str:
        """The title of an instrument, of a State's own law, of a human-rights check, or of a document."""
        if instrument := self.register.instruments.get(InstrumentId(name)):
            return instrument.title(self.language)
        beside: tuple[NationalLaw | Check, ...] = (*self.register.national.values(), *self.register.checks)
        for item in beside:
            if item.id == name:
                return item.title_ru if self.language == "ru" else item.title_en
        document = self.register.documents.get(name)
        return (document.title_ru if self.language == "ru" else document.title_en) if document else name

    def titles(self, names: Iterable[str]) -> str:
        """Titles with semicolons."""
        return "; ".join(self.title(name) for name in names)

    def word(self, group: str, code: str) -> str:
        """The label of a word of the register."""
        return self.register.label(group, code, self.language)

    def words(self, group: str, codes: Iterable[str]) -> str:
        """Labels of words, with semicolons."""
        return "; ".join(self.word(group, code) for code in codes)

    def place(self, name: str, article: str | None, confidence: Confidence = Confidence.UNVERIFIED) -> str:
        """Title and article, such as “Minsk Convention 1993, art. 58”; it says so where the article is not known or its number not sure."""
        title = self.title(name)
        if not article:
            return self.say(_("{title}, article not known"), title=title)
        if number_sure(self.register, name, confidence):
            return self.say(_("{title}, art. {article}"), title=title, article=article)
        return self.say(_("{title}, art. {article}, number not verified"), title=title, article=article)

    def sure(self, confidence: Confidence) -> str:
        """Nothing for a verified fact, a warning for one that is not."""
        return "" if confidence is Confidence.VERIFIED else " " + self.say(_("(not verified)"))

    def cite(self, name: str, article: str | None, source: str, confidence: Confidence) -> Citation:
        """The citation of a fact."""
        return Citation(instrument=name, title=self.title(name), article=article, source=source, confidence=confidence)


def number_sure(register: Register, name: str, confidence: Confidence) -> bool:
    """Whether the number of an article can be relied on: not where the register says the numbers of an instrument cannot, unless read."""
    instrument = register.instruments.get(InstrumentId(name))
    return instrument is None or instrument.article_numbers_reliable or confidence is Confidence.VERIFIED


@lru_cache(maxsize=4096)
def _day(day: date, language: str) -> str:
    from babel.dates import format_date  # babel takes long to import; only explanations need it

    return str(format_date(day, format="long", locale=_locale(language)))


@cache
def _territories(language: str) -> dict[str, str]:
    from babel import Locale  # as in `_day`

    return dict(Locale.parse(_locale(language)).territories)


def _locale(language: str) -> str:
    return {"en": "en_GB", "ru": "ru"}.get(language, "en_GB")


def one_stop(text: str) -> str:
    """An abbreviation that ends a sentence, such as the Russian for “year”, brings its own full stop."""
    return text.replace("..", ".")


def capital(text: str) -> str:
    """The text with a capital first letter."""
    return text[:1].upper() + text[1:]


def lowered(text: str) -> str:
    """The text with a small first letter, as it stands in the middle of a sentence; an abbreviation keeps its capitals."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def day_words(day: date, language: str) -> str:
    """A day in full, in `language` (en or ru)."""
    return _day(day, language)


def state_words(code: str, language: str) -> str:
    """A State's name in `language` (en or ru)."""
    return _territories(language).get(code, code)
