"""What a query gives back: rows as objects, a boolean, or triples."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING
from typing import Literal as OneOf

from markupsafe import Markup
from pyoxigraph import (
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Triple,
    parse,
    parse_query_results,
)

from graph.frames import Column, make_pandas, make_polars
from graph.html_tables import ROWS, count_things, draw_html_table, mark_status, wrap
from graph.text_tables import WIDTH, draw_table
from graph.values import IRI as IRI
from graph.values import Term as Term
from graph.values import Value as Value
from graph.values import convert_term as convert_term
from graph.values import make_column, mark_cell
from graph.values import write_cell as write_cell
from graph.vocabulary import STATUSES

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl

Kind = OneOf["solutions", "boolean", "triples"]

LINES = 10
"""Rows of an answer that a prompt shows."""

CUT = "there are more rows, which the limit of the question left out"
"""What is said of an answer that has not all rows."""

TRIPLE_COLUMNS = ("subject", "predicate", "object")


@dataclass(frozen=True, slots=True, repr=False)
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

    def __repr__(self) -> str:
        """Write the values with the names of their columns."""
        return f"Row({', '.join(f'{name}={value!r}' for name, value in self.asdict().items())})"

    def asdict(self) -> dict[str, Value]:
        """Return the values by column name."""
        return dict(zip(self.columns, self, strict=True))


@dataclass(frozen=True, repr=False)
class Answer:
    """The answer to a query: iterate over its rows; its truth is that of ASK, or whether it has rows.

    Attributes:
        kind: ``solutions`` (SELECT), ``boolean`` (ASK) or ``triples`` (CONSTRUCT, DESCRIBE).
        payload: SPARQL 1.1 Query Results JSON, or sorted N-Triples for triples: bytes, so that an answer
            can come from another process as it is.
        more: whether there are more rows, which a limit of the question left out.
    """

    kind: Kind
    payload: bytes
    more: bool = False

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

    def __getitem__(self, number: int) -> Row:
        """Return a row by number from 0."""
        return self.rows[number]

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
        return make_pandas(self.list_columns())

    def to_polars(self) -> pl.DataFrame:
        """Give the rows as a polars frame, a column for each column.

        Raises:
            QueryError: polars is not installed.
        """
        return make_polars(self.list_columns())

    def list_columns(self) -> dict[str, Column]:
        """Give the values by column, with the type that holds them all."""
        return {name: make_column([row.terms[i] for row in self.rows]) for i, name in enumerate(self.columns)}

    def __repr__(self) -> str:
        """Write the first rows as a table."""
        if self.boolean is not None:
            return f"<Answer: {'yes' if self.boolean else 'no'}>"
        head = f"<Answer: {count_things(len(self), self._noun)}>"
        if not self.rows:
            return head
        rows = [[write_cell(term) for term in row.terms] for row in self.rows[:LINES]]
        table = draw_table(self.columns, rows, width=WIDTH).rstrip("\n")
        rest = len(self) - LINES
        last = [f"… {rest:,} more"] if rest > 0 else []
        return "\n".join([head, table, *last, *([CUT] if self.more else [])])

    def _repr_html_(self) -> str:
        """Return the first rows as a table; a notebook asks for this."""
        if self.boolean is not None:
            return wrap(Markup("<p><strong>{}</strong></p>").format("yes" if self.boolean else "no"))
        head = Markup("<p><strong>{}</strong></p>").format(count_things(len(self), self._noun))
        if not self.rows:
            return wrap(head)
        columns = self.list_columns()
        numbers = frozenset(name for name in columns if columns[name].kind in ("integer", "number"))
        stated = frozenset(name for name in columns if columns[name].categories == STATUSES)
        rows = (
            [self._mark(name in stated, term) for name, term in zip(self.columns, row.terms, strict=True)]
            for row in self.rows[:ROWS]
        )
        rest = len(self) - ROWS
        words = [f"{rest:,} more; to_pandas() has them all"] if rest > 0 else []
        more = "; ".join([*words, *([CUT] if self.more else [])])
        return wrap(head, draw_html_table(self.columns, rows, more=more, numbers=numbers))

    @staticmethod
    def _mark(is_status: bool, term: Term | None) -> Markup:
        return mark_status(str(convert_term(term))) if is_status and term is not None else mark_cell(term)

    @property
    def _noun(self) -> str:
        return "triple" if self.kind == "triples" else "row"
