"""What is to be published: the lines of each named graph of a build, with their number and hash.

The master copy is sorted by its bytes, so the lines of one graph stand in order but far apart. One pass
counts and hashes them; a second one, for the graphs that are to be sent, puts them side by side in a file of
which every graph's place is known by then. Memory does not grow with the number of statements.
"""

from __future__ import annotations

import hashlib
import tempfile
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from weakref import finalize

from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, Store, parse, serialize

from graph.commit import open_file
from graph.count import count_statements
from graph.errors import StoreError
from graph.facts.nodes import COUNTS
from graph.master import MASTER
from graph.room import tell_full
from graph.terms import name_node
from graph.vocabulary import CG, GRAPH
from graph.write import sort_quads

COUNTS_GRAPH = GRAPH + "counts"
"""The named graph that the counts of the local store's default graph are published as."""

PART = 1 << 20
"""Bytes of lines that are worked on at once."""

_GATHERED = 64 << 20
_END = b"> .\n"


@dataclass(frozen=True, slots=True)
class State:
    """What a named graph holds: how many statements, the SHA-256 of its lines, the bytes of these."""

    statements: int
    sha256: str
    size: int


class Lines:
    """The lines of a build, canonical N-Quads: the master copy, then the counts.

    Args:
        out: the folder of a build.
        counts: of its store, as ``write_counts`` gives them.

    Raises:
        StoreError: there is no master copy.
    """

    def __init__(self, out: Path, counts: bytes) -> None:
        self.path = out / MASTER
        self._counts = counts
        try:
            self._file = open_file(out, MASTER)  # the same to the end, though another build may come
        except OSError as error:
            message = f"no {MASTER} in {out}; make one with: caregraph build DOCUMENTS -o {out}"
            raise StoreError(message) from error
        finalize(self, self._file.close)

    def __iter__(self) -> Iterator[tuple[bytes, bytes]]:
        """Yield the name of its graph and the line, line by line.

        Raises:
            StoreError: a line is not as a build writes them, or in no graph of ours.
        """
        self._file.seek(0)
        yield from self._name(self._file)
        yield from self._name(self._counts.splitlines(keepends=True))

    def _name(self, lines: Iterable[bytes]) -> Iterator[tuple[bytes, bytes]]:
        ours = GRAPH.encode()
        for line in lines:
            graph_name = line[line.rfind(b" <") + 2 : -len(_END)]
            if not (line.endswith(_END) and graph_name.startswith(ours)):
                shown = line[:80].decode("utf-8", "replace").strip()
                raise StoreError(
                    f"{self.path}: {shown!r} is no line of a named graph of caregraph; build it again with "
                    "caregraph build"
                )
            yield graph_name, line


def write_counts(store: Store) -> bytes:
    """Write the counts that stand in the default graph of a store as the lines of a graph of their own.

    A store that was written before there were counts is counted now.
    """
    graph_name = NamedNode(COUNTS_GRAPH)
    found = [
        quad
        for name in COUNTS
        for quad in store.quads_for_pattern(None, name_node(CG + name), None, DefaultGraph())
    ]
    counts = found or count_statements(store)
    return sort_quads(Quad(quad.subject, quad.predicate, quad.object, graph_name) for quad in counts)


def measure_graphs(lines: Iterable[tuple[bytes, bytes]]) -> dict[str, State]:
    """Count and hash the lines of each graph.

    Args:
        lines: name of the graph and line, those of a graph in the order of their bytes.

    Returns:
        By the IRI of the graph, in alphabetical order.

    Raises:
        StoreError: the name of a graph is no text.
    """
    hashes: dict[bytes, hashlib._Hash] = defaultdict(hashlib.sha256)
    totals: dict[bytes, list[int]] = defaultdict(lambda: [0, 0])
    for name, line in lines:
        hashes[name].update(line)
        total = totals[name]
        total[0] += 1
        total[1] += len(line)
    try:
        return {
            name.decode(): State(totals[name][0], hashes[name].hexdigest(), totals[name][1])
            for name in sorted(hashes)
        }
    except UnicodeDecodeError as error:
        shown = error.object.decode("utf-8", "replace")
        message = f"{MASTER}: the name of the graph {shown} is not UTF-8; build it again with caregraph build"
        raise StoreError(message) from error


class Sorted:
    """The lines of some graphs, each graph's side by side, in a file that goes when this is closed.

    Args:
        lines: name of the graph and line.
        states: of all graphs.
        wanted: the graphs that are to be read.
        folder: where the file is made, if that is possible; else where such files usually are.

    Raises:
        StoreError: the lines have changed since they were measured.
    """

    def __init__(
        self,
        lines: Iterable[tuple[bytes, bytes]],
        states: Mapping[str, State],
        wanted: Collection[str],
        folder: Path,
    ) -> None:
        self._file = _open_file(folder)
        self._places: dict[str, int] = {}
        end = 0
        for name in wanted:
            self._places[name], end = end, end + states[name].size
        self._states = states
        with tell_full(folder):
            self._sort(lines)

    def _sort(self, lines: Iterable[tuple[bytes, bytes]]) -> None:
        places = {name.encode(): place for name, place in self._places.items()}
        gathered: dict[bytes, list[bytes]] = defaultdict(list)
        size = 0
        for name, line in lines:
            if name in places:
                gathered[name].append(line)
                size += len(line)
                if size > _GATHERED:
                    self._write(gathered, places)
                    size = 0
        self._write(gathered, places)
        self._file.flush()
        for wanted, start in self._places.items():
            if places[wanted.encode()] != start + self._states[wanted].size:
                raise StoreError("the graph changed while it was read; try again when the build has ended")

    def _write(self, gathered: dict[bytes, list[bytes]], places: dict[bytes, int]) -> None:
        for name in sorted(gathered, key=places.__getitem__):
            self._file.seek(places[name])
            places[name] += self._file.write(b"".join(gathered[name]))
        gathered.clear()

    def read_parts(self, name: str, size: int = PART) -> Iterator[bytes]:
        """Yield the statements of a graph as N-Triples, about ``size`` bytes of lines at a time.

        Raises:
            StoreError: a line cannot be read as N-Quads.
        """
        place, end = self._places[name], self._places[name] + self._states[name].size
        while place < end:
            self._file.seek(place)
            lines = self._file.readlines(min(size, end - place))
            while lines and place + sum(map(len, lines)) > end:
                lines.pop()
            part = b"".join(lines)
            place += len(part)
            yield write_triples(part)

    def close(self) -> None:
        """Remove the file."""
        self._file.close()


def write_triples(lines: bytes) -> bytes:
    """Write lines of N-Quads as N-Triples, each read and written anew, so that nothing else gets in.

    Raises:
        StoreError: they cannot be read.
    """
    try:
        triples = (quad.triple for quad in parse(lines, format=RdfFormat.N_QUADS))
        return serialize(triples, format=RdfFormat.N_TRIPLES) or b""
    except SyntaxError as error:
        raise StoreError(f"{MASTER}: {error}; build it again with caregraph build") from error


def _open_file(folder: Path) -> IO[bytes]:
    try:
        return tempfile.TemporaryFile(dir=folder)
    except OSError:  # a folder that we may read but not write
        return tempfile.TemporaryFile()
