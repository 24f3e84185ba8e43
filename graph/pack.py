"""Room for what is drawn: shapes that cover one another are pushed apart, parts are packed side by side."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]
"""One row a point: x and y in pixels at zoom 1, y downwards."""

Position = tuple[float, float]

GAP = 70.0
"""Free space between two parts of the network, in pixels."""

ASPECT = 1.45
"""Width of the picture for a height of 1: that of a screen less its side panel."""

OVERSHOOT = 1.4
"""How much of an overlap one round undoes; over 1, since a later push takes part of it back."""


def push_apart(points: Points, boxes: Points, rounds: int = 250) -> Points:
    """Move points until no two boxes around them overlap, or for that many rounds.

    Args:
        points: centres of the boxes.
        boxes: width and height of each.
        rounds: at the most.
    """
    placed = points.copy()
    reach = float(boxes[:, 0].max(initial=0.0))
    for _ in range(rounds):
        order = np.argsort(placed[:, 0], kind="stable")
        moved = _push_once(placed[order], boxes[order], reach)
        if not moved.any():
            break
        placed[order] += moved
    return placed


def pack_boxes(sizes: Sequence[Position]) -> list[Points]:
    """Return the upper left corner of each box: each in turn as high up as it fits, as far left as it can be.

    The whole gets about ``ASPECT`` wide for 1 high. Source: skyline packing (Burke, Kendall, Whitwell 2004).
    """
    area = math.fsum((width + GAP) * (height + GAP) for width, height in sizes)
    limit = max([math.sqrt(area * ASPECT), *(width + GAP for width, _ in sizes)]) if sizes else 0.0
    skyline = [(0.0, 0.0), (limit, math.inf)]  # where each step starts, and how far down it is taken
    offsets = []
    for width, height in sizes:
        y, x = min(
            (max(depth for start, depth in skyline[number:] if start < x + width + GAP), x)
            for number, (x, _) in enumerate(skyline[:-1])
        )
        offsets.append(np.array([x, y]))
        skyline = _lower(skyline, (x, x + width + GAP), y + height + GAP)
    return offsets


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


def _lower(skyline: list[Position], span: Position, depth: float) -> list[Position]:
    """Return the skyline with everything between the ends of ``span`` taken down to ``depth``."""
    start, end = span[0], min(span[1], skyline[-1][0])
    after = [step for step in skyline if step[0] <= end][-1][1]
    kept = [step for step in skyline if step[0] < start or step[0] > end]
    return sorted([*kept, (start, depth), (end, after)])
