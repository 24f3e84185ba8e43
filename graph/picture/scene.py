"""What is on a picture, and where: the most connected bodies, their statements, and the free room."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import networkx as nx

from graph.layout import place_nodes
from graph.picture.legend import Legend, list_legend
from graph.picture.shapes import Point

MOST = 150
"""Bodies on a picture unless more are asked for: with more of them no name can be read on a slide."""

WIDTH, HEIGHT = 1600.0, 900.0
"""Of a picture with up to ``MOST`` bodies: the shape of a slide. With more bodies both grow."""

MARGIN = 40.0
HEADER = 96.0
"""Height of the title and the line below it."""

ROOM = (84.0, 34.0)
"""Free room at the sides, and above and below, for the names of the outermost bodies."""

LARGEST = 1.7
"""How many times as far apart as on the page the bodies of a small network may stand."""

STRETCH = 1.5
"""How much more one direction may be stretched than the other to fill the picture."""

SMALLEST = 0.5
"""How much smaller than on the page shapes may get."""


@dataclass(frozen=True, slots=True)
class Scene:
    """What is on a picture.

    Attributes:
        nodes: all bodies of the network, as ``list_content`` gives them.
        bodies: numbers of those on the picture, the most connected first.
        edges: the statements between them.
        neighbours: of each body that is not hidden, on the picture or not.
        places: centre of each body on the picture, y downwards.
        scale: size of a shape, for one on the page of 1.
        size: width and height of the picture.
        legend: what shapes and lines mean.
    """

    nodes: Sequence[dict[str, Any]]
    bodies: Sequence[int]
    edges: Sequence[dict[str, Any]]
    neighbours: dict[int, set[int]]
    places: dict[int, Point]
    scale: float
    size: Point
    legend: Legend

    def radius(self, body: int) -> float:
        """Return the radius of a body, in units of the picture."""
        return float(self.nodes[body]["size"]) * self.scale


def set_scene(content: dict[str, Any], most: int = MOST) -> Scene:
    """Choose the most connected bodies, at most that many, and say where each is."""
    nodes = content["nodes"]
    visible = [number for number, node in enumerate(nodes) if not node["hidden"]]
    neighbours = _list_neighbours(visible, content["edges"])
    bodies = _choose_bodies(neighbours, most)
    kept = set(bodies)
    edges = [edge for edge in content["edges"] if edge["from"] in kept and edge["to"] in kept]
    growth = math.sqrt(max(1.0, len(bodies) / MOST))
    size = (WIDTH * growth, HEIGHT * growth)
    legend = list_legend([nodes[body] for body in bodies], edges, size, MARGIN)
    places = {body: (float(nodes[body]["x"]), float(nodes[body]["y"])) for body in bodies}
    if len(bodies) < len(visible):
        places = _place_anew({body: nodes[body]["id"] for body in bodies}, edges)
    places, scale = _fit(places, (size[0], legend.top))
    return Scene(nodes, bodies, edges, neighbours, places, scale, size, legend)


def _list_neighbours(bodies: Iterable[int], edges: Iterable[dict[str, Any]]) -> dict[int, set[int]]:
    neighbours: dict[int, set[int]] = {body: set() for body in bodies}
    for edge in edges:
        one, other = edge["from"], edge["to"]
        if one != other and one in neighbours and other in neighbours:
            neighbours[one].add(other)
            neighbours[other].add(one)
    return neighbours


def _choose_bodies(neighbours: dict[int, set[int]], most: int) -> list[int]:
    """Return the most connected bodies, in that order; none stands alone that is linked to another.

    Where no neighbour of a body is chosen before it, its most connected one is chosen with it.
    """

    def rank(body: int) -> tuple[int, int]:
        return -len(neighbours[body]), body

    chosen: dict[int, None] = {}
    for body in sorted(neighbours, key=rank):
        alone = neighbours[body] and not neighbours[body] & chosen.keys()
        needed = [body, min(neighbours[body], key=rank)] if alone else [body]
        if len(chosen.keys() | set(needed)) <= most:
            chosen.update(dict.fromkeys(needed))
    return sorted(chosen, key=rank)


def _place_anew(bodies: dict[int, str], edges: Iterable[dict[str, Any]]) -> dict[int, Point]:
    """Lay out the bodies that are shown alone, given with their ids, so that the others leave no holes."""
    simple = nx.Graph()
    simple.add_nodes_from(sorted(bodies.values()))
    ends = ((bodies[edge["from"]], bodies[edge["to"]]) for edge in edges)
    pairs = {(min(pair), max(pair)) for pair in ends}
    simple.add_edges_from(sorted((one, other) for one, other in pairs if one != other))
    placed = place_nodes(simple, dict.fromkeys(simple, 0))
    return {body: placed[name] for body, name in bodies.items()}


def _fit(places: dict[int, Point], corner: Point) -> tuple[dict[int, Point], float]:
    """Return the places in the free part of the picture, which ends at ``corner``, and the scale."""
    if not places:
        return {}, 1.0
    starts = (MARGIN + ROOM[0], HEADER + ROOM[1])
    free = (corner[0] - 2 * starts[0], corner[1] - ROOM[1] - starts[1])
    lows = [min(place[axis] for place in places.values()) for axis in (0, 1)]
    spans = [max(place[axis] for place in places.values()) - lows[axis] for axis in (0, 1)]
    fits = [min(LARGEST, free[axis] / max(spans[axis], 1.0)) for axis in (0, 1)]
    factors = [min(fit, min(fits) * STRETCH) for fit in fits]
    shifts = [
        starts[axis] + (free[axis] - spans[axis] * factors[axis]) / 2 - lows[axis] * factors[axis]
        for axis in (0, 1)
    ]
    scaled = {
        body: (shifts[0] + place[0] * factors[0], shifts[1] + place[1] * factors[1])
        for body, place in places.items()
    }
    return scaled, max(SMALLEST, min(1.0, min(factors)))
