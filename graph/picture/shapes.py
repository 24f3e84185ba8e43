"""How bodies and statements look on a picture: the shapes and lines of the page, as SVG paths."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

Point = tuple[float, float]

COLORS = {"asserted": "#445260", "proposed": "#704b00", "negated": "#b3261e"}
"""Of lines by status: those of the page in daylight."""

DASHES = {"asserted": "none", "proposed": "9 6", "negated": "0.1 5.5"}
CURVES = (0.16, -0.16, 0.32)
"""How far lines between the same two bodies bow, for a length of 1."""

ARROW = 9.0
"""Length of the head of an arrow."""

GAP = 2.5
"""Between a shape and the end of a line."""

STEPS = 24
"""In how many steps names look where a line runs."""


@dataclass(frozen=True, slots=True)
class Line:
    """A drawn line: its path, the heads of its arrows, and its middle."""

    path: str
    heads: tuple[str, ...]
    middle: Point
    points: tuple[Point, ...]


def trace_shape(shape: str, r: float) -> str:
    """Return the path of a shape of the legend around (0, 0), of about that radius; else that of a dot."""
    return SHAPES.get(shape, _trace_dot)(r)


def trace_line(
    ends: tuple[Point, Point], radii: tuple[float, float], *, bow: float, arrows: tuple[bool, bool]
) -> Line:
    """Return the line between two shapes, from edge to edge.

    Args:
        ends: the centres of both shapes.
        radii: of both.
        bow: how far the line bows to its side, for a length of 1; 0 is straight.
        arrows: whether there is a head at either end.
    """
    (ax, ay), (bx, by) = ends
    bend = ((ax + bx) / 2 - (by - ay) * bow * 2, (ay + by) / 2 + (bx - ax) * bow * 2)
    heads, tips = [], []
    for centre, radius, arrow in zip(ends, radii, arrows, strict=True):
        tips.append(_step(centre, bend, radius + GAP + (ARROW - 2 if arrow else 0)))
        heads += [_trace_head(_step(centre, bend, radius + GAP), bend)] if arrow else []
    start, end = tips
    points = tuple(_bezier(start, bend, end, step / STEPS) for step in range(STEPS + 1))
    path = f"M{_write(start)}Q{_write(bend)} {_write(end)}" if bow else f"M{_write(start)}L{_write(end)}"
    return Line(path, tuple(heads), points[STEPS // 2], points)


def trace_loop(centre: Point, r: float) -> Line:
    """Return the line of a statement about a body and itself: a loop at its upper right."""
    x, y = centre
    start, end = (x + r * 0.4, y - r - 2), (x + r + 2, y - r * 0.4)
    over, beside = (x + r * 0.8, y - r - 26), (x + r + 26, y - r * 0.8)
    middle = (x + r * 0.75 + 15, y - r * 0.75 - 15)
    path = f"M{_write(start)}C{_write(over)} {_write(beside)} {_write(end)}"
    return Line(path, (), middle, (start, middle, end))


def _trace_head(tip: Point, source: Point) -> str:
    """Return the path of an arrow's head whose line comes from the direction of ``source``."""
    back = _step(tip, source, ARROW)
    aside = ((back[1] - tip[1]) * 0.42, (tip[0] - back[0]) * 0.42)
    left, right = (back[0] + aside[0], back[1] + aside[1]), (back[0] - aside[0], back[1] - aside[1])
    return f"M{_write(tip)}L{_write(left)}L{_write(right)}Z"


def _step(start: Point, towards: Point, length: float) -> Point:
    """Return the point that far from ``start`` in the direction of ``towards``, at most there."""
    dx, dy = towards[0] - start[0], towards[1] - start[1]
    share = min(1.0, length / max(math.hypot(dx, dy), 1e-9))
    return start[0] + dx * share, start[1] + dy * share


def _bezier(a: Point, b: Point, c: Point, t: float) -> Point:
    weights = ((1 - t) ** 2, 2 * t * (1 - t), t**2)
    return (
        math.fsum(weight * point[0] for weight, point in zip(weights, (a, b, c), strict=True)),
        math.fsum(weight * point[1] for weight, point in zip(weights, (a, b, c), strict=True)),
    )


def _write(point: Point) -> str:
    return f"{point[0]:.1f} {point[1]:.1f}"


def _trace_circle(r: float, y: float = 0.0) -> str:
    return f"M{-r:.2f} {y:.2f}A{r:.2f} {r:.2f} 0 1 1 {r:.2f} {y:.2f}A{r:.2f} {r:.2f} 0 1 1 {-r:.2f} {y:.2f}Z"


def _trace_corners(*corners: Point) -> Callable[[float], str]:
    return lambda r: "M" + "L".join(f"{x * r:.2f} {y * r:.2f}" for x, y in corners) + "Z"


def _list_corners(count: int, turn: float, *lengths: float) -> list[Point]:
    """Return the corners of a regular figure; ``lengths`` are the distances from the centre, in turn."""
    return [
        (
            lengths[number % len(lengths)] * math.cos(turn + number * 2 * math.pi / count),
            lengths[number % len(lengths)] * math.sin(turn + number * 2 * math.pi / count),
        )
        for number in range(count)
    ]


def _trace_dot(r: float) -> str:
    return _trace_circle(r)


def _trace_person(r: float) -> str:
    return f"M{-r:.2f} {r:.2f}A{r:.2f} {r:.2f} 0 0 1 {r:.2f} {r:.2f}Z" + _trace_circle(r * 0.5, -r * 0.55)


def _trace_pin(r: float) -> str:
    ends = [(0, 1.2), (-1.5, -0.2), (-0.9, -1), (0, -1), (0.9, -1), (1.5, -0.2), (0, 1.2)]
    start, *rest = (f"{x * r:.2f} {y * r:.2f}" for x, y in ends)
    return f"M{start}C{' '.join(rest[:3])}C{' '.join(rest[3:])}Z"


SHAPES: dict[str, Callable[[float], str]] = {
    "dot": _trace_dot,
    "square": _trace_corners((-0.88, -0.88), (0.88, -0.88), (0.88, 0.88), (-0.88, 0.88)),
    "diamond": _trace_corners((0, -1.15), (1.15, 0), (0, 1.15), (-1.15, 0)),
    "triangle": _trace_corners((0, -1.1), (1.1, 0.85), (-1.1, 0.85)),
    "triangleDown": _trace_corners((0, 1.1), (1.1, -0.85), (-1.1, -0.85)),
    "hexagon": _trace_corners(*_list_corners(6, 0, 1)),
    "pentagon": _trace_corners(*_list_corners(5, -math.pi / 2, 1.05)),
    "star": _trace_corners(*_list_corners(10, -math.pi / 2, 1.2, 0.52)),
    "page": _trace_corners((-0.75, -1), (0.35, -1), (0.75, -0.6), (0.75, 1), (-0.75, 1)),
    "person": _trace_person,
    "pin": _trace_pin,
}
"""Those of ``shapes.js``, by name."""
