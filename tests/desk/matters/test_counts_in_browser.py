"""In a real browser: a range, its warning and every step of its count; axe on the pages, in both languages."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from comity.desk.accounts.models import User
from comity.identifiers import MatterId
from comity.node.office import Office

from .test_deadlines import ranged
from .test_in_browser import PHONE, desk, in_russian, log_in, picture

__all__ = ["desk", "ranged"]
pytestmark = pytest.mark.slow
Axe = Callable[[Page], None]


def test_a_range_is_seen_and_explained(
    browser: Browser, desk: str, officer: User, axe: Axe, artefacts: Path, office: Office, ranged: MatterId
) -> None:
    context = browser.new_context(bypass_csp=True, viewport={"width": 1296, "height": 900}, locale="en")
    page = context.new_page()
    log_in(page, desk, "officer")
    expect(page.locator("main")).to_contain_text("at the latest 26 Jan")
    axe(page)
    picture(page, artefacts, "counts-today")
    page.goto(f"{desk}/matters/{ranged}")
    expect(page.locator("main")).to_contain_text("at the latest Mon 26 January")
    axe(page)
    picture(page, artefacts, "counts-matter")
    page.get_by_role("link", name="How it is counted").first.click()
    expect(page.locator("main")).to_contain_text("The days that Kazakhstan moves by decree are not known for: 2026.")
    axe(page)
    picture(page, artefacts, "counts-deadline")
    in_russian(page)
    expect(page.locator("main")).to_contain_text("Акты о переносе дней не известны")
    axe(page)
    page.set_viewport_size(PHONE)
    picture(page, artefacts, "counts-deadline-ru-phone")
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), "nothing sticks out on a phone"
