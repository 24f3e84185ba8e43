"""Which area a particular body serves."""

from __future__ import annotations

import pytest

from graph.extractors.areas import find_service_areas
from graph.extractors.places import find_places
from graph.segment import segment_document
from tests.marked_text import Case, load_cases, read_marked


@pytest.mark.parametrize("case", load_cases("areas"), ids=lambda case: case.why)
def test_area_is_found_with_status(case: Case) -> None:
    document, organisations = read_marked(case.text)
    sentences = segment_document(document)
    mentions = organisations + find_places(document, sentences, organisations)
    relations = find_service_areas(document, sentences, mentions)
    names = {m.entity: m.name for m in mentions}
    found = {(names[r.subject], r.predicate, names[r.object], r.status) for r in relations}
    assert found == set(case.expected)


def test_class_of_bodies_serves_no_area() -> None:
    document, organisations = read_marked("[PCTs|PrimaryCareTrust] in Devon pay.")
    sentences = segment_document(document)
    places = find_places(document, sentences, organisations)
    for kind, count in (("collective", 0), ("named", 1)):
        bodies = [type(m)(m.start, m.end, m.text, kind, m.type, m.entity, name=m.name) for m in organisations]
        assert len(find_service_areas(document, sentences, bodies + places)) == count
