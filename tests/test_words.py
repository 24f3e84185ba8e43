from __future__ import annotations

import pytest

from graph.extractors import words

LISTS = {name: value for name, value in vars(words).items() if name.isupper()}


@pytest.mark.parametrize("name", LISTS)
def test_list_is_of_single_words(name: str) -> None:
    assert LISTS[name]
    assert all(word == word.strip() and " " not in word for word in LISTS[name])


def test_lists_that_exclude_each_other_share_nothing() -> None:
    assert not words.FUNCTION_WORDS & words.BODY_NOUNS
    assert not words.TITLES & words.DIRECTIONS
