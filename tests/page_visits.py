"""Visits to the network page in a real browser, offline, from a file: what all tests of the page share."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pyoxigraph as ox
import pytest
from playwright.sync_api import Browser, Dialog, Page, Request, sync_playwright

from graph.draw import draw_network, write_page
from graph.network import project_network
from tests.network_store import StoreMaker, make_store

HOSTILE = [
    "<script>window.hacked = 1</script>",
    "<img src=x onerror='window.hacked = 1'>",
    "</script><script>window.hacked = 1</script>",
    "<!-- <script> unclosed",
    "]]><svg onload=window.hacked=1>",
    "\"'><iframe srcdoc='<script>parent.hacked=1</script>'>",
    "<a href='javascript:window.hacked=1'>href</a>",
    "{{ constructor.constructor('window.hacked=1')() }}",
    "line\u2028separator\u2029paragraph",
    "right \u202eto left\u2066 never closed",
    "</style></title><base href='https://example.org/'>",
    "__proto__",
    "constructor",
    "\u0000\u0007control\u009f",
    "<style>body{display:none}</style>",
    "\U0001d518\U0001d52b\U0001d526 \U0001f469\u200d\u2695\ufe0f \U0010fffd",
    "A" * 10_000,
]


CHROMIUMS = ("chromium-headless-shell", "chromium", "chromium-browser")
"""The first has all that shows a page and no window around it: a test of a page takes half the time."""


def find_chromium() -> str:
    named = os.environ.get("CAREGRAPH_CHROMIUM")
    found = named or next(filter(None, map(shutil.which, CHROMIUMS)), None)
    if found is None and os.environ.get("CI"):
        pytest.fail("the page must be tested here: install chromium or set CAREGRAPH_CHROMIUM")
    if found is None:
        pytest.skip("needs chromium (or its path in CAREGRAPH_CHROMIUM)")
    return found


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = find_chromium()
    with sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield started
        started.close()


class Visit:
    """A page open from a file with the network off, and all that went wrong in it."""

    def __init__(self, browser: Browser, path: Path, **options: object) -> None:
        settings = {"viewport": {"width": 1400, "height": 900}, **options}
        self.context = browser.new_context(offline=True, **settings)  # type: ignore[arg-type]
        self.page: Page = self.context.new_page()
        self.problems: list[str] = []
        self.page.on("console", lambda message: self.problems.append(f"console: {message.text}"))
        self.page.on("pageerror", lambda error: self.problems.append(f"error: {error.stack}"))
        self.page.on("dialog", self.refuse)
        self.page.on("request", lambda request: self.requested(request.url))
        self.refused: list[str] = []  # addresses that the policy kept the page from asking
        self.page.on("requestfailed", self.note_refusal)
        self.page.goto(path.as_uri())
        self.page.wait_for_selector("html[data-ready]")
        self.settle()

    def settle(self) -> None:
        """Wait until the picture is drawn: moves and drawings are put off to the next frames."""
        frames = (
            "(done) => requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(done)))"
        )
        self.page.evaluate(f"() => new Promise({frames})")

    def refuse(self, dialog: Dialog) -> None:
        self.problems.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def note_refusal(self, request: Request) -> None:
        if request.failure == "csp":
            self.refused.append(request.url)

    def requested(self, url: str) -> None:
        if not url.startswith(("file:", "data:", "about:")):
            self.problems.append(f"request: {url}")

    def click_centre(self, move: float = 0.0) -> None:
        box = self.page.locator("#picture").bounding_box()
        assert box
        self.page.mouse.click(box["x"] + box["width"] / 2 + move, box["y"] + box["height"] / 2)

    def text(self, selector: str) -> str:
        return self.page.locator(selector).inner_text()


@pytest.fixture
def visit(browser: Browser, tmp_path: Path) -> Iterator[Visit]:
    """Open the page of the small graph; after the test nothing may have gone wrong."""
    with open_store(browser, tmp_path, make_store()) as opened:
        yield opened


@contextmanager
def open_store(browser: Browser, folder: Path, store: ox.Store, **options: object) -> Iterator[Visit]:
    write_page(draw_network(project_network(store)), folder / "network.html", title="Test network")
    visit = Visit(browser, folder / "network.html", **options)
    yield visit
    assert visit.problems == []
    visit.context.close()


def make_pair(status: str = "asserted") -> ox.Store:
    """Return a graph of two bodies and two statements between them: one line across the middle."""
    maker = StoreMaker()
    maker.document("one", title="The only document", date="2005-10", link="https://example.org/doc")
    a = maker.entity("one", "organisation/a", "named", type="CareTrust", name="Alpha Trust")
    b = maker.entity("one", "organisation/b", "named", type="CountyCouncil", name="Beta Council")
    maker.claim("one", (a, "funds", b), ["Alpha pays Beta.", "Beta is paid."], status=status)
    maker.claim("one", (a, "directs", b), ["Alpha tells Beta what to do."], status=status)
    return maker.store


@pytest.fixture
def pair(browser: Browser, tmp_path: Path) -> Iterator[Visit]:
    with open_store(browser, tmp_path, make_pair("proposed")) as opened:
        yield opened


def open_filters(visit: Visit) -> None:
    toggle = visit.page.locator("#toggle-filters")
    if toggle.is_visible() and toggle.get_attribute("aria-expanded") == "false":
        toggle.click()
    visit.page.evaluate("document.querySelectorAll('#filters details').forEach((one) => (one.open = true))")


def follow(visit: Visit, address: str) -> None:
    visit.page.evaluate("(address) => (location.hash = address)", address)
    visit.page.wait_for_timeout(50)  # the page reads its address


def search_for(visit: Visit, text: str) -> None:
    visit.page.fill("#search", text)


def open_guide(visit: Visit) -> None:
    visit.page.click("#help")
    visit.page.evaluate("document.querySelectorAll('#panel details').forEach((one) => (one.open = true))")


def open_share(visit: Visit) -> None:
    if visit.page.locator("#share").count():
        visit.page.click("#share")


TRUST_ID, COUNCIL_ID = "organisation/ct-TBX", "organisation/exmoor-county-council"

STATES: dict[str, Callable[[Visit], None]] = {
    "start": lambda visit: None,
    "filters": open_filters,
    "search": lambda visit: search_for(visit, "tr"),
    "search without result": lambda visit: search_for(visit, "zzz"),
    "body": lambda visit: follow(visit, f"body={TRUST_ID}"),
    "line": lambda visit: follow(visit, f"line={TRUST_ID}~{COUNCIL_ID}~asserted"),
    "way": lambda visit: follow(visit, f"way=person/ann-lee~{COUNCIL_ID}"),
    "near": lambda visit: follow(visit, f"near=1~{TRUST_ID}"),
    "guide": open_guide,
    "table": lambda visit: follow(visit, "view=table"),
    "table and body": lambda visit: follow(visit, f"view=table&body={TRUST_ID}"),
    "nothing left": lambda visit: follow(visit, "statuses=asserted~negated~proposed"),
    "share": open_share,
}
"""The page of the small graph as a reader may have it, and how it comes to be so."""


MAIN_STATES = ("start", "filters", "body", "guide", "table and body")


def walk_states(visit: Visit, names: Iterable[str] = tuple(STATES)) -> Iterator[str]:
    """Bring the page into one state after another, each from a fresh start."""
    address = visit.page.url
    for name in names:
        visit.page.goto("about:blank")
        visit.page.goto(address)
        visit.page.wait_for_selector("html[data-ready]")
        STATES[name](visit)
        yield name


def count_inks(visit: Visit) -> int:
    """Return the number of distinct colours in the picture."""
    script = """() => { const c = document.querySelector('#picture canvas');
        const d = new Uint32Array(c.getContext('2d').getImageData(0, 0, c.width, c.height).data.buffer);
        return new Set(d).size; }"""
    visit.settle()
    return int(visit.page.evaluate(script))


def count_pixels(visit: Visit, color: tuple[int, int, int]) -> int:
    """Return how much of the picture has exactly that colour."""
    script = """(color) => { const c = document.querySelector('#picture canvas');
        const d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data;
        let n = 0;
        for (let i = 0; i < d.length; i += 4) n += color.every((part, j) => d[i + j] === part);
        return n; }"""
    visit.settle()
    return int(visit.page.evaluate(script, list(color)))
