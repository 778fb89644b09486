"""What a person typed, read into the plain values of a procedure's fields. Nothing is lost: what cannot be read stays as it was typed.

The posted names are the fields' paths: `facts`, `persons.0.birth_date`, `citizenship` (several values), `facts.unknown` (the box
“not known”), `persons.count` (how many persons the form shows). Whether a value is good is judged by
`comity.procedures.problems`.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from comity.canonical import CanonicalError, Value, format_time, parse_time
from comity.procedures import UNKNOWN, Field, Kind

LONGEST_TEXT = 100_000
MOST_ITEMS = 200
_DAY = re.compile(r"(\d{1,2})[\s./-]+(\d{1,2})[\s./-]+(\d{4})")
_MONTH = re.compile(r"(\d{1,2})[\s./-]+(\d{4})")
_MOMENT = re.compile(r"(.+?)[\s,]+(\d{1,2})[:.](\d{2})")


class Posted(Protocol):
    """What a form sent: Django's `QueryDict`, or anything that answers the same."""

    def getlist(self, key: str) -> Sequence[str]:
        """All values of a name, in order; empty where it was not sent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How answers are read: the office's own zone, for times of day."""

    zone: ZoneInfo


def read_answers(fields: Iterable[Field], posted: Posted, before: Mapping[str, Value], reading: Reading) -> dict[str, Value]:
    """The content after a form with these fields was sent: `before`, with what they now answer; a field left empty is not in it."""
    content = dict(before)
    for field in fields:
        value = read(field, posted, field.name, before.get(field.name), reading)
        content.pop(field.name, None)
        if not empty(value):
            content[field.name] = value
    return content


def read(field: Field, posted: Posted, name: str, before: Value, reading: Reading) -> Value:
    """The value of one field, `name` being its path; None where it was left empty."""
    if field.unknown_allowed and posted.getlist(f"{name}.unknown"):
        return UNKNOWN
    return _READERS[field.kind](field, posted, name, before, reading)


def empty(value: Value) -> bool:
    """Whether a value says nothing: None, an empty text or list, or an object all of whose parts say nothing."""
    if isinstance(value, Mapping):
        return all(empty(part) for part in value.values())
    return value is None or value in ("", [], ())


# One reader a kind

_Reader = Callable[[Field, Posted, str, Value, Reading], Value]


def _one(posted: Posted, name: str) -> str:
    given = posted.getlist(name)
    return _clean(given[-1]) if given else ""


def _clean(text: str) -> str:
    # A browser sends line ends as CR LF, and text from elsewhere may hold characters that no JSON string or database takes.
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "").encode("utf-8", "replace").decode("utf-8")
    return plain.strip()[:LONGEST_TEXT]


def _text(_field: Field, posted: Posted, name: str, _before: Value, _reading: Reading) -> Value:
    return _one(posted, name)


def _line(_field: Field, posted: Posted, name: str, _before: Value, _reading: Reading) -> Value:
    return " ".join(_one(posted, name).split())


def _date(_field: Field, posted: Posted, name: str, _before: Value, _reading: Reading) -> Value:
    typed = _one(posted, name)
    return _iso_day(typed) or typed


def _partial_date(_field: Field, posted: Posted, name: str, _before: Value, _reading: Reading) -> Value:
    typed = _one(posted, name)
    month = _MONTH.fullmatch(typed)
    if month and 1 <= int(month[1]) <= 12:
        return f"{int(month[2]):04}-{int(month[1]):02}"
    return _iso_day(typed) or typed


def _time(_field: Field, posted: Posted, name: str, _before: Value, reading: Reading) -> Value:
    typed = _one(posted, name)
    parts = _MOMENT.fullmatch(typed)
    day = _iso_day(parts[1]) if parts else None
    if not parts or not day:
        return typed
    try:
        moment = datetime.fromisoformat(day).replace(hour=int(parts[2]), minute=int(parts[3]), tzinfo=reading.zone)
    except ValueError:
        return typed
    return format_time(moment.astimezone(UTC))


def _number(_field: Field, posted: Posted, name: str, _before: Value, _reading: Reading) -> Value:
    typed = _one(posted, name)
    digits = re.sub(r"[\s\u00a0\u202f]", "", typed)
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= 15 else typed


def _many(_field: Field, posted: Posted, name: str, _before: Value, _reading: Reading) -> Value:
    return list(dict.fromkeys(filter(None, (_clean(text) for text in posted.getlist(name)))))


