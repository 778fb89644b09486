"""An answer of the law as a document: the question, the numbered sentences and the citations they rest on, each listed once.

The sentences are those of `law.explain`, so the paper says what the page says and nothing else.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from comity.documents.model import Office
from comity.law import Basis, Citation, Register, Sentence, explain


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalAnswer:
    """What the law of `register` answers to the question of `basis`, set down by `author` at `at` (aware)."""

    basis: Basis
    register: Register
    author: Office
    at: datetime


RULES = frozenset({"channel", "languages", "required", "attachments", "form", "rules", "time-limits", "refusal", "conditions"})
"""The sections whose sentences state rules, which stand in articles; the others tell of a State's standing or of a doubt."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """One citation of the list at the end: its number, and what it cites. `rule`: it is cited for a rule, so that it has an article."""

    number: int
    cited: Citation
    rule: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted:
    """A sentence with the numbers of the notes behind it, in order."""

    sentence: Sentence
    notes: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """The whole answer in one language: its sentences, and every citation once, numbered in the order in which they are first needed."""

    sentences: tuple[Noted, ...]
    notes: tuple[Note, ...]


def explained(answer: LegalAnswer, language: str) -> Explained:
    """The answer in sentences with numbered notes, in `language` (en or ru)."""
    sentences = explain(answer.basis, answer.register, language)
    numbers = _numbers(sentences)
    return Explained(
        sentences=tuple(Noted(sentence=one, notes=tuple(sorted({numbers[key] for key in _keys(one)}))) for one in sentences),
        notes=tuple(Note(number=number, cited=cited, rule=rule) for (cited, rule), number in numbers.items()),
    )


_Key = tuple[Citation, bool]


def _keys(sentence: Sentence) -> Iterator[_Key]:
    """What a sentence cites, each with whether it is cited for a rule."""
    yield from ((one, sentence.section in RULES) for one in sentence.citations)


def _numbers(sentences: Iterable[Sentence]) -> Mapping[_Key, int]:
    found: dict[_Key, int] = {}
    for key in (key for sentence in sentences for key in _keys(sentence)):
        found.setdefault(key, len(found) + 1)
    return found
