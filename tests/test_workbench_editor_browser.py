"""The query editor in a real browser: typed in, completed, run, looked at, shared and stopped."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import psutil
import pytest
from playwright.sync_api import Browser, Route

from graph.questions import list_questions
from tests.editor_visits import (
    COUNTS,
    PARTNERS,
    RESULTS,
    STATUS_OF_ERRORS,
    TORBAY,
    EditorVisit,
    open_editor,
)

pytestmark = pytest.mark.browser

CG = "PREFIX cg: <https://w3id.org/caregraph/ontology#>\n"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


def test_table_has_names_links_order_filter_and_pages(editor: EditorVisit) -> None:
    editor.run("SELECT ?body ?code { ?body cg:registerCode|skos:notation ?code } ORDER BY ?code LIMIT 120")
    assert editor.text("#said").startswith("120 rows in ")
    assert len(editor.texts(f"{RESULTS} tbody tr")) == 50
    assert editor.text(".pager").endswith("1 to 50 of 120")
    editor.page.click(".pager button:has-text('Next')")
    editor.page.wait_for_selector(".pager:has-text('51 to 100')")
    assert editor.page.evaluate("document.activeElement.textContent") == "Next"
    editor.page.select_option(f"{RESULTS} select", "500")
    editor.page.wait_for_selector(".pager:has-text('1 to 120 of 120')")
    editor.run(COUNTS)
    editor.page.click("thead button:has-text('number')")
    editor.page.wait_for_selector("th[aria-sort=ascending]")
    numbers = [int(text) for text in editor.texts("td.number")]
    assert numbers == sorted(numbers)
    editor.page.fill("[aria-label='Filter rows']", "pools a")
    editor.page.wait_for_selector(".pager:has-text('that match')")
    assert editor.texts("tbody td a") == ["pools a budget with"]
    assert editor.page.locator("tbody td a").get_attribute("href") == "/ontology#poolsBudgetWith"
    editor.page.uncheck("[type=checkbox]")
    editor.page.wait_for_selector("tbody:has-text('cg:poolsBudgetWith')", state="detached")


def test_addresses_lead_to_our_pages_and_only_web_addresses_lead_elsewhere(editor: EditorVisit) -> None:
    terms = [
        TORBAY,
        "<https://example.org/a?b#c>",
        "<javascript:alert(1)>",
        "<data:text/html,a>",
        "<urn:x:y>",
    ]
    editor.run(f"SELECT ?x {{ VALUES ?x {{ {' '.join(terms)} }} }}")
    links = editor.page.locator(f"{RESULTS} td a").evaluate_all(
        "all => all.map((a) => a.getAttribute('href'))"
    )
    assert links == ["/id/organisation/ct-TAL", "https://example.org/a?b#c"]
    assert len(editor.texts(f"{RESULTS} td")) == 5


def test_numbers_become_a_chart(editor: EditorVisit) -> None:
    editor.run(COUNTS)
    rows = len(editor.texts("tbody tr"))
    editor.view("chart")
    assert editor.page.locator(".chart rect").count() == rows
    assert "works with" in str(editor.page.text_content(".chart"))
    editor.run("SELECT ?x { ?x a cg:CareTrust } LIMIT 3")
    assert editor.page.locator(".select_chart").is_disabled()


def test_triples_become_a_picture_and_a_table(editor: EditorVisit) -> None:
    editor.run(PARTNERS)
    triples = len(editor.texts("tbody tr"))
    editor.view("network")
    editor.page.wait_for_selector(".picture canvas")
    assert f"{triples} lines" in editor.text(".view-tools")
    inks = """() => { const c = document.querySelector('.picture canvas');
        const { data } = c.getContext('2d').getImageData(0, 0, c.width, c.height);
        return new Set(new Uint32Array(data.buffer)).size; }"""
    assert editor.page.evaluate(inks) > 4
    editor.page.select_option(".view-tools select", label="Torbay Council")
    assert editor.text(".about-node h2") == "Torbay Council"
    assert "works with" in editor.text(".about-node dl")
    assert editor.page.locator(".about-node h2 a").get_attribute("href") == "/id/organisation/la-tob"


def test_picture_is_bounded(editor: EditorVisit) -> None:
    editor.run("CONSTRUCT { ?a skos:broader ?b } { ?a a cg:CountyCouncil . ?b a cg:CareTrust } LIMIT 900")
    editor.run("CONSTRUCT WHERE { ?a a ?b ; cg:region ?c }")
    editor.view("network")
    editor.page.wait_for_selector(".picture canvas", timeout=15_000)
    assert re.match(r"Showing 300 of [\d,]+ nodes", editor.text(".view-tools [role=status]"))


def test_yes_or_no_and_raw(editor: EditorVisit) -> None:
    editor.run("ASK { ?x a cg:Claim }")
    assert editor.text(RESULTS) == "Yes: the graph has it."
    editor.run("SELECT (1 AS ?one) {}")
    editor.view("raw")
    assert json.loads(editor.text("pre.raw"))["results"]["bindings"][0]["one"]["value"] == "1"


def test_csv_holds_all_rows_and_no_formula(editor: EditorVisit, tmp_path: Path) -> None:
    cells = {
        "1": "1",
        "-5": "-5",
        '"=1+1"': "'=1+1",
        '"+a"': "'+a",
        '"-b"': "'-b",
        '"@c"': "'@c",
        '" =d"': "' =d",
        '"\\t=e"': "'\t=e",
        '"\uff1df"': "'\uff1df",
        '"a \\"quote\\", a comma"': 'a "quote", a comma',
        '"two\\nlines"': "two\nlines",
        "cg:funds": "https://w3id.org/caregraph/ontology#funds",
    }
    editor.run(f"SELECT ?x ?y {{ VALUES ?x {{ {' '.join(cells)} }} }}")
    editor.page.select_option(f"{RESULTS} select", "25")
    with editor.page.expect_download() as saved:
        editor.page.click("button:has-text('Download CSV')")
    saved.value.save_as(tmp_path / "answer.csv")
    with (tmp_path / "answer.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file, strict=True))
    assert rows == [["x", "y"], *([cell, ""] for cell in cells.values())]


def test_link_opens_the_query_in_a_tab_of_its_own_and_waits(browser: Browser, editor_address: str) -> None:
    query = "# größer & + #\nASK { ?x ?y '100 % = ?' }"
    with open_editor(browser, editor_address) as editor:
        editor.open().write(query)
        editor.page.click("#open-share")
        link = editor.page.input_value("#share-link")
    with open_editor(browser, editor_address) as editor:
        editor.open().write("ASK {}")
        editor.open(link.removeprefix(editor_address))
        assert editor.query() == query
        editor.page.wait_for_selector("#said:has-text('press Run')")
        assert "/sparql" not in editor.asked
        assert len(editor.texts("[role=tab]")) == 2
        editor.page.click("#run")
        editor.wait()
        assert "/sparql" in editor.asked
        editor.open(link.removeprefix(editor_address))
        assert len(editor.texts("[role=tab]")) == 2  # opened again, it is the same tab


def test_example_opens_and_runs(editor: EditorVisit) -> None:
    editor.page.click("#open-examples")
    editor.page.wait_for_selector("#examples[open]")
    assert len(editor.texts("#example-list li")) >= len(list_questions()) + 3
    editor.page.fill("#filter-examples", "works with whom")
    editor.page.click("#example-list li:not([hidden]) button")
    editor.page.wait_for_selector(".picture canvas")
    assert editor.query().startswith("# Draw who works with whom")
    editor.page.click("#open-examples")
    editor.page.wait_for_selector("#examples[open]")
    editor.page.fill("#filter-examples", "partners body works")
    editor.page.click("#example-list li:not([hidden]) >> text='Who works with BODY, and what says so?'")
    editor.wait()
    assert "VALUES ?body { UNDEF }" in editor.query()
    assert "Torbay Council" in editor.text(RESULTS)


def test_wrong_query_is_marked_and_explained(editor: EditorVisit) -> None:
    editor.write("SELECT ?x {\n  ?x cg:funds\n}")
    editor.page.click("#run")
    editor.page.wait_for_selector(f"{RESULTS} .problem")
    assert "The query cannot be read" in editor.text(".problem")
    assert "Line 3" in editor.text(".problem")
    assert editor.page.locator(".problem-line").count() == 1
    assert editor.page.locator(".line-mark").first.get_attribute("title")
    editor.problems[:] = [one for one in editor.problems if STATUS_OF_ERRORS not in one]
    editor.run("ASK {}")
    assert editor.page.locator(".problem-line").count() == 0


PROBLEMS = [
    ("time-limit", 504, "Stopped: it took too long"),
    ("memory-limit", 503, "Stopped: it needed too much memory"),
    ("answer-limit", 503, "Stopped: the answer is too long"),
    ("busy", 503, "The server is busy"),
    ("refused-query", 403, "The query is refused"),
    ("something-else", 500, "Title of it"),
]


def refuse(editor: EditorVisit, status: int, problem: dict[str, object]) -> None:
    def answer(route: Route) -> None:
        route.fulfill(status=status, json=problem, content_type="application/problem+json")

    editor.page.route("**/sparql", answer)
    editor.page.click("#run")
    editor.page.wait_for_selector(f".problem:has-text('{problem['reason']}')")
    editor.page.unroute("**/sparql")


def test_each_problem_is_told_in_words(editor: EditorVisit) -> None:
    for reason, status, title in PROBLEMS:
        detail = f"what helps <b>with</b> {reason}"
        refuse(editor, status, {"title": "Title of it", "detail": detail, "reason": reason})
        assert editor.texts(".problem h2, .problem p") == [title, detail]
    editor.page.route("**/sparql", lambda route: route.abort())
    editor.page.click("#run")
    editor.page.wait_for_selector(".problem:has-text('The server does not answer')")
    editor.page.unroute("**/sparql")
    editor.problems.clear()


def busy_children() -> set[int]:
    return {child.pid for child in psutil.Process().children(recursive=True) if "chrom" not in child.name()}


def test_stop_ends_the_query_on_the_server(editor: EditorVisit) -> None:
    editor.run("ASK {}")
    before = busy_children()
    editor.write(ENDLESS)
    editor.page.click("#run")
    editor.page.wait_for_selector("#stop:not([disabled])")
    editor.page.wait_for_timeout(500)
    editor.page.click("#stop")
    editor.page.wait_for_selector(f"{RESULTS} .problem:has-text('Stopped')")
    for _ in range(50):
        if before - busy_children():
            break
        editor.page.wait_for_timeout(100)
    assert before - busy_children(), "the worker is still there"
    editor.run("ASK {}")
    assert editor.text(RESULTS).startswith("Yes")


def test_page_says_that_there_are_more_rows(editor: EditorVisit) -> None:
    editor.run("SELECT ?a ?d { ?a a cg:CountyCouncil . ?d a ?e }")
    assert editor.text("#said").startswith("The first 10,000 rows in ")
    assert "There are more rows" in editor.text("#said")
