"""What verification reads, one document at a time: the graph of each, and its source.

The master copy is sorted by its bytes, so the lines of one graph stand far apart; they are brought together
by a merge on disk. Memory does not grow with the number of documents, but for their names and paths.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from pathlib import Path
from typing import IO

from pyoxigraph import Quad, RdfFormat, parse

from graph.commit import open_file
from graph.errors import DocumentError, StoreError
from graph.master import MASTER
from graph.read import LIMITS, read_input
from graph.readers.inputs import Input
from graph.readers.worker import ReaderProcess
from graph.records import Document, Skipped
from graph.sorted_lines import RUN, sort_lines
from graph.vocabulary import GRAPH

_DOCUMENTS = f"{GRAPH}document/".encode()
_END = b"> .\n"
_BETWEEN = b" "  # comes before all that an IRI may hold
_PIECE = 1 << 20


def stream_documents(out: Path, *, run: int = RUN) -> Iterator[list[Quad]]:
    """Yield the graph of each document in the master copy of a build, in the order of their IRIs.

    Args:
        out: the folder of a build.
        run: bytes of lines that are sorted in memory at a time.

    Raises:
        StoreError: there is no master copy, or a line of it is not as a build writes them.
    """
    try:
        stream = open_file(out, MASTER)
    except OSError as error:
        message = f"no {MASTER} in {out}; make one with: caregraph build DOCUMENTS -o {out}"
        raise StoreError(message) from error
    with stream:
        lines = sort_lines(_put_names_first(stream, out / MASTER), Path(tempfile.gettempdir()), run=run)
        for _, group in groupby(lines, lambda line: line[: line.index(_BETWEEN)]):
            statements = b"".join(line[line.index(_BETWEEN) + 1 :] for line in group)
            try:
                yield list(parse(statements, format=RdfFormat.N_QUADS))
            except SyntaxError as error:
                raise StoreError(f"{out / MASTER}: {error}; build it again with caregraph build") from error


def _put_names_first(stream: IO[bytes], path: Path) -> Iterator[bytes]:
    """Yield the lines of documents' graphs, many at a time, each with the name of its graph before it."""
    while lines := stream.readlines(_PIECE):
        found = []
        for line in lines:
            name = line[line.rfind(b" <") + 2 : -len(_END)]
            if not line.endswith(_END) or b" " in name or line.startswith(b"#"):
                shown = line[:80].decode("utf-8", "replace").strip()
                raise StoreError(f"{path}: {shown!r} is no line of a build; make it again: caregraph build")
            if name.startswith(_DOCUMENTS):
                found.append(name + _BETWEEN + line)
        yield b"".join(found)


class Sources(Mapping[str, Document]):
    """The documents of a build by name, each read when it is asked for and not kept; a context manager.

    Args:
        inputs: the files; what was passed over in listing them is no source.
    """

    def __init__(self, inputs: Iterable[Input | Skipped]) -> None:
        self._inputs = {item.name: item for item in inputs if isinstance(item, Input)}
        self._reader = ReaderProcess(LIMITS)

    def __enter__(self) -> Sources:
        """Return the sources."""
        return self

    def __exit__(self, *_: object) -> None:
        """Stop the process that reads PDF, Word and HTML."""
        self._reader.stop()

    def __getitem__(self, name: str) -> Document:
        """Read a document.

        Raises:
            KeyError: there is none of that name, or it cannot be read.
        """
        try:
            return read_input(self._inputs[name], self._reader)
        except DocumentError as error:
            raise KeyError(name) from error

    def __iter__(self) -> Iterator[str]:
        """Yield the names."""
        return iter(self._inputs)

    def __len__(self) -> int:
        """Return how many files there are."""
        return len(self._inputs)
