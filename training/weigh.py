"""Weigh the word of each frame and of the model: ``python -m training.weigh``, into ``models/opinions.json``.

How reliable a frame is, is counted on the passages that the model learnt from (frames learn nothing). How
much a frame's and the model's word count together is fitted on those held out, by logistic regression: so
the confidence of a claim is the share of such claims that were right. Needs no more than caregraph itself.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from graph.extractors.judged import FOUND_BY, find_judged_relations
from graph.extractors.opinions import UNHEARD, log_odds
from graph.extractors.relation_model import RelationModel
from graph.extractors.windows import IMPLIED
from graph.paths import MODELS
from graph.records import Relation
from graph.vocabulary import SYMMETRIC
from tests.relation_reading import CASES, read_marked
from training.passages import HELD_OUT, Claim, read_passages, split_passage

STEADINESS = 4.0
"""Claims of average reliability that each frame starts with."""
PENALTY = 1.0
"""On the square of the weights, against fitting noise."""


@dataclass(frozen=True)
class Read:
    """One passage: whether it is held out, its claims, those of the frames, those of the model.

    ``implied`` has the chances that the model gives to claims with an implied body, and which are right.

    The model is asked about passages held out only: it knows the others.
    """

    held: bool
    expected: frozenset[Claim]
    framed: tuple[Relation, ...]
    judged: tuple[Relation, ...]
    implied: tuple[tuple[float, bool], ...]


def judge_passages(folder: Path = MODELS) -> Iterator[Read]:
    """Yield each passage as frames and model read it; not the cases on which the frames were written."""
    model = RelationModel(folder)
    numbers: Counter[str] = Counter()
    for name, text, claims in read_passages():
        if name == (CASES / "relations.tsv").name:
            continue
        numbers[name] += 1
        held = numbers[name] % HELD_OUT == 0
        marked = read_marked(text)
        found = find_judged_relations(
            marked.document, marked.sentences, marked.mentions, marked.discourse(), model
        )
        known = tuple(r for r in found if r.found_by == FOUND_BY) if held else ()
        examples = split_passage(marked, claims) if held else []
        implied = tuple(
            (j.probability, (j.subject, j.predicate, j.object, j.status) in example.claims)
            for example in examples
            for j in model.judge(example.window(model.reader))
            if IMPLIED in (j.subject, j.object)
        )
        yield Read(held, frozenset(map(ordered, claims)), marked.relations(), known, implied)


def ordered(claim: Claim) -> Claim:
    """Put the two ends of a symmetric claim in order."""
    subject, predicate, target, status = claim
    if predicate in SYMMETRIC and target < subject:
        return target, predicate, subject, status
    return claim


def fit(rows: Sequence[tuple[list[float], bool]]) -> list[float]:
    """Fit a logistic regression by Newton's method; the first feature is the constant and not penalised."""
    features = np.array([row for row, _ in rows])
    truth = np.array([float(right) for _, right in rows])
    penalty = PENALTY * np.eye(features.shape[1])
    penalty[0, 0] = 0.0
    weights = np.zeros(features.shape[1])
    for _ in range(25):
        chance = 1 / (1 + np.exp(-features @ weights))
        slope = features.T @ (truth - chance) - penalty @ weights
        curve = (features * (chance * (1 - chance))[:, None]).T @ features + penalty
        weights = weights + np.linalg.solve(curve, slope)
    return [round(float(weight), 3) for weight in weights]


def main(folder: Path = MODELS) -> None:
    """Count, fit, print and write."""
    passages = list(judge_passages(folder))
    made: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for read in passages:
        for relation in () if read.held else read.framed:
            made[relation.found_by] += 1
            right[relation.found_by] += claim_of(relation) in read.expected
    average = sum(right.values()) / sum(made.values())
    frames = {
        name: round((right[name] + STEADINESS * average) / (count + STEADINESS), 3)
        for name, count in sorted(made.items())
    }
    both: list[tuple[list[float], bool]] = []
    for read in passages:
        chances = {claim_of(r)[:3]: r.confidence for r in read.judged}
        for relation in read.framed if read.held else ():
            claim = claim_of(relation)
            reliable = frames.get(relation.found_by, average)
            features = [1.0, log_odds(reliable), log_odds(chances.get(claim[:3], UNHEARD))]
            both.append((features, claim in read.expected))
    implied = [([1.0, log_odds(chance)], right) for read in passages for chance, right in read.implied]
    facts = {
        "average": round(average, 3),
        "both": fit(both),
        "implied": fit(implied),
        "frames": frames,
    }
    print(f"frames: {sum(made.values())} claims, {average:.2f} right")
    print(f"held out: {len(both)} claims by frames, {len(implied)} by the model on implied bodies")
    print(f"together {facts['both']}, implied {facts['implied']}")
    (folder / "opinions.json").write_text(json.dumps(facts, indent=1) + "\n", encoding="utf-8")


def claim_of(relation: Relation) -> Claim:
    """Return what a relation claims."""
    return relation.subject, relation.predicate, relation.object, relation.status


if __name__ == "__main__":
    main()
