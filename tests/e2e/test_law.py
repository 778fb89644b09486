"""The pages of the law by hand, in a real browser: the answer as one chooses, the matrix by keyboard, on a phone, and without script.

Axe looks at every page. Pictures are left in `artefacts/law/`.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from comity.desk.accounts.models import User
from comity.node.office import Office
from tests.desk.matters.conftest import PASSWORD, federation, homes, make, office, officer, quick_hasher

__all__ = ["federation", "homes", "make", "office", "officer", "quick_hasher"]

pytestmark = pytest.mark.slow

PHONE = {"width": 390, "height": 844}
PATIENCE = 60_000  # milliseconds that a page may take on a busy machine
Axe = Callable[[Page], None]
Open = Callable[..., Page]


@pytest.fixture
def at(browser: Browser, live_server: Any, office: Office, officer: User) -> Iterator[Open]:
    """A page of the law for an officer who has logged in."""
    contexts: list[BrowserContext] = []

    def open_at(path: str, **options: Any) -> Page:
        context = browser.new_context(**{"bypass_csp": True, "viewport": {"width": 1296, "height": 900}, "locale": "en", **options})
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        page = context.new_page()
        page.goto(f"{live_server.url}/log-in")
        page.fill("[name=username]", officer.login)
        page.fill("[name=password]", PASSWORD)
        page.keyboard.press("Enter")
        page.wait_for_url(f"{live_server.url}/")
        page.goto(f"{live_server.url}{path}")
        return page

    expect.set_options(timeout=PATIENCE)
    yield open_at
    for context in contexts:
        context.close()


@pytest.fixture(scope="module")
def pictures(artefacts: Path) -> Path:
    place = artefacts / "law"
    place.mkdir(exist_ok=True)
    return place


def look(page: Page, pictures: Path, name: str, axe: Axe) -> None:
    page.evaluate("document.fonts.ready")
    page.screenshot(path=pictures / f"{name}.png", full_page=True)
    axe(page)


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.id"))


def test_the_law_answers_as_one_chooses(at: Open, axe: Axe, pictures: Path) -> None:
    page = at("/law/")
    look(page, pictures, "home", axe)
    page.get_by_label("Who asks").select_option("KZ")
    page.wait_for_url("**/law/?requesting=KZ&*")
    # While one is choosing, what is missing yet is no mistake; when one asks, it is.
    expect(page.get_by_role("alert")).to_have_count(0)
    page.get_by_role("button", name="Ask").click()
    expect(page.get_by_role("alert")).to_contain_text("Choose the State that is asked.")
    look(page, pictures, "home-missing", axe)
    page.get_by_label("Whom").select_option("TJ")
    page.wait_for_url("**&requested=TJ&kind=mla&on=*")
    page.get_by_label("For what").select_option("extradition")
    expect(page.locator("#law")).to_contain_text("The request rests on a treaty: Chisinau Convention 2002.")
    page.wait_for_url("**/law/?requesting=KZ&requested=TJ&kind=extradition&on=*")
    look(page, pictures, "answer", axe)
    page.get_by_label("On which day").fill("1.7.2003")
    page.get_by_label("On which day").press("Tab")
    expect(page.locator("#law")).to_contain_text("Minsk Convention 1993; 1997 Protocol to the Minsk Convention")
    page.wait_for_url("**&on=2003-07-01")
    page.go_back()
    expect(page.locator("#law")).to_contain_text("The request rests on a treaty: Chisinau Convention 2002.")
    page.get_by_role("link", name="Chisinau Convention 2002 does not bind Tajikistan").click()
    expect(page.locator("#law")).to_contain_text("This is not the law as the register knows it.")
    look(page, pictures, "supposed", axe)


def test_the_matrix_is_read_by_keyboard_alone(at: Open, axe: Axe, pictures: Path) -> None:
    page = at("/law/matrix/?on=2023-06-28")
    look(page, pictures, "matrix", axe)
    slider = page.get_by_role("slider")
    slider.focus()
    expect(slider).to_have_attribute("aria-valuetext", "28 June 2023: Russia enters Chisinau")
    page.keyboard.press("ArrowRight")
    page.wait_for_url("**/law/matrix/?on=2023-12-29*")
    expect(page.get_by_role("heading", name="Ukraine · Minsk Convention 1993")).to_be_visible()
    assert focused(page) == "day-slider"
    page.keyboard.press("ArrowLeft")
    page.wait_for_url("**/law/matrix/?on=2023-06-28*")
    expect(page.get_by_role("heading", name="Russia · Chisinau Convention 2002")).to_be_visible()
    assert focused(page) == "day-slider"
    expect(page.locator("#matrix-on")).to_have_value("28.06.2023")

    # One stop of the Tab key in the table, and from there the arrows go from cell to cell.
    page.locator("#cell-RU-chisinau-2002").focus()
    assert page.locator(".matrix__cell[tabindex='0']").count() == 1
    page.keyboard.press("ArrowDown")
    assert focused(page) == "cell-TJ-chisinau-2002"
    page.keyboard.press("ArrowLeft")
    assert focused(page) == "cell-TJ-minsk-protocol-1997"
    page.keyboard.press("Enter")
    page.wait_for_url("**state=TJ&column=minsk-protocol-1997*")
    expect(page.get_by_role("heading", name="Tajikistan · 1997 Protocol to the Minsk Convention")).to_be_visible()
    assert focused(page) == "cell-TJ-minsk-protocol-1997"

    page.locator("#matrix-on").fill("31.02.2023")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Write day, month and year")
    expect(page.locator("#matrix-on")).to_have_value("31.02.2023")
    look(page, pictures, "matrix-error", axe)


def test_a_diamond_leads_to_its_day(at: Open) -> None:
    page = at("/law/matrix/?on=2023-06-28")
    page.locator(".ruler--wide a[data-label*='UA leaves'], .ruler--wide a[data-label*='Ukraine leaves Minsk']").first.click()
    page.wait_for_url("**on=2023-12-29*")
    expect(page.locator("#matrix-on")).to_have_value("29.12.2023")


@pytest.mark.parametrize(("language", "scheme"), [("en", "dark"), ("ru", "light")])
def test_every_page_is_for_everyone_on_every_screen(at: Open, axe: Axe, pictures: Path, language: str, scheme: str) -> None:
    paths = {
        "answer": "/law/?requesting=KZ&requested=TJ&kind=extradition&on=2026-11-22",
        "matrix": "/law/matrix/?on=2023-06-28",
        "matrix-by-instrument": "/law/matrix/?on=2023-06-28&by=instrument",
        "only-uncertain": "/law/matrix/?only=uncertain",
        "pair": "/law/pairs/RU/UA/?kind=extradition",
    }
    for size, viewport in (("desk", {"width": 1296, "height": 900}), ("middle", {"width": 900, "height": 1100}), ("phone", PHONE)):
        page = at("/law/", viewport=viewport, color_scheme=scheme)
        switch = page.get_by_role("button", name={"en": "English", "ru": "Русский"}[language])
        if switch.count():
            switch.click()
        for name, path in paths.items():
            page.goto(page.url.partition("/law/")[0] + path)
            look(page, pictures, f"{name}-{language}-{scheme}-{size}", axe)
            wide = page.evaluate("document.documentElement.scrollWidth")
            assert wide <= viewport["width"], f"{path} is {wide} wide at {viewport['width']}"


def test_a_phone_shows_one_state_or_one_instrument(at: Open) -> None:
    page = at("/law/matrix/?on=2023-06-28", viewport=PHONE)
    assert not page.locator(".matrix").is_visible()
    expect(page.get_by_role("heading", name="Russia", exact=True).first).to_be_visible()
    page.get_by_label("State", exact=True).select_option("UA")
    expect(page.locator("#ones")).to_have_text("Ukraine")
    expect(page.locator(".ones")).to_contain_text("suspended since 23 December 2022")
    page.get_by_role("link", name="One instrument").click()
    page.get_by_label("Instrument", exact=True).select_option("minsk-1993")
    expect(page.locator("#ones")).to_have_text("Minsk Convention 1993")
    expect(page.locator(".ones__one")).to_have_count(12)


def test_without_script_all_of_it_works(at: Open) -> None:
    page = at("/law/", java_script_enabled=False)
    page.get_by_label("Who asks").select_option("KZ")
    page.get_by_label("Whom").select_option("TJ")
    page.get_by_label("For what").select_option("extradition")
    page.get_by_role("button", name="Ask").click()
    expect(page.locator("#law")).to_contain_text("The request rests on a treaty: Chisinau Convention 2002.")
    page.get_by_role("link", name="Who is bound by what").click()
    assert page.get_by_role("slider").count() == 0
    page.locator("#matrix-on").fill("28 06 2023")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("heading", name="Russia · Chisinau Convention 2002")).to_have_count(0)
    page.locator("#cell-RU-chisinau-2002").click()
    expect(page.get_by_role("heading", name="Russia · Chisinau Convention 2002")).to_be_visible()
    page.get_by_role("link", name="29 December 2023: Ukraine leaves Minsk").click()
    expect(page.get_by_role("heading", name="Ukraine · Minsk Convention 1993")).to_be_visible()
    page.get_by_role("link", name="A pair of States").last.click()
    page.get_by_label("Who asks").select_option("KZ")
    page.get_by_label("Whom").select_option("TJ")
    page.get_by_label("For what").select_option("extradition")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("heading", name="What applied when")).to_be_visible()
    page.get_by_role("link", name="1 January 2006").click()
    expect(page.locator("#law")).to_contain_text("The request rests on a treaty: Chisinau Convention 2002.")