def _person(field: Field, posted: Posted, name: str, before: Value, reading: Reading) -> Value:
    return _parts(field, posted, name, before, reading)


def _parts(field: Field, posted: Posted, name: str, before: Value, reading: Reading) -> dict[str, Value]:
    earlier = before if isinstance(before, Mapping) else {}
    found = {part.name: read(part, posted, f"{name}.{part.name}", earlier.get(part.name), reading) for part in field.parts}
    return {key: value for key, value in found.items() if not empty(value)}


def _list(field: Field, posted: Posted, name: str, before: Value, reading: Reading) -> Value:
    earlier = before if isinstance(before, list | tuple) else []
    items = []
    for place in range(_count(posted, name)):
        known = earlier[place] if place < len(earlier) else None
        items.append(_parts(field, posted, f"{name}.{place}", known, reading))
    return [item for item in items if item]


def _count(posted: Posted, name: str) -> int:
    typed = _one(posted, f"{name}.count")
    return min(int(typed), MOST_ITEMS) if typed.isascii() and typed.isdigit() else 0


def _papers(_field: Field, posted: Posted, name: str, before: Value, _reading: Reading) -> Value:
    """The papers there were, with the titles and languages typed now; a form names papers by their SHA-256 and can bring in none."""
    return [_paper(posted, f"{name}.{paper['sha256']}", paper) for paper in papers_in_field(before)]


def _paper(posted: Posted, name: str, paper: Mapping[str, Any]) -> dict[str, Value]:
    typed = {key: " ".join(_one(posted, f"{name}.{key}").split()) for key in ("title", "language") if posted.getlist(f"{name}.{key}")}
    return {**paper, **{key: text for key, text in typed.items() if text or key == "language"}}


def papers_in_field(value: Value) -> list[Mapping[str, Any]]:
    """The papers a field of papers holds."""
    return [paper for paper in value if isinstance(paper, Mapping) and "sha256" in paper] if isinstance(value, list | tuple) else []


def _ground(_field: Field, posted: Posted, name: str, _before: Value, _reading: Reading) -> Value:
    chosen = _one(posted, name)
    ground, instrument, article = [*chosen.split("|", 2), "", ""][:3]
    return {"ground": ground, "instrument": instrument, "article": article or None} if ground else None


def _checks(_field: Field, posted: Posted, name: str, _before: Value, _reading: Reading) -> Value:
    found = []
    for check in dict.fromkeys(posted.getlist(f"{name}.check")):
        given = {"check": check, "answer": _one(posted, f"{name}.{check}.answer"), "reasons": _one(posted, f"{name}.{check}.reasons")}
        if given["answer"] or given["reasons"]:
            found.append({key: text for key, text in given.items() if text})
    return found


_READERS: Mapping[Kind, _Reader] = {
    Kind.TEXT: _line,
    Kind.LONG_TEXT: _text,
    Kind.DATE: _date,
    Kind.PARTIAL_DATE: _partial_date,
    Kind.TIME: _time,
    Kind.NUMBER: _number,
    Kind.CHOICE: _line,
    Kind.CHOICES: _many,
    Kind.STATE: _line,
    Kind.STATES: _many,
    Kind.LANGUAGE: _line,
    Kind.OFFICE: _line,
    Kind.PERSON: _person,
    Kind.PERSONS: _list,
    Kind.OFFENCES: _list,
    Kind.PAPERS: _papers,
    Kind.INSTRUMENTS: _many,
    Kind.GROUND: _ground,
    Kind.CHECKS: _checks,
}


# Dates as people write them


def _iso_day(typed: str) -> str | None:
    parts = _DAY.fullmatch(typed.strip())
    try:
        found = date(int(parts[3]), int(parts[2]), int(parts[1])) if parts else date.fromisoformat(typed.strip())
    except ValueError:
        return None
    return found.isoformat()


def typed_date(value: Value) -> str:
    """A date as it is shown in its box (`14 05 1987`, `05 1987`, `1987`); what is no date, as it was typed."""
    text = str(value or "")
    if re.fullmatch(r"\d{4}-\d{2}(-\d{2})?", text):
        return " ".join(reversed(text.split("-")))
    return text


def typed_time(value: Value, zone: ZoneInfo) -> str:
    """A time as it is shown in its box (`14 05 2026 09:30`, in the office's zone); what is no time, as it was typed."""
    text = str(value or "")
    try:
        moment = parse_time(text).astimezone(zone)
    except CanonicalError:
        return text
    return moment.strftime("%d %m %Y %H:%M")
