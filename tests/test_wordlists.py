"""The word lists are there, and hold together."""

from __future__ import annotations

import re

import pytest

from graph.errors import OntologyError
from graph.extractors.wordlists import load_words
from graph.vocabulary import STATUSES


def test_missing_list_says_what_to_do() -> None:
    with pytest.raises(OntologyError, match=r"nowhere\.toml: .*restore the file"):
        load_words("nowhere")


def test_given_names_are_single_capitalised_words() -> None:
    words = load_words("people")
    assert [n for n in words["given"] | words["weak"] if not re.fullmatch(r"[A-Z][a-z]+", n)] == []


def test_no_post_is_also_a_barrier() -> None:
    words = load_words("titles")
    assert not words["heads"] & words["barriers"]
    assert not words["dropped"] & words["barriers"]


def test_links_have_known_statuses_and_no_doubles() -> None:
    links = load_words("titles")["links"]
    assert set(links) == set(STATUSES)
    wordings = [wording for words in links.values() for wording in words]
    assert len(wordings) == len(set(wordings))


@pytest.mark.parametrize("key", ["nations", "regions", "counties", "cities"])
def test_places_are_named_once(key: str) -> None:
    names = load_words("places")[key]
    assert len(names) == len(set(names))
