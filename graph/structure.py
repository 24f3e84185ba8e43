"""How a network hangs together: its groups, who stands between others, which links hold it together."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from typing import Any

import networkx as nx

Node = Any
"""A node of a network: an IRI, or what the user of a ``pyvis.Network`` chose."""

EXACT = 500
"""Nodes up to which betweenness is exact; its time grows with nodes times edges."""

PIVOT_WORK = 500_000
"""Nodes times pivots that an estimate of betweenness may take: a second or two."""

FEWEST_PIVOTS = 25
"""Pivots below which an estimate says nothing, so that none is given."""

LEADERS = 2
"""Bodies that a community is named after."""


def find_communities(network: nx.Graph) -> dict[Node, int]:
    """Return the number of the community of each node, 0 for the largest.

    Communities are those of the Louvain method (Blondel et al. 2008) with a fixed seed.

    Args:
        network: undirected, without loops, ``weight`` on its edges.
    """
    groups = nx.community.louvain_communities(network, weight="weight", seed=1)
    ordered = sorted(
        (sorted(group, key=str) for group in groups), key=lambda group: (-len(group), str(group[0]))
    )
    return {node: number for number, group in enumerate(ordered) for node in group}


def measure_betweenness(network: nx.Graph) -> dict[Node, float]:
    """Return how many of the shortest paths between others lead over each node, in 0..1.

    To five digits. Exact up to ``EXACT`` nodes; above, estimated from pivots (Brandes and Pich 2007) that
    a fixed seed draws; empty where these would be fewer than ``FEWEST_PIVOTS``.
    """
    size = len(network)
    pivots = None if size <= EXACT else min(size, PIVOT_WORK // size)
    if pivots is not None and pivots < FEWEST_PIVOTS:
        return {}
    found = nx.betweenness_centrality(network, k=pivots, seed=1)
    return {node: round(share, 5) for node, share in found.items()}


def find_brokers(network: nx.Graph) -> set[Node]:
    """Return the nodes without which their part of the network would fall apart (articulation points)."""
    return set(nx.articulation_points(network))


def find_bridges(network: nx.Graph) -> set[frozenset[Node]]:
    """Return the pairs whose link is the only way between what lies on its two sides."""
    return {frozenset(pair) for pair in nx.bridges(network)}


def describe_communities(
    network: nx.Graph, communities: Mapping[Node, int], label: Callable[[Node], str]
) -> list[dict[str, Any]]:
    """Return ``{"name", "size"}`` of each community, by number, named after its most connected nodes.

    Args:
        network: undirected; its order breaks ties.
        communities: number of the community of each node.
        label: what a reader calls a node.
    """
    members: list[list[Hashable]] = [[] for _ in range(max(communities.values(), default=-1) + 1)]
    for node in network:
        members[communities[node]].append(node)
    return [
        {
            "name": _name_community([label(node) for node in _rank(network, group, communities)]),
            "size": len(group),
        }
        for group in members
    ]


def _rank(network: nx.Graph, group: list[Hashable], communities: Mapping[Node, int]) -> list[Hashable]:
    """Return the members with most links within their community, then with most links at all, first."""
    within = {node: sum(communities[other] == communities[node] for other in network[node]) for node in group}
    return sorted(group, key=lambda node: (-within[node], -network.degree(node)))


def _name_community(names: list[str]) -> str:
    distinct = list(dict.fromkeys(names))
    if len(names) < 2:
        return f"{''.join(distinct)}, on its own"
    return f"around {' and '.join(distinct[:LEADERS])}"
