"""Write what a query gives in the format that was asked for, whole or its first rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Protocol

from pyoxigraph import (
    QueryBoolean,
    QueryResultsFormat,
    QueryTriples,
    RdfFormat,
    Triple,
    parse,
    parse_query_results,
    serialize,
)

from graph.endpoint.spool import EnoughRows, RowCounter
from graph.errors import QueryError
from graph.query import QUERY_PREFIXES, Results

MORE = "https://w3id.org/caregraph/more-rows"
"""What a cut answer links to in its head, where the format has such links."""

_WITH_PREFIXES = (RdfFormat.TURTLE, RdfFormat.TRIG, RdfFormat.N3)
_WITH_COMMENTS = (*_WITH_PREFIXES, RdfFormat.N_TRIPLES, RdfFormat.N_QUADS)
_MORE_COMMENT = f"# There are more: this answer was cut. <{MORE}>\n".encode()
_MORE_IN_HEAD: dict[QueryResultsFormat, Callable[[bytes], bytes]] = {
    QueryResultsFormat.JSON: lambda text: text.replace(b"]}", b'],"link":["' + MORE.encode() + b'"]}', 1),
    QueryResultsFormat.XML: lambda text: text.replace(
        b"</head>", b'<link href="' + MORE.encode() + b'"/></head>', 1
    ),
}


class Output(Protocol):
    """What the engine writes to."""

    def write(self, data: bytes, /) -> int:
        """Take in bytes."""

    def flush(self) -> None:
        """Pass them on."""


def write_results(
    results: Results, media_type: str, output: Output, *, rows: int | None = None
) -> tuple[int | None, bool]:
    """Write results in a format.

    Args:
        results: what ``evaluate_query`` gave.
        media_type: of the format.
        output: what to write to.
        rows: after which to stop; None for all.

    Returns:
        How many rows were written (None where nobody counted), and whether there are more.

    Raises:
        QueryError: the format does not go with the kind of query.
    """
    if isinstance(results, QueryTriples):
        form = RdfFormat.from_media_type(media_type)
        if form is None:
            raise QueryError(
                f"CONSTRUCT and DESCRIBE give triples, which {media_type} cannot hold; choose a format of RDF"
            )
        if rows is not None:
            return _write_first_triples(results, form, output, rows)
        _write_triples(results, form, output)
        return None, False
    answer_form = QueryResultsFormat.from_media_type(media_type)
    if answer_form is None:
        raise QueryError(
            f"SELECT and ASK give rows, which {media_type} cannot hold; choose a format of tables"
        )
    if rows is not None and not isinstance(results, QueryBoolean):
        return _write_first_rows(results, answer_form, output, rows)
    results.serialize(output, format=answer_form)  # type: ignore[arg-type] # it needs no more of a file
    return None, False


def _write_triples(triples: Iterable[Triple], form: RdfFormat, output: Output) -> None:
    if form in _WITH_PREFIXES:
        head = _SortedHead(output, len(QUERY_PREFIXES))
        serialize(triples, head, form, prefixes=QUERY_PREFIXES)  # type: ignore[arg-type] # likewise
        head.end()
    elif isinstance(triples, QueryTriples):
        triples.serialize(output, format=form)  # type: ignore[arg-type] # likewise
    else:
        serialize(triples, output, form)  # type: ignore[arg-type] # likewise


def _write_first_rows(
    results: Results, form: QueryResultsFormat, output: Output, rows: int
) -> tuple[int, bool]:
    """Write so many rows: the engine writes a row a line, is stopped, and reads the lines again."""
    counter = RowCounter(rows, header=True)
    more = _write_until(lambda: results.serialize(counter, format=QueryResultsFormat.TSV))  # type: ignore[arg-type]
    lines = counter.cut()
    if form != QueryResultsFormat.TSV:
        parsed = parse_query_results(lines, format=QueryResultsFormat.TSV)
        lines = parsed.serialize(format=form) or b""
    mark = _MORE_IN_HEAD.get(form)
    output.write(mark(lines) if more and mark else lines)
    return counter.rows, more


def _write_first_triples(
    results: QueryTriples, form: RdfFormat, output: Output, rows: int
) -> tuple[int, bool]:
    counter = RowCounter(rows, header=False)
    more = _write_until(lambda: results.serialize(counter, format=RdfFormat.N_TRIPLES))  # type: ignore[arg-type]
    lines = counter.cut()
    if form == RdfFormat.N_TRIPLES:
        output.write(lines)
    else:
        quads = parse(lines, format=RdfFormat.N_TRIPLES)
        _write_triples((quad.triple for quad in quads), form, output)
    if more and form in _WITH_COMMENTS:
        output.write(_MORE_COMMENT)
    return counter.rows, more


def _write_until(write: Callable[[], object]) -> bool:
    """Return whether there were more rows than were asked for."""
    try:
        write()
    except EnoughRows:
        return True
    return False


class _SortedHead:
    """Passes on what is written, with the prefixes in order: the engine has none, and so no two alike."""

    def __init__(self, output: Output, prefixes: int) -> None:
        self._output = output
        self._missing = prefixes
        self._head = b""

    def write(self, data: bytes) -> int:
        if not self._missing:
            return self._output.write(data)
        self._head += data
        if self._head.count(b"\n") >= self._missing:
            self.end()
        return len(data)

    def flush(self) -> None:
        pass

    def end(self) -> None:
        if self._missing:
            lines = self._head.splitlines(keepends=True)
            self._output.write(b"".join(sorted(lines[: self._missing]) + lines[self._missing :]))
            self._missing = 0
