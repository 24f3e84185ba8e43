"""What stands in documents and addresses is only text on the network page: in every field, of every kind."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser
from pyvis.network import Network

from graph.draw import write_page
from graph.pages import PAGE
from tests.page_visits import HOSTILE, Visit, open_guide

pytestmark = pytest.mark.browser

ADDRESSES = [
    "javascript:window.hacked=1",
    " java\tscript:window.hacked=1",
    "JAVASCRIPT://example.org/%0awindow.hacked=1",
    "data:text/html,<script>window.hacked=1</script>",
    "vbscript:msgbox(1)",
    "file:///etc/passwd",
    "blob:https://example.org/1",
    "https://example.org/\"onmouseover='window.hacked=1'",
    "//example.org/<script>window.hacked=1</script>",
]


def find_assigned(plane: int) -> str:
    """Return a character of a plane that Unicode gives a meaning to, if there is one, else any."""
    points = range(plane * 0x10000 + 0x400, (plane + 1) * 0x10000, 7)
    known = (chr(point) for point in points if unicodedata.category(chr(point)) not in {"Cn", "Cs"})
    return next(known, chr(points[0]))


PLANES = "".join(find_assigned(plane) for plane in range(17))
PAYLOADS = [
    *HOSTILE,
    *ADDRESSES,
    PLANES,
    "noncharacters \ufdd0\ufffe\uffff\U0001ffff, a lone half \ud83d, a zero width\u200b\ufeff",
    "toString",
    "hasOwnProperty",
    "valueOf",
    "marks \u200f\u202b\u2067\u061c without end",
    "Zalgo" + "\u0335\u0321\u0347" * 300,
    "",
]

NODE_FIELDS = ["label", "type", "kind", "valid_from", "valid_until", "register"]
NODE_LISTS = ["other_names", "shared_names", "same_as"]
NAMED_LISTS = ["predecessors", "successors"]
CLAIM_FIELDS = ["predicate", "status", "role"]
SENTENCE_FIELDS = ["quote", "prefix", "suffix", "title", "date", "link"]
PAGES = {
    "names": ["label", "other_names", "shared_names", *NAMED_LISTS, "quote", "prefix", "suffix"],
    "facts": ["type", "kind", "valid_from", "valid_until", "register", "same_as", "codes", "status"],
    "others": ["node id", "page title", "predicate", "role", "title", "date", "link"],
}
"""The fields that have hostile text in one page, so that each is seen without a page of its own."""

INSPECT = """() => {
  const all = [...document.querySelectorAll('*')];
  const names = (list) => [...new Set(list)].sort();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const turning = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const shown = !node.parentElement.closest('script, noscript, style, #spoken');
    if (shown && /[\\u202e\\u202b\\u2067]/.test(node.data) && !node.parentElement.closest('bdi')) {
      turning.push(node.parentElement.outerHTML.slice(0, 80));
    }
  }
  return {
    hacked: window.hacked, polluted: Object.keys(Object.prototype), turning,
    elements: names(all.map((one) => one.localName)),
    handlers: names(all.flatMap((one) => one.getAttributeNames().filter((name) => name.startsWith('on')))),
    links: names([...document.links].map((link) => link.protocol)), title: document.title,
    counts: ['script', 'style', 'base', 'meta', 'link'].map((name) => document.querySelectorAll(name).length),
  };
}"""


def make_network(fields: list[str], payloads: list[str]) -> Network:
    """Return a star of bodies and statements, as many as payloads, each with one of them in ``fields``."""
    drawn = Network(directed=True)
    drawn.add_node("hub", label="hub", x=0, y=200, about={"type": "CareTrust"})
    for number, text in enumerate(payloads):
        body = f"{text} {number}" if "node id" in fields else f"body {number}"
        label = text if "label" in fields and text else body
        drawn.add_node(body, label=label, x=number * 90, y=0, about=make_about(fields, text))
        drawn.edges.append({"from": body, "to": "hub", "claim": make_claim(fields, text)})
    return drawn


def make_about(fields: list[str], text: str) -> dict[str, Any]:
    about: dict[str, Any] = {
        "type": "CareTrust",
        "kind": "named",
        "valid_from": "2001",
        "valid_until": "2005",
    }
    about |= {field: text for field in fields if field in NODE_FIELDS and field != "label"}
    about |= {field: [text, "second"] for field in fields if field in NODE_LISTS}
    named = [{"name": text}, {"name": "second", "from": text, "until": text}]
    about |= {field: named for field in fields if field in NAMED_LISTS}
    if "codes" in fields:
        about["codes"] = [{"scheme": "ODS", "code": text}, {"scheme": text, "code": "TBX"}]
    return about


def make_claim(fields: list[str], text: str) -> dict[str, Any]:
    sentence = {"quote": "A quote.", "prefix": "Before. ", "suffix": " After.", "title": "A title"}
    sentence |= {"date": "2001-03", "link": "https://example.org/one"}
    claim: dict[str, Any] = {"predicate": "funds", "status": "asserted", "role": "", "confidence": 0.7}
    sentence |= {field: text for field in fields if field in SENTENCE_FIELDS}
    claim |= {field: text for field in fields if field in CLAIM_FIELDS}
    return {**claim, "sentences": [sentence]}


def open_network(browser: Browser, folder: Path, drawn: Network, title: str = "A title") -> Visit:
    write_page(drawn, folder / "network.html", title=title)
    viewport = {"width": 1100, "height": 500}
    return Visit(browser, folder / "network.html", reduced_motion="reduce", viewport=viewport)


def look_everywhere(visit: Visit, payloads: list[str]) -> dict[str, Any]:
    """Open everything that shows data, and return what the page holds at the end of each part."""
    page = visit.page
    seen: dict[str, Any] = {}
    for number, text in enumerate(payloads):
        page.fill("#search", text.replace("\ud83d", "")[:60] or "body")
        if number % 4 == 0:
            page.keyboard.press("Enter")
    seen["search"] = page.evaluate(INSPECT)
    page.locator("#picture").focus()
    page.keyboard.press("Escape")
    for number in range(len(payloads) + 1):
        page.keyboard.press("n")
        page.keyboard.press("Enter")
        page.evaluate("document.querySelectorAll('#panel details').forEach((one) => (one.open = true))")
        seen[f"panel {number}"] = page.evaluate(INSPECT)
        page.keyboard.press("Escape")
    assert visit.text("#spoken").endswith(f"{len(payloads) + 1} of {len(payloads) + 1}")
    hover_around(visit)
    seen["pointer"] = page.evaluate(INSPECT)
    page.keyboard.press("Escape")
    open_guide(visit)
    seen["guide"] = page.evaluate(INSPECT)
    page.click("#show-table")
    seen["table"] = page.evaluate(INSPECT)
    for number in range(0, len(payloads), 3):
        page.locator("#rows tr").nth(number).locator("td.sentence button").evaluate("(one) => one.click()")
        seen[f"row {number}"] = page.evaluate(INSPECT)
    return seen


def hover_around(visit: Visit) -> None:
    box = visit.page.locator("#picture").bounding_box()
    assert box
    for step in range(12):
        for height in (0.4, 0.5, 0.6):
            visit.page.mouse.move(
                box["x"] + box["width"] * (step + 0.5) / 12, box["y"] + box["height"] * height
            )


@pytest.fixture(scope="module")
def harmless(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the page holds, part by part, when all of its data are harmless."""
    words = [f"words {number}" for number in range(len(PAYLOADS))]
    visit = open_network(browser, tmp_path_factory.mktemp("harmless"), make_network(["label"], words))
    seen = look_everywhere(visit, words)
    assert visit.problems == []
    visit.context.close()
    return seen


