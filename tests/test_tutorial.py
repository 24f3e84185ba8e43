"""The tutorial: a real kernel runs it, it shows what is stored, and a browser shows it in light and dark."""

from __future__ import annotations

import json
import re
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from graph.claim_records import Claim
from graph.knowledge import KnowledgeGraph

for needed in ("pandas", "polars", "nbconvert", "ipykernel"):
    pytest.importorskip(needed)
refresh: Any = pytest.importorskip("refresh_notebook")

TEXT: str = refresh.NOTEBOOK.read_text(encoding="utf-8")
STORED: dict[str, Any] = json.loads(TEXT)
CODE = [cell for cell in STORED["cells"] if cell["cell_type"] == "code"]
OUTPUTS = [output for cell in CODE for output in cell["outputs"]]


@pytest.fixture(scope="module")
def notes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the graph of the briefing notes; return the folder that ``out`` is in."""
    folder = tmp_path_factory.mktemp("notes")
    refresh.build_notes(folder)
    return folder


def test_reference_prints_what_it_says(notes: Path) -> None:
    """Renew it with ``.venv/bin/python scripts/refresh_notebook.py``."""
    text = refresh.REFERENCE.read_text(encoding="utf-8")
    assert refresh.fill_reference(text, notes) == text


def test_reference_has_every_call() -> None:
    text = refresh.REFERENCE.read_text(encoding="utf-8")
    for name in (name for name in vars(KnowledgeGraph) if not name.startswith("_")):
        if callable(getattr(KnowledgeGraph, name)):
            assert re.search(rf"`?(?:knowledge\.)?{name}\(", text), name
    for name in (field.name for field in fields(Claim)):
        assert f"`{name}`" in text, name


def test_shows_what_is_stored(notes: Path) -> None:
    """Renew it with ``.venv/bin/python scripts/refresh_notebook.py``."""
    run: dict[str, Any] = json.loads(refresh.refresh_notebook(TEXT, notes))
    for now, then in zip(run["cells"], STORED["cells"], strict=True):
        assert now.get("outputs") == then.get("outputs"), "".join(now["source"])
    assert run == STORED


def test_is_small_and_tied_to_no_machine() -> None:
    assert len(TEXT.encode()) < 300_000
    assert not re.search(r"/(?:tmp|home|root|work|Users)/|[A-Z]:\\\\|0x[0-9a-f]{6}", TEXT)
    assert [cell["execution_count"] for cell in CODE] == list(range(1, len(CODE) + 1))
    assert {output["output_type"] for output in OUTPUTS} <= {"execute_result", "stream"}
    assert not [output for output in OUTPUTS if output.get("name") == "stderr"]


def test_shows_the_main_calls() -> None:
    source = "".join(line for cell in CODE for line in cell["source"])
    for call in "body ask claims as_of search search_names query network show export bodies".split():
        assert f".{call}(" in source, call
    for part in ("to_pandas", "to_polars", "show_bars"):
        assert part in source


def test_the_network_is_run_and_not_stored() -> None:
    (cell,) = (cell for cell in CODE if refresh.NOT_STORED in cell["metadata"].get("tags", []))
    assert list(cell["outputs"][0]["data"]) == ["text/plain"]


@pytest.fixture(params=["light", "dark"])
def page(request: pytest.FixtureRequest, browser: Browser, tmp_path: Path) -> Any:
    nbconvert, nbformat = (pytest.importorskip(name) for name in ("nbconvert", "nbformat"))
    exporter = nbconvert.HTMLExporter(
        theme=request.param, mathjax_url="", require_js_url="", mermaid_js_url=""
    )
    written, _ = exporter.from_notebook_node(nbformat.reads(TEXT, as_version=4))
    (tmp_path / "tutorial.html").write_text(written, encoding="utf-8")
    context = browser.new_context(offline=True, viewport={"width": 1100, "height": 900})
    page = context.new_page()
    page.goto((tmp_path / "tutorial.html").as_uri())
    yield page
    context.close()


MEASURE = """() => [...document.querySelectorAll('.caregraph')].map(block => {
    const style = getComputedStyle(block), mark = block.querySelector('.cg-status');
    let under = block;
    while (getComputedStyle(under).backgroundColor === 'rgba(0, 0, 0, 0)') under = under.parentElement;
    return { text: style.color, ground: getComputedStyle(under).backgroundColor,
        frame: mark ? getComputedStyle(mark).borderTopStyle : '', status: mark ? mark.innerText : '',
        wide: block.scrollWidth - block.clientWidth,
        aligned: [...block.querySelectorAll('td:not(.cg-number)')].every(
            cell => getComputedStyle(cell).textAlign === 'left') }; })"""
FRAMES = {"asserted": "solid", "proposed": "dashed", "negated": "dotted", "": ""}


@pytest.mark.browser
def test_a_browser_shows_it_in_light_and_dark(page: Page) -> None:
    blocks = page.evaluate(MEASURE)
    assert len(blocks) > 10
    for block in blocks:
        assert contrast(block["text"], block["ground"]) > 7
        assert block["frame"] == FRAMES[block["status"]]
        assert block["aligned"]
        assert block["wide"] <= 0
    bars = page.locator(".cg-bar").evaluate_all("bars => bars.map(bar => bar.offsetWidth)")
    assert bars[:8] == sorted(bars[:8], reverse=True)
    assert bars[0] > 200


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, as WCAG 2 defines it."""
    bright, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    parts = [int(part) / 255 for part in re.findall(r"\d+", colour)[:3]]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
