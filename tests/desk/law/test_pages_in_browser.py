"""Instruments, States and the quality of the register in a real browser: axe, both languages, wide and narrow, without script, on paper."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page, expect

from comity.desk.accounts.models import User
from comity.node.office import Office

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

PAGES = {
    "instruments": "/law/instruments/",
    "instrument": "/law/instruments/minsk-1993/",
    "states": "/law/states/",
    "state": "/law/states/KZ/",
    "quality": "/law/quality/",
}
WIDE, PHONE = {"width": 1296, "height": 900}, {"width": 390, "height": 844}


@pytest.fixture
def cookies(client: Client, officer: User, office: Office, live_server: Any) -> Callable[[str], list[dict[str, str]]]:
    """What a browser of the officer carries, by language."""
    client.force_login(officer)
    session = {"name": "comity_session", "value": client.cookies["comity_session"].value, "url": live_server.url}
    return lambda language: [session, {"name": "comity_language", "value": language, "url": live_server.url}]


Open = Callable[..., Page]


@pytest.fixture
def at(browser: Browser, live_server: Any, cookies: Callable[[str], list[dict[str, str]]]) -> Iterator[Open]:
    """Opens a page of the law in a browser of its own."""
    contexts = []

    def opened(path: str, *, language: str = "en", viewport: Any = WIDE, script: bool = True, scheme: Any = "light") -> Page:
        context = browser.new_context(bypass_csp=True, viewport=viewport, java_script_enabled=script, locale=language, color_scheme=scheme)
        contexts.append(context)
        context.set_default_timeout(120_000)
        context.add_cookies(cookies(language))
        page = context.new_page()
        page.goto(f"{live_server.url}{path}")
        return page

    yield opened
    for context in contexts:
        context.close()


def test_the_pages_are_read_by_everybody_wide_and_narrow_in_both_languages(at: Open, axe: Callable[[Page], None], artefacts: Path) -> None:
    place = artefacts / "law"
    place.mkdir(exist_ok=True)
    for name, path in PAGES.items():
        for language, viewport, scheme in (("en", WIDE, "light"), ("ru", PHONE, "light"), ("ru", WIDE, "dark")):
            page = at(path, language=language, viewport=viewport, scheme=scheme)
            assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"], (name, language)
            axe(page)
            page.screenshot(path=place / f"{name}-{language}-{viewport['width']}-{scheme}.png", full_page=True)
            page.context.close()


def test_without_script_a_list_is_narrowed_and_a_day_chosen(at: Open) -> None:
    page = at("/law/instruments/", script=False)
    page.get_by_label("Words of the title").fill("Minsk")
    page.get_by_label("State").select_option("UA")
    page.get_by_role("button", name="Show").click()
    page.get_by_role("link", name="Minsk Convention 1993").click()
    page.get_by_label("On", exact=True).fill("01.06.2023")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_text("suspended since 23 December 2022 towards: Russia, Belarus").first).to_be_visible()
    page.get_by_role("link", name="Ukraine").first.click()
    expect(page.get_by_role("heading", name="Ukraine", exact=True)).to_be_visible()


def test_on_paper_nothing_is_cut_and_no_button_is_left(at: Open, artefacts: Path) -> None:
    for name, path in PAGES.items():
        page = at(path)
        page.emulate_media(media="print")
        assert page.locator("button:visible, .nav:visible, .day:visible").count() == 0, name
        (artefacts / "law").mkdir(exist_ok=True)
        page.pdf(path=artefacts / "law" / f"{name}.pdf", format="A4")
