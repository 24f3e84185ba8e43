"""Hand a store to what reads graphs in ways of its own: rdflib, and programs that read files."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import RdfFormat, Store, serialize

from graph.master import MASTER
from graph.store import read_quads

if TYPE_CHECKING:
    from rdflib import Dataset


def open_dataset(store: Store) -> Dataset:
    """Give a store as an ``rdflib.Dataset``, whose default graph is the merge of all.

    Give its ``query`` the text of a query: a prepared one is answered by rdflib's own slow engine.
    """
    from oxrdflib import OxigraphStore
    from rdflib import Dataset

    return Dataset(store=OxigraphStore(store=store))


@contextlib.contextmanager
def open_copy(store: Store, out: Path | None) -> Iterator[Path]:
    """Give a graph as a folder or file to read: that of its build, else a file for as long as the block.

    Args:
        store: the graph.
        out: where it was opened from; None for one that is in memory.
    """
    if out is not None:
        yield out
        return
    with tempfile.TemporaryDirectory(prefix="caregraph-") as folder:
        master = Path(folder) / MASTER
        serialize(read_quads(store), str(master), RdfFormat.N_QUADS)
        yield master
