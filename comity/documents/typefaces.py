"""The fonts of letters: where they lie, and the error when they do not.

The build brings them into `fonts` (`comity.documents.fetch_fonts`); where it did not run, Debian's packages of the same families serve. The
same fonts give the same bytes, so an office does not mix the two.
"""

import struct
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import typst

from comity.errors import ComityError

TARGET = Path(__file__).resolve().parent / "fonts"
DEBIAN = (Path("/usr/share/fonts/truetype/paratype"), Path("/usr/share/fonts/truetype/noto"))
UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
"""Unicode categories of what is not set: control and format characters, and code points without a sign."""
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


def missing_signs(text: str) -> str:
    """The signs of `text` that no font of letters has, each once, in order; empty where all can be set. For a form."""
    known = signs()
    return "".join(dict.fromkeys(sign for sign in text if ord(sign) not in known and not _unset(sign)))


@cache
def signs() -> frozenset[int]:
    """The code points that some font of letters has, read once. Raises FontError."""
    places = {Path(face.path) for face in installed().fonts() if face.family in FAMILIES and face.path}
    return frozenset(code for place in places for code in coverage(place.read_bytes()))


def _unset(sign: str) -> bool:
    return sign.isspace() or unicodedata.category(sign) in UNSEEN


def coverage(font: bytes) -> Iterator[int]:
    """The code points of a TrueType font. Raises FontError. Source: ISO/IEC 14496-22 (OpenType), `cmap`, formats 4 and 12."""
    try:
        for start in _subtables(font):
            match struct.unpack_from(">H", font, start)[0]:
                case 4:
                    yield from _segments(font, start)
                case 12:
                    yield from _groups(font, start)
    except struct.error as error:
        raise FontError("This font is cut off or broken.") from error


def _subtables(font: bytes) -> Iterator[int]:
    (tables,) = struct.unpack_from(">H", font, 4)
    entries = (struct.unpack_from(">4sLLL", font, 12 + 16 * number) for number in range(tables))
    cmap = next((offset for tag, _sum, offset, _size in entries if tag == b"cmap"), None)
    if cmap is None:
        raise FontError("This font has no table of its signs.")
    (count,) = struct.unpack_from(">H", font, cmap + 2)
    for number in range(count):
        _platform, _encoding, offset = struct.unpack_from(">HHL", font, cmap + 4 + 8 * number)
        yield cmap + offset


def _segments(font: bytes, start: int) -> Iterator[int]:
    (double,) = struct.unpack_from(">H", font, start + 6)
    count = double // 2
    ends = struct.unpack_from(f">{count}H", font, start + 14)
    firsts = struct.unpack_from(f">{count}H", font, start + 16 + double)
    for first, last in zip(firsts, ends, strict=True):
        yield from range(first, min(last, 0xFFFE) + 1)


def _groups(font: bytes, start: int) -> Iterator[int]:
    (count,) = struct.unpack_from(">L", font, start + 12)
    for number in range(count):
        first, last, _glyph = struct.unpack_from(">LLL", font, start + 16 + 12 * number)
        yield from range(first, last + 1)
