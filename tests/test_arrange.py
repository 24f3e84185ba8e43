"""One part of a network: true to its distances, the same way up, small parts and large ones."""

from __future__ import annotations

import math
from itertools import combinations

import networkx as nx
import numpy as np
import pytest

from graph.arrange import CROWD, arrange_part, make_boxes


def named(network: nx.Graph) -> nx.Graph:
    return nx.relabel_nodes(network, {node: f"n{node:04}" for node in network})


@pytest.mark.parametrize("quickly", [False, True])
def test_points_are_as_far_apart_as_the_network_says(quickly: bool) -> None:
    network = named(nx.convert_node_labels_to_integers(nx.grid_2d_graph(6, 6), ordering="sorted"))
    part = sorted(network)
    points = arrange_part(network, part, quickly=quickly)
    hops = dict(nx.all_pairs_shortest_path_length(network))
    pairs = list(combinations(range(len(part)), 2))
    drawn = [math.dist(points[a], points[b]) for a, b in pairs]
    wanted = [hops[part[a]][part[b]] for a, b in pairs]
    assert np.corrcoef(drawn, wanted)[0, 1] > 0.85


@pytest.mark.parametrize("size", [1, 2, 3])
def test_few_nodes_stand_apart_around_the_middle(size: int) -> None:
    network = named(nx.path_graph(size))
    points = arrange_part(network, sorted(network))
    assert np.abs(points.mean(axis=0)).max() < 40
    assert all(math.dist(a, b) > 60 for a, b in combinations(points, 2))


def test_leaves_of_a_star_do_not_stand_on_one_another() -> None:
    network = named(nx.star_graph(40))
    for quickly in (False, True):
        points = arrange_part(network, sorted(network), quickly=quickly)
        width, height = make_boxes(1)[0]
        for (ax, ay), (bx, by) in combinations(points, 2):
            assert abs(ax - bx) > width - 2 or abs(ay - by) > height - 2


def test_part_is_not_mirrored_when_a_leaf_is_added() -> None:
    network = named(nx.convert_node_labels_to_integers(nx.grid_2d_graph(4, 7), ordering="sorted"))
    network.add_edges_from([("n0009", "hub a"), ("n0009", "hub b"), ("n0020", "hub c")])
    before = dict(zip(sorted(network), arrange_part(network, sorted(network)), strict=True))
    network.add_edge("n0003", "zz new")
    after = dict(zip(sorted(network), arrange_part(network, sorted(network)), strict=True))
    one, other = (np.array([places[node] for node in before]) for places in (before, after))
    turn = (one - one.mean(axis=0)).T @ (other - other.mean(axis=0))
    assert np.linalg.det(turn) > 0
    assert np.trace(turn) > 0.9 * np.linalg.norm(turn, "nuc")


def test_crowd_has_smaller_boxes() -> None:
    assert (make_boxes(CROWD + 1)[0] < make_boxes(CROWD)[0]).all()
    assert make_boxes(5).shape == (5, 2)
