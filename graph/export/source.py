"""What an export reads: the master copy of a build in its canonical order, a statement at a time.

That order, by the bytes of the lines of N-Quads, puts all that is said of a node side by side. So an export
goes through the graph once and holds one node, whatever the size of the graph.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from itertools import groupby, islice
from operator import attrgetter
from pathlib import Path

from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Quad, RdfFormat, Store, parse

from graph.commit import hold_file, read_steadily
from graph.errors import StoreError
from graph.export.whole import temporary_folder
from graph.generations import Hold, find_generation, hold_generation
from graph.master import MASTER, stream_master
from graph.search.counts import Statistics
from graph.search_index import open_index
from graph.store import STORE, open_held, read_generation
from graph.write import sort_quads

GraphName = NamedNode | BlankNode | DefaultGraph

_BUFFER = 32 << 20  # bytes of statements that wait in memory to be put with others of their graph
_SORTED_AT_ONCE = 100_000  # statements


@dataclass(frozen=True, slots=True)
class Source:
    """A built graph to export.

    Attributes:
        out: the folder of the build, or the RDF file.
        master: canonical N-Quads.
        folder: a temporary folder, which goes when the export ends.
        address: where the graph is served; "" for nowhere.
        hold: of the store of the same build; of none where there is no store.
    """

    out: Path
    master: Path
    folder: Path
    address: str = ""
    hold: Hold = field(default_factory=Hold)
    _parts: list[tuple[GraphName, Path]] = field(default_factory=list)
    _holds: list[Hold] = field(default_factory=list)

    def read_quads(self) -> Iterator[Quad]:
        """Yield all statements, in canonical order: those of one subject side by side.

        Raises:
            StoreError: the master copy is damaged.
        """
        return _read_file(self.master)

    def read_graphs(self) -> Iterator[tuple[GraphName, Iterator[Quad]]]:
        """Yield the named graphs in order of name, each with its statements in canonical order."""
        if not self._parts:
            self._parts.extend(_split_by_graph(self.master, self.folder))
        for name, part in self._parts:
            yield name, _read_file(part)

    def open_store(self) -> Store:
        """Open the graph for queries, until the export ends.

        Raises:
            StoreError: there is no built graph, or it cannot be read.
        """
        if self.hold.generation:
            try:
                return read_generation(self.hold.generation)
            except (OSError, RuntimeError):
                self.hold.release()  # who makes it again removes this one
        store, hold = open_held(self.out)
        self._holds.append(hold)
        return store

    def read_statistics(self) -> Statistics:
        """Return what the index of the graph says of its size.

        Raises:
            StoreError: there is no built graph, or it cannot be read.
        """
        return open_index(self.out, self.hold).statistics


@contextmanager
def open_source(out: Path, address: str = "") -> Iterator[Source]:
    """Give what to export of the folder of a build, or of an RDF file: one build, though another may come.

    Raises:
        StoreError: there is none, or it cannot be read.
    """
    with temporary_folder() as folder, ExitStack() as held:
        master, hold = _hold_build(out, held)
        if not _is_canonical(master):
            master = folder / MASTER
            _sort_file(out, master, folder)
        source = Source(out, master, folder, address, hold)
        try:
            yield source
        finally:
            for each in (hold, *source._holds):
                each.release()


def _hold_build(out: Path, held: ExitStack) -> tuple[Path, Hold]:
    """Return the master copy of a build, which ``held`` keeps, and what keeps the store of the same build."""

    def hold() -> tuple[Path, Hold]:
        held.close()  # where another build has come meanwhile
        master = held.enter_context(hold_file(out, MASTER))
        generation = find_generation(out / STORE)
        with suppress(OSError):
            return master, hold_generation(generation) if generation else Hold()
        return master, Hold()

    return read_steadily(out, hold)


def group_subjects(quads: Iterator[Quad]) -> Iterator[list[Quad]]:
    """Yield the statements on each subject, which follow one another."""
    for _, found in groupby(quads, key=attrgetter("subject")):
        yield list(found)


def _read_file(path: Path) -> Iterator[Quad]:
    try:
        yield from parse(path=str(path), format=RdfFormat.N_QUADS)
    except (SyntaxError, OSError) as error:
        raise StoreError(f"{path.resolve()}: {error}; build it again with caregraph build") from error


def _is_canonical(master: Path) -> bool:
    """Tell whether a file is there whose lines are statements in order, each once, as a build leaves it."""
    if not master.is_file():
        return False
    last = b""
    with master.open("rb") as lines:
        for line in lines:
            if line <= last or not line.startswith((b"<", b"_:")) or not line.endswith(b" .\n"):
                return False
            last = line
    return True


def _sort_file(out: Path, target: Path, folder: Path) -> None:
    """Write an RDF file as canonical N-Quads: sorted piece by piece, then merged."""
    quads = stream_master(out)
    pieces: list[Path] = []
    while piece := list(islice(quads, _SORTED_AT_ONCE)):
        pieces.append(folder / f"sorted-{len(pieces):06d}.nq")
        pieces[-1].write_bytes(sort_quads(piece))
    with ExitStack() as stack:
        merged = heapq.merge(*(stack.enter_context(path.open("rb")) for path in pieces))
        stack.enter_context(target.open("wb")).writelines(line for line, _ in groupby(merged))


def _split_by_graph(master: Path, folder: Path) -> list[tuple[GraphName, Path]]:
    """Put the lines of each graph into a file of its own, in their order."""
    waiting: defaultdict[GraphName, list[bytes]] = defaultdict(list)
    held = 0
    files: dict[GraphName, Path] = {}
    with master.open("rb") as lines:
        for line, quad in zip(lines, _read_file(master), strict=True):
            waiting[quad.graph_name].append(line)
            held += len(line)
            if held > _BUFFER:
                _append(waiting, files, folder)
                held = 0
    _append(waiting, files, folder)
    return sorted(files.items(), key=lambda item: str(item[0]))


def _append(waiting: defaultdict[GraphName, list[bytes]], files: dict[GraphName, Path], folder: Path) -> None:
    for name, lines in waiting.items():
        path = files.setdefault(name, folder / f"graph-{len(files):06d}.nq")
        with path.open("ab") as part:
            part.writelines(lines)
    waiting.clear()
