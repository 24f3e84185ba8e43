"""What the rules propose before the best proposals become mentions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Candidate:
    """A stretch of a reading that may be a mention.

    Attributes:
        start: position in ``Reading.text``.
        end: position in ``Reading.text``, exclusive.
        kind: ``named``, ``collective`` or ``unnamed``.
        type: leaf class.
        name: canonical name, where the rule knows it.
        rank: decides between candidates of one length; the higher wins.
        definite: a definite description, to be resolved.
    """

    start: int
    end: int
    kind: str
    type: str
    found_by: str
    name: str = ""
    plural: bool = False
    definite: bool = False
    rank: int = 0


def choose_longest(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Choose candidates that do not overlap, the longest first, in text order.

    >>> short, long = Candidate(0, 3, "named", "Company", "a"), Candidate(0, 9, "named", "Company", "b")
    >>> [chosen.found_by for chosen in choose_longest([short, long])]
    ['b']
    """
    ordered = sorted(
        candidates, key=lambda c: (c.start - c.end, -c.rank, c.start, c.found_by, c.kind, c.type, c.name)
    )
    taken: set[int] = set()
    chosen = []
    for candidate in ordered:
        if not taken.isdisjoint(range(candidate.start, candidate.end)):
            continue
        taken.update(range(candidate.start, candidate.end))
        chosen.append(candidate)
    return sorted(chosen, key=lambda c: c.start)
