"""Places right after a body: what is read, and what is never one."""

from __future__ import annotations

import pytest

from graph.extractors.places_near import read_places_near
from graph.segment import segment_document
from tests.marked_text import read_marked


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[Harbour Surgery|GeneralPractice] in Little Dock, Devon, closed.", ["Little Dock", "Devon"]),
        ("[Harbour Hospital|Hospital] (HH), in Dock-on-Sea, closed.", ["Dock-on-Sea"]),
        ("[Harbour Hospital|Hospital] in nearby Dockham closed.", ["Dockham"]),
        ("[Harbour Hospital|Hospital] in January closed.", []),
        ("[Harbour Hospital|Hospital] in Dockham, and Ann agreed.", ["Dockham"]),
        ("[Harbour Hospital|Hospital] in April's report.", []),
        ("The [Treasury|GovernmentDepartment] in Dockham closed.", []),
        ("[Harbour Hospital|Hospital] in BMA House closed.", []),
    ],
)
def test_places_are_read_after_a_body(text: str, expected: list[str]) -> None:
    document, organisations = read_marked(text)
    [sentence] = segment_document(document)
    found = [sentence.view[a:b] for a, b in read_places_near(sentence, organisations)]
    assert found == expected
