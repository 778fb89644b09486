"""The gallery in a real browser: both languages, light and dark, desk and phone; readable by everyone, never wider than the window."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from comity.words import compile_catalogue

pytestmark = pytest.mark.slow

SIZES = {"desk": (1360, 900), "middle": (900, 1100), "phone": (390, 844)}
LOOKS = [(language, scheme, size) for language in ("en", "ru") for scheme in ("light", "dark") for size in ("desk", "phone")]
LOOKS += [("en", "light", "middle"), ("ru", "light", "middle")]


def open_gallery(browser: Browser, server: LiveServer, **context: object) -> Page:
    page = browser.new_context(**context).new_page()  # type: ignore[arg-type]  # keyword arguments of new_context
    page.goto(f"{server.url}/gallery")
    page.evaluate("document.fonts.ready")
    return page


@pytest.mark.parametrize(("language", "scheme", "size"), LOOKS)
def test_anyone_can_read_every_component(
    browser: Browser,
    live_server: LiveServer,
    axe: Callable[[Page], None],
    artefacts: Path,
    language: str,
    scheme: str,
    size: str,
) -> None:
    width, height = SIZES[size]
    page = open_gallery(
        browser, live_server, locale=language, color_scheme=scheme, viewport={"width": width, "height": height}, bypass_csp=True
    )
    page.screenshot(path=artefacts / f"gallery-{language}-{scheme}-{size}.png", full_page=True)
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.context.close()


@pytest.mark.parametrize("width", [320, 648])
def test_nothing_is_wider_than_a_zoomed_window(browser: Browser, live_server: LiveServer, width: int) -> None:
    page = open_gallery(browser, live_server, locale="ru", viewport={"width": width, "height": 700})
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.context.close()


def test_the_strict_policy_forbids_nothing_we_need(browser: Browser, live_server: LiveServer) -> None:
    context = browser.new_context(locale="en")
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("response", lambda response: said.append(response.url) if response.status >= 400 else None)
    response = page.goto(f"{live_server.url}/gallery")
    page.evaluate("document.fonts.ready")
    assert response is not None
    assert "default-src 'none'" in response.headers["content-security-policy"]
    assert "unsafe" not in response.headers["content-security-policy"]
    assert page.evaluate("typeof htmx") == "object"
    assert page.evaluate("document.fonts.check('700 16px \"PT Serif\"')")
    assert said == []
    context.close()


def test_without_script_the_page_works_and_speaks_the_other_language(browser: Browser, live_server: LiveServer) -> None:
    compile_catalogue()
    page = open_gallery(browser, live_server, locale="en", java_script_enabled=False)
    page.get_by_role("button", name="Русский").click()
    assert page.get_by_role("heading", name="Только наше ведомство").is_visible()
    assert page.get_by_role("button", name="Показать").is_visible()
    assert page.locator("html").get_attribute("lang") == "ru"
    page.context.close()


def test_a_problem_leads_to_its_field(browser: Browser, live_server: LiveServer) -> None:
    page = open_gallery(browser, live_server, locale="en")
    assert page.evaluate("document.activeElement.className") == "govuk-error-summary"
    page.get_by_role("link", name="Residence: Give an address").click()
    assert page.evaluate("document.activeElement.id || location.hash") in {"id_residence", "#id_residence"}
    page.get_by_role("link", name="Could the evidence lead").click()
    assert page.evaluate("location.hash") == "#id_death_0"
    page.context.close()


def test_what_was_typed_wrong_comes_back_as_it_was_typed(browser: Browser, live_server: LiveServer) -> None:
    page = open_gallery(browser, live_server, locale="en")
    assert page.get_by_label("Date of birth").input_value() == "31.02.1987"
    page.context.close()


def test_paper_has_no_navigation_and_no_private_notes(browser: Browser, live_server: LiveServer, artefacts: Path) -> None:
    page = open_gallery(browser, live_server, locale="en")
    page.emulate_media(media="print")
    assert not page.locator(".nav").is_visible()
    assert not page.locator(".private").is_visible()
    assert page.locator(".band").first.is_visible()
    page.pdf(path=artefacts / "gallery.pdf", prefer_css_page_size=True)
    page.context.close()


def test_in_forced_colours_the_band_keeps_a_border(browser: Browser, live_server: LiveServer) -> None:
    page = open_gallery(browser, live_server, locale="en", forced_colors="active")
    assert page.locator(".band--ours").first.evaluate("element => getComputedStyle(element).borderTopWidth") == "2px"
    page.context.close()
