"""Answers as objects: values by name and number, Python types, a pandas frame."""

from __future__ import annotations

import datetime as dt
import pickle
import sys

import pytest
from pyoxigraph import Store

from graph.errors import QueryError
from graph.query import run_query
from graph.results import IRI, Answer

VALUES = [
    ("<urn:x>", IRI("urn:x")),
    ("'Kent'", "Kent"),
    ("'Caint'@ga", "Caint"),
    ("3", 3),
    ("0.25", 0.25),
    ("1e3", 1000.0),
    ("true", True),
    ("'2007-04-01'^^xsd:date", dt.date(2007, 4, 1)),
    ("'2007-04-01T10:00:00'^^xsd:dateTime", dt.datetime(2007, 4, 1, 10)),
    ("'2007-04'^^xsd:gYearMonth", "2007-04"),
    ("'many'^^xsd:integer", "many"),
    ("UNDEF", None),
]


def select(*cells: str) -> Answer:
    columns = " ".join(f"?c{number}" for number in range(len(cells)))
    return run_query(Store(), f"SELECT {columns} {{ VALUES ({columns}) {{ ({' '.join(cells)}) }} }}")


@pytest.mark.parametrize(("written", "value"), VALUES)
def test_terms_become_python_values(written: str, value: object) -> None:
    (row,) = select(written)
    assert row[0] == value
    assert type(row[0]) is type(value)


def test_rows_by_name_and_number() -> None:
    (row,) = select("1", "'two'")
    assert (row.c0, row["c1"], row[1], len(row)) == (1, "two", "two", 2)
    assert row.asdict() == {"c0": 1, "c1": "two"}
    with pytest.raises(AttributeError, match="the columns are c0, c1"):
        _ = row.body


def test_answers_travel_between_processes() -> None:
    answer = select("1", "<urn:x>")
    assert pickle.loads(pickle.dumps(answer)).rows == answer.rows


def test_pandas_frame() -> None:
    pytest.importorskip("pandas")
    frame = select("1", "'two'").to_pandas()
    assert frame.to_dict("records") == [{"c0": 1, "c1": "two"}]
    empty = run_query(Store(), "SELECT ?a ?b { ?a ?p ?b }").to_pandas()
    assert list(empty.columns) == ["a", "b"]


def test_says_how_to_get_pandas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(QueryError, match="pip install"):
        select("1").to_pandas()
