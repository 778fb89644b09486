"""Units and people of an office from plain data, so that an office need not type in a hundred accounts. All or none are added.

{"unit": [{"code", "name": {"en", "ru"}}], "person": [{"login", "title": {"en", "ru"}, "unit", "roles", "password", "language"}]}
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from comity.desk.accounts.models import Unit
from comity.desk.accounts.people import PeopleError, create_unit, create_user
from comity.node.roles import Role


@transaction.atomic
def load_people(value: Mapping[str, Any], *, at: datetime) -> int:
    """Add what the data names and answer how many people were added; raises `PeopleError` naming the person and field."""
    for unit in value.get("unit", ()):
        create_unit(code=unit["code"], name=unit["name"]["en"], name_ru=unit["name"].get("ru", ""))
    people = value.get("person", ())
    for number, person in enumerate(people, start=1):
        try:
            _add(person, at)
        except KeyError as error:
            raise PeopleError(f"The key {error} is missing.", where=f"person {number}") from error
        except ValueError as error:
            raise PeopleError(f"{error}; roles are {', '.join(Role)}.", where=f"person {number}, roles") from error
    return len(people)


def _add(person: Mapping[str, Any], at: datetime) -> None:
    if not Unit.objects.filter(code=person["unit"]).exists():
        create_unit(code=person["unit"], name=person["unit"])
    create_user(
        login=person["login"],
        password=person["password"],
        display_name=person["title"]["en"],
        display_name_ru=person["title"].get("ru", ""),
        roles=[Role(role) for role in person["roles"]],
        unit=person["unit"],
        language=person.get("language", ""),
        at=at,
    )
