"""Pages of a hostile build in a real browser: no script of it runs, no element or attribute is its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser
from pyoxigraph import Literal, NamedNode, Store

from graph.explain_page import write_explanation
from graph.knowledge import KnowledgeGraph
from graph.pipeline import explain_document
from graph.serve import make_app
from graph.store import write_store
from graph.terms import OWL, PROV, SKOS
from graph.vocabulary import GRAPH
from tests.injected_site import keep_sound, list_payloads
from tests.network_store import Facts, StoreMaker
from tests.server_visits import serve_app
from tests.workbench_visits import open_visit

pytestmark = [pytest.mark.promise, pytest.mark.browser]

INSPECT = """(html) => {
  const held = html === null ? document : new DOMParser().parseFromString(html, 'text/html');
  const all = [...held.querySelectorAll('*')];
  const count = (list) => list.reduce((found, one) => ({ ...found, [one]: (found[one] ?? 0) + 1 }), {});
  const attributes = all.flatMap((one) => one.getAttributeNames());
  const leading = ['href', 'src', 'action', 'formaction', 'data', 'poster', 'background'];
  const leads = all.flatMap((one) => leading.map((name) => one.getAttribute(name)));
  const own = /^(#|\\?|\\/(?![\\/\\\\])|https?:\\/\\/|data:,$|blob:)/;
  const known = ['application/json', 'application/octet-stream'];
  return {
    hacked: window.hacked ?? null,
    elements: count(all.map((one) => one.localName)),
    attributes: count(attributes),
    handlers: attributes.filter((name) => name.startsWith('on') || name === 'srcdoc'),
    leads: leads.filter((lead) => lead !== null && !own.test(lead)),
    scripts: [...held.scripts].filter((one) => !one.src && !known.includes(one.type)).length,
  };
}"""
FETCH = """async (paths) => {
  const pages = {};
  for (const path of paths) {
    pages[path] = await (await fetch(path, { headers: { accept: 'text/html' } })).text();
  }
  return pages;
}"""
LOADED = (
    *("/", "/?q=script", "/id/organisation/ct-TAL", "/id/document/000.md", "/id/document/031.md"),
    "/downloads",
)
FETCHED = (
    *("/questions/documents?limit=0", "/questions/bodies?limit=0", "/questions/unresolved", "/statistics"),
    *("/questions/partners?body=Torbay+Council", "/questions/said-of?body=TAL", "/compare?a=TAL&b=la%3Atob"),
)


def check_page(found: dict[str, Any], *, scripts: int = 0) -> None:
    assert found["hacked"] is None
    assert found["handlers"] == []
    assert found["leads"] == []
    assert found["scripts"] == scripts
    assert not {"iframe", "object", "embed", "base", "frame", "math"} & found["elements"].keys()


def test_files_of_a_hostile_build_run_nothing(browser: Browser, injected: Path, tmp_path: Path) -> None:
    """The report, the network and the explanation of a document, opened as files."""
    for number in ("000", "008", "031"):
        explanation = explain_document(str(injected / "documents" / f"{number}.md"))
        write_explanation(explanation, tmp_path / f"{number}.html")
    cell = KnowledgeGraph.open(injected / "out").ask("documents", limit="0")._repr_html_()
    (tmp_path / "cell.html").write_text(f"<!doctype html><meta charset=utf-8>{cell}", encoding="utf-8")
    files = [*sorted(tmp_path.glob("*.html")), *sorted((injected / "out").glob("*.html"))]
    with open_visit(browser, "file://") as visit:
        for path in files:
            visit.open(str(path))
            if path.name == "network.html":
                visit.page.wait_for_selector("html[data-ready]")
            found = visit.page.evaluate(INSPECT, None)
            check_page(found, scripts=int(path.name == "network.html"))
        report = (injected / "out" / "report.html").read_text("utf-8")
    assert "{{7*7}}" in report
    assert "&lt;script&gt;window.hacked=1" in report


def test_pages_of_a_hostile_build_run_nothing(browser: Browser, injected: Path) -> None:
    documents = [f"/id/document/{number:03}.md" for number in range(1, len(list_payloads()), 4)]
    named = [quote(path.name) for path in sorted((injected / "documents" / "named").iterdir())[1::7]]
    searched = [f"/?q={quote(keep_sound(payload))}" for payload in list_payloads()[::5]]
    with serve_app(make_app(injected / "out")) as address, open_visit(browser, address) as visit:
        for path in LOADED:
            visit.open(path)
            check_page(visit.page.evaluate(INSPECT, None))
        fetched = visit.page.evaluate(FETCH, [*FETCHED, *documents, *named, *searched])
        for path, page in fetched.items():
            found = visit.page.evaluate(INSPECT, page)
            check_page(found)
            assert found["elements"].get("h1"), path


def make_graph(texts: list[str]) -> Store:
    """Make a graph of other hands: each text is a name, an alias, a title, a role, a quote and a note."""
    maker = StoreMaker()
    paper = maker.document("one", title=texts[0], date="2005", link="https://example.org/")
    hub = maker.entity("one", "organisation/hub", "named", type="CareTrust", name=texts[1], aliases=texts[:3])
    for number, text in enumerate(texts):
        key = f"organisation/other-{number:02}"
        other = maker.entity("one", key, "named", type="CountyCouncil", name=text, aliases=[f"{text} 2"])
        status = ("asserted", "proposed", "negated")[number % 3]
        claim = maker.claim("one", (hub, "worksWith", other), [text], role=text, status=status)
        maker.add(claim, [(PROV + "wasDerivedFrom", NamedNode(paper))], GRAPH + "document/one")
        maker.add(other, [(SKOS + "note", Literal(text, language="en"))], GRAPH + "document/one")
    for address in (
        "javascript:window.hacked=1",
        "data:text/html,x",
        "vbscript:x",
        "https://example.org/same",
    ):
        links: Facts = [(SKOS + "exactMatch", NamedNode(address)), (OWL + "sameAs", NamedNode(address))]
        maker.add(hub, links, GRAPH + "document/one")
    return maker.store


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """Serve two graphs of one shape: one hostile, one of plain words."""
    payloads = list_payloads("markup", "template", "address", "xml")
    hostile = [f"{' '.join(keep_sound(text).split())} {n:02}" for n, text in enumerate(payloads)]
    plain = [re.sub(r"[^ ]", "w", text[:-2]) + text[-2:] for text in hostile]
    addresses = []
    for texts in (hostile, plain):
        write_store(out := tmp_path_factory.mktemp("pair") / "out", list(make_graph(texts)))
        addresses.append(serve_app(make_app(out)))
    with addresses[0] as one, addresses[1] as other:
        yield one, other


def test_a_page_has_the_elements_that_harmless_words_give_it(browser: Browser, pair: tuple[str, str]) -> None:
    claims = [f"/id/claim/{number:06}" for number in range(1, 8)]
    bodies = [f"/id/organisation/{name}" for name in ("hub", "other-00", "other-03", "other-07")]
    paths = [*bodies, *claims, "/id/document/one", "/id/evidence/000001-0", "/downloads", "/statistics", "/"]
    paths += ["/questions/partners?body=hub", "/compare?a=hub&b=other-00", "/questions/document?document=one"]
    shapes = []
    for address in pair:
        with open_visit(browser, address) as visit:
            visit.open("/id/organisation/hub")
            fetched = visit.page.evaluate(FETCH, paths)
            shapes.append({path: visit.page.evaluate(INSPECT, page) for path, page in fetched.items()})
    for path in paths:
        one, other = (shape[path] for shape in shapes)
        check_page(one)
        assert one["elements"] == other["elements"], path
        assert one["attributes"] == other["attributes"], path
    assert shapes[0]["/id/organisation/hub"]["elements"]["a"] > 20
