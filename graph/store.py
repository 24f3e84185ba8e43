"""The store that queries open: an Oxigraph store on disk, replaced whole, never half.

``OUT/graph.nq`` is the master copy: where the store is missing or cannot be read (the format of the
engine may change), it is made again from that.

The default graph of a store holds each statement of the named graphs once. The engine's own union of
graphs gives a statement as often as graphs hold it, so that a count over it is wrong (SPARQL 1.1,
section 13.1, asks for a merge). It also holds counts, which questions would take seconds to make.
"""

from __future__ import annotations

import contextlib
import io
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, Store, Triple

from graph.count import count_statements, replace_counts
from graph.errors import StoreError
from graph.generations import add_generation, find_generation, hold_generation, name_index
from graph.master import MASTER, MergedTriples, find_format

STORE = "store"
_ATTEMPTS = 5  # a reader may lose its generation between reading the pointer and taking the lock


def write_store(
    out: Path, source: Path | Iterable[Quad], *, finish: Callable[[Store], None] | None = None
) -> Path:
    """Write a new store for a build and make it the one that readers open.

    Args:
        out: the folder of the build; the store goes to ``store/`` in it.
        source: quads, or an RDF file that holds them (``graph.nq``).
        finish: is called with the new store before readers can open it.

    Returns:
        The folder of the new generation.

    Raises:
        StoreError: another process is writing, or the source cannot be read.
    """
    from graph.search.write import write_index

    with add_generation(out / STORE) as generation:
        store = _create(generation)
        _fill(store, source)
        store.optimize()
        store.flush()
        write_index(store, name_index(generation))
        if finish:
            finish(store)
        del store  # closes it: readers never meet an open writer
    return generation


def change_store(
    out: Path, change: Callable[[Store], None], *, finish: Callable[[Store], None] | None = None
) -> Path:
    """Change a copy of the store, which is the one to read once ``change`` has returned.

    The copy shares its files with the original until they change, so it is there in milliseconds at any
    size; what takes time is its search index, which is made anew.

    Args:
        out: the folder of the build.
        change: what to do to the copy, by ``replace_graph``, ``remove_graph`` or the store's own methods.
        finish: is called with the changed store before readers can open it.

    Returns:
        The folder of the new generation.

    Raises:
        StoreError: there is no store, or another process is writing.
    """
    from graph.search.write import write_index

    current = open_store(out)
    with add_generation(out / STORE) as generation:
        current.backup(str(generation))
        store = _create(generation)
        change(store)
        replace_counts(store)
        store.flush()
        write_index(store, name_index(generation))
        if finish:
            finish(store)
        del store
    return generation


def replace_graph(store: Store, iri: str, quads: Iterable[Quad]) -> None:
    """Make ``quads`` all that the named graph ``iri`` holds.

    Args:
        store: a writable store, from ``change_store`` or in memory.
        iri: of the named graph.
        quads: statements, whose own graph name is put aside.
    """
    name = NamedNode(iri)
    triples = {quad.triple for quad in quads}
    _retract(store, name)
    for graph_name in (name, DefaultGraph()):
        store.extend(Quad(t.subject, t.predicate, t.object, graph_name) for t in triples)


def change_graph(store: Store, iri: str, gone: Iterable[Quad], new: Iterable[Quad]) -> None:
    """Take some statements out of the named graph ``iri`` and put others in.

    Args:
        store: a writable store, from ``change_store`` or in memory.
        iri: of the named graph.
        gone: statements to take out, whose own graph name is put aside.
        new: statements to put in, likewise.
    """
    name = NamedNode(iri)
    for quad in gone:
        store.remove(Quad(quad.subject, quad.predicate, quad.object, name))
        _forget(store, quad.triple)
    triples = {quad.triple for quad in new}
    for graph_name in (name, DefaultGraph()):
        store.extend(Quad(t.subject, t.predicate, t.object, graph_name) for t in triples)


