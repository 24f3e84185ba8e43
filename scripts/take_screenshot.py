"""Take the pictures of the network page that the README and ``docs/network-page.md`` show.

    .venv/bin/caregraph build seeds/documents -o out
    .venv/bin/python scripts/take_screenshot.py out/network.html docs

Needs Chromium, or its path in ``CAREGRAPH_CHROMIUM``.
"""

from __future__ import annotations

import argparse
import os
import shutil
from pathlib import Path

from playwright.sync_api import sync_playwright

WIDTH, HEIGHT = 1280, 800


SCENES = {
    "network": "body=collective/primary-care-trusts",
    "network-groups": "shading=on",
    "network-way": "way=person/lord-warner~organisation/body-cqc",
    "network-list": "view=table",
}
"""What each picture shows, as it stands in the address of the page after "#"."""


def take_screenshots(page_file: Path, folder: Path, *, chromium: str) -> None:
    """Open the page at each scene, as a reader who follows a link, and write what the screen shows."""
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        context = browser.new_context(
            viewport={"width": WIDTH, "height": HEIGHT}, offline=True, reduced_motion="reduce"
        )
        for name, address in SCENES.items():
            page = context.new_page()
            page.goto(f"{page_file.resolve().as_uri()}#{address}")
            page.wait_for_selector("html[data-ready]")
            page.wait_for_timeout(500)
            page.screenshot(path=folder / f"{name}.png")
            page.close()
        browser.close()


def main() -> None:
    """Read the arguments and take the pictures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("page", type=Path)
    parser.add_argument("folder", type=Path)
    arguments = parser.parse_args()
    chromium = os.environ.get("CAREGRAPH_CHROMIUM") or shutil.which("chromium")
    if chromium is None:
        raise SystemExit("no chromium found: install it, or set CAREGRAPH_CHROMIUM to its path")
    take_screenshots(arguments.page, arguments.folder, chromium=chromium)


if __name__ == "__main__":
    main()
