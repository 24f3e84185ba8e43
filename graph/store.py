"""The store that queries open: an Oxigraph store on disk, replaced whole, never half.

``OUT/store/`` holds numbered generations and a pointer file, ``current``, with the name of the one to
read. A writer fills a new generation and then swaps the pointer, so that a crash at any moment leaves
the last good one readable; readers open a generation read-only and hold its lock, and a writer removes
older generations once nobody holds theirs. ``OUT/graph.nq`` is the master copy: where the store is
missing or cannot be read (the format of the engine may change), it is made again from that.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING

from pyoxigraph import NamedNode, Quad, RdfFormat, Store

from graph.errors import StoreError
from graph.locks import lock_file

if TYPE_CHECKING:
    from rdflib import Dataset

STORE = "store"
MASTER = "graph.nq"
POINTER = "current"
WRITE_LOCK = "write.lock"
_GENERATION = re.compile(r"generation-(\d+)")
_ATTEMPTS = 5  # a reader may lose its generation between reading the pointer and taking the lock

_held: dict[Path, IO[bytes]] = {}
"""Locks of the generations that this process has opened: the engine does not say when a store is closed."""


def write_store(out: Path, source: Path | Iterable[Quad]) -> Path:
    """Write a new store for a build and make it the one that readers open.

    Args:
        out: the folder of the build; the store goes to ``store/`` in it.
        source: quads, or an RDF file that holds them (``graph.nq``).

    Returns:
        The folder of the new generation.

    Raises:
        StoreError: another process is writing, or the source cannot be read.
    """
    with _new_generation(out) as generation:
        store = _create(generation)
        _fill(store, source)
        store.optimize()
        store.flush()
        del store  # closes it: readers never meet an open writer
    return generation


def change_store(out: Path, change: Callable[[Store], None]) -> Path:
    """Change a copy of the store, which is the one to read once ``change`` has returned.

    The copy shares its files with the original until they change: milliseconds at any size.

    Args:
        out: the folder of the build.
        change: what to do to the copy, by ``replace_graph``, ``remove_graph`` or the store's own methods.

    Returns:
        The folder of the new generation.

    Raises:
        StoreError: there is no store, or another process is writing.
    """
    current = open_store(out)
    with _new_generation(out) as generation:
        current.backup(str(generation))
        store = _create(generation)
        change(store)
        store.flush()
        del store
    return generation


def replace_graph(store: Store, graph: str, quads: Iterable[Quad]) -> None:
    """Make ``quads`` all that the named graph of IRI ``graph`` holds.

    Args:
        store: a writable store, from ``change_store`` or in memory.
        graph: IRI of the named graph.
        quads: statements, whose own graph name is put aside.
    """
    name = NamedNode(graph)
    statements = [Quad(quad.subject, quad.predicate, quad.object, name) for quad in quads]
    store.remove_graph(name)
    store.extend(statements)


def remove_graph(store: Store, graph: str) -> None:
    """Retract the named graph of IRI ``graph``, whole.

    Raises:
        StoreError: the store has no such graph.
    """
    if not store.contains_named_graph(NamedNode(graph)):
        raise StoreError(f"no graph {graph} in this store, so nothing to retract")
    store.remove_graph(NamedNode(graph))


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
        generation = _current(out)
        if generation is None:
            break
        with contextlib.suppress(OSError, RuntimeError):  # the engine tells damage by the second
            _hold(generation)
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


def open_dataset(store: Store) -> Dataset:
    """Give a store as an ``rdflib.Dataset`` whose default graph is the union of all.

    Give its ``query`` the text of a query: a prepared one is answered by rdflib's own slow engine.
    """
    from oxrdflib import OxigraphStore
    from rdflib import Dataset

    return Dataset(store=OxigraphStore(store=store), default_union=True)


def _rebuild(out: Path) -> Store:
    master = out / MASTER
    if not master.is_file():
        what = f"the store in {out} cannot be read" if (out / STORE).is_dir() else f"no built graph in {out}"
        raise StoreError(f"{what}; build one with: caregraph build DOCUMENTS -o {out}")
    try:
        generation = write_store(out, master)
        _hold(generation)
        return Store.read_only(str(generation))
    except OSError:  # a folder that we may read but not write
        return load_store(master)


def _create(generation: Path) -> Store:
    try:
        return Store(str(generation))
    except OSError as error:
        raise StoreError(f"{generation}: {error}; free some space or choose another folder") from error


def _fill(store: Store, source: Path | Iterable[Quad]) -> None:
    if not isinstance(source, Path):
        store.bulk_extend(source)
        return
    form = RdfFormat.from_extension(source.suffix.removeprefix("."))
    if form is None:
        raise StoreError(f"{source}: not an RDF file; give one that ends in .nq, .trig, .ttl or .nt")
    try:
        store.bulk_load(path=str(source), format=form)
    except (SyntaxError, OSError) as error:
        raise StoreError(f"{source}: {error}; build it again with caregraph build") from error


@contextlib.contextmanager
def _new_generation(out: Path) -> Iterator[Path]:
    folder = out / STORE
    folder.mkdir(parents=True, exist_ok=True)
    lock = lock_file(folder / WRITE_LOCK)
    if lock is None:
        raise StoreError(f"another process is writing to {folder}; wait until it has ended, then try again")
    with lock:
        current = _current(out)
        _sweep(folder, current)
        taken = [int(match[1]) for path in folder.iterdir() if (match := _GENERATION.match(path.name))]
        generation = folder / f"generation-{max(taken, default=0) + 1:06d}"
        yield generation  # what fails here stays unpublished, for the next writer to sweep
        _publish(generation)
        _sweep(folder, generation)


def _publish(generation: Path) -> None:
    """Swap the pointer; whoever reads it sees the old name or the new one, whole."""
    _lock_of(generation).touch()
    pending = generation.with_name(f"{POINTER}.new")
    with pending.open("w", encoding="ascii") as handle:
        handle.write(generation.name + "\n")
        handle.flush()
        os.fsync(handle.fileno())
    pending.replace(generation.with_name(POINTER))


def _current(out: Path) -> Path | None:
    try:
        name = (out / STORE / POINTER).read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        return None
    return out / STORE / name if _GENERATION.fullmatch(name) else None


def _sweep(folder: Path, keep: Path | None) -> None:
    """Remove the generations that nobody reads, among them those of writers that crashed."""
    for path in sorted(folder.glob("generation-*")):
        if path == keep or not path.is_dir():
            continue
        lock = lock_file(_lock_of(path))
        if lock is not None:
            with lock:
                shutil.rmtree(path, ignore_errors=True)
                _lock_of(path).unlink(missing_ok=True)


def _lock_of(generation: Path) -> Path:
    return generation.with_suffix(".lock")


def _hold(generation: Path) -> None:
    key = generation.resolve()
    if key not in _held:
        lock = lock_file(_lock_of(key), shared=True)
        if lock is None:
            raise OSError(f"{generation} is being removed")
        _held[key] = lock
