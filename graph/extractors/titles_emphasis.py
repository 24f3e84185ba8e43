"""Find titles in emphasis: what Markdown's asterisks and HTML's ``em``, ``i`` and ``cite`` set apart."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from graph.patterns import make_regex
from graph.records import Document, Span

_OPENING = make_regex(r"\*|_|<(?:em|i|cite)\b[^>]*>", re.IGNORECASE)
_CLOSING = make_regex(r"\*|_|</(?:em|i|cite)>", re.IGNORECASE)
_LONGEST = 160


def find_emphasised(document: Document) -> Iterator[Span]:
    """Yield spans of emphasised titles: two words or more, most of them with capitals.

    Offsets are of the document, end exclusive.
    """
    for opening, closing in pairwise(document.hidden):
        start, end = opening[1], closing[0]
        if not 5 < end - start < _LONGEST:
            continue
        text = document.text[start:end]
        marked = _OPENING.fullmatch(document.text[slice(*opening)].strip()) and _CLOSING.fullmatch(
            document.text[slice(*closing)].strip()
        )
        words = [word for word in text.split() if len(word) > 2]
        capitals = sum(word[0].isupper() for word in words)
        if marked and text[0].isupper() and len(text.split()) > 1 and capitals * 2 > len(words):
            yield start, end
