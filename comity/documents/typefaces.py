"""The fonts of letters: where they lie, and the error when they do not.

The build brings them into `fonts` (`comity.documents.fetch_fonts`); where it did not run, Debian's packages of the same families serve. The
same fonts give the same bytes, so an office does not mix the two.
"""

from functools import cache
from pathlib import Path

import typst

from comity.errors import ComityError

TARGET = Path(__file__).resolve().parent / "fonts"
DEBIAN = (Path("/usr/share/fonts/truetype/paratype"), Path("/usr/share/fonts/truetype/noto"))
FAMILIES = ("PT Serif", "Noto Serif", "Noto Serif Armenian", "Noto Serif Georgian")


class FontError(ComityError):
    """A font that is missing, or is no font; `where` names the file."""


@cache
def installed() -> typst.Fonts:
    """The fonts, read once. Raises FontError where no place has every family."""
    return find((TARGET,), DEBIAN)


def find(*places: tuple[Path, ...]) -> typst.Fonts:
    """The fonts of the first place (folders) that has every family. Raises FontError."""
    for folders in places:
        found = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=list(folders))
        if set(FAMILIES) <= set(found.families()):
            return found
    raise FontError(
        "The fonts of letters are not installed.",
        where=TARGET.name,
        next_step="Run make setup, or install the packages fonts-paratype and fonts-noto-core.",
    )
