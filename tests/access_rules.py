"""The rules of axe-core, asked of a page in a browser: what tests of all pages share."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
"""Tags of rules."""
COLOURS = ("color-contrast", "link-in-text-block")
"""The rules that another set of colours can break."""
PLACES = ("color-contrast", "target-size", "scrollable-region-focusable", "meta-viewport")
"""The rules that another size of the page can break: what overlaps, shrinks or scrolls."""

_SCRIPT: str = Axe().axe_script
_JUDGE = """(rules) => axe.run({ runOnly: rules, resultTypes: ['violations'] }).then((found) =>
    found.violations.flatMap((rule) => rule.nodes.map((node) =>
        [rule.id, node.html, (node.failureSummary || '').slice(0, 200)])))"""


def find_broken_rules(page: Page, rules: Sequence[str] = RULES) -> Iterator[tuple[str, str, str]]:
    """Yield the rule, the element and a summary of everything that axe-core finds wrong.

    What it finds right stays in the browser: all of it as text is slower to send than to find out.
    """
    if not page.evaluate("'axe' in window"):
        page.evaluate(_SCRIPT)
    yield from ((rule, html, why) for rule, html, why in page.evaluate(_JUDGE, list(rules)))
