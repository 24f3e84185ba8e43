"""The still picture: who is on it, names that keep apart, lines by status, any text, SVG and PNG alike."""

from __future__ import annotations

import re
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
import resvg_py
from fontTools.ttLib import TTFont
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from playwright.sync_api import Browser
from pyvis.network import Network

from graph.draw import draw_network
from graph.network import project_network
from graph.pages import PAGE, read_legend, write_line
from graph.picture.labels import measure_text, shorten_text, wrap_name
from graph.picture.legend import tell_statements
from graph.picture.png import FONTS, has_own_letters, render_png
from graph.picture.scene import set_scene
from graph.picture.shapes import COLORS, SHAPES, trace_line, trace_shape
from graph.picture.svg import render_svg
from tests.network_store import make_store
from tests.page_visits import HOSTILE

SVG = {"svg": "http://www.w3.org/2000/svg"}


@pytest.fixture
def drawn() -> Network:
    return draw_network(project_network(make_store()))


def make_star(count: int) -> Network:
    """Return a hub with many bodies around it, and as many pairs beside it."""
    drawn = Network(directed=True)
    for number in range(count):
        about = {"type": "CareTrust", "kind": "named"}
        drawn.add_node(
            number,
            label=f"Body number {number} of the county",
            about=about,
            x=97.0 * number % 1200,
            y=61.0 * number % 700,
        )
    for number in range(1, count):
        other = 0 if number < count / 2 else number - 1
        drawn.add_edge(other, number, claim={"predicate": "funds", "status": "asserted", "sentences": []})
    return drawn


def read_svg(text: str) -> ET.Element:
    return ET.fromstring(text)


def texts(root: ET.Element, part: str) -> list[str]:
    found = root.iterfind(f".//svg:g[@id='{part}']//svg:text", SVG)
    return [" ".join("".join(text.itertext()).split()) for text in found]


def titles(root: ET.Element, part: str) -> list[str]:
    return [title.text or "" for title in root.iterfind(f".//svg:g[@id='{part}']//svg:title", SVG)]


def test_bodies_and_statements_say_what_they_are(drawn: Network) -> None:
    root = read_svg(render_svg(drawn, title="Devon & others"))
    assert root.findtext("svg:title", namespaces=SVG) == "Devon & others"
    assert "Torbridge Care Trust\nCare trust, linked to 2\nODS TBX" in titles(root, "bodies")
    assert "primary care trusts\nPrimary care trust: the group as a whole, linked to 1" in titles(
        root, "bodies"
    )
    assert (
        "Exmoor County Council funds primary care trusts (denied)\n“The council funds no trust.”"
        in titles(root, "statements")
    )
    assert [text for text in texts(root, "names") if "Torbridge" in text] == ["Torbridge Care Trust"]


def test_statuses_are_told_apart_without_colour(drawn: Network) -> None:
    root = read_svg(render_svg(drawn))
    looks = {}
    for line in root.iterfind(".//svg:g[@id='statements']/svg:g", SVG):
        status = re.findall(r"\((\w+)", line.findtext("svg:title", "", SVG))[0]
        path, crosses = line.find("svg:path", SVG), line.findall("svg:g/svg:path", SVG)
        assert path is not None
        looks[status] = (path.get("stroke-dasharray", ""), len(crosses))
    assert looks["stated"] == ("", 0)
    assert looks["proposed"][0] not in {"", looks["denied"][0]}
    assert looks["denied"][1] == 2, "a cross and the ground around it"


def test_legend_has_what_is_on_the_picture_and_no_more(drawn: Network) -> None:
    legend = texts(read_svg(render_svg(drawn)), "legend")
    assert legend == [
        "NHS and health",
        "Councils and social care",
        "People",
        "Ring: a group as a whole",
        "Stated as fact",
        "Proposed",
        "Denied",
        "Arrow: from the one that acts",
    ]


