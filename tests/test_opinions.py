from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import OntologyError
from graph.extractors.opinions import Opinions, load_opinions, log_odds
from graph.extractors.relation_model import ACROSS
from graph.records import Evidence, Relation
from graph.vocabulary import PREDICATES

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


def test_a_claim_about_an_implied_body_has_been_weighed_when_its_body_was_found() -> None:
    assert OPINIONS.of_model(claim("A funds B asserted", 0, "model (list)", 0.61)) == 0.61
    likely, unlikely = OPINIONS.of_implied("funds", 0.9), OPINIONS.of_implied("funds", 0.3)
    assert 1 > likely > unlikely > 0
    assert OPINIONS.of_implied("worksWith", 0.9) < likely


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
