"""Judge series of measurements: does something grow that ought to stay as it is?

The first half of a run is warm-up: caches fill, threads start, the allocator finds its size. The second half
is judged.

A **size** (memory, bytes on disk) is noisy. Its slope is Theil's and Sen's: the median of the slopes between
all pairs of points, which a quarter of wild values cannot move far. The points are the medians of 24 pieces
of the window, since neighbouring samples are not independent. Sen's interval (P. K. Sen, Journal of the
American Statistical Association 63, 1968) says how sure the slope is. A size *grows* when even the lower end
is above ``BOUND``: a leak, beyond reasonable doubt. It is *flat* when the upper end is below that; between
the two, the run was too short for its noise, which is said.

A **count** (handles, threads, processes, files) may not grow at all. It swings with the load, but what is
lost never comes back, so that all of it moves up. It *grows* when the last third of the window is above the
first beyond doubt (Mann's and Whitney's test) and its lower half has moved by a half or more.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

BOUND = 0.02
"""Growth of a size per hour, as a part of it, that is allowed: chosen, a process of 150 MB may gain 3 MB."""

PIECES = 24
SURE = 3.0
"""Standard deviations of an interval: one flat series in 700 is above it."""

SURE_OF_COUNTS = 4.0
"""Standard deviations likewise, of the test for counts: one flat series in 30,000 is above it."""

FEWEST = 60
"""Samples in the window below which nothing is judged."""

FLAT, GROWS, UNSURE = "flat", "GROWS", "too short to tell"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a series.

    Attributes:
        start: its median in the first tenth of the run.
        middle: likewise, in the tenth after the first half.
        end: likewise, in the last tenth.
        slope: growth per hour in the second half, in the unit of the series.
        low: lower end of the interval of the slope.
        high: its upper end.
        word: ``FLAT``, ``GROWS`` or ``UNSURE``.
    """

    start: float
    middle: float
    end: float
    slope: float
    low: float
    high: float
    word: str


def judge_size(hours: Sequence[float], values: Sequence[float], *, bound: float = BOUND) -> Verdict:
    """Judge bytes of memory or on disk.

    Args:
        hours: when each was measured.
        values: what was measured.
        bound: growth per hour, as a part of the size, that is allowed.
    """
    late_hours, late = _take_second_half(hours), _take_second_half(values)
    slope, low, high = fit_slope(late_hours, late)
    allowed = bound * max(float(np.median(late)) if late else 0.0, 1.0)
    if len(late) < FEWEST:
        word = UNSURE
    elif low > allowed:
        word = GROWS
    else:
        word = FLAT if high <= allowed else UNSURE
    return Verdict(*_take_levels(values), slope, low, high, word)


def judge_count(hours: Sequence[float], values: Sequence[float]) -> Verdict:
    """Judge a number of handles, threads, processes or files."""
    late_hours, late = _take_second_half(hours), _take_second_half(values)
    slope, low, high = fit_slope(late_hours, late)
    if len(late) < FEWEST:
        word = UNSURE
    else:
        third = len(late) // 3
        word = GROWS if _is_above(late[-third:], late[:third]) else FLAT
    return Verdict(*_take_levels(values), slope, low, high, word)


def fit_slope(times: Sequence[float], values: Sequence[float]) -> tuple[float, float, float]:
    """Fit a line through the medians of pieces of a series; return its slope and the ends of its interval.

    >>> fit_slope(range(6), [5, 7, 9, 11, 99, 15])[0]
    2.0
    """
    pieces = np.array_split(np.arange(len(values)), min(PIECES, len(values)) or 1)
    points = [
        (float(np.median(np.take(times, piece))), float(np.median(np.take(values, piece))))
        for piece in pieces
        if len(piece)
    ]
    slopes = sorted((y2 - y1) / (x2 - x1) for (x1, y1), (x2, y2) in combinations(points, 2) if x2 > x1)
    if not slopes:
        return 0.0, -math.inf, math.inf
    number = len(points)
    spread = SURE * math.sqrt(number * (number - 1) * (2 * number + 5) / 18)
    low = int((len(slopes) - spread) // 2)
    high = math.ceil((len(slopes) + spread) / 2)
    return (
        float(np.median(slopes)),
        slopes[low] if low >= 0 else -math.inf,
        slopes[high] if high < len(slopes) else math.inf,
    )


def _is_above(after: Sequence[float], before: Sequence[float]) -> bool:
    """Tell whether one sample is above another of the same size, beyond doubt and by half a step."""
    size = len(after)
    one, other = np.array(after)[:, None], np.array(before)[None, :]
    wins = float(np.sum(one > other) + np.sum(one == other) / 2)
    deviation = math.sqrt(size * size * (2 * size + 1) / 12)
    floors = [float(np.mean(np.sort(part)[: (size + 1) // 2])) for part in (after, before)]
    return wins - size * size / 2 > SURE_OF_COUNTS * deviation and floors[0] - floors[1] >= 0.5


def _take_second_half(values: Sequence[float]) -> list[float]:
    return list(values[len(values) // 2 :])


def _take_levels(values: Sequence[float]) -> tuple[float, float, float]:
    """Return the medians at the start, after the first half and at the end."""
    if not values:
        return 0.0, 0.0, 0.0
    tenth, half = max(1, len(values) // 10), len(values) // 2
    parts = (values[:tenth], values[half : half + tenth], values[-tenth:])
    start, middle, end = (float(np.median(part)) for part in parts)
    return start, middle, end
