from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from graph.extractors.overlaps import Spans

spans = st.tuples(st.integers(0, 40), st.integers(1, 9)).map(lambda pair: (pair[0], pair[0] + pair[1]))


@given(st.lists(spans), spans)
def test_what_meets_a_span_is_what_overlaps_it(held: list[tuple[int, int]], asked: tuple[int, int]) -> None:
    start, end = asked
    meeting = sorted((a, b) for a, b in held if a < end and start < b)
    assert sorted(Spans(held).meeting(start, end)) == meeting
    assert Spans(held).meet(start, end) == bool(meeting)


@given(st.lists(spans), spans)
def test_spans_that_are_added_are_met_as_well(
    given_spans: list[tuple[int, int]], asked: tuple[int, int]
) -> None:
    added, kept = Spans(), []
    for start, end in given_spans:
        if not added.meet(start, end):
            added.add(start, end)
            kept.append((start, end))
    assert added.meet(*asked) == Spans(kept).meet(*asked)
    assert list(added.meeting(*asked)) == list(Spans(kept).meeting(*asked))
