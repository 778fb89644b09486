"""Sets a document's data with Typst as PDF/A-2b: the same data gives the same bytes, so a sealed event can name the SHA-256.

One compiler a template is kept and reused (a letter then takes a few milliseconds); a lock lets one thread at it at a time. The file's time
stamp is an argument, its fonts are the project's own, and nothing is read from the machine or the network.
"""

import re
import threading
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, Literal

import orjson
import typst

from comity.documents.typefaces import installed, missing_signs
from comity.errors import ComityError

TEMPLATES = Path(__file__).resolve().parent / "templates"
STANDARD: Literal["a-2b"] = "a-2b"

_NO_GLYPH = re.compile(r'the text `"(.+?)"` could not be displayed')
_LOCK = threading.Lock()


class DocumentError(ComityError):
    """A document cannot be set; `where` names the field or the character that stands in the way."""


def typeset(template: str, data: Mapping[str, Any], stamp: datetime) -> bytes:
    """The PDF/A-2b of `data` in `template` (`letter`, `record`, `answer`), with `stamp` as its time. Raises DocumentError."""
    words = orjson.dumps(data).decode()
    try:
        with _LOCK:
            pdf, warnings = _compiler(template).compile_with_warnings(
                format="pdf", sys_inputs={"data": words}, pdf_standards=[STANDARD], timestamp=int(stamp.timestamp())
            )
    except typst.TypstError as error:
        raise _explained(error, words) from error
    if warnings:
        raise DocumentError(f"Typst warns: {warnings[0].message}", where=f"{template}.typ")
    if not isinstance(pdf, bytes):
        raise DocumentError("Typst gave no single file.", where=f"{template}.typ")
    return pdf


@cache
def _compiler(template: str) -> typst.Compiler:
    return typst.Compiler(TEMPLATES / f"{template}.typ", root=TEMPLATES, font_paths=installed(), ignore_system_fonts=True)


def _explained(error: typst.TypstError, words: str) -> DocumentError:
    glyph = _NO_GLYPH.search(error.message)
    if glyph is None:
        return DocumentError("This document could not be set.", where=error.message)
    signs = missing_signs(words) or glyph[1]
    return DocumentError(
        f"The letter's fonts have no sign for “{signs}”.",
        where=signs,
        next_step="Write it in Latin, Cyrillic, Armenian or Georgian.",
    )
