"""What fills the slots around a trigger: one finder for each place that frames name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.extractors.arguments import (
    FINDERS,
    find_distant_pair,
    find_nearest_left,
    find_nearest_right,
    finder_named,
)
from graph.extractors.clauses import is_slot
from tests.relation_reading import chunk, named, read_marked, shipped_frames

A, B, C = (
    "{A|LocalAuthority|Halverton Council}",
    "{B|PrimaryCareTrust|Tarnholt PCT}",
    "{C|Charity|Tarnholt Mind}",
)
IMPLIED = {"government", "author", "speaker", "none", "&"}
"""Places that are not looked for in the sentence."""


@pytest.mark.parametrize(
    ("place", "marked", "trigger", "found"),
    [
        ("left", f"{A} funds {B}.", "funds", "A"),
        ("right", f"{A} funds {B}.", "funds", "B"),
        ("right", f"{A} funds the small local {B}.", "funds", "B"),
        ("right", f"{A} funds {B} and {C}.", "funds", "B+C"),
        ("right", f"{A} funds them.", "funds", "them"),
        ("right", f"{A} funds work at {B}.", "funds", ""),
        ("right", f"{A} funds, says {B}.", "funds", ""),
        ("right", f"{A} funds with {B}.", "funds", ""),
        ("right", f"{A} funds {B}'s {C}.", "funds", "C"),
        ("modifier", f"The {B} grant is small.", "grant", "B"),
        ("modifier", f"The {B} annual grant is small.", "grant", "B"),
        ("modifier", f"{B} is a grant.", "grant", ""),
        ("possessor", f"{A}'s annual grant.", "grant", "A"),
        ("possessor", f"{A} cut its annual grant.", "grant", "its"),
        ("possessor", f"{A}, a grant.", "grant", ""),
        ("with", f"{A} works with {B}.", "works", "B"),
        ("with", f"{A} works hard with its partner {B}.", "works", "B"),
        ("with", f"{A} works and with {B}.", "works", "B"),
        ("with", f"{A} works; with {B} too.", "works", ""),
        ("with", f"{A} works for {B}.", "works", ""),
        ("for+to", f"A grant to {B}.", "grant", "B"),
        ("for+to", f"A grant for {B}.", "grant", "B"),
        ("next", f"Funded by nobody, {A} closed.", "funded", "A"),
        ("next", f"It was once funded by nobody, {A} said.", "funded", ""),
        ("adjacent", f"{A}, funded by {B}.", "funded", "A"),
        ("attributor", f"{A} said that {B} must act.", "act", "A"),
        ("attributor", f'"{B} must act", said {A}.', "act", "A"),
        ("attributor", f"{B} must act, according to {A}.", "act", "A"),
        ("attributor", f"{B} must act.", "act", ""),
    ],
)
def test_place_is_filled_by(place: str, marked: str, trigger: str, found: str) -> None:
    chunks = chunk(marked)
    at = chunks.words.index(trigger)
    assert named(chunks, finder_named(place)(chunks, at, at + 1)) == found


@pytest.mark.parametrize(
    ("marked", "pair"),
    [
        (f"Talks between {A} in the north and {B}.", ("A", "B")),
        (f"Talks between {A} of old and their local {B}.", ("A", "B")),
        (f"Talks between {A} were held and {B} left.", ("", "")),
        (f"Talks with {A} and {B}.", ("", "")),
    ],
)
def test_pair_of_between_may_stand_apart(marked: str, pair: tuple[str, str]) -> None:
    chunks = chunk(marked)
    one, two = find_distant_pair(chunks, 0, 1)
    found = (named(chunks, one), named(chunks, two))
    assert (found if all(found) else ("", "")) == pair


def test_nearest_stay_in_their_clause() -> None:
    chunks = chunk(f"{A} left because money for {B} fell while {C} stayed.")
    at = chunks.words.index("fell")
    assert named(chunks, find_nearest_left(chunks, at)) == "B"
    assert named(chunks, find_nearest_right(chunks, at)) == ""
    assert named(chunks, find_nearest_left(chunks, chunks.words.index("money"))) == ""


def test_every_place_in_the_frames_is_known() -> None:
    """A place that no finder knows is taken for a preposition, so a slip would find nothing, silently."""
    prepositions = set(
        "of in on at by for from to with between across among amongst into upon over about as "
        "including involving within against under".split()
    )
    for trigger in shipped_frames().triggers:
        for pair in trigger.frame.places:
            for place in pair:
                assert place in FINDERS or place in IMPLIED or set(place.split("+")) <= prepositions, (
                    f"{trigger.frame.id}: {place}"
                )


PIECES = st.sampled_from(
    [
        A,
        B,
        C,
        *"with between and to of the 's its said according funded they , ; ( ) \" was who in them".split(),
    ]
)


@given(st.lists(PIECES, min_size=1, max_size=25).map(" ".join), st.data())
def test_what_is_found_can_fill_a_slot(text: str, data: st.DataObject) -> None:
    for chunks in read_marked(text).chunks():
        start = data.draw(st.integers(0, len(chunks.words) - 1))
        end = data.draw(st.integers(start + 1, len(chunks.words)))
        for place in [*FINDERS, "with", "between+of", "nowhere"]:
            found = finder_named(place)(chunks, start, end)
            assert found == -1 or is_slot(chunks, found), place
        left, right = find_nearest_left(chunks, start), find_nearest_right(chunks, end)
        assert left == -1 or (left < start and chunks.groups[left])
        assert right == -1 or (right >= end and chunks.groups[right])
