"""The pages in a real browser: for everybody, by keyboard, small, dark, without script, hostile."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from graph.serve import make_app
from tests.access_rules import COLOURS, PLACES, RULES
from tests.server_visits import serve_app
from tests.workbench_site import PAPER, PCTS, TRUST
from tests.workbench_visits import NARROW, PageVisit, open_visit

pytestmark = pytest.mark.browser

PAGES = {
    "home": "/",
    "search": "/?q=torbay",
    "sentences": "/?q=pooled+budgets&as_of=2006",
    "body": TRUST,
    "class of bodies": PCTS,
    "body of another day": TRUST + "?as_of=2004",
    "person": "/id/person/phil-green",
    "document": PAPER,
    "plain": "/id/role/chairman",
    "questions": "/questions",
    "answer": "/questions/partners?body=primary+care+trusts",
    "chart": "/questions/most-connected",
    "mistake": "/questions/partners?body=Torbay",
    "comparison": "/compare?a=Torbay+Care+Trust&b=Torbay+Council",
    "statistics": "/statistics",
    "ontology": "/ontology?q=budget",
    "downloads": "/downloads",
    "nothing": "/none",
    "wrong day": "/?as_of=soon",
}
LOOKS: dict[str, dict[str, Any]] = {
    "light": {},
    "dark": {"color_scheme": "dark"},
    "narrow": {"viewport": NARROW},
}
RULES_OF = {"light": RULES, "dark": COLOURS, "narrow": PLACES}


@pytest.fixture(scope="module")
def address(built: Path) -> Iterator[str]:
    with serve_app(make_app(built)) as served:
        yield served


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[PageVisit]:
    with open_visit(browser, address) as opened:
        yield opened


@pytest.mark.parametrize("look", LOOKS)
def test_every_page_is_for_everybody(browser: Browser, address: str, look: str) -> None:
    """In the dark only colours can differ; what is narrow must not be wider than the screen."""
    with open_visit(browser, address, **LOOKS[look]) as visit:
        for name, path in PAGES.items():
            page = visit.open(path)
            assert visit.judge(RULES_OF[look]) == [], name
            assert page.locator("h1").count() == 1, name
            width = page.evaluate("document.documentElement.scrollWidth")
            assert width <= visit.page.viewport_size["width"], (name, width)  # type: ignore[index] # it is set


def test_claim_and_whole_ontology_are_for_everybody(visit: PageVisit) -> None:
    visit.open(PAPER)
    visit.page.locator(".notes a.relation").first.click()
    assert "Statement of a document" in visit.page.inner_text("main")
    assert visit.judge() == []
    visit.open("/ontology#worksWith")
    assert visit.judge() == []
    assert visit.page.locator("article:target h3").inner_text().startswith("works with")


def test_skip_link_leads_to_the_content(visit: PageVisit) -> None:
    page = visit.open(TRUST)
    page.keyboard.press("Tab")
    assert visit.focused() == "Skip to the content"
    assert page.locator(".skip").bounding_box()["x"] >= 0  # type: ignore[index] # it is there
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert visit.focused() == "Facts"


def test_every_stop_of_the_keyboard_is_seen(visit: PageVisit) -> None:
    page = visit.open("/questions/partners?body=primary+care+trusts")
    names = []
    for _ in range(40):
        page.keyboard.press("Tab")
        names.append(visit.focused())
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline != "none" or names[-1] == "", names[-1]
    for name in ("Statistics", "find", "as-of", "p-body", "Ask", "Download CSV", "partner, sort"):
        assert name in names
    assert names.index("find") < names.index("p-body") < names.index("Ask")


def test_name_is_suggested_and_chosen_by_keyboard(visit: PageVisit) -> None:
    page = visit.open("/")
    field = page.locator("#find")
    field.focus()
    page.keyboard.type("torbay care")
    options = page.locator("#find-list [role=option]")
    expect(options.first).to_contain_text("Torbay Care Trust")
    assert field.get_attribute("aria-expanded") == "true"
    assert visit.judge() == []
    page.keyboard.press("ArrowDown")
    assert field.get_attribute("aria-activedescendant") == options.first.get_attribute("id")
    assert options.first.get_attribute("aria-selected") == "true"
    page.keyboard.press("Escape")
    assert field.get_attribute("aria-expanded") == "false"
    assert field.input_value() == "torbay care"
    page.keyboard.press("ArrowDown")
    expect(options.first).to_be_visible()
    page.keyboard.press("ArrowUp")
    assert options.last.get_attribute("aria-selected") == "true"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**" + TRUST)
    assert page.inner_text("h1") == "Torbay Care Trust"


def test_form_is_filled_and_sent_by_keyboard(visit: PageVisit) -> None:
    page = visit.open("/compare")
    for name, typed in (("a", "NHS Torb"), ("b", "torbay counc")):
        page.locator(f"#c-{name}").focus()
        page.keyboard.type(typed)
        expect(page.locator(f"#c-{name}-list [role=option]").first).to_be_visible()
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    page.wait_for_url("**/compare?a=Torbay+Care+Trust&b=Torbay+Council")
    assert page.inner_text("h1") == "Torbay Care Trust and Torbay Council"


def test_name_is_chosen_with_the_pointer(visit: PageVisit) -> None:
    page = visit.open("/questions/partners")
    page.locator("#p-body").press_sequentially("primary care tr")
    page.locator("#p-body-list [role=option]", has_text="primary care trusts").first.click()
    assert page.locator("#p-body").input_value() == "primary care trusts"
    page.locator("text=Ask").last.click()
    assert "Pooled budgets are the form that is used most." in page.inner_text("main")


def test_day_is_set_kept_and_cleared(visit: PageVisit) -> None:
    page = visit.open(PCTS + "?status=asserted")
    page.locator("#as-of").fill("2006")
    page.keyboard.press("Enter")
    page.wait_for_url("**status=asserted&as_of=2006")
    assert "As of 2006." in page.inner_text(".note")
    page.get_by_role("link", name="Statistics").click()
    assert "as_of=2006" in page.url
    page.get_by_role("link", name="Show everything").click()
    assert "as_of" not in page.url


def test_sentence_and_its_statement_are_shown_together(visit: PageVisit) -> None:
    page = visit.open(PAPER)
    sentence = page.locator(".says", has_text="Lord Warner")
    sentence.locator("a.ref").focus()
    assert "Lord Warner" in page.locator(".notes li.near").inner_text()
    page.keyboard.press("Enter")
    note = page.locator(".notes li:target")
    assert "Lord Warner" in note.inner_text()
    note.get_by_role("link", name="Where it says so").click()
    marked = page.evaluate(
        "getComputedStyle(document.querySelector('.place:target ~ .sentence')).outlineStyle"
    )
    assert marked == "solid"


def test_neighbour_in_the_picture_leads_to_its_page(visit: PageVisit) -> None:
    page = visit.open(PCTS)
    link = page.locator("svg.neighbours a", has_text="Audit Commission")
    link.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/id/organisation/body-audit-commission")
    page.get_by_role("link", name="Open the interactive network here").click()
    page.wait_for_selector("html[data-ready]")
    assert page.inner_text("#panel h2") == "Audit Commission"


def test_pages_work_without_script(browser: Browser, address: str) -> None:
    with open_visit(browser, address, java_script_enabled=False) as visit:
        page = visit.open("/")
        page.locator("#find").fill("torbay care trust")
        page.locator(".find button").click()
        page.locator("main").get_by_role("link", name="Torbay Care Trust").first.click()
        assert page.locator("h1").inner_text() == "Torbay Care Trust"
        page.locator("#as-of").fill("2004")
        page.locator(".day button").click()
        assert "It did not exist yet." in page.locator("main").inner_text()
        visit.open("/questions/partners?body=primary+care+trusts")
        page.get_by_role("link", name="partner", exact=False).first.click()
        assert page.locator("th[aria-sort]").count() == 1


def test_bars_and_lines_are_seen_in_colours_of_the_reader(browser: Browser, address: str) -> None:
    with open_visit(browser, address, forced_colors="active") as visit:
        page = visit.open("/questions/most-connected")
        script = "[...document.querySelectorAll('.measure rect')].map((bar) => getComputedStyle(bar).fill)[0]"
        ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
        assert page.evaluate(script) != ground
        page = visit.open(PCTS)
        line = page.evaluate("getComputedStyle(document.querySelector('.neighbours .line')).stroke")
        assert line != ground


def test_hostile_names_do_nothing(browser: Browser, hostile_built: Path) -> None:
    paths = (
        "/",
        "/?q=script",
        "/id/organisation/hub",
        "/id/document/one",
        "/id/claim/000001",
        "/id/evidence/000003-0",
    )
    others = (
        "/id/organisation/other-16",
        "/compare?a=cgi:organisation/hub&b=cgi:organisation/other-16",
        "/statistics",
    )
    with serve_app(make_app(hostile_built)) as address:
        for look in ("narrow", "light"):
            with open_visit(browser, address, **LOOKS[look]) as visit:
                for path in (*paths, *others) if look == "light" else paths[2:4]:
                    page = visit.open(path)
                    assert page.evaluate("window.hacked") is None
                    assert page.locator("main").is_visible()
                    width = page.evaluate("document.documentElement.scrollWidth")
                    assert width <= visit.page.viewport_size["width"], (look, path, width)  # type: ignore[index]
                if look == "light":
                    visit.page.locator("#find").press_sequentially("N 1")
                    expect(visit.page.locator("#find-list [role=option]").first).to_be_visible()
                    assert visit.page.evaluate("window.hacked") is None
