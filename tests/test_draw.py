"""The pyvis network and the page that is written from it: content, safety, sameness."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from pyvis.network import Network

from graph.draw import SCRIPTS, draw_network, render_page, write_page
from graph.errors import StoreError
from graph.network import project_network
from graph.page_content import list_content
from graph.pages import PAGE
from graph.vocabulary import ID, ORGANISATION_TYPES, OTHER_TYPES, PREDICATES, STATUSES
from tests.network_store import make_store

LEGEND = json.loads((PAGE / "legend.json").read_text(encoding="utf-8"))
TRUST = ID + "organisation/ct-TBX"


@pytest.fixture
def drawn() -> Network:
    return draw_network(project_network(make_store()))


def read_content(page: str) -> dict[str, Any]:
    found = re.search(r'<script type="application/json" id="content">(.*?)</script>', page, re.S)
    assert found
    content: dict[str, Any] = json.loads(found[1])
    return content


def test_network_has_positions_and_does_not_move(drawn: Network) -> None:
    assert all({"x", "y", "shape", "color", "size"} <= node.keys() for node in drawn.nodes)
    assert drawn.options.physics.enabled is False


def test_symmetric_relations_have_no_arrow(drawn: Network) -> None:
    arrows = {edge["claim"]["predicate"]: edge.get("arrows") for edge in drawn.edges}
    assert arrows == {"worksWith": None, "poolsBudgetWith": None, "funds": "to", "postHolderAt": "to"}


def test_statuses_are_told_apart_by_dashes(drawn: Network) -> None:
    dashes = {edge["claim"]["status"]: str(edge["dashes"]) for edge in drawn.edges}
    assert len(set(dashes.values())) == 3


def test_page_holds_every_claim_with_its_sentences(drawn: Network) -> None:
    content = read_content(render_page(drawn))
    nodes, documents = content["nodes"], content["documents"]
    said = {
        (nodes[edge["from"]]["label"], edge["predicate"], nodes[edge["to"]]["label"], edge["status"]): [
            (documents[number]["title"], quote) for number, quote, _, _ in edge["sentences"]
        ]
        for edge in content["edges"]
    }
    assert said == {
        ("Torbridge Care Trust", "worksWith", "Exmoor County Council", "asserted"): [
            ("Working together", "The trust works with Exmoor County Council."),
            ("A second look", "They work together still."),
        ],
        ("Torbridge Care Trust", "poolsBudgetWith", "Exmoor County Council", "proposed"): [
            ("A second look", "Budgets may be pooled.")
        ],
        ("Exmoor County Council", "funds", "primary care trusts", "negated"): [
            ("Working together", "The council funds no trust.")
        ],
        ("Ann Lee", "postHolderAt", "Torbridge Care Trust", "asserted"): [
            ("A second look", "Ann Lee, its chair, said so.")
        ],
    }


def test_what_the_user_changes_shows(drawn: Network) -> None:
    drawn.get_node(TRUST).update(label="The trust", color="#123456", shape="star", size=40)
    drawn.add_node("mine", label="My own body")
    drawn.add_edge("mine", TRUST, label="visits")
    content = list_content(drawn)
    changed = next(node for node in content["nodes"] if node["id"] == TRUST)
    assert (changed["label"], changed["color"], changed["shape"], changed["size"]) == (
        "The trust",
        "#123456",
        "star",
        40,
    )
    own = next(node for node in content["nodes"] if node["id"] == "mine")
    assert own["y"] > max(node["y"] for node in content["nodes"] if node is not own)
    assert content["edges"][-1]["predicate"] == "visits"


def test_network_made_by_hand_can_be_written(tmp_path: Path) -> None:
    drawn = Network()
    drawn.add_nodes([1, 2], label=["one", "two"])
    drawn.add_edge(1, 2)
    write_page(drawn, tmp_path / "new" / "page.html")
    content = read_content((tmp_path / "new" / "page.html").read_text(encoding="utf-8"))
    assert [node["label"] for node in content["nodes"]] == ["one", "two"]


def test_same_network_same_bytes_and_nothing_else_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("one.html", "two.html"):
        write_page(draw_network(project_network(make_store())), tmp_path / name, title="A title")
    assert (tmp_path / "one.html").read_bytes() == (tmp_path / "two.html").read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["one.html", "two.html"]


def test_hash_seed_changes_nothing() -> None:
    code = """
