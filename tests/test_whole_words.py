"""Many words are found where a pattern of all of them finds them."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from graph.extractors.whole_words import make_finder

LETTERS = st.text("ab -\u00e9", min_size=1, max_size=4)


@given(st.lists(LETTERS, min_size=1, unique=True), st.text("ab -\u00e9", max_size=60))
def test_words_are_found_as_by_a_pattern_of_all(words: list[str], text: str) -> None:
    after = r"[\w-]"
    pattern = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, words))})(?!{after})")
    expected = [(found.start(), found[0]) for found in pattern.finditer(text)]
    assert list(make_finder(words, re.compile(after))(text)) == expected
