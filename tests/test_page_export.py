"""What leaves the network page: pictures, table, network, link and paper."""

from __future__ import annotations

import base64
import csv
import io
import itertools
import re
import unicodedata
from pathlib import Path
from xml.etree import ElementTree as ET

import networkx as nx
import pytest
from playwright.sync_api import Browser, Page
from pypdf import PdfReader

from graph.draw import draw_network, write_page
from graph.network import project_network
from graph.page_content import find_family
from tests.network_store import StoreMaker, make_store
from tests.page_visits import HOSTILE, Visit, make_pair, open_store

pytestmark = pytest.mark.browser

SVG = "{http://www.w3.org/2000/svg}"
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


def export(page: Page, ending: str) -> bytes:
    """Return the bytes of the file that a button of the dialog saves."""
    if not page.locator("#share-dialog").is_visible():
        page.click("#share")
    with page.expect_download() as saved:
        page.click(f"[data-export={ending}]")
    assert saved.value.suggested_filename == f"test-network.{ending}"
    return Path(saved.value.path()).read_bytes()


def read_table(content: bytes) -> list[dict[str, str]]:
    text = content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


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


def test_picture_as_svg_has_shapes_lines_marks_and_words(visit: Visit) -> None:
    root = ET.fromstring(export(visit.page, "svg"))
    texts = [" ".join(text.itertext()) for text in root.iter(f"{SVG}text")]
    for words in ("Test network", "Ann Lee", "Larger: linked to more others", "Denied", "NHS and health"):
        assert words in texts
    assert "4 of 4 bodies and 4 of 4 statements, from 2 documents." in texts
    scene = root.find(f"{SVG}svg")
    assert scene is not None
    dashes = {
        path.get("stroke-dasharray") for path in scene.iter(f"{SVG}path") if path.get("stroke-dasharray")
    }
    assert len(dashes) == 2, "proposed and denied lines, each dashed its own way"
    fills = {path.get("fill") for path in scene.iter(f"{SVG}path")}
    assert {find_family(name)["color"] for name in ("CareTrust", "CountyCouncil", "Person")} <= fills
    assert "rgba" not in ET.tostring(root, encoding="unicode")


COUNT = """async ([data, colors]) => {
    const read = (canvas) => {
        const d = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
        const found = colors.map(() => 0);
        for (let i = 0; i < d.length; i += 4)
            colors.forEach((color, at) => (found[at] += color.every((part, j) => d[i + j] === part)));
        return found;
    };
    const image = new Image();
    image.src = data;
    await image.decode();
    const size = { width: image.width, height: image.height - 2 * 130 };
    const canvas = Object.assign(document.createElement('canvas'), size); // without the legend
    canvas.getContext('2d').drawImage(image, 0, 0);
    return [image.width, read(canvas), read(document.querySelector('#picture canvas'))];
}"""
"""Count the pixels of some colours in a picture and on the screen."""


def test_picture_is_what_is_seen_at_twice_the_size(browser: Browser, tmp_path: Path) -> None:
    """The same pixels of colours that only bodies have: four for each on the screen."""
    colors = [[47, 127, 208], [208, 122, 0]]
    with open_store(browser, tmp_path, make_pair()) as visit:
        data = "data:image/png;base64," + base64.b64encode(export(visit.page, "png")).decode()
        width, found, seen = visit.page.evaluate(COUNT, [data, colors])
        box = visit.page.locator("#picture").bounding_box()
        assert box
        assert width == 2 * (box["width"] + 56)
        assert min(seen) > 500
        shares = [part / (4 * whole) for part, whole in zip(found, seen, strict=True)]
        assert shares == pytest.approx([1, 1], abs=0.08)


def test_same_view_same_bytes_light_or_dark(browser: Browser, tmp_path: Path) -> None:
    found: dict[str, set[bytes]] = {ending: set() for ending in ("png", "svg", "csv", "graphml")}
    for scheme in ("light", "dark"):
        with open_store(browser, tmp_path, make_store(), color_scheme=scheme) as visit:
            for ending, _ in itertools.product(found, range(2)):
                found[ending].add(export(visit.page, ending))
    assert {ending: len(made) for ending, made in found.items()} == dict.fromkeys(found, 1)


