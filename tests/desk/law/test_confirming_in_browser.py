"""In a real browser: a lawyer corrects a fact, the answer follows, the correction is taken back; axe on each page, pictures to look at."""

from typing import Any

import pytest
from playwright.sync_api import expect

from comity.node.roles import Role
from tests.desk.matters.conftest import PASSWORD
from tests.desk.matters.test_in_browser import PHONE, in_russian, picture

pytestmark = pytest.mark.slow
FACT = "law/facts/chisinau-2002/party/TJ/"


def test_a_lawyer_confirms_what_an_answer_rests_on(
    browser: Any, live_server: Any, make: Any, office: Any, axe: Any, artefacts: Any
) -> None:
    make("lawyer", Role.LAWYER, display_name_ru="Юрист")
    context = browser.new_context(bypass_csp=True, viewport={"width": 1296, "height": 900}, locale="en")
    page = context.new_page()
    page.goto(f"{live_server.url}/log-in")
    page.fill("[name=username]", "lawyer")
    page.fill("[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/law/quality/")  # a lawyer reads no matter: the work begins with what is not verified

    page.goto(f"{live_server.url}/{FACT}")
    axe(page)
    picture(page, artefacts, "law-fact")
    page.get_by_role("button", name="Confirm for our office").click()
    expect(page.locator(".govuk-error-summary")).to_contain_text("Say where it was read.")
    axe(page)
    page.get_by_label("Where it was read").fill("A note of the depositary, No 12")
    page.get_by_label("In force since").fill("20.02.2005")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text("Kept and sealed.")
    expect(page.locator("main")).to_contain_text("the shared register: not there")
    picture(page, artefacts, "law-fact-confirmed")

    page.goto(f"{live_server.url}/law/?requesting=KZ&requested=TJ&kind=extradition&on=20.09.2018")
    expect(page.locator("main")).to_contain_text("20 February 2005")

    page.goto(f"{live_server.url}/law/confirmations/")
    axe(page)
    picture(page, artefacts, "law-confirmations")
    page.set_viewport_size(PHONE)
    page.goto(f"{live_server.url}/{FACT}")
    in_russian(page)
    expect(page.locator("h1")).to_contain_text("Таджикистан")
    axe(page)
    picture(page, artefacts, "law-fact-ru-phone")
    page.get_by_role("link", name="Отозвать").click()
    page.get_by_label("Почему отзывается").fill("Другое государство.")
    axe(page)
    picture(page, artefacts, "law-take-back-ru-phone")
    page.get_by_role("button", name="Отозвать").click()
    expect(page.locator("main")).to_contain_text("Отозвано.")
    context.close()
