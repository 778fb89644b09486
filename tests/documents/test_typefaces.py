"""The fonts of letters: unpacked right, found, and missed with a sentence that says what to do."""

import unicodedata
from pathlib import Path

import pytest
import typst

from comity.documents import DocumentError, FontError, missing_signs, render
from comity.documents.fetch_fonts import FACES, LICENCES, NODE_MODULES, fetch, main, truetype
from comity.documents.typefaces import FAMILIES, coverage, find, signs
from tests.conftest import left_out
from tests.documents.samples import saying


@pytest.fixture
def packages() -> Path:
    if not (NODE_MODULES / "@expo-google-fonts").exists():
        left_out("The npm packages are not installed (npm ci): fonts are not fetched.")
    return NODE_MODULES


def test_every_face_and_its_licence_is_fetched_as_truetype(tmp_path: Path, packages: Path) -> None:
    written = fetch(packages, tmp_path / "fonts")
    assert {path.name for path in written} == FACES.keys() | LICENCES.keys()
    faces = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[tmp_path / "fonts"]).fonts()
    assert {(face.family, face.style, face.weight) for face in faces} >= {
        ("PT Serif", "normal", 400),
        ("PT Serif", "italic", 700),
        ("Noto Serif", "normal", 700),
        ("Noto Serif Armenian", "normal", 400),
        ("Noto Serif Georgian", "normal", 700),
    }
    assert all(
        "Font Software" in path.read_text(encoding="utf-8") or "OPEN FONT" in path.read_text(encoding="utf-8").upper()
        for path in written
        if path.suffix == ".txt"
    )


def test_an_unpacked_font_keeps_its_tables_and_their_sums(packages: Path) -> None:
    data = (packages / FACES["NotoSerifArmenian-Regular.ttf"]).read_bytes()
    font = truetype(data)
    assert data[:4] == b"wOFF"
    assert int.from_bytes(data[16:20]) == len(font)  # what the WOFF says its font measures
    count = int.from_bytes(font[4:6])
    for place in range(12, 12 + 16 * count, 16):
        tag, said, offset, size = font[place : place + 4], *(int.from_bytes(font[place + at : place + at + 4]) for at in (4, 8, 12))
        body = font[offset : offset + size] + b"\0" * (-size % 4)
        total = sum(int.from_bytes(body[at : at + 4]) for at in range(0, len(body), 4)) % 2**32
        if tag != b"head":  # its sum is defined with one field taken as nothing
            assert total == said, tag


def test_a_broken_font_is_refused(packages: Path) -> None:
    data = (packages / FACES["NotoSerifArmenian-Regular.ttf"]).read_bytes()
    with pytest.raises(FontError, match="cut off or broken"):
        truetype(data[:300])


def test_a_missing_package_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path)]) == 1
    told = capsys.readouterr().err
    assert "pt-serif" in told
    assert "npm ci" in told


def test_without_fonts_the_error_says_what_to_install(tmp_path: Path) -> None:
    with pytest.raises(FontError, match="fonts-noto-core") as missed:
        find((tmp_path,))
    assert "make setup" in str(missed.value)


def test_the_first_complete_place_serves(tmp_path: Path, packages: Path) -> None:
    fetch(packages, tmp_path / "fonts")
    assert set(FAMILIES) <= set(find((tmp_path,), (tmp_path / "fonts",)).families())


def test_signs_that_cannot_be_set_are_named_before_a_letter_is() -> None:
    assert missing_signs("Өмірғ Ӯқҳ Հնս გრგ Əğıöşü Oʻ Gʻ «№ 5» – 48\u00a0000\n") == ""
    assert missing_signs("Договор 中国 с 中 и \u202e عقد") == "中国عقد"


def test_every_letter_said_to_be_there_can_be_set() -> None:
    scripts = ("LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "GEORGIAN")
    letters = "".join(sign for sign in map(chr, sorted(signs())) if sign.isalpha() and unicodedata.name(sign, "").startswith(scripts))
    assert len(letters) > 1500
    try:
        render(saying(*(letters[start : start + 400] for start in range(0, len(letters), 400))), "en")
    except DocumentError as error:
        pytest.fail(str(error))


@pytest.mark.parametrize("font", [b"", b"\0\1\0\0\0\1" + bytes(6), (b"\0\1\0\0\0\1" + bytes(6) + b"cmap" + bytes(12))[:20]])
def test_a_font_without_a_table_of_signs_is_refused(font: bytes) -> None:
    with pytest.raises(FontError):
        set(coverage(font))
