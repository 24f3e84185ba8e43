"""Claims about a body, its neighbours, and how a claim was found."""

from __future__ import annotations

import pytest

from graph.workbench.briefs import Choice, count_briefs, read_briefs
from graph.workbench.claims import describe_status, explain_finding, list_between, read_claim
from graph.workbench.neighbours import draw_neighbours, find_neighbours, fold_name, word_briefs
from graph.workbench.view import View
from tests.workbench_views import COUNCIL, TORBAY, as_of


def test_claims_come_facts_first_and_later_ones_are_counted(view: View) -> None:
    briefs, later = read_briefs(view, TORBAY)
    assert later == 0
    assert [brief.status for brief in briefs] == sorted(brief.status for brief in briefs)
    assert count_briefs(briefs)["proposed", "poolsBudgetWith"] == 1
    then, later = read_briefs(as_of("2008"), TORBAY)
    assert later == len(briefs) - len(then) > 0
    chosen = [brief for brief in briefs if Choice(status="asserted", predicate="worksWith").fits(brief)]
    assert len(chosen) == 2


def test_neighbours_and_words_are_from_the_side_of_the_body(view: View) -> None:
    briefs, _ = read_briefs(view, TORBAY)
    neighbours, known = find_neighbours(view, TORBAY, briefs)
    assert known == len(neighbours)
    words = {neighbour.named.name: neighbour.words for neighbour in neighbours}
    assert words["Torbay Council"] == ("works with", "pools budgets with")
    assert words["Ada Rowe"] == ("has as post holder",)
    assert words["Lowmoor Joint Forum"] == ("provides services to", "pools budgets with (proposed)")
    assert word_briefs(reversed(briefs)) == word_briefs(briefs)
    picture = draw_neighbours("Torbay Care Trust", neighbours)
    places = {(spot.x, spot.y) for spot in picture.spots}
    assert len(places) == len(neighbours)
    assert all(0 < spot.y < picture.height for spot in picture.spots)


def test_long_names_are_folded_and_cut() -> None:
    assert fold_name("Torbay Care Trust") == ["Torbay Care", "Trust"]
    assert fold_name("a" * 100) == ["a" * 16 + "…"]
    assert len(fold_name("one two three four five six seven eight nine ten")) == 3


def test_claims_between_two_stand_in_either_direction(view: View) -> None:
    assert {claim.iri for claim in list_between(view, TORBAY, COUNCIL)} == {
        claim.iri for claim in list_between(view, COUNCIL, TORBAY)
    }
    claim = list_between(view, TORBAY, COUNCIL)[0]
    assert read_claim(view, claim.iri) == claim
    assert claim.side(TORBAY)[1].name == "Torbay Council"
    assert claim.likelihood == "of ten such statements about 8 are right"


@pytest.mark.parametrize(
    ("found_by", "words"),
    [
        ("model", "a trained model that reads each sentence with the one before it"),
        ("llm some-model", "a language model, some-model; its quote was looked up in the text"),
        ("pooling", "the wording “pooling”, which ontology/frames.toml describes"),
        ("", "not recorded"),
    ],
)
def test_method_is_said_in_words(found_by: str, words: str) -> None:
    assert explain_finding(found_by) == words


def test_a_status_that_others_put_there_is_shown_as_it_is() -> None:
    assert describe_status("negated") != "negated"
    assert describe_status("doubted") == "doubted"
