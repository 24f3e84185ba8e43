"""Data frames of pandas and polars from columns of Python values, each with the type that loses nothing.

A column of one type gets that type, with room for what is missing; whole numbers beside fractions become
numbers where every one stays exact. A column of several types, or of numbers that fit no machine type,
becomes text, as the graph writes it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from typing import Literal as OneOf

from graph.errors import QueryError

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl

Kind = OneOf["text", "category", "integer", "number", "boolean", "date", "moment"]

_KINDS: dict[type, Kind] = {
    bool: "boolean",
    int: "integer",
    float: "number",
    dt.date: "date",
    dt.datetime: "moment",
}
_LARGEST = 2**63 - 1
_EXACT = 2**53  # whole numbers up to here are exact as floating point


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a frame.

    Attributes:
        kind: the type of its values.
        values: as Python has them; None where there is none.
        categories: of a category, all that there may be, in their order; empty for those that there are.
    """

    kind: Kind
    values: Sequence[Any]
    categories: tuple[str, ...] = ()


def find_kind(values: Sequence[object]) -> Kind:
    """Find the type that holds all values as they are; ``text`` where only text does.

    >>> find_kind([1, None, 2.5]), find_kind([1, "two"]), find_kind([2**70])
    ('number', 'text', 'text')
    """
    kinds = {_KINDS.get(type(value), "text") for value in values if value is not None}
    whole = [value for value in values if isinstance(value, int)]
    if kinds == {"integer", "number"} and all(abs(value) <= _EXACT for value in whole):
        return "number"
    if len(kinds) != 1 or any(abs(value) > _LARGEST for value in whole):
        return "text"
    (kind,) = kinds
    zones = {value.tzinfo is None for value in values if isinstance(value, dt.datetime)}
    return kind if len(zones) < 2 else "text"


def make_pandas(columns: Mapping[str, Column]) -> pd.DataFrame:
    """Make a pandas frame, with pandas' own nullable types.

    Raises:
        QueryError: pandas is not installed.
    """
    try:
        import pandas as pd
    except ImportError as error:
        raise _say_missing("pandas") from error
    return pd.DataFrame({name: _make_series(pd, column) for name, column in columns.items()})


def make_polars(columns: Mapping[str, Column]) -> pl.DataFrame:
    """Make a polars frame.

    Raises:
        QueryError: polars is not installed.
    """
    try:
        import polars as pl
    except ImportError as error:
        raise _say_missing("polars") from error
    return pl.DataFrame([_make_polars_series(pl, name, column) for name, column in columns.items()])


def _say_missing(package: str) -> QueryError:
    return QueryError(f"{package} is not installed; install it with: pip install 'caregraph[{package}]'")


def _make_series(pd: Any, column: Column) -> Any:
    values = _list_values(column)
    match column.kind:
        case "category":
            known = column.categories or sorted({value for value in values if value is not None})
            return pd.Series(pd.Categorical(values, categories=known))
        case "date":
            return pd.Series(values, dtype="datetime64[s]")
        case "moment":
            return pd.to_datetime(pd.Series(values, dtype="object"), utc=_has_zone(values))
    dtypes = {"text": "string", "integer": "Int64", "number": "Float64", "boolean": "boolean"}
    return pd.Series(values, dtype=dtypes[column.kind])


def _make_polars_series(pl: Any, name: str, column: Column) -> Any:
    dtypes = {
        "text": pl.String,
        "category": pl.Enum(column.categories) if column.categories else pl.Categorical,
        "integer": pl.Int64,
        "number": pl.Float64,
        "boolean": pl.Boolean,
        "date": pl.Date,
        "moment": pl.Datetime("us", "UTC" if _has_zone(column.values) else None),
    }
    return pl.Series(name, _list_values(column), dtype=dtypes[column.kind])


def _list_values(column: Column) -> list[Any]:
    """List the values; strings are plain ones, for those who look at their type."""
    if column.kind in ("text", "category"):
        return [None if value is None else str(value) for value in column.values]
    return list(column.values)


def _has_zone(values: Sequence[object]) -> bool:
    return any(isinstance(value, dt.datetime) and value.tzinfo is not None for value in values)
