"""Score frames and model on the passages held out, apart and together: ``python -m training.measure``.

Prints precision, recall and F1 of claims (triple and status), leaving out those with an implied body, and how
often claims of each confidence are right.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import pairwise

from graph.extractors.frames import load_frames
from graph.extractors.joining import join_opinions
from graph.extractors.opinions import load_opinions
from graph.extractors.windows import IMPLIED
from graph.records import Relation
from training.passages import Claim
from training.weigh import claim_of, judge_passages

STEPS = (0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.01)
CHANCES = (0.3, 0.5, 0.7)


@dataclass(frozen=True)
class Passage:
    """One passage held out: what it claims, and what frames, model and both find."""

    expected: frozenset[Claim]
    framed: tuple[Relation, ...]
    judged: tuple[Relation, ...]
    joined: tuple[Relation, ...]


def score(passages: Iterable[Passage], found: Callable[[Passage], Iterable[Relation]]) -> str:
    """Return precision, recall and F1 of what was found, as a line."""
    right = made = wanted = 0
    for passage in passages:
        claims = {claim_of(relation) for relation in found(passage)}
        right += len(claims & passage.expected)
        made += len(claims)
        wanted += len(passage.expected)
    precision, recall = right / max(made, 1), right / max(wanted, 1)
    return f"P {precision:.2f} R {recall:.2f} F1 {2 * precision * recall / max(precision + recall, 1e-9):.2f}"


def main() -> None:
    """Print the figures."""
    opinions, beats = load_opinions(), load_frames().beats
    passages = [
        Passage(
            frozenset(claim for claim in read.expected if IMPLIED not in (claim[0], claim[2])),
            read.framed,
            read.judged,
            tuple(join_opinions(read.framed, read.judged, opinions, beats)),
        )
        for read in judge_passages()
        if read.held
    ]
    print(f"{len(passages)} passages held out, {sum(len(p.expected) for p in passages)} claims")
    print("frames alone:", score(passages, lambda p: p.framed))
    for least in CHANCES:
        print(f"model alone, chance {least} or more:", _score_model(passages, least))
    print("together:", score(passages, lambda p: p.joined))
    for least, most in pairwise(STEPS):
        hits = [claim_of(r) in p.expected for p in passages for r in p.joined if least <= r.confidence < most]
        share = sum(hits) / max(len(hits), 1)
        print(f"confidence {least} to {min(most, 1.0)}: {len(hits)} claims, {share:.2f} right")


def _score_model(passages: Iterable[Passage], least: float) -> str:
    return score(passages, lambda p: [r for r in p.judged if r.confidence >= least])


if __name__ == "__main__":
    main()
