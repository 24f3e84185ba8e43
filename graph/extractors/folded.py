"""Fold a text into words for one quick look at it: bytes, a space on each side of every word, nothing else.

What is found in a folded text need not be in the document as it stands there; what is in the document is
found in its folded text. So whoever looks for something that must be there, and finds nothing, may be sure.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property

from graph.furniture import find_furniture, is_no_furniture
from graph.patterns import make_regex
from graph.records import Span

_NO_UPPER = bytes(sorted(set(range(256)) - set(range(ord("A"), ord("Z") + 1))))
_KEPT = frozenset(b"0123456789_&abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
_WORDS = bytes(byte if byte in _KEPT else ord(" ") for byte in range(256))
_TYPOGRAPHY = make_regex(
    "[\u2018\u2019\u201a\u201b\u201c\u201d\u201e\u00ab\u00bb\u2010-\u2015\u2212\u2026\u00a0\u00a3\u00a7\u00a9\u00ae"
    "\u00b0\u00b1\u00b7\u00bd\u00bc\u00be\u00d7\u2009\u200a\u2022\u202f\u20ac\u2122\u2190-\u21ff\u25a0-\u25ff\u2007\u2032\u2033]+"
)
_FOLDS_INTO_ASCII = make_regex("[\u0130\u0131\u017f\u212a]")
"""Letters that match an ASCII letter where case is ignored."""
_CASELESS_SHARE = 0.002


class Folded:
    """A text as words.

    Attributes:
        text: without what is hidden; as long as the document.
        cased: its words as they are written, one space between them and at both ends.
        key: ``cased`` in small letters, as long.
        foreign: whether it has letters beyond ASCII, which count as spaces here, so that what stands beside
            a word is not sure.
        hits: what one automaton found in ``key``, once it has been looked for.
        odd: whether it has letters that a pattern takes for ASCII ones.
    """

    __slots__ = ("__dict__", "_document", "cased", "foreign", "hits", "key", "odd", "text")

    def __init__(self, text: str, hidden: Sequence[Span] = ()) -> None:
        self._document = text
        self.text = mask_hidden(text, hidden)
        self.foreign = self.odd = False
        if not text.isascii():
            others = _TYPOGRAPHY.sub("", "".join(filter(_is_foreign, set(text))))
            self.foreign, self.odd = bool(others), bool(_FOLDS_INTO_ASCII.search(others))
        words = fold_words(self.text)
        # Names hold "&" as a letter, and the rules take it for the end of a word.
        self.cased = words + fold_words(words.replace(b"&", b" ").decode()) if b"&" in words else words
        self.key = self.cased.lower()
        self.hits: Sequence[tuple[int, int, int]] | None = None

    @cached_property
    def caseless(self) -> bool:
        """Whether it may be written without capitals, so that they tell nothing."""
        least = _CASELESS_SHARE * len(self.text)
        if self._has_paragraphs_with(least):
            return False
        return self.capitals < least or bool(find_furniture(self._document))

    def _has_paragraphs_with(self, least: float) -> bool:
        """Say whether the first lines of paragraphs, less those that may be furniture, have so many capitals.

        After an empty line nothing goes on from furniture, and what begins a paragraph is all of its line.
        """
        if self.foreign or self.text is not self._document or "\r" in self.text:
            return False
        capitals, at = 0, 0
        while 0 <= at < len(self.text) and capitals < least:
            end = self.text.find("\n", at)
            line = self.text[at : end if end >= 0 else None]
            capitals += count_capitals(line) if line and is_no_furniture(line) else 0
            at = self.text.find("\n\n", at)
            at += 2 if at >= 0 else 0
        return capitals >= least

    def holds(self, pattern: re.Pattern[str]) -> bool:
        """Say whether a pattern stands anywhere in the text; each is looked for once."""
        if pattern not in self._searched:
            self._searched[pattern] = bool(pattern.search(self.text))
        return self._searched[pattern]

    @cached_property
    def _searched(self) -> dict[re.Pattern[str], bool]:
        return {}

    @cached_property
    def capitals(self) -> int:
        """How many capitals it has."""
        return count_capitals(self.text)


def count_capitals(text: str) -> int:
    """Count the capitals of a text that are ASCII letters."""
    return len(text.encode("utf-8", "surrogatepass").translate(None, _NO_UPPER))


def fold_words(text: str) -> bytes:
    """Return the words of a text with one space on each side; ``&`` is a letter.

    >>> fold_words("King's Fund, R&D")
    b' King s Fund R&D '
    """
    words = text.encode("utf-8", "surrogatepass").translate(_WORDS)
    return b" %b " % b" ".join(words.split())


def mask_hidden(text: str, hidden: Sequence[Span]) -> str:
    """Return a text with its hidden spans as spaces; the length stays."""
    if not hidden:
        return text
    parts, at = [], 0
    for start, end in hidden:
        parts += [text[at:start], " " * (end - start)]
        at = end
    return "".join([*parts, text[at:]])


def _is_foreign(character: str) -> bool:
    return character > "\x7f"
