"""Where the nodes of a network stand: computed beforehand, the same for the same network.

Each connected part is laid out on its own with a spring layout (Fruchterman and Reingold 1991), which
a small part has evened out; nodes that would cover one another are pushed apart, and the parts are
packed into one picture.
"""

from __future__ import annotations

import math
from collections import Counter, deque
from collections.abc import Sequence

import networkx as nx
import numpy as np
import rustworkx
from numpy.typing import NDArray

Points = NDArray[np.float64]
Position = tuple[float, float]

EDGE_LENGTH = 150.0
"""Length that a typical edge should have, in pixels at zoom 1."""

BOX = (124.0, 58.0)
"""Width and height that a node with its label takes, in pixels at zoom 1."""

CROWD = 400
"""Nodes up to which each has room for its label; above, only for its own shape."""

SMALL_BOX = (60.0, 44.0)
"""Width and height that a node without its label takes."""

STEPS = 80
"""Steps in which distances are evened out; later ones move nodes by less than a pixel."""

OVERSHOOT = 1.4
"""How much of an overlap one round undoes; over 1, since a later push takes part of it back."""

ROOM = 2.0
"""Area of the picture for an area of 1 of all boxes."""

GAP = 70.0
"""Free space between two parts of the network, in pixels."""

ASPECT = 1.45
"""Width of the picture for a height of 1: that of a screen less its side panel."""

STRETCH = 1.05
"""How much wider a part is drawn than the springs say; names and screens are wide."""

CORE = 2000
"""Nodes of a part that get a spring layout, the most connected first; its time grows with their square."""


def simplify_network(network: nx.MultiDiGraph) -> nx.Graph:
    """Return the undirected network without loops; ``weight`` counts the edges that were joined."""
    simple = nx.Graph()
    simple.add_nodes_from(sorted(network))
    for source, target in sorted((min(pair), max(pair)) for pair in network.edges()):
        if source != target:
            known = simple.get_edge_data(source, target, {"weight": 0})["weight"]
            simple.add_edge(source, target, weight=known + 1)
    return simple


def place_nodes(network: nx.Graph) -> dict[str, Position]:
    """Return the position of each node, in pixels around (0, 0), y downwards.

    Args:
        network: undirected, without loops.
    """
    components = [sorted(part) for part in nx.connected_components(network)]
    components.sort(key=lambda part: (-len(part), part))
    placed = [_lay_out_component(network, part) for part in components]
    offsets = _pack([_extent(points) for points in placed])
    return {
        node: (round(float(x), 1), round(float(y), 1))
        for part, points, offset in zip(components, placed, offsets, strict=True)
        for node, (x, y) in zip(part, points - points.min(axis=0) + offset, strict=True)
    }


def _lay_out_component(network: nx.Graph, part: Sequence[str]) -> Points:
    """Return one point a node, in the order of ``part``."""
    if len(part) > CORE:
        return _lay_out_core(network, part)
    points = _spring(network, part)
    return _push_apart(points, _boxes(len(part)))


def _lay_out_core(network: nx.Graph, part: Sequence[str]) -> Points:
    """Lay out the most connected nodes alone; put each other one on a spiral around a neighbour of it.

    The page first shows the most connected nodes, so these get the good places.
    """
    ranked = sorted(part, key=lambda node: (-network.degree(node), node))[:CORE]
    pieces = [sorted(piece) for piece in nx.connected_components(network.subgraph(ranked))]
    core = max(pieces, key=lambda piece: (len(piece), piece))
    points = _push_apart(_spring(network, core), _boxes(len(core)))
    where = dict(zip(core, points, strict=True))
    waiting, taken = deque(core), Counter[str]()
    while waiting:
        anchor = waiting.popleft()
        for node in sorted(set(network[anchor]) - where.keys()):
            taken[anchor] += 1
            where[node] = where[anchor] + _spiral(taken[anchor])
            waiting.append(node)
    return np.array([where[node] for node in part])


def _spiral(number: int) -> Points:
    """Return the place of the n-th node around another, as seeds stand in a sunflower (Vogel 1979)."""
    angle, radius = number * math.pi * (3 - math.sqrt(5)), SMALL_BOX[1] * math.sqrt(number + 1)
    return np.array([math.cos(angle), math.sin(angle)]) * radius


def _spring(network: nx.Graph, part: Sequence[object]) -> Points:
    """Return a spring layout around (0, 0) whose typical edge is ``EDGE_LENGTH`` long."""
    index = {node: number for number, node in enumerate(part)}
    ends = ((index[a], index[b]) for a, b in network.subgraph(part).edges())
    edges = sorted((min(pair), max(pair)) for pair in ends)
    if len(part) < 3:
        return np.array([(EDGE_LENGTH * 1.4 * number, 0.0) for number in range(len(part))])
    drawn = rustworkx.PyGraph()
    drawn.add_nodes_from(list(range(len(part))))
    drawn.add_edges_from_no_data(edges)
    steps = 200 if len(part) <= 500 else 50
    found = rustworkx.spring_layout(drawn, num_iter=steps, seed=7)
    points = np.array([found[number] for number in range(len(part))], dtype=np.float64)
    if len(part) <= CROWD:
        points = _even_out(points, drawn)
    points = _turn_to_width(points - points.mean(axis=0)) * np.array([STRETCH, 1 / STRETCH])
    scaled = points * max(_scale_to_edges(points, edges), _scale_to_area(points))
    return np.asarray(scaled.round(2))  # so that the last bits of another processor change nothing later


