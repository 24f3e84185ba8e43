"""People by name: forms of address, cues, surnames, and names that are no people."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.extractors.people import find_people
from graph.records import Mention
from graph.segment import segment_document
from tests.marked_text import Case, load_cases, read_marked

WORDS = st.sampled_from(
    "Moira Hale Ben White Dr. Mr Lord of Leeds said , . : ( ) \n \u2019 and the chair "
    "[Hale Trust|NHSTrust] 2002 B, J. White Paper".split(" ")
)


def find(marked: str) -> tuple[str, list[Mention], list[Mention]]:
    document, organisations = read_marked(marked)
    return document.text, organisations, find_people(document, segment_document(document), organisations)


@pytest.mark.parametrize("case", load_cases("people"), ids=lambda case: case.why)
def test_people_are_found_by_name(case: Case) -> None:
    _, _, people = find(case.text)
    assert [(m.text, m.name) for m in people] == list(case.expected)


@given(st.lists(WORDS, max_size=40).map(" ".join))
def test_spans_are_true_ordered_and_clear_of_bodies(marked: str) -> None:
    text, bodies, people = find(marked)
    ends = 0
    for person in people:
        assert text[person.start : person.end] == person.text
        assert person.start >= ends
        assert person.entity
        assert not any(b.start < person.end and person.start < b.end for b in bodies)
        ends = person.end


def test_two_of_one_surname_are_told_apart() -> None:
    _, _, people = find("Moira Hale agreed. Mrs Hale left. Ben Hale came. Mr Hale spoke.")
    assert [m.entity for m in people] == ["moira-hale", "moira-hale", "ben-hale", "ben-hale"]


def test_entity_of_a_body_is_not_used_again() -> None:
    _, _, people = find("Moira Hale founded [MH|Charity=Moira Hale].")
    assert [m.entity for m in people] == ["moira-hale-person"]
