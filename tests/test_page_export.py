"""What leaves the network page: table, network and link."""

from __future__ import annotations

import itertools
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import networkx as nx
import pytest
from playwright.sync_api import Browser

from graph.draw import draw_network, write_page
from graph.network import project_network
from tests.network_store import StoreMaker, make_store
from tests.page_exports import SVG, export, read_table
from tests.page_visits import HOSTILE, Visit, open_store

pytestmark = pytest.mark.browser

FIELDS = [
    *("statement", "subject", "relation", "object", "status", "confidence", "role"),
    *("sentence", "document", "date", "link"),
]
FORMULAS = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    '=HYPERLINK("https://example.org","x")',
    'a "quoted", b',
    "two\nlines",
]


def test_table_has_a_row_for_each_sentence(visit: Visit) -> None:
    content = export(visit.page, "csv")
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.count(b"\r\n") == content.count(b"\n") == 6
    rows = read_table(content)
    assert (
        list(rows[0])
        == "statement subject relation object status confidence role sentence document date link".split()
    )
    assert [row["sentence"] for row in rows if row["relation"] == "works with"] == [
        "The trust works with Exmoor County Council.",
        "They work together still.",
    ]
    (post,) = [row for row in rows if row["role"]]
    del post["statement"]
    assert list(post.values()) == [
        "Ann Lee",
        "holds a post at",
        "Torbridge Care Trust",
        "Stated as fact",
        "0.8",
        "chair",
        "Ann Lee, its chair, said so.",
        "A second look",
        "2007",
        "",
    ]


def test_table_runs_no_formula_and_keeps_every_character(browser: Browser, tmp_path: Path) -> None:
    maker = StoreMaker()
    maker.document("one", title="=cmd|' /C calc'!A0", link="javascript:alert(1)")
    hub = maker.entity("one", "organisation/hub", "named", type="Charity", name="Hub")
    for number, text in enumerate(FORMULAS):
        other = maker.entity(
            "one", f"organisation/b{number}", "named", type="CareTrust", name=f"Trust {number}"
        )
        maker.claim("one", (hub, "funds", other), [text], role=text)
    with open_store(browser, tmp_path, maker.store) as visit:
        rows = read_table(export(visit.page, "csv"))
    found = {row["sentence"].removeprefix("'") for row in rows}
    assert found == set(FORMULAS)
    for row, cell in itertools.product(rows, ("role", "sentence", "document")):
        assert not re.match(r"[=+\-@\t\r]", row[cell])
    assert {row["link"] for row in rows} == {""}


def test_network_is_read_by_others(visit: Visit) -> None:
    network = nx.parse_graphml(export(visit.page, "graphml").decode(), force_multigraph=True)
    assert (len(network), network.size()) == (4, 4)
    labels = nx.get_node_attributes(network, "label")
    (post,) = [edge for edge in network.edges(data=True) if edge[2]["relation"] == "postHolderAt"]
    assert (labels[post[0]], labels[post[1]]) == ("Ann Lee", "Torbridge Care Trust")
    assert post[2] | {"id": ""} == {
        "id": "",
        "label": "holds a post at",
        "relation": "postHolderAt",
        "status": "asserted",
        "role": "chair",
        "confidence": 0.8,
        "sentence": "Ann Lee, its chair, said so.",
        "document": "A second look",
        "date": "2007",
    }
    trust = next(about for _, about in network.nodes(data=True) if about["label"] == "Torbridge Care Trust")
    assert (trust["codes"], trust["from"], trust["type"]) == ("ODS TBX", "2005-10-01", "Care trust")


