"""The search index: sentences and names found, any text taken, whole beside its store or made again."""

from __future__ import annotations

import pytest

from graph.search_index import SearchIndex, make_index
from tests.sample_graph import sample_store


@pytest.fixture(scope="module")
def index() -> SearchIndex:
    return make_index(sample_store())


SENTENCES = [
    ("pool budgets", 1, "Primary care trusts pool budgets"),
    ("pooled budget", 1, "Primary care trusts pool budgets"),
    ('"pooled budget"', 0, ""),
    ('"pool budgets"', 1, "Primary care trusts pool budgets"),
]


@pytest.mark.parametrize(("text", "total", "begins"), SENTENCES)
def test_finds_sentences(index: SearchIndex, text: str, total: int, begins: str) -> None:
    hits = index.search_sentences(text)
    assert hits.total == total
    if total:
        assert hits.hits[0].sentence.startswith(begins)
