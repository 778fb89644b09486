"""The address of a file the browser loads, with the digest of its content: a new look is a new address, an old one may be kept."""

from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.templatetags.static import static


def address(name: str) -> str:
    """Where the browser finds the static file `name`. A file that is not there yet has no digest; the browser then gets a plain 404."""
    found = finders.find(name)
    if not isinstance(found, str):
        return static(name)
    digest = _digest(found) if not settings.DEBUG else _read_digest(found)
    return f"{static(name)}?v={digest}"


@lru_cache(maxsize=64)
def _digest(path: str) -> str:
    return _read_digest(path)


def _read_digest(path: str) -> str:
    return sha256(Path(path).read_bytes()).hexdigest()[:12]
