"""What all tests share: a home of their own for the desk, the Russian catalogue, and a real browser.

`browser` is Chromium, once a session; `page` a fresh page of it; `axe(page)` fails with what it found. Without Chromium these tests are
left out with the reason; in CI that is a failure.
"""

import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import django
import pytest
from hypothesis import settings
from playwright.sync_api import Browser, Page, sync_playwright

# Before Django reads its settings: tests never touch the home of a real office.
os.environ["COMITY_HOME"] = tempfile.mkdtemp(prefix="comity-tests-")
os.environ["COMITY_GALLERY"] = "1"
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "comity.desk.settings")
# Playwright's synchronous interface runs a loop in this thread; Django must still use its database here.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
django.setup()

# No test is timed: a busy machine is no fault of the code.
settings.register_profile("comity", deadline=None)
settings.load_profile("comity")

PROJECT = Path(__file__).resolve().parent.parent
AXE = PROJECT / "node_modules" / "axe-core" / "axe.min.js"
CHROMIUM = Path(os.environ.get("COMITY_CHROMIUM", "/usr/bin/chromium"))
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
AXE_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="session", autouse=True)
def russian() -> None:
    """The Russian catalogue as the parts stand now."""
    from comity.words import compile_if_stale  # after the environment above is set

    compile_if_stale()


@pytest.fixture(scope="session")
def artefacts() -> Path:
    """Where tests leave pictures a person may want to look at; never in git."""
    place = PROJECT / "artefacts"
    place.mkdir(exist_ok=True)
    return place


def left_out(reason: str) -> None:
    """Leaves the test out for `reason`; in CI, where nothing may be left out, fails it."""
    if os.environ.get("CI", "").lower() in {"1", "true"}:
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium without a window, started once."""
    if not CHROMIUM.exists():
        left_out(f"No Chromium at {CHROMIUM}: pages are not looked at.")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=str(CHROMIUM), args=CHROMIUM_FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page of its own, without cookies, 1296 wide. It ignores the content policy, so that axe can be put into it."""
    context = browser.new_context(bypass_csp=True, viewport={"width": 1296, "height": 900}, locale="en")
    yield context.new_page()
    context.close()


@pytest.fixture(scope="session")
def axe() -> Callable[[Page], None]:
    """Runs axe on a page and fails with each violation and where it stands."""
    if not AXE.exists():
        left_out("axe-core is not installed (npm ci): accessibility is not checked.")
    source = AXE.read_text(encoding="utf-8")

    def check(page: Page) -> None:
        page.evaluate(source)
        found = page.evaluate("rules => axe.run({runOnly: rules, resultTypes: ['violations']})", AXE_RULES)
        lines = [f"{item['id']}: {item['help']}\n    {node['html'][:160]}" for item in found["violations"] for node in item["nodes"]]
        assert not lines, f"{page.url}\n" + "\n".join(lines)

    return check
