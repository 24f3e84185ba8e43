"""What the screener learns: from which passages, what counts, and how the threshold is chosen."""

from __future__ import annotations

from itertools import islice

import numpy as np
import pytest

from graph.extractors.opinions import load_opinions
from graph.extractors.relation_model import Judgement
from graph.extractors.screener import BITS, Features, Screener
from training.passages import HELD, number_passages
from training.screener import RECALL, Heard, best_of, find_threshold, fit, is_enough, listen


def heard(numbers: list[int], *positive: bool, stated: bool = False) -> Heard:
    """Make a window whose pairs have one feature each."""
    features = Features(np.asarray(numbers), np.arange(len(numbers)))
    return Heard(features, np.asarray(positive), stated, unseen=False)


@pytest.mark.parametrize(
    ("subject", "chance", "across", "expected"),
    [
        ("A", 0.95, False, True),
        ("A", 0.3, False, False),
        ("A", 0.97, True, True),
        ("A", 0.6, True, False),
        ("@", 0.6, False, True),
        ("@", 0.3, False, False),
    ],
)
def test_the_word_of_the_model_is_enough_where_it_makes_a_claim(
    subject: str, chance: float, across: bool, expected: bool
) -> None:
    judgement = Judgement(subject, "partOf", "B", "asserted", chance, across)
    assert is_enough(judgement, load_opinions()) is expected


def test_a_feature_of_related_pairs_gets_weight_and_the_same_each_time() -> None:
    windows = [heard([1, 2], True, False), heard([3], False)] * 300
    weights = fit(windows)
    assert weights[1] > 0.1
    assert max(weights[2], weights[3]) < -0.1
    assert np.count_nonzero(weights) == 3
    np.testing.assert_array_equal(weights, fit(windows))


def test_the_threshold_keeps_the_share_of_positive_pairs() -> None:
    values = np.zeros(1 << BITS, np.int8)
    values[:101] = range(101)
    windows = [heard([n, 0], True, False) for n in range(1, 101)]
    best = [best_of(h, values) for h in windows]
    assert best == list(range(1, 101))
    assert find_threshold(best, windows, 0.99) == 2
    assert find_threshold(best, windows, 1.0) == 1
    stated = [heard([1, 0], True, False, stated=True)] * 100
    assert find_threshold([1.0] * 100 + best, [*stated, *windows], 0.99) == 3


def test_the_screener_that_ships_finds_what_the_model_claims_of_sentences_held_out() -> None:
    """A part of what the threshold was chosen on, so the share may be a little smaller."""
    passages = [p for p in number_passages() if p.unseen and p.name.startswith(HELD)]
    windows = listen(islice(passages, 0, None, 40))
    weights = Screener().weights
    best = [best_of(h, weights.values) * weights.scale for h in windows]
    asked = [h.stated or score >= weights.threshold for h, score in zip(windows, best, strict=True)]
    positive = sum(int(h.positive.sum()) for h in windows)
    found = sum(int(h.positive.sum()) for h, passed in zip(windows, asked, strict=True) if passed)
    assert positive > 30
    assert found >= (RECALL - 0.02) * positive
    assert not all(asked)
    assert all(h.unseen for h in windows)
