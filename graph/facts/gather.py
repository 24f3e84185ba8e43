"""Gather facts from sorted lines: one pass, in which the statements of a node stand together."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from pyoxigraph import Store

from graph.facts.lines import cut_rest, list_store
from graph.facts.nodes import COUNTS, PREDICATES, Statements, find_home, read_node
from graph.facts.tables import Tables
from graph.facts.tally import Tally
from graph.terms import RDF
from graph.vocabulary import CG

_TYPE = f"<{RDF}type>".encode()

_COUNTS = frozenset(f"<{CG}{name}>".encode() for name in COUNTS)


class Facts:
    """What some statements say, in tables of SQLite, and how often each property occurs.

    Args:
        connection: outside a transaction; the tables are a database of their own, ``facts``.
        path: of the file of the tables, to be removed when this is closed; by default the system chooses one.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path | None = None) -> None:
        self.connection = connection
        self._folder = path.parent if path else None
        self._tables = Tables(connection, path)
        self._begin()

    def _begin(self) -> None:
        self.tally = Tally(self._folder)
        self._subject = self._predicate = self._term = self._last = b""
        self._statements: Statements = []

    def take_lines(self, lines: Sequence[bytes]) -> list[bytes]:
        """Take the next lines, and return what they state without the names of graphs, each statement once.

        Args:
            lines: canonical N-Quads, none of them before one that was taken already.

        Raises:
            ValueError: they are not in order, or a line is not canonical.
        """
        merged = []
        for line in lines:
            subject, predicate, rest = line.split(b" ", 2)
            if line < self._last or not predicate.endswith(b">"):
                raise ValueError("not a line in the order of a master copy")
            self._last = line
            term, home = cut_rest(rest)
            if subject != self._subject:
                self._end_node()
                self._subject, self._predicate = subject, b""
            if home:
                self.tally.quads += 1
            if predicate != self._predicate or term != self._term:
                self._count(predicate, term)
                merged.append(b"%b %b %b .\n" % (subject, predicate, term))
            if predicate in PREDICATES:
                statement = (PREDICATES[predicate], term, find_home(home))
                if not self._statements or self._statements[-1] != statement:  # once for all documents
                    self._statements.append(statement)
        return merged

    def finish(self) -> None:
        """End the last node, so that the tables can be asked."""
        self._end_node()
        self._subject = b""
        self._tables.finish()

    def read_store(self, store: Store) -> None:
        """Take all that a store states, in the place of what was taken before."""
        self._tables.begin_again()
        self.tally.close()
        self._begin()
        for lines in list_store(store, self._folder, but=_COUNTS):
            self.take_lines(lines)
        self.finish()

    def close(self) -> None:
        """Let go of the tables and of all files."""
        self.tally.close()
        self._tables.close()

    def ask(self, query: str) -> Iterable[tuple[Any, ...]]:
        """Return the rows of a query."""
        return self.connection.execute(query)

    def _end_node(self) -> None:
        if self._subject:
            self.tally.subjects += 1
        if self._statements:
            for table, row in read_node(self._subject, self._statements):
                self._tables.add(table, row)
            self._statements.clear()

    def _count(self, predicate: bytes, term: bytes) -> None:
        tally = self.tally.properties.get(predicate) or self.tally.add_property(predicate)
        tally.triples += 1
        tally.subjects += predicate != self._predicate
        if term not in tally.seen:
            self.tally.add_object(tally, term)
        if predicate == _TYPE:
            self.tally.classes[term] = self.tally.classes.get(term, 0) + 1
        self._predicate, self._term = predicate, term
