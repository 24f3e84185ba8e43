"""What a query gives back: rows as objects, a boolean, or triples."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any
from typing import Literal as OneOf

from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Triple,
    parse,
    parse_query_results,
)

from graph.errors import QueryError
from graph.terms import XSD

if TYPE_CHECKING:
    import pandas as pd

Term = NamedNode | BlankNode | Literal | Triple
Value = str | int | float | bool | dt.date | None
Kind = OneOf["solutions", "boolean", "triples"]

TRIPLE_COLUMNS = ("subject", "predicate", "object")


class IRI(str):
    """An IRI as a string, so that it can be told from a literal with ``isinstance``."""

    __slots__ = ()


def convert_term(term: Term | None) -> Value:
    """Convert an RDF term to a Python value; what has no Python type of its own becomes a string.

    >>> convert_term(Literal(3)), convert_term(NamedNode("urn:x")), convert_term(None)
    (3, 'urn:x', None)
    """
    if not isinstance(term, Literal):
        return None if term is None else IRI(term.value) if isinstance(term, NamedNode) else str(term)
    try:
        return _convert_literal(term.datatype.value, term.value)
    except ValueError:  # "many"^^xsd:integer is legal RDF
        return term.value


def _convert_literal(datatype: str, text: str) -> Value:
    match datatype.removeprefix(XSD):
        case "integer" | "int" | "long" | "nonNegativeInteger" | "positiveInteger":
            return int(text)
        case "decimal" | "double" | "float":
            return float(text)
        case "boolean":
            return text in ("true", "1")
        case "date":
            return dt.date.fromisoformat(text)
        case "dateTime":
            return dt.datetime.fromisoformat(text)
        case _:
            return text


@dataclass(frozen=True, slots=True)
class Row:
    """One row: values by column, as ``row.body``, ``row["body"]`` or ``row[0]``; None where unbound.

    Attributes:
        columns: names of the columns.
        terms: the RDF terms that the values are converted from.
    """

    columns: tuple[str, ...]
    terms: tuple[Term | None, ...]

    def __getitem__(self, key: int | str) -> Value:
        """Return the value of a column by number from 0, or by name."""
        return convert_term(self.terms[self.columns.index(key) if isinstance(key, str) else key])

    def __getattr__(self, name: str) -> Value:
        """Return the value of a column by name."""
        if name not in self.columns:
            raise AttributeError(f"no column {name!r}; the columns are {', '.join(self.columns)}")
        return self[name]

    def __iter__(self) -> Iterator[Value]:
        """Yield the values in the order of the columns."""
        return map(convert_term, self.terms)

    def __len__(self) -> int:
        """Return the number of columns."""
        return len(self.columns)

    def asdict(self) -> dict[str, Value]:
        """Return the values by column name."""
        return dict(zip(self.columns, self, strict=True))


@dataclass(frozen=True)
class Answer:
    """The answer to a query: iterate over its rows; its truth is that of ASK, or whether it has rows.

    Attributes:
        kind: ``solutions`` (SELECT), ``boolean`` (ASK) or ``triples`` (CONSTRUCT, DESCRIBE).
        payload: SPARQL 1.1 Query Results JSON, or sorted N-Triples for triples: bytes, so that an answer
            can come from another process as it is.
    """

    kind: Kind
    payload: bytes

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """Names of the columns, in the order of the query; none for ASK."""
        if self.kind == "triples":
            return TRIPLE_COLUMNS
        results = self.parse_results()
        return () if isinstance(results, QueryBoolean) else tuple(v.value for v in results.variables)

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """The rows, in the order of the query; triples are rows of three columns."""
        if self.kind == "triples":
            return tuple(Row(self.columns, (t.subject, t.predicate, t.object)) for t in self.triples)
        results = self.parse_results()
        if isinstance(results, QueryBoolean):
            return ()
        return tuple(Row(self.columns, tuple(solution)) for solution in results)

    @cached_property
    def triples(self) -> tuple[Triple, ...]:
        """The triples, sorted; none for SELECT and ASK."""
        if self.kind != "triples":
            return ()
        return tuple(quad.triple for quad in parse(self.payload, format=RdfFormat.N_TRIPLES))

    @cached_property
    def boolean(self) -> bool | None:
        """The answer to ASK; None for other queries."""
        return bool(self.parse_results()) if self.kind == "boolean" else None

    def parse_results(self) -> QuerySolutions | QueryBoolean:
        """Give the engine's own view of the results of SELECT or ASK, once through."""
        return parse_query_results(self.payload, format=QueryResultsFormat.JSON)

    def __iter__(self) -> Iterator[Row]:
        """Yield the rows."""
        return iter(self.rows)

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.rows)

    def __bool__(self) -> bool:
        """Return the answer to ASK, or whether there are rows."""
        return bool(self.rows) if self.boolean is None else self.boolean

    def to_pandas(self) -> pd.DataFrame:
        """Give the rows as a pandas frame, a column for each column.

        Raises:
            QueryError: pandas is not installed.
        """
        try:
            import pandas as pd
        except ImportError as error:
            raise QueryError(
                "pandas is not installed; install it with: pip install caregraph[pandas]"
            ) from error
        values: list[list[Any]] = [list(row) for row in self.rows]
        return pd.DataFrame(values, columns=list(self.columns))
