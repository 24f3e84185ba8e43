"""The clause around a verb: where it starts, who its subject is, whether it is passive."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.extractors.clauses import (
    clause_start,
    find_adjacent,
    find_close_subject,
    find_subject,
    is_passive,
    is_slot,
)
from tests.relation_reading import chunk, named, read_marked

A, B, C = (
    "{A|LocalAuthority|Halverton Council}",
    "{B|PrimaryCareTrust|Tarnholt PCT}",
    "{C|Charity|Tarnholt Mind}",
)


@pytest.mark.parametrize(
    ("marked", "verb", "subject"),
    [
        (f"{A} funds {B}.", "funds", "A"),
        (f"{A} will now jointly fund {B}.", "fund", "A"),
        (f"{A} has recently failed to fund {B}.", "fund", "A"),
        (f"{A} and {B} fund {C}.", "fund", "A+B"),
        (f"{A}, which funds {B}, met.", "funds", "A"),
        (f"{A}, the largest here, which funds {B}, met.", "funds", "A"),
        (f"{C} met {A}, which funds {B}.", "funds", "A"),
        (f"{C} urged {A} to fund {B}.", "fund", "A"),
        (f"{C} has asked {A} to fund {B}.", "fund", "A"),
        (f"Although {C} left, {A} funds {B}.", "funds", "A"),
        (f"{A} met {C} in May and funds {B}.", "funds", "A"),
        (f"The leader of {A} in the north of the county funds {B}.", "funds", "A"),
        (f"It said that {A} funds {B}.", "funds", "A"),
        (f"They fund {B}.", "fund", "they"),
        (f"We will fund {B}.", "fund", "we"),
        (f"Nobody funds {B}.", "funds", ""),
        (f"Money from {A} to fund {B} ran out.", "fund", ""),
        (f"With help from {A}, nobody funds {B}.", "funds", ""),
    ],
)
def test_subject_of_the_verb(marked: str, verb: str, subject: str) -> None:
    chunks = chunk(marked)
    at = chunks.words.index(verb)
    assert named(chunks, find_subject(chunks, at, at + 1)) == subject


def test_close_subject_does_not_reach_over_another_verb() -> None:
    chunks = chunk(f"{A} met {C} in May and funds {B}.")
    at = chunks.words.index("funds")
    assert named(chunks, find_subject(chunks, at, at + 1)) == "A"
    assert find_close_subject(chunks, at, at + 1) == -1


@pytest.mark.parametrize(
    ("marked", "verb", "found"),
    [
        (f"{A}, funded by {B}, met.", "funded", "A"),
        (f"{A} was recently funded by {B}.", "funded", "A"),
        (f"{A}, which is funded by {B}, met.", "funded", "A"),
        (f"The work was funded by {B}.", "funded", ""),
    ],
)
def test_what_stands_right_before_a_participle(marked: str, verb: str, found: str) -> None:
    chunks = chunk(marked)
    at = chunks.words.index(verb)
    assert named(chunks, find_adjacent(chunks, at, at + 1)) == found


@pytest.mark.parametrize(
    ("marked", "verb", "passive"),
    [
        ("It was funded.", "funded", True),
        ("It has been newly funded.", "funded", True),
        ("It is not also funded.", "funded", True),
        ("It was given a grant.", "given", True),
        ("It was cut.", "cut", True),
        ("It funded them.", "funded", False),
        ("It has funded them.", "funded", False),
        ("It is funding them.", "funding", False),
        ("Funded by nobody.", "funded", False),
    ],
)
def test_passive(marked: str, verb: str, passive: bool) -> None:
    chunks = chunk(marked)
    assert is_passive(chunks, chunks.words.index(verb)) is passive


@pytest.mark.parametrize(
    ("marked", "word", "first"),
    [
        ("They met and they voted.", "voted", "they"),
        ("It rained; they voted.", "voted", "they"),
        ("They left because nobody voted.", "voted", "nobody"),
        ("The plan: nobody voted.", "voted", "nobody"),
        ("They met, as the papers voted.", "voted", "the"),
        ("They met as well as voted.", "voted", "they"),
    ],
)
def test_clause_starts_after_its_boundary(marked: str, word: str, first: str) -> None:
    chunks = chunk(marked)
    assert chunks.words[clause_start(chunks, chunks.words.index(word))] == first


PIECES = st.sampled_from(
    [
        A,
        B,
        *"they it we which that and but , ; to asked urged was funded".split(),
        *"funding not said by from our of as the".split(),
    ]
)


@given(st.lists(PIECES, min_size=1, max_size=25).map(" ".join), st.data())
def test_what_is_found_can_fill_a_slot_and_stands_before_the_verb(text: str, data: st.DataObject) -> None:
    for chunks in read_marked(text).chunks():
        at = data.draw(st.integers(0, len(chunks.words) - 1))
        assert 0 <= clause_start(chunks, at) <= at
        for find in (find_subject, find_close_subject, find_adjacent):
            found = find(chunks, at, at + 1)
            assert found == -1 or (found < at and is_slot(chunks, found))
        close = find_close_subject(chunks, at, at + 1)
        assert close in (-1, find_subject(chunks, at, at + 1))
