"""Borders at which texts go out to be seen: what a document says stays text in HTML, JSON and a terminal."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from html.parser import HTMLParser

from fuzz_extracting import extract_text, find_sample, seed_documents
from fuzz_target import Target, require
from fuzz_words import HOSTILE

from graph.encode import escape_json
from graph.explain import explain_extraction
from graph.explain_page import draw_explanation
from graph.html_tables import isolate, make_link, mark_status, mark_text
from graph.register import ship_register
from graph.text_tables import make_safe

_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())


class Tags(HTMLParser):
    """The elements of a page, and how its attributes and text begin to run."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.words: list[str] = []
        self.open: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element."""
        self.tags.add(tag)
        self.attributes |= {f"{tag} {name}" for name, _ in attrs}
        self.open += [] if tag in _VOID else [tag]
        for name, value in attrs:
            require(
                name not in ("href", "src")
                or (value or "").strip().lower().startswith(("http", "#", "data:")),
                f"{name}={value}",
            )

    def handle_endtag(self, tag: str) -> None:
        """Require that elements end in the order in which they began."""
        if tag in self.open and tag not in ("p", "li"):
            while self.open.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        """Keep text."""
        self.words.append(data)


def show_text(data: bytes) -> None:
    """Write a text into HTML, JSON and a terminal: it stays text."""
    text = data.decode("utf-8", "surrogatepass") if data.isascii() else data.decode("utf-8", "replace")
    for made in (isolate(text), mark_text(text), mark_status(text), make_link(text, text)):
        shown = Tags(str(made))
        require(shown.tags <= {"bdi", "span", "a"}, f"no element of its own: {made}")
    require(
        "".join(Tags(str(isolate("a" + text))).words)[1:].count("<") == text.count("<"), "nothing is lost"
    )
    packed = escape_json({"a": text})
    require(not set("<>&\u2028\u2029") & set(packed), "no tag in JSON")
    require(json.loads(packed)["a"] == text, "JSON gives it back")
    safe = make_safe(text)
    require(
        safe.isprintable() or not any(c in safe for c in "\n\r\t\x1b\x07\u202e\u2066"),
        f"safe to print: {safe!r}",
    )


@cache
def _known_tags() -> tuple[frozenset[str], frozenset[str]]:
    names = {body.id: body.name for body in ship_register()}
    found = [find_sample()[0], *(note for note in map(extract_text, seed_documents()) if note is not None)]
    pages = [Tags(draw_explanation(explain_extraction(note, names))) for note in found]
    tags = {"a"}.union(*(page.tags for page in pages))
    attributes = {"a href", "a rel", "bdi class", "input disabled"}.union(
        *(page.attributes for page in pages)
    )
    return frozenset(tags), frozenset(attributes)


def explain(data: bytes) -> None:
    """Draw the page of what was seen in a text: it has the elements of any such page and no others."""
    found = extract_text(data)
    if found is None:
        return
    words = found.document.text[:80]
    document = replace(
        found.document, title=words, author=words, citation=words, url=f"https://example.org/{words}"
    )
    shown = Tags(draw_explanation(explain_extraction(replace(found, document=document), {})))
    tags, attributes = _known_tags()
    require(shown.tags <= tags, f"no element of its own: {shown.tags - tags}")
    require(shown.attributes <= attributes, f"no attribute of its own: {shown.attributes - attributes}")


def seed_shown() -> list[bytes]:
    """Give hostile strings, alone and together."""
    texts = [
        *HOSTILE,
        "\n".join(HOSTILE),
        "https://example.org/?a=1&b=<x>",
        "javascript:alert(1)",
        "2006-10-01",
        "Asserted",
    ]
    return [text.encode("utf-8", "surrogatepass" if text.isascii() else "replace") for text in texts]


TARGETS = (
    Target("shown", "texts in HTML, JSON and a terminal", show_text, seed_shown, HOSTILE),
    Target(
        "explained",
        "texts on the page that explains them",
        explain,
        seed_shown,
        HOSTILE,
        seconds=20,
        memory=4096,
    ),
)
