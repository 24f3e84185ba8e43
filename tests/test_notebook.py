"""The network page in a notebook: a real kernel runs it, its export shows it, nothing is asked for."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from graph.draw import draw_network, render_page
from graph.network import project_network
from graph.notebook import show_network
from graph.store import write_store
from tests.network_store import make_store

CELLS = (
    "from graph import KnowledgeGraph\nknowledge = KnowledgeGraph.open('out')",
    "knowledge.show(title='Who & whom', height=420)",
    "from graph.notebook import show_network\n"
    "drawn = knowledge.draw()\n"
    "drawn.add_node('mine', label='My own body')\n"
    "show_network(drawn)",
)


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Path:
    """Run a notebook in a kernel of its own and export it; return the HTML file."""
    nbclient, nbconvert, nbformat = (
        pytest.importorskip(name) for name in ("nbclient", "nbconvert", "nbformat")
    )
    folder = tmp_path_factory.mktemp("notebook")
    write_store(folder / "out", list(make_store()))
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in CELLS])
    with pytest.MonkeyPatch.context() as patch:
        for name, value in (("PYTHONPATH", root), ("IPYTHONDIR", folder), ("JUPYTER_PLATFORM_DIRS", "1")):
            patch.setenv(name, str(value))
        nbclient.NotebookClient(
            notebook, kernel_name="python3", timeout=120, resources={"metadata": {"path": str(folder)}}
        ).execute()
        exporter = nbconvert.HTMLExporter(mathjax_url="", require_js_url="", mermaid_js_url="")
        page, _ = exporter.from_notebook_node(notebook)
    (folder / "notebook.html").write_text(page, encoding="utf-8")
    return folder / "notebook.html"


@pytest.mark.browser
def test_exported_notebook_shows_the_pages_and_asks_for_nothing(exported: Path, browser: Browser) -> None:
    context = browser.new_context(offline=True, viewport={"width": 1200, "height": 1400})
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    problems: list[str] = []
    page.on("console", lambda message: problems.append(message.text))
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.goto(exported.as_uri())
    frames = page.frames[1:]
    for frame, title in zip(frames, ("Who & whom", "Who works with whom"), strict=True):
        frame.wait_for_selector("html[data-ready]")
        assert frame.locator("h1").inner_text() == title
        assert frame.evaluate(COUNT_COLOURS) > 20
        assert frame.evaluate("self.origin") == "null", "it shares nothing with the notebook"
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    assert problems == []
    frames[0].locator("#show-table").click()
    frames[0].locator("#rows button.body").first.click()
    assert frames[0].locator("#panel h2").is_visible()
    frames[1].locator("#search").fill("my own")
    assert "My own body" in frames[1].locator("#suggestions").inner_text()
    context.close()


COUNT_COLOURS = """() => { const c = document.querySelector('#picture canvas');
    const d = new Uint32Array(c.getContext('2d').getImageData(0, 0, c.width, c.height).data.buffer);
    return new Set(d).size; }"""


def read_frame(shown: Any) -> tuple[dict[str, str], str]:
    found = re.fullmatch(r"<iframe ((?:[\w-]+=\"[^\"]*\" ?)+)></iframe>", shown._repr_html_())
    assert found
    attributes = {name: unescape(value) for name, value in re.findall(r'([\w-]+)="([^"]*)"', found[1])}
    return attributes, attributes["srcdoc"]


def test_frame_holds_the_very_page_and_its_policy() -> None:
    drawn = draw_network(project_network(make_store({"trust": '"><script>alert(1)</script>&quot;'})))
    attributes, page = read_frame(show_network(drawn, title="Ours", height=300))
    assert page == render_page(drawn, title="Ours")
    assert "default-src 'none'" in unescape(page)
    assert "height: 300px" in attributes["style"]


def test_frame_may_run_the_page_and_no_more() -> None:
    attributes, _ = read_frame(show_network(draw_network(project_network(make_store()))))
    allowed = attributes["sandbox"].split()
    assert {"allow-scripts", "allow-downloads", "allow-popups"} <= set(allowed)
    assert not {"allow-same-origin", "allow-top-navigation", "allow-forms"} & set(allowed)


def test_without_a_notebook_it_says_what_it_is() -> None:
    shown = show_network(draw_network(project_network(make_store())), title="Ours")
    assert repr(shown) == "<NetworkView 'Ours': shown as a page in a notebook>"
