"""Statistics: the numbers that queries over the whole graph give, measured once and read back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from graph.query import run_query
from graph.questions import answer_question
from graph.replace import remove_graph
from graph.search_index import make_index
from graph.statistics import Statistics, measure_statistics, read_statistics
from graph.store import change_store, write_store
from graph.vocabulary import GRAPH
from tests.sample_graph import PAPERS, sample_quads, sample_store


@pytest.fixture(scope="module")
def statistics() -> Statistics:
    return make_index(sample_store()).statistics


def ask(query: str) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in run_query(sample_store(), query)]


STATED = "{ SELECT DISTINCT ?s ?p ?o { GRAPH ?in { ?s ?p ?o } } }"
"""The triples that some graph states: the default graph also has counts."""

NUMBERS = [
    ("quads", "GRAPH ?in { ?s ?p ?o }", "*"),
    ("triples", STATED, "*"),
    ("subjects", STATED, "DISTINCT ?s"),
    ("objects", STATED, "DISTINCT ?o"),
    ("graphs", "GRAPH ?in { ?s ?p ?o }", "DISTINCT ?in"),
    ("documents", "?d a cg:Document", "DISTINCT ?d"),
    ("sentences", "?q a cg:Evidence", "DISTINCT ?q"),
    ("claims", "?c a cg:Claim", "DISTINCT ?c"),
    ("links", "?l a cg:Linking", "DISTINCT ?l"),
    ("unsure_links", "?l a cg:Linking FILTER NOT EXISTS { ?l cg:linksTo ?b }", "DISTINCT ?l"),
]


@pytest.mark.parametrize(("name", "pattern", "counted"), NUMBERS)
def test_numbers_are_those_of_a_query(statistics: Statistics, name: str, pattern: str, counted: str) -> None:
    number = ask(f"SELECT (COUNT({counted}) AS ?n) {{ {pattern} }}")[0][0]
    assert getattr(statistics, name) == number
    assert number


STATUSES = ("asserted", "proposed", "negated")
BY_STATUS = [
    ("relations", "?c cg:predicate ?key"),
    ("years", "?c prov:wasDerivedFrom/dcterms:date ?date BIND(SUBSTR(STR(?date), 1, 4) AS ?key)"),
]


@pytest.mark.parametrize(("name", "pattern"), BY_STATUS)
def test_claims_are_counted_by_status(statistics: Statistics, name: str, pattern: str) -> None:
    rows = ask(
        f"SELECT ?key ?of (COUNT(?c) AS ?n) {{ {pattern} . ?c cg:status/rdfs:label ?of }} GROUP BY ?key ?of"
    )
    counted = {
        (row.key, status): getattr(row, status)
        for row in getattr(statistics, name)
        for status in STATUSES
        if getattr(row, status)
    }
    assert counted == {(key, status): number for key, status, number in rows}


def test_bodies_are_counted_by_type(statistics: Statistics) -> None:
    rows = ask("SELECT ?type (COUNT(DISTINCT ?b) AS ?n) { GRAPH cgg:register { ?b a ?type } } GROUP BY ?type")
    assert {row.type_iri: row.in_register for row in statistics.types if row.in_register} == {
        str(of): number for of, number in rows if of in {row.type_iri for row in statistics.types}
    }
    named = ask("SELECT DISTINCT ?b { ?d cg:mentions ?b FILTER(STRSTARTS(STR(?b), STR(cgi:organisation))) }")
    assert sum(row.in_documents for row in statistics.types) == len(named)
    trusts = next(row for row in statistics.types if row.label == "care trust")
    assert (trusts.in_documents, trusts.type_iri.rsplit("#")[-1]) == (1, "CareTrust")


def test_the_most_connected_are_those_of_the_question(statistics: Statistics) -> None:
    rows = answer_question(sample_store(), "most-connected", {"least": "1"}).rows
    assert [(row.name, row.others, row.claims, row.documents) for row in statistics.connected] == [
        tuple(row) for row in rows[:20]
    ]


def test_documents_come_by_the_number_of_their_claims(statistics: Statistics) -> None:
    claims = {name: text.count("|") - text.count("| chief") for name, (_, _, text) in PAPERS.items()}
    assert {row.document.split("/id/document/")[1]: row.claims for row in statistics.sources} == claims
    first = statistics.sources[0]
    assert (first.title, first.date) == ("Minutes of the June meeting", "2008-06-11")


def test_confidence_and_methods(statistics: Statistics) -> None:
    rows = ask(
        "SELECT ?tenth (COUNT(?c) AS ?n) { ?c cg:confidence ?v BIND(FLOOR(?v * 10) AS ?tenth) }"
        " GROUP BY ?tenth"
    )
    assert {place: number for place, number in enumerate(statistics.confidence) if number} == dict(rows)
    assert [(row.method, row.family) for row in statistics.methods] == [("test", "frame or rule")]
    assert sum(row.claims for row in statistics.methods) == statistics.claims


def test_partitions_cover_every_class_and_property(statistics: Statistics) -> None:
    rows = ask("SELECT ?class (COUNT(?node) AS ?n) { ?node a ?class } GROUP BY ?class")
    assert {row.type_iri: row.entities for row in statistics.classes} == dict(rows)
    rows = ask(
        f"SELECT ?p (COUNT(*) AS ?n) (COUNT(DISTINCT ?s) AS ?ss) (COUNT(DISTINCT ?o) AS ?os) {{ {STATED} }}"
        " GROUP BY ?p"
    )
    assert [
        (row.property, row.triples, row.subjects, row.objects) for row in statistics.properties
    ] == sorted(rows, key=lambda row: (-int(str(row[1])), str(row[0])))
    assert (
        next(row.label for row in statistics.properties if row.property.endswith("#mentions")) == "mentions"
    )


def test_shows_itself_in_a_line(statistics: Statistics) -> None:
    assert repr(statistics).startswith("<Statistics quads=")
    assert f"documents=3, sentences={statistics.sentences}, claims={statistics.claims}" in repr(statistics)
    assert len(repr(statistics)) < 250


def test_are_measured_when_a_store_is_written_and_again_when_it_changes(tmp_path: Path) -> None:
    papers = [quad for quad in sample_quads() if str(quad.graph_name).startswith(f"<{GRAPH}document/")]
    write_store(tmp_path, papers)
    written = read_statistics(tmp_path)
    assert (written.documents, written.quads) == (3, len(set(papers)))
    change_store(tmp_path, lambda store: remove_graph(store, f"{GRAPH}document/plan.txt"))
    changed = read_statistics(tmp_path)
    assert (changed.documents, changed.claims) == (2, written.claims - 4)


def test_an_empty_store_has_statistics_too(tmp_path: Path) -> None:
    write_store(tmp_path, [])
    empty = read_statistics(tmp_path)
    assert (empty.quads, empty.claims, empty.relations, sum(empty.confidence)) == (0, 0, (), 0)


def test_measuring_needs_a_store_alone(statistics: Statistics) -> None:
    assert measure_statistics(sample_store()) == statistics
