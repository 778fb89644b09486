"""The pages of accounts in a real browser, in both languages, with axe."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from comity.desk.accounts.models import User
from tests.desk.accounts.conftest import PASSWORD

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def test_an_administrator_signs_in_and_adds_a_person(
    live_server: Any, page: Page, axe: Callable[[Page], None], artefacts: Path, administrator: User
) -> None:
    page.goto(f"{live_server.url}/administration/people")
    page.get_by_label("Login name").fill("keeper")
    page.get_by_label("Password").fill("not the password")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_text("The login name or the password is not right.").first).to_be_visible()
    axe(page)
    page.screenshot(path=artefacts / "sign-in.png")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="People")).to_be_visible()

    page.get_by_role("link", name="Add a person").click()
    page.get_by_label("Login name").fill("translator")
    page.get_by_label("Designation", exact=True).fill("Translator, assistance unit")
    page.get_by_label("Translator").check()
    page.get_by_role("button", name="Add the person").click()
    expect(page.get_by_role("alert")).to_contain_text("Password")
    axe(page)
    page.screenshot(path=artefacts / "person-add.png", full_page=True)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Add the person").click()
    expect(page.get_by_role("row", name="Translator, assistance unit")).to_be_visible()
    axe(page)
    page.screenshot(path=artefacts / "people.png")

    page.get_by_role("button", name="Русский").click()
    expect(page.get_by_role("heading", name="Сотрудники")).to_be_visible()
    axe(page)
    page.screenshot(path=artefacts / "people-ru.png")
    page.get_by_role("row", name="Translator, assistance unit").get_by_role("link", name="Закрыть учётную запись").click()
    axe(page)
    page.screenshot(path=artefacts / "person-close-ru.png")
    page.get_by_role("button", name="Закрыть учётную запись").click()
    expect(page.get_by_role("row", name="Translator, assistance unit")).to_contain_text("закрыта")