@pytest.mark.parametrize("count", [1, 2, 12, 90, 300])
def test_names_do_not_overlap_and_stay_inside(count: int) -> None:
    root = read_svg(render_svg(make_star(count)))
    boxes = [
        tuple(float(rect.attrib[name]) for name in ("x", "y", "width", "height"))
        for rect in root.iterfind(".//svg:g[@id='grounds']/svg:rect", SVG)
    ]
    assert len(boxes) == len(texts(root, "names")) >= min(count, 12)
    width, height = float(root.attrib["width"]), float(root.attrib["height"])
    for x, y, w, h in boxes:
        assert x >= 0
        assert y >= 0
        assert x + w <= width
        assert y + h <= height
    for (x, y, w, h), (x2, y2, w2, h2) in combinations(boxes, 2):
        apart = x + w <= x2 + 0.2 or x2 + w2 <= x + 0.2 or y + h <= y2 + 0.2 or y2 + h2 <= y + 0.2
        assert apart


def test_large_network_shows_the_most_connected_and_says_so() -> None:
    root = read_svg(render_svg(make_star(400), most=60))
    note = (
        next(text for text in root.iterfind("svg:text", SVG) if text.get("id") == "picture-note").text or ""
    )
    assert note.startswith("Showing 60 of 400 bodies, the most connected, and ")
    shown = titles(root, "bodies")
    assert len(shown) == 60
    assert any(title.startswith("Body number 0 ") for title in shown)
    scene = set_scene(
        {
            "nodes": [
                {"id": name, "family": 0, "hidden": False, "label": "x", "size": 9, "x": 0, "y": 0}
                for name in "abcdef"
            ],
            "edges": [
                {"from": a, "to": b, "predicate": "funds", "status": "asserted"}
                for a, b in ((0, 1), (0, 2), (0, 3), (4, 5))
            ],
        },
        3,
    )
    assert scene.bodies == [0, 1, 2], "none of 4 and 5, which would stand alone"


def test_hidden_bodies_and_their_statements_are_left_out(drawn: Network) -> None:
    for node in drawn.nodes:
        node["hidden"] = node["label"] == "Ann Lee"
    root = read_svg(render_svg(drawn))
    assert not any("Ann Lee" in text for text in titles(root, "bodies") + titles(root, "statements"))


def test_empty_network_is_a_picture() -> None:
    assert "0 bodies, 0 statements." in render_svg(Network())


@settings(max_examples=60)
@given(text=st.one_of(st.sampled_from(HOSTILE), st.text(st.characters(exclude_categories=()))))
def test_any_text_is_text(text: str) -> None:
    drawn = Network(directed=True)
    drawn.add_node("a", label=text or "a", color=text or "red", about={"type": text, "kind": text})
    sentence = {"quote": text, "title": text, "date": "", "link": text, "prefix": "", "suffix": ""}
    drawn.add_edge("a", "a", claim={"predicate": text, "status": text, "sentences": [sentence]})
    svg = render_svg(drawn, title=text)
    root = read_svg(svg)
    assert root.findtext("svg:title", namespaces=SVG) == write_line(text)
    allowed = {"svg", "title", "rect", "text", "tspan", "g", "path", "circle"}
    assert {element.tag.partition("}")[2] for element in root.iter()} <= allowed
    names = {name for element in root.iter() for name in element.attrib}
    assert not {name for name in names if name.startswith("on") or name in {"href", "style"}}
    assert resvg_py.svg_to_bytes(svg_string=svg, skip_system_fonts=True, zoom=0.1)


def test_png_is_the_picture_with_its_words(drawn: Network, tmp_path: Path) -> None:
    (tmp_path / "one.png").write_bytes(render_png(drawn, title="A title"))
    with Image.open(tmp_path / "one.png") as image:
        assert image.size == (3200, 1800)
        colors = {color for _, color in image.convert("RGB").getcolors(1 << 20) or ()}
        header = image.convert("L").crop((80, 60, 400, 116)).histogram()
    wanted = [read_legend()["families"][number]["color"] for number in (0, 1)] + [COLORS["negated"]]
    assert {tuple(int(color[at : at + 2], 16) for at in (1, 3, 5)) for color in wanted} <= colors
    assert sum(header[:60]) > 100, "the title has no ink: no font was found"


def test_same_network_same_bytes(drawn: Network) -> None:
    again = draw_network(project_network(make_store()))
    assert render_svg(drawn) == render_svg(again)
    assert render_png(drawn) == render_png(again)


