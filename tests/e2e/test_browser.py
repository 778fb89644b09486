"""The main job by hand: real offices as processes, real people in a real browser. Every page is checked by axe and pictured once.

The facts are those of `examples/legal-assistance.toml`. What a test needs before it begins is played through the API, as the demo does.
Pictures are left in `artefacts/e2e/`.
"""

import io
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect
from pypdf import PdfReader
from rich.console import Console

from comity.demo.federation import Federation
from comity.demo.papers import typeset
from comity.demo.play import EXAMPLES, OFFICES, Played, Player, stories_in
from comity.demo.story import Story, filled
from comity.demo.telling import Teller

pytestmark = [pytest.mark.slow]

ASTANA, DUSHANBE = "kz-gpo", "tj-gpo"
DESKTOP, PHONE = {"width": 1296, "height": 900}, {"width": 390, "height": 844}
PATIENCE = 120_000  # milliseconds that a page may take on a busy machine
MOST_TABS = 90
REQUEST = "request.sent/1"
Axe = Callable[[Page], None]


@pytest.fixture(scope="module")
def federation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Federation]:
    """Astana and Dushanbe, running."""
    folder = tmp_path_factory.mktemp("offices")
    description = folder / OFFICES
    description.write_text(_without((EXAMPLES / OFFICES).read_text(encoding="utf-8"), "ru-gpo"), encoding="utf-8")
    with Federation(folder / "homes", description) as running:
        assert set(running.members) == {ASTANA, DUSHANBE}
        for office in running.members:
            running.desk(office, "officer").get("/matters")  # waits for a desk that is starting
        yield running


def _without(description: str, office: str) -> str:
    """The description of the offices without one of them."""
    tables = re.split(r"\n(?=\[\[)", description)
    assert tomllib.loads(description)["office"]
    return "\n".join(table for table in tables if f'id = "{office}"' not in table)


@pytest.fixture(scope="module")
def story() -> Story:
    """Astana asks Dushanbe for a witness and bank records."""
    return next(one for one in stories_in(EXAMPLES) if one.id == "legal-assistance")


@pytest.fixture(scope="module")
def pictures(artefacts: Path) -> Path:
    place = artefacts / "e2e"
    place.mkdir(exist_ok=True)
    return place


@dataclass
class Person:
    """One person at one desk, in a browser of their own."""

    page: Page
    address: str
    password: str
    axe: Axe
    pictures: Path
    script: bool = True

    def log_in(self, login: str) -> "Person":
        self.page.goto(urljoin(self.address, "log-in"))
        self.page.locator("[name=username]").fill(login)
        self.page.locator("[name=password]").fill(self.password)
        self.page.locator("main form button").click()
        self.page.wait_for_url(self.address)
        return self

    def open(self, path: str) -> None:
        self.page.goto(urljoin(self.address, path))

    def look(self, name: str) -> None:
        """Axe, itself a script, finds nothing on this page; and here is its picture."""
        self.page.screenshot(path=self.pictures / f"{name}.png", full_page=True)
        if self.script:
            self.axe(self.page)

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).last.click()

    def follow(self, name: str) -> None:
        self.page.get_by_role("link", name=name).first.click()

    def has(self, *words: str) -> None:
        for one in words:
            expect(self.page.locator("body")).to_contain_text(one)

    def arrives(self, path: str, words: str) -> None:
        """Waits until a page of this desk says so: what another office sent comes by itself."""
        self.page.wait_for_function(
            "async ([path, words]) => (await (await fetch(path)).text()).includes(words)",
            arg=[urljoin(self.address, path), words],
            polling=500,
            timeout=PATIENCE,
        )


Open = Callable[..., Person]


