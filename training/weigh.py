"""Weigh the word of each frame and of the model: ``python -m training.weigh``, into ``models/opinions.json``.

How reliable a rule, a frame or a predicate of the model is, is counted. How much that and the model's chance
count together is fitted on passages held out, by logistic regression: so the weight of a claim is the share
of such claims that were right, mentions given; ``training.calibrate`` makes it a confidence. Needs no more
than caregraph itself.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from graph.extractors.antecedents import FEATURES, Antecedents
from graph.extractors.judged import Judges, find_judged_relations
from graph.extractors.opinions import UNHEARD, WHOSE, Opinions, log_odds
from graph.extractors.relation_model import ACROSS, FOUND_BY, RelationModel
from graph.extractors.windows import IMPLIED
from graph.paths import MODELS
from graph.records import Relation
from graph.vocabulary import PREDICATES, SYMMETRIC
from tests.relation_reading import CASES, read_marked
from training.passages import Claim, number_passages, split_passage

STEADINESS = 4.0
"""Claims that each frame and predicate starts with, as reliable as elsewhere."""
PENALTY = 1.0
"""On the square of the weights, against fitting noise."""
SOME_CHANCE = 0.3
"""Chance from which claims of the model are counted by predicate."""
_EVEN = 0.0, 0.0, 0.0
_NO_OPINIONS = Opinions(0.0, {}, dict.fromkeys(PREDICATES, 0.5), _EVEN, _EVEN, _EVEN, _EVEN, {})
Row = tuple[list[float], bool]
"""Features of a claim, and whether it is right."""


@dataclass(frozen=True)
class Read:
    """One passage as rules and frames, and as the model read it.

    Attributes:
        modelled: whether it is made after a real text.
        held: whether it is held out. The model is asked about these only: it knows the others.
        expected: the claims that it makes.
        framed: what rules and frames find.
        judged: what the model finds between bodies that are named.
        implied: predicate and chance of what the model finds of an implied body, and whether it is right.
    """

    modelled: bool
    held: bool
    expected: frozenset[Claim]
    framed: tuple[Relation, ...]
    judged: tuple[Relation, ...]
    implied: tuple[tuple[str, float, bool], ...]


def judge_passages(folder: Path = MODELS) -> Iterator[Read]:
    """Yield each passage as it is read; not the cases on which the frames were written."""
    model = RelationModel(folder)
    judges = Judges(model, Antecedents(dict.fromkeys(FEATURES, 0.0), {}), _NO_OPINIONS)
    for passage in number_passages():
        if passage.name == (CASES / "relations.tsv").name:
            continue
        held, claims, marked = passage.held, passage.claims, read_marked(passage.text)
        discourse = marked.discourse()
        found = find_judged_relations(marked.document, marked.sentences, marked.mentions, discourse, judges)
        known = tuple(r for r in found if r.found_by in (FOUND_BY, ACROSS)) if held else ()
        examples = split_passage(marked, claims) if held else []
        implied = tuple(
            (j.predicate, j.probability, (j.subject, j.predicate, j.object, j.status) in example.claims)
            for example in examples
            for j in model.judge(example.window(model.reader))
            if IMPLIED in (j.subject, j.object)
        )
        framed = (*marked.ruled(), *marked.relations())
        yield Read(passage.modelled, held, frozenset(map(ordered, claims)), framed, known, implied)


def ordered(claim: Claim) -> Claim:
    """Put the two ends of a symmetric claim in order."""
    subject, predicate, target, status = claim
    if predicate in SYMMETRIC and target < subject:
        return target, predicate, subject, status
    return claim


def fit(rows: Sequence[Row]) -> list[float]:
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


def count_frames(passages: Iterable[Read]) -> tuple[float, dict[str, float]]:
    """Return the share of claims that were right, of all and by rule or frame.

    Passages made after real texts are counted; where these have few, the share in the others tells.
    """
    made: dict[bool, Counter[str]] = {True: Counter(), False: Counter()}
    right: dict[bool, Counter[str]] = {True: Counter(), False: Counter()}
    for read in passages:
        for relation in read.framed:
            made[read.modelled][relation.found_by] += 1
            right[read.modelled][relation.found_by] += is_right(relation, read.expected)
    average = sum(right[True].values()) / sum(made[True].values())
    shares = {}
    for name in sorted(made[True] | made[False]):
        start = _share(right[False][name], made[False][name], average)
        shares[name] = round(_share(right[True][name], made[True][name], start), 3)
    return round(average, 3), shares


def count_predicates(passages: Iterable[Read]) -> dict[str, float]:
    """Return the share of the model's claims of some chance that were right, by predicate."""
    made: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for read in passages:
        likely = [r for r in read.judged if r.confidence >= SOME_CHANCE]
        made.update(r.predicate for r in likely)
        right.update(r.predicate for r in likely if claim_of(r) in read.expected)
    average = sum(right.values()) / max(sum(made.values()), 1)
    return {name: round(_share(right[name], made[name], average), 3) for name in PREDICATES}


def _share(right: int, made: int, start: float) -> float:
    return (right + STEADINESS * start) / (made + STEADINESS)


def main(folder: Path = MODELS) -> None:
    """Count, fit, print and write."""
    passages = list(judge_passages(folder))
    average, frames = count_frames(passages)
    held = [read for read in passages if read.held and read.modelled]
    predicates = count_predicates(held)
    both: list[Row] = []
    alone: dict[str, list[Row]] = {FOUND_BY: [], ACROSS: []}
    implied: list[Row] = []
    for read in held:
        chances = {claim_of(r)[:3]: r.confidence for r in read.judged}
        framed = {claim_of(r)[:3] for r in read.framed}
        for relation in read.framed:
            chance = chances.get(claim_of(relation)[:3], UNHEARD)
            right = is_right(relation, read.expected)
            both.append((_features(frames.get(relation.found_by, average), chance), right))
        for relation in read.judged:
            if claim_of(relation)[:3] not in framed:
                right = claim_of(relation) in read.expected
                row = _features(predicates[relation.predicate], relation.confidence), right
                alone[relation.found_by].append(row)
        for predicate, chance, right in read.implied:
            implied.append((_features(predicates[predicate], chance), right))
    own, across = alone[FOUND_BY], alone[ACROSS]
    fitted = {"both": fit(both), "alone": fit(own), "across": fit(across), "implied": fit(implied)}
    as_weighed = dict.fromkeys(WHOSE, (0.0, 1.0))
    facts = {
        "average": average,
        **fitted,
        "measured": as_weighed,
        "predicates": predicates,
        "frames": frames,
    }
    print(f"held out: {len(both)} claims by rules and frames, of which {average:.2f} are right;")
    print(f"{len(own)} more by the model, {len(across)} across two sentences,")
    print(f"{len(implied)} on implied bodies; {fitted}")
    (folder / "opinions.json").write_text(json.dumps(facts, indent=1) + "\n", encoding="utf-8")


def _features(reliable: float, chance: float) -> list[float]:
    return [1.0, log_odds(reliable), log_odds(chance)]


def is_right(relation: Relation, expected: frozenset[Claim]) -> bool:
    """Say whether a passage makes a claim; one of an implied body counts for any body that is meant by it."""
    subject, predicate, target, status = claim_of(relation)
    readings = (subject, target), (IMPLIED, target), (subject, IMPLIED)
    return any((one, predicate, two, status) in expected for one, two in readings)


def claim_of(relation: Relation) -> Claim:
    """Return what a relation claims."""
    return relation.subject, relation.predicate, relation.object, relation.status


if __name__ == "__main__":
    main()
