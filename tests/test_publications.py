"""Spans of titles: what no organisation should be found in."""

from __future__ import annotations

import pytest

from graph.extractors.publications import find_publications, find_title_spans
from graph.segment import segment_document
from tests.marked_text import read_marked

SPANS = [
    ("Under the NHS Act 2006 they pool.", ["NHS Act 2006"]),
    ("The NHS Plan promised more.", ["NHS Plan"]),
    ('The report "Councils and the NHS" said so.', ["Councils and the NHS"]),
    ("The guidance Commissioning a Local NHS says so.", ["Commissioning a Local NHS"]),
    ("The Minister for Health and Community Care agreed.", ["Health and Community Care"]),
    ("The secretary of state for health agreed.", ["health"]),
    ("The director of Health Watch agreed.", []),
    ("The minister for the NHS agreed.", []),
    ("The Department of Health and the NHS agreed.", []),
    ('The council said "the NHS is in crisis".', []),
]


@pytest.mark.parametrize(("text", "titles"), SPANS)
def test_titles_are_masked(text: str, titles: list[str]) -> None:
    document, _ = read_marked(text)
    spans = find_title_spans(document, segment_document(document))
    assert [document.text[a:b] for a, b in spans] == titles


def test_same_title_is_one_publication() -> None:
    document, _ = read_marked('The report "Care Costs" came. The study "Care Costs" again.')
    found = find_publications(document, segment_document(document), [])
    assert [m.entity for m in found] == ["care-costs", "care-costs"]
    assert all(document.text[m.start : m.end] == m.text for m in found)
