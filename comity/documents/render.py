"""From a letter to its PDF."""

from datetime import UTC, datetime, time

from comity.documents.model import Letter
from comity.documents.presentation import LOCALES, letter_data
from comity.documents.typesetting import DocumentError, typeset


def render(letter: Letter, language: str) -> bytes:
    """The letter as PDF/A-2b in `language` (en or ru): the same letter gives the same bytes. Raises DocumentError."""
    known(language)
    return typeset("letter", letter_data(letter, language), datetime.combine(letter.on, time(), UTC))


def known(language: str) -> None:
    """Refuses a language that letters are not written in."""
    if language not in LOCALES:
        raise DocumentError(f"Letters are written in {', '.join(LOCALES)}.", where=language)
