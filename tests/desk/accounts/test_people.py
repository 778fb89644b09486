"""What is done with accounts, below the pages."""

from collections.abc import Callable

import pytest
from django.contrib.auth import authenticate
from django.utils import translation

from comity.desk.accounts import people
from comity.desk.accounts.models import Change, User
from comity.node.roles import PERMISSIONS, ROLE_NAMES, Action, Role, may, roles_for
from tests.desk.accounts.conftest import NOW, PASSWORD

pytestmark = pytest.mark.django_db
Make = Callable[..., User]


def test_a_person_has_roles_unit_and_a_designation_in_both_languages(officer: User) -> None:
    found = User.objects.get(login="officer")
    assert found.roles == {Role.OFFICER}
    assert found.unit_id == "extradition"
    assert found.designation == "Officer, extradition unit"
    with translation.override("ru"):
        assert found.designation == "Сотрудник отдела выдачи"
        assert str(found.unit) == "Отдел выдачи"


def test_the_password_is_kept_as_argon2(units: None) -> None:
    user = people.create_user(login="head", password=PASSWORD, display_name="Head", roles=[Role.HEAD], unit="extradition", at=NOW)
    assert user.password.startswith("argon2$argon2id$")
    assert authenticate(username="HEAD ", password=PASSWORD) == user
    assert authenticate(username="head", password=PASSWORD + "!") is None


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"login": "officer"}, "login"),
        ({"login": "o f"}, "login"),
        ({"password": "short"}, "password"),
        ({"password": "password1234"}, "password"),
        ({"unit": "nowhere"}, "unit"),
        ({"display_name": ""}, "display_name"),
        ({"language": "xx"}, "language"),
        ({"roles": []}, "roles"),
    ],
)
def test_a_person_that_cannot_be_made_names_the_field(officer: User, facts: dict[str, object], field: str) -> None:
    given = {"login": "other", "password": PASSWORD, "display_name": "Other", "roles": [Role.OFFICER], "unit": "extradition", **facts}
    with pytest.raises(people.PeopleError) as refused:
        people.create_user(**given, at=NOW)
    assert refused.value.where == field
    assert refused.value.what
    assert [user.login for user in User.objects.all()] == ["officer"]


def test_an_unknown_unit_is_answered_with_those_there_are(units: None) -> None:
    with pytest.raises(people.PeopleError, match=r"nowhere.*extradition"):
        people.create_user(login="other", password=PASSWORD, display_name="Other", roles=[Role.OFFICER], unit="nowhere", at=NOW)


def test_every_change_is_kept_with_who_made_it(officer: User, administrator: User) -> None:
    people.change_user(
        officer,
        display_name="Head of unit",
        display_name_ru="",
        roles=[Role.OFFICER, Role.HEAD],
        unit="assistance",
        language="ru",
        at=NOW,
        by=administrator,
    )
    people.set_password(officer, PASSWORD[::-1], at=NOW, by=administrator)
    people.deactivate(officer, at=NOW, by=administrator)
    people.activate(officer, at=NOW, by=administrator)
    changes = list(Change.objects.filter(person=officer).order_by("id"))
    assert [change.what for change in changes] == ["created", "changed", "password", "closed", "opened"]
    assert [change.by for change in changes] == [None, *[administrator] * 4]
    assert changes[1].before["roles"] == ["officer"]
    assert changes[1].after == {
        "login": "officer",
        "display_name": "Head of unit",
        "display_name_ru": "",
        "unit": "assistance",
        "language": "ru",
        "roles": ["head", "officer"],
    }
    assert all(PASSWORD not in f"{change.before}{change.after}" for change in changes)
    assert officer.roles == User.objects.get(login="officer").roles == {Role.OFFICER, Role.HEAD}


def test_the_last_administrator_stays(administrator: User, make: Make) -> None:
    with pytest.raises(people.PeopleError, match="needs an administrator"):
        people.deactivate(administrator, at=NOW)
    second = make("second", Role.ADMINISTRATOR)
    people.deactivate(administrator, at=NOW, by=second)
    names = {"display_name": "Second", "display_name_ru": "", "unit": "extradition", "language": ""}
    with pytest.raises(people.PeopleError, match="needs an administrator"):
        people.change_user(second, **names, roles=[Role.OFFICER], at=NOW)
    assert User.objects.get(login="second").roles == {Role.ADMINISTRATOR}


def test_nobody_closes_their_own_account(administrator: User, make: Make) -> None:
    make("second", Role.ADMINISTRATOR)
    with pytest.raises(people.PeopleError, match="your own"):
        people.deactivate(administrator, at=NOW, by=administrator)


def test_a_closed_account_may_nothing(officer: User) -> None:
    assert officer.may(Action.DRAFT)
    people.deactivate(officer, at=NOW)
    assert not officer.may(Action.DRAFT)
    assert authenticate(username="officer", password=PASSWORD) is None


def test_the_administrator_cannot_read_matters() -> None:
    allowed = {action for action in Action if may([Role.ADMINISTRATOR], action)}
    assert allowed == {Action.MANAGE_PEOPLE, Action.MANAGE_TRUST}


def test_only_the_head_approves() -> None:
    assert roles_for(Action.APPROVE) == (Role.HEAD,)
    assert may([Role.OFFICER, Role.HEAD], Action.APPROVE)
    assert not may([role for role in Role if role is not Role.HEAD], Action.APPROVE)


def test_the_table_of_permissions_is_whole() -> None:
    assert set(PERMISSIONS) == set(Action)
    assert set(ROLE_NAMES) == set(Role)
    assert {role for roles in PERMISSIONS.values() for role in roles} == set(Role)
