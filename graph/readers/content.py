"""What a reader hands back, and the limits that every file is read under."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

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
