"""Weigh what the frames found and what the model says into one confidence a claim.

The weights are measured, not chosen: ``training/weigh.py`` counts how often each frame is right and fits
how much the model's word adds. A claim that both make is surer than either alone; a loose reading of a
frame in which the model sees nothing is dropped. All that takes mentions as given. What is told at last is
the share of claims of such a weight that were right, mentions found as well (``training/calibrate.py``).
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from graph.extractors.model_files import reading
from graph.extractors.relation_model import ACROSS, FOUND_BY, SUPPORT
from graph.paths import MODELS
from graph.records import Relation
from graph.vocabulary import PREDICATES

UNHEARD = 0.03
"""Chance of a claim that the model does not see at all."""
WHOSE = "framed", "model"
"""Who makes a claim: a rule or frame, or the model alone."""
LEAST_FRAMED, LEAST_ALONE, LEAST_IMPLIED = 0.235, 0.4, 0.3
"""Weight under which a claim is dropped: of a rule or frame, of the model alone, on an implied body.

The first is about half of the F1 on passages held out, 0.48, which makes F1 highest (Lipton, Elkan and
Naryanaswamy 2014, "Optimal thresholding of classifiers to maximize F1 measure"). The others are higher, since
mentions that were found are not as good as those in the passages, and the model leans on them more.
"""
_EDGE, _ENDS = 0.01, 0.001
Weights = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Opinions:
    """How far to believe whom.

    Attributes:
        average: share of all claims of frames that were right, in 0..1.
        frames: the same by ``Relation.found_by``: rules and frames.
        predicates: share of the model's claims that were right by predicate, in 0..1.
        both: weights of 1, of the log odds of the frame and of those of the model, for a claim of a frame.
        alone: weights of 1, of the log odds of the predicate and of the model's, for its own claim.
        across: the same for one on a body that only the sentence before names.
        implied: the same for one with an implied body.
        measured: for each of ``WHOSE`` the constant and the slope of the line from the log odds of a claim's
            weight to those of its being right.
    """

    average: float
    frames: Mapping[str, float]
    predicates: Mapping[str, float]
    both: Weights
    alone: Weights
    across: Weights
    implied: Weights
    measured: Mapping[str, tuple[float, float]]

    def tell(self, relation: Relation) -> Relation:
        """Return a claim whose confidence is its weight, with the share of such claims that were right."""
        constant, slope = self.measured[whose_word(relation.found_by)]
        return replace(relation, confidence=_chance(constant + slope * log_odds(relation.confidence, _ENDS)))

    def of_frame(self, found_by: str, chance: float) -> float:
        """Return how sure a claim of a rule or frame is, in 0..1, given the chance that the model gives."""
        return _weigh(self.both, self.frames.get(found_by, self.average), chance)

    def of_model(self, relation: Relation) -> float:
        """Return how sure a claim of the model alone is, in 0..1; 0 where its word is not enough."""
        sure = self.weigh_judged(relation)
        least = LEAST_ALONE if relation.found_by in (FOUND_BY, ACROSS) else LEAST_IMPLIED
        return sure if sure >= least else 0.0

    def weigh_judged(self, relation: Relation) -> float:
        """Return how sure a claim of the model alone is, in 0..1, if it is enough or not."""
        if relation.found_by == SUPPORT:
            return 0.0
        if relation.found_by not in (FOUND_BY, ACROSS):
            return relation.confidence
        weights = self.across if relation.found_by == ACROSS else self.alone
        return _weigh(weights, self.predicates[relation.predicate], relation.confidence)

    def of_implied(self, predicate: str, chance: float) -> float:
        """Return how sure a claim with an implied body is, in 0..1, given the chance that the model gives."""
        return _weigh(self.implied, self.predicates[predicate], chance)


def whose_word(found_by: str) -> str:
    """Say which of ``WHOSE`` made a claim, by ``Relation.found_by``."""
    return WHOSE[found_by.startswith(FOUND_BY)]


def load_opinions(folder: Path = MODELS) -> Opinions:
    """Read ``models/opinions.json``.

    Raises:
        OntologyError: the file is absent or not what it should be.
    """
    path = folder / "opinions.json"
    with reading(path):
        facts = json.loads(path.read_text(encoding="utf-8"))
        both, alone, across, implied = (_three(facts[n]) for n in ("both", "alone", "across", "implied"))
        rates = {name: float(facts["predicates"][name]) for name in PREDICATES}
        measured = {name: _two(facts["measured"][name]) for name in WHOSE}
        return Opinions(
            facts["average"], dict(facts["frames"]), rates, both, alone, across, implied, measured
        )


def _two(line: Sequence[float]) -> tuple[float, float]:
    constant, slope = line
    return float(constant), float(slope)


def _three(weights: Sequence[float]) -> Weights:
    constant, reliable, chance = weights
    return float(constant), float(reliable), float(chance)


def _weigh(weights: Weights, reliable: float, chance: float) -> float:
    odds = weights[0] + weights[1] * log_odds(reliable) + weights[2] * log_odds(chance)
    return _chance(odds)


def _chance(odds: float) -> float:
    return round(1 / (1 + math.exp(-odds)), 3)


def log_odds(chance: float, edge: float = _EDGE) -> float:
    """Return the log odds of a chance, away from the two ends.

    >>> log_odds(0.5)
    0.0
    """
    kept = min(1 - edge, max(edge, chance))
    return math.log(kept / (1 - kept))
