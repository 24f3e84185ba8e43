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
from graph.records import Relation
from graph.vocabulary import SYMMETRIC

UNHEARD = 0.03
"""Chance of a claim that the model does not see at all."""
LEAST_FRAMED, LEAST_IMPLIED = 0.25, 0.3
"""Confidence under which a claim of a frame, and one of the model on an implied body, is dropped."""
ALONE = {
    "postHolderAt": (0.7, 0.85),
    "published": (0.7, 0.9),
    "servesArea": (0.7, 0.85),
    "authorOf": (0.7, 0.85),
    "partOf": (0.6, 0.7),
    "studies": (0.6, 0.6),
    "memberOf": (0.8, 0.55),
    "commissionsFrom": (0.5, 0.5),
}
"""Least chance from which the model's word alone makes a claim, and the share of such claims that were right.

Counted on annotated documents, with the mentions given. For the other predicates, fewer than two in five
were right: there the model only bears frames out.
"""
RESOLVED = {
    "model (government)": 0.8,
    "model (list)": 0.8,
    "model (author)": 0.6,
    "model (speaker)": 0.4,
    "model (pronoun)": 0.3,
}
"""How often the body that we take for the implied one is it: measured on annotated documents."""
_EDGE = 0.01
Place = tuple[int, str, str, str]
"""Where a claim stands, and what it claims but for the status."""


@dataclass(frozen=True, slots=True)
class Opinions:
    """How far to believe whom.

    Attributes:
        average: share of all claims of frames that were right, in 0..1.
        frames: the same by ``Relation.found_by``.
        both: weights of 1, of the log odds of the frame and of those of the model, for a claim of a frame.
        implied: weights of 1 and of the log odds of the model, for a claim with an implied body.
    """

    average: float
    frames: Mapping[str, float]
    both: tuple[float, float, float]
    implied: tuple[float, float]

    def of_frame(self, found_by: str, chance: float) -> float:
        """Return how sure a frame's claim is, in 0..1, given the chance that the model gives it."""
        reliable = self.frames.get(found_by, self.average)
        return _odds_to_chance(
            self.both[0] + self.both[1] * log_odds(reliable) + self.both[2] * log_odds(chance)
        )

    def of_model(self, relation: Relation) -> float:
        """Return how sure a claim of the model alone is, in 0..1; 0 where its word is not enough."""
        chance, found_by = relation.confidence, relation.found_by
        if found_by in RESOLVED:
            sure = _odds_to_chance(self.implied[0] + self.implied[1] * log_odds(chance))
            sure = round(RESOLVED[found_by] * sure, 3)
            return sure if sure >= LEAST_IMPLIED else 0.0
        least, right = ALONE.get(relation.predicate, (1.1, 0.0))
        return right if found_by == FOUND_BY and chance >= least else 0.0


def load_opinions(folder: Path = MODELS) -> Opinions:
    """Read ``models/opinions.json``.

    Raises:
        OntologyError: the file is absent or not what it should be.
    """
    path = folder / "opinions.json"
    try:
        facts = json.loads(path.read_text(encoding="utf-8"))
        one, frame, both = facts["both"]
        base, implied = facts["implied"]
        return Opinions(facts["average"], facts["frames"], (one, frame, both), (base, implied))
    except (OSError, ValueError, KeyError, TypeError) as problem:
        raise OntologyError(
            str(path), f"cannot be read ({problem}); restore it from the release"
        ) from problem


def log_odds(chance: float) -> float:
    """Return the log odds of a chance, away from the two ends.

    >>> log_odds(0.5)
    0.0
    """
    kept = min(1 - _EDGE, max(_EDGE, chance))
    return math.log(kept / (1 - kept))


def _odds_to_chance(odds: float) -> float:
    return round(1 / (1 + math.exp(-odds)), 3)


def join_opinions(
    framed: Iterable[Relation],
    judged: Sequence[Relation],
    opinions: Opinions,
    beats: Mapping[str, frozenset[str]],
) -> Iterator[Relation]:
    """Yield the claims of the frames, then those of the model alone, as far as they are sure enough.

    Where both relate two bodies in one sentence, the frame's reading stands: its status, and its predicate
    where one of the two is the narrower.

    Args:
        framed: found by frames; one relation a sentence and claim.
        judged: found by the model, ``confidence`` being the chance that it gives.
        opinions: as loaded.
        beats: predicate to the predicates that give way to it between the same two bodies.
    """
    chances: dict[Place, float] = {}
    stated: dict[tuple[int, frozenset[str]], set[str]] = {}
    for relation in judged:
        place = _place(relation)
        chances[place] = max(chances.get(place, 0.0), relation.confidence)
    known = set()
    for relation in _sure_enough(framed, chances, opinions):
        known.add(_place(relation))
        stated.setdefault(_pair(relation), set()).add(relation.predicate)
        yield relation
    fresh = [replace(r, confidence=opinions.of_model(r)) for r in judged if _place(r) not in known]
    fresh = [relation for relation in fresh if relation.confidence]
    for relation in fresh:
        stated.setdefault(_pair(relation), set()).add(relation.predicate)
    for relation in fresh:
        if not any(relation.predicate in beats.get(other, ()) for other in stated[_pair(relation)]):
            yield relation


def _sure_enough(
    framed: Iterable[Relation], chances: Mapping[Place, float], opinions: Opinions
) -> Iterator[Relation]:
    """Weigh the claims of the frames; one that is sure enough in one sentence keeps its other evidence."""
    weighed = []
    surest: dict[tuple[str, ...], float] = {}
    for relation in framed:
        heard = max(chances.get(place, UNHEARD) for place in _places(relation))
        confidence = opinions.of_frame(relation.found_by, heard)
        claim = relation.subject, relation.predicate, relation.object, relation.status
        surest[claim] = max(surest.get(claim, 0.0), confidence)
        weighed.append((claim, replace(relation, confidence=confidence)))
    for claim, relation in weighed:
        if surest[claim] >= LEAST_FRAMED:
            yield relation


def _place(relation: Relation) -> Place:
    return relation.evidence[0].start, relation.subject, relation.predicate, relation.object


def _places(relation: Relation) -> list[Place]:
    """Return what bears a relation out: the same claim, or one with either of its bodies implied."""
    start, subject, predicate, target = _place(relation)
    claims = [(subject, target), (IMPLIED, target), (subject, IMPLIED)]
    if predicate in SYMMETRIC:
        claims += [(IMPLIED, subject), (target, IMPLIED)]
    return [(start, one, predicate, two) for one, two in claims]


def _pair(relation: Relation) -> tuple[int, frozenset[str]]:
    return relation.evidence[0].start, frozenset((relation.subject, relation.object))