@pytest.fixture
def at(browser: Browser, federation: Federation, axe: Axe, pictures: Path) -> Iterator[Open]:
    """Opens a browser at the desk of an office for one person."""
    contexts: list[BrowserContext] = []

    def open_at(office: str, login: str = "", *, viewport: Any = DESKTOP, script: bool = True) -> Person:
        context = browser.new_context(bypass_csp=True, viewport=viewport, java_script_enabled=script, locale="en")
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        address = federation.members[office].address
        page = context.new_page()
        who = Person(page=page, address=address, password=federation.password, axe=axe, pictures=pictures, script=script)
        return who.log_in(login) if login else who

    expect.set_options(timeout=PATIENCE)
    yield open_at
    for context in contexts:
        context.close()


def facts(story: Story, act: str) -> dict[str, Any]:
    """Everything the story writes into one act, with its dates."""
    found: dict[str, Any] = {}
    current = ""
    for step in story.steps:
        current = step.act or current
        if step.does in {"draft", "save", "act"} and current == act:
            found |= step.content
    return dict(filled(found, today=datetime.now(UTC).date(), papers={paper: {"paper": paper} for paper in story.papers}))


def flat(value: Any, name: str) -> Iterator[tuple[str, Any]]:
    """The fields of a form that say this value, by name."""
    match value:
        case "unknown":
            yield f"{name}.unknown", True
        case Mapping():
            for key, part in value.items():
                yield from flat(part, f"{name}.{key}")
        case [{"check": str()}, *_]:
            yield from ((f"{name}.{item['check']}.{key}", item[key]) for item in value for key in ("answer", "reasons"))
        case [Mapping(), *_]:
            for place, item in enumerate(value):
                yield from flat(item, f"{name}.{place}")
        case _:
            yield name, value


def fill(page: Page, content: Mapping[str, Any]) -> int:
    """Fills what this page asks and the facts answer; how many fields that were."""
    answers = [pair for name, value in content.items() for pair in flat(value, name)]
    return sum(_answered(page.locator(f'main form [name="{name}"]'), value) for name, value in answers)


def _answered(controls: Locator, value: Any) -> bool:
    if not controls.count():
        return False
    match controls.first.evaluate("one => one.type"):
        case "checkbox":
            for one in value if isinstance(value, list) else [value]:
                (controls if one is True else controls.and_(controls.page.locator(f'[value="{one}"]'))).check()
        case "radio":
            controls.and_(controls.page.locator(f'[value="{value}"]')).check()
        case "select-one":
            for place, one in enumerate(value if isinstance(value, list) else [value]):
                controls.nth(place).select_option(one)
        case _:
            controls.first.fill(str(value))
    return True


def upload(page: Page, story: Story, name: str) -> None:
    """Adds one paper of the story to the papers of this step."""
    paper = story.papers[name]
    page.locator('[name="papers.file"]').set_input_files({"name": f"{name}.pdf", "mimeType": "application/pdf", "buffer": typeset(paper)})
    page.locator('[name="papers.new-title"]').fill(paper.title)
    page.locator('[name="papers.new-language"]').select_option(paper.language)
    page.locator('button[value="upload:papers"]').click()
    expect(page.get_by_role("link", name=paper.title)).to_be_visible()
    expect(page.locator("main")).to_contain_text("SHA-256")


def walk(who: Person, story: Story, act: str, *, look: str = "", save: str = "Save and continue") -> set[str]:
    """Through every step of a draft from the first to the last, with the facts of the story; the headings of the steps."""
    page, content = who.page, facts(story, act)
    steps = page.locator("nav .steps a[href*='/steps/']")
    who.page.goto(page.url.partition("/steps/")[0] + "/steps/1") if "/steps/" in page.url else steps.first.click()
    seen: set[str] = set()
    while "/steps/" in page.url:
        heading = page.locator("h2#step").inner_text()
        assert heading not in seen, f"{heading} comes again: {page.locator('main').inner_text()[:2000]}"
        seen.add(heading)
        fill(page, content)
        if page.locator('[name="papers.file"]').count():
            for paper in content.get("papers", ()):
                upload(page, story, paper["paper"])
        if look:
            who.look(f"{look}-{len(seen)}")
        page.get_by_role("button", name=save).last.click()
        page.wait_for_load_state()
    return seen


