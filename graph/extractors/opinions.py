"""Weigh what the frames found and what the model says into one confidence a claim.

The weights are measured, not chosen: ``training/weigh.py`` counts how often each frame is right and fits
how much the model's word adds. A claim that both make is surer than either alone; a loose reading of a
frame in which the model sees nothing is dropped.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from graph.errors import OntologyError
from graph.extractors.judged import FOUND_BY
from graph.extractors.windows import IMPLIED
from graph.paths import MODELS
from graph.records import Evidence, Relation
from graph.vocabulary import PREDICATES, SYMMETRIC

UNHEARD = 0.03
"""Chance of a claim that the model does not see at all."""
LEAST_FRAMED, LEAST_ALONE, LEAST_IMPLIED = 0.2, 0.4, 0.3
"""Confidence under which a claim is dropped: of a rule or frame, of the model alone, on an implied body."""
LEAST_HEEDED = 0.5
"""Chance from which the model's word counts on whether something is only proposed."""
RESOLVED = {
    "model (government)": 0.8,
    "model (list)": 0.8,
    "model (speaker)": 0.8,
    "model (author)": 0.6,
    "model (pronoun)": 0.5,
}
"""How often the body that we take for the implied one is it: measured on annotated documents."""
_EDGE = 0.01
Weights = tuple[float, float, float]
Triple = tuple[str, str, str]
"""Subject, predicate, object."""


@dataclass(frozen=True, slots=True)
class Opinions:
    """How far to believe whom.

    Attributes:
        average: share of all claims of frames that were right, in 0..1.
        frames: the same by ``Relation.found_by``: rules and frames.
        predicates: share of the model's claims that were right by predicate, in 0..1.
        both: weights of 1, of the log odds of the frame and of those of the model, for a claim of a frame.
        alone: weights of 1, of the log odds of the predicate and of the model's, for its own claim.
        implied: the same for one with an implied body.
    """

    average: float
    frames: Mapping[str, float]
    predicates: Mapping[str, float]
    both: Weights
    alone: Weights
    implied: Weights

    def of_frame(self, found_by: str, chance: float) -> float:
        """Return how sure a claim of a rule or frame is, in 0..1, given the chance that the model gives."""
        return _weigh(self.both, self.frames.get(found_by, self.average), chance)

    def of_model(self, relation: Relation) -> float:
        """Return how sure a claim of the model alone is, in 0..1; 0 where its word is not enough."""
        reliable = self.predicates[relation.predicate]
        if relation.found_by in RESOLVED:
            sure = RESOLVED[relation.found_by] * _weigh(self.implied, reliable, relation.confidence)
            return round(sure, 3) if sure >= LEAST_IMPLIED else 0.0
        sure = _weigh(self.alone, reliable, relation.confidence)
        return sure if relation.found_by == FOUND_BY and sure >= LEAST_ALONE else 0.0


def load_opinions(folder: Path = MODELS) -> Opinions:
    """Read ``models/opinions.json``.

    Raises:
        OntologyError: the file is absent or not what it should be.
    """
    path = folder / "opinions.json"
    try:
        facts = json.loads(path.read_text(encoding="utf-8"))
        both, alone, implied = (_three(facts[name]) for name in ("both", "alone", "implied"))
        rates = {name: float(facts["predicates"][name]) for name in PREDICATES}
        return Opinions(facts["average"], dict(facts["frames"]), rates, both, alone, implied)
    except (OSError, ValueError, KeyError, TypeError) as problem:
        raise OntologyError(
            str(path), f"cannot be read ({problem}); restore it from the release"
        ) from problem


def _three(weights: Sequence[float]) -> Weights:
    constant, reliable, chance = weights
    return float(constant), float(reliable), float(chance)


def _weigh(weights: Weights, reliable: float, chance: float) -> float:
    odds = weights[0] + weights[1] * log_odds(reliable) + weights[2] * log_odds(chance)
    return round(1 / (1 + math.exp(-odds)), 3)


def log_odds(chance: float) -> float:
    """Return the log odds of a chance, away from the two ends.

    >>> log_odds(0.5)
    0.0
    """
    kept = min(1 - _EDGE, max(_EDGE, chance))
    return math.log(kept / (1 - kept))


