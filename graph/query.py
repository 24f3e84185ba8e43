"""Ask a store in SPARQL: one way in for every query, screened, with the prefixes known."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from pyoxigraph import (
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
    serialize,
)

from graph.errors import QueryError
from graph.results import Answer
from graph.screen import find_offset, locate, screen_query
from graph.search.index import SearchIndex, make_index
from graph.terms import QUERY_PREFIXES as QUERY_PREFIXES

if TYPE_CHECKING:
    from graph.matches import Rewritten

Results = QuerySolutions | QueryBoolean | QueryTriples
ENGINE_ERRORS = (SyntaxError, OSError, RuntimeError, ValueError)
"""What the engine raises, at once or while its results are read."""

_PLACE = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
_SHOWN = 24  # characters of the query shown before the place where it went wrong
_EXAMPLE = "SELECT ?claim WHERE { ?claim a cg:Claim } LIMIT 5"


def run_query(store: Store, text: str, *, index: SearchIndex | None = None) -> Answer:
    """Answer a SPARQL query: SELECT, ASK, CONSTRUCT or DESCRIBE.

    The default graph holds each statement of the named graphs once, unless the query says FROM.

    Args:
        store: an opened graph.
        text: the query; the prefixes of ``QUERY_PREFIXES`` need not be declared.
        index: where ``cg:sentenceMatches`` and ``cg:nameMatches`` look; made for this query if not given.

    Raises:
        QueryError: the query is wrong (line and column say where), would change the graph, or would
            call another server.
    """
    results = evaluate_query(store, text, index=index)
    try:
        return _collect(results)
    except ENGINE_ERRORS as error:
        raise explain_failure(text, error) from error


def evaluate_query(
    store: Store,
    text: str,
    *,
    services: Collection[str] = (),
    dataset: tuple[Sequence[str], Sequence[str]] | None = None,
    base: str | None = None,
    index: SearchIndex | None = None,
) -> Results:
    """Start to answer a query; what is given back is worked out while it is read or serialised.

    Args:
        store: an opened graph.
        text: the query.
        services: hosts that SERVICE may call, as ``screen_query`` takes them.
        dataset: IRIs of the graphs that make up the default graph, and of the named graphs; None for what
            the query or the store says.
        base: the IRI that relative ones are resolved against.
        index: as for ``run_query``.

    Raises:
        QueryError: as for ``run_query``. What goes wrong later, while the results are read, is one of
            ``ENGINE_ERRORS``; ``explain_failure`` puts it into words.
    """
    screen_query(text, services=services)
    asked = _answer_matches(text, index or make_index(store), base)
    graphs: dict[str, list[NamedNode]] = {}
    try:
        if dataset is not None:
            graphs = {
                "default_graph": [NamedNode(iri) for iri in dataset[0]],
                "named_graphs": [NamedNode(iri) for iri in dataset[1]],
            }
        return store.query(asked.text if asked else text, prefixes=QUERY_PREFIXES, base_iri=base, **graphs)  # type: ignore[arg-type] # lists
    except ENGINE_ERRORS as error:
        raise explain_failure(text, error, asked) from error


def _answer_matches(text: str, index: SearchIndex, base: str | None) -> Rewritten | None:
    """Answer what a query asks of the search index; None for the many that ask nothing of it."""
    if "matches" not in text.lower():
        return None
    from graph.matches import rewrite_matches

    return rewrite_matches(text, index, base=base)


def explain_failure(text: str, error: Exception, asked: Rewritten | None = None) -> QueryError:
    """Put what the engine says of a query into a line, with the place where it tells one.

    Args:
        text: the query.
        error: one of ``ENGINE_ERRORS``.
        asked: what the engine was asked, if that was not the text.
    """
    if isinstance(error, SyntaxError):
        return _explain_syntax(text, str(error), asked)
    return QueryError(f"the query cannot be answered: {error}; ask it in another way")


def _collect(results: object) -> Answer:
    if isinstance(results, QuerySolutions):
        return Answer("solutions", results.serialize(format=QueryResultsFormat.JSON) or b"")
    if isinstance(results, QueryBoolean):
        return Answer("boolean", results.serialize(format=QueryResultsFormat.JSON) or b"")
    lines = serialize(results, format=RdfFormat.N_TRIPLES) or b""  # type: ignore[arg-type] # triples are left
    return Answer("triples", b"".join(sorted(set(lines.splitlines(keepends=True)))))


def _explain_syntax(text: str, message: str, asked: Rewritten | None) -> QueryError:
    """Turn the engine's message, which lists every character that it could have read, into a line."""
    match = _PLACE.match(message)
    if match is None:
        return QueryError(f"query: {message}; compare with: {_EXAMPLE}")
    offset = find_offset(asked.text if asked else text, int(match[1]), int(match[2]))
    offset = asked.find_offset(offset) if asked else offset
    line, column = locate(text, offset)
    before = text[:offset].rpartition("\n")[2]
    where = f"query, line {line}, column {column}"
    if "Prefix not found" in match[3]:
        known = " ".join(f"{prefix}:" for prefix in sorted(QUERY_PREFIXES))
        what = f"unknown prefix; declare it with PREFIX name: <...>, or use one of {known}"
    else:
        after = f" after {before[-_SHOWN:].strip()!r}" if before.strip() else ""
        what = f"cannot be read as SPARQL{after}; compare with: {_EXAMPLE}"
    return QueryError(f"{where}: {what}", line=line, column=column)