def letter_text(who: Person, name: str) -> str:
    """The text of a letter that a page links to."""
    address = who.page.get_by_role("link", name=name).first.get_attribute("href")
    answer = who.page.request.get(urljoin(who.address, str(address)))
    assert answer.headers["content-type"] == "application/pdf"
    return " ".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(answer.body())).pages)


def matter_path(page: Page) -> str:
    found = re.search(r"/matters/[0-9a-f-]{36}", page.url)
    assert found, page.url
    return found[0]


# The main job


def test_a_request_travels_from_desk_to_desk(at: Open, story: Story) -> None:
    matter = _astana_drafts_and_seals(at, story)
    _dushanbe_registers_executes_and_answers(at, story, matter)
    _astana_sees_the_results_and_closes(at, matter)


def _astana_drafts_and_seals(at: Open, story: Story) -> str:
    officer = at(ASTANA)
    officer.open("")
    officer.look("01-log-in")
    officer.log_in("officer")
    officer.has("Nothing lies on our desk.")
    officer.look("02-today-empty")
    officer.follow("New request")
    officer.page.get_by_label("Request for legal assistance").check()
    officer.page.get_by_label("Tajikistan").check()
    expect(officer.page.locator("#law")).to_contain_text("Chisinau Convention 2002")
    expect(officer.page.locator("#law")).to_contain_text("Ceased between the two")
    officer.look("03-new-request")
    officer.press("Continue")
    officer.page.wait_for_url("**/steps/*")

    # The checklist refuses, each item with its article and the way to its field.
    draft = officer.page.url.partition("/steps/")[0]
    officer.page.goto(f"{draft}/approval")
    officer.has("It can be submitted when nothing is missing.")
    missing = officer.page.locator("#missing")
    expect(missing).to_contain_text("Chisinau Convention 2002, art.")
    expect(officer.page.get_by_role("button", name="Submit for approval")).to_have_count(0)
    officer.look("04-approval-incomplete")
    missing.get_by_role("link", name="Facts").click()
    expect(officer.page.locator("[name=facts]")).to_be_visible()
    officer.has("Missing.")
    officer.look("05-step-missing")

    steps = walk(officer, story, REQUEST, look="06-step")
    assert {"The case", "Persons", "What is asked"} <= steps
    officer.page.wait_for_url("**/letter")
    expect(officer.page.locator("#missing")).to_have_count(0)
    officer.look("07-letter")
    for name, words in (("Letter in English", "Republic of Tajikistan"), ("Letter in Russian", "Республики Таджикистан")):
        assert words in letter_text(officer, name)
    officer.follow("Go on to approval")
    officer.has(facts(story, REQUEST)["facts"])
    officer.look("08-approval-ready")
    officer.press("Submit for approval")
    officer.has("Another person approves and seals it.")
    expect(officer.page.get_by_role("button", name="Approve and seal")).to_have_count(0)
    officer.open("")
    officer.has("you wrote it: another person seals it")

    head = at(ASTANA, "head")
    head.has("Awaiting approval")
    head.look("09-today-head")
    head.page.locator("section", has_text="Awaiting approval").get_by_role("link").first.click()
    head.has(facts(story, REQUEST)["facts"])
    head.look("10-approval-head")
    head.press("Approve and seal")
    head.page.wait_for_url("**/matters/*")
    matter = matter_path(head.page)
    head.arrives(matter, "receipt: Tajikistan")
    head.open(matter)
    head.look("11-matter-sent")
    for name in ("proof", "basis"):
        head.open(f"{matter}/{name}")
        head.look(f"12-{name}")
    return matter


