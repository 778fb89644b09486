"""What a field accepts: pure checks that say in words what is wrong with a value, and where.

Values are plain canonical data in the form that `Kind` names. `problems` is asked of values that were given; whether a field must be given
is the engine's business. Whether a ground, a check or an instrument is one the law offers is the engine's business too.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from comity import canonical
from comity.canonical import CanonicalError, Value
from comity.identifiers import IdentifierError, file_id, office_id, state_code
from comity.procedures.model import UNKNOWN, Answer, Choice, Field, Kind
from comity.procedures.sentence import Sentence, sentence
from comity.words import _

LONGEST_LINE = 500
LONGEST_TEXT = 100_000
NOTHING: tuple[Value, ...] = (None, "", [], (), {})
"""What a form leaves where nobody answered."""
_MAY_SAY_UNKNOWN = {Kind.CHOICE}  # where “unknown” can be one of the field's own choices
_PARTIAL_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2]))?")
_LANGUAGE = re.compile(r"[a-z]{2,3}")


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a value: the path of the field (`persons.0.birth_date`) and a sentence."""

    field: str
    words: Sentence


def given(field: Field, value: Value) -> bool:
    """Whether the field has an answer: something other than nothing; “unknown” only where the field allows it."""
    if value == UNKNOWN:
        return field.unknown_allowed or field.kind in _MAY_SAY_UNKNOWN
    return value not in NOTHING


def problems(field: Field, value: Value, path: str = "") -> tuple[Problem, ...]:
    """Everything that is wrong with `value`; nothing where it is well formed. `path` names the field from outside (default: its name)."""
    path = path or field.name
    if value in NOTHING:
        return (_problem(path, field, _("“{label}” is empty.")),)
    if value == UNKNOWN and field.kind not in _MAY_SAY_UNKNOWN:
        return () if field.unknown_allowed else (_problem(path, field, _("“{label}”: “unknown” is no answer here.")),)
    return tuple(_CHECKS[field.kind](field, value, path))


def _problem(path: str, field: Field, text: str, **values: str | int) -> Problem:
    return Problem(path, sentence(text, label=field.label, **values))


Check = Callable[[Field, Value, str], Iterator[Problem]]


def _text(longest: int, *, lines: bool) -> Check:
    def check(field: Field, value: Value, path: str) -> Iterator[Problem]:
        if not isinstance(value, str) or not value.strip():
            yield _problem(path, field, _("“{label}” is a text."))
        elif len(value) > longest:
            yield _problem(path, field, _("“{label}” is too long: at most {longest} characters."), longest=longest)
        elif not all(mark.isprintable() or (lines and mark in "\n\t") for mark in value):
            yield _problem(path, field, _("“{label}” holds characters that cannot be shown."))

    return check


def _date(field: Field, value: Value, path: str) -> Iterator[Problem]:
    try:
        canonical.parse_date(value if isinstance(value, str) else "")
    except CanonicalError:
        yield _problem(path, field, _("“{label}” is not a date such as 2026-11-22."))


def _partial_date(field: Field, value: Value, path: str) -> Iterator[Problem]:
    if not (isinstance(value, str) and _PARTIAL_DATE.fullmatch(value)) and any(_date(field, value, path)):
        yield _problem(path, field, _("“{label}” is not a date such as 2026-11-22, a month such as 2026-11 or a year."))


def _time(field: Field, value: Value, path: str) -> Iterator[Problem]:
    try:
        canonical.parse_time(value if isinstance(value, str) else "")
    except CanonicalError:
        yield _problem(path, field, _("“{label}” is not a date with its time."))


def _number(field: Field, value: Value, path: str) -> Iterator[Problem]:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= canonical.LARGEST_INTEGER:
        yield _problem(path, field, _("“{label}” is a whole number, not negative."))


def _values(choices: tuple[Choice, ...]) -> tuple[str, ...]:
    return tuple(choice.value for choice in choices)


def _choice(field: Field, value: Value, path: str) -> Iterator[Problem]:
    if not isinstance(value, str) or value not in _values(field.choices):
        yield _problem(path, field, _("“{label}”: choose one of the answers."))


def _each(value: Value) -> Sequence[Value]:
    return value if isinstance(value, Sequence) and not isinstance(value, str) else ()


def _names(field: Field, value: Value, path: str) -> Iterator[Problem]:
    items = _each(value)
    if not items or not all(isinstance(item, str) and item for item in items) or len(set(map(str, items))) != len(items):
        yield _problem(path, field, _("“{label}”: choose one or more, each once."))


def _choices(field: Field, value: Value, path: str) -> Iterator[Problem]:
    yield from _names(field, value, path)
    if any(item not in _values(field.choices) for item in _each(value)):
        yield _problem(path, field, _("“{label}”: choose among the answers."))


