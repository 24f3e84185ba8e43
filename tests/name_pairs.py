"""The labelled pairs of names, in two halves: one to choose thresholds on, one that only measures."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from graph.likeness.compare import THRESHOLD, compare_names
from graph.likeness.lore import load_lore

PAIRS = Path(__file__).parent / "cases" / "name_pairs.txt"
LATER = PAIRS.with_name("name_pairs_later.txt")
"""Pairs that were written when all was settled; what is missed of them has been looked at since."""
LAST = PAIRS.with_name("name_pairs_last.txt")
"""Pairs that were written after what came of that, and that nothing was changed by."""


@dataclass(frozen=True)
class Pair:
    """Two names, whether they are one body's, the kind of difference and the half that they fall in."""

    same: bool
    one: str
    other: str
    kind: str
    held_out: bool


@cache
def read_pairs(path: Path = PAIRS) -> tuple[Pair, ...]:
    """Read the pairs; the hash of the two names alone says which half a pair falls in."""
    pairs = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            one, other, kind = (part.strip() for part in line[1:].split("|"))
            digest = hashlib.sha256("|".join(sorted((one, other))).encode()).digest()
            pairs.append(Pair(line[0] == "=", one, other, kind, digest[-1] % 2 == 1))
    return tuple(pairs)


def measure_pairs(*, held_out: bool, threshold: float = THRESHOLD) -> tuple[float, float, int]:
    """Return precision, recall and how many pairs of one half are taken for one body wrongly."""
    pairs = [pair for pair in read_pairs() if pair.held_out == held_out]
    taken = [p for p in pairs if compare_names(p.one, p.other, load_lore()).score >= threshold]
    right = sum(pair.same for pair in taken)
    return right / len(taken), right / sum(pair.same for pair in pairs), len(taken) - right
