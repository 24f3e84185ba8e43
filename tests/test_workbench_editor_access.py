"""The query editor for everybody and against everything: without a mouse, small, dark, with hostile names."""

from __future__ import annotations

import json
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.access_rules import find_broken_rules
from tests.editor_visits import COUNTS, EDITOR, RESULTS, EditorVisit, open_editor
from tests.page_visits import HOSTILE

pytestmark = pytest.mark.browser

HOSTILES = (
    "SELECT ?body ?name { ?body skos:prefLabel ?name FILTER(STRSTARTS(?name, 'Hostile')) } ORDER BY ?name"
)
KEPT = "caregraph_editor_config"


def test_query_is_written_run_and_left_without_a_mouse(editor: EditorVisit) -> None:
    keyboard = editor.page.keyboard
    editor.page.focus("#open-keys")
    keyboard.press("Tab")
    assert editor.page.evaluate("document.activeElement.getAttribute('aria-label')") == "SPARQL query"
    keyboard.press("Control+a")
    keyboard.type("ASK {}")
    keyboard.press("Control+Enter")
    editor.wait()
    assert editor.text(RESULTS).startswith("Yes")
    keyboard.press("Tab")
    assert editor.query().startswith("ASK {}  ")
    keyboard.press("Escape")
    keyboard.press("Tab")
    left = "!document.activeElement.closest('.CodeMirror') && document.activeElement !== document.body"
    assert editor.page.evaluate(left)
    keyboard.press("Shift+Tab")
    keyboard.press("Escape")
    keyboard.press("Shift+Tab")
    assert editor.page.evaluate("document.activeElement.id") == "open-keys"


def test_arrow_keys_walk_along_the_tabs(editor: EditorVisit) -> None:
    for _ in range(2):
        editor.page.click("#new-tab")
    chosen = "document.activeElement.getAttribute('role') + document.activeElement.innerText.split('\\n')[0]"
    editor.page.focus("[role=tab][aria-selected=true]")
    seen = []
    for key in ("ArrowRight", "ArrowRight", "ArrowLeft"):
        editor.page.keyboard.press(key)
        seen.append(editor.page.evaluate(chosen).strip())
    assert seen == ["tabQuery", "tabQuery 1", "tabQuery"]
    editor.page.keyboard.press("Enter")
    assert editor.text("[role=tab][aria-selected=true]").startswith("Query")
    editor.page.keyboard.press("Delete")
    assert len(editor.texts("[role=tab]")) == 2


def show_hints(editor: EditorVisit) -> None:
    editor.type("SELECT * { @hostile")
    editor.page.wait_for_selector(".CodeMirror-hint")


def show(query: str, view: str = "table") -> Any:
    def act(editor: EditorVisit) -> None:
        editor.run(query)
        if view != "table":
            editor.view(view)

    return act


def open_dialog(name: str) -> Any:
    def act(editor: EditorVisit) -> None:
        editor.page.click(f"#open-{name}")
        editor.page.wait_for_selector(f"#{name}[open]")

    return act


def show_node(editor: EditorVisit) -> None:
    show("CONSTRUCT WHERE { ?one cg:worksWith ?other }", "network")(editor)  # with long names
    editor.page.wait_for_selector(".picture canvas")
    editor.page.select_option(".view-tools select", index=1)


STATES: dict[str, Any] = {
    "start": lambda editor: None,
    "table": show(HOSTILES),
    "chart": show(COUNTS, "chart"),
    "raw": show(COUNTS, "raw"),
    "graph": show_node,
    "hints": show_hints,
    "examples": open_dialog("examples"),
    "share": open_dialog("share"),
    "keys": open_dialog("keys"),
}
WAYS: dict[str, dict[str, Any]] = {
    "light": {},
    "narrow and dark": {"viewport": {"width": 320, "height": 640}, "color_scheme": "dark"},
}


@pytest.mark.parametrize("way", WAYS)
def test_no_state_breaks_a_rule(browser: Browser, editor_address: str, way: str) -> None:
    found = []
    with open_editor(browser, editor_address, **WAYS[way]) as editor:
        editor.open()
        for state, act in STATES.items():
            act(editor)
            found += [(state, *broken) for broken in find_broken_rules(editor.page)]
            if editor.page.evaluate("document.documentElement.scrollWidth > innerWidth + 1"):
                found.append((state, "reflow", "", ""))
            editor.page.keyboard.press("Escape")  # puts dialogs and completions away
    assert found == []


