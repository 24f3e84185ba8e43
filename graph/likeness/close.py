"""Turn links between bodies into clusters in which each is linked with each.

Single links would chain: A is like B, B is like C, and A and C end as one although something keeps them
apart. So two clusters become one only when every body of one is linked with every body of the other
(complete linkage; Sørensen, 1948), best links first. Where a body is linked equally well with two that are
not linked with one another, nobody can say which it is, and those links are dropped.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class PairLink:
    """Two bodies that are taken for one.

    Attributes:
        one: IRI of the first, the smaller.
        other: IRI of the second.
        score: likeness in 0..1.
        reason: why, in one line.
    """

    one: str
    other: str
    score: float
    reason: str


def close_links(links: Iterable[PairLink]) -> list[tuple[str, ...]]:
    """Close links to clusters: the same whatever their order.

    Args:
        links: each pair once.

    Returns:
        IRIs of the members of each cluster, sorted, two or more; the clusters sorted as well.
    """
    given = sorted(links, key=lambda link: (-link.score, link.one, link.other))
    linked = {(link.one, link.other) for link in given}
    unsure = _find_unsure(given, linked)
    clusters: dict[str, frozenset[str]] = {}
    for link in given:
        if link in unsure:
            continue
        first = clusters.get(link.one, frozenset((link.one,)))
        second = clusters.get(link.other, frozenset((link.other,)))
        if first != second and all(_order(a, b) in linked for a in first for b in second):
            joined = first | second
            clusters.update(dict.fromkeys(joined, joined))
    return sorted({tuple(sorted(members)) for members in clusters.values()})


def _find_unsure(links: Iterable[PairLink], linked: set[tuple[str, str]]) -> set[PairLink]:
    """Find the links of a body with two that are equally like it and not linked with one another."""
    by_score: dict[tuple[str, float], list[PairLink]] = defaultdict(list)
    for link in links:
        by_score[link.one, link.score].append(link)
        by_score[link.other, link.score].append(link)
    unsure: set[PairLink] = set()
    for (node, _), rivals in by_score.items():
        ends = [link.other if link.one == node else link.one for link in rivals]
        for at, link in enumerate(rivals):
            if any(ends[at] != end and _order(ends[at], end) not in linked for end in ends):
                unsure.add(link)
    return unsure


def _order(one: str, other: str) -> tuple[str, str]:
    return (one, other) if one < other else (other, one)
