"""How far each rule, frame and predicate is believed: counted and fitted on passages."""

from __future__ import annotations

import random

import pytest

from graph.extractors.relation_model import FOUND_BY
from graph.records import Evidence, Relation
from training.passages import Claim
from training.weigh import SOME_CHANCE, Read, claim_of, count_frames, count_predicates, fit, ordered


def claim(text: str, found_by: str = "frame", confidence: float = 0.9) -> Relation:
    subject, predicate, target, status = text.split()
    return Relation(
        subject, predicate, target, status, (Evidence(0, 1, "", "", ""),), "", confidence, found_by
    )


def passage(expected: str, *found: Relation, modelled: bool = True) -> Read:
    claims: frozenset[Claim] = frozenset(
        (s, p, o, status) for s, p, o, status in (c.split() for c in expected.split(";") if c)
    )
    framed = tuple(r for r in found if r.found_by != FOUND_BY)
    return Read(modelled, True, claims, framed, tuple(r for r in found if r.found_by == FOUND_BY), ())


RIGHT, WRONG = "A funds B asserted", "A funds B proposed"


def test_a_frame_that_is_often_right_is_believed_more() -> None:
    passages = [passage(RIGHT, claim(RIGHT, "good"), claim(WRONG, "bad"))] * 20
    average, frames = count_frames(passages)
    assert average == 0.5
    assert frames["bad"] < 0.15 < 0.85 < frames["good"]


def test_imagined_passages_tell_only_where_those_after_real_texts_are_few() -> None:
    imagined = [passage(RIGHT, claim(RIGHT, "often"), claim(RIGHT, "rare"), modelled=False)] * 50
    real = [passage(RIGHT, claim(WRONG, "often"))] * 50 + [passage(RIGHT, claim(WRONG, "rare"))]
    _, frames = count_frames([*imagined, *real])
    assert frames["often"] < 0.1
    assert frames["rare"] > 0.7


def test_predicates_are_counted_where_the_model_gives_some_chance() -> None:
    found = [
        claim(RIGHT, FOUND_BY),
        claim("A audits B asserted", FOUND_BY),
        claim("C audits B asserted", FOUND_BY, SOME_CHANCE / 2),
    ]
    shares = count_predicates([passage(RIGHT, *found)] * 20)
    assert shares["audits"] < 0.1 < 0.9 < shares["funds"]
    assert shares["worksWith"] == pytest.approx(0.5)


def test_a_fitted_chance_is_the_share_that_was_right() -> None:
    chooser = random.Random(1)
    rows = [([1.0, x], chooser.random() < 1 / (1 + 2.718 ** -(x - 1))) for x in (-2.0, 0.0, 2.0) * 1000]
    constant, slope = fit(rows)
    assert constant == pytest.approx(-1, abs=0.15)
    assert slope == pytest.approx(1, abs=0.15)


def test_ends_of_symmetric_claims_are_put_in_order() -> None:
    assert ordered(("B", "worksWith", "A", "asserted")) == ("A", "worksWith", "B", "asserted")
    assert ordered(("B", "funds", "A", "asserted")) == ("B", "funds", "A", "asserted")
    assert claim_of(claim(RIGHT)) == ("A", "funds", "B", "asserted")
