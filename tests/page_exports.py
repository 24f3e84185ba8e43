"""What the dialog of the network page saves, read again."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from playwright.sync_api import Page

pytestmark = pytest.mark.browser

SVG = "{http://www.w3.org/2000/svg}"


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