def test_marked_groups_keep_the_light_tints_and_are_explained(browser: Browser, tmp_path: Path) -> None:
    maker = StoreMaker()
    maker.document("one", title="One")
    bodies = [
        maker.entity("one", f"organisation/{n}", "named", type="CareTrust", name=f"Trust {n}")
        for n in "abcdef"
    ]
    for one, other in (*itertools.combinations(bodies[:3], 2), *itertools.combinations(bodies[3:], 2)):
        maker.claim("one", (one, "funds", other), ["One pays."])
    with open_store(browser, tmp_path, maker.store, color_scheme="dark") as visit:
        visit.page.click("#mark-groups")
        root = ET.fromstring(export(visit.page, "svg"))
    fills = {path.get("fill") for path in root.iter(f"{SVG}path")}
    assert {"#e3eefb", "#fdecd9"} <= fills
    assert any((text.text or "").startswith("Tinted area") for text in root.iter(f"{SVG}text"))


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


def test_picture_can_be_saved_out_of_the_list(visit: Visit) -> None:
    seen = export(visit.page, "svg")
    visit.page.click("#share-close")
    visit.page.click("#show-table")
    assert export(visit.page, "svg") == seen
    assert visit.page.locator("#table-view").is_visible()
    assert visit.page.locator("#picture-view").is_hidden()


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


def print_page(visit: Visit) -> tuple[int, str]:
    reader = PdfReader(io.BytesIO(visit.page.pdf(format="A4")))
    return len(reader.pages), "\n".join(page.extract_text() for page in reader.pages)


def test_paper_has_picture_then_every_sentence_and_no_controls(browser: Browser, tmp_path: Path) -> None:
    with open_store(browser, tmp_path, make_store(), color_scheme="dark") as visit:
        pages, text = print_page(visit)
        assert pages == 2
        flat = " ".join(text.split())
        for words in (
            "Test network",
            "4 of 4 bodies",
            "Larger: linked to more others",
            "What is said",
            "They work together still.",
            "Exmoor County Council funds primary care trusts",
            "Denied",
            "Working together, 2006, https://example.org/one",
        ):
            assert words in flat
        for control in ("Reset", "Filter", "Share", "What am I looking at"):
            assert control not in flat
        assert visit.page.locator("#paper *").count() == 0
        visit.page.click("#reset")
        assert visit.text("#count").startswith("Showing 4 of 4 bodies")


def test_paper_is_black_on_white_in_dark_mode(browser: Browser, tmp_path: Path) -> None:
    with open_store(browser, tmp_path, make_store(), color_scheme="dark") as visit:
        visit.page.evaluate("dispatchEvent(new Event('beforeprint'))")
        visit.page.emulate_media(media="print", color_scheme="dark")
        script = "(all, name) => [...new Set(all.map((one) => getComputedStyle(one)[name]))]"
        words = visit.page.locator("#paper td, #paper h2").evaluate_all(script, "color")
        assert words == ["rgb(0, 0, 0)"]
        shapes = visit.page.locator("#paper .sheet text").evaluate_all(script, "fill")
        assert {"rgb(0, 0, 0)", "none"} <= set(shapes)
        assert not [color for color in shapes if re.match(r"rgb\((?:2\d\d|1[5-9]\d)", color)]
        assert visit.page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


def test_paper_states_its_limit(browser: Browser, tmp_path: Path) -> None:
    maker = StoreMaker()
    maker.document("one", title="One")
    bodies = [
        maker.entity("one", f"organisation/{n}", "named", type="CareTrust", name=f"Trust {n}")
        for n in range(34)
    ]
    for number, (one, other) in enumerate(itertools.permutations(bodies, 2)):
        if number < 1003:
            maker.claim("one", (one, "funds", other), ["One pays."])
    with open_store(browser, tmp_path, maker.store) as visit:
        _, text = print_page(visit)
    flat = unicodedata.normalize("NFKC", " ".join(text.split()))  # a printed "fi" may be one letter
    assert "The first 1,000 of 1,003 statements; the table file (CSV) of “Share” holds all." in flat
    assert flat.count("“One pays.”") == 1000
