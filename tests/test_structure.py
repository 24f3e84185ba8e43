"""Communities, betweenness, bridges and brokers of networks whose answer is known."""

from __future__ import annotations

import networkx as nx
import pytest

from graph.structure import (
    describe_communities,
    find_bridges,
    find_brokers,
    find_communities,
    measure_betweenness,
)


def make_ring(groups: int, size: int) -> nx.Graph:
    """Return cliques in a ring, each linked to the next."""
    ring = nx.connected_caveman_graph(groups, size)
    nx.set_edge_attributes(ring, 1, "weight")
    return nx.relabel_nodes(ring, {node: f"n{node:04}" for node in ring})


def test_cliques_are_communities_numbered_by_size() -> None:
    network = nx.disjoint_union_all([nx.complete_graph(size) for size in (3, 6, 4)])
    communities = find_communities(network)
    assert [communities[node] for node in network] == [2] * 3 + [0] * 6 + [1] * 4


def test_communities_do_not_depend_on_the_order_of_edges() -> None:
    network = make_ring(9, 6)
    turned = nx.Graph()
    turned.add_nodes_from(network)
    turned.add_edges_from((b, a, {"weight": 1}) for a, b in sorted(network.edges(), reverse=True))
    assert find_communities(network) == find_communities(turned)


def test_community_is_named_after_its_two_most_connected() -> None:
    network = nx.relabel_nodes(nx.star_graph(4), dict(enumerate("abcde")))
    network.add_edge("c", "d")
    names = describe_communities(network, dict.fromkeys(network, 0), str.upper)
    assert names == [{"name": "around A and C", "size": 5}]


def test_link_to_another_community_does_not_count_for_the_name() -> None:
    network = nx.Graph([("a", "b"), ("b", "c"), ("c", "x"), ("c", "y"), ("c", "z")])
    communities = {"a": 0, "b": 0, "c": 0, "x": 1, "y": 2, "z": 3}
    named = describe_communities(network, communities, str)
    assert [community["name"] for community in named] == [
        "around b and c",
        "x, on its own",
        "y, on its own",
        "z, on its own",
    ]


def test_bridge_and_brokers_between_two_triangles() -> None:
    network = nx.barbell_graph(3, 0)
    assert find_bridges(network) == {frozenset((2, 3))}
    assert find_brokers(network) == {2, 3}


def test_betweenness_of_a_star_is_in_its_middle() -> None:
    found = measure_betweenness(nx.star_graph(5))
    assert (found[0], found[1]) == (1.0, 0.0)


def test_betweenness_of_larger_networks_is_estimated_and_of_very_large_ones_left_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    network = make_ring(12, 5)
    exact = measure_betweenness(network)
    monkeypatch.setattr("graph.structure.EXACT", 10)
    monkeypatch.setattr("graph.structure.PIVOT_WORK", 40 * len(network))
    estimate = measure_betweenness(network)
    assert estimate == measure_betweenness(network)
    assert max(abs(estimate[node] - exact[node]) for node in network) < 0.15
    monkeypatch.setattr("graph.structure.PIVOT_WORK", 10 * len(network))
    assert measure_betweenness(network) == {}
