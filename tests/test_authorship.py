"""Who published and who wrote what."""

from __future__ import annotations

import pytest

from graph.extractors.authorship import find_publication_relations
from graph.extractors.people import find_people
from graph.extractors.publications import find_publications
from graph.segment import segment_document
from tests.marked_text import Case, load_cases, read_marked


@pytest.mark.parametrize("case", load_cases("authorship"), ids=lambda case: case.why)
def test_publisher_and_author_are_found(case: Case) -> None:
    document, organisations = read_marked(case.text)
    sentences = segment_document(document)
    publications = find_publications(document, sentences, organisations)
    mentions = organisations + find_people(document, sentences, organisations) + publications
    relations = find_publication_relations(document, sentences, mentions)
    names = {m.entity: m.name for m in mentions}
    found = {(names[r.subject], r.predicate, names[r.object]) for r in relations}
    assert found == set(case.expected)
    for relation in relations:
        for evidence in relation.evidence:
            assert document.text[evidence.start : evidence.end] == evidence.quote


def test_command_paper_is_published_by_the_government() -> None:
    marked = (
        "Better trains: a plan\n\nPresented to Parliament by the Secretary of State for "
        "Transport\n\nThe [Government|Government] acts."
    )
    document, organisations = read_marked(marked)
    sentences = segment_document(document)
    publications = find_publications(document, sentences, organisations)
    relations = find_publication_relations(document, sentences, organisations + publications)
    assert [(r.subject, r.predicate, r.object) for r in relations] == [
        ("government", "published", "better-trains-a-plan")
    ]