import sys
from collections import Counter
from graph.draw import draw_network, render_page
from graph.network import project_network
from graph.page_content import list_content
from tests.network_store import StoreMaker
maker = StoreMaker()
maker.document("a", title="A")
bodies = [maker.entity("a", f"organisation/{n}", "named", type="Charity", name=f"Body {n}") for n in range(9)]
for body in bodies:
    for status in ("asserted", "negated"):
        maker.claim("a", (bodies[0], "funds", body), ["one"], status=status)
        maker.claim("a", (bodies[0], "funds", body), ["two"], status=status)
sys.stdout.write(render_page(draw_network(project_network(maker.store))))
"""
    pages = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(Path(__file__).parents[1])},
            check=True,
            capture_output=True,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(pages) == 1


def test_page_that_cannot_be_written_is_one_clear_error(drawn: Network, tmp_path: Path) -> None:
    (tmp_path / "page.html").mkdir()
    with pytest.raises(StoreError, match=r"page\.html: cannot be written"):
        write_page(drawn, tmp_path / "page.html")
    assert list(tmp_path.iterdir()) == [tmp_path / "page.html"]


def test_policy_allows_the_script_and_style_of_the_page_and_no_other(drawn: Network) -> None:
    page = render_page(drawn)
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)
    script = re.search(r"<script>(.*?)</script>", page, re.S)
    style = re.search(r"<style>(.*?)</style>", page, re.S)
    assert policy
    assert script
    assert style
    rules = policy[1].replace("&#39;", "'").replace("&#43;", "+")
    assert rules.startswith("default-src 'none';")
    assert "unsafe" not in rules
    for text in (script[1], style[1]):
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in rules


def test_page_names_no_other_host(drawn: Network) -> None:
    page = render_page(drawn)
    head = page[: page.index("<script>")]
    assert re.findall(r'(?:src|href)="(?!data:,|#)[^"]*"', head) == []
    assert page.startswith("<!doctype html>\n<html lang=")


def test_title_is_text(drawn: Network) -> None:
    page = render_page(drawn, title="</title><script>alert(1)</script>")
    assert page.count("<script>") == 1


def test_legend_words_every_class_relation_and_status_once() -> None:
    types = [name for family in LEGEND["families"] for name in family["types"]]
    assert sorted(types) == sorted([*ORGANISATION_TYPES, *OTHER_TYPES])
    assert list(LEGEND["relations"]) == PREDICATES
    assert tuple(LEGEND["statuses"]) == STATUSES


def test_families_differ_by_shape_and_by_colour() -> None:
    for part in ("shape", "color", "name"):
        values = [family[part] for family in LEGEND["families"]]
        assert len(set(values)) == len(values)


def test_vendored_files_are_what_was_published() -> None:
    vendor = PAGE / "vendor"
    entries = json.loads((vendor / "vendor.json").read_text(encoding="utf-8"))
    written = [file for entry in entries for file in [*entry["files"].values(), entry.get("bundled")] if file]
    kept = {file["as"]: file["sha256"] for file in written}
    assert {path.name for path in vendor.iterdir()} == {*kept, "vendor.json"}
    for name, digest in kept.items():
        assert hashlib.sha256((vendor / name).read_bytes()).hexdigest() == digest, name


def test_every_script_is_in_the_page() -> None:
    files = {path.relative_to(PAGE).as_posix() for path in PAGE.rglob("*.js")}
    assert files == set(SCRIPTS)


@pytest.mark.parametrize("name", SCRIPTS)
def test_script_parses(name: str) -> None:
    node = shutil.which("node")
    if node is None:
        pytest.skip("needs node, which checks the syntax of scripts")
    checked = subprocess.run([node, "--check", PAGE / name], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stderr


@pytest.mark.parametrize("name", [name for name in SCRIPTS if not name.startswith("vendor/")])
def test_script_never_reads_text_as_markup(name: str) -> None:
    text = (PAGE / name).read_text(encoding="utf-8")
    assert not re.search(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function", text
    )


def test_drawing_is_the_only_thing_that_loads_pyvis() -> None:
    code = "import sys; from graph.draw import write_page; sys.exit('pyvis' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_empty_network_gives_a_page() -> None:
    assert read_content(render_page(draw_network(nx.MultiDiGraph())))["nodes"] == []


def test_no_name_is_given_twice_in_the_scope_that_the_scripts_share() -> None:
    """A second function of a name would silently take the place of the first."""
    declared = re.compile(r"^(?:async )?(?:function|const|let|class) (\w+)", re.M)
    own = [name for name in SCRIPTS if not name.startswith("vendor/")]
    names = [found for name in own for found in declared.findall((PAGE / name).read_text(encoding="utf-8"))]
    assert [name for name, count in Counter(names).items() if count > 1] == []
