"""One value, one sequence of bytes: the JSON Canonicalization Scheme (RFC 8785) on the values Comity allows.

Allowed are strings, integers up to 2^53-1 either side of zero (those RFC 7493 calls exact), booleans, null, arrays, and objects with ASCII
keys; no floats. Inside that subset `orjson` with sorted keys gives the bytes of RFC 8785. Times are RFC 3339 in UTC with whole seconds
(`2026-11-22T08:00:00Z`), dates `YYYY-MM-DD`.
"""

import hashlib
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import TypeAlias

import orjson

from comity.errors import ComityError

Value: TypeAlias = "str | int | bool | Sequence[Value] | Mapping[str, Value] | None"

LARGEST_INTEGER = 2**53 - 1
DEEPEST = 64
_OPTIONS = orjson.OPT_SORT_KEYS | orjson.OPT_STRICT_INTEGER
_LEAVES = frozenset({str, int, bool, type(None)})
_KEYS = frozenset({str})
_PLAIN = _LEAVES | {dict, list, tuple}
_TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class CanonicalError(ComityError):
    """A value outside the allowed subset, or bytes that are not the canonical form of one."""


def dumps(value: Value) -> bytes:
    """The canonical bytes of a value; raises `CanonicalError` naming the place of what is not allowed."""
    if not _plain(value):
        _check(value, "$", 0)
    try:
        return encode(value)
    except CanonicalError:
        _check(value, "$", 0)  # names the place, where it is an integer
        raise


def loads(data: bytes) -> Value:
    """The value of canonical bytes; raises `CanonicalError` where the bytes are not exactly its canonical form."""
    value = parse(data)
    if dumps(value) != bytes(data):
        raise CanonicalError("These bytes are JSON but not in canonical form (RFC 8785).")
    return value


def parse(data: bytes) -> Value:
    """The value of JSON bytes of any form, for callers that make its canonical bytes themselves; raises `CanonicalError`."""
    try:
        value: Value = orjson.loads(data)
    except orjson.JSONDecodeError as error:
        raise CanonicalError("These bytes are not JSON.") from error
    return value


def sha256(data: bytes) -> str:
    """SHA-256 in lower-case hex."""
    return hashlib.sha256(data).hexdigest()


def format_time(at: datetime) -> str:
    """RFC 3339 in UTC, whole seconds; raises `CanonicalError` for a time without a zone."""
    if at.tzinfo is None:
        raise CanonicalError("A time needs its zone; times in a journal are UTC.")
    return (at if at.tzinfo is UTC else at.astimezone(UTC)).isoformat()[:19] + "Z"


def parse_time(text: str) -> datetime:
    """The aware UTC time of `2026-11-22T08:00:00Z`; raises `CanonicalError` for any other form."""
    try:
        if _TIME.fullmatch(text):
            return datetime.fromisoformat(text)
    except ValueError:
        pass
    raise CanonicalError(f"“{text[:40]}” is not a time such as 2026-11-22T08:00:00Z.")


def parse_date(text: str) -> date:
    """The date of `YYYY-MM-DD`; raises `CanonicalError` for any other form."""
    try:
        if _DATE.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise CanonicalError(f"“{text[:40]}” is not a date such as 2026-11-22.")


def encode(value: Value) -> bytes:
    """The canonical bytes of a value that its caller knows to be inside the subset; of any other value the bytes mean nothing."""
    try:
        return orjson.dumps(value, option=_OPTIONS)
    except (TypeError, ValueError) as error:  # lone surrogates have no UTF-8
        raise CanonicalError(f"This value has no canonical form: {error}.") from error


def _plain(value: object) -> bool:
    """Whether a value is plainly inside the subset, but for the size of its integers: a level at a time, for speed."""
    level = [value]
    for _ in range(DEEPEST + 1):
        kinds = set(map(type, level))
        if not kinds <= _PLAIN:
            return False
        if kinds <= _LEAVES:
            return True
        below: list[object] = []
        for one in level:
            if type(one) is dict:
                if not set(map(type, one)) <= _KEYS or not "".join(one).isascii():
                    return False
                below.extend(one.values())
            elif type(one) is list or type(one) is tuple:
                below.extend(one)
        level = below
    return False


def _check(value: object, where: str, depth: int) -> None:
    if depth > DEEPEST:
        raise CanonicalError(f"A value may be nested {DEEPEST} deep.", where=where)
    match value:
        case None | bool() | str():
            return
        case int():
            if not -LARGEST_INTEGER <= value <= LARGEST_INTEGER:
                raise CanonicalError("Integers go up to 2^53-1 on either side of zero.", where=where)
        case dict():
            for key, item in value.items():
                if not isinstance(key, str) or not key.isascii():
                    raise CanonicalError("Keys are ASCII strings.", where=where)
                _check(item, f"{where}.{key}", depth + 1)
        case list() | tuple():
            for place, item in enumerate(value):
                _check(item, f"{where}[{place}]", depth + 1)
        case _:
            raise CanonicalError(f"A {type(value).__name__} has no canonical form.", where=where)
