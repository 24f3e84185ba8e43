"""Choose what of a large graph one page can show: its best connected bodies, with all between them.

SQLite ranks and counts in the search index, so that memory does not grow with the graph.
"""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path

from graph.network import Part

BODIES = 20_000
"""Bodies that a page shows at most; a browser takes seconds to open it."""

STATEMENTS = 50_000
"""Statements that a page shows at most, with their sentences: those of some 4,000 documents."""

_ENDS = "SELECT subject AS body FROM claims UNION ALL SELECT object FROM claims"
_RANK = f"""
CREATE TEMP TABLE ranked (place INTEGER PRIMARY KEY, body INTEGER UNIQUE);
INSERT INTO ranked (body)
  SELECT body FROM ({_ENDS}) GROUP BY body ORDER BY COUNT(*) DESC, body LIMIT {{bodies}};
CREATE TEMP TABLE reached AS SELECT MAX(s.place, o.place) AS place, COUNT(*) AS number
  FROM claims JOIN ranked s ON s.body = subject JOIN ranked o ON o.body = object GROUP BY 1;
"""
_LAST = """
SELECT MAX(place) FROM (SELECT place, SUM(number) OVER (ORDER BY place) AS number FROM reached)
WHERE number <= ?"""
_WITHIN = """
FROM claims JOIN ranked s ON s.body = subject JOIN ranked o ON o.body = object
WHERE MAX(s.place, o.place) <= ?"""


def choose_part(index: Path, *, bodies: int = BODIES, statements: int = STATEMENTS) -> Part | None:
    """Choose the part of a graph that a page shows; None where it shows all.

    Args:
        index: file of the search index.
        bodies: that a page shows at most.
        statements: that it shows at most, each counted with each sentence.
    """
    with contextlib.closing(sqlite3.connect(f"{index.resolve().as_uri()}?mode=ro", uri=True)) as connection:
        said, all_bodies, all_claims, documents = _count(connection)
        if said <= statements and all_bodies <= bodies:
            return None
        connection.executescript(_RANK.format(bodies=bodies))
        last = connection.execute(_LAST, (statements,)).fetchone()[0] or 0
        claims = frozenset(row[0] for row in connection.execute(f"SELECT iri {_WITHIN}", (last,)))
        query = f"SELECT COUNT(DISTINCT document) FROM quotes WHERE id IN (SELECT quote {_WITHIN})"
        shown = connection.execute(query, (last,)).fetchone()[0]
        ends = f"SELECT COUNT(*) FROM (SELECT subject {_WITHIN} UNION SELECT object {_WITHIN})"
        kept = connection.execute(ends, (last, last)).fetchone()[0]
    left_out = {
        "bodies": all_bodies - kept,
        "statements": all_claims - len(claims),
        "documents": documents - shown,
    }
    return Part(claims, left_out)


def _count(connection: sqlite3.Connection) -> tuple[int, int, int, int]:
    """Count claims with each of their sentences, bodies, claims, and documents."""
    queries = (
        "SELECT COUNT(*) FROM claims",
        f"SELECT COUNT(DISTINCT body) FROM ({_ENDS})",
        "SELECT COUNT(DISTINCT iri) FROM claims",
        "SELECT COUNT(*) FROM things WHERE kind = 'document'",
    )
    said, bodies, claims, documents = (connection.execute(query).fetchone()[0] for query in queries)
    return said, bodies, claims, documents
