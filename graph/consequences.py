"""The graph ``inferred`` of a build, kept up to date by counting: what a document lets follow goes with it.

A rule of ``graph.infer`` has one premise. So it is enough to know of a statement how many sources let it
follow, and how many state it: it is inferred where the first is above 0 and the second is 0. A source is a
document, or register and ontology together. Equal to ``graph.infer.infer_statements`` over all sources.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator

from pyoxigraph import NamedNode, Quad, Triple

from graph.infer import derive_statements
from graph.vocabulary import INFERRED_GRAPH
from graph.write import sort_quads

_AT_ONCE = 200_000  # counts that are held before they are written
_INFERRED = NamedNode(INFERRED_GRAPH)
_ADD = """
INSERT INTO follows VALUES (?, ?, ?)
ON CONFLICT (line) DO UPDATE SET derived = derived + excluded.derived, stated = stated + excluded.stated
"""
_HOLDS = "derived > 0 AND stated = 0"


class Consequences:
    """The counts of one build, in the table ``follows`` of its ledger.

    Args:
        connection: to the ledger.
        anew: whether to begin with no source at all.
    """

    def __init__(self, connection: sqlite3.Connection, *, anew: bool) -> None:
        self._connection = connection
        self._anew = anew
        self._counts: dict[bytes, list[int]] = defaultdict(lambda: [0, 0])
        self._before: dict[bytes, bool] = {}
        if anew:
            connection.execute("DELETE FROM follows")

    def count_source(self, quads: Iterable[Quad], number: int) -> None:
        """Count a source in (1) or out (-1).

        Args:
            quads: all that it states.
            number: 1 or -1.
        """
        for place, triples in enumerate(derive_statements(quads)):
            for line in _write_lines(triples):
                self._counts[line][place] += number
        if len(self._counts) > _AT_ONCE:
            self._write()

    def list_lines(self) -> Iterator[bytes]:
        """Yield the lines of the graph ``inferred``, in the order of their bytes."""
        self._write()
        rows = self._connection.execute(f"SELECT line FROM follows WHERE {_HOLDS} ORDER BY line")
        return (row[0] for row in rows)

    def list_changes(self) -> tuple[list[bytes], list[bytes]]:
        """Return the lines that have gone from the graph ``inferred``, and those that have come."""
        self._write()
        after = {line: self._holds(line) for line in self._before}
        gone = [line for line, held in self._before.items() if held and not after[line]]
        return gone, [line for line, held in self._before.items() if after[line] and not held]

    def _write(self) -> None:
        changed = {line: counts for line, counts in self._counts.items() if counts != [0, 0]}
        if not self._anew:
            for line in changed.keys() - self._before.keys():
                self._before[line] = self._holds(line)
        rows = ((line, *changed[line]) for line in sorted(changed))
        self._connection.executemany(_ADD, rows)
        if not self._anew:
            gone = "DELETE FROM follows WHERE line = ? AND derived = 0 AND stated = 0"
            self._connection.executemany(gone, ((line,) for line in changed))
        self._counts.clear()

    def _holds(self, line: bytes) -> bool:
        found = self._connection.execute(f"SELECT {_HOLDS} FROM follows WHERE line = ?", (line,)).fetchone()
        return found is not None and bool(found[0])


def _write_lines(triples: Iterable[Triple]) -> list[bytes]:
    quads = (Quad(t.subject, t.predicate, t.object, _INFERRED) for t in triples)
    return sort_quads(quads).splitlines(keepends=True)
