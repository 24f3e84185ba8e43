from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.extractors.wordpieces import LONGEST_WORD, WordPieces

PIECES = ["[UNK]", "council", "##s", "fund", "##ed", "the", ".", "£", "2", "##m", "cafe", "-"]
WORDS = WordPieces(PIECES)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("The council", ["the", "council"]),
        ("Councils funded.", ["council", "##s", "fund", "##ed", "."]),
        ("£2m", ["£", "2", "##m"]),
        ("Café", ["cafe"]),
        ("council-funded", ["council", "-", "fund", "##ed"]),
        ("councilx the", ["[UNK]", "the"]),
        ("x" * (LONGEST_WORD + 1), ["[UNK]"]),
    ],
)
def test_splits_into_the_longest_pieces_from_the_left(text: str, expected: list[str]) -> None:
    assert [PIECES[n] for n in WORDS.encode(text)] == expected


def test_gives_the_number_of_one_piece_and_refuses_others() -> None:
    assert WORDS.number("fund") == 3
    with pytest.raises(KeyError):
        WORDS.number("funds")


@given(st.text())
def test_any_text_becomes_known_numbers(text: str) -> None:
    assert all(0 <= number < len(PIECES) for number in WORDS.encode(text))
    assert WORDS.encode(text) == WORDS.encode(text.lower())
