"""What the network page says when there is nothing to show, or when it cannot be shown."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from pyvis.network import Network

from graph.draw import draw_network, render_page, write_page
from graph.network import project_network
from tests.network_store import make_store
from tests.page_visits import Visit, open_guide

pytestmark = pytest.mark.browser

PLAIN = '<script type="application/json" id="content">'
PACKED = '<script type="application/json" id="content" data-encoding="gzip">'


def cut_short(page: str) -> str:
    place = page.index(PLAIN)
    return page[: place + 500] + "</script>" + page[page.index("<script>", place) :]


def pack_badly(page: str) -> str:
    place = page.index(PLAIN)
    return page[:place] + PACKED + "H4sIAAAA no gzip</script>" + page[page.index("<script>", place) :]


@pytest.mark.parametrize(
    ("spoil", "missing", "words"),
    [
        (cut_short, "", "damaged or not whole; please ask for it again"),
        (pack_badly, "", "damaged or not whole; please ask for it again"),
        (pack_badly, "DecompressionStream", "too old to unpack it; please open it with a newer one"),
        (str, "matchMedia", "Please tell whoever sent it to you"),
    ],
    ids=["content cut short", "packed content damaged", "old browser", "failure of our own"],
)
def test_page_that_cannot_be_shown_says_why(
    browser: Browser, tmp_path: Path, spoil: Callable[[str], str], missing: str, words: str
) -> None:
    text = render_page(draw_network(project_network(make_store())))
    page = browser.new_page(offline=True)
    if missing:
        page.add_init_script(f"delete window.{missing}")
    show(page, tmp_path, spoil(text))
    page.wait_for_selector("#failure:not([hidden])")
    assert words in page.locator("#failure").inner_text()
    assert page.get_by_role("alert").count() == 1
    assert not page.locator("#waiting").is_visible()
    page.context.close()


def show(page: Page, folder: Path, text: str) -> None:
    (folder / "spoilt.html").write_text(text, encoding="utf-8")
    page.goto((folder / "spoilt.html").as_uri())


def test_page_without_script_says_what_it_needs(browser: Browser, tmp_path: Path) -> None:
    write_page(draw_network(project_network(make_store())), tmp_path / "network.html", title="The title")
    page = browser.new_page(offline=True, java_script_enabled=False)
    page.goto((tmp_path / "network.html").as_uri())
    assert page.locator("h1").inner_text() == "The title"
    assert "allow scripts for this file" in page.locator("main").inner_text()
    for dead in ("#search", "#help", "#zoom-in"):
        assert not page.locator(dead).is_visible(), "what does nothing is not offered"
    page.context.close()


def test_page_whose_script_never_ends_says_what_may_be_the_matter(browser: Browser, tmp_path: Path) -> None:
    """As in a browser that is too old to read the script at all."""
    text = render_page(draw_network(project_network(make_store())))
    page = browser.new_page(offline=True)
    show(page, tmp_path, text.replace('"use strict";', '"use strict"; not a script;', 1))
    page.wait_for_selector("#waiting", state="visible")
    assert "this browser is too old to draw it" in page.locator("#waiting").inner_text()
    page.context.close()


@pytest.mark.parametrize(
    ("bodies", "words", "count"),
    [
        (0, "no body was found", "Showing 0 of 0 bodies and 0 of 0 statements"),
        (1, "no lines to draw", "Showing 1 of 1 bodies and 0 of 0 statements"),
        (3, "no lines to draw", "Showing 3 of 3 bodies and 0 of 0 statements"),
    ],
)
def test_page_with_nothing_said_says_so_and_works(
    browser: Browser, tmp_path: Path, bodies: int, words: str, count: str
) -> None:
    drawn = Network(directed=True)
    for number in range(bodies):
        drawn.add_node(number, label=f"body {number}")
    write_page(drawn, tmp_path / "network.html")
    visit = Visit(browser, tmp_path / "network.html")
    assert words in visit.text("#empty")
    assert visit.text("#count") == count
    visit.page.locator("#picture").focus()
    for key in ("n", "Shift+ArrowRight", "Enter", "Escape", "0", "+"):
        visit.page.keyboard.press(key)
    for name in ("#show-table", "#show-picture", "#zoom-fit", "#reset"):
        visit.page.click(name)
    open_guide(visit)
    assert visit.problems == []
    visit.context.close()


def test_page_with_statements_says_nothing_of_the_kind(visit: Visit) -> None:
    for name in ("#empty", "#failure", "#waiting"):
        assert visit.page.locator(name).is_hidden()
