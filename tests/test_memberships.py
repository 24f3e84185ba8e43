"""People on boards, in parties and on behalf of bodies."""

from __future__ import annotations

import pytest

from graph.extractors.memberships import find_memberships
from graph.extractors.people import find_people
from graph.segment import segment_document
from tests.marked_text import Case, load_cases, read_marked


@pytest.mark.parametrize("case", load_cases("memberships"), ids=lambda case: case.why)
def test_membership_is_found_with_status(case: Case) -> None:
    document, organisations = read_marked(case.text)
    sentences = segment_document(document)
    mentions = organisations + find_people(document, sentences, organisations)
    relations = find_memberships(document, sentences, mentions)
    names = {m.entity: m.name for m in mentions}
    found = {(names[r.subject], r.predicate, names[r.object], r.status) for r in relations}
    assert found == set(case.expected)
