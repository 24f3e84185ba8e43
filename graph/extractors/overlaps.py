"""What meets what: spans of a whole document, asked in logarithmic time, so that cost stays linear."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from itertools import accumulate

from graph.records import Span


class Spans:
    """Spans of a document, in any order, which may overlap.

    >>> spans = Spans([(5, 8), (0, 2)])
    >>> spans.meet(2, 5), spans.meet(7, 9), list(spans.meeting(1, 6))
    (False, True, [(5, 8), (0, 2)])
    """

    def __init__(self, spans: Iterable[Span] = ()) -> None:
        self._spans = sorted(spans)
        self._starts = [start for start, _ in self._spans]
        self._furthest = list(accumulate((end for _, end in self._spans), max))

    def meet(self, start: int, end: int) -> bool:
        """Say whether any of them overlaps what lies between two offsets, end exclusive."""
        number = bisect_left(self._starts, end)
        return number > 0 and self._furthest[number - 1] > start

    def meeting(self, start: int, end: int) -> Iterator[Span]:
        """Yield those that overlap what lies between two offsets, the last first."""
        for number in range(bisect_left(self._starts, end) - 1, -1, -1):
            if self._furthest[number] <= start:
                return
            if self._spans[number][1] > start:
                yield self._spans[number]

    def add(self, start: int, end: int) -> None:
        """Add a span that meets none of them, and is not empty."""
        number = bisect_left(self._starts, end)
        self._spans.insert(number, (start, end))
        self._starts.insert(number, start)
        self._furthest.insert(number, end)
