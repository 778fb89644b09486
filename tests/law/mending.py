"""A copy of the register in which a fact is mended, for tests of one rule."""

from collections.abc import Mapping
from functools import cache

from comity.law import Register
from comity.law.load import folder_texts, load_texts


@cache
def _texts() -> Mapping[str, str]:
    return folder_texts()


def mended(*changes: tuple[str, str, str], added: Mapping[str, str] | None = None) -> Register:
    """The register with, in each named file, one text put for another (for "": put at the end); `added`: whole files more."""
    texts = {**_texts(), **(added or {})}
    for name, old, new in changes:
        assert not old or texts[name].count(old) == 1, (name, old, texts[name].count(old))
        texts[name] = texts[name].replace(old, new) if old else f"{texts[name].rstrip()}\n{new}"
    return load_texts(texts.items())


def appended(name: str, table: str) -> tuple[str, str, str]:
    """The change that adds a table at the end of a file."""
    return name, "", table


def reordered(turn: int) -> Register:
    """The register with its files in another order."""
    items = list(_texts().items())
    return load_texts(items[turn:] + items[:turn])
