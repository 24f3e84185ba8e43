"""Folding: what prose does to a name makes no difference to it, and nothing else is lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.names import (
    VariantRule,
    find_stem,
    fold,
    fold_case_kept,
    is_acronym,
    make_variants,
    needs_capitals,
    respell,
)

WRITTEN = st.text("abc ABC'’&-–.,\n\u00a0Stthe", max_size=40)


@given(WRITTEN)
def test_folding_lower_case_is_folding(written: str) -> None:
    assert fold(written) == fold_case_kept(written).lower()


@given(WRITTEN)
def test_folded_text_has_single_spaces_and_no_marks(written: str) -> None:
    folded = fold_case_kept(written)
    assert folded == " ".join(folded.split())
    assert not set(folded) & set("’&-–\n\u00a0")


@given(st.lists(st.sampled_from(["Kent", "St", "Helens", "and", "King's", "of", "Trust"]), min_size=1))
def test_ways_to_write_a_name_fold_alike(words: list[str]) -> None:
    name = " ".join(words)
    written = "The " + name.replace("St ", "St. ").replace("'", "’").replace(" and ", " &\n").replace(
        " of", "-of"
    )
    assert fold(written) == fold(name)


@pytest.mark.parametrize(
    "written", ["Kent,\nand Essex", "Kent,  & Essex", "The Kent and\u00a0Essex", "Kent, and Essex"]
)
def test_comma_and_line_break_before_and_make_no_difference(written: str) -> None:
    assert fold_case_kept(written) == "Kent and Essex"


@pytest.mark.parametrize(
    ("name", "exact"),
    [
        ("NICE", True),
        ("Mind", True),
        ("D of H", True),
        ("NHS CB", False),
        ("Age UK", False),
        ("Kent County", False),
    ],
)
def test_single_words_and_initials_need_their_capitals(name: str, exact: bool) -> None:
    assert needs_capitals(name) is exact


@pytest.mark.parametrize(
    ("name", "acronym"), [("IDeA", True), ("Ofsted", False), ("LB Kent", False), ("A", False)]
)
def test_acronyms_are_short_words_with_two_capitals(name: str, acronym: bool) -> None:
    assert is_acronym(name) is acronym


@given(st.text("ab c", min_size=1).map(str.strip).filter(bool))
def test_stem_of_a_made_name_is_what_it_was_made_of(stem: str) -> None:
    rule = VariantRule("NHS ", " CCG", ())
    assert find_stem(f"NHS {stem} CCG", rule) == stem


@pytest.mark.parametrize("name", ["NHS Kent", "Kent CCG", "NHS CCG", "NHS  CCG"])
def test_name_of_another_form_has_no_stem(name: str) -> None:
    assert not find_stem(name, VariantRule("NHS ", " CCG", ())).strip()


def test_spellings_change_one_thing_each() -> None:
    variants = make_variants({}, {"Yorkshire": ["Yorks"], "Kingston upon Hull": ["Hull"]})
    assert respell("King's, Yorkshire", variants) == ["Kings, Yorkshire", "King's Yorkshire", "King's, Yorks"]
    assert respell("Leeds", variants) == []
    assert respell("Leeds", make_variants({}, {})) == []