def _dushanbe_registers_executes_and_answers(at: Open, story: Story, matter: str) -> None:
    registrar = at(DUSHANBE, "registrar")
    registrar.arrives("", matter)
    registrar.open("")
    registrar.look("20-today-registrar")
    registrar.page.locator("section", has_text="Arrived, not registered").get_by_role("link").first.click()
    registrar.look("21-matter-arrived")
    registrar.page.get_by_role("link", name="Register").first.click()
    fill(registrar.page, facts(story, "request.registered/1"))
    registrar.look("22-register")
    registrar.page.locator("main form button.button--solid").click()
    registrar.page.wait_for_url(f"**{matter}")
    registrar.has("7/1-2207-26")

    officer = at(DUSHANBE, "officer")
    officer.has("On our desk")
    officer.look("23-today-officer")
    officer.open("/matters?q=7/1-2207-26")
    officer.look("24-matters")
    officer.page.get_by_label("Where the file lies").select_option("theirs")
    officer.has("No matter fits.")
    officer.page.wait_for_url("**/matters?*desk=theirs*")
    officer.page.get_by_label("Where the file lies").select_option("ours")
    officer.page.locator("#matters").get_by_role("link").first.click()
    officer.page.wait_for_url(f"**{matter}")
    officer.look("25-matter-officer")
    officer.open(f"{matter}/acts/execution.started/1")
    fill(officer.page, facts(story, "execution.started/1"))
    officer.look("26-execution")
    officer.page.locator("main form button.button--solid").click()
    officer.page.wait_for_url(f"**{matter}")
    officer.open(f"{matter}/acts/request.executed/1")
    officer.look("27-begin-answer")
    officer.press("Begin the draft")
    officer.page.wait_for_url("**/drafts/**")
    walk(officer, story, "request.executed/1", look="28-answer")
    officer.page.goto(officer.page.url.partition("/letter")[0].partition("/approval")[0] + "/approval")
    officer.has("Протокол допроса свидетеля", "Выписка по счёту")
    officer.press("Submit for approval")
    officer.has("Another person approves and seals it.")
    approval = officer.page.url

    head = at(DUSHANBE, "head")
    head.look("30-today-head-en")
    head.press("Русский")
    head.has("Ожидает утверждения")
    head.look("31-today-head-ru")
    head.page.goto(approval)
    head.look("32-approval-ru")
    head.press("Утвердить и скрепить")
    head.page.wait_for_url(f"**{matter}")
    head.look("33-matter-ru")
    for number, path in enumerate(("matters", "correspondence", f"{matter}/proof", f"{matter}/basis", "requests/new"), start=34):
        head.open(path)
        head.look(f"{number}-{path.rpartition('/')[2]}-ru")


def _astana_sees_the_results_and_closes(at: Open, matter: str) -> None:
    officer = at(ASTANA, "officer")
    officer.arrives(matter, "Свидетель допрошен")
    officer.open("")
    officer.look("40-today-officer")
    officer.open(matter)
    officer.look("41-matter-executed")
    officer.page.locator("#journal a[href*='/events/']").first.click()
    officer.look("42-event")
    officer.open(f"{matter}/acts/request.closed/1")
    officer.page.locator("[name=text]").fill("Результаты получены, исполнение подтверждаем.")
    officer.look("43-close")
    officer.page.locator("main form button.button--solid").click()
    officer.page.wait_for_url(f"**{matter}")
    officer.has("Nobody: the matter is closed")
    officer.arrives(matter, "receipt: Tajikistan")
    officer.open(matter)
    officer.look("44-matter-closed")
    officer.open("/matters?desk=closed")
    officer.has("Nobody: closed")
    officer.look("45-matters-closed")
    officer.open("/correspondence")
    officer.has("In order")
    officer.look("46-correspondence")
    dushanbe = at(DUSHANBE, "officer")
    dushanbe.arrives(matter, "Nobody: the matter is closed")


# Other ways of looking


