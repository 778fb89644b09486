"""People of an office, with a quick password hasher."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from comity.desk.accounts import people
from comity.desk.accounts.models import User
from comity.node.roles import Role

NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
PASSWORD = "a long enough word"


@pytest.fixture(autouse=True)
def plain_frame(settings: Any) -> None:
    """Pages without the counts and names of an office around them: no office is set up here."""
    settings.DESK_FRAME = ""


@pytest.fixture
def quick_hasher(settings: Any) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def units(db: None) -> None:
    people.create_unit(code="extradition", name="Extradition unit", name_ru="Отдел выдачи")
    people.create_unit(code="assistance", name="Legal assistance unit")


@pytest.fixture
def make(units: None, quick_hasher: None) -> Callable[..., User]:
    """Makes a person of the extradition unit with these roles."""

    def make(login: str, *roles: Role, **facts: str) -> User:
        given = {"display_name": login.capitalize(), "unit": "extradition", "password": PASSWORD, **facts}
        return people.create_user(login=login, roles=roles, at=NOW, **given)

    return make


@pytest.fixture
def officer(make: Callable[..., User]) -> User:
    return make("officer", Role.OFFICER, display_name="Officer, extradition unit", display_name_ru="Сотрудник отдела выдачи")


@pytest.fixture
def administrator(make: Callable[..., User]) -> User:
    return make("keeper", Role.ADMINISTRATOR)


@pytest.fixture
def as_administrator(client: Client, administrator: User) -> Client:
    client.force_login(administrator)
    return client
