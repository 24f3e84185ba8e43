"""Lay a document out for matching: one line a sentence, and a key without case and punctuation.

Both strings are as long as each other, so a match in the key is a match in the text, and every
position leads back to the document.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from graph.patterns import make_regex
from graph.records import Sentence, Span

SEPARATOR = " \n "
"""What stands between two sentences: no name crosses it, and every word has a space on each side."""

_NOT_WORD = make_regex(r"[^\w& \n]")
_CASELESS_SHARE = 0.002


@dataclass(frozen=True, slots=True)
class Reading:
    """A document as the extractors of organisations see it.

    Attributes:
        text: the views of the sentences that are not furniture, runs of spaces as one space.
        key: ``text`` in lower case, everything but letters, digits and ``&`` as a space; as long as ``text``.
        starts: where each sentence starts in ``text``.
        sentences: the sentences, one for each of ``starts``.
        anchors: positions in ``text`` from which on the distance to the document is constant.
        shifts: for each anchor, document offset less position.
        caseless: whether the document is written without capitals, so that they tell nothing.
    """

    text: str
    key: str
    starts: tuple[int, ...]
    sentences: tuple[Sentence, ...]
    anchors: tuple[int, ...]
    shifts: tuple[int, ...]
    caseless: bool

    def to_document(self, start: int, end: int) -> Span:
        """Return the document offsets of ``text[start:end]``, end exclusive; it must not be empty."""
        return self._offset(start), self._offset(end - 1) + 1

    def _offset(self, position: int) -> int:
        return position + self.shifts[bisect_right(self.anchors, position) - 1]

    def number_at(self, position: int) -> int:
        """Return the number, in ``sentences``, of the sentence at a position of ``text``."""
        return max(0, bisect_right(self.starts, position) - 1)

    def bounds_at(self, position: int) -> Span:
        """Return where the sentence at a position starts and ends in ``text``, end exclusive."""
        number = self.number_at(position)
        last = number + 1 == len(self.starts)
        return self.starts[number], len(self.text) - len(SEPARATOR) if last else self.starts[
            number + 1
        ] - len(SEPARATOR)

    def opens_sentence(self, position: int) -> bool:
        """Say whether only quotes, brackets or a bullet stand before a position in its sentence."""
        before = self.text[self.bounds_at(position)[0] : position]
        return not any(character.isalpha() for character in before)


def fold_key(text: str) -> str:
    """Make the key of a text: lower case, one space for each character that is no part of a word.

    >>> fold_key("King's Fund, B&NES")
    'king s fund  b&nes'
    """
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    return _NOT_WORD.sub(" ", lowered)


def read_sentences(sentences: Sequence[Sentence]) -> Reading:
    """Join the sentences that are not furniture into a reading.

    Args:
        sentences: of one document, in text order.
    """
    kept = tuple(sentence for sentence in sentences if sentence.kind != "furniture")
    parts: list[str] = [SEPARATOR]
    starts, anchors, shifts = [], [0], [0]
    at = len(SEPARATOR)
    for sentence in kept:
        starts.append(at)
        for offset, piece in _pieces(sentence.view):
            anchors.append(at)
            shifts.append(sentence.start + offset - at)
            parts.append(piece)
            at += len(piece)
        parts.append(SEPARATOR)
        at += len(SEPARATOR)
    text = "".join(parts)
    letters = sum(map(str.isalpha, text))
    caseless = letters > 200 and sum(map(str.isupper, text)) < _CASELESS_SHARE * letters
    return Reading(text, fold_key(text), tuple(starts), kept, tuple(anchors), tuple(shifts), caseless)


def _pieces(view: str) -> list[tuple[int, str]]:
    """Cut a view at runs of spaces into (offset, piece), each piece with one space at its end."""
    if "  " not in view:
        return [(0, view)]
    pieces, at = [], 0
    for run in re.finditer(r" {2,}", view):
        pieces.append((at, view[at : run.start() + 1]))
        at = run.end()
    pieces.append((at, view[at:]))
    return [(offset, piece) for offset, piece in pieces if piece]
