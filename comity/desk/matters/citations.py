"""The law as pages quote it: an instrument and its article as one phrase, States and offices by name, in the language of the page."""

from babel import Locale
from django.utils.translation import get_language, gettext, pgettext

from comity.desk.components.model import Certainty, Citation
from comity.identifiers import InstrumentId, OfficeId, StateCode
from comity.law import Confidence, Register
from comity.node.office import Office
from comity.procedures import Sentence

_NO_BREAK = "\u00a0"


def page_language() -> str:
    """`en` or `ru`, the language of the page."""
    return "ru" if (get_language() or "").startswith("ru") else "en"


def cited(confidence: Confidence | str | None) -> Certainty | None:
    """The mark that stands before a citation; none where nothing is said about it."""
    return Certainty(confidence) if confidence else None


def cite(register: Register, instrument: str, article: str | None, confidence: Confidence | str | None, language: str) -> Citation:
    """`Chisinau Convention 2002, art. 7`, with how sure it is. An article of None is not known; an empty one means the whole instrument."""
    return Citation(text=citation_words(register, instrument, article, language), certainty=cited(confidence))


def citation_words(register: Register, instrument: str, article: str | None, language: str) -> str:
    """The phrase alone."""
    title = instrument_title(register, instrument, language)
    if article is None and not any(check.id == instrument for check in register.checks):
        return gettext("%(title)s, article not known") % {"title": title}
    if not article:
        return title
    shortened = pgettext("article of a treaty", "art.")
    return f"{title}, {shortened}{_NO_BREAK}{article}" if article[0].isdigit() else f"{title}, {article}"


def instrument_title(register: Register, instrument: str, language: str) -> str:
    """The short title of an instrument or of national law; its id where the register of today no longer names it."""
    found = register.instruments.get(InstrumentId(instrument))
    if found:
        return found.title(language)
    for law in register.national.values():
        if law.id == instrument:
            return law.title_ru if language == "ru" else law.title_en
    return next((check.title_ru if language == "ru" else check.title_en for check in register.checks if check.id == instrument), instrument)


def state_name(code: str, language: str) -> str:
    """A State as texts call it; its code where no name is known."""
    return _SHORT.get((code, language)) or Locale(language).territories.get(code) or code


# As the field says it, where the list of names says otherwise.
_SHORT = {("MD", "en"): "Moldova", ("MD", "ru"): "Молдова", ("KG", "ru"): "Кыргызстан", ("KG", "en"): "Kyrgyzstan"}


def office_name(office: Office, other: OfficeId, language: str) -> str:
    """The full name of an office by its card; its id where it has none."""
    card = office.trust.card(other)
    if card:
        return card.name(language)
    return (office.settings.names.ru if language == "ru" else office.settings.names.en) if other == office.id else other


def state_of(office: Office, other: str, language: str) -> str:
    """The State whose office this is, by name: how pages call an office in short."""
    return state_name(StateCode(office.state_of(OfficeId(other))), language)


def say(words: Sentence | str, language: str) -> str:
    """A sentence of the core in the language of the page."""
    return words.say(language) if isinstance(words, Sentence) else gettext(words)
