"""One connected part of a network in the plane: distances first, then room, then the same way up each time.

A picture that is drawn again after a document was added has to look like the one that people know.
So nothing here begins with chance: the start follows from the distances in the network (multidimensional
scaling), which a few more nodes change little, and the part is turned towards directions that
follow from the names of its best connected nodes.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Sequence

import networkx as nx
import numpy as np
import rustworkx
from numpy.typing import NDArray

from graph.pack import Points, push_apart

EDGE_LENGTH = 150.0
"""Length that a typical edge should have, in pixels at zoom 1."""

BOX = (124.0, 58.0)
"""Width and height that a node with its label takes, in pixels at zoom 1."""

SMALL_BOX = (60.0, 44.0)
"""Width and height that a node without its label takes."""

CROWD = 400
"""Nodes up to which each has room for its label, and distances are evened out; it takes cubic time."""

STEPS = 80
"""Steps in which distances are evened out; later ones move nodes by less than a pixel."""

SPRING_STEPS = 50
"""Steps of the springs of a larger part; each takes quadratic time."""

PIVOTS = 50
"""Nodes that the start of a larger part is measured from, the best connected."""

JITTER = 0.15
"""How far, in edges, nodes are moved at the start, so that none stand on one another."""

ANCHORING = 4
"""Power of its links with which a node counts for the turn of its part; the best connected stay longest."""

ROOM = 2.0
"""Area of the picture for an area of 1 of all boxes."""

STRETCH = 1.05
"""How much wider a part is drawn than its distances say; names and screens are wide."""

Edges = Sequence[tuple[int, int]]


def arrange_part(network: nx.Graph, part: Sequence[str], *, quickly: bool = False) -> Points:
    """Return one point for each node of a connected part, in its order, around (0, 0).

    Args:
        network: undirected, without loops.
        part: its nodes that are arranged.
        quickly: leave out the evening out of distances, as in a part of more than ``CROWD`` nodes.
    """
    size = len(part)
    if size < 3:
        return np.array([(EDGE_LENGTH * 1.4 * (number - (size - 1) / 2), 0.0) for number in range(size)])
    index = {node: number for number, node in enumerate(part)}
    ends = ((index[a], index[b]) for a, b in network.subgraph(part).edges())
    edges = sorted((min(pair), max(pair)) for pair in ends)
    degrees = np.bincount(np.array(edges).ravel(), minlength=size)
    homes = np.array([_find_home(node) for node in part])
    points = (_spring if quickly or size > CROWD else _even_out)(edges, degrees, homes)
    points = _turn(points, homes, degrees) * np.array([STRETCH, 1 / STRETCH])
    points *= max(_scale_to_edges(points, edges), _scale_to_area(points))
    points = points.round(2)  # so that the last bits of another processor change nothing later
    return push_apart(points, make_boxes(size))


def make_boxes(size: int) -> Points:
    """Return the width and height that each node of a part of that size takes."""
    return np.tile(np.array(BOX if size <= CROWD else SMALL_BOX), (size, 1))


def _find_home(node: str) -> Points:
    """Return the direction that belongs to a node, always the same: a point on the circle of radius 1."""
    digest = hashlib.sha256(node.encode("utf-8", "surrogatepass")).digest()
    angle = int.from_bytes(digest[:4], "big") / 2**32 * 2 * math.pi
    return np.array([math.cos(angle), math.sin(angle)])


def _even_out(edges: Edges, degrees: NDArray[np.int64], homes: Points) -> Points:
    """Return points whose distances are those of the network, as far as a plane allows it.

    An edge between two well connected nodes is longer, so that there is room for their neighbours.
    Source: stress majorization (Gansner, Koren, North 2004), in steps of the Guttman transform, from
    classical scaling (Torgerson 1952).
    """
    weighed = rustworkx.PyGraph()
    weighed.add_nodes_from(list(range(len(homes))))
    lengths = [(a, b, 1 + 0.45 * math.sqrt(min(degrees[a], degrees[b]) - 1)) for a, b in edges]
    weighed.add_edges_from(lengths)
    wanted = rustworkx.graph_floyd_warshall_numpy(weighed, weight_fn=float)
    points = _scale_distances(wanted) + JITTER * homes
    np.fill_diagonal(wanted, 1.0)
    weights = wanted**-2.0
    np.fill_diagonal(weights, 0.0)
    share = 1 / len(homes)
    inverse = np.linalg.inv(np.diag(weights.sum(axis=1)) - weights + share) - share  # pseudo-inverse
    for _ in range(STEPS):
        apart = np.linalg.norm(points[:, None] - points[None, :], axis=2)
        pull = -weights * wanted / np.maximum(apart, 1e-9)
        np.fill_diagonal(pull, 0.0)
        np.fill_diagonal(pull, -pull.sum(axis=1))
        points = inverse @ (pull @ points)
    return points


def _spring(edges: Edges, degrees: NDArray[np.int64], homes: Points) -> Points:
    """Return a spring layout (Fruchterman and Reingold 1991) from pivot scaling (Brandes and Pich 2006)."""
    drawn = rustworkx.PyGraph()
    drawn.add_nodes_from(list(range(len(homes))))
    drawn.add_edges_from_no_data(list(edges))
    pivots = np.lexsort((np.arange(len(homes)), -degrees))[:PIVOTS]
    start = _scale_distances(rustworkx.graph_distance_matrix(drawn)[:, pivots]) + JITTER * homes
    start /= np.abs(start).max()
    places = {number: (float(x), float(y)) for number, (x, y) in enumerate(start)}
    found = rustworkx.spring_layout(drawn, pos=places, num_iter=SPRING_STEPS, seed=7)
    return np.array([found[number] for number in range(len(homes))], dtype=np.float64)


def _scale_distances(distances: Points) -> Points:
    """Return points in the plane whose distances are those given, from all nodes or from some (columns)."""
    squares = distances**2
    centred = (squares.mean(axis=0) + squares.mean(axis=1)[:, None] - squares.mean() - squares) / 2
    values, axes = np.linalg.eigh(centred.T @ centred)
    strengths = np.sqrt(np.maximum(values[-2:], 1e-9))
    points = centred @ axes[:, -2:] / np.sqrt(strengths)
    return np.asarray(points * (len(distances) / distances.shape[1]) ** 0.25)


def _turn(points: Points, homes: Points, degrees: NDArray[np.int64]) -> Points:
    """Turn or mirror points around their middle until the best connected nodes are nearest their homes.

    Source: orthogonal Procrustes analysis (Schönemann 1966).
    """
    centred = points - points.mean(axis=0)
    weights = (degrees / degrees.max()) ** ANCHORING
    left, _, right = np.linalg.svd(centred.T @ (homes * weights[:, None]))
    return np.asarray(centred @ left @ right)


def _scale_to_edges(points: Points, edges: Edges) -> float:
    """Return the factor that makes the typical edge ``EDGE_LENGTH`` long."""
    ends = np.array(edges)
    lengths = np.linalg.norm(points[ends[:, 0]] - points[ends[:, 1]], axis=1)
    return EDGE_LENGTH / max(float(np.median(lengths)), 1e-9)


def _scale_to_area(points: Points) -> float:
    """Return the factor that gives each box ``ROOM`` times its own area in the picture."""
    width, height = np.ptp(points, axis=0)
    area = float(max(width * height, max(width, height) ** 2 / 4))  # a row of nodes has an area too
    return math.sqrt(ROOM * len(points) * BOX[0] * BOX[1] / max(area, 1e-9))
