"""Take the pictures of the query editor that ``docs/editor.md`` shows.

    .venv/bin/caregraph build seeds/documents -o out
    .venv/bin/caregraph serve out --port 8000
    .venv/bin/python scripts/take_editor_screenshots.py http://127.0.0.1:8000 docs

Needs Chromium, or its path in ``CAREGRAPH_CHROMIUM``.
"""

from __future__ import annotations

import argparse
import os
import shutil
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

WIDTH, HEIGHT = 1180, 860
TYPED = """PREFIX cg: <https://w3id.org/caregraph/ontology#>

SELECT ?other
WHERE {
  ?claim cg:predicate cg:poolsBudgetWith ; cg:object ?other ;
    cg:subject """
_BEGIN = """(text) => { const editor = document.querySelector(".tabPanel.active .CodeMirror").CodeMirror;
  editor.setValue(text); editor.focus(); editor.execCommand("goDocEnd"); }"""


def type_name(page: Page) -> None:
    """Begin a name, so that what it may be is offered."""
    page.evaluate(_BEGIN, TYPED)
    page.keyboard.type("@torb", delay=40)
    page.wait_for_selector(".CodeMirror-hint")


def draw_partners(page: Page) -> None:
    """Run the example that draws."""
    page.click("#open-examples")
    page.fill("#filter-examples", "draw who works with whom")
    page.click("#example-list li:not([hidden]) button")
    page.wait_for_selector(".picture canvas")
    page.wait_for_timeout(1500)  # the picture is arranged
    page.locator(".tabPanel.active .yasr").scroll_into_view_if_needed()


SCENES = {"editor-names": type_name, "editor-graph": draw_partners}
"""What each picture shows, and how the page comes to show it."""


def take_screenshots(address: str, folder: Path, *, chromium: str) -> None:
    """Open the editor for each scene, as one who has never been there, and write what the screen shows."""
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for name, act in SCENES.items():
            page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}, reduced_motion="reduce")
            page.goto(f"{address.rstrip('/')}/editor")
            page.wait_for_selector("html[data-ready]")
            act(page)
            page.wait_for_timeout(500)
            page.screenshot(path=folder / f"{name}.png")
            page.close()
        browser.close()


def main() -> None:
    """Read the arguments and take the pictures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("address")
    parser.add_argument("folder", type=Path)
    arguments = parser.parse_args()
    chromium = os.environ.get("CAREGRAPH_CHROMIUM") or shutil.which("chromium")
    if chromium is None:
        raise SystemExit("no chromium found: install it, or set CAREGRAPH_CHROMIUM to its path")
    take_screenshots(arguments.address, arguments.folder, chromium=chromium)


if __name__ == "__main__":
    main()
