"""What the browser loads: built, versioned, from here alone; and a lock that names no host."""

import json
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from comity.desk.components import assets

PROJECT = Path(__file__).resolve().parents[3]
BUILT = PROJECT / "comity" / "desk" / "static" / "built"


def test_an_address_changes_with_the_content() -> None:
    assert re.fullmatch(r"/static/built/comity\.css\?v=[0-9a-f]{12}", assets.address("built/comity.css"))


def test_a_file_that_is_not_there_has_a_plain_address() -> None:
    assert assets.address("nowhere.css") == "/static/nowhere.css"


def test_the_style_sheet_asks_for_nothing_from_elsewhere() -> None:
    css = (BUILT / "comity.css").read_text(encoding="utf-8")
    named = re.findall(r"url\([\"']?([^)\"']+)", css)
    assert named
    assert all((BUILT / name).is_file() for name in named)


def test_every_letter_of_our_languages_has_a_typeface() -> None:
    names = {path.name for path in (BUILT / "fonts").iterdir()}
    assert {
        "pt-sans-cyrillic-ext-400-normal.woff2",
        "pt-serif-cyrillic-400-italic.woff2",
        "noto-sans-armenian-armenian-400-normal.woff2",
    } <= names


@pytest.mark.django_db
def test_built_files_are_served_with_their_compressed_twin() -> None:
    response = Client().get("/static/built/comity.css", headers={"accept-encoding": "gzip"})
    assert response.status_code == 200
    assert response.headers["Content-Encoding"] == "gzip"
    assert f"max-age={settings.WHITENOISE_MAX_AGE}" in response.headers["Cache-Control"]
    response.close()


def test_the_lock_names_no_host() -> None:
    text = (PROJECT / "package-lock.json").read_text(encoding="utf-8")
    assert "://" not in text
    packages = json.loads(text)["packages"]
    assert all("integrity" in entry for name, entry in packages.items() if name)
