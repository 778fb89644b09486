"""A story: who does what in which office, read from a TOML file of `examples/`. Facts stand there, none in code.

    id, procedure, title.en, title.ru, [roles] role = office
    [[paper]]  id, title, language, lines               a paper of the case, made into a PDF
    [[step]]   office, by (officer | head | registrar), does, act, content, expect, say.en, say.ru
    [[branch]] id, title, [[branch.step]]               each branch is a matter of its own: the common steps, then its own

`does` is ask-law, draft, save, submit, approve, return, act or internal. `expect` names the refusal that must come (incomplete, role, …).
In content `"today"`, `"today+30"`, `"today+7T09:00"` become dates, and `{ paper = "id" }` a paper that was uploaded.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from comity.errors import ComityError

DOES = frozenset({"ask-law", "draft", "save", "submit", "approve", "return", "act", "internal"})
_DAY = re.compile(r"today(?:([+-]\d{1,4}))?(?:T(\d{2}:\d{2}))?")


class StoryError(ComityError):
    """A story cannot be read or played; `where` names the file and step."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A paper of the case, as lines of text."""

    id: str
    title: str
    language: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing somebody does. `say` is by language, empty for what needs no word."""

    office: str
    by: str
    does: str
    number: int
    act: str = ""
    kind: str = ""
    content: Mapping[str, Any] = field(default_factory=dict)
    expect: str = ""
    reason: str = ""
    say: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One matter from its first draft to its end. `branch` tells apart stories that begin alike."""

    id: str
    procedure: str
    title: Mapping[str, str]
    roles: Mapping[str, str]
    papers: Mapping[str, Paper]
    steps: tuple[Step, ...]


def stories(path: Path) -> tuple[Story, ...]:
    """The stories of one file: one, or one for each branch. Raises `StoryError` naming file and table."""
    try:
        value = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise StoryError(f"This story cannot be read: {error}.", where=str(path)) from error
    try:
        return tuple(_stories(value, path))
    except (KeyError, TypeError) as error:
        raise StoryError(f"Something is missing or of another shape: {error}.", where=str(path)) from error


def _stories(value: Mapping[str, Any], path: Path) -> list[Story]:
    papers = {one["id"]: Paper(**{**one, "lines": tuple(one["lines"])}) for one in value.get("paper", ())}
    common = list(value["step"])
    branches = value.get("branch") or [{"id": "", "title": value["title"], "step": []}]
    found = []
    for branch in branches:
        steps = tuple(_step(step, number, path) for number, step in enumerate([*common, *branch["step"]], start=1))
        name = f"{value['id']}-{branch['id']}" if branch["id"] else value["id"]
        found.append(Story(id=name, procedure=value["procedure"], title=branch["title"], roles=value["roles"], papers=papers, steps=steps))
    return found


def _step(value: Mapping[str, Any], number: int, path: Path) -> Step:
    if value["does"] not in DOES:
        raise StoryError(f"“{value['does']}” is nothing anybody does; known are {', '.join(sorted(DOES))}.", where=f"{path}, step {number}")
    return Step(number=number, **value)


def filled(value: Any, *, today: date, papers: Mapping[str, Any]) -> Any:
    """Content with its dates counted from today and its papers named as they were uploaded."""
    match value:
        case str():
            return _day(value, today)
        case {"paper": str(name), **rest} if not rest:
            return papers[name]
        case dict():
            return {key: filled(item, today=today, papers=papers) for key, item in value.items()}
        case list():
            return [filled(item, today=today, papers=papers) for item in value]
        case _:
            return value


def _day(text: str, today: date) -> str:
    found = _DAY.fullmatch(text)
    if not found:
        return text
    day = (today + timedelta(days=int(found[1] or 0))).isoformat()
    return f"{day}T{found[2]}:00Z" if found[2] else day
