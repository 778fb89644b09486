"""Units and people of an office from plain data, so that an office need not type in a hundred accounts. All or none are added.

{"unit": [{"code", "name": {"en", "ru"}}], "person": [{"login", "title": {"en", "ru"}, "unit", "roles", "password", "language"}]}
"""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from comity.desk.accounts.models import Unit
from comity.desk.accounts.people import PeopleError, create_unit, create_user
from comity.node.roles import Role


class _Strict(BaseModel):
    model_config = ConfigDict(strict=True, frozen=True, extra="forbid")


class _Name(_Strict):
    en: str = Field(min_length=1)
    ru: str = ""


class _Unit(_Strict):
    code: str
    name: _Name


class _Person(_Strict):
    login: str
    title: _Name
    unit: str
    roles: list[str]
    password: str
    language: str = ""


class _People(_Strict):
    unit: list[_Unit] = []
    person: list[_Person] = []


def read_people(path: Path) -> Mapping[str, Any]:
    """The object a file of JSON holds; raises `PeopleError` naming the file, and `OSError` where it cannot be read."""
    try:
        value = json.loads(path.read_bytes().decode("utf-8"))
    except UnicodeDecodeError as error:
        raise PeopleError("This file is not in UTF-8.", where=str(path)) from error
    except (ValueError, RecursionError) as error:
        raise PeopleError(f"This is not JSON: {error}.", where=str(path)) from error
    if not isinstance(value, dict):
        raise PeopleError("This is JSON, but not an object with lists “unit” and “person”.", where=str(path))
    return value


@transaction.atomic
def _add_all(people: _People, at: datetime) -> None:
    for unit in people.unit:
        create_unit(code=unit.code, name=unit.name.en, name_ru=unit.name.ru)
    for number, person in enumerate(people.person, start=1):
        try:
            _add(person, at)
        except ValueError as error:
            raise PeopleError(f"{error}; roles are {', '.join(Role)}.", where=f"person {number}, roles") from error
        except PeopleError as error:
            raise PeopleError(error.what, where=f"person {number}, {error.where}", next_step=error.next_step) from error


def load_people(value: Mapping[str, Any], *, at: datetime) -> int:
    """Add what the data names and answer how many people were added; raises `PeopleError` naming the person and field."""
    try:
        people = _People.model_validate(value)
    except ValidationError as error:
        first = error.errors()[0]
        raise PeopleError(f"{first['msg']}.", where=_place(first["loc"])) from error
    _add_all(people, at)
    return len(people.person)


def _place(keys: Sequence[str | int]) -> str:
    """Where a key stands, counted as people count: `person 3, title.en`."""
    if len(keys) < 2 or not isinstance(keys[1], int):
        return ".".join(map(str, keys))
    one, field = f"{keys[0]} {keys[1] + 1}", ".".join(map(str, keys[2:]))
    return f"{one}, {field}" if field else one


def _add(person: _Person, at: datetime) -> None:
    if not Unit.objects.filter(code=person.unit).exists():
        create_unit(code=person.unit, name=person.unit)
    create_user(
        login=person.login,
        password=person.password,
        display_name=person.title.en,
        display_name_ru=person.title.ru,
        roles=[Role(role) for role in person.roles],
        unit=person.unit,
        language=person.language,
        at=at,
    )
