"""Where a fact was read, as pages show it: a short name, linked where it is a page of the web."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.utils.translation import gettext

_ADDRESS = re.compile(r"https?://[^\s()]+")
_REPOSITORY = re.compile(r"github:([\w.-]+/[\w.-]+)[ /](.+?)(?:@([0-9a-f]{7,40}))?$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A source: what to call it, its address where it has one, and what the register wrote."""

    text: str
    url: str
    written: str


def source(written: str) -> Source:
    """The source as a reader meets it; the register writes `general knowledge` for what was read nowhere."""
    if not written or written == "general knowledge":
        return Source(text=gettext("from memory"), url="", written=written)
    if found := _ADDRESS.search(written):
        return Source(text=urlsplit(found[0]).netloc.removeprefix("www."), url=found[0], written=written)
    if found := _REPOSITORY.match(written):
        url = f"https://github.com/{found[1]}/blob/{found[3] or 'HEAD'}/{found[2]}"
        return Source(text=f"github.com/{found[1]}", url=url, written=written)
    return Source(text=written, url="", written=written)
