from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from graph.extractors.candidates import Candidate, choose_longest

CANDIDATES = st.builds(
    lambda start, size, rank: Candidate(start, start + size, "named", "Company", f"rule {rank}", rank=rank),
    st.integers(0, 40), st.integers(1, 12), st.integers(0, 3),
)  # fmt: skip


@given(st.lists(CANDIDATES, max_size=15))
def test_chosen_candidates_do_not_overlap_and_nothing_free_is_left_out(candidates: list[Candidate]) -> None:
    chosen = choose_longest(candidates)
    taken = [at for candidate in chosen for at in range(candidate.start, candidate.end)]
    assert len(taken) == len(set(taken))
    for candidate in candidates:
        assert not set(taken).isdisjoint(range(candidate.start, candidate.end))


@given(st.lists(CANDIDATES, max_size=15))
def test_order_of_proposals_does_not_matter(candidates: list[Candidate]) -> None:
    assert choose_longest(candidates) == choose_longest(candidates[::-1])


def test_rank_decides_between_equal_spans() -> None:
    low, high = (Candidate(0, 5, "named", "Company", rule, rank=rank) for rule, rank in (("a", 1), ("b", 2)))
    assert choose_longest([low, high]) == [high]