@pytest.mark.parametrize("fields", PAGES)
def test_data_are_text_in_every_field(
    browser: Browser, tmp_path: Path, harmless: dict[str, Any], fields: str
) -> None:
    title = " ".join(PAYLOADS) if "page title" in PAGES[fields] else "A title"
    visit = open_network(browser, tmp_path, make_network(PAGES[fields], PAYLOADS), title)
    seen = look_everywhere(visit, PAYLOADS)
    allowed = {name for part in harmless.values() for name in part["elements"]} | {
        "bdi",
        "details",
        "summary",
        "ol",
    }
    for part, held in seen.items():
        assert held["hacked"] is None, part
        assert held["polluted"] == [], part
        assert set(held["elements"]) - allowed == set(), part
        assert held["handlers"] == [], part
        assert set(held["links"]) <= {"http:", "https:", "mailto:", "file:"}, part
        assert held["counts"] == harmless["search"]["counts"], part
        assert held["turning"] == [], part
    assert visit.problems == []
    visit.context.close()


def list_parameters() -> list[str]:
    """Return the names that an address may hold, as ``state.js`` has them."""
    block = re.search(r"const PARAMETERS = \{\n(.*?)\n\};", (PAGE / "state.js").read_text("utf-8"), re.DOTALL)
    assert block
    return re.findall(r"^  (\w+):", block[1], re.MULTILINE)


FOLLOW = """async (addresses) => {
  for (const address of addresses) {
    location.hash = address;
    await new Promise((next) => setTimeout(next, 5));
  }
}"""


@pytest.mark.parametrize("parameter", [*list_parameters(), "__proto__", "constructor", "unknown", ""])
def test_address_is_only_an_address(visit: Visit, parameter: str) -> None:
    texts = [*PAYLOADS, "~", "~~~", "1~" + "~" * 99, "NaN", "-1", "1e999", "%E0%A4%A", "0-0-asserted"]
    plain = [text.encode("utf-8", "replace").decode() for text in texts]
    addresses = [f"{parameter}={text}" for text in (*plain, *map(quote, plain))]
    tables = [f"{address}&view=table" for address in addresses[::5]]
    visit.page.evaluate(FOLLOW, addresses + tables)
    held = visit.page.evaluate(INSPECT)
    assert held["hacked"] is None
    assert held["polluted"] == []
    assert held["handlers"] == []
    assert held["turning"] == []
    visit.page.evaluate("location.hash = 'body=organisation/ct-TBX'")
    visit.page.wait_for_selector("#panel h2")
    assert visit.text("#panel h2") == "Torbridge Care Trust", "the page still works"