def remove_graph(store: Store, iri: str) -> None:
    """Retract the named graph ``iri``, whole.

    Raises:
        StoreError: the store has no such graph.
    """
    if not store.contains_named_graph(NamedNode(iri)):
        raise StoreError(f"no graph {iri} in this store, so nothing to retract")
    _retract(store, NamedNode(iri))


def read_quads(store: Store) -> Iterator[Quad]:
    """Yield the statements of all named graphs, each with the name of its graph."""
    for name in store.named_graphs():
        yield from store.quads_for_pattern(None, None, None, name)


def open_store(out: Path | str) -> Store:
    """Open a built graph for reading.

    Args:
        out: the folder of a build, or an RDF file (``.nq``, ``.trig``, ``.ttl``, ``.nt``), which is read
            into memory.

    Raises:
        StoreError: there is no built graph, or it cannot be read.
    """
    out = Path(out)
    if out.is_file():
        return load_store(out)
    for _ in range(_ATTEMPTS):
        generation = find_generation(out / STORE)
        if generation is None:
            break
        with contextlib.suppress(OSError, RuntimeError):  # the engine tells damage by the second
            hold_generation(generation)
            return Store.read_only(str(generation))
    return _rebuild(out)


def load_store(source: Path | Iterable[Quad]) -> Store:
    """Load quads or an RDF file into a store in memory.

    Raises:
        StoreError: the file cannot be read.
    """
    store = Store()
    _fill(store, source)
    return store


def _rebuild(out: Path) -> Store:
    master = out / MASTER
    if not master.is_file():
        what = f"the store in {out} cannot be read" if (out / STORE).is_dir() else f"no built graph in {out}"
        raise StoreError(f"{what}; build one with: caregraph build DOCUMENTS -o {out}")
    try:
        generation = write_store(out, master)
        hold_generation(generation)
        return Store.read_only(str(generation))
    except OSError:  # a folder that we may read but not write
        return load_store(master)


def _create(generation: Path) -> Store:
    try:
        return Store(str(generation))
    except OSError as error:
        raise StoreError(f"{generation}: {error}; free some space or choose another folder") from error


def _fill(store: Store, source: Path | Iterable[Quad]) -> None:
    if isinstance(source, Path):
        _load_file(store, source)
    else:
        store.bulk_extend(source)
    if not (isinstance(source, Path) and source.name == MASTER and _merge_file(store, source)):
        store.bulk_extend(Quad(q.subject, q.predicate, q.object) for q in read_quads(store))
    store.bulk_extend(count_statements(store))


def _merge_file(store: Store, path: Path) -> bool:
    """Load what all graphs of a master copy hold into the default graph; say whether it is a master copy."""
    try:
        with path.open("rb") as stream:
            store.bulk_load(io.BufferedReader(MergedTriples(stream), 1 << 16), RdfFormat.N_TRIPLES)
    except (ValueError, SyntaxError):  # written by other hands: some of it may be loaded, none of it wrong
        return False
    return True


def _load_file(store: Store, path: Path) -> None:
    try:
        store.bulk_load(path=str(path), format=find_format(path))
    except (SyntaxError, OSError) as error:
        raise StoreError(f"{path}: {error}; build it again with caregraph build") from error


def _retract(store: Store, name: NamedNode) -> None:
    """Remove a graph, and from the default graph what no other graph holds."""
    triples = [quad.triple for quad in store.quads_for_pattern(None, None, None, name)]
    store.remove_graph(name)
    for triple in triples:
        _forget(store, triple)


def _forget(store: Store, t: Triple) -> None:
    """Take a statement out of the default graph unless another graph holds it."""
    holders = store.quads_for_pattern(t.subject, t.predicate, t.object, None)
    if all(quad.graph_name == DefaultGraph() for quad in holders):
        store.remove(Quad(t.subject, t.predicate, t.object))
