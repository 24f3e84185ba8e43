"""Positions: every node has one, the same each time, and none covers another."""

from __future__ import annotations

import math
import random
import statistics
from itertools import combinations

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.layout import place_nodes, simplify_network
from graph.pack import Position
from graph.structure import find_communities

NETWORKS = {
    "one node": nx.empty_graph(1),
    "two apart": nx.empty_graph(2),
    "a pair": nx.path_graph(2),
    "a row": nx.path_graph(12),
    "a star": nx.star_graph(60),
    "all with all": nx.complete_graph(12),
    "many parts": nx.disjoint_union_all([nx.star_graph(n) for n in (3, 9, 1, 1, 20)]),
}


def named(network: nx.Graph) -> nx.Graph:
    return nx.relabel_nodes(network, {node: f"n{node:04}" for node in network})


def place(network: nx.Graph) -> dict[str, Position]:
    return place_nodes(network, find_communities(network))


def make_network(seed: int, size: int) -> nx.Graph:
    """Return a network as documents give it: well connected bodies, others around them, small parts apart."""
    draw = random.Random(seed)
    network = nx.barabasi_albert_graph(size * 4 // 5, 1, seed=seed)
    nodes = list(network)
    weights = [network.degree(node) for node in nodes]
    for _ in range(size // 3):
        one, other = draw.choices(nodes, weights, k=2)
        if one != other:
            network.add_edge(one, other)
    parts = [network, *(nx.path_graph(draw.choice((2, 2, 3))) for _ in range(size // 12))]
    return nx.relabel_nodes(nx.disjoint_union_all(parts), lambda node: f"body-{node * 7919 % 10007}")


def add_document(network: nx.Graph, seed: int) -> nx.Graph:
    """Return the network with three more bodies, linked to two that were there and to one another."""
    draw = random.Random(seed)
    grown = network.copy()
    one, other = draw.choices(sorted(network), [network.degree(node) for node in sorted(network)], k=2)
    grown.add_edges_from([("new-1", one), ("new-2", other), ("new-3", "new-1")])
    return grown


def measure_shift(before: dict[str, Position], after: dict[str, Position]) -> float:
    """Return the median way of the nodes that were there, as a share of the width of the picture before."""
    width = max(x for x, _ in before.values()) - min(x for x, _ in before.values())
    return statistics.median(math.dist(before[node], after[node]) for node in before) / width


@pytest.mark.parametrize("name", NETWORKS)
def test_no_shape_covers_another(name: str) -> None:
    places = place(named(NETWORKS[name])).values()
    for (ax, ay), (bx, by) in combinations(places, 2):
        assert abs(ax - bx) > 40 or abs(ay - by) > 40


@pytest.mark.parametrize("name", NETWORKS)
def test_same_network_same_places(name: str) -> None:
    network = named(NETWORKS[name])
    turned = nx.Graph()
    turned.add_nodes_from(sorted(network, reverse=True))
    turned.add_edges_from((b, a) for a, b in sorted(network.edges(), reverse=True))
    assert place(network) == place(turned)


def test_linked_nodes_stand_closer_than_others() -> None:
    network = named(nx.connected_caveman_graph(6, 6))
    places = place(network)
    linked = [math.dist(places[a], places[b]) for a, b in network.edges()]
    apart = [math.dist(places[a], places[b]) for a, b in nx.non_edges(network)]
    assert sum(linked) / len(linked) < 0.6 * sum(apart) / len(apart)


def test_one_more_document_moves_the_picture_little() -> None:
    shifts = []
    for seed in range(20):
        network = make_network(seed, 60 + 8 * (seed % 12))
        shifts.append(measure_shift(place(network), place(add_document(network, seed))))
    assert statistics.median(shifts) <= 0.05
    assert sum(shift <= 0.1 for shift in shifts) >= 0.75 * len(shifts)


def test_large_part_is_laid_out_by_community(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("graph.layout.CORE", 20)
    network = named(nx.connected_caveman_graph(10, 8))
    communities = find_communities(network)
    places = place_nodes(network, communities)
    for (ax, ay), (bx, by) in combinations(places.values(), 2):
        assert abs(ax - bx) > 40 or abs(ay - by) > 40
    for one, other in combinations(set(communities.values()), 2):
        spans = [
            span([places[node] for node in network if communities[node] == group]) for group in (one, other)
        ]
        assert (
            spans[0][1] < spans[1][0]
            or spans[1][1] < spans[0][0]
            or spans[0][3] < spans[1][2]
            or spans[1][3] < spans[0][2]
        )


def span(places: list[Position]) -> tuple[float, float, float, float]:
    """Return left, right, upper and lower bounds."""
    return (
        min(x for x, _ in places),
        max(x for x, _ in places),
        min(y for _, y in places),
        max(y for _, y in places),
    )


def test_community_too_large_for_that_keeps_the_rest_beside_its_best_connected(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("graph.layout.CORE", 20)
    network = named(nx.star_graph(90))
    places = place_nodes(network, dict.fromkeys(network, 0))
    assert set(places) == set(network)
    for (ax, ay), (bx, by) in combinations(places.values(), 2):
        assert abs(ax - bx) > 40 or abs(ay - by) > 40


@given(st.sets(st.tuples(st.integers(0, 15), st.integers(0, 15)), max_size=30))
def test_every_node_has_a_finite_place(pairs: set[tuple[int, int]]) -> None:
    network = nx.MultiDiGraph((f"n{a}", f"n{b}") for a, b in pairs)
    places = place(simplify_network(network))
    assert set(places) == set(network)
    assert all(math.isfinite(value) for place in places.values() for value in place)


def test_joined_edges_are_weighed_and_loops_left_out() -> None:
    network = nx.MultiDiGraph([("a", "b"), ("b", "a"), ("a", "a"), ("b", "c")])
    assert sorted(simplify_network(network).edges(data="weight")) == [("a", "b", 2), ("b", "c", 1)]
