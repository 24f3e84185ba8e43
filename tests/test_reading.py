from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from graph.extractors.reading import fold_key
from tests.organisation_reading import make_document, make_reading


@given(st.text(alphabet="aB \n\u2019\u0130.&-(", max_size=200))
def test_positions_lead_back_to_the_document(text: str) -> None:
    reading = make_reading(text)
    assert len(reading.key) == len(reading.text)
    for at, character in enumerate(reading.text):
        if character.isalpha():
            start, end = reading.to_document(at, at + 1)
            assert text[start:end] == character


def test_runs_of_spaces_and_line_breaks_become_one_space() -> None:
    text = "The  Audit \n Commission"
    reading = make_reading(text)
    at = reading.text.index("Audit Commission")
    start, end = reading.to_document(at, at + len("Audit Commission"))
    assert text[start:end] == "Audit \n Commission"


def test_no_word_of_one_sentence_touches_the_next() -> None:
    reading = make_reading("He left the trust. Fund it.")
    assert "trust. \n Fund" in reading.text
    assert reading.opens_sentence(reading.text.index("Fund"))
    assert not reading.opens_sentence(reading.text.index("trust"))


def test_bounds_are_those_of_the_sentence() -> None:
    reading = make_reading("One is here. Two is there.")
    low, high = reading.bounds_at(reading.text.index("is there"))
    assert reading.text[low:high] == "Two is there."


def test_text_without_capitals_is_noticed() -> None:
    assert make_reading("a word and another, " * 30).caseless
    assert not make_reading("A word and Another, " * 30).caseless


def test_key_keeps_its_length_where_lower_case_does_not() -> None:
    assert len(fold_key("\u0130stanbul")) == len("\u0130stanbul")
    assert make_document("x").text == "x"
