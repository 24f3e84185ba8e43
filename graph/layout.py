"""Where the nodes of a network stand: computed beforehand, the same for the same network.

Each connected part is arranged on its own, and the parts are packed into one picture. In a part
that is too large for that, each community is, and the communities are arranged like nodes.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict, deque
from collections.abc import Mapping, Sequence

import networkx as nx
import numpy as np

from graph.arrange import BOX, ROOM, SMALL_BOX, arrange_part, make_boxes
from graph.pack import GAP, Points, Position, pack_boxes, push_apart

CORE = 2000
"""Nodes up to which a part is arranged as a whole; its time grows with their square."""


def simplify_network(network: nx.MultiDiGraph) -> nx.Graph:
    """Return the undirected network without loops; ``weight`` counts the edges that were joined."""
    simple = nx.Graph()
    simple.add_nodes_from(sorted(network))
    for source, target in sorted((min(pair), max(pair)) for pair in network.edges()):
        if source != target:
            known = simple.get_edge_data(source, target, {"weight": 0})["weight"]
            simple.add_edge(source, target, weight=known + 1)
    return simple


def place_nodes(network: nx.Graph, communities: Mapping[str, int]) -> dict[str, Position]:
    """Return the position of each node, in pixels at zoom 1, y downwards; (0, 0) is in the largest part.

    Args:
        network: undirected, without loops.
        communities: the number of the community of each node.
    """
    components = [sorted(part) for part in nx.connected_components(network)]
    components.sort(key=lambda part: (-len(part), part))
    placed = [_lay_out_component(network, part, communities) for part in components]
    offsets = pack_boxes([_extent(points) for points in placed])
    middle = -placed[0].min(axis=0) if placed else 0.0
    return {
        node: (round(float(x), 1), round(float(y), 1))
        for part, points, offset in zip(components, placed, offsets, strict=True)
        for node, (x, y) in zip(part, points - points.min(axis=0) + offset - middle, strict=True)
    }


def _lay_out_component(network: nx.Graph, part: Sequence[str], communities: Mapping[str, int]) -> Points:
    """Return one point a node, in the order of ``part``."""
    if len(part) <= CORE:
        return arrange_part(network, part)
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for node in part:
        groups[f"community {communities[node]:06}"].append(node)
    islands = {name: _lay_out_community(network, groups[name]) for name in sorted(groups)}
    middles = _place_islands(_join_communities(network, groups), islands)
    where = {
        node: point + middles[name]
        for name, points in islands.items()
        for node, point in zip(groups[name], points, strict=True)
    }
    return np.array([where[node] for node in part])


def _join_communities(network: nx.Graph, groups: Mapping[str, Sequence[str]]) -> nx.Graph:
    """Return the network of the communities: linked where a node of one is linked to a node of the other."""
    home = {node: name for name, group in groups.items() for node in group}
    joined = nx.Graph()
    joined.add_nodes_from(groups)
    pairs = {(home[a], home[b]) for a, b in network.edges(home) if b in home}
    joined.add_edges_from(sorted((min(pair), max(pair)) for pair in pairs if pair[0] != pair[1]))
    return joined


def _place_islands(joined: nx.Graph, islands: Mapping[str, Points]) -> dict[str, Points]:
    """Return how far to move each community, so that those linked are near and none covers another."""
    boxes = np.array([_extent(islands[name]) for name in joined]) + GAP
    points = arrange_part(joined, list(joined))
    room = float(np.prod(np.ptp(points, axis=0) + BOX))
    points = push_apart(points * math.sqrt(ROOM / 2 * float(boxes.prod(axis=1).sum()) / room), boxes)
    middles = [(islands[name].min(axis=0) + islands[name].max(axis=0)) / 2 for name in joined]
    return dict(zip(joined, points - np.array(middles), strict=True))


def _lay_out_community(network: nx.Graph, group: Sequence[str]) -> Points:
    """Lay out a community; of a very large one the best connected, and the others around these."""
    ranked = sorted(group, key=lambda node: (-network.degree(node), node))[:CORE]
    pieces = [sorted(piece) for piece in nx.connected_components(network.subgraph(ranked))]
    core = max(pieces, key=lambda piece: (len(piece), piece))
    members = set(group)
    where = dict(zip(core, arrange_part(network, core, quickly=True), strict=True))
    waiting, taken = deque(core), Counter[str]()
    while waiting:
        anchor = waiting.popleft()
        for node in sorted(members.intersection(network[anchor]) - where.keys()):
            taken[anchor] += 1
            where[node] = where[anchor] + _spiral(taken[anchor])
            waiting.append(node)
    points = np.array([where.get(node, np.zeros(2)) for node in group])
    return push_apart(points, make_boxes(len(group))) if len(core) < len(group) else points


def _spiral(number: int) -> Points:
    """Return the place of the n-th node around another, as seeds stand in a sunflower (Vogel 1979)."""
    angle, radius = number * math.pi * (3 - math.sqrt(5)), SMALL_BOX[1] * math.sqrt(number + 1)
    return np.array([math.cos(angle), math.sin(angle)]) * radius


def _extent(points: Points) -> Position:
    """Return the width and height that the points take with their boxes."""
    width, height = np.ptp(points, axis=0)
    return float(width) + BOX[0], float(height) + BOX[1]
