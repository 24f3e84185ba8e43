"""Places by name, and again by a noun."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest

from graph.extractors import places
from graph.extractors.places import find_places
from graph.extractors.places_near import read_places_near
from graph.records import Mention, Sentence, Span
from graph.segment import segment_document
from tests.marked_text import Case, load_cases, read_marked


@pytest.mark.parametrize("case", load_cases("places"), ids=lambda case: case.why)
def test_names_are_found(case: Case) -> None:
    document, organisations = read_marked(case.text)
    found = find_places(document, segment_document(document), organisations)
    assert [(m.text, m.name) for m in found] == list(case.expected)
    for mention in found:
        assert document.text[mention.start : mention.end] == mention.text
        assert mention.kind == "other"
        assert mention.entity


def test_each_sentence_is_read_with_its_own_bodies_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[int] = []

    def read(sentence: Sentence, bodies: Sequence[Mention]) -> Iterator[Span]:
        shown.append(len(bodies))
        return read_places_near(sentence, bodies)

    monkeypatch.setattr(places, "read_places_near", read)
    text = "[Harbour Surgery|GeneralPractice] in Little Dock closed.\n\n" * 30
    document, organisations = read_marked(text)
    found = find_places(document, segment_document(document), organisations)
    assert [m.text for m in found] == ["Little Dock"] * 30
    assert shown == [1] * 30
