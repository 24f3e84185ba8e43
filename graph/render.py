"""Write an answer as text: a table for a person, or one of the standard formats for a program."""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import TypeVar

from pyoxigraph import Literal, NamedNode, QueryResultsFormat, RdfFormat, Triple, serialize

from graph.errors import QueryError
from graph.query import QUERY_PREFIXES
from graph.results import Answer, Term

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
_UNLIMITED = 1_000_000  # columns: a table in a file is never folded
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_NARROWEST = 11  # columns of the terminal for each column of a table; the last, a sentence, gets the rest
_SPACING = frozenset("\t\n\v\f\r\x85\u2028\u2029")


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


def make_safe(text: str) -> str:
    r"""Make a text safe to print on one line of a terminal: nothing in it can move, colour or hide.

    Breaks and tabs become spaces; other control, formatting and unassigned characters are written out.

    >>> make_safe("a\nb \x1b[31m \u202e")
    'a b \\x1b[31m \\u202e'
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(map(_write_safe, text))


def shorten_iri(iri: str) -> str:
    """Shorten an IRI by a known prefix, for a reader.

    >>> shorten_iri("https://w3id.org/caregraph/id/organisation/ct-TAL")
    'cgi:organisation/ct-TAL'
    """
    for prefix, namespace in QUERY_PREFIXES.items():
        if iri.startswith(namespace) and iri != namespace:
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri


def _write_safe(character: str) -> str:
    if character in _SPACING:
        return " "
    if unicodedata.category(character) in ("Cc", "Cf", "Cs", "Cn", "Co"):
        return character.encode("unicode_escape", "backslashreplace").decode()
    return character


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
    rows = [[_write_term(term) for term in row.terms] for row in answer.rows]
    return draw_table(answer.columns, rows, width=width)


def _write_term(term: Term | None) -> str:
    if isinstance(term, NamedNode):
        return make_safe(shorten_iri(term.value))
    if isinstance(term, Literal):
        return make_safe(term.value)
    return "" if term is None else make_safe(str(term))


def draw_table(columns: Sequence[str], rows: Sequence[Sequence[str]], *, width: int | None = None) -> str:
    """Draw rows of safe text under the names of their columns.

    Args:
        columns: names of the columns.
        rows: cells by row, each as many as there are columns.
        width: as in ``render_result``.
    """
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, leading=1 if width else 0, show_edge=False)
    room = max(_NARROWEST, width * 3 // 5 // len(columns)) if width else None
    for number, column in enumerate(columns, 1):
        limit = room if number < len(columns) else None
        table.add_column(Text(make_safe(column)), overflow="fold", max_width=limit)
    for row in rows:
        table.add_row(*map(Text, row))
    console = Console(
        file=io.StringIO(), width=width or _UNLIMITED, color_system=None, legacy_windows=False, emoji=False
    )
    with console.capture() as captured:
        console.print(table, crop=False)
    return "".join(line.rstrip() + "\n" for line in captured.get().splitlines())
