"""What the passages teach about bodies that a sentence leaves unnamed."""

from __future__ import annotations

import numpy as np
import pytest

from graph.extractors.antecedents import FEATURES
from tests.relation_reading import read_marked
from training.antecedents import Question, choose, find_gaps, fit

MARKED = (
    "{A|Charity|Mind} is old. It is paid by {B|Charity|Comic Relief} and {C|Charity|Scope}. {A|Charity|Mind}"
    " left {C|Charity|Scope}."
)


def test_a_gap_is_a_claim_that_no_sentence_names_both_bodies_of() -> None:
    claims = [
        ("B", "funds", "A", "asserted"),
        ("A", "worksWith", "C", "negated"),
        ("@", "funds", "A", "asserted"),
    ]
    [(gap, right)] = find_gaps(read_marked(MARKED), claims)
    assert (gap.predicate, gap.subject, gap.other) == ("funds", False, "B")
    assert gap.sentence.view.startswith("It is paid")
    assert gap.named == {"B", "C"}
    assert right == {"A"}


def test_two_bodies_that_are_meant_at_once_are_both_right() -> None:
    text = "{A|Charity|Mind} met {B|Charity|Scope}. Both are paid by {C|Charity|Comic Relief}."
    claims = [("C", "funds", "A", "asserted"), ("C", "funds", "B", "asserted")]
    [(_, right)] = find_gaps(read_marked(text), claims)
    assert right == {"A", "B"}


def test_what_is_right_more_often_is_worth_more() -> None:
    width = len(FEATURES)
    good, bad = np.zeros(width), np.zeros(width)
    good[0] = bad[1] = 1.0
    question = Question(0, np.array([bad, good]), np.array([0.0, 1.0]))
    weights = fit([question] * 30)
    assert weights[0] > 0.5 > -0.5 > weights[1]
    assert weights[2:] == pytest.approx(0)
    chances = choose(question, weights)
    assert chances[1] > 0.8
    assert chances.sum() == pytest.approx(1)
