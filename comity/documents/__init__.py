"""Letters, records and answers of the law as PDF/A-2b, in English and Russian from the same fields.

`letter_for` makes a `Letter` from what was filled in, the legal basis and the two offices; `render` sets it. `record_for` makes a
`MatterRecord` from a folded journal and its verification; `render_record` sets it. `LegalAnswer` holds a legal basis; `render_answer` sets
it with every citation. The same input gives the same bytes.
"""

from comity.documents.answer import LegalAnswer
from comity.documents.compose import letter_for, office
from comity.documents.model import Annex, Letter, LetterKind, MatterRecord, Office, Reference
from comity.documents.record import record_for
from comity.documents.render import render, render_answer, render_record
from comity.documents.typefaces import FontError, missing_signs
from comity.documents.typesetting import DocumentError

__all__ = [
    "Annex",
    "DocumentError",
    "FontError",
    "LegalAnswer",
    "Letter",
    "LetterKind",
    "MatterRecord",
    "Office",
    "Reference",
    "letter_for",
    "missing_signs",
    "office",
    "record_for",
    "render",
    "render_answer",
    "render_record",
]
