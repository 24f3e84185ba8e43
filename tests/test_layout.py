"""Positions: every node has one, the same each time, and none covers another."""

from __future__ import annotations

import math
from itertools import combinations

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.layout import place_nodes, simplify_network

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


@pytest.mark.parametrize("name", NETWORKS)
def test_no_shape_covers_another(name: str) -> None:
    places = place_nodes(named(NETWORKS[name])).values()
    for (ax, ay), (bx, by) in combinations(places, 2):
        assert abs(ax - bx) > 40 or abs(ay - by) > 40


@pytest.mark.parametrize("name", NETWORKS)
def test_same_network_same_places(name: str) -> None:
    network = named(NETWORKS[name])
    turned = nx.Graph()
    turned.add_nodes_from(sorted(network, reverse=True))
    turned.add_edges_from((b, a) for a, b in sorted(network.edges(), reverse=True))
    assert place_nodes(network) == place_nodes(turned)


def test_linked_nodes_stand_closer_than_others() -> None:
    network = named(nx.connected_caveman_graph(6, 6))
    places = place_nodes(network)
    linked = [math.dist(places[a], places[b]) for a, b in network.edges()]
    apart = [math.dist(places[a], places[b]) for a, b in nx.non_edges(network)]
    assert sum(linked) / len(linked) < 0.6 * sum(apart) / len(apart)


def test_large_part_keeps_the_most_connected_apart_and_the_rest_beside_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("graph.layout.CORE", 20)
    network = named(nx.connected_caveman_graph(10, 8))
    places = place_nodes(network)
    assert set(places) == set(network)
    for a, b in combinations(places.values(), 2):
        assert math.dist(a, b) > 0
    linked = [math.dist(places[a], places[b]) for a, b in network.edges()]
    apart = [math.dist(places[a], places[b]) for a, b in nx.non_edges(network)]
    assert sum(linked) / len(linked) < 0.6 * sum(apart) / len(apart)


@given(st.sets(st.tuples(st.integers(0, 15), st.integers(0, 15)), max_size=30))
def test_every_node_has_a_finite_place(pairs: set[tuple[int, int]]) -> None:
    network = nx.MultiDiGraph((f"n{a}", f"n{b}") for a, b in pairs)
    places = place_nodes(simplify_network(network))
    assert set(places) == set(network)
    assert all(math.isfinite(value) for place in places.values() for value in place)


def test_joined_edges_are_weighed_and_loops_left_out() -> None:
    network = nx.MultiDiGraph([("a", "b"), ("b", "a"), ("a", "a"), ("b", "c")])
    assert sorted(simplify_network(network).edges(data="weight")) == [("a", "b", 2), ("b", "c", 1)]
