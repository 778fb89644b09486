"""Words and names for explanations in one language: States, days, titles, labels, articles."""

from collections.abc import Iterable
from datetime import date
from functools import cache

from comity.identifiers import InstrumentId
from comity.law.basis import Citation
from comity.law.model import Check, Confidence, NationalLaw, Register
from comity.words import _, translate


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
        from babel.dates import format_date  # babel takes long to import; only explanations need it

        return str(format_date(day, format="long", locale=_locale(self.language)))

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

    def place(self, name: str, article: str | None) -> str:
        """Title and article, such as “Minsk Convention 1993, art. 58”."""
        title = self.title(name)
        return self.say(_("{title}, art. {article}"), title=title, article=article) if article else title

    def sure(self, confidence: Confidence) -> str:
        """Nothing for a verified fact, a warning for one that is not."""
        return "" if confidence is Confidence.VERIFIED else " " + self.say(_("(not verified)"))

    def cite(self, name: str, article: str | None, source: str, confidence: Confidence) -> Citation:
        """The citation of a fact."""
        return Citation(instrument=name, title=self.title(name), article=article, source=source, confidence=confidence)


@cache
def _territories(language: str) -> dict[str, str]:
    from babel import Locale  # as in `day`

    return dict(Locale.parse(_locale(language)).territories)


def _locale(language: str) -> str:
    return {"en": "en_GB", "ru": "ru"}.get(language, "en_GB")
