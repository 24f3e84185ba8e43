"""Find which of many words, or names, stand in a text: in one pass, however many there are."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

import ahocorasick_rs

from graph.patterns import make_regex

_BEFORE = make_regex(r"(?<![\w-])")

Find = Callable[[str], Iterator[tuple[int, str]]]


def make_finder(words: Sequence[str], after: re.Pattern[str]) -> Find:
    """Return what yields each place of a text where one of some words stands whole, and the word.

    It does what a pattern of all of them does, which would be tried word by word at every place of the text.

    Args:
        words: of several that fit one place, the first is taken; what it covers is not searched again.
        after: what may not follow a word.
    """
    automaton = ahocorasick_rs.AhoCorasick(words)

    def find(text: str) -> Iterator[tuple[int, str]]:
        matches = automaton.find_matches_as_indexes(text, overlapping=True)
        free = 0
        for start, number, end in sorted((start, number, end) for number, start, end in matches):
            if start >= free and _BEFORE.match(text, start) and not after.match(text, end):
                yield start, words[number]
                free = end

    return find
