"""The Administration page of people."""

from collections.abc import Callable

import pytest
from django.http import HttpResponse
from django.test import Client

from comity.desk.accounts.models import Change, User
from comity.node.roles import Role
from tests.desk.accounts.conftest import PASSWORD

pytestmark = pytest.mark.django_db
ADDED = {
    "login": "translator",
    "password": PASSWORD,
    "display_name": "Translator",
    "display_name_ru": "Переводчик",
    "unit": "assistance",
    "roles": ["translator"],
    "language": "ru",
}


def text(response: HttpResponse) -> str:
    return response.content.decode()


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_only_an_administrator_looks_after_people(client: Client, make: Callable[..., User], role: Role) -> None:
    someone = make("someone", role)
    client.force_login(someone)
    for address in ("people", "people/add", f"people/{someone.pk}", f"people/{someone.pk}/password", f"people/{someone.pk}/close"):
        response = client.get(f"/administration/{address}")
        assert response.status_code == 403
        assert "<li>Administrator</li>" in text(response)
    assert client.post(f"/administration/people/{someone.pk}/open").status_code == 403


def test_everybody_is_listed_with_unit_and_roles(as_administrator: Client, officer: User) -> None:
    page = text(as_administrator.get("/administration/people"))
    assert "Officer, extradition unit" in page
    assert "Extradition unit" in page
    assert page.index("keeper") < page.index("officer")


def test_a_person_is_added_and_can_log_in(as_administrator: Client, administrator: User) -> None:
    response = as_administrator.post("/administration/people/add", ADDED)
    assert (response.status_code, response["Location"]) == (302, "/administration/people")
    added = User.objects.get(login="translator")
    assert (added.roles, added.unit_id, added.language) == ({Role.TRANSLATOR}, "assistance", "ru")
    assert Change.objects.get(person=added).by == administrator
    client = Client()
    client.post("/log-in", {"username": "translator", "password": PASSWORD})
    assert client.session["_auth_user_id"] == str(added.pk)


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"login": "keeper"}, "login"),
        ({"login": "a b"}, "login"),
        ({"password": "short"}, "password"),
        ({"roles": []}, "roles_0"),
        ({"unit": "x"}, "unit"),
    ],
)
def test_a_mistake_keeps_what_was_typed_and_links_to_the_field(as_administrator: Client, typed: dict[str, object], field: str) -> None:
    response = as_administrator.post("/administration/people/add", {**ADDED, **typed})
    assert response.status_code == 422
    page = text(response)
    assert f'href="#id_{field}"' in page
    assert f'id="id_{field}"' in page
    assert 'value="Переводчик"' in page
    assert PASSWORD not in page
    assert f'value="{typed.get("password", PASSWORD)}"' not in page
    assert User.objects.count() == 1


def test_a_person_gets_other_roles_and_another_unit(as_administrator: Client, officer: User) -> None:
    page = text(as_administrator.get(f"/administration/people/{officer.pk}"))
    assert 'value="Сотрудник отдела выдачи"' in page
    changed = {"display_name": "Head", "display_name_ru": "", "unit": "assistance", "roles": ["officer", "head"], "language": ""}
    assert as_administrator.post(f"/administration/people/{officer.pk}", changed).status_code == 302
    found = User.objects.get(pk=officer.pk)
    assert (found.display_name, found.unit_id, found.roles) == ("Head", "assistance", {Role.OFFICER, Role.HEAD})


def test_the_last_administrator_is_kept_with_words(as_administrator: Client, administrator: User) -> None:
    changed = {"display_name": "K", "unit": "extradition", "roles": ["officer"], "language": ""}
    response = as_administrator.post(f"/administration/people/{administrator.pk}", changed)
    assert response.status_code == 422
    assert "The office needs an administrator." in text(response)


def test_a_password_is_set(as_administrator: Client, officer: User) -> None:
    assert as_administrator.post(f"/administration/people/{officer.pk}/password", {"password": "short"}).status_code == 422
    assert as_administrator.post(f"/administration/people/{officer.pk}/password", {"password": PASSWORD[::-1]}).status_code == 302
    officer.refresh_from_db()
    assert officer.check_password(PASSWORD[::-1])


def test_an_account_is_closed_and_opened_again(as_administrator: Client, officer: User) -> None:
    address = f"/administration/people/{officer.pk}"
    assert "signed out at once" in text(as_administrator.get(f"{address}/close"))
    officer.refresh_from_db()
    assert officer.is_active
    assert as_administrator.post(f"{address}/close").status_code == 302
    officer.refresh_from_db()
    assert not officer.is_active
    assert as_administrator.get(f"{address}/open").status_code == 405
    assert as_administrator.post(f"{address}/open").status_code == 302
    officer.refresh_from_db()
    assert officer.is_active


def test_ones_own_account_cannot_be_closed(as_administrator: Client, administrator: User) -> None:
    response = as_administrator.post(f"/administration/people/{administrator.pk}/close")
    assert response.status_code == 422
    assert "You cannot close your own account." in text(response)


def test_an_unknown_person_is_not_found(as_administrator: Client) -> None:
    assert as_administrator.get("/administration/people/00000000-0000-4000-8000-000000000000").status_code == 404


def test_the_list_takes_the_same_few_queries_for_many_people(
    as_administrator: Client, make: Callable[..., User], django_assert_max_num_queries: Callable[[int], object]
) -> None:
    for number in range(20):
        make(f"officer-{number}", Role.OFFICER)
    with django_assert_max_num_queries(6):
        as_administrator.get("/administration/people")
