"""Programmes by name, and again by a noun."""

from __future__ import annotations

import pytest

from graph.extractors.programmes import find_programmes
from graph.segment import segment_document
from tests.marked_text import Case, load_cases, read_marked


@pytest.mark.parametrize("case", load_cases("programmes"), ids=lambda case: case.why)
def test_names_are_found(case: Case) -> None:
    document, organisations = read_marked(case.text)
    found = find_programmes(document, segment_document(document), organisations)
    assert [(m.text, m.name) for m in found] == list(case.expected)
    for mention in found:
        assert document.text[mention.start : mention.end] == mention.text
        assert mention.kind == "other"
        assert mention.entity
