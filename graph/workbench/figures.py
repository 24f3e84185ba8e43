"""The statistics of the graph, with charts."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from graph.search.counts import StatusCount
from graph.statistics import Statistics
from graph.workbench.rendering import render
from graph.workbench.site import opened_of

HEIGHT = 180
"""Of a chart by year, in its own units."""
STEP = 44
_STATUSES = ("asserted", "proposed", "negated")


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a bar: its status, where it begins and how long it is, in hundredths of the longest bar."""

    status: str
    start: float
    length: float


@dataclass(frozen=True, slots=True)
class StatusBar:
    """A bar of three parts, one for each status."""

    count: StatusCount
    total: int
    parts: tuple[Part, ...]


def show_statistics(request: Request) -> Response:
    """Show what there is in the graph, in numbers."""
    statistics: Statistics = opened_of(request).index.statistics
    return render(
        request,
        "statistics.html.j2",
        statistics=statistics,
        relations=stack_bars(statistics.relations),
        years=stack_bars(statistics.years),
        types=statistics.types,
        most_types=max([1, *(max(t.in_documents, 1) for t in statistics.types)]),
        most_confidence=max([1, *statistics.confidence]),
        most_others=max([1, *(body.others for body in statistics.connected)]),
        sums={status: sum(getattr(r, status) for r in statistics.relations) for status in _STATUSES},
    )


def stack_bars(counts: tuple[StatusCount, ...]) -> list[StatusBar]:
    """Make a bar of each count, on one scale."""
    most = max([1, *(count.asserted + count.proposed + count.negated for count in counts)])
    bars = []
    for count in counts:
        parts, start = [], 0.0
        for status in _STATUSES:
            length = 100 * getattr(count, status) / most
            parts.append(Part(status, start, length))
            start += length
        bars.append(StatusBar(count, count.asserted + count.proposed + count.negated, tuple(parts)))
    return bars


ROUTES = [Route("/statistics", show_statistics)]
