"""Answers as objects: values by name and number, Python types, a pandas frame."""

from __future__ import annotations

import datetime as dt
import pickle
import sys
from dataclasses import replace

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
    answer = select("1", "'two'")
    (row,) = answer
    assert answer[0] == answer[-1] == row
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


FRAMED = [
    (("<urn:x>", "'y'"), "string", "String"),
    (("cg:Asserted", "cg:Proposed"), "category", "Categorical"),
    (("'asserted'", "'negated'"), "category", "Enum"),
    (("3", "4"), "Int64", "Int64"),
    (("3", "0.5"), "Float64", "Float64"),
    (("true", "false"), "boolean", "Boolean"),
    (("'2007-04-01'^^xsd:date", "'2008-04-01'^^xsd:date"), "datetime64[s]", "Date"),
    (("'2007-04-01'^^xsd:date", "'2008'^^xsd:gYear"), "string", "String"),
    (("3", "'three'"), "string", "String"),
    (("UNDEF", "UNDEF"), "string", "String"),
]


@pytest.mark.parametrize(("cells", "in_pandas", "in_polars"), FRAMED)
def test_frames_have_types_that_hold_all(cells: tuple[str, str], in_pandas: str, in_polars: str) -> None:
    pytest.importorskip("pandas")
    pytest.importorskip("polars")
    rows = " ".join(f"({cell})" for cell in (*cells, "UNDEF"))
    answer = run_query(Store(), f"SELECT ?x {{ VALUES (?x) {{ {rows} }} }}")
    assert str(answer.to_pandas()["x"].dtype) == in_pandas
    assert str(answer.to_polars()["x"].dtype).startswith(in_polars)
    assert answer.to_polars()["x"].null_count() == 1 + 2 * (cells[0] == "UNDEF")


def test_mixed_columns_are_as_the_graph_writes_them() -> None:
    pytest.importorskip("pandas")
    answer = run_query(Store(), "SELECT ?x { VALUES ?x { 0.50 <urn:x> '2007'^^xsd:gYear true 'Kent'@en } }")
    assert list(answer.to_pandas()["x"]) == ["0.5", "urn:x", "2007", "true", "Kent"]


def test_prompt_shows_rows() -> None:
    assert repr(select("1", "<urn:x>")) == "<Answer: 1 row>\nc0   c1\n──────────\n1    urn:x"
    assert repr(select("1").rows[0]) == "Row(c0=1)"
    assert repr(run_query(Store(), "ASK { ?s ?p ?o }")) == "<Answer: no>"
    assert repr(run_query(Store(), "SELECT ?s { ?s ?p ?o }")) == "<Answer: 0 rows>"
    many = run_query(Store(), f"SELECT ?n {{ VALUES ?n {{ {' '.join(map(str, range(13)))} }} }}")
    assert repr(many).endswith("\n9\n… 3 more")
    triples = run_query(Store(), "CONSTRUCT { <urn:x> a cg:Claim } {}")
    assert repr(triples).splitlines()[0] == "<Answer: 1 triple>"
    assert "cg:Claim" in repr(triples)


def test_says_that_a_limit_left_rows_out() -> None:
    whole = select("1")
    cut = replace(whole, more=True)
    for shown in (repr(cut), cut._repr_html_()):
        assert "there are more rows" in shown
    assert "more rows" not in repr(whole) + whole._repr_html_()


def test_notebook_marks_a_status_only_where_a_column_has_nothing_else() -> None:
    for cell in ("'proposed'", "cg:Negated"):
        assert "cg-status" in select(cell)._repr_html_().split("</style>")[1]
    mixed = run_query(Store(), "SELECT ?x { VALUES ?x { 'proposed' 'a proposed plan' } }")
    assert "cg-status" not in mixed._repr_html_().split("</style>")[1]


def test_says_how_to_get_pandas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(QueryError, match="pip install"):
        select("1").to_pandas()
