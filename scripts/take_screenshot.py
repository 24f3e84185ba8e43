"""Take the picture of the network page that the README shows: one body chosen, its sentences beside it.

    .venv/bin/caregraph build seeds/documents -o out
    .venv/bin/python scripts/take_screenshot.py out/network.html docs/network.png

Needs Chromium, or its path in ``CAREGRAPH_CHROMIUM``.
"""

from __future__ import annotations

import argparse
import os
import shutil
from pathlib import Path

from playwright.sync_api import sync_playwright

WIDTH, HEIGHT = 1280, 800


def take_screenshot(page_file: Path, picture: Path, *, body: str, chromium: str) -> None:
    """Open the page, find ``body`` in it as a reader would, and write what the screen shows."""
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        context = browser.new_context(
            viewport={"width": WIDTH, "height": HEIGHT}, offline=True, reduced_motion="reduce"
        )
        page = context.new_page()
        page.goto(page_file.resolve().as_uri())
        page.wait_for_selector("html[data-ready]")
        page.fill("#search", body)
        page.keyboard.press("Enter")
        page.wait_for_selector("#panel h2")
        page.evaluate("document.activeElement.blur()")
        page.wait_for_timeout(500)
        page.screenshot(path=picture)
        browser.close()


def main() -> None:
    """Read the arguments and take the picture."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("page", type=Path)
    parser.add_argument("picture", type=Path)
    parser.add_argument("--body", default="primary care trusts")
    arguments = parser.parse_args()
    chromium = os.environ.get("CAREGRAPH_CHROMIUM") or shutil.which("chromium")
    if chromium is None:
        raise SystemExit("no chromium found: install it, or set CAREGRAPH_CHROMIUM to its path")
    take_screenshot(arguments.page, arguments.picture, body=arguments.body, chromium=chromium)


if __name__ == "__main__":
    main()
