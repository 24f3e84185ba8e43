"""Queries: every form is answered, prefixes are known, and what goes wrong is told in one line."""

from __future__ import annotations

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store

from graph.errors import QueryError
from graph.query import QUERY_PREFIXES, run_query
from graph.store import load_store
from graph.terms import SKOS
from graph.vocabulary import CG, ID

KENT = NamedNode(ID + "organisation/la-ken")
LABEL = NamedNode(SKOS + "prefLabel")


@pytest.fixture
def store() -> Store:
    return load_store(
        [
            Quad(KENT, LABEL, Literal("Kent County Council"), NamedNode("urn:register")),
            Quad(KENT, NamedNode(CG + "partOf"), NamedNode(ID + "x"), NamedNode("urn:paper")),
            Quad(KENT, LABEL, Literal("Kent County Council"), NamedNode("urn:paper")),
        ]
    )


def test_select_reads_all_graphs_and_counts_a_statement_once(store: Store) -> None:
    answer = run_query(store, "SELECT ?body ?name { ?body skos:prefLabel ?name ; cg:partOf cgi:x }")
    assert answer.columns == ("body", "name")
    assert [tuple(row) for row in answer] == [(KENT.value, "Kent County Council")]


def test_counts_are_those_of_a_merge(store: Store) -> None:
    (row,) = run_query(store, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
    assert row.n == 2


def test_from_narrows_the_dataset(store: Store) -> None:
    assert not run_query(store, "SELECT * FROM <urn:register> { ?s cg:partOf ?o }")
    assert run_query(store, "SELECT * FROM <urn:paper> { ?s cg:partOf ?o }")


def test_ask(store: Store) -> None:
    assert run_query(store, "ASK { ?s cg:partOf ?o }").boolean is True
    no = run_query(store, "ASK { ?s cg:funds ?o }")
    assert (no.boolean, bool(no), no.rows) == (False, False, ())


@pytest.mark.parametrize("text", ["CONSTRUCT WHERE { ?s ?p ?o }", "DESCRIBE cgi:organisation\\/la-ken"])
def test_triples_are_rows_too(store: Store, text: str) -> None:
    answer = run_query(store, text)
    assert answer.kind == "triples"
    assert answer.columns == ("subject", "predicate", "object")
    assert [row.object for row in answer] == ["Kent County Council", ID + "x"]


def test_every_prefix_is_known_without_declaring_it() -> None:
    names = "cg cgi org foaf skos dcterms prov oa time xsd rdf rdfs owl sh".split()
    assert set(names) <= set(QUERY_PREFIXES)
    for name in names:
        run_query(Store(), f"ASK {{ ?s {name}:x ?o }}")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("SELECT *\nWHERE { ?s ?p }", r"line 2, column 1\d: cannot be read as SPARQL after 'WHERE"),
        ("SELECT * { ?s nope:x ?o }", r"line 1, column \d+: unknown prefix; .*cg: .*xsd:"),
        ("", "line 1, column 1: cannot be read"),
        ("SELECT (<urn:f>(1) AS ?x) {}", "urn:f"),
        ("INSERT DATA { <urn:a> <urn:b> 1 }", "would change the graph"),
        ("SELECT * { SERVICE <urn:x> { ?s ?p ?o } }", "another server"),
        ("SELECT * FROM <file:///etc/hosts> { ?s ?p ?o }", "never a file"),
    ],
)
def test_what_is_wrong_is_told_in_one_line(text: str, message: str) -> None:
    with pytest.raises(QueryError, match=message) as caught:
        run_query(Store(), text)
    assert "\n" not in str(caught.value)
