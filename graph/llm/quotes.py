"""Find a quote in the sentences that it was taken from, whatever its spaces and line breaks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from graph.records import Sentence, Span

_STRAIGHT = str.maketrans("‘’“”", "''\"\"")


def find_quote(quote: str, sentences: Sequence[Sentence]) -> Iterator[Span]:
    r"""Yield where a quote stands, as spans of the document.

    Each run of white space counts as one space and curly quotation marks as straight ones, as in
    ``Sentence.view``; all else must be the same, character by character. A match cuts no word in two.

    >>> list(find_quote("pool  their\nbudgets", [Sentence(10, 36, "The two pool their budgets")]))
    [(18, 36)]
    """
    sought = fold_quote(quote)
    folded, offsets = _fold_sentences(sentences)
    if not sought:
        return
    for match in re.finditer(rf"(?<!\w){re.escape(sought)}(?!\w)", folded):
        yield offsets[match.start()], offsets[match.end() - 1] + 1


def fold_quote(quote: str) -> str:
    """Return a quote with single spaces and straight quotation marks."""
    return " ".join(quote.translate(_STRAIGHT).split())


def _fold_sentences(sentences: Sequence[Sentence]) -> tuple[str, list[int]]:
    """Return the text of sentences with single spaces, and the document's offset of each character."""
    kept: list[str] = []
    offsets: list[int] = []
    for sentence in sentences:
        for offset, character in enumerate(sentence.view + " ", start=sentence.start):
            space = character.isspace()
            if not (space and kept and kept[-1] == " "):
                kept.append(" " if space else character)
                offsets.append(offset)
    return "".join(kept), offsets
