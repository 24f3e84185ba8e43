"""Visits to the query editor of a running server, in a real browser that may reach nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Dialog, Page, Request
from pyoxigraph import Literal, NamedNode, Quad

from graph.serve import make_app
from graph.store import write_store
from graph.terms import RDF, SKOS
from graph.vocabulary import CG, GRAPH, ID
from tests.page_visits import HOSTILE
from tests.sample_graph import sample_quads
from tests.server_visits import serve_app

EDITOR = ".tabPanel.active .CodeMirror"
RESULTS = ".tabPanel.active .yasr_results"
TORBAY = "<https://w3id.org/caregraph/id/organisation/ct-TAL>"
PARTNERS = (
    "CONSTRUCT { ?one cg:worksWith ?other } "
    "{ ?one cg:worksWith ?other FILTER(!CONTAINS(STR(?one), 'hostile')) }"
)
COUNTS = (
    "SELECT ?relation (COUNT(*) AS ?number) { ?claim cg:predicate ?relation } "
    "GROUP BY ?relation ORDER BY DESC(?number) ?relation"
)
STATUS_OF_ERRORS = "Failed to load resource: the server responded with a status of"
"""What Chromium itself notes where a query is refused."""


def hostile_quads() -> Iterator[Quad]:
    """Give bodies that are called what a page must never execute, each linked to the next."""
    place = NamedNode(GRAPH + "document/hostile")
    for number, name in enumerate(HOSTILE):
        node, other = (NamedNode(f"{ID}organisation/hostile-{one}") for one in (number, number + 1))
        yield Quad(node, NamedNode(RDF + "type"), NamedNode(CG + "Organisation"), place)
        yield Quad(node, NamedNode(SKOS + "prefLabel"), Literal(f"Hostile {name}"), place)
        yield Quad(node, NamedNode(CG + "worksWith"), other, place)


def write_sample(out: Path) -> Path:
    """Write the store of the sample papers, the register and the hostile names."""
    write_store(out, [*sample_quads(), *hostile_quads()])
    return out


class EditorVisit:
    """The editor open in a browser, and all that went wrong in it."""

    def __init__(self, browser: Browser, address: str, **options: Any) -> None:
        self.address = address
        self.context = browser.new_context(**{"viewport": {"width": 1280, "height": 900}, **options})
        self.problems: list[str] = []
        self.asked: list[str] = []
        self.page: Page = self.context.new_page()
        self.page.on("console", lambda message: self.problems.append(f"console: {message.text}"))
        self.page.on("pageerror", lambda error: self.problems.append(f"error: {error.stack}"))
        self.page.on("dialog", self.refuse)
        self.page.on("request", self.note)

    def refuse(self, dialog: Dialog) -> None:
        self.problems.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def note(self, request: Request) -> None:
        if request.url.startswith(self.address):
            self.asked.append(request.url.removeprefix(self.address))
        elif not request.url.startswith(("data:", "blob:", "about:")):
            self.problems.append(f"request: {request.url}")

    def open(self, path: str = "/editor") -> EditorVisit:
        self.page.goto("about:blank")
        self.page.goto(self.address + path)
        self.page.wait_for_selector("html[data-ready]")
        return self

    def write(self, query: str) -> None:
        script = "([place, query]) => document.querySelector(place).CodeMirror.setValue(query)"
        self.page.evaluate(script, [EDITOR, query])

    def query(self) -> str:
        return str(
            self.page.evaluate("(place) => document.querySelector(place).CodeMirror.getValue()", EDITOR)
        )

    def type(self, text: str) -> None:
        """Write a query whose last three letters come by keyboard, and wait for what is offered."""
        self.write(text[:-3])
        focus = (
            "(place) => { const editor = document.querySelector(place).CodeMirror;"
            " editor.focus(); editor.execCommand('goDocEnd'); }"
        )
        self.page.evaluate(focus, EDITOR)
        self.page.keyboard.type(text[-3:])
        self.page.wait_for_timeout(150)  # what is offered follows the letters, a frame later

    def run(self, query: str = "") -> None:
        if query:
            self.write(query)
        self.page.click("#run")
        self.wait()

    def wait(self) -> None:
        """Wait until the answer is shown."""
        self.page.wait_for_selector("#stop[disabled]")
        self.page.wait_for_selector("#said:not(:empty)")
        self.page.wait_for_selector(f"{RESULTS} > *")
        self.page.wait_for_timeout(60)  # the view fetches names

    def view(self, name: str) -> None:
        self.page.click(f".tabPanel.active .select_{name}")
        self.page.wait_for_selector(f".tabPanel.active .select_{name}[aria-pressed=true]")
        self.page.wait_for_timeout(60)

    def text(self, selector: str) -> str:
        return self.page.locator(selector).first.inner_text()

    def texts(self, selector: str) -> list[str]:
        return self.page.locator(selector).all_inner_texts()


@contextmanager
def open_editor(browser: Browser, address: str, **options: Any) -> Iterator[EditorVisit]:
    """Open a visit; in the end nothing may have gone wrong."""
    visit = EditorVisit(browser, address, **options)
    yield visit
    assert visit.problems == []
    visit.context.close()


@pytest.fixture(scope="session")
def editor_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_sample(tmp_path_factory.mktemp("editor"))


@pytest.fixture(scope="session")
def editor_address(editor_folder: Path) -> Iterator[str]:
    with serve_app(make_app(editor_folder)) as address:
        yield address


@pytest.fixture(scope="session")
def editor_visit(browser: Browser, editor_address: str) -> Iterator[EditorVisit]:
    """Keep one page for all tests that look at it in the usual way: it need not be fetched again."""
    visit = EditorVisit(browser, editor_address)
    yield visit
    visit.context.close()


@pytest.fixture
def editor(editor_visit: EditorVisit) -> Iterator[EditorVisit]:
    """Open the editor as a reader does who has never been there; in the end nothing may have gone wrong."""
    editor_visit.page.goto(editor_visit.address + "/compare")  # which keeps nothing
    editor_visit.page.evaluate("localStorage.clear()")
    editor_visit.problems.clear()
    editor_visit.asked.clear()
    yield editor_visit.open()
    assert editor_visit.problems == []
