"""The master copy of a build, ``graph.nq``: what is passed on, checked and exported, read as it stands."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from pyoxigraph import Quad, RdfFormat, parse

from graph.errors import StoreError
from graph.vocabulary import GRAPH

MASTER = "graph.nq"
_PIECE = 1 << 20
_GRAPH = f" <{GRAPH}".encode()


def read_master(out: Path) -> list[Quad]:
    """Read the master copy of a build, whole; see ``stream_master``."""
    return list(stream_master(out))


def stream_master(out: Path) -> Iterator[Quad]:
    """Yield the statements of the master copy of a build, in the order of the file.

    Args:
        out: the folder of a build, or an RDF file.

    Raises:
        StoreError: there is none, or it cannot be read.
    """
    master = out if out.is_file() else out / MASTER
    if not master.is_file():
        raise StoreError(f"no {MASTER} in {out}; make one with: caregraph build DOCUMENTS -o {out}")
    form = find_format(master)
    try:
        yield from parse(path=str(master), format=form)
    except (SyntaxError, OSError) as error:
        raise StoreError(f"{master}: {error}; build it again with caregraph build") from error


def find_format(path: Path) -> RdfFormat:
    """Tell the format of an RDF file by its ending.

    Raises:
        StoreError: it is none that we read.
    """
    form = RdfFormat.from_extension(path.suffix.removeprefix("."))
    if form is None:
        raise StoreError(f"{path}: not an RDF file; give one that ends in .nq, .trig, .ttl or .nt")
    return form


class MergedTriples(io.RawIOBase):
    """The master copy as a stream of N-Triples: what its graphs hold together, without their names.

    The engine reads lines in half the time that it takes to copy statements through Python.

    Args:
        stream: lines as a build writes them, canonical and sorted, so that the same statement in several
            graphs stands in one place.

    Raises:
        ValueError: while it is read, at a line that a build does not write.
    """

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._last = b""
        self._piece = memoryview(b"")

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override] # as io calls it
        """Fill a buffer, and return with how many bytes; 0 at the end."""
        while not self._piece:
            lines = self._stream.readlines(_PIECE)
            if not lines:
                return 0
            self._piece = memoryview(self._merge(lines))
        count = min(len(buffer), len(self._piece))
        buffer[:count] = self._piece[:count]
        self._piece = self._piece[count:]
        return count

    def _merge(self, lines: list[bytes]) -> bytes:
        merged: list[bytes] = []
        for line in lines:
            triple, found, graph_name = line.rpartition(_GRAPH)
            whole = found and graph_name.endswith(b"> .\n") and b" " not in graph_name[:-3]
            if not whole or line.startswith(b"_:") or b" _:" in line:  # a blank node would become two
                raise ValueError("not a line of a master copy")
            if triple != self._last:
                self._last = triple
                merged += (triple, b" .\n")
        return b"".join(merged)
