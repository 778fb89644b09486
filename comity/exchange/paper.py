"""How an event's content names a paper.

By hash and size of the plain file, the Merkle root over its encrypted chunks, and the key they are encrypted with. The key travels inside
the content, which is encrypted and can be erased; with it goes the only way to read the paper, wherever copies lie.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from comity.canonical import Value
from comity.errors import Code
from comity.exchange.errors import PaperError
from comity.identifiers import FileId
from comity.journal import Content

LARGEST_PAPER = 2**40
_KEYS = frozenset({"sha256", "size", "type", "title", "language", "root", "key"})
_HEX_256 = re.compile(r"[0-9a-f]{64}")
MARK = b'"root":"'
"""What the canonical bytes of a content that names a paper hold, whatever else they hold."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperRef:
    """A paper as content names it. `sha256` and `size` (bytes) are the plain file's; `type` is its media type; `key` is 64 hex digits."""

    sha256: FileId
    size: int
    type: str
    title: str
    language: str
    root: FileId
    key: str

    def value(self) -> dict[str, Value]:
        """The JSON object that stands in a content."""
        return {
            "sha256": self.sha256,
            "size": self.size,
            "type": self.type,
            "title": self.title,
            "language": self.language,
            "root": self.root,
            "key": self.key,
        }

    @classmethod
    def from_value(cls, value: object) -> "PaperRef":
        """The paper of its JSON object; raises `PaperError` (malformed)."""
        if not isinstance(value, Mapping) or not _is_paper(value):
            raise PaperError(Code.MALFORMED, f"A paper is named by {', '.join(sorted(_KEYS))}.")
        return cls(**value)


def may_name_papers(content: Content | None) -> bool:
    """Whether to look for papers in a content at all: a quick look at its bytes."""
    return content is not None and MARK in content.data


def papers_in(content: Content | None) -> tuple[PaperRef, ...]:
    """Every paper a content names, anywhere in it, in the order it stands there; none in an erased one."""
    return tuple(_papers(content.value)) if content is not None and may_name_papers(content) else ()


def _papers(value: object) -> Iterator[PaperRef]:
    match value:
        case dict() if _is_paper(value):
            yield PaperRef.from_value(value)
        case dict():
            for one in value.values():
                yield from _papers(one)
        case list() | tuple():
            for one in value:
                yield from _papers(one)
        case _:
            return


def _is_paper(value: Mapping[str, object]) -> bool:
    if value.keys() != _KEYS:
        return False
    size = value["size"]
    texts = all(isinstance(value[name], str) for name in ("type", "title", "language"))
    hashes = all(isinstance(one, str) and _HEX_256.fullmatch(one) for one in (value["sha256"], value["root"], value["key"]))
    return texts and hashes and type(size) is int and 0 <= size <= LARGEST_PAPER
