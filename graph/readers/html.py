"""Read an HTML page with the standard library's parser and our own rules of what is a block.

The parser is the only one of those measured that survives every broken page. The text is what
a reader sees of the page's content: one block a paragraph, heading, list item or table cell,
with blank lines between; menus, headers, footers, forms, scripts and notices are left out.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser

from graph.errors import DocumentError
from graph.readers.blocks import clean_characters, collapse_space, join_blocks
from graph.readers.content import Content
from graph.readers.decoding import decode_text

Attributes = list[tuple[str, str | None]]

_BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 head header hr html legend li main menu nav ol p pre section summary "
    "table tbody td tfoot th thead title tr ul".split()
)
_VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
_UNSEEN = frozenset(
    "script style template svg math noscript iframe object canvas audio video select button textarea "
    "datalist nav footer dialog map".split()
)
_CHROME = frozenset("header aside form".split())
_UNSEEN_ROLES = frozenset(
    "navigation contentinfo search dialog alertdialog menu menubar banner complementary".split()
)
_CHROME_WORDS = re.compile(
    r"(?:^|[\s_-])(?:cookies?|consent|breadcrumbs?|sharing|share|newsletter|adverts?|ads|advertisement|"
    r"pagination|skip|sidebar|related|footer|masthead|promo|toolbar|navbar|navigation|nav|menu|popup|modal|sr-only|visually-hidden)(?:$|[\s_-])",
    re.IGNORECASE,
)
_NEVER_CHROME = frozenset("html body main article h1 p".split())
_INVISIBLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_BULLET = "\u2022 "
_ENDS = (("<!--", re.compile(r"--(?:!|\s{0,20})>")), ("<![CDATA[", re.compile("]")), ("<", re.compile(">")))
_LONG_NUMBER = re.compile(r"&#(?:\d{8,}|[xX][0-9a-fA-F]{8,});?")
_NOTE = re.compile(r"\s*\d{1,3}\s*")
_MEASURE = re.compile(r"(?:\d|\b[ck]?m)$")  # what may be squared
_CHARSET = re.compile(
    rb"<meta[^>]{0,500}?charset\s*=\s*[\"']?\s*([\w:.-]{1,40})"
    rb"|<\?xml[^>]{0,200}?encoding=[\"']([\w.-]{1,40})",
    re.IGNORECASE,
)
# Names under which pages state a field, best first.
_STATED = {
    "title": "citation_title dc.title dcterms.title og:title <title>",
    "date": "citation_publication_date citation_date dc.date.issued dcterms.issued dcterms.date dc.date "
    "article:published_time datepublished date",
    "author": "citation_author dc.creator dcterms.creator author article:author",
    "publisher": "citation_publisher dc.publisher dcterms.publisher og:site_name",
    "url": "<canonical> og:url citation_public_url",
}


def read_content(data: bytes, name: str) -> Content:
    """Render an HTML page as text, with what it states of itself.

    Raises:
        DocumentError: when it is no text, or holds nothing to read.
    """
    match = _CHARSET.search(data[:4096])
    declared = next(group for group in match.groups() if group).decode("ascii", "replace") if match else None
    page = _Page()
    page.feed(_close_markup(decode_text(data, name, declared=declared)))
    page.close()
    text = clean_characters(join_blocks(page.content()))
    if not text:
        raise DocumentError(name, "holds no text to read; a script may fill it in: save it as text")
    return Content(text, properties=page.properties())


def _close_markup(text: str) -> str:
    """Show as text what begins like markup and never ends, and leave out numbers that no character has.

    The parser looks for the end of each such beginning in all of the page, and stumbles over long numbers.
    """
    for opening, closing in _ENDS:
        last = max((end.end() for end in closing.finditer(text)), default=0) if opening in text else 0
        text = text[:last] + text[last:].replace(opening, "&lt;" + opening[1:])
    return _LONG_NUMBER.sub("\ufffd", text)


class _Page(HTMLParser):
    """Collects blocks in order and marks which of them are no content."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._blocks: list[str] = []
        self._pieces: list[str] = []
        self._stated: dict[str, list[str]] = {}
        self._open: list[tuple[str, int, str]] = []  # tag, number of its first block, how it is treated
        self._counts: dict[str, int] = {}
        self._unseen = 0
        self._regions: list[tuple[int, int]] = []

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        """Start a block, or note what the page states of itself."""
        stated = {key: value or "" for key, value in attrs}
        if tag in ("meta", "link"):
            self._state(tag, stated)
        elif tag == "br" and not self._unseen:
            self._pieces.append("\n")
        if tag in _BLOCKS:
            self._flush()
        if tag in _VOID:
            return
        treatment = _treatment(tag, stated)
        if tag == "header" and (self._counts.get("article") or self._counts.get("main")):
            treatment = ""  # the head of the article, not of the page
        self._unseen += treatment == "unseen"
        self._counts[tag] = self._counts.get(tag, 0) + 1
        self._open.append((tag, len(self._blocks), treatment))
        if tag == "li" and not self._unseen and not self._pieces:
            self._pieces.append(_BULLET)
        elif tag == "q" and not self._unseen:
            self._pieces.append('"')

    def handle_startendtag(self, tag: str, attrs: Attributes) -> None:
        """Take ``<div/>`` as browsers do, for a start; foreign and void elements hold nothing."""
        if tag in _VOID or tag in _BLOCKS:
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        """End the innermost open element of that name with all that it left open."""
        if tag in _BLOCKS:
            self._flush()
        elif tag == "q" and not self._unseen:
            self._pieces.append('"')
        elif tag == "sup":
            self._mark_note()
        while self._counts.get(tag):
            if self._close() == tag:
                return

    def handle_data(self, data: str) -> None:
        """Keep text that is shown."""
        if self._open and self._open[-1][0] == "title" and not self._unseen:
            self._stated.setdefault("<title>", []).append(data)
        elif not self._unseen:
            preformatted = self._counts.get("pre")
            self._pieces.append(data if preformatted else data.replace("\n", " "))

    def close(self) -> None:
        """End the page and every element that it left open."""
        super().close()
        self._flush()
        while self._open:
            self._close()

    def parse_marked_section(self, i: int, report: bool = True) -> int:
        """Pass over ``<![if IE]>`` as browsers do; over some of them the inherited parser fails."""
        if self.rawdata.startswith("<![CDATA[", i):
            return super().parse_marked_section(i, report)
        return self.parse_bogus_comment(i, report)

    def content(self) -> list[str]:
        """Return the blocks outside of headers, asides, forms and notices.

        One of these that holds most of the page is no ornament (a page may be one form), and stays.
        """
        total = sum(map(len, self._blocks))
        lengths = [0]
        for block in self._blocks:
            lengths.append(lengths[-1] + len(block))
        depth = [0] * (len(self._blocks) + 1)
        for start, end in self._regions:
            if 2 * (lengths[end] - lengths[start]) < total:
                depth[start] += 1
                depth[end] -= 1
        kept, level = [], 0
        for block, change in zip(self._blocks, depth, strict=False):
            level += change
            if not level:
                kept.append(block)
        return kept

    def properties(self) -> dict[str, str]:
        """Return what the page states of itself, by field."""
        found = {}
        for field, names in _STATED.items():
            values = next((self._stated[name] for name in names.split() if name in self._stated), [])
            values = [collapse_space(value).replace("\n", " ") for value in values]
            value = ", ".join(values) if field == "author" else (values or [""])[0]
            if value and not (field == "author" and value.startswith("http")):
                found[field] = value
        return found

    def _state(self, tag: str, stated: dict[str, str]) -> None:
        if tag == "link":
            if "canonical" in stated.get("rel", "").lower().split():
                self._stated.setdefault("<canonical>", []).append(stated.get("href", ""))
            return
        name = stated.get("name") or stated.get("property") or stated.get("itemprop") or ""
        if name and stated.get("content", "").strip():
            self._stated.setdefault(name.lower(), []).append(stated["content"])

    def _flush(self) -> None:
        """End a block; a bullet waits for the block that shows its item."""
        block = collapse_space("".join(self._pieces))
        self._pieces.clear()
        if block == _BULLET.strip():
            self._pieces.append(_BULLET)
        elif block:
            self._blocks.append(block)

    def _mark_note(self) -> None:
        """Write the mark of a note as ``[1]``, so that it does not run into the word before it."""
        before, mark = self._pieces[-2:] if len(self._pieces) > 1 else ("", "")
        if _NOTE.fullmatch(mark) and not _MEASURE.search(before):
            self._pieces[-1] = f"[{mark.strip()}]"

    def _close(self) -> str:
        tag, first, treatment = self._open.pop()
        self._counts[tag] -= 1
        if tag == "li" and self._pieces == [_BULLET]:
            self._pieces.clear()
        self._unseen -= treatment == "unseen"
        if treatment == "chrome":
            self._flush()
            self._regions.append((first, len(self._blocks)))
        return tag


def _treatment(tag: str, stated: dict[str, str]) -> str:
    """Say whether an element is ``unseen``, ``chrome`` (dropped unless it is most of the page) or ``""``."""
    if tag in _NEVER_CHROME:
        return ""
    if tag in _UNSEEN or "hidden" in stated or stated.get("aria-hidden") == "true":
        return "unseen"
    if stated.get("role", "").lower() in _UNSEEN_ROLES or _INVISIBLE.search(stated.get("style", "")):
        return "unseen"
    names = f"{stated.get('class', '')} {stated.get('id', '')}"
    return "chrome" if tag in _CHROME or _CHROME_WORDS.search(names) else ""
