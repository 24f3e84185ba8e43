"""A picture of a network as SVG: the shapes, colours and lines of the page, for slides and reports.

No name covers another. Each body and line carries its words as ``<title>``: for a pointer that rests
on it, and for those who cannot see the picture.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from graph.page_content import list_content
from graph.pages import render_template, write_line
from graph.picture.labels import (
    LINE_HEIGHT,
    Grid,
    Label,
    Spot,
    choose_spot,
    list_spots,
    make_labels,
    shorten_text,
)
from graph.picture.legend import is_symmetric, tell_body, tell_extent, tell_statements
from graph.picture.scene import HEADER, MARGIN, MOST, Scene, set_scene
from graph.picture.shapes import COLORS, CURVES, DASHES, Line, trace_line, trace_loop, trace_shape

if TYPE_CHECKING:
    from pyvis.network import Network

TITLE = 28.0
"""Size of the letters of the title."""

SMALLEST_TEXT, LARGEST_TEXT = 11.0, 15.0
"""Sizes of the letters of names, before those of the most connected bodies grow."""

HUB = 5
"""Neighbours from which on a name is bold."""

ALWAYS_NAMED = 14
"""How many of the most connected bodies get their name even if it covers a shape or two."""

Bundles = dict[tuple[int, int], dict[str, list[dict[str, Any]]]]


def render_svg(drawn: Network, *, title: str = "Who works with whom", most: int = MOST) -> str:
    """Return the network as SVG in the shape of a slide: the same network and title, the same text.

    Args:
        drawn: the network.
        title: stands over the picture.
        most: bodies to show at most, the most connected; the picture says how many there are.
    """
    content = list_content(drawn)
    scene = set_scene(content, most)
    lines = _draw_lines(scene)
    line = write_line(title)
    names = _place_names(scene, lines)
    everything = (sum(not node["hidden"] for node in content["nodes"]), len(content["edges"]))
    shown = (len(scene.bodies), len(scene.edges))
    return render_template(
        "picture.svg.j2",
        style="",
        title=line,
        heading=shorten_text(line, TITLE, scene.size[0] - 2 * MARGIN, bold=True),
        note=tell_extent(shown, everything, unnamed=len(scene.bodies) - len(names)),
        width=round(scene.size[0]),
        height=round(scene.size[1]),
        margin=MARGIN,
        lines=lines,
        bodies=[_draw_body(scene, body) for body in reversed(scene.bodies)],
        names=names,
        legend=scene.legend,
    )


def _draw_lines(scene: Scene) -> list[dict[str, Any]]:
    """Return one line for the statements between two bodies that have the same status."""
    drawn = []
    for pair, by_status in sorted(_bundle(scene.edges).items()):
        for rank, (status, edges) in enumerate(sorted(by_status.items())):
            bow = CURVES[rank % len(CURVES)] if len(by_status) > 1 else 0.0
            drawn.append(
                {
                    "line": _trace(scene, pair, edges, bow),
                    "color": COLORS.get(status, COLORS["asserted"]),
                    "dashes": DASHES.get(status, "none"),
                    "status": status if status in COLORS else "asserted",
                    "width": round(min(4.5, 1.3 + math.log2(len(edges)) * 0.8), 2),
                    "words": tell_statements(edges, scene.nodes),
                }
            )
    return drawn


def _bundle(edges: Iterable[dict[str, Any]]) -> Bundles:
    bundles: defaultdict[tuple[int, int], defaultdict[str, list[dict[str, Any]]]]
    bundles = defaultdict(lambda: defaultdict(list))
    for edge in edges:
        pair = (min(edge["from"], edge["to"]), max(edge["from"], edge["to"]))
        bundles[pair][edge["status"]].append(edge)
    return {pair: dict(by_status) for pair, by_status in bundles.items()}


def _trace(scene: Scene, pair: tuple[int, int], edges: Iterable[dict[str, Any]], bow: float) -> Line:
    one, other = pair
    if one == other:
        return trace_loop(scene.places[one], scene.radius(one))
    targets = {edge["to"] for edge in edges if not is_symmetric(edge["predicate"])}
    arrows = (one in targets, other in targets)
    radii = (scene.radius(one), scene.radius(other))
    return trace_line((scene.places[one], scene.places[other]), radii, bow=bow, arrows=arrows)


def _draw_body(scene: Scene, body: int) -> dict[str, Any]:
    node, r = scene.nodes[body], scene.radius(body)
    kind = node.get("kind", "")
    return {
        "x": round(scene.places[body][0], 1),
        "y": round(scene.places[body][1], 1),
        "path": trace_shape(node["shape"], r * 0.72 if kind == "collective" else r),
        "ring": round(r, 2) if kind == "collective" else 0,
        "hollow": kind == "unnamed",
        "color": write_line(node["color"]),
        "words": tell_body(node, len(scene.neighbours[body])),
    }


def _place_names(scene: Scene, lines: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the names that have room, those of the most connected bodies first."""
    area = (scene.size[0] - 2 * MARGIN) * (scene.legend.top - HEADER)
    text = max(SMALLEST_TEXT, min(LARGEST_TEXT, 0.13 * math.sqrt(area / max(1, len(scene.bodies)))))
    grids = (Grid(), _list_obstacles(scene, lines), _list_points(lines))
    placed = []
    for rank, body in enumerate(scene.bodies):
        found = _find_room(scene, body, grids, text=text, forced=rank < ALWAYS_NAMED)
        if found:
            grids[0].add(found[1].box)
            placed.append(_write_name(*found))
    return placed


