"""Dushanbe's desk on the durable store, with Astana and Moscow in memory beyond a real exchange, and people of both roles in Dushanbe."""

import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import get_resolver

from comity.canonical import Value
from comity.desk.accounts import people
from comity.desk.accounts.models import User
from comity.desk.matters.projection import DeskProjector
from comity.desk.record.store import DjangoStore
from comity.identifiers import MatterId, OfficeId
from comity.law import default_register
from comity.node import commands
from comity.node.commands import Actor, Done
from comity.node.office import Office
from comity.node.roles import Role
from comity.simulation.federation import SimulatedFederation
from comity.simulation.wire import Fate

NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
PASSWORD = "a long enough word"
TJ, RU, KZ = OfficeId("tj-gpo"), OfficeId("ru-gpo"), OfficeId("kz-gpo")
DRAFTER, SEALER = Actor(user="a", roles=frozenset({Role.OFFICER})), Actor(user="b", roles=frozenset({Role.HEAD}))

PERSON: dict[str, Value] = {
    "full_name": "Rname Mname Kname",
    "birth_date": "1987-05-14",
    "birth_place": "Khujand",
    "citizenship": ["TJ"],
    "residence": "unknown",
}
ARREST: dict[str, Value] = {
    "basis": ["chisinau-2002"],
    "purpose": "prosecution",
    "person_claimed": PERSON,
    "facts": "Took money from four buyers for cars that did not exist.",
    "arrest_grounds": "Order of the Khujand city court of 20 October 2026.",
    "undertaking": "follows",
    "our_number": "12/3-418",
}


@pytest.fixture
def quick_hasher(settings: Any) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(scope="session")
def homes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Keys and cards of the offices, made once: their making is slow and no test changes them."""
    return tmp_path_factory.mktemp("offices")


@pytest.fixture
def federation(homes: Path, db: None) -> SimulatedFederation:
    """The three offices; Dushanbe has the durable store and the desk."""
    made = SimulatedFederation(homes, [TJ, RU, KZ], default_register(), fate=Fate(), seed=7)
    office = replace(made.offices[TJ], store=DjangoStore())
    made.offices[TJ] = replace(office, projector=DeskProjector(office))
    return made


@pytest.fixture
def office(federation: SimulatedFederation, monkeypatch: pytest.MonkeyPatch) -> Office:
    """The office whose desk the pages are of."""
    found = federation.offices[TJ]
    assert get_resolver().url_patterns  # every view is imported
    for name, module in tuple(sys.modules.items()):
        if name.startswith("comity.desk") and hasattr(module, "current_office"):
            monkeypatch.setattr(module, "current_office", lambda: found)
    return found


@pytest.fixture
def make(db: None, quick_hasher: None) -> Callable[..., User]:
    """Makes a person of a unit with these roles."""

    def make(login: str, *roles: Role, unit: str = "extradition", **facts: str) -> User:
        people.create_unit(code=unit, name=f"{unit.capitalize()} unit", name_ru="Отдел выдачи")
        given = {"display_name": f"{login.capitalize()}, {unit} unit", "password": PASSWORD, **facts}
        return people.create_user(login=login, roles=roles, unit=unit, at=NOW, **given)

    return make


@pytest.fixture
def officer(make: Callable[..., User]) -> User:
    return make("officer", Role.OFFICER, display_name_ru="Сотрудник отдела выдачи")


@pytest.fixture
def head(make: Callable[..., User]) -> User:
    return make("head", Role.HEAD, display_name_ru="Начальник отдела")


@pytest.fixture
def as_officer(client: Client, officer: User, office: Office) -> Client:
    client.force_login(officer)
    return client


@pytest.fixture
def as_head(head: User, office: Office) -> Client:
    client = Client()
    client.force_login(head)
    return client


def actor(user: User) -> Actor:
    return Actor(user=str(user.pk), roles=user.roles, unit=user.unit_id)


def opened(
    office: Office,
    counterpart: OfficeId,
    *,
    kind: str = "extradition",
    act: str = "arrest.applied-for/1",
    content: Mapping[str, Value] = ARREST,
    drafter: Actor = DRAFTER,
    sealer: Actor = SEALER,
) -> MatterId:
    """A matter that this office opens: drafted by one, approved by another."""
    draft = commands.new_draft(
        office,
        procedure_name=kind,
        version=1,
        act=act,
        counterparts={"requested": [counterpart]},
        own_role="requesting",
        content=content,
    )
    for result in (
        commands.save_draft(office, drafter, draft),
        commands.submit_draft(office, drafter, draft.matter, draft.id),
        commands.approve_draft(office, sealer, draft.matter, draft.id, revision=1),
    ):
        assert isinstance(result, Done), result
    return MatterId(draft.matter)


def moved(office: Office, matter: MatterId, act: str, content: Mapping[str, Value], *, approved: bool = False) -> None:
    """A further act in a matter; `approved`: drafted by one, approved by another."""
    if not approved:
        result = commands.make_move(office, DRAFTER, matter, act, content)
        assert isinstance(result, Done), result
        return
    draft = commands.draft_in(office, matter, act, content)
    for result in (
        commands.save_draft(office, DRAFTER, draft),
        commands.submit_draft(office, DRAFTER, matter, draft.id),
        commands.approve_draft(office, SEALER, matter, draft.id, revision=1),
    ):
        assert isinstance(result, Done), result


@pytest.fixture
def detained(federation: SimulatedFederation) -> MatterId:
    """Dushanbe asked Moscow for the arrest of R. M.; Moscow notified the detention, and the file lies in Dushanbe again."""
    matter = opened(federation.offices[TJ], RU)
    federation.rest()
    moved(
        federation.offices[RU],
        matter,
        "detention.notified/1",
        {"detained_on": "2026-11-01", "place_of_detention": "Moscow, remand centre 2", "number": "81/3-2207-26"},
    )
    federation.rest()
    return matter
