"""Logging in and out, the limit on failures, the language."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from comity.desk.accounts import limits, people
from comity.desk.accounts.models import FailedLogin, User
from comity.node.roles import Role
from tests.desk.accounts.conftest import NOW, PASSWORD

pytestmark = pytest.mark.django_db
WRONG = "The login name or the password is not right."
ADDRESS = "127.0.0.1"


def log_in(client: Client, name: str = "officer", password: str = PASSWORD, **extra: str) -> HttpResponse:
    return client.post("/log-in", {"username": name, "password": password, **extra})


def text(response: HttpResponse) -> str:
    return response.content.decode()


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_nobody_gets_to_a_page_without_logging_in(client: Client, administrator: User) -> None:
    response = client.get("/administration/people?x=1")
    assert response.status_code == 302
    assert response["Location"] == "/log-in?next=/administration/people%3Fx%3D1"


def test_one_logs_in_and_lands_on_the_page_asked_for(client: Client, officer: User) -> None:
    response = log_in(client, "Officer", next="/language")
    assert (response.status_code, response["Location"]) == (302, "/language")
    assert is_in(client)
    officer.refresh_from_db()
    assert officer.last_login is not None


def test_one_is_never_led_to_another_site(client: Client, officer: User) -> None:
    assert log_in(client, next="https://example.org/")["Location"] == "/"


def test_one_logs_out_by_a_form_only(client: Client, officer: User) -> None:
    log_in(client)
    assert client.get("/log-out").status_code == 405
    assert client.post("/log-out")["Location"] == "/log-in"
    assert not is_in(client)


def test_a_wrong_password_and_an_unknown_name_get_the_same_words(client: Client, officer: User) -> None:
    for name, password in (("officer", "wrong"), ("nobody", PASSWORD)):
        response = log_in(client, name, password)
        assert response.status_code == 200
        assert WRONG in text(response)
        assert f'value="{name}"' in text(response)
        assert password not in text(response)
    assert not is_in(client)


def test_a_closed_account_does_not_get_in_and_its_session_ends(client: Client, officer: User, administrator: User) -> None:
    log_in(client)
    people.deactivate(officer, at=NOW, by=administrator)
    assert client.get("/administration/people").status_code == 302
    assert WRONG in text(log_in(Client()))


def test_a_new_password_ends_the_session(client: Client, officer: User) -> None:
    log_in(client)
    people.set_password(officer, PASSWORD[::-1], at=NOW)
    assert client.get("/administration/people")["Location"].startswith("/log-in")


def test_after_five_failures_even_the_right_password_waits(client: Client, officer: User) -> None:
    for _ in range(4):
        assert WRONG in text(log_in(client, password="wrong"))
    assert "Too many failed attempts. You can try again in 15 minutes." in text(log_in(client, password="wrong"))
    assert "Too many failed attempts. You can try again in 15 minutes." in text(log_in(client))
    assert not is_in(client)


def test_the_failures_of_one_name_do_not_close_another(client: Client, officer: User, make: Callable[..., User]) -> None:
    make("head", Role.HEAD)
    for _ in range(5):
        log_in(client, password="wrong")
    log_in(client, "head")
    assert is_in(client)


def test_a_quarter_of_an_hour_opens_the_name_again(client: Client, officer: User) -> None:
    for _ in range(limits.FROM_ONE_ADDRESS):
        log_in(client, password="wrong")
    FailedLogin.objects.update(at=timezone.now() - limits.WINDOW + timedelta(seconds=30))
    assert "You can try again in 1 minute." in text(log_in(client))
    FailedLogin.objects.update(at=timezone.now() - limits.WINDOW)
    log_in(client)
    assert is_in(client)
    assert not FailedLogin.objects.exists()


def test_guessing_from_many_addresses_closes_the_name_for_all(officer: User) -> None:
    for number in range(limits.FROM_ANYWHERE):
        assert limits.closed_until("officer", ADDRESS, at=NOW) is None
        limits.failed("Officer", f"10.0.0.{number}", at=NOW)
    assert limits.closed_until("officer", ADDRESS, at=NOW) == NOW + limits.WINDOW


def test_what_was_typed_as_a_name_is_not_kept(client: Client, officer: User) -> None:
    log_in(client, "my secret password", "officer")
    [failed] = FailedLogin.objects.all()
    assert "secret" not in failed.name
    assert failed.address == ADDRESS


def test_the_form_says_what_is_missing(client: Client) -> None:
    response = log_in(client, "", "")
    assert 'href="#id_username"' in text(response)
    assert not FailedLogin.objects.exists()


def test_the_language_is_kept_in_a_cookie_before_login(client: Client) -> None:
    response = client.post("/language", {"language": "ru", "next": "/log-in"})
    assert response["Location"] == "/log-in"
    assert client.cookies["comity_language"].value == "ru"
    page = client.get("/log-in")
    assert 'lang="ru"' in text(page)
    assert "Войти" in text(page)


def test_the_language_of_a_person_comes_before_that_of_the_browser(client: Client, officer: User) -> None:
    log_in(client)
    client.post("/language", {"language": "ru", "next": "/"})
    officer.refresh_from_db()
    assert officer.language == "ru"
    other = Client(headers={"accept-language": "en"})
    other.force_login(officer)
    assert "Не открыто для вашей роли" in text(other.get("/administration/people"))


def test_an_unknown_language_changes_nothing(client: Client, officer: User) -> None:
    log_in(client)
    client.post("/language", {"language": "xx", "next": "/"})
    officer.refresh_from_db()
    assert officer.language == ""


def test_the_language_changes_by_a_form_only(client: Client) -> None:
    assert client.get("/language", {"language": "ru"}).status_code == 405