def _find_room(
    scene: Scene, body: int, grids: tuple[Grid, Grid, Grid], *, text: float, forced: bool
) -> tuple[Label, Spot] | None:
    """Return how and where to write the name of a body; cut short only where the whole has no room."""
    links = len(scene.neighbours[body])
    size = round(text * min(1.25, 1 + links * 0.012), 1)
    choices = []
    for label in make_labels(scene.nodes[body]["label"], size, bold=links >= HUB):
        spots = list_spots(scene.places[body], scene.radius(body) + 4, label)
        choices.append((label, [spot for spot in spots if _is_inside(scene, spot)]))
    for label, spots in choices:
        spot = choose_spot(spots, grids)
        if spot:
            return label, spot
    if not forced:
        return None
    covering = [(label, choose_spot(spots, grids, forced=True)) for label, spots in choices]
    found = [(label, spot) for label, spot in covering if spot]
    return min(found, key=lambda pair: grids[1].count(pair[1].box), default=None)


def _list_obstacles(scene: Scene, lines: Iterable[dict[str, Any]]) -> Grid:
    """Return what names should not cover: shapes, and the crosses of what is denied."""
    obstacles = Grid()
    marks = [(*line["line"].middle, 7.0) for line in lines if line["status"] == "negated"]
    for x, y, r in [*((*scene.places[body], scene.radius(body)) for body in scene.bodies), *marks]:
        obstacles.add((x - r, y - r, x + r, y + r))
    return obstacles


def _list_points(lines: Iterable[dict[str, Any]]) -> Grid:
    points = Grid()
    for x, y in (point for line in lines for point in line["line"].points):
        points.add((x - 1, y - 1, x + 1, y + 1))
    return points


def _is_inside(scene: Scene, spot: Spot) -> bool:
    left, top, right, bottom = spot.box
    return left >= 8 and right <= scene.size[0] - 8 and top >= HEADER - 8 and bottom <= scene.legend.top - 2


def _write_name(label: Label, spot: Spot) -> dict[str, Any]:
    left, top, right, bottom = spot.box
    x = {"start": left + 2, "middle": (left + right) / 2, "end": right - 2}[spot.anchor]
    return {
        "lines": [
            (line, round(top + 1 + label.size * (0.86 + LINE_HEIGHT * number), 1))
            for number, line in enumerate(label.lines)
        ],
        "x": round(x, 1),
        "anchor": spot.anchor,
        "size": label.size,
        "bold": label.bold,
        "box": [round(value, 1) for value in (left, top, right - left, bottom - top)],
    }
