"""The network page as a picture and on paper."""

from __future__ import annotations

import base64
import io
import itertools
import re
import unicodedata
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from playwright.sync_api import Browser
from pypdf import PdfReader

from graph.page_content import find_family
from tests.network_store import StoreMaker, make_store
from tests.page_exports import SVG, export
from tests.page_visits import Visit, make_pair, open_store

pytestmark = pytest.mark.browser


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


def test_picture_can_be_saved_out_of_the_list(visit: Visit) -> None:
    seen = export(visit.page, "svg")
    visit.page.click("#share-close")
    visit.page.click("#show-table")
    assert export(visit.page, "svg") == seen
    assert visit.page.locator("#table-view").is_visible()
    assert visit.page.locator("#picture-view").is_hidden()


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
