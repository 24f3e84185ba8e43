"""Counts and overviews of a built graph: measured when the store is written, read in milliseconds."""

from __future__ import annotations

from pathlib import Path

from pyoxigraph import Store

from graph.search.counts import Statistics
from graph.search_index import make_index, open_index

__all__ = ["Statistics", "measure_statistics", "read_statistics"]


def measure_statistics(store: Store) -> Statistics:
    """Count what is in a store that has no index yet."""
    return make_index(store).statistics


def read_statistics(out: Path | str) -> Statistics:
    """Read the statistics of a built graph.

    Args:
        out: the folder of a build, or an RDF file.

    Raises:
        StoreError: there is no built graph, or it cannot be read.
    """
    return open_index(out).statistics
