"""Open the search index of a build: sentences and names, found in milliseconds.

The index is a file beside the generation of the store that it was made from, complete before that is the one
to read. Where it is missing or cannot be read, it is made again from the store.
"""

from __future__ import annotations

from pathlib import Path

from graph.generations import find_generation, name_index
from graph.search.index import SearchIndex, make_index, read_index
from graph.search.write import write_index
from graph.store import STORE, open_store

__all__ = ["SearchIndex", "make_index", "open_index"]


def open_index(out: Path | str) -> SearchIndex:
    """Open the index of a built graph.

    Args:
        out: the folder of a build, or an RDF file, which is indexed in memory.

    Raises:
        StoreError: there is no built graph, or it cannot be read.
    """
    out = Path(out)
    store = open_store(out)  # which also keeps the generation, and its index, from being removed
    generation = None if out.is_file() else find_generation(out / STORE)
    if generation is None:
        return make_index(store)
    found = read_index(name_index(generation))
    if found:
        return found
    try:
        write_index(store, name_index(generation))
    except OSError:  # a folder that we may read but not write
        return make_index(store)
    return read_index(name_index(generation)) or make_index(store)
