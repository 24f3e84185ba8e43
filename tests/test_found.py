"""What a search finds, as lists: sentences with the status of each claim, names, and what was meant."""

from __future__ import annotations

import pytest

from graph.found import mark_places
from graph.knowledge import KnowledgeGraph
from tests.sample_graph import sample_store


@pytest.fixture(scope="module")
def knowledge() -> KnowledgeGraph:
    return KnowledgeGraph(sample_store())


def test_sentences_come_with_their_claims_and_status(knowledge: KnowledgeGraph) -> None:
    found = knowledge.search("pool money")
    assert found.total == len(found) == 2
    assert {claim.status for hit in found for claim in hit.claims} == {"negated", "proposed"}
    text = repr(found)
    assert text.startswith("<FoundSentences: 2 sentences>")
    assert "[negated]" in text
    assert "[proposed]" in text
    html = found._repr_html_()
    assert "<strong><bdi>pool</bdi></strong>" in html
    assert html.count('"cg-status cg-negated"') == html.count('"cg-status cg-proposed"') == 1


def test_a_list_says_how_much_more_there_is(knowledge: KnowledgeGraph) -> None:
    found = knowledge.search("trust", limit=3)
    assert len(found) == 3 < found.total
    assert f"{found.total} sentences, the first 3" in repr(found)
    assert repr(found[:2]).startswith(f"<FoundSentences: {found.total} sentences, the first 2>")


def test_names_are_found_by_other_names_and_codes(knowledge: KnowledgeGraph) -> None:
    (hit,) = knowledge.search_names("TAL")
    assert (hit.name, hit.matched, hit.registered) == ("Torbay Care Trust", "TAL", True)
    assert "Torbay Care Trust" in knowledge.search_names("TAL")._repr_html_()
    slip = knowledge.search_names("Torbey Care Trust")
    assert slip[0].name == "Torbay Care Trust"
    assert "since none is as typed" in repr(slip)


def test_nothing_found_is_said(knowledge: KnowledgeGraph) -> None:
    assert repr(knowledge.search("zebra")).startswith("<FoundSentences: 0 sentences")
    assert "0 sentences" in knowledge.search("zebra")._repr_html_()


def test_frames_count_claims_by_status(knowledge: KnowledgeGraph) -> None:
    pytest.importorskip("pandas")
    pytest.importorskip("polars")
    frame = knowledge.search("pool money").to_pandas()
    assert frame[["claims", "asserted", "proposed", "negated"]].sum().to_dict() == {
        "claims": 2,
        "asserted": 0,
        "proposed": 1,
        "negated": 1,
    }
    assert knowledge.search_names("TAL").to_polars().row(0)[0] == "Torbay Care Trust"


def test_as_of_a_day_later_sentences_are_not_found(knowledge: KnowledgeGraph) -> None:
    assert {hit.date for hit in knowledge.as_of("2008").search("trust")} == {"2007-05", "2008-06-11"}


def test_places_are_bold_and_the_text_is_whole() -> None:
    assert mark_places("abc", [(0, 1), (1, 3)]).striptags() == "abc"
    assert mark_places("<b>", []) == "<bdi>&lt;b&gt;</bdi>"