def join_opinions(
    framed: Iterable[Relation],
    judged: Sequence[Relation],
    opinions: Opinions,
    beats: Mapping[str, frozenset[str]],
) -> Iterator[Relation]:
    """Yield the claims of rules and frames, then those of the model alone, as far as they are sure enough.

    Where both relate two bodies in one sentence, the frame's reading stands: its predicate where one of the
    two is the narrower, and its status, unless the model sees a mere proposal in what it takes for a fact.

    Args:
        framed: found by rules and frames.
        judged: found by the model; the evidence is one sentence, ``confidence`` the chance that it gives.
        opinions: as loaded.
        beats: predicate to the predicates that give way to it between the same two bodies.
    """
    heard: dict[Triple, list[Relation]] = {}
    for relation in judged:
        heard.setdefault(_triple(relation), []).append(relation)
    stated: dict[tuple[int, frozenset[str]], set[str]] = {}
    known: dict[Triple, list[Evidence]] = {}
    for relation in _sure_enough(framed, heard, opinions):
        known.setdefault(_triple(relation), []).extend(relation.evidence)
        stated.setdefault(_pair(relation), set()).add(relation.predicate)
        yield relation
    fresh = [replace(r, confidence=opinions.of_model(r)) for r in judged if not _is_known(r, known)]
    fresh = [relation for relation in fresh if relation.confidence]
    for relation in fresh:
        stated.setdefault(_pair(relation), set()).add(relation.predicate)
    for relation in fresh:
        if not any(relation.predicate in beats.get(other, ()) for other in stated[_pair(relation)]):
            yield relation


def _sure_enough(
    framed: Iterable[Relation], heard: Mapping[Triple, Sequence[Relation]], opinions: Opinions
) -> Iterator[Relation]:
    """Weigh the claims of rules and frames; one that is sure enough once keeps its other evidence."""
    weighed = []
    surest: dict[tuple[str, ...], float] = {}
    for relation in framed:
        same = [r for t in _supporting(relation) for r in heard.get(t, ()) if _overlap(r, relation)]
        confidence = opinions.of_frame(relation.found_by, max((r.confidence for r in same), default=UNHEARD))
        if relation.status == "asserted" and any(_is_proposal(r, relation) for r in same):
            relation = replace(relation, status="proposed")
        claim = (*_triple(relation), relation.status)
        surest[claim] = max(surest.get(claim, 0.0), confidence)
        weighed.append((claim, replace(relation, confidence=confidence)))
    for claim, relation in weighed:
        if surest[claim] >= LEAST_FRAMED:
            yield relation


def _is_proposal(judged: Relation, relation: Relation) -> bool:
    """Say whether the model is sure enough that what a frame takes for a fact is only proposed.

    Of 29 such cases in passages held out, the model was right in 21, the frame in 6.
    """
    likely = judged.status == "proposed" and judged.confidence >= LEAST_HEEDED
    return likely and _triple(judged) == _triple(relation)


def _is_known(judged: Relation, known: Mapping[Triple, Sequence[Evidence]]) -> bool:
    """Say whether a rule or frame says the same there; who holds a post is said once for all."""
    evidence = known.get(_triple(judged), ())
    if judged.predicate == "postHolderAt":
        return bool(evidence)
    return any(_meet(e, judged.evidence[0]) for e in evidence)


def _overlap(one: Relation, two: Relation) -> bool:
    return any(_meet(a, b) for a in one.evidence for b in two.evidence)


def _meet(one: Evidence, two: Evidence) -> bool:
    return one.start < two.end and two.start < one.end


def _triple(relation: Relation) -> Triple:
    return relation.subject, relation.predicate, relation.object


def _supporting(relation: Relation) -> list[Triple]:
    """Return what bears a relation out: the same claim, or one with either of its bodies implied."""
    subject, predicate, target = _triple(relation)
    ends = [(subject, target), (IMPLIED, target), (subject, IMPLIED)]
    if predicate in SYMMETRIC:
        ends += [(IMPLIED, subject), (target, IMPLIED)]
    return [(one, predicate, two) for one, two in ends]


def _pair(relation: Relation) -> tuple[int, frozenset[str]]:
    return relation.evidence[0].start, frozenset((relation.subject, relation.object))
