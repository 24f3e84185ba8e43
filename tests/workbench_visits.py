"""Visits to the pages of the workbench in a real browser: what their tests share."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, ConsoleMessage, Dialog, Page, Request

from tests.access_rules import RULES, find_broken_rules

DESKTOP = {"width": 1280, "height": 900}
NARROW = {"width": 320, "height": 640}
"""What 1280 pixels are at 400 % zoom."""


class PageVisit:
    """A browser that asks one server only, and all that went wrong in it."""

    def __init__(self, browser: Browser, address: str, **options: Any) -> None:
        self.address = address
        self.context = browser.new_context(**{"viewport": DESKTOP, **options})
        self.page: Page = self.context.new_page()
        self.problems: list[str] = []
        self.page.on("console", self.hear)
        self.page.on("pageerror", lambda error: self.problems.append(f"error: {error.stack}"))
        self.page.on("dialog", self.refuse)
        self.page.on("request", self.note)

    def hear(self, message: ConsoleMessage) -> None:
        if "status of 4" not in message.text:  # a form with a mistake is answered with 422
            self.problems.append(f"console: {message.text}")

    def refuse(self, dialog: Dialog) -> None:
        self.problems.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def note(self, request: Request) -> None:
        if not request.url.startswith((self.address, "data:", "about:", "blob:")):
            self.problems.append(f"request: {request.url}")

    def open(self, path: str) -> Page:
        self.page.goto(self.address + path)
        return self.page

    def judge(self, rules: Sequence[str] = RULES) -> list[str]:
        """Return what axe-core finds wrong, each with where."""
        return [": ".join(broken) for broken in find_broken_rules(self.page, rules)]

    def focused(self) -> str:
        """Return the id, else the text, of what has the focus."""
        script = "document.activeElement.id || document.activeElement.textContent.trim()"
        return str(self.page.evaluate(script))


@contextmanager
def open_visit(browser: Browser, address: str, **options: Any) -> Iterator[PageVisit]:
    visit = PageVisit(browser, address, **options)
    yield visit
    assert visit.problems == []
    visit.context.close()
