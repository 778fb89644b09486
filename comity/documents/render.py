"""From a letter, a record or an answer of the law to its PDF."""

from datetime import UTC, datetime, time

from comity.documents.answer import LegalAnswer
from comity.documents.answer_presentation import answer_data
from comity.documents.model import Letter, MatterRecord
from comity.documents.presentation import LOCALES, letter_data
from comity.documents.record_presentation import record_data
from comity.documents.typesetting import DocumentError, typeset


def render(letter: Letter, language: str) -> bytes:
    """The letter as PDF/A-2b in `language` (en or ru): the same letter gives the same bytes. Raises DocumentError."""
    _known(language)
    return typeset("letter", letter_data(letter, language), datetime.combine(letter.on, time(), UTC))


def render_record(record: MatterRecord, language: str) -> bytes:
    """The record of a matter as PDF/A-2b in `language` (en or ru): the same record gives the same bytes. Raises DocumentError."""
    _known(language)
    return typeset("record", record_data(record, language), record.at)


def render_answer(answer: LegalAnswer, language: str) -> bytes:
    """An answer of the law as PDF/A-2b in `language` (en or ru): the same answer gives the same bytes. Raises DocumentError."""
    _known(language)
    return typeset("answer", answer_data(answer, language), answer.at)


def _known(language: str) -> None:
    if language not in LOCALES:
        raise DocumentError(f"Letters are written in {', '.join(LOCALES)}.", where=language)
