"""Fill a store from a file or from statements: graphs, default graph and counts, in one pass where possible.

A master copy goes to the engine's bulk loader as it is, with each statement of its graphs once more without a
name. Statements are only copied through Python where a file was written by other hands.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from pathlib import Path

from pyoxigraph import Quad, RdfFormat, Store

from graph.count import write_counts
from graph.errors import StoreError
from graph.facts.gather import Facts
from graph.facts.lines import read_pieces
from graph.master import MASTER, PieceStream, find_format, merge_master

_AT_ONCE = 45
"""Pieces of a megabyte that the engine holds at once: with the default graph, some 400,000 statements."""


def fill_store(store: Store, source: Path | Iterable[Quad], facts: Facts) -> None:
    """Load a source, what its graphs hold together, and the counts of that.

    Args:
        store: an empty one.
        source: quads, or an RDF file that holds them.
        facts: are gathered from it on the way.

    Raises:
        StoreError: the file cannot be read.
    """
    if not (isinstance(source, Path) and source.name == MASTER and _load_master(store, source, facts)):
        if isinstance(source, Path):
            _load_file(store, source)
        else:
            store.bulk_extend(source)
        store.bulk_extend(Quad(q.subject, q.predicate, q.object) for q in read_quads(store))
        facts.read_store(store)
    load_pieces(store, write_counts(facts))


def _load_master(store: Store, path: Path, facts: Facts) -> bool:
    """Load a master copy into its graphs and into the default graph; say whether it is one."""
    try:
        with path.open("rb") as stream:
            load_pieces(store, merge_master(stream, facts))
    except (ValueError, SyntaxError):  # of other hands: some of it may be loaded, none of it wrong
        return False
    return True


def load_pieces(store: Store, pieces: Iterator[bytes]) -> None:
    """Load lines of N-Quads, as many at a time as the engine holds in memory (up to a million statements).

    Args:
        store: a writable store.
        pieces: of whole lines.
    """
    for first in pieces:
        some = PieceStream(chain((first,), islice(pieces, _AT_ONCE - 1)))
        store.bulk_load(io.BufferedReader(some, 1 << 16), RdfFormat.N_QUADS)


def read_facts(path: Path, facts: Facts) -> None:
    """Gather facts from a master copy."""
    with path.open("rb") as stream:
        for lines in read_pieces(stream):
            facts.take_lines(lines)
    facts.finish()


def read_quads(store: Store) -> Iterator[Quad]:
    """Yield the statements of all named graphs, each with the name of its graph."""
    for name in store.named_graphs():
        yield from store.quads_for_pattern(None, None, None, name)


def _load_file(store: Store, path: Path) -> None:
    try:
        store.bulk_load(path=str(path), format=find_format(path))
    except OSError as error:
        raise StoreError(f"{path}: {error}; see that it may be read, and that there is room") from error
    except SyntaxError as error:
        raise StoreError(f"{path}: {error}; mend it, or build it again with caregraph build") from error
