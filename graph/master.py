"""The master copy of a build, ``graph.nq``: what is passed on, checked and exported, read as it stands."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from pyoxigraph import Quad, RdfFormat, parse

from graph.commit import hold_file
from graph.errors import StoreError
from graph.facts.gather import Facts
from graph.facts.lines import read_pieces

MASTER = "graph.nq"


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
    form = find_format(master)
    with contextlib.nullcontext(out) if out.is_file() else hold_file(out, MASTER) as held:
        if not held.is_file():
            raise StoreError(f"no {MASTER} in {out}; make one with: caregraph build DOCUMENTS -o {out}")
        try:
            yield from parse(path=str(held), format=form)
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


class PieceStream(io.RawIOBase):
    """Pieces of bytes as a file to read, which the engine asks for more when it wants more.

    Args:
        pieces: of any size.
    """

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._piece = memoryview(b"")

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override] # as io calls it
        """Fill a buffer, and return with how many bytes; 0 at the end."""
        while not self._piece:
            piece = next(self._pieces, None)
            if piece is None:
                return 0
            self._piece = memoryview(piece)
        count = min(len(buffer), len(self._piece))
        buffer[:count] = self._piece[:count]
        self._piece = self._piece[count:]
        return count


def merge_master(stream: IO[bytes], facts: Facts) -> Iterator[bytes]:
    """Yield the lines of a master copy, and what they state in the default graph as well, in pieces.

    Args:
        stream: lines as a build writes them, canonical and sorted, so that the same statement in several
            graphs stands in one place.
        facts: are gathered from them on the way.

    Raises:
        ValueError: at a line that a build does not write.
    """
    for lines in read_pieces(stream):
        if any(line.startswith(b"_:") or b" _:" in line for line in lines):  # it would become another node
            raise ValueError("a blank node")
        yield b"".join((*lines, *facts.take_lines(lines)))
    facts.finish()
