"""A whole sentence for people, said in their language when it is shown, not when it is made."""

from dataclasses import dataclass

from comity.words import LANGUAGES, translate


@dataclass(frozen=True, slots=True, kw_only=True)
class Bilingual:
    """A name that the law register gives in both languages."""

    en: str
    ru: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """An English sentence marked for translation, with `{places}`, and what stands in them, translated too where there are words."""

    text: str
    values: tuple[tuple[str, str | Bilingual], ...] = ()

    def say(self, language: str = LANGUAGES[0]) -> str:
        """The sentence in `language` (en or ru)."""
        return translate(self.text, language).format(**{name: _in(value, language) for name, value in self.values})

    def __str__(self) -> str:
        return self.say()


def sentence(text: str, **values: str | Bilingual | int) -> Sentence:
    """The sentence of a marked text and the values of its places."""
    return Sentence(text, tuple((name, str(value) if isinstance(value, int) else value) for name, value in values.items()))


def _in(value: str | Bilingual, language: str) -> str:
    if isinstance(value, Bilingual):
        return value.ru if language == "ru" else value.en
    return translate(value, language)
