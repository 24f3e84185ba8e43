"""Weigh what the frames found and what the model says into one confidence a claim.

The weights are measured, not chosen: ``training/weigh.py`` counts how often each frame is right and fits
how much the model's word adds. A claim that both make is surer than either alone; a loose reading of a
frame in which the model sees nothing is dropped. All that takes mentions as given. What is told at last is
the share of claims of such a weight that were right, mentions found as well (``training/calibrate.py``).
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from graph.extractors.model_files import reading
from graph.extractors.relation_model import ACROSS, FOUND_BY, SUPPORT
from graph.extractors.windows import IMPLIED
from graph.paths import MODELS
from graph.records import Evidence, Relation
from graph.vocabulary import PREDICATES, SYMMETRIC

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
LEAST_HEEDED = 0.5
"""Chance from which the model's word counts on whether something is only proposed."""
LEAST_AGAIN = 0.6
"""Weight from which a sentence is further evidence, by the model, of what a frame found elsewhere: more
evidence adds little to a claim, and a sentence that does not say it spoils it.
"""
_EDGE, _ENDS = 0.01, 0.001
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
    stated: dict[tuple[int, frozenset[str]], set[str]] = {}
    known: dict[Triple, list[Evidence]] = {}
    claimed: set[tuple[Triple, str]] = set()
    for relation in _sure_enough(_weigh_framed(framed, judged, opinions)):
        claimed.add((_triple(relation), relation.status))
        known.setdefault(_triple(relation), []).extend(relation.evidence)
        stated.setdefault(_pair(relation), set()).add(relation.predicate)
        yield relation
    fresh = [replace(r, confidence=opinions.of_model(r)) for r in judged if not _is_known(r, known)]
    fresh = [
        relation
        for relation in fresh
        if relation.confidence >= (LEAST_AGAIN if (_triple(relation), relation.status) in claimed else _EDGE)
    ]
    for relation in fresh:
        stated.setdefault(_pair(relation), set()).add(relation.predicate)
    for relation in fresh:
        if not any(relation.predicate in beats.get(other, ()) for other in stated[_pair(relation)]):
            yield relation


def weigh_claims(
    framed: Iterable[Relation], judged: Sequence[Relation], opinions: Opinions
) -> Iterator[Relation]:
    """Yield all claims, those too that are too weak to be made; how sure each is becomes its confidence.

    A claim whose implied body nothing tells is none. Arguments are as for ``join_opinions``.
    """
    yield from _weigh_framed(framed, judged, opinions)
    for relation in judged:
        if relation.found_by != SUPPORT:
            yield replace(relation, confidence=opinions.weigh_judged(relation))


def _weigh_framed(
    framed: Iterable[Relation], judged: Iterable[Relation], opinions: Opinions
) -> Iterator[Relation]:
    """Yield the claims of rules and frames, each as sure as it is with what the model says of it."""
    heard: dict[Triple, list[Relation]] = {}
    for relation in judged:
        heard.setdefault(_triple(relation), []).append(relation)
    for relation in framed:
        same = [r for t in _supporting(relation) for r in heard.get(t, ()) if _overlap(r, relation)]
        confidence = opinions.of_frame(relation.found_by, max((r.confidence for r in same), default=UNHEARD))
        if relation.status == "asserted" and any(_is_proposal(r, relation) for r in same):
            relation = replace(relation, status="proposed")
        yield replace(relation, confidence=confidence)


def _sure_enough(weighed: Iterable[Relation]) -> Iterator[Relation]:
    """Drop weak claims of rules and frames; one that is sure enough once keeps its other evidence."""
    claims = [((*_triple(relation), relation.status), relation) for relation in weighed]
    surest: dict[tuple[str, ...], float] = {}
    for claim, relation in claims:
        surest[claim] = max(surest.get(claim, 0.0), relation.confidence)
    return (relation for claim, relation in claims if surest[claim] >= LEAST_FRAMED)


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
