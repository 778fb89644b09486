"""Brings the fonts of letters from the installed npm packages into `comity/documents/fonts`.

    python -m comity.documents.fetch_fonts [NODE_MODULES]

PT Serif sets the Latin and Cyrillic of every language of the offices but two letters; Noto Serif has those and the rest, with its
Armenian and Georgian faces. Some packages hold WOFF, which Typst does not read: it is unpacked to the TrueType it holds. The open font
licence goes with the fonts.
"""

import struct
import sys
import zlib
from collections.abc import Iterator
from pathlib import Path

from comity.documents.typefaces import TARGET, FontError

NODE_MODULES = Path(__file__).resolve().parents[2] / "node_modules"

FACES = {
    "PTSerif-Regular.ttf": "@expo-google-fonts/pt-serif/400Regular/PTSerif_400Regular.ttf",
    "PTSerif-Bold.ttf": "@expo-google-fonts/pt-serif/700Bold/PTSerif_700Bold.ttf",
    "PTSerif-Italic.ttf": "@expo-google-fonts/pt-serif/400Regular_Italic/PTSerif_400Regular_Italic.ttf",
    "PTSerif-BoldItalic.ttf": "@expo-google-fonts/pt-serif/700Bold_Italic/PTSerif_700Bold_Italic.ttf",
    "NotoSerif-Regular.ttf": "@expo-google-fonts/noto-serif/400Regular/NotoSerif_400Regular.ttf",
    "NotoSerif-Bold.ttf": "@expo-google-fonts/noto-serif/700Bold/NotoSerif_700Bold.ttf",
    "NotoSerif-Italic.ttf": "@expo-google-fonts/noto-serif/400Regular_Italic/NotoSerif_400Regular_Italic.ttf",
    "NotoSerif-BoldItalic.ttf": "@expo-google-fonts/noto-serif/700Bold_Italic/NotoSerif_700Bold_Italic.ttf",
    "NotoSerifArmenian-Regular.ttf": "@fontsource/noto-serif-armenian/files/noto-serif-armenian-armenian-400-normal.woff",
    "NotoSerifArmenian-Bold.ttf": "@fontsource/noto-serif-armenian/files/noto-serif-armenian-armenian-700-normal.woff",
    "NotoSerifGeorgian-Regular.ttf": "@fontsource/noto-serif-georgian/files/noto-serif-georgian-georgian-400-normal.woff",
    "NotoSerifGeorgian-Bold.ttf": "@fontsource/noto-serif-georgian/files/noto-serif-georgian-georgian-700-normal.woff",
}
LICENCES = {
    "PTSerif-LICENCE.txt": "@expo-google-fonts/pt-serif/LICENSE_FONT",
    "NotoSerif-LICENCE.txt": "@expo-google-fonts/noto-serif/LICENSE_FONT",
    "NotoSerifArmenian-LICENCE.txt": "@fontsource/noto-serif-armenian/LICENSE",
    "NotoSerifGeorgian-LICENCE.txt": "@fontsource/noto-serif-georgian/LICENSE",
}

_WOFF = b"wOFF"
_HEADER = struct.Struct(">4sLLHHLHHLLLLL")
_ENTRY = struct.Struct(">4sLLLL")


def fetch(node_modules: Path, target: Path = TARGET) -> tuple[Path, ...]:
    """Writes the fonts and their licences to `target` and gives their paths. Raises FontError where a package is not installed."""
    target.mkdir(parents=True, exist_ok=True)
    faces = tuple(_put(target / name, truetype(_read(node_modules / source))) for name, source in FACES.items())
    licences = tuple(_put(target / name, _read(node_modules / source)) for name, source in LICENCES.items())
    return faces + licences


def truetype(data: bytes) -> bytes:
    """The TrueType font in `data`: itself, or what a WOFF 1.0 file holds. Raises FontError. Source: W3C WOFF File Format 1.0, 4 and 5."""
    if data[:4] != _WOFF:
        return data
    try:
        flavour, tables = _woff_tables(data)
    except (struct.error, zlib.error) as error:
        raise FontError("This WOFF file is cut off or broken.") from error
    return _sfnt(flavour, tables)


def _woff_tables(data: bytes) -> tuple[int, list[tuple[bytes, int, bytes]]]:
    _signature, flavour, _length, count, *_rest = _HEADER.unpack_from(data)
    tables = []
    for number in range(count):
        tag, offset, packed, size, checksum = _ENTRY.unpack_from(data, _HEADER.size + number * _ENTRY.size)
        body = data[offset : offset + packed]
        tables.append((tag, checksum, zlib.decompress(body) if packed < size else body))
    return flavour, tables


def _sfnt(flavour: int, tables: list[tuple[bytes, int, bytes]]) -> bytes:
    power = len(tables).bit_length() - 1
    span = 16 << power
    head = struct.pack(">LHHHH", flavour, len(tables), span, power, len(tables) * 16 - span)
    return head + b"".join(_directory(tables)) + b"".join(_padded(body) for _tag, _checksum, body in tables)


def _directory(tables: list[tuple[bytes, int, bytes]]) -> Iterator[bytes]:
    offset = 12 + 16 * len(tables)
    for tag, checksum, body in tables:
        yield struct.pack(">4sLLL", tag, checksum, offset, len(body))
        offset += len(_padded(body))


def _padded(body: bytes) -> bytes:
    return body + b"\0" * (-len(body) % 4)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise FontError("This font is not installed.", where=str(path), next_step="Run npm ci, then fetch again.") from error


def _put(path: Path, data: bytes) -> Path:
    draft = path.with_suffix(".new")
    draft.write_bytes(data)
    return draft.replace(path)


def main(arguments: list[str]) -> int:
    """Fetches from the named folder of npm packages, or from the project's own; the exit status."""
    try:
        written = fetch(Path(arguments[0]) if arguments else NODE_MODULES)
    except FontError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.write(f"{len(written)} files in {TARGET.name}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
