"""Values of parameters: what a person writes becomes a term in its place, and nothing else."""

from __future__ import annotations

import pytest
from pyoxigraph import Literal, NamedNode, Store

from graph.errors import QueryError
from graph.parameters import PARAMETER_TYPES, ROWS, SENTENCES, Filling, Parameter
from graph.query import run_query
from graph.vocabulary import CG, ID
from tests.sample_graph import sample_store


def fill(store: Store, query: str, parameter: Parameter, value: str) -> str:
    filling = Filling(store, query)
    filling.put(parameter, value)
    return filling.write()


@pytest.mark.parametrize(
    ("type_name", "value", "term"),
    [
        ("date", "2006-10", '"2006-10"^^<http://www.w3.org/2001/XMLSchema#gYearMonth>'),
        ("integer", "-3", '"-3"^^<http://www.w3.org/2001/XMLSchema#integer>'),
        ("text", ' say "no" } \\ ', '"say \\"no\\" } \\\\"'),
        ("text", "half \udcff", '"half \ufffd"'),
        ("status", "Negated", str(NamedNode(CG + "Negated"))),
        ("organisation", "TAL", "<https://w3id.org/caregraph/id/organisation/ct-TAL>"),
        ("place", "Lowmoor", "<https://w3id.org/caregraph/id/place/lowmoor>"),
        ("document", "june", "<https://w3id.org/caregraph/id/document/minutes/june.txt>"),
    ],
)
def test_a_value_becomes_a_term(type_name: str, value: str, term: str) -> None:
    parameter = Parameter("x", type_name, "help")
    text = fill(sample_store(), "{ VALUES ?x { UNDEF } VALUES  ?x {UNDEF} ?x ?p ?y }", parameter, value)
    assert text == f"{{ VALUES ?x {{ {term} }} VALUES ?x {{ {term} }} ?x ?p ?y }}"


@pytest.mark.parametrize(("value", "limit"), [("0", ""), ("1", "LIMIT 2"), ("200", "LIMIT 201")])
def test_rows_become_a_limit_of_one_more(value: str, limit: str) -> None:
    parameter = Parameter("limit", ROWS, "help", "20")
    text = fill(sample_store(), "{ LIMIT 20 } LIMIT 2000", parameter, value)
    assert text == f"{{ {limit} }} LIMIT 2000"


def test_a_value_that_is_none_of_its_type_is_told_with_the_parameter() -> None:
    for type_name, value in {"integer": "two", ROWS: "many", "date": "May", "status": "so"}.items():
        with pytest.raises(QueryError, match=r"^x: '\w+' is no "):
            fill(sample_store(), "", Parameter("x", type_name, "help", "1"), value)
    assert len(PARAMETER_TYPES) == 9


@pytest.mark.parametrize(("limit", "found"), [("LIMIT 2", 2), ("LIMIT 201", 4), ("", 4)])
def test_words_become_as_many_sentences_as_there_are_rows_to_be(limit: str, found: int) -> None:
    query = f"{{ VALUES ?x {{ UNDEF }} }} {limit}"
    text = fill(sample_store(), query, Parameter("x", SENTENCES, "help"), "the forum")
    assert text.count(f"<{ID}evidence/") == found


def test_more_sentences_than_fit_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("graph.parameters.MOST_SENTENCES", 3)
    parameter = Parameter("x", SENTENCES, "help")
    with pytest.raises(
        QueryError, match=r"^x: more than 3 sentences have 'the forum'; add a word, or give a limit"
    ):
        fill(sample_store(), "VALUES ?x { UNDEF }", parameter, "the forum")
    assert fill(sample_store(), "VALUES ?x { UNDEF } LIMIT 3", parameter, "the forum")


def test_a_value_that_reads_like_the_place_of_another_stays_text() -> None:
    one, two = Parameter("one", "text", "help"), Parameter("two", "text", "help")
    limit = Parameter("limit", ROWS, "help", "20")
    query = "SELECT * { VALUES ?one { UNDEF } VALUES ?two { UNDEF } } LIMIT 20"
    text, other = "VALUES ?two { UNDEF } LIMIT 20", " } ?s ?p ?o . VALUES ?x { "
    for order in ((one, two, limit), (limit, two, one)):
        filling = Filling(sample_store(), query)
        for parameter in order:
            filling.put(parameter, {"one": text, "two": other, "limit": "5"}[parameter.name])
        (row,) = run_query(sample_store(), filling.write()).rows
        assert row.terms == (Literal(text), Literal(other.strip()))
