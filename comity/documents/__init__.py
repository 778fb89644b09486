"""Letters and records as PDF/A-2b, in English and Russian from the same fields.

`letter_for` makes a `Letter` from what was filled in, the legal basis and the two offices; `render` sets it. `record_for` makes a
`MatterRecord` from a folded journal and its verification; `render_record` sets it. The same input gives the same bytes.
"""

from comity.documents.compose import letter_for, office
from comity.documents.model import Annex, Letter, LetterKind, MatterRecord, Office, Reference
from comity.documents.record import record_for
from comity.documents.render import render, render_record
from comity.documents.typefaces import FontError, missing_signs
from comity.documents.typesetting import DocumentError

__all__ = [
    "Annex",
    "DocumentError",
    "FontError",
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
    "render_record",
]
