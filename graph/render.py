"""Write an answer as text: a table for a person, or one of the standard formats for a program."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TypeVar

from pyoxigraph import QueryResultsFormat, RdfFormat, Triple, serialize

from graph.errors import QueryError
from graph.results import Answer, write_cell
from graph.terms import QUERY_PREFIXES
from graph.text_tables import draw_table as draw_table
from graph.text_tables import make_safe as make_safe
from graph.text_tables import shorten_iri as shorten_iri

RESULT_FORMATS = {
    "csv": QueryResultsFormat.CSV,
    "tsv": QueryResultsFormat.TSV,
    "json": QueryResultsFormat.JSON,
    "xml": QueryResultsFormat.XML,
}
"""Formats of SELECT and ASK, beside ``table``: W3C SPARQL 1.1 Query Results."""

TRIPLE_FORMATS = {
    "ttl": RdfFormat.TURTLE,
    "nt": RdfFormat.N_TRIPLES,
    "json": RdfFormat.JSON_LD,
    "xml": RdfFormat.RDF_XML,
}
"""Formats of CONSTRUCT and DESCRIBE, beside ``table``."""

TABLE = "table"
F = TypeVar("F")
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def render_result(answer: Answer, format_name: str = TABLE, *, width: int | None = None) -> str:
    """Write an answer in a format, ending in a line break.

    Args:
        answer: the answer to a query or a question.
        format_name: ``table``, or a key of ``RESULT_FORMATS`` or ``TRIPLE_FORMATS``.
        width: columns of the terminal that a table is folded to; None for lines as long as they get.

    Raises:
        QueryError: the format is unknown or cannot hold this kind of answer.
    """
    if format_name == TABLE:
        return _render_table(answer, width)
    if answer.kind == "triples":
        written = _write_triples(answer.triples, format_name)
    else:
        form = _choose(RESULT_FORMATS, format_name, "SELECT and ASK give rows")
        written = (answer.parse_results().serialize(format=form) or b"").decode()
    if format_name == "xml":  # the standard has no way to write them, and no reader takes them
        written = _NOT_XML.sub("\ufffd", written)
    return written if written.endswith("\n") else written + "\n"


def _choose(formats: Mapping[str, F], name: str, why: str) -> F:
    if name not in formats:
        raise QueryError(f"format {name!r}: {why}, so choose {TABLE}, {', '.join(formats)}")
    return formats[name]


def _write_triples(triples: Sequence[Triple], format_name: str) -> str:
    """Write triples, with the prefixes that they use in alphabetical order (the engine has none)."""
    form = _choose(TRIPLE_FORMATS, format_name, "CONSTRUCT and DESCRIBE give triples")
    if form != RdfFormat.TURTLE:
        return (serialize(triples, format=form) or b"").decode()
    text = "\n".join(map(str, triples))
    used = {prefix: iri for prefix, iri in QUERY_PREFIXES.items() if f"<{iri}" in text}
    lines = (serialize(triples, format=form, prefixes=used) or b"").decode().splitlines(keepends=True)
    head = len(used)
    return "".join(sorted(lines[:head]) + lines[head:])


def _render_table(answer: Answer, width: int | None) -> str:
    if answer.boolean is not None:
        return "yes\n" if answer.boolean else "no\n"
    if not answer.rows:
        return "no rows\n"
    rows = [[write_cell(term) for term in row.terms] for row in answer.rows]
    return draw_table(answer.columns, rows, width=width)
