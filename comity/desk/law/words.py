"""Small words that every page of the law says: an instrument with its address, an article that is not known, a length, a language."""

from babel import Locale
from django.urls import NoReverseMatch, reverse

from comity.desk.components.model import Citation
from comity.desk.matters.citations import citation_words, cited, instrument_title
from comity.law import Confidence, Register, Unit
from comity.law.explain import length_words as words_of_length


def instrument_url(instrument: str) -> str:
    """The page of an instrument; nothing where there is none."""
    try:
        return reverse("law:instrument", args=[instrument])
    except NoReverseMatch:
        return ""


def state_url(state: str) -> str:
    """The page of a State; nothing where there is none."""
    try:
        return reverse("law:state", args=[state])
    except NoReverseMatch:
        return ""


def pdf_url(query: str) -> str:
    """The answer to a question as a paper; nothing where there is none."""
    try:
        return f"{reverse('law:answer-pdf')}?{query}"
    except NoReverseMatch:
        return ""


def cited_words(
    register: Register, instrument: str, article: str | None, confidence: Confidence, language: str, *, said: bool = True
) -> Citation:
    """`Chisinau Convention 2002, art. 7`, linked; with `said` an article that the register does not know is said to be unknown."""
    words = citation_words(register, instrument, article or (None if said else ""), language)
    url = instrument_url(instrument) if instrument in register.instruments else ""
    return Citation(text=words, certainty=cited(confidence), url=url)


def title_words(register: Register, instrument: str, language: str) -> str:
    """The short title of an instrument, a human-rights check or a national law."""
    return instrument_title(register, instrument, language)


def language_name(code: str, register: Register, language: str) -> str:
    """A language by its name, or what an instrument says instead of one."""
    return str(Locale(language).languages.get(code) or register.label("language", code, language))


def length_words(length: int, unit: Unit, language: str) -> str:
    """`40 days`, `3 months`, `10 working days`."""
    return words_of_length(length, unit, language)
