"""Teach the screener what the relation model says: ``python -m training.screener``.

Writes ``models/screener.npz``. The relation model is asked about every window of our passages: with the
mentions that stand in them, and, for those made after real texts, as they are found. A pair is positive where
the model's word is enough for a claim. The threshold is chosen on passages held out. Needs no more than
caregraph itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from graph.extract import extract_document, load_resources
from graph.extractors.judged import find_judged_relations
from graph.extractors.opinions import LEAST_ALONE, LEAST_IMPLIED, Opinions, load_opinions
from graph.extractors.relation_model import ACROSS, FOUND_BY, Judgement, RelationModel
from graph.extractors.screener import BITS, FILE, Features, Screener, list_features
from graph.extractors.windows import IMPLIED, Window
from graph.paths import MODELS
from graph.records import Relation
from tests.relation_reading import CASES, read_marked
from training.passages import Passage, number_passages

RECALL = 0.98
"""Share of the positive pairs held out that the model must be asked about."""
ROUNDS, BATCH, RATE, SEED = 3, 512, 0.1, 1
SHARES = (0.9975, 0.995, 0.99, 0.98, 0.96, 0.9)
_LONGEST = 127
"""Greatest weight of 8 bits."""


@dataclass
class Heard:
    """What the model said of one window.

    Attributes:
        features: of its pairs.
        positive: of each pair, whether the model claims something of it.
        stated: whether a rule or frame claims something in its sentence, so that the model is asked anyway.
        unseen: whether nothing is learnt from it.
    """

    features: Features
    positive: NDArray[np.bool_]
    stated: bool
    unseen: bool


class Listener(Screener):
    """Stands for the screener and lets every window pass, keeping those on which it was asked."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: Window | None = None

    def may_relate(self, window: Window) -> bool:
        """Let the model read it."""
        self.asked = window
        return True


class Ear(RelationModel):
    """The model, with someone who takes down what it says."""

    def __init__(self, listener: Listener, opinions: Opinions) -> None:
        super().__init__()
        self.listener, self.opinions = listener, opinions
        self.heard: list[Heard] = []
        self.unseen = False

    def judge(self, window: Window) -> Iterator[Judgement]:
        """Yield what the model says, and keep it."""
        said = list(super().judge(window))
        pairs = window.pairs()
        if pairs:
            sure = {frozenset((j.subject, j.object)) for j in said if is_enough(j, self.opinions)}
            positive = [frozenset((window.entities[one], window.entities[two])) in sure for one, two in pairs]
            stated = self.listener.asked is not window
            self.heard.append(Heard(list_features(window, pairs), np.asarray(positive), stated, self.unseen))
        return iter(said)


def is_enough(judgement: Judgement, opinions: Opinions) -> bool:
    """Say whether the model's word is enough for a claim, whoever an implied body is."""
    predicate, chance = judgement.predicate, judgement.probability
    if IMPLIED in (judgement.subject, judgement.object):
        return opinions.of_implied(predicate, chance) >= LEAST_IMPLIED
    found_by = ACROSS if judgement.across else FOUND_BY
    claim = Relation(judgement.subject, predicate, judgement.object, "", (), "", chance, found_by)
    return opinions.weigh_judged(claim) >= LEAST_ALONE


def listen(passages: Iterable[Passage]) -> list[Heard]:
    """Ask the model about every window of the passages, as they are marked and as they are read."""
    listener, resources = Listener(), load_resources()
    ear = Ear(listener, load_opinions())
    judges = replace(resources.judges, model=ear, screener=listener)
    whole = replace(resources, judges=judges, gate=None)
    for passage in passages:
        ear.unseen = passage.unseen
        marked = read_marked(passage.text)
        stated = (*marked.ruled(), *marked.relations())
        given = marked.document, marked.sentences, marked.mentions, marked.discourse()
        for _ in find_judged_relations(*given, judges.beside(stated)):
            pass
        if passage.modelled:
            extract_document(marked.document, whole)
    return ear.heard


def fit(heard: Sequence[Heard]) -> NDArray[np.float64]:
    """Fit a logistic regression by steps that adapt to each weight (Duchi et al. 2011, AdaGrad)."""
    numbers, lengths = _flatten(heard)
    starts = lengths.cumsum() - lengths
    truth = np.concatenate([h.positive for h in heard]).astype(float)
    weights, squares = np.zeros(1 << BITS), np.full(1 << BITS, 0.01)
    chooser = np.random.default_rng(SEED)
    done, steps = 0, ROUNDS * len(truth)
    for _ in range(ROUNDS):
        order = chooser.permutation(len(truth))
        for chosen in (order[at : at + BATCH] for at in range(0, len(order), BATCH)):
            sizes = lengths[chosen]
            ends = sizes.cumsum()
            mine = numbers[np.repeat(starts[chosen] - ends + sizes, sizes) + np.arange(ends[-1])]
            score = np.add.reduceat(weights[mine], ends - sizes)
            fault = 1 / (1 + np.exp(-score)) - truth[chosen]
            slope = np.bincount(mine, np.repeat(fault, sizes), 1 << BITS)
            squares += slope * slope
            weights -= RATE * (1 - done / steps) * slope / np.sqrt(squares)
            done += len(chosen)
    return weights


def _flatten(heard: Sequence[Heard]) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    """Return the features of all pairs, those of one pair side by side, and how many each pair has."""
    numbers = [h.features.numbers[np.argsort(h.features.owners, kind="stable")] for h in heard]
    lengths = [np.bincount(h.features.owners, minlength=len(h.positive)) for h in heard]
    return np.concatenate(numbers).astype(np.int32), np.concatenate(lengths)


def best_of(heard: Heard, values: NDArray[np.int8]) -> float:
    """Return the score of the best pair of a window, before it is scaled."""
    return float(np.bincount(heard.features.owners, values[heard.features.numbers]).max())


def find_threshold(best: Sequence[float], heard: Sequence[Heard], recall: float) -> float:
    """Return the greatest score that lets enough windows pass.

    Args:
        best: the score of the best pair of each window.
        heard: the windows.
        recall: share of the positive pairs that stand in windows which pass or are stated, in 0..1.
    """
    chances = sorted(
        float("inf") if h.stated else score
        for score, h in zip(best, heard, strict=True)
        for _ in range(int(h.positive.sum()))
    )
    return chances[int((1 - recall) * len(chances))]


def main(folder: Path = MODELS) -> None:
    """Listen, fit, print and write."""
    heard = listen(p for p in number_passages() if p.name != (CASES / "relations.tsv").name)
    learnt, held = [h for h in heard if not h.unseen], [h for h in heard if h.unseen]
    weights = fit(learnt)
    scale = float(np.abs(weights).max()) / _LONGEST
    values = np.rint(weights / scale).astype(np.int8)
    best = [best_of(h, values) for h in held]
    print(f"{len(learnt)} windows to learn from, {len(held)} held out")
    for recall in SHARES:
        threshold = find_threshold(best, held, recall)
        asked = sum(h.stated or score >= threshold for h, score in zip(held, best, strict=True))
        share = asked / len(held)
        print(f"recall {recall}: threshold {threshold * scale:.2f}, {share:.3f} of the windows asked")
    threshold = round(find_threshold(best, held, RECALL) * scale, 2)
    np.savez_compressed(folder / FILE, values=values, scale=scale, threshold=threshold)


if __name__ == "__main__":
    main()