@pytest.mark.parametrize("ending", ["csv", "graphml", "svg"])
def test_hostile_text_stays_text_in_every_file(browser: Browser, tmp_path: Path, ending: str) -> None:
    maker = StoreMaker()
    hub = "https://w3id.org/caregraph/id/organisation/hub"
    for number, text in enumerate(HOSTILE):
        maker.document(f"d{number}", title=text, date=text[:40])
        maker.entity(f"d{number}", "organisation/hub", "named", type="Charity", name="Hub")
        body = maker.entity(f"d{number}", f"organisation/b{number}", "named", type="CareTrust", name=text)
        maker.claim(f"d{number}", (hub, "postHolderAt", body), [text], role=text)
    with open_store(browser, tmp_path, maker.store) as visit:
        content = export(visit.page, ending)
        if ending == "csv":
            assert {row["sentence"].removeprefix("'") for row in read_table(content)} >= set(HOSTILE) - {
                HOSTILE[13]
            }
            return
        root = ET.fromstring(content)
        if ending == "graphml":
            quotes = {data.text for data in root.iter() if data.get("key") == "e_sentence"}
            assert set(HOSTILE) - quotes == {HOSTILE[13]}, "XML holds no control characters"
            return
        assert {one.tag for one in root.iter()} <= {
            f"{SVG}{name}" for name in ("svg", "g", "rect", "path", "circle", "text", "title", "desc")
        }
        (tmp_path / "alone.svg").write_bytes(content)
        page = visit.context.new_page()
        page.goto((tmp_path / "alone.svg").as_uri())
        assert page.evaluate("[document.documentElement.tagName, typeof window.hacked]") == [
            "svg",
            "undefined",
        ]


def test_files_hold_what_is_shown_and_say_so(visit: Visit) -> None:
    visit.page.locator("#statuses > li", has_text="Denied").locator("> label input").uncheck()
    visit.page.locator("#types > li", has_text="People").locator("> label input").uncheck()
    assert {row["status"] for row in read_table(export(visit.page, "csv"))} == {"Stated as fact", "Proposed"}
    assert len(nx.parse_graphml(export(visit.page, "graphml").decode())) == 2
    words = "2 of 4 bodies and 2 of 4 statements, from 2 documents. Chosen: without People; without Denied."
    assert visit.text("#share-view") == words
    picture = " ".join(
        text.text or "" for text in ET.fromstring(export(visit.page, "svg")).iter(f"{SVG}text")
    )
    assert words in picture
    assert "Ann Lee" not in picture


@pytest.mark.parametrize("allowed", [True, False])
def test_link_is_copied_or_selected_to_be_copied(browser: Browser, tmp_path: Path, allowed: bool) -> None:
    with open_store(browser, tmp_path, make_store()) as visit:
        reply = "window.copied = text" if allowed else "return Promise.reject(new Error('no'))"
        visit.page.evaluate(f"() => {{ navigator.clipboard.writeText = async (text) => {{ {reply} }} }}")
        visit.page.fill("#search", "Ann Lee")
        visit.page.keyboard.press("Enter")
        visit.page.click("#share")
        visit.page.click("#share-copy")
        address = visit.page.url
        assert address.endswith("#body=person/ann-lee")
        assert visit.page.evaluate("document.getSelection().toString()") == address
        assert visit.page.evaluate("window.copied ?? null") == (address if allowed else None)
        assert visit.text("#share-note").startswith(
            "The link is copied." if allowed else "The link is selected"
        )


def test_dialog_is_worked_by_keyboard_and_leaves_the_page_as_it_was(visit: Visit) -> None:
    visit.page.fill("#search", "Ann Lee")
    visit.page.keyboard.press("Enter")
    visit.page.focus("#share")
    visit.page.keyboard.press("Enter")
    dialog = visit.page.get_by_role("dialog", name="Share what is shown")
    assert dialog.is_visible()
    visit.page.keyboard.press("/")
    assert visit.page.evaluate("document.getElementById('share-dialog').contains(document.activeElement)")
    visit.page.keyboard.press("Escape")
    assert dialog.is_hidden()
    assert visit.page.evaluate("document.activeElement.id") == "share"
    assert visit.text("#panel h2") == "Ann Lee"


def test_files_are_saved_out_of_a_sandboxed_frame(browser: Browser, tmp_path: Path) -> None:
    write_page(draw_network(project_network(make_store())), tmp_path / "network.html", title="Test network")
    rights = "allow-scripts allow-downloads"
    frame = f'<iframe sandbox="{rights}" src="network.html" width="1200" height="800"></iframe>'
    (tmp_path / "outer.html").write_text(f"<!doctype html>{frame}", encoding="utf-8")
    page = browser.new_page()
    page.goto((tmp_path / "outer.html").as_uri())
    inner = page.frame_locator("iframe")
    inner.locator("#share").click()
    for ending, start in (
        ("csv", b"\xef\xbb\xbf"),
        ("png", b"\x89PNG"),
        ("svg", b"<?xml"),
        ("graphml", b"<?xml"),
    ):
        with page.expect_download() as saved:
            inner.locator(f"[data-export={ending}]").click()
        assert Path(saved.value.path()).read_bytes().startswith(start)
    page.close()
