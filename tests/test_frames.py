"""Columns of data frames: the type that loses nothing, in pandas and in polars alike."""

from __future__ import annotations

import datetime as dt
import sys
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import QueryError
from graph.frames import Column, find_kind, make_pandas, make_polars
from graph.values import IRI

DAY, MOMENT = dt.date(2006, 10, 1), dt.datetime(2006, 10, 1, 12, 30)
ZONE = dt.datetime(2006, 10, 1, 12, 30, tzinfo=dt.UTC)

KINDS: list[tuple[list[Any], str]] = [
    ([], "text"),
    ([None], "text"),
    (["a", None], "text"),
    ([IRI("urn:x")], "text"),
    ([1, None, 2], "integer"),
    ([2**63 - 1], "integer"),
    ([2**63], "text"),
    ([-(2**63)], "text"),
    ([0.5, None], "number"),
    ([1, 0.5], "number"),
    ([2**53 + 1, 0.5], "text"),
    ([True, None], "boolean"),
    ([True, 1], "text"),
    ([DAY], "date"),
    ([DAY, "2006"], "text"),
    ([DAY, MOMENT], "text"),
    ([MOMENT], "moment"),
    ([MOMENT, ZONE], "text"),
    ([1, "1"], "text"),
]


@pytest.mark.parametrize(("values", "kind"), KINDS)
def test_finds_the_kind_that_holds_all(values: list[Any], kind: str) -> None:
    assert find_kind(values) == kind


DTYPES: list[tuple[Column, str, str]] = [
    (Column("text", ["a", None]), "string", "String"),
    (Column("category", ["a", None], ("b", "a")), "category", "Enum(categories=['b', 'a'])"),
    (Column("category", ["a", None]), "category", "Categorical"),
    (Column("integer", [2**62, None]), "Int64", "Int64"),
    (Column("number", [1, None]), "Float64", "Float64"),
    (Column("boolean", [True, None]), "boolean", "Boolean"),
    (Column("date", [DAY, None]), "datetime64[s]", "Date"),
    (Column("moment", [MOMENT, None]), "datetime64[us]", "Datetime(time_unit='us', time_zone=None)"),
    (Column("moment", [ZONE, None]), "datetime64[us, UTC]", "Datetime(time_unit='us', time_zone='UTC')"),
]


@pytest.mark.parametrize(("column", "in_pandas", "in_polars"), DTYPES)
def test_types_have_room_for_what_is_missing(column: Column, in_pandas: str, in_polars: str) -> None:
    pd, _ = pytest.importorskip("pandas"), pytest.importorskip("polars")
    series = make_pandas({"x": column})["x"]
    assert str(series.dtype) == in_pandas
    assert pd.isna(series[1])
    assert not pd.isna(series[0])
    framed = make_polars({"x": column})["x"]
    assert str(framed.dtype).startswith(in_polars.split("(")[0])
    assert repr(framed.dtype) == in_polars or column.kind == "category"
    assert framed.to_list() == list(column.values)


@pytest.mark.parametrize("column", [column for column, _, _ in DTYPES])
def test_empty_columns_make_frames_too(column: Column) -> None:
    pytest.importorskip("pandas")
    pytest.importorskip("polars")
    empty = {"x": Column(column.kind, [], column.categories)}
    assert make_pandas(empty).shape == (0, 1)
    assert make_polars(empty).shape == (0, 1)
    assert make_pandas({}).shape == make_polars({}).shape == (0, 0)


def test_dates_far_from_ours_are_kept() -> None:
    pytest.importorskip("pandas")
    far = {"x": Column("date", [dt.date(1, 1, 1), dt.date(9999, 12, 31)])}
    assert [str(value.date()) for value in make_pandas(far)["x"]] == ["0001-01-01", "9999-12-31"]


values = st.one_of(
    st.none(),
    st.integers(-(2**70), 2**70),
    st.floats(allow_nan=False),
    st.booleans(),
    st.dates(),
    st.text(st.characters(exclude_categories=["Cs"])),
)


@given(st.lists(values))
def test_polars_gives_back_what_went_in_or_refuses_to_be_typed(column: list[Any]) -> None:
    pytest.importorskip("polars")
    kind = find_kind(column)
    if kind == "text":
        return
    back = make_polars({"x": Column(kind, column)})["x"].to_list()
    assert back == column
    if kind != "number":  # where whole numbers stand beside fractions, they are equal but floating
        assert [type(value) for value in back] == [type(value) for value in column]


def test_iris_are_plain_strings_in_frames() -> None:
    pytest.importorskip("pandas")
    column = {"x": Column("text", [IRI("urn:x")])}
    assert type(make_pandas(column)["x"][0]) is str


@pytest.mark.parametrize(("package", "make"), [("pandas", make_pandas), ("polars", make_polars)])
def test_says_how_to_get_a_package(package: str, make: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(QueryError, match=rf"{package} is not installed; .* 'caregraph\[{package}\]'"):
        make({})
