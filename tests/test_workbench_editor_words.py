"""What the editor offers while a query is written."""

from __future__ import annotations

import pytest

from tests.editor_visits import TORBAY, EditorVisit

pytestmark = pytest.mark.browser

CG = "PREFIX cg: <https://w3id.org/caregraph/ontology#>\n"
COMPLETIONS = [
    ("SELECT * { ?x pool", "cg:poolsBudgetWith", CG + "SELECT * { ?x cg:poolsBudgetWith"),
    ("SELECT * { ?x pooled", "cg:poolsBudgetWith", CG + "SELECT * { ?x cg:poolsBudgetWith"),
    (CG + "SELECT * { ?x a caretr", "cg:CareTrust", CG + "SELECT * { ?x a cg:CareTrust"),
    (CG + "SELECT * { ?x cg:status neg", "cg:Negated", CG + "SELECT * { ?x cg:status cg:Negated"),
    ("SELECT * { @torbay ca", "Torbay Care Trust", f"SELECT * {{ {TORBAY}  # Torbay Care Trust"),
    ("SELECT * { ?x cg:funds torb", "Torbay", None),
    ('SELECT * { ?x ?y "torbay ca', "Torbay Care Trust", 'SELECT * { ?x ?y "Torbay Care Trust"'),
    ("SELECT ?name { ?claim ?p ?nam", "?name", "SELECT ?name { ?claim ?p ?name"),
    ("PREFIX foa", "foaf:", "PREFIX foaf: <http://xmlns.com/foaf/0.1/>"),
    ("SELECT * { ?x ?y ?z . OPT", "OPTIONAL", "SELECT * { ?x ?y ?z . OPTIONAL"),
    ("sel", "SELECT", "SELECT"),
]


def test_each_completer_offers_and_writes(editor: EditorVisit) -> None:
    for typed, offered, written in COMPLETIONS:
        editor.type(typed)
        editor.page.wait_for_selector(".CodeMirror-hint")
        assert editor.text(".CodeMirror-hint .hint-main").startswith(offered), typed
        if written is not None:
            editor.page.keyboard.press("Enter")
            assert editor.query() == written
        editor.page.keyboard.press("Escape")
        editor.page.wait_for_selector(".CodeMirror-hints", state="detached")


def test_key_asks_for_what_may_stand_here(editor: EditorVisit) -> None:
    editor.type("SELECT * { ?x ?")
    editor.page.keyboard.press("Backspace")
    editor.page.keyboard.press("Control+Space")
    editor.page.wait_for_selector(".CodeMirror-hint")
    offered = editor.texts(".CodeMirror-hint .hint-kind")
    assert set(offered) == {"relation"}
    assert len(offered) > 10


@pytest.mark.parametrize(
    "typed",
    ["SELECT * { ?x cg:funds", CG + "SELECT * { ?x a cg:CareTrust", "SELECT ?name ?names { ?name"],
)
def test_nothing_is_offered_for_what_is_whole(editor: EditorVisit, typed: str) -> None:
    """Else the key that begins a line would write something."""
    editor.type(typed)
    editor.page.wait_for_timeout(250)
    editor.page.keyboard.press("Enter")
    assert editor.query().rstrip() == typed


@pytest.mark.parametrize(
    "typed",
    [
        "SELECT * { # torbay",
        "SELECT * { ?x <http://torb",
        "SELECT * { ?x xyz:pool",
        "LIMIT 100",
        'FILTER(?x = "t"',
    ],
)
def test_nothing_is_offered_where_nothing_fits(editor: EditorVisit, typed: str) -> None:
    editor.type(typed)
    editor.page.wait_for_timeout(250)
    assert editor.texts(".CodeMirror-hint") == []


def test_walking_through_a_query_offers_nothing(editor: EditorVisit) -> None:
    editor.type("SELECT * { ?x cg:funds ?y }")
    for _ in range(6):
        editor.page.keyboard.press("ArrowLeft")
    editor.page.wait_for_timeout(250)
    assert editor.texts(".CodeMirror-hint") == []
