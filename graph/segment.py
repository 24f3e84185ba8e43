"""Cut documents into sentences, headings, list items, cells and references, offsets kept.

A text is first *masked*: hidden spans (markup, front matter) become spaces, curly quotes
straight ones, line breaks spaces, each character for one character. So every offset into a
sentence's view is an offset into the document, and rules never meet markup or wrapped lines.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import overload

from graph.furniture import find_furniture
from graph.patterns import make_regex
from graph.records import Document, Sentence, Span

_FOLD = str.maketrans(
    {
        **dict.fromkeys("\n\r\t\v\f\x85\u00a0\u2007\u202f\u2009\u200a\u200b\u200c\u200d", " "),
        **dict.fromkeys("\ufeff\u2028\u2029\u00ad", " "), **dict.fromkeys("\u2010\u2011\u2012\u2212", "-"),
        **dict.fromkeys("\u2018\u2019\u201a\u201b\u02bc`\u00b4", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u00ab\u00bb", '"'),
    }
)  # fmt: skip
# Tags that end a block; what stands on both sides is never one sentence.
_BLOCK_TAG = make_regex(
    r"</?(?:address|article|aside|blockquote|body|br|button|caption|center|dd|div|dl|dt|figcaption|figure|footer|"
    r"form|h[1-6]|head|header|hr|html|li|main|nav|ol|option|p|pre|section|select|table|tbody|td|tfoot|th|thead|"
    r"title|tr|ul)\b|<\?|<!",
    re.IGNORECASE,
)
_CELL_TAG = make_regex(r"</?t[dh]\b", re.IGNORECASE)
_LINE = make_regex(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
_BULLET = make_regex(r"\s*(?:[\u2022\u2023\u25aa\u25cf\u25e6\u2043\u00b7*\u2013-]|\(?[a-z0-9]{1,2}[.)])\s+")
_REFERENCES = make_regex(
    r"\s*(?:further reading|references?|bibliography|notes?|sources)\s*:?\s*$", re.IGNORECASE
)
_REFERENCE = make_regex(r"\s*[\[(]?\d{1,2}[\])]?\.?\s*[A-Z].*\b(?:19|20)\d\d\b")
_NUMBER = make_regex(r"\s*[\[(]?(\d{1,2})[\])]?\.?\s")
_TERMINAL = make_regex(r"[.!?:;][\"')\]\u201d\u2019]*\s*(?:[\[(]\d+[\])])*\s*$")
_BOUNDARY = make_regex(
    r"(?:[.!?]|\u2026)[\"')\]]*(?:(?:[\[(]\d{1,3}[\])])+|(?<=[a-z]\.)\d{1,2}(?=\s))?(\s+)(?=[\"'(\[]*[A-Z0-9\u00a3$\u2022])"
)
_ABBREVIATION = make_regex(
    r"(?:^|[\s(\"'])(?:Mr|Mrs|Ms|Miss|Dr|Prof|Rev|St|Sir|Rt|Hon|hon|Lt|Col|Gen|Sgt|Cllr|Ald|para|paras|vs|v|c|cf|"
    r"ca|e\.g|i\.e|eg|ie|viz|al|ed|eds|vol|Vol|ch|Ch|cl|Cl|Fig|fig|Ltd|Co|Inc|Jan|Feb|Mar|Apr|Jun|Jul|"
    r"Aug|Sept|Sep|Oct|Nov|Dec|[A-Z]|[A-Z]\.[A-Z]|U\.S|U\.K)\.$|etc\.\)$"
)
# "no. 7" goes on, "said no. White" does not
_NUMBERED = make_regex(r"(?:^|[\s(])(?:No|Nos|no|nos|p|pp)\.$")
MAX_HEADING_WORDS = 14
MAX_SENTENCE = 4000
"""Characters after which a sentence without any full stop is cut, so that cost stays linear."""


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    break_before: bool
    cell: bool


def mask_text(text: str, hidden: tuple[Span, ...]) -> str:
    """Return ``text`` with hidden spans as spaces and typography folded; the length stays.

    >>> mask_text("a <b>\u2018c\u2019</b>", ((2, 5), (8, 12)))
    "a    'c'    "
    """
    parts, at = [], 0
    for start, end in hidden:
        parts += [text[at:start], " " * (end - start)]
        at = end
    return "".join([*parts, text[at:]]).translate(_FOLD)


def segment_document(document: Document) -> tuple[Sentence, ...]:
    """Cut a document, whose ``hidden`` spans are masked, into sentences in text order.

    Returns:
        Sentences with character offsets into ``document.text``; they never overlap, and white space between
        them belongs to none.
    """
    masked = mask_text(document.text, document.hidden)
    furniture = deque(find_furniture(document.text))
    sentences, in_references = list[Sentence](), False
    for paragraph, block in enumerate(_blocks(document, masked)):
        start, end = block[0].start, block[-1].end
        kind = _kind_of(masked[start:end], block, in_references)
        if kind == "heading":
            in_references = bool(_REFERENCES.match(masked[start:end]))
        elif in_references and end - start > 600:
            in_references, kind = False, "prose"
        while furniture and furniture[0][1] <= start:
            furniture.popleft()
        if furniture and furniture[0][0] <= start:
            kind = "furniture"
        for a, b in _split(masked, start, end, whole=kind in ("heading", "reference", "furniture")):
            sentences.append(Sentence(a, b, masked[a:b], kind, paragraph, len(sentences)))
    return tuple(sentences)


class LaterSentences(Sequence[Sentence]):
    """The sentences of a document, cut when somebody first looks at them; as good as a tuple of them."""

    __slots__ = ("__dict__", "_document")

    def __init__(self, document: Document) -> None:
        self._document = document

    @cached_property
    def _cut(self) -> tuple[Sentence, ...]:
        return segment_document(self._document)

    @overload
    def __getitem__(self, place: int) -> Sentence: ...

    @overload
    def __getitem__(self, place: slice) -> tuple[Sentence, ...]: ...

    def __getitem__(self, place: int | slice) -> Sentence | tuple[Sentence, ...]:
        """Return a sentence, or some."""
        return self._cut[place]

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._cut)

    def __eq__(self, other: object) -> bool:
        """Say whether the other holds the same sentences."""
        return isinstance(other, tuple | LaterSentences) and self._cut == tuple(other)

    def __hash__(self) -> int:
        """Return the hash of the tuple."""
        return hash(self._cut)


def _lines(document: Document, masked: str) -> Iterator[_Line]:
    """Yield the lines that show something; block markup ends a line too."""
    breaks: dict[int, bool] = {}
    for start, end in document.hidden:
        markup = document.text[start:end]
        # Emphasis and "&nbsp;" stand within a sentence; a mark that takes its line break along does not.
        if _BLOCK_TAG.search(markup) or ("\n" in markup and not markup.startswith("<")):
            breaks[start] = bool(_CELL_TAG.search(markup))
    cuts = deque(sorted(breaks))
    at, gap, cell = 0, True, False
    for line in _LINE.finditer(document.text):
        gap = gap or document.text.count("\n", at, line.start()) > 1
        start, at = line.start(), line.end()
        while cuts and cuts[0] < line.start():
            gap, cell = True, breaks[cuts.popleft()]
        pieces = [start]
        while cuts and cuts[0] < line.end():
            pieces.append(cuts.popleft())
        for number, (a, b) in enumerate(zip(pieces, [*pieces[1:], line.end()], strict=True)):
            if number:
                gap, cell = True, breaks[a]
            shown = masked[a:b].strip()
            if shown:
                a += len(masked[a:b]) - len(masked[a:b].lstrip())
                yield _Line(a, a + len(shown), gap, cell)
                gap, cell = False, False


def _blocks(document: Document, masked: str) -> Iterator[list[_Line]]:
    """Join lines that were only wrapped; a blank line, a heading or a list item starts a block."""
    lines = list(_lines(document, masked))
    lengths = sorted(line.end - line.start for line in lines)
    width = lengths[int(len(lengths) * 0.9)] if lengths else 0
    block: list[_Line] = []
    for line in lines:
        if block and not _continues(masked, block, line, width):
            yield block
            block = []
        block.append(line)
    if block:
        yield block


def _continues(masked: str, block: list[_Line], line: _Line, width: int) -> bool:
    """Say whether ``line`` goes on where the block was wrapped at ``width`` characters."""
    if line.break_before or line.cell:
        return False
    before = block[-1]
    text, next_text = masked[before.start : before.end], masked[line.start : line.end]
    if _BULLET.match(next_text) or _starts_reference(masked[block[0].start : block[0].end], next_text):
        return False
    if next_text[:1].islower():
        return True
    length = before.end - before.start
    if width > 160:  # a text without wrapping: each line is a paragraph
        return False
    if _TERMINAL.search(text):
        return length >= 0.8 * width and not next_text[:1].isupper()
    return length >= 0.6 * width


def _starts_reference(first: str, line: str) -> bool:
    """Say whether ``line`` is the next numbered reference, not "Section / 31 Flexibilities" wrapped."""
    if not _REFERENCE.match(line):
        return False
    number, last = _NUMBER.match(line), _NUMBER.match(first)
    return not (number and last) or int(number[1]) == int(last[1]) + 1


def _kind_of(text: str, block: list[_Line], in_references: bool) -> str:
    """Tell headings, items, cells, references and bylines from prose, by their shape."""
    if block[0].cell or text.count("|") >= 2:
        return "cell"
    words = len(text.split())
    if in_references or (
        words < 60 and _REFERENCE.match(text) and not text.rstrip().endswith(".") and words > 4
    ):
        return "heading" if _REFERENCES.match(text) else "reference"
    if _BULLET.match(text):
        return "item"
    if words <= MAX_HEADING_WORDS and not re.search(r"[.!?;,][\"')\]]*$", text.rstrip()):
        return "byline" if re.match(r"(?:by|from)\s+[A-Z]", text, re.IGNORECASE) and words <= 8 else "heading"
    return "prose"


def _split(masked: str, start: int, end: int, *, whole: bool) -> Iterator[Span]:
    """Yield the spans of the sentences in ``masked[start:end]``."""
    at = start
    if not whole:
        for boundary in _BOUNDARY.finditer(masked, start, end):
            stop = boundary.start(1)
            before = masked[max(at, stop - 12) : stop]
            numbered = _NUMBERED.search(before) and masked[boundary.end(1)].isdigit()
            bullet = _BULLET.fullmatch(masked, at, boundary.end(1))
            if not (numbered or bullet or _ABBREVIATION.search(before)):
                yield from _cut(masked, at, stop)
                at = boundary.end(1)
    yield from _cut(masked, at, end)


def _cut(masked: str, at: int, end: int) -> Iterator[Span]:
    """Yield a sentence, in parts if it is too long."""
    while end - at > MAX_SENTENCE:
        cut = masked.rfind(" ", at, at + MAX_SENTENCE)
        cut = cut if cut > at else at + MAX_SENTENCE
        yield at, cut
        at = cut + (masked[cut : cut + 1] == " ")
    if masked[at:end].strip():
        yield at, end
