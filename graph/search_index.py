"""Open the search index of a build: sentences and names, found in milliseconds.

The index is a file beside the generation of the store that it was made from, complete before that is the one
to read. Where it is missing or cannot be read, it is made again from the store.
"""

from __future__ import annotations

import contextlib
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from graph.errors import StoreError
from graph.generations import Hold, find_generation, hold_generation, name_index
from graph.search.index import SearchIndex, make_index
from graph.store import STORE, open_held, reading_store

if TYPE_CHECKING:
    from pyoxigraph import Store

    from graph.search.files import Connect

__all__ = ["SearchIndex", "make_index", "open_graph", "open_index"]


def open_index(out: Path | str, hold: Hold | None = None) -> SearchIndex:
    """Open the index of a built graph.

    Args:
        out: the folder of a build, or an RDF file, which is indexed in memory.
        hold: of the generation whose index it is to be; by default of the one to read.

    Returns:
        The index, whose first use raises ``StoreError`` if there is no built graph.
    """
    out = Path(out)
    generation = hold.generation if hold else None
    if generation is None and not out.is_file():
        generation = find_generation(out / STORE)
        with contextlib.suppress(OSError):
            hold = hold_generation(generation) if generation else None
    return SearchIndex(partial(_find, out, generation, hold))


def open_graph(out: Path | str) -> tuple[Store, SearchIndex, Hold]:
    """Open the store and the index of one build, even if another takes its place meanwhile.

    Args:
        out: as for ``open_index``.

    Returns:
        Both, and what keeps their files from being removed for as long as it is kept.

    Raises:
        StoreError: there is no built graph, or it cannot be read.
    """
    store, hold = open_held(out)
    return store, open_index(out, hold), hold


def needs_index(out: Path) -> bool:
    """Tell whether a graph is there whose index has to be made when it is first used."""
    from graph.search.files import find_file

    generation = None if out.is_file() else find_generation(out / STORE)
    return out.is_file() or (generation is not None and find_file(name_index(generation)) is None)


def _find(out: Path, generation: Path | None, hold: Hold | None) -> Connect:
    """Find the index beside a generation of the store, else make it, there or in memory.

    Args:
        out: as in ``open_index``.
        generation: of the store; None where there is none.
        hold: kept for as long as the index, which keeps this function.
    """
    from graph.search.files import fill_memory, find_file
    from graph.search.write import write_index

    found = find_file(name_index(generation)) if generation else None
    if found:
        return found
    with reading_store(out) as store:
        generation = None if out.is_file() else find_generation(out / STORE)
        if generation is None:
            return fill_memory(store)
        path = name_index(generation)
        found = find_file(path)  # the store was made again, and its index with it
        if found:
            return found
        try:
            write_index(store, path)
        except StoreError:  # a folder that we may read but not write
            return fill_memory(store)
        return find_file(path) or fill_memory(store)