def test_nothing_hostile_is_executed(editor: EditorVisit) -> None:
    show(HOSTILES)(editor)
    assert len(editor.texts("tbody tr")) == len(HOSTILE)
    for view in ("raw", "table"):
        editor.view(view)
    show("CONSTRUCT WHERE { ?a cg:worksWith ?b ; skos:prefLabel ?name }", "network")(editor)
    editor.page.wait_for_selector(".picture canvas")
    for option in editor.page.locator(".view-tools option").evaluate_all(
        "all => all.map((one) => one.value)"
    ):
        editor.page.select_option(".view-tools select", option)
    show(
        "SELECT ?name (STRLEN(?name) AS ?n) { ?x skos:prefLabel ?name FILTER(STRSTARTS(?name, 'Hostile')) }",
        "chart",
    )(editor)
    show_hints(editor)
    for _ in range(len(HOSTILE)):
        editor.page.keyboard.press("ArrowDown")
    editor.page.keyboard.press("Enter")
    assert editor.query().count("\n") == 0
    assert editor.page.evaluate("window.hacked") is None
    assert editor.page.locator(f"{EDITOR} script, {RESULTS} :is(script, iframe, img, base)").count() == 0


TAB = {"id": "abc", "name": "x", "yasqe": {"value": "ASK {}"}}


@pytest.mark.parametrize(
    "kept",
    [
        "{",
        "null",
        '"text"',
        json.dumps({"val": {"tabs": ["abc"], "active": "abc", "tabConfig": {}}}),
        json.dumps({"val": {"tabs": ["content"], "tabConfig": {"content": TAB}}}),
        json.dumps({"val": {"tabs": {"0": 1}, "tabConfig": []}}),
        json.dumps({"val": {"tabs": ["__proto__", "abc", 7, None], "active": 9, "tabConfig": {"abc": TAB}}}),
        json.dumps({"val": {"tabs": ["abc"], "tabConfig": {"abc": {**TAB, "requestConfig": {
            "endpoint": "https://example.org/sparql", "headers": {"X": "y"}, "method": "PUT"}}}}}),
        json.dumps({"val": {"tabs": ["abc"], "tabConfig": {"abc": {**TAB, "name": "<img src=x onerror=a()>",
            "yasr": {"settings": {"selectedPlugin": "evil"}, "response": {"data": "<script>"}}}}}}),
    ],
)  # fmt: skip
def test_what_the_browser_kept_cannot_break_the_page(editor: EditorVisit, kept: str) -> None:
    editor.page.evaluate("([key, kept]) => localStorage.setItem(key, kept)", [KEPT, kept])
    editor.open()
    editor.run("ASK {}")
    assert editor.text(RESULTS).startswith("Yes")


def test_tabs_are_kept_and_closed(editor: EditorVisit) -> None:
    editor.page.click("#new-tab")
    editor.write("ASK { ?kept ?for ?later }")
    editor.run()
    editor.open()
    assert editor.query() == "ASK { ?kept ?for ?later }"
    assert editor.page.locator(f"{RESULTS} > *").count() == 0  # answers are not: the graph may be another
    editor.page.click("#close-tab")
    editor.page.wait_for_selector("[role=tab]:nth-child(1)")
    assert len(editor.texts("[role=tab]")) == 1
    assert editor.page.locator("#close-tab").is_disabled()


def test_plain_form_works_without_scripts(browser: Browser, editor_address: str) -> None:
    with open_editor(browser, editor_address, java_script_enabled=False) as editor:
        editor.page.goto(editor_address + "/editor?query=ASK%20%7B%7D")
        assert editor.page.input_value("#plain-query") == "ASK {}"
        with editor.page.expect_response(lambda answer: "/sparql" in answer.url) as answered:
            editor.page.click("#plain button")
        assert answered.value.status == 200
        editor.problems = [one for one in editor.problems if not one.startswith("console")]