@pytest.fixture(scope="module")
def sent(federation: Federation, story: Story) -> str:
    """The path of a matter that Astana sent and Dushanbe registered, played through the API."""
    last = next(step.number for step in story.steps if step.act == "request.registered/1")
    begun = replace(story, steps=tuple(step for step in story.steps if step.number <= last))
    played: Played = Player(federation, Teller(Console(quiet=True), "en"), begun).play()
    return f"/matters/{played.matter}"


def test_the_pages_on_a_phone(at: Open, sent: str) -> None:
    officer = at(DUSHANBE, "officer", viewport=PHONE)
    for name, path in (
        ("today", ""),
        ("matters", "matters"),
        ("matter", sent),
        ("correspondence", "correspondence"),
        ("new-request", "requests/new"),
        ("register", f"{sent}/acts/information.asked/1"),
    ):
        officer.open(path)
        officer.look(f"50-phone-{name}")
        wide = officer.page.evaluate("document.documentElement.scrollWidth")
        assert wide <= PHONE["width"], f"{path} is {wide} wide"


def test_the_keyboard_alone_logs_in_and_opens_a_matter(at: Open, sent: str) -> None:
    officer = at(DUSHANBE)
    officer.open("")
    keys = officer.page.keyboard
    _tab_to(officer.page, "[name=username]")
    keys.type("officer")
    keys.press("Tab")
    expect(officer.page.locator("[name=password]")).to_be_focused()
    keys.type(officer.password)
    keys.press("Enter")
    officer.page.wait_for_url(officer.address)
    keys.press("Tab")
    expect(officer.page.get_by_role("link", name="Skip to the work")).to_be_focused()
    keys.press("Enter")
    expect(officer.page.locator("main")).to_be_focused()
    _tab_to(officer.page, f"main a[href='{sent}']")
    keys.press("Enter")
    officer.page.wait_for_url(f"**{sent}")
    _tab_to(officer.page, "#moves a")
    officer.look("51-keyboard-matter")


def _tab_to(page: Page, selector: str) -> None:
    """Tab until this has the focus, which can be seen wherever it goes."""
    for _press in range(MOST_TABS):
        page.keyboard.press("Tab")
        where = page.evaluate(
            "selector => { const one = document.activeElement, look = getComputedStyle(one);"
            " return [one.matches(selector), look.outlineStyle !== 'none' || look.boxShadow !== 'none', one.outerHTML.slice(0, 200)] }",
            selector,
        )
        assert where[1], f"the focus cannot be seen on {where[2]}"
        if where[0]:
            return
    raise AssertionError(f"{selector} is not reached by {MOST_TABS} tabs on {page.url}")


def test_a_request_is_drafted_and_submitted_without_script(at: Open, story: Story) -> None:
    officer = at(ASTANA, "officer", script=False)
    officer.press("Русский")
    officer.open("requests/new")
    officer.page.get_by_label("Запрос о правовой помощи").check()
    officer.page.get_by_label("Таджикистан").check()
    officer.press("Спросить право")
    expect(officer.page.locator("#law")).to_contain_text("Кишинёвская конвенция 2002")
    officer.press("Продолжить")
    officer.page.wait_for_url("**/steps/*")
    walk(officer, story, REQUEST, look="60-script-off", save="Сохранить и продолжить")
    officer.page.wait_for_url("**/letter")
    officer.page.goto(officer.page.url.replace("/letter", "/approval"))
    officer.press("Представить на утверждение")
    officer.has("Утверждает и скрепляет его другое лицо.")
    officer.look("61-script-off-submitted")


def test_the_administrator_sees_people_and_no_matter(at: Open, sent: str) -> None:
    administrator = at(DUSHANBE)
    administrator.open("")
    administrator.page.locator("[name=username]").fill("administrator")
    administrator.page.locator("[name=password]").fill(administrator.password)
    administrator.page.keyboard.press("Enter")
    administrator.page.wait_for_url("**/administration/people")
    administrator.look("70-people")
    answer = administrator.page.goto(urljoin(administrator.address, sent))
    assert answer is not None
    assert answer.status == 403
    administrator.look("71-not-allowed")
