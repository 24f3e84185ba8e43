from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from graph.readers.blocks import clean_characters, collapse_space, join_blocks

ANY_TEXT = st.text(st.characters() | st.sampled_from("\ud83d\udc00\r\n\x00"))


@given(ANY_TEXT)
def test_cleaned_text_can_be_written_and_is_clean(text: str) -> None:
    cleaned = clean_characters(text)
    assert cleaned.encode().decode() == cleaned
    assert not {"\r", "\x00"} & set(cleaned)
    assert clean_characters(cleaned) == cleaned


@given(ANY_TEXT)
def test_collapsing_twice_changes_nothing_more(text: str) -> None:
    collapsed = collapse_space(text)
    assert collapse_space(collapsed) == collapsed
    assert "  " not in collapsed


@given(st.lists(st.text("ab \n")))
def test_joined_blocks_keep_what_they_show(blocks: list[str]) -> None:
    assert join_blocks(blocks).split() == " ".join(blocks).split()