@pytest.mark.parametrize("name", FONTS)
def test_font_has_the_letters_and_widths_that_we_count_on(name: str) -> None:
    font = TTFont(PAGE / "vendor" / name)
    letters, widths, em = font.getBestCmap(), font["hmtx"], font["head"].unitsPerEm
    bold = name.endswith("700.ttf")
    for text in (
        "Torbay and Southern Devon Health and Care NHS Trust",
        "WMI iljt., Ffrith “X’s” & 2005–06 (ŵ)",
        "é",
    ):
        true = sum(widths[letters[ord(letter)]][0] for letter in text) / em
        assert 0.99 <= measure_text(text, 1.0, bold=bold) / true <= 1.09, text
    wanted = [*range(0x20, 0x7F), *range(0xA0, 0x17F), 0x2013, 0x2014, 0x2018, 0x2019, 0x201C, 0x201D, 0x2026]
    assert [chr(code) for code in wanted if code not in letters] == []


def test_letters_that_the_font_lacks_are_looked_for_elsewhere() -> None:
    assert has_own_letters("Ŵ Ω Ж “–” 2005")
    assert not has_own_letters("Բարեւ")


def test_line_of_many_statements_tells_the_first_and_how_many_more() -> None:
    nodes = [{"label": "One"}, {"label": "Other"}]
    edge = {
        "from": 0,
        "to": 1,
        "predicate": "funds",
        "status": "proposed",
        "sentences": [[0, "q" * 999, "", ""]],
    }
    told = tell_statements([edge] * 9, nodes).split("\n")
    assert told[:-2] == ["One funds Other (proposed)"] * 6
    assert told[-2] == "and 3 more"
    assert len(told[-1]) < 310


def test_long_names_are_wrapped_and_cut() -> None:
    lines = wrap_name("a " * 200 + "x" * 500)
    assert len(lines) == 3
    assert lines[-1].endswith("…")
    assert wrap_name("x" * 500) == ("x" * 27 + "…",)
    cut = shorten_text("Who works with whom " * 50, 28, 600, bold=True)
    assert cut.endswith("…")
    assert measure_text(cut, 28, bold=True) <= 600


def test_arrow_ends_at_the_shape_it_points_to() -> None:
    line = trace_line(((0.0, 0.0), (100.0, 0.0)), (10.0, 20.0), bow=0.0, arrows=(False, True))
    assert line.path == "M12.5 0.0L70.5 0.0"
    assert line.heads[0].startswith("M77.5 0.0L")


def test_colours_are_those_of_the_page_in_daylight() -> None:
    style = (PAGE / "network.css").read_text(encoding="utf-8")
    colors = dict(re.findall(r"--([a-z]+): (#[0-9a-f]{6})", style[: style.index("@media")]))
    assert {**COLORS, "edge": COLORS["asserted"]}.items() <= {**colors, "asserted": colors["edge"]}.items()


@pytest.mark.browser
def test_shapes_are_those_of_the_page(browser: Browser) -> None:
    page = browser.new_page()
    script = (PAGE / "shapes.js").read_text(encoding="utf-8")
    tracing = "Object.fromEntries(Object.keys(SHAPES).map((name) => [name, tracePath(name, 10)]))"
    script = f"const nodes = [], legend = {{ families: [] }}; {script}; return {tracing};"
    traced = page.evaluate(f"() => {{ {script} }}")
    page.close()
    assert set(traced) == set(SHAPES)
    for name, path in traced.items():
        own = trace_shape(name, 10)
        assert re.findall(r"[A-Z]", own) == re.findall(r"[A-Z]", path), name
        pairs = zip(*(re.findall(r"-?\d+(?:\.\d+)?(?:e-\d+)?", text) for text in (own, path)), strict=True)
        assert all(abs(float(a) - float(b)) < 0.011 for a, b in pairs), name


@pytest.mark.browser
def test_browser_shows_the_svg_and_its_text_can_be_selected(
    drawn: Network, browser: Browser, tmp_path: Path
) -> None:
    (tmp_path / "picture.svg").write_text(render_svg(drawn), encoding="utf-8")
    context = browser.new_context(offline=True, viewport={"width": 1600, "height": 900})
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto((tmp_path / "picture.svg").as_uri())
    assert page.evaluate("document.getElementsByTagName('parsererror').length") == 0
    page.keyboard.press("Control+a")
    assert "Torbridge Care Trust" in " ".join(page.evaluate("getSelection().toString()").split())
    assert asked == [(tmp_path / "picture.svg").as_uri()]
    context.close()
