"""Whose reading stands where frames and model speak of one sentence, and what is too weak."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import pytest

from graph.extractors.joining import join_opinions
from graph.extractors.relation_model import SUPPORT
from graph.extractors.windows import IMPLIED
from graph.records import Evidence, Relation
from tests.test_opinions import OPINIONS, claim

BEATS = {"poolsBudgetWith": frozenset(("partOf",)), "commissionsFrom": frozenset(("partOf",))}


def joined(framed: list[Relation], judged: list[Relation]) -> list[str]:
    found = join_opinions(framed, judged, OPINIONS, BEATS)
    return [f"{r.subject} {r.predicate} {r.object} {r.status}" for r in found]


@pytest.mark.parametrize(
    ("framed", "judged", "expected"),
    [
        ([], ["A partOf B asserted"], ["A partOf B asserted"]),
        (["A partOf B asserted"], ["A partOf B negated"], ["A partOf B asserted"]),
        (["A partOf B proposed"], ["A partOf B asserted"], ["A partOf B proposed"]),
        (["A partOf B asserted"], ["A partOf B proposed"], ["A partOf B proposed"]),
        (["A partOf B asserted"], ["B partOf A asserted"], ["A partOf B asserted", "B partOf A asserted"]),
        (["A poolsBudgetWith B asserted"], ["A partOf B asserted"], ["A poolsBudgetWith B asserted"]),
        ([], ["A commissionsFrom B asserted", "A partOf B asserted"], ["A commissionsFrom B asserted"]),
    ],
)
def test_the_reading_of_a_frame_stands_and_narrower_predicates_win(
    framed: list[str], judged: list[str], expected: list[str]
) -> None:
    assert joined([claim(c, found_by="good") for c in framed], [claim(c) for c in judged]) == expected


def test_what_another_sentence_says_is_no_contradiction() -> None:
    framed, judged = claim("A partOf B asserted", 0, "good"), claim("A partOf B proposed", 90)
    assert joined([framed], [judged]) == ["A partOf B asserted", "A partOf B proposed"]


@pytest.mark.parametrize(
    "support", ["A funds B asserted", f"{IMPLIED} funds B proposed", f"A funds {IMPLIED} asserted"]
)
def test_a_loose_reading_needs_the_word_of_the_model(support: str) -> None:
    loose = claim("A funds B asserted", found_by="loose")
    assert joined([loose], []) == []
    assert joined([loose], [claim(support, found_by=SUPPORT, confidence=0.95)]) == ["A funds B asserted"]


def test_the_model_must_be_surer_of_further_evidence_than_of_a_claim() -> None:
    framed = claim("A funds B asserted", 0, "good")
    weak, strong = (claim("A funds B asserted", 90, "model", chance) for chance in (0.55, 0.95))
    assert joined([], [weak]) == ["A funds B asserted"]
    assert joined([framed], [weak]) == ["A funds B asserted"]
    assert joined([framed], [strong]) == ["A funds B asserted"] * 2
    other = claim("A funds B negated", 90, "model", 0.55)
    assert joined([framed], [other]) == ["A funds B asserted", "A funds B negated"]


def test_a_claim_that_is_sure_in_one_sentence_keeps_its_other_evidence() -> None:
    sure, loose = claim("A funds B asserted", 0, "good"), claim("A funds B asserted", 90, "loose")
    assert joined([sure, loose], []) == ["A funds B asserted"] * 2


@pytest.mark.parametrize(
    ("text", "found_by", "chance", "expected"),
    [
        ("A partOf B asserted", "model", 0.9, True),
        ("A partOf B asserted", "model", 0.1, False),
        ("A worksWith B asserted", "model", 0.9, False),
        ("A funds B asserted", "model (government)", 0.9, True),
        ("A funds B asserted", "model (government)", 0.1, False),
        ("A funds B asserted", SUPPORT, 0.99, False),
    ],
)
def test_the_model_alone_is_believed_where_it_has_been_right(
    text: str, found_by: str, chance: float, expected: bool
) -> None:
    assert bool(joined([], [claim(text, 0, found_by, chance)])) is expected


def test_evidence_of_a_rule_need_not_be_the_whole_sentence() -> None:
    whole = claim("A funds B asserted", confidence=0.95)
    part = replace(claim("A funds B asserted", found_by="loose"), evidence=(Evidence(2, 4, "quote", "", ""),))
    assert [r.found_by for r in join_opinions([part], [whole], OPINIONS, BEATS)] == ["loose"]
    away = replace(part, evidence=(Evidence(7, 9, "quote", "", ""),))
    assert [r.found_by for r in join_opinions([away], [whole], OPINIONS, BEATS)] == ["model"]


def test_a_post_that_a_rule_found_is_not_told_again_with_another_role() -> None:
    told, again = claim("P postHolderAt B asserted", 0, "good"), claim("P postHolderAt B asserted", 90)
    assert joined([told], [again]) == ["P postHolderAt B asserted"]


@pytest.mark.parametrize(("bodies", "kept"), [("A B C", 3), ("A B C D", 0)])
def test_of_a_long_list_the_model_joins_no_two(bodies: str, kept: int) -> None:
    pairs = [claim(f"{a} mergesWith {b} asserted") for a, b in combinations(bodies.split(), 2)]
    other = claim("A funds D asserted")
    assert len(joined([], [*pairs, other])) == kept + 1
    apart = [
        replace(p, evidence=(Evidence(90 * n, 90 * n + 5, "quote", "", ""),)) for n, p in enumerate(pairs)
    ]
    assert len(joined([], apart)) == len(pairs)


def test_a_claim_that_both_make_is_surer() -> None:
    framed = claim("A funds B asserted", found_by="good")
    [alone] = join_opinions([framed], [], OPINIONS, BEATS)
    [both] = join_opinions([framed], [claim("A funds B asserted")], OPINIONS, BEATS)
    assert both.confidence > alone.confidence
    assert both.found_by == "good"
