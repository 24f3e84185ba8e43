"""Quotes are found where they stand, whatever their white space, and nowhere else."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.llm.quotes import find_quote, fold_quote
from graph.records import Document, Sentence
from graph.segment import segment_document

TEXT = "The “joint”\nboard met. It pooled   its *own* budget; it pooled   its hopes."


def find(quote: str, text: str = TEXT) -> list[str]:
    document = Document("a.txt", text, hashlib.sha256(text.encode()).hexdigest())
    return [text[start:end] for start, end in find_quote(quote, segment_document(document))]


@pytest.mark.parametrize(
    ("quote", "found"),
    [
        ("board met", ["board met"]),
        ('The "joint" board', ["The “joint”\nboard"]),
        ("The “joint”   board", ["The “joint”\nboard"]),
        ("met.\n\nIt pooled", ["met. It pooled"]),
        ("pooled its", ["pooled   its", "pooled   its"]),
        ("its hopes.", ["its hopes."]),
        ("its hope", []),
        ("the board met", []),
        ("board  did not meet", []),
        ("", []),
        (" \n", []),
        ("board\u0000met", []),
        ("board.met", []),
        ("(?s).*", []),
    ],
)
def test_quote_is_found_with_the_offsets_of_the_document(quote: str, found: list[str]) -> None:
    assert find(quote) == found


@given(st.text(alphabet='ab“" \n\t.', max_size=30), st.text(alphabet='ab“" \n\t.', max_size=6))
def test_what_is_found_reads_as_the_quote(text: str, quote: str) -> None:
    view = text.replace("“", '"')
    for start, end in find_quote(quote, [Sentence(7, 7 + len(view), view)]):
        assert fold_quote(text[start - 7 : end - 7]) == fold_quote(quote) != ""
