"""Measure whether confidence means something: of the claims given 0.7, are seven in ten right?

A claim is a triple with its status, as the measure ``relations`` counts them. It is right where the gold
has it; claims with an unnamed body are left out.

Few claims cannot tell: of fifty, even chances that are exactly right are off by some 0.1 in ten bins. So it
is said beside the error what such chances would come to, and how far chance may have moved it.

Source: Guo et al. 2017, "On calibration of modern neural networks", for bins and expected error; Brier 1950,
"Verification of forecasts expressed in terms of probability", for the score; Efron 1979, "Bootstrap methods",
for the interval.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import fsum
from pathlib import Path
from statistics import fmean

import numpy as np

from graph.evaluate import align_columns, pair_gold
from graph.evaluate_document import Triple, align_relation, compare_document
from graph.evaluate_figures import share
from graph.evaluate_gold import GoldDocument
from graph.records import Extraction

SURE = 0.9
"""Confidence, in 0..1, from which on a claim counts as sure: where the last bin begins."""

STARTS = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, SURE)
"""Where the bins begin. A bin ends before the next, the last with 1; the source's hold their upper end."""


DRAWINGS = 1000
"""How often claims are drawn to tell how far chance may have moved the error."""


@dataclass(frozen=True, slots=True)
class JudgedClaim:
    """What the system states once or more: its highest confidence, in 0..1, and whether the gold has it."""

    confidence: float
    right: bool


@dataclass(frozen=True, slots=True)
class Bin:
    """The claims of like confidence.

    Attributes:
        start: their least confidence, in 0..1.
        end: the confidence that they stay below, in 0..1; of the last bin the highest.
        claims: how many there are.
        confidence: their mean confidence, in 0..1; 0 where there are none.
        right: the share of them that is right, in 0..1; 0 where there are none.
    """

    start: float
    end: float
    claims: int
    confidence: float
    right: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """How far the confidence of claims is from the share that is right.

    Attributes:
        bins: one for each of ``STARTS``, those without claims too.
        error: the expected calibration error, in 0..1, 0 is best: how far mean confidence and share of a bin
            are apart, on average over the claims; 0 where there are none.
        perfect: what this error would be on average if each claim were right with its confidence for chance.
        brier: the mean square of how far confidence is from 1 (right) or 0 (wrong), in 0..1, 0 is best; 0
            where there are none.
        floor: the Brier score if the confidence of each were the share of all that is right, in 0..0.25.
    """

    bins: tuple[Bin, ...]
    error: float
    perfect: float
    brier: float
    floor: float

    @property
    def claims(self) -> int:
        """How many claims were judged."""
        return sum(b.claims for b in self.bins)

    @property
    def sure(self) -> Bin:
        """The claims of confidence ``SURE`` or more; ``right`` is their precision."""
        return self.bins[-1]


def judge_claims(extractions: Iterable[Extraction], gold: Path) -> list[JudgedClaim]:
    """List what extractions state of the documents of the gold, each claim of a document once.

    Raises:
        GoldError: the folder or a file of it cannot be used.
    """
    return [
        claim
        for document, extraction in pair_gold(extractions, gold)
        if extraction
        for claim in _judge_document(document, extraction)
    ]


def measure_calibration(claims: Iterable[JudgedClaim]) -> Calibration:
    """Compare the confidence of claims with how many of them are right.

    >>> half_sure = measure_calibration([JudgedClaim(0.5, right=True), JudgedClaim(0.5, right=False)])
    >>> half_sure.error, half_sure.brier
    (0.0, 0.25)
    """
    judged = list(claims)
    members: list[list[JudgedClaim]] = [[] for _ in STARTS]
    for claim in judged:
        members[bisect_right(STARTS, claim.confidence) - 1].append(claim)
    bins = tuple(map(_sum_up, STARTS, (*STARTS[1:], 1.0), members))
    right = share(sum(claim.right for claim in judged), len(judged))
    return Calibration(
        bins=bins,
        error=share(fsum(b.claims * abs(b.confidence - b.right) for b in bins), len(judged)),
        perfect=share(fsum(_expect_gap([c.confidence for c in found]) for found in members), len(judged)),
        brier=share(fsum((claim.confidence - claim.right) ** 2 for claim in judged), len(judged)),
        floor=right * (1 - right),
    )


def estimate_interval(claims: Sequence[JudgedClaim]) -> tuple[float, float]:
    """Return between which values the calibration error is in 95 of 100 drawings of as many of the claims.

    They are drawn with replacement, ``DRAWINGS`` times, always in the same way; (0, 0) where there are none.
    """
    if not claims:
        return 0.0, 0.0
    chosen = np.random.default_rng(0).integers(len(claims), size=(DRAWINGS, len(claims)))
    bins = np.array([bisect_right(STARTS, claim.confidence) - 1 for claim in claims])
    gaps = np.array([claim.confidence - claim.right for claim in claims])
    errors = np.zeros(DRAWINGS)
    for number in range(len(STARTS)):
        errors += np.abs(np.where(bins[chosen] == number, gaps[chosen], 0.0).sum(axis=1))
    low, high = np.percentile(errors / len(claims), (2.5, 97.5))
    return float(low), float(high)


def render_calibration(calibration: Calibration, interval: tuple[float, float]) -> str:
    """Return the bins and the figures as lines of text, the interval beside the error."""
    low, high = interval
    rows = [("confidence", "claims", "mean", "right")]
    for b in calibration.bins:
        shares = (f"{b.confidence:.3f}", f"{b.right:.3f}") if b.claims else ("-", "-")
        rows.append((f"{b.start:.1f} to {b.end:.1f}", str(b.claims), *shares))
    lines = [
        *align_columns(rows),
        f"expected calibration error {calibration.error:.3f} of {calibration.claims} claims"
        f" (95% of drawings {low:.3f} to {high:.3f})",
        f"error of chances that are exactly right {calibration.perfect:.3f}",
        f"precision {calibration.sure.right:.3f} of {calibration.sure.claims} claims"
        f" of confidence {SURE} or more",
        f"Brier score {calibration.brier:.3f} (floor {calibration.floor:.3f}: one confidence for all)",
    ]
    return "".join(f"{line}\n" for line in lines)


def _judge_document(gold: GoldDocument, extraction: Extraction) -> Iterator[JudgedClaim]:
    compared = compare_document(gold, extraction)
    surest: dict[Triple, float] = {}
    for relation in extraction.relations:
        triple = align_relation(relation, compared.aligned)
        if triple in compared.found:  # else a body is unnamed
            surest[triple] = max(relation.confidence, surest.get(triple, 0.0))
    return (JudgedClaim(confidence, triple in compared.wanted) for triple, confidence in surest.items())


def _expect_gap(chances: Sequence[float]) -> float:
    """Return how far the number of hits is from its mean, on average, if each has its own chance."""
    likely = np.array([1.0])  # of each number of hits
    for chance in sorted(chances):
        likely = np.convolve(likely, (1 - chance, chance))
    return float(likely @ np.abs(np.arange(len(likely)) - fsum(chances)))


def _sum_up(start: float, end: float, claims: list[JudgedClaim]) -> Bin:
    if not claims:
        return Bin(start, end, 0, 0.0, 0.0)
    confidence = fmean(claim.confidence for claim in claims)
    return Bin(start, end, len(claims), confidence, fmean(claim.right for claim in claims))