def _matches(make: Callable[[str], object], value: Value) -> bool:
    try:
        make(value if isinstance(value, str) else "")
    except IdentifierError:
        return False
    return True


def _state(field: Field, value: Value, path: str) -> Iterator[Problem]:
    if not _matches(state_code, value):
        yield _problem(path, field, _("“{label}”: a State is named by its two-letter code, such as KZ."))


def _states(field: Field, value: Value, path: str) -> Iterator[Problem]:
    yield from _names(field, value, path)
    for item in _each(value):
        if item not in _values(field.choices):
            yield from _state(field, item, path)


def _language(field: Field, value: Value, path: str) -> Iterator[Problem]:
    if not isinstance(value, str) or not _LANGUAGE.fullmatch(value):
        yield _problem(path, field, _("“{label}”: a language is named by its code, such as ru."))


def _office(field: Field, value: Value, path: str) -> Iterator[Problem]:
    if not _matches(office_id, value):
        yield _problem(path, field, _("“{label}”: an office is named by its id, such as kz-gpo."))


def _parts(field: Field, value: Value, path: str) -> Iterator[Problem]:
    if not isinstance(value, Mapping):
        yield _problem(path, field, _("“{label}” has not the shape it should have."))
        return
    known = {part.name for part in field.parts}
    for name in sorted(set(value) - known):
        yield _problem(f"{path}.{name}", field, _("“{label}” has no part “{name}”."), name=name)
    for part in field.parts:
        answer = value.get(part.name)
        if part.needed and not given(part, answer):
            yield _problem(f"{path}.{part.name}", field, _("“{label}” needs this: {part}."), part=part.label)
        elif answer not in NOTHING:
            yield from problems(part, answer, f"{path}.{part.name}")


def _list_of_parts(field: Field, value: Value, path: str) -> Iterator[Problem]:
    if not _each(value):
        yield _problem(path, field, _("“{label}” is a list."))
    for place, item in enumerate(_each(value)):
        yield from _parts(field, item, f"{path}.{place}")


def _papers(field: Field, value: Value, path: str) -> Iterator[Problem]:
    if not _each(value):
        yield _problem(path, field, _("“{label}” is a list."))
    for place, paper in enumerate(_each(value)):
        if not isinstance(paper, Mapping) or not _whole(paper):
            yield _problem(f"{path}.{place}", field, _("“{label}”: a paper has its hash, size, type, title and language."))


def _whole(paper: Mapping[str, Value]) -> bool:
    size = paper.get("size")
    named = all(isinstance(paper.get(key), str) and paper.get(key) for key in ("type", "title", "language"))
    return named and isinstance(size, int) and not isinstance(size, bool) and size > 0 and _matches(file_id, paper.get("sha256"))


def _ground(field: Field, value: Value, path: str) -> Iterator[Problem]:
    named = isinstance(value, Mapping) and all(isinstance(value.get(key), str) for key in ("ground", "instrument"))
    if not isinstance(value, Mapping) or not named or not isinstance(value.get("article"), str | None):
        yield _problem(path, field, _("“{label}”: a ground is named with its instrument and article."))


def _checks(field: Field, value: Value, path: str) -> Iterator[Problem]:
    items = _each(value)
    names = [item.get("check") if isinstance(item, Mapping) else None for item in items]
    if not items or len(set(map(str, names))) != len(names):
        yield _problem(path, field, _("“{label}”: each check is answered once."))
    for place, item in enumerate(items):
        if not isinstance(item, Mapping) or not isinstance(item.get("check"), str) or item.get("answer") not in tuple(Answer):
            yield _problem(f"{path}.{place}", field, _("“{label}”: a check is answered by no risk, a risk met by assurances, or a risk."))
        elif item["answer"] != Answer.NO_RISK and not str(item.get("reasons") or "").strip():
            yield _problem(f"{path}.{place}", field, _("“{label}”: a risk, also one met by assurances, needs its reasons."))


_CHECKS: Mapping[Kind, Check] = {
    Kind.TEXT: _text(LONGEST_LINE, lines=False),
    Kind.LONG_TEXT: _text(LONGEST_TEXT, lines=True),
    Kind.DATE: _date,
    Kind.PARTIAL_DATE: _partial_date,
    Kind.TIME: _time,
    Kind.NUMBER: _number,
    Kind.CHOICE: _choice,
    Kind.CHOICES: _choices,
    Kind.STATE: _state,
    Kind.STATES: _states,
    Kind.LANGUAGE: _language,
    Kind.OFFICE: _office,
    Kind.PERSON: _parts,
    Kind.PERSONS: _list_of_parts,
    Kind.OFFENCES: _list_of_parts,
    Kind.PAPERS: _papers,
    Kind.INSTRUMENTS: _names,
    Kind.GROUND: _ground,
    Kind.CHECKS: _checks,
}
