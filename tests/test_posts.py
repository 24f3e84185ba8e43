"""Who holds which post where: wordings and near-misses, and what holds for any text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.extractors.people import find_people
from graph.extractors.posts import find_posts
from graph.records import Document, Mention, Relation
from graph.segment import segment_document
from tests.marked_text import Case, load_cases, read_marked

WORDS = st.sampled_from(
    [
        *"Moira Hale Ben Hunt Dr Lord said , . ( ) : and former is was not as the its chair director".split(),
        *"chief executive of at for Health Minister who leads 's".split(),
        *("\n", "[Leeds Trust|NHSTrust]", "[Labour|PoliticalParty]", "[government|Government]"),
    ]
)


def find(marked: str) -> tuple[Document, list[Mention], list[Relation]]:
    document, organisations = read_marked(marked)
    sentences = segment_document(document)
    mentions = organisations + find_people(document, sentences, organisations)
    return document, mentions, find_posts(document, sentences, mentions)


@pytest.mark.parametrize("case", load_cases("posts"), ids=lambda case: case.why)
def test_post_is_found_with_role_and_status(case: Case) -> None:
    _, mentions, relations = find(case.text)
    names = {m.entity: m.name for m in mentions}
    found = {(names[r.subject], r.role, names[r.object], r.status) for r in relations}
    assert found == set(case.expected)


@given(st.lists(WORDS, max_size=40).map(" ".join))
def test_arguments_are_mentions_and_evidence_is_a_quote(marked: str) -> None:
    document, mentions, relations = find(marked)
    people = {m.entity for m in mentions if m.type == "Person"}
    bodies = {m.entity for m in mentions if m.type != "Person"}
    for relation in relations:
        assert relation.subject in people
        assert relation.object in bodies
        assert 0 < relation.confidence <= 1
        for evidence in relation.evidence:
            assert document.text[evidence.start : evidence.end] == evidence.quote != ""


def test_evidence_holds_person_post_and_body() -> None:
    _, _, relations = find("The plan failed, said Moira Hale, chair of [Leeds Trust|NHSTrust], on Monday.")
    assert [e.quote for e in relations[0].evidence] == ["Moira Hale, chair of Leeds Trust"]


def test_body_without_mention_is_never_invented() -> None:
    assert not find("Health Secretary Moira Hale agreed. Chief executive Ben Hunt did not.")[2]
