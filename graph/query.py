"""Ask a store in SPARQL: one way in for every query, screened, with the prefixes known."""

from __future__ import annotations

import re

from pyoxigraph import (
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Store,
    serialize,
)

from graph.errors import QueryError
from graph.results import Answer
from graph.screen import screen_query
from graph.terms import QUERY_PREFIXES as QUERY_PREFIXES

_PLACE = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
_SHOWN = 24  # characters of the query shown before the place where it went wrong
_EXAMPLE = "SELECT ?claim WHERE { ?claim a cg:Claim } LIMIT 5"


def run_query(store: Store, text: str) -> Answer:
    """Answer a SPARQL query: SELECT, ASK, CONSTRUCT or DESCRIBE.

    The default graph holds each statement of the named graphs once, unless the query says FROM.

    Args:
        store: an opened graph.
        text: the query; the prefixes of ``QUERY_PREFIXES`` need not be declared.

    Raises:
        QueryError: the query is wrong (line and column say where), would change the graph, or would
            call another server.
    """
    screen_query(text)
    try:
        return _collect(store.query(text, prefixes=QUERY_PREFIXES))
    except SyntaxError as error:
        raise QueryError(_explain_syntax(text, str(error))) from error
    except (OSError, RuntimeError, ValueError) as error:
        raise QueryError(f"the query cannot be answered: {error}") from error


def _collect(results: object) -> Answer:
    if isinstance(results, QuerySolutions):
        return Answer("solutions", results.serialize(format=QueryResultsFormat.JSON) or b"")
    if isinstance(results, QueryBoolean):
        return Answer("boolean", results.serialize(format=QueryResultsFormat.JSON) or b"")
    lines = serialize(results, format=RdfFormat.N_TRIPLES) or b""  # type: ignore[arg-type] # triples are left
    return Answer("triples", b"".join(sorted(set(lines.splitlines(keepends=True)))))


def _explain_syntax(text: str, message: str) -> str:
    """Turn the engine's message, which lists every character that it could have read, into a line."""
    match = _PLACE.match(message)
    if match is None:
        return f"query: {message}"
    line, column, rest = int(match[1]), int(match[2]), match[3]
    lines = text.splitlines() or [""]
    before = lines[min(line, len(lines)) - 1][: column - 1]
    where = f"query, line {line}, column {column}"
    if "Prefix not found" in rest:
        known = " ".join(f"{prefix}:" for prefix in sorted(QUERY_PREFIXES))
        return f"{where}: unknown prefix; declare it with PREFIX name: <...>, or use one of {known}"
    after = f" after {before[-_SHOWN:].strip()!r}" if before.strip() else ""
    return f"{where}: cannot be read as SPARQL{after}; compare with: {_EXAMPLE}"
