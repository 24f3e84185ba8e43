"""Check what a build adds to what its documents state: it is derived again and must come out the same.

That is the ontology and the register, which ship with caregraph, what follows by the rules of the ontology,
and which bodies are probably one. A statement there that no document supports is told.
"""

from __future__ import annotations

import contextlib
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from pathlib import Path

from pyoxigraph import Quad

from graph.assemble_register import assemble_ontology, assemble_register
from graph.commit import open_file
from graph.consequences import Consequences
from graph.ledger_file import connect_ledger
from graph.master import MASTER
from graph.recluster import Clustering
from graph.register import ship_register
from graph.sorted_lines import compare_lines, sort_lines
from graph.verify import Problem
from graph.vocabulary import GRAPH
from graph.write import sort_quads

_DOCUMENTS = f"<{GRAPH}document/".encode()
_END = b" .\n"
_PIECE = 1 << 20
_SHOWN = 200
_MOST = 100  # lines that are told one by one


class Derived:
    """What documents let follow, gathered while their graphs pass; see ``watch_derived``."""

    def __init__(self, connection: sqlite3.Connection, folder: Path) -> None:
        self._folder = folder
        self._counts = Consequences(connection, anew=True)
        self._clustering = Clustering(connection, anew=True)
        base = [*assemble_ontology(), *assemble_register(ship_register())]
        self._counts.count_source(base, 1)
        self._base = sort_quads(base)

    def watch(self, graphs: Iterable[list[Quad]]) -> Iterator[list[Quad]]:
        """Pass the graphs of documents on, and note what they let follow."""
        for quads in graphs:
            self._counts.count_source(quads, 1)
            self._clustering.count_source(quads, 1)
            yield quads

    def compare(self, out: Path) -> Iterator[Problem]:
        """Yield what the master copy of a build states beside its documents, and should not, or the reverse.

        Args:
            out: the folder of the build; all its documents have been watched.
        """
        expected = chain([self._base], self._counts.list_lines(), self._clustering.list_lines())
        there = sort_lines(_list_others(out), self._folder)
        differing = compare_lines(there, sort_lines(expected, self._folder))
        for line, stated in islice(differing, _MOST):
            said = "nothing that the documents say supports" if stated else "it follows, but is not there"
            yield _describe(line, said)
        if further := sum(1 for _ in differing):
            yield Problem(MASTER, str(out / MASTER), f"{further} further lines of what follows are wrong")


@contextlib.contextmanager
def watch_derived() -> Iterator[Derived]:
    """Give what derives again; its tables are in a temporary folder."""
    with (
        tempfile.TemporaryDirectory(prefix="caregraph-") as folder,
        contextlib.closing(connect_ledger(Path(folder) / "derived.sqlite")) as connection,
    ):
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("BEGIN")
        yield Derived(connection, Path(folder))
        connection.rollback()


def _list_others(out: Path) -> Iterator[bytes]:
    """Yield the lines that are not of the graph of a document, many at a time."""
    with open_file(out, MASTER) as stream:
        while lines := stream.readlines(_PIECE):
            yield b"".join(line for line in lines if not _is_of_document(line))


def _is_of_document(line: bytes) -> bool:
    return line.endswith(_END) and line.rpartition(b" <")[2].startswith(_DOCUMENTS[1:])


def _describe(line: bytes, said: str) -> Problem:
    shown = line.decode("utf-8", "replace").removesuffix(_END.decode())
    subject, _, rest = shown.partition(" ")
    statement, _, home = rest.rpartition(" <")
    statement = statement if len(statement) <= _SHOWN else statement[: _SHOWN - 1] + "…"
    return Problem(home.rstrip(">").removeprefix(GRAPH), subject.strip("<>"), f"{said}: {statement}")
