"""The store that queries open: an Oxigraph store on disk, replaced whole, never half.

``OUT/graph.nq`` is the master copy: where the store is missing or cannot be read (the format of the
engine may change), it is made again from that.

The default graph of a store holds each statement of the named graphs once. The engine's own union of
graphs gives a statement as often as graphs hold it, so that a count over it is wrong (SPARQL 1.1,
section 13.1, asks for a merge). It also holds counts, which questions would take seconds to make.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from pyoxigraph import Quad, Store

from graph.commit import locate_file
from graph.count import replace_counts
from graph.errors import StoreError
from graph.facts.gather import Facts
from graph.generations import Hold, add_generation, find_generation, hold_generation, name_index
from graph.load import fill_store, read_facts
from graph.load import read_quads as read_quads
from graph.master import MASTER
from graph.room import is_full

STORE = "store"
_ATTEMPTS = 5  # a reader may lose its generation between reading the pointer and taking the lock

_kept: dict[Path, Hold] = {}
"""Of the generations that ``open_store`` has opened: the engine does not say when a store is closed."""


def write_store(
    out: Path,
    source: Path | Iterable[Quad],
    *,
    finish: Callable[[Store, Path], None] | None = None,
    publish: Callable[[Path], None] | None = None,
) -> Path:
    """Write a new store for a build and make it the one that readers open.

    Args:
        out: the folder of the build; the store goes to ``store/`` in it.
        source: quads, or an RDF file that holds them (``graph.nq``).
        finish: is called with the new store and the file of its index before readers can open it.
        publish: makes the generation of a path the one to read; by default the pointer to it is swapped.

    Returns:
        The folder of the new generation.

    Raises:
        StoreError: another process is writing, or the source cannot be read.
    """
    from graph.search.write import IndexFile, count_graphs

    with (
        add_generation(out / STORE, publish) as generation,
        contextlib.closing(IndexFile(name_index(generation))) as index,
        ThreadPoolExecutor(1) as beside,
    ):
        store = _create(generation)
        fill_store(store, source, index.facts)
        settled = beside.submit(_settle, store)  # the engine needs no Python for it
        index.finish(count_graphs(store))
        settled.result()
        if finish:
            finish(store, name_index(generation))
        del store  # closes it: readers never meet an open writer
    return generation


def change_store(
    out: Path,
    change: Callable[[Store], None],
    *,
    finish: Callable[[Store, Path], None] | None = None,
    publish: Callable[[Path], None] | None = None,
    master: Path | None = None,
) -> Path:
    """Change a copy of the store, which is the one to read once ``change`` has returned.

    The copy shares its files with the original until they change, so it is there in milliseconds at any
    size; what takes time is its search index, which is made anew.

    Args:
        out: the folder of the build.
        change: what to do to the copy, by ``replace_graph``, ``remove_graph`` or the store's own methods.
        finish: is called with the changed store and the file of its index before readers can open it.
        publish: as for ``write_store``.
        master: a master copy of what the store then states, if there is one, which is read faster.

    Returns:
        The folder of the new generation.

    Raises:
        StoreError: there is no store, or another process is writing.
    """
    from graph.search.write import IndexFile, count_graphs

    current, hold = open_held(out)
    with contextlib.ExitStack() as writing:
        writing.callback(hold.release)
        generation = writing.enter_context(add_generation(out / STORE, publish))
        index = writing.enter_context(contextlib.closing(IndexFile(name_index(generation))))
        current.backup(str(generation))
        del current
        hold.release()
        store = _create(generation)
        change(store)
        if master:
            read_facts(master, index.facts)
        else:
            index.facts.read_store(store)
        replace_counts(store, index.facts)
        store.flush()
        index.finish(count_graphs(store))
        if finish:
            finish(store, name_index(generation))
        del store
    return generation


def open_store(out: Path | str) -> Store:
    """Open a built graph for reading, for as long as this process lives: its files stay on disk until then.

    Args:
        out: the folder of a build, or an RDF file (``.nq``, ``.trig``, ``.ttl``, ``.nt``), which is read
            into memory.

    Raises:
        StoreError: there is no built graph, or it cannot be read.
    """
    store, hold = open_held(out)
    if hold.generation:
        _kept[hold.generation.resolve()] = hold  # the latest: the folder may have gone and come again
    return store


@contextlib.contextmanager
def reading_store(out: Path | str) -> Iterator[Store]:
    """Open a built graph for reading, for as long as the block.

    Raises:
        StoreError: there is no built graph, or it cannot be read.
    """
    store, hold = open_held(out)
    try:
        yield store
    finally:
        hold.release()


def open_held(out: Path | str) -> tuple[Store, Hold]:
    """Open a built graph for reading, for as long as what is returned with it is kept.

    Raises:
        StoreError: there is no built graph, or it cannot be read.
    """
    out = Path(out)
    if out.is_file():
        return load_store(out), Hold()
    for _ in range(_ATTEMPTS):
        generation = find_generation(out / STORE)
        if generation is None:
            break
        with contextlib.suppress(OSError):
            hold = hold_generation(generation)
            try:
                return read_generation(generation), hold
            except (OSError, RuntimeError):
                hold.release()  # who makes it again removes this one
    return _rebuild(out)


def read_generation(generation: Path) -> Store:
    """Open a generation for reading.

    Args:
        generation: its folder, which somebody holds (``hold_generation``).

    Raises:
        OSError: it is gone, or damaged.
        RuntimeError: it is damaged.
    """
    return Store.read_only(os.fsencode(generation).decode("utf-8", "surrogateescape"))  # whatever the locale


def load_store(source: Path | Iterable[Quad]) -> Store:
    """Load quads or an RDF file into a store in memory.

    Raises:
        StoreError: the file cannot be read.
    """
    store = Store()
    database = sqlite3.connect(":memory:", isolation_level=None)
    with contextlib.closing(database) as connection, contextlib.closing(Facts(connection)) as facts:
        fill_store(store, source, facts)
    return store


def _rebuild(out: Path) -> tuple[Store, Hold]:
    master = locate_file(out, MASTER)
    if not master.is_file():
        what = f"the store in {out} cannot be read" if (out / STORE).is_dir() else f"no built graph in {out}"
        raise StoreError(f"{what}; build one with: caregraph build DOCUMENTS -o {out}")
    try:
        generation = write_store(out, master)
        hold = hold_generation(generation)
        return read_generation(generation), hold
    except (OSError, StoreError) as error:  # a folder that we may read but not write, or a full disk
        if isinstance(error, StoreError) and not is_full(error):
            raise
        return load_store(locate_file(out, MASTER)), Hold()  # a writer may have moved it


def _create(generation: Path) -> Store:
    try:
        return Store(str(generation))
    except OSError as error:
        raise StoreError(f"{generation}: {error}; free some space or choose another folder") from error


def _settle(store: Store) -> None:
    store.optimize()
    store.flush()