def _even_out(points: Points, drawn: rustworkx.PyGraph) -> Points:
    """Move points until their distances are those of the network, as far as a plane allows it.

    An edge between two well connected nodes is longer, so that there is room for their neighbours.
    Source: stress majorization (Gansner, Koren, North 2004), in steps of the Guttman transform.
    """
    lengths = {edge: 1 + 0.45 * math.sqrt(min(map(drawn.degree, edge)) - 1) for edge in drawn.edge_list()}
    weighed = rustworkx.PyGraph()
    weighed.add_nodes_from(drawn.nodes())
    weighed.add_edges_from([(*edge, length) for edge, length in lengths.items()])
    wanted = rustworkx.graph_floyd_warshall_numpy(weighed, weight_fn=float)
    np.fill_diagonal(wanted, 1.0)
    weights = wanted**-2.0
    np.fill_diagonal(weights, 0.0)
    inverse = np.linalg.pinv(np.diag(weights.sum(axis=1)) - weights)
    for _ in range(STEPS):
        apart = np.linalg.norm(points[:, None] - points[None, :], axis=2)
        pull = -weights * wanted / np.maximum(apart, 1e-9)
        np.fill_diagonal(pull, 0.0)
        np.fill_diagonal(pull, -pull.sum(axis=1))
        points = inverse @ (pull @ points)
    return points


def _scale_to_edges(points: Points, edges: Sequence[tuple[int, int]]) -> float:
    """Return the factor that makes the typical edge ``EDGE_LENGTH`` long."""
    ends = np.array(edges or [(0, 1)])
    lengths = np.linalg.norm(points[ends[:, 0]] - points[ends[:, 1]], axis=1)
    return EDGE_LENGTH / max(float(np.median(lengths)), 1e-9)


def _scale_to_area(points: Points) -> float:
    """Return the factor that gives each box ``ROOM`` times its own area in the picture."""
    width, height = np.ptp(points, axis=0)
    area = float(max(width * height, max(width, height) ** 2 / 4))  # a row of nodes has an area too
    return math.sqrt(ROOM * len(points) * BOX[0] * BOX[1] / max(area, 1e-9))


def _turn_to_width(points: Points) -> Points:
    """Turn the picture so that its longest direction is across the screen."""
    _, _, axes = np.linalg.svd(points, full_matrices=False)
    signs = np.where(axes[np.arange(2), np.abs(axes).argmax(axis=1)] < 0, -1.0, 1.0)
    return np.asarray(points @ (axes * signs[:, None]).T)


def _push_apart(points: Points, boxes: Points, rounds: int = 250) -> Points:
    """Move points until no two boxes around them overlap, or for that many rounds."""
    placed = points.copy()
    reach = float(boxes[:, 0].max(initial=0.0))
    for _ in range(rounds):
        order = np.argsort(placed[:, 0], kind="stable")
        moved = _push_once(placed[order], boxes[order], reach)
        if not moved.any():
            break
        placed[order] += moved
    return placed


def _push_once(placed: Points, boxes: Points, reach: float) -> Points:
    """Return how far to move each point, given in the order of x, to part overlapping pairs a little."""
    moved = np.zeros_like(placed)
    for step in range(1, len(placed)):
        apart = placed[step:] - placed[:-step]
        if float(apart[:, 0].min()) >= reach:
            break
        overlap = (boxes[step:] + boxes[:-step]) / 2 - np.abs(apart)
        hit = np.flatnonzero((overlap > 0.5).all(axis=1))
        if not len(hit):
            continue
        axis = overlap[hit].argmin(axis=1)
        side = np.where(apart[hit, axis] < 0, -1.0, 1.0)
        push = side * overlap[hit, axis] / 2 * OVERSHOOT
        np.add.at(moved, (hit + step, axis), push)
        np.add.at(moved, (hit, axis), -push)
    return moved


def _boxes(size: int) -> Points:
    """Return the box of each node of a part of that size."""
    return np.tile(np.array(BOX if size <= CROWD else SMALL_BOX), (size, 1))


def _extent(points: Points) -> Position:
    """Return the width and height that the points take with their boxes."""
    width, height = np.ptp(points, axis=0)
    return float(width) + BOX[0], float(height) + BOX[1]


def _pack(sizes: Sequence[Position]) -> list[Points]:
    """Return the offset of each part: each in turn as high up as it fits, as far left as it can be.

    The whole gets about ``ASPECT`` wide for 1 high. Source: skyline packing (Burke, Kendall, Whitwell 2004).
    """
    area = sum((width + GAP) * (height + GAP) for width, height in sizes)
    limit = max([math.sqrt(area * ASPECT), *(width + GAP for width, _ in sizes)]) if sizes else 0.0
    skyline = [(0.0, 0.0), (limit, math.inf)]  # where each step starts, and how far down it is taken
    offsets = []
    for width, height in sizes:
        y, x = min(
            (max(depth for start, depth in skyline[number:] if start < x + width), x)
            for number, (x, _) in enumerate(skyline[:-1])
        )
        offsets.append(np.array([x, y]))
        skyline = _lower(skyline, (x, x + width + GAP), y + height + GAP)
    return offsets


def _lower(skyline: list[Position], span: Position, depth: float) -> list[Position]:
    """Return the skyline with everything between the ends of ``span`` taken down to ``depth``."""
    start, end = span[0], min(span[1], skyline[-1][0])
    after = [step for step in skyline if step[0] <= end][-1][1]
    kept = [step for step in skyline if step[0] < start or step[0] > end]
    return sorted([*kept, (start, depth), (end, after)])
