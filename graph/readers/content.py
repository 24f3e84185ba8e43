"""What a reader hands back, and the limits that every file is read under."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from graph.errors import DocumentError
from graph.records import Span

FIELDS = ("title", "date", "author", "publisher", "url", "citation")
"""What a document may state of itself: the metadata of ``graph.records.Document``."""


@dataclass(frozen=True, slots=True)
class Content:
    """The text of one file, as its reader found it.

    Attributes:
        text: the text that offsets count in.
        hidden: sorted, disjoint spans of ``text`` that are no prose.
        properties: what the file states of itself, as it states it, by name (``FIELDS``).
    """

    text: str
    hidden: tuple[Span, ...] = ()
    properties: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one file may cost before it is given up with one clear line.

    Attributes:
        max_bytes: size of the file.
        max_characters: length of its text.
        max_line: length of one line of its text, in characters.
        seconds: time that a PDF, Word or HTML file may take.
        memory: bytes of memory that reading such a file may take, where the system can limit it.
    """

    max_bytes: int = 50_000_000
    max_characters: int = 10_000_000
    max_line: int = 1_000_000
    seconds: float = 60.0
    memory: int = 1 << 30


def check_size(size: int, name: str, limits: Limits) -> None:
    """Refuse a file that is too large.

    Raises:
        DocumentError: it has more bytes than a document may have.
    """
    if size > limits.max_bytes:
        raise DocumentError(name, f"is over the limit of {limits.max_bytes:,} bytes for a document; split it")


def check_text(content: Content, name: str, limits: Limits) -> None:
    """Refuse a text that is none, or too long for one document.

    Raises:
        DocumentError: it is one of these.
    """
    if len(content.text) > limits.max_characters:
        length = f"{len(content.text):,} characters, over the limit of {limits.max_characters:,}"
        raise DocumentError(name, f"holds {length} for one document; split it")
    if len(content.text) > limits.max_line:
        _check_lines(content.text, name, limits)
    start = 0
    for hidden_start, hidden_end in [*content.hidden, (len(content.text), len(content.text))]:
        if content.text[start:hidden_start].strip():
            return
        start = hidden_end
    raise DocumentError(name, "holds no text to read; remove it or save it again")


def _check_lines(text: str, name: str, limits: Limits) -> None:
    for number, line in enumerate(text.split("\n"), start=1):
        if len(line) > limits.max_line:
            length = f"{len(line):,} characters, over the limit of {limits.max_line:,}"
            raise DocumentError(name, f"line {number} holds {length} for one line; break it into paragraphs")


def merge_spans(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Sort spans and join those that touch or overlap; empty ones go.

    >>> merge_spans([(5, 8), (0, 2), (2, 3), (6, 7), (9, 9)])
    ((0, 3), (5, 8))
    """
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        elif start < end:
            merged.append((start, end))
    return tuple(merged)
