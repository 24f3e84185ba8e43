from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from graph.readers.content import merge_spans

SPANS = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)).map(lambda pair: (min(pair), max(pair))))


@given(SPANS)
def test_merged_spans_are_disjoint_and_cover_the_same_characters(spans: list[tuple[int, int]]) -> None:
    merged = merge_spans(spans)
    assert all(before[1] < after[0] for before, after in pairwise(merged))
    covered = {n for start, end in spans for n in range(start, end)}
    assert {n for start, end in merged for n in range(start, end)} == covered
