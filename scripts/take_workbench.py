"""Take the pictures of the workbench that ``docs/workbench.md`` shows.

    .venv/bin/caregraph build seeds/documents -o out
    .venv/bin/python scripts/take_workbench.py out docs

Needs Chromium, or its path in ``CAREGRAPH_CHROMIUM``.
"""

from __future__ import annotations

import argparse
import io
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

WIDTH, HEIGHT = 1280, 800
COLOURS = 128
"""Of a picture; more make the file large and show nothing more."""
SCENES = {
    "workbench-search": ("/?q=pooled+budgets", "main"),
    "workbench-body": ("/id/organisation/body-audit-commission?as_of=2010", "#facts"),
    "workbench-network": ("/id/collective/primary-care-trusts", "#network"),
    "workbench-document": ("/id/document/care-trusts-after-a-decade.md", ".lead"),
    "workbench-question": ("/questions/most-connected?least=3", "main"),
}
"""What each picture shows: an address, and what stands at the top."""


@contextmanager
def serve_folder(out: Path) -> Iterator[str]:
    """Serve a build on a free port; gives the address."""
    command = [sys.executable, "-m", "graph", "serve", str(out), "--port", "0", "--queries", "1"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr
        line = process.stderr.readline()
        try:
            yield next(word for word in line.split() if word.startswith("http")).rstrip("/")
        finally:
            process.terminate()


def take_pictures(address: str, folder: Path, *, chromium: str) -> None:
    """Open each scene and write what the screen shows."""
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}, reduced_motion="reduce")
        for name, (path, top) in SCENES.items():
            page.goto(address + path)
            if top != "main":
                page.locator(top).evaluate("(found) => scrollTo(0, found.getBoundingClientRect().top - 30)")
            write_picture(page, folder / f"{name}.png")
        browser.close()


def write_picture(page: Page, path: Path) -> None:
    """Write the screen as a small PNG."""
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    picture.quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)


def main() -> None:
    """Read the arguments and take the pictures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("out", type=Path)
    parser.add_argument("folder", type=Path)
    arguments = parser.parse_args()
    chromium = os.environ.get("CAREGRAPH_CHROMIUM") or shutil.which("chromium")
    if chromium is None:
        raise SystemExit("no chromium found: install it, or set CAREGRAPH_CHROMIUM to its path")
    with serve_folder(arguments.out) as address:
        take_pictures(address, arguments.folder, chromium=chromium)


if __name__ == "__main__":
    main()
