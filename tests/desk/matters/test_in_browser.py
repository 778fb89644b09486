"""In a real browser: the officer drafts, what is missing has its article, the head approves; axe on each page, pictures to look at."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from comity.desk.accounts.models import User
from comity.desk.matters.models import DraftRow, MatterRow
from comity.identifiers import MatterId
from comity.node import commands
from comity.node.office import Office
from comity.simulation.federation import SimulatedFederation

from .conftest import PASSWORD, RU, actor, moved

pytestmark = pytest.mark.slow
Axe = Callable[[Page], None]
PHONE = {"width": 390, "height": 844}


def log_in(page: Page, address: str, login: str) -> None:
    page.goto(f"{address}/log-in")
    page.fill("[name=username]", login)
    page.fill("[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{address}/")


def picture(page: Page, artefacts: Path, name: str) -> None:
    page.screenshot(path=artefacts / f"{name}.png", full_page=True)


def in_russian(page: Page) -> None:
    page.get_by_role("button", name="Русский").click()


@pytest.fixture
def desk(live_server: Any, office: Office) -> str:
    return str(live_server.url)


def test_an_officer_drafts_and_a_head_approves(
    browser: Browser, desk: str, officer: User, head: User, axe: Axe, artefacts: Path, federation: SimulatedFederation, office: Office
) -> None:
    context = browser.new_context(bypass_csp=True, viewport={"width": 1296, "height": 900}, locale="en")
    page = context.new_page()
    log_in(page, desk, "officer")
    page.goto(f"{desk}/requests/new")
    page.get_by_label("Request for legal assistance").check()
    page.get_by_label("Kazakhstan").check()
    expect(page.locator("#law")).to_contain_text("Chisinau Convention 2002")
    axe(page)
    picture(page, artefacts, "matters-new-request")
    page.get_by_role("button", name="Continue").click()
    row = DraftRow.objects.get()

    # What is missing is shown with its article, and leads to its field.
    expect(page.locator("#missing")).to_contain_text("Chisinau Convention 2002, art.")
    axe(page)
    picture(page, artefacts, "matters-step-missing")
    page.locator("#missing").get_by_role("link", name="Facts").click()
    page.get_by_label("Facts").fill("A tender was won with forged papers.")
    page.get_by_role("button", name="Save and continue").last.click()
    expect(page.locator("#missing").get_by_role("link", name="Facts")).to_have_count(0)

    # The keyboard is enough: Enter in a line saves.
    page.goto(f"{desk}/drafts/{row.id}/steps/3")
    page.get_by_label("Full name").fill("Kname Zname")
    page.get_by_label("Full name").press("Enter")
    assert DraftRow.objects.get().revision >= 3
    page.goto(f"{desk}/drafts/{row.id}/steps/3?checked=1")
    expect(page.get_by_label("Full name")).to_have_value("Kname Zname")
    axe(page)
    picture(page, artefacts, "matters-step-persons")

    # The rest is filled in as another client would, and the officer submits.
    with office.store.read() as unit:
        draft = commands.find_draft(unit, row.matter, row.id)
        basis = commands.basis_of_draft(office, unit, draft)
    from .test_drafting import FILLED

    checks = [{"check": check.id, "answer": "no-risk"} for check in basis.human_rights] if basis else []
    commands.revise_draft(
        office, actor(officer), row.matter, row.id, content={**draft.content, **FILLED, "checks": checks}, revision=draft.revision
    )
    page.goto(f"{desk}/drafts/{row.id}/approval")
    page.get_by_role("button", name="Submit for approval").click()
    expect(page.locator("main")).to_contain_text("Another person approves and seals it.")
    context.close()

    context = browser.new_context(bypass_csp=True, viewport={"width": 1296, "height": 900}, locale="en")
    page = context.new_page()
    log_in(page, desk, "head")
    page.goto(f"{desk}/drafts/{row.id}/approval")
    expect(page.locator("main")).to_contain_text("Kname Zname")
    axe(page)
    picture(page, artefacts, "matters-approval")
    in_russian(page)
    axe(page)
    picture(page, artefacts, "matters-approval-ru")
    page.get_by_role("button", name="Утвердить и скрепить").click()
    page.wait_for_url(f"{desk}/matters/*")
    assert MatterRow.objects.get().state == "arrived"
    federation.rest()
    page.reload()
    axe(page)
    context.close()


def test_the_matter_page_in_both_languages_on_both_screens(
    browser: Browser,
    desk: str,
    officer: User,
    axe: Axe,
    artefacts: Path,
    detained: MatterId,
    federation: SimulatedFederation,
    office: Office,
) -> None:
    moved(federation.offices[RU], detained, "message.written/1", {"text": "He is no national of ours."})
    moved(office, detained, "intent.confirmed/1", {}, approved=False) if _alone("intent.confirmed/1") else None
    federation.rest()
    commands.record(
        office, actor(officer), detained, commands.NOTE_KEPT, {"text": "The investigator promises the damage figure for Tuesday."}
    )
    commands.save_draft(
        office, actor(officer), commands.draft_in(office, detained, "request.sent/1", {"facts": "Sold cars that did not exist."})
    )
    for scheme in ("light", "dark"):
        context = browser.new_context(bypass_csp=True, viewport={"width": 1296, "height": 900}, locale="en", color_scheme=scheme)  # type: ignore[arg-type]  # one of the two
        page = context.new_page()
        log_in(page, desk, "officer")
        page.goto(f"{desk}/matters/{detained}")
        axe(page)
        picture(page, artefacts, f"matters-matter-{scheme}")
        if scheme == "light":
            for name in ("proof", "basis", "deadlines/provisional-arrest", "acts/message.written/1", "acts/request.registered/1"):
                page.goto(f"{desk}/matters/{detained}/{name}")
                axe(page)
                picture(page, artefacts, f"matters-{name.replace('/', '-')}")
            page.goto(f"{desk}/matters/{detained}")
            in_russian(page)
            axe(page)
            picture(page, artefacts, "matters-matter-ru")
            page.set_viewport_size(PHONE)  # type: ignore[arg-type]  # as Playwright's own
            axe(page)
            picture(page, artefacts, "matters-matter-ru-phone")
        context.close()


def _alone(act: str) -> bool:
    from comity.procedures import procedure

    kind = procedure("extradition", 1)
    action = kind.action(act) if kind else None
    return action is not None and not action.approval and not action.asks


def test_everything_works_without_script(
    browser: Browser, desk: str, officer: User, artefacts: Path, federation: SimulatedFederation
) -> None:
    context = browser.new_context(java_script_enabled=False, viewport=PHONE, locale="ru")  # type: ignore[arg-type]  # as above
    page = context.new_page()
    log_in(page, desk, "officer")
    page.goto(f"{desk}/requests/new")
    page.get_by_label("Россия").check()
    page.get_by_role("button", name="Спросить право").click()
    expect(page.locator("#law")).to_contain_text("Кишинёвская конвенция 2002")
    page.get_by_role("button", name="Продолжить").click()
    expect(page.locator("h1")).to_contain_text("Россия")
    picture(page, artefacts, "matters-step-ru-phone")
    assert DraftRow.objects.count() == 1
    context.close()


def test_a_head_erases_on_a_page_of_its_own(
    browser: Browser, desk: str, head: User, axe: Axe, artefacts: Path, office: Office, detained: MatterId
) -> None:
    with office.store.read() as unit:
        applied = next(sealed.id for sealed in unit.events(detained) if sealed.header.act == "arrest.applied-for/1")
    context = browser.new_context(bypass_csp=True, viewport={"width": 1296, "height": 900}, locale="en")
    page = context.new_page()
    log_in(page, desk, "head")
    page.goto(f"{desk}/matters/{detained}/events/{applied}")
    axe(page)
    picture(page, artefacts, "matters-event")
    page.get_by_role("link", name="Erase, stating the rule").click()
    axe(page)
    picture(page, artefacts, "matters-erasure")
    page.get_by_label("By which rule").fill("Rules of storage, art. 7: the term of ten years is over.")
    page.get_by_role("button", name="Erase the content").click()
    expect(page.locator("main")).to_contain_text("The content was erased on 22 November 2026.")
    axe(page)
    picture(page, artefacts, "matters-erased")
    context.close()


def test_each_printed_page_of_a_matter_carries_number_date_and_law_release(
    browser: Browser, desk: str, officer: User, detained: MatterId, artefacts: Path
) -> None:
    context = browser.new_context(bypass_csp=True, viewport={"width": 1296, "height": 900}, locale="en")
    page = context.new_page()
    log_in(page, desk, "officer")
    page.goto(f"{desk}/matters/{detained}")
    expect(page.locator(".foot__print")).to_be_hidden()
    printed = artefacts / "matter-printed.pdf"
    page.pdf(path=printed, format="A4", print_background=True, prefer_css_page_size=True)
    sheets = [" ".join(sheet.extract_text().split()) for sheet in PdfReader(printed).pages]
    assert len(sheets) > 1
    release = MatterRow.objects.get(pk=detained).law_release[:12]
    for sheet in sheets:
        for words in (f"Law release {release}", "ours 12/3-418", "2026"):
            assert words in sheet, sheet
        assert "Only our office" not in sheet
    context.close()
