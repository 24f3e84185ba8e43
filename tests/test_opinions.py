from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import OntologyError
from graph.extractors.opinions import Opinions, join_opinions, load_opinions, log_odds
from graph.extractors.relation_model import ACROSS, SUPPORT
from graph.extractors.windows import IMPLIED
from graph.records import Evidence, Relation
from graph.vocabulary import PREDICATES

BEATS = {"poolsBudgetWith": frozenset(("partOf",)), "commissionsFrom": frozenset(("partOf",))}
SUMS = "both", "alone", "across", "implied"
RATES = dict.fromkeys(PREDICATES, 0.5) | {"worksWith": 0.02}
EVEN = 0.0, 1.0, 1.0
OPINIONS = Opinions(
    0.4,
    {"good": 0.8, "loose": 0.1},
    RATES,
    (0.0, 1.0, 0.5),
    alone=EVEN,
    across=(-2.0, 1.0, 1.0),
    implied=EVEN,
    measured={"framed": (1.0, 0.5), "model": (-1.0, 2.0)},
)


def claim(text: str, start: int = 0, found_by: str = "model", confidence: float = 0.9) -> Relation:
    subject, predicate, target, status = text.split()
    evidence = Evidence(start, start + 5, "quote", "", "")
    return Relation(subject, predicate, target, status, (evidence,), "", confidence, found_by)


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


def test_a_claim_about_an_implied_body_has_been_weighed_when_its_body_was_found() -> None:
    assert OPINIONS.of_model(claim("A funds B asserted", 0, "model (list)", 0.61)) == 0.61
    likely, unlikely = OPINIONS.of_implied("funds", 0.9), OPINIONS.of_implied("funds", 0.3)
    assert 1 > likely > unlikely > 0
    assert OPINIONS.of_implied("worksWith", 0.9) < likely


def test_evidence_of_a_rule_need_not_be_the_whole_sentence() -> None:
    whole = claim("A funds B asserted", confidence=0.95)
    part = replace(claim("A funds B asserted", found_by="loose"), evidence=(Evidence(2, 4, "quote", "", ""),))
    assert [r.found_by for r in join_opinions([part], [whole], OPINIONS, BEATS)] == ["loose"]
    away = replace(part, evidence=(Evidence(7, 9, "quote", "", ""),))
    assert [r.found_by for r in join_opinions([away], [whole], OPINIONS, BEATS)] == ["model"]


def test_a_post_that_a_rule_found_is_not_told_again_with_another_role() -> None:
    told, again = claim("P postHolderAt B asserted", 0, "good"), claim("P postHolderAt B asserted", 90)
    assert joined([told], [again]) == ["P postHolderAt B asserted"]


def test_a_claim_that_both_make_is_surer() -> None:
    framed = claim("A funds B asserted", found_by="good")
    [alone] = join_opinions([framed], [], OPINIONS, BEATS)
    [both] = join_opinions([framed], [claim("A funds B asserted")], OPINIONS, BEATS)
    assert both.confidence > alone.confidence
    assert both.found_by == "good"


def test_a_claim_across_two_sentences_has_weights_of_its_own() -> None:
    sure, likely = claim("A partOf B asserted"), claim("A partOf B asserted", 0, ACROSS)
    assert OPINIONS.of_model(sure) > OPINIONS.of_model(likely) > 0
    assert not OPINIONS.of_model(replace(likely, confidence=0.6))


@pytest.mark.parametrize(
    ("found_by", "weight", "told"),
    [
        ("works-with", 0.5, 0.731),  # 1 / (1 + exp(-1))
        ("works-with", 0.9, 0.891),  # log odds 1 + 0.5 * ln 9
        ("model", 0.5, 0.269),
        (ACROSS, 0.5, 0.269),
        ("model (list)", 0.9, 0.968),  # log odds -1 + 2 * ln 9
    ],
)
def test_what_is_told_is_how_often_such_claims_were_right(found_by: str, weight: float, told: float) -> None:
    found = claim("A funds B asserted", 0, found_by, weight)
    assert OPINIONS.tell(found).confidence == pytest.approx(told, abs=0.001)
    assert replace(OPINIONS.tell(found), confidence=weight) == found


@given(st.sampled_from(("works-with", "model", ACROSS)), st.floats(0, 1), st.floats(0, 1))
def test_what_is_told_keeps_the_order_of_the_weights(found_by: str, one: float, two: float) -> None:
    opinions = load_opinions()
    low, high = (
        opinions.tell(claim("A funds B asserted", 0, found_by, weight)).confidence
        for weight in sorted((one, two))
    )
    assert 0 < low <= high < 1


@given(st.floats(0, 1), st.floats(0, 1))
def test_confidence_is_a_chance_that_grows_with_the_models(one: float, two: float) -> None:
    opinions = load_opinions()
    low, high = sorted((one, two))
    for found_by in ("works-with", "no such frame"):
        assert 0 <= opinions.of_frame(found_by, low) <= opinions.of_frame(found_by, high) <= 1
    for found_by in ("model", ACROSS, "model (list)"):
        claims = [claim("A partOf B asserted", 0, found_by, chance) for chance in (low, high)]
        assert 0 <= opinions.of_model(claims[0]) <= opinions.of_model(claims[1]) <= 1
    assert log_odds(low) <= log_odds(high)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        '{"average": 1}',
        json.dumps({"average": 1, "frames": {}, "predicates": {}} | {key: [1, 2, 3] for key in SUMS}),
        json.dumps({"average": 1, "frames": {}, "predicates": RATES} | {key: [1, 2] for key in SUMS}),
        json.dumps(
            {"average": 1, "frames": {}, "predicates": RATES, "measured": {"framed": [0, 1]}}
            | {key: [1, 2, 3] for key in SUMS}
        ),
    ],
)
def test_a_spoilt_file_is_refused_in_one_line(text: str, tmp_path: Path) -> None:
    (tmp_path / "opinions.json").write_text(text, encoding="utf-8")
    with pytest.raises(OntologyError, match=r"opinions\.json"):
        load_opinions(tmp_path)
    with pytest.raises(OntologyError, match="restore it"):
        load_opinions(tmp_path / "absent")
