"""Counts of a store: what the questions would count for themselves, and made again with every change."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import DefaultGraph, NamedNode, Quad, Store

from graph.count import count_statements
from graph.facts.nodes import COUNTS
from graph.paths import ONTOLOGY
from graph.replace import remove_graph
from graph.store import change_store, open_store, read_quads, write_store
from graph.terms import PREFIXES
from graph.vocabulary import CG, GRAPH
from tests.sample_graph import sample_quads, sample_store

# count, and the query that counts the same from claims and mentions
COUNTED = {
    "documentCount": """SELECT ?node (COUNT(DISTINCT ?paper) AS ?n) {
        ?paper cg:mentions ?node . ?node a cg:Actor
        FILTER NOT EXISTS { ?node a cg:Person } } GROUP BY ?node""",
    "entityCount": """SELECT ?node (COUNT(?named) AS ?n) { ?node a cg:Document ; cg:mentions ?named }
        GROUP BY ?node""",
    "claimCount": """SELECT ?node (COUNT(?claim) AS ?n) { ?claim a cg:Claim ; prov:wasDerivedFrom ?node }
        GROUP BY ?node""",
    "bodyCount": """SELECT ?node (COUNT(DISTINCT ?body) AS ?n) { ?node a cg:Place
        OPTIONAL { ?body cg:servesArea|cg:region|cg:nation ?node } } GROUP BY ?node""",
    "connectedBodyCount": "SELECT ?node (COUNT(DISTINCT ?other) AS ?n) { %s } GROUP BY ?node",
    "connectingClaimCount": "SELECT ?node (COUNT(DISTINCT ?claim) AS ?n) { %s } GROUP BY ?node",
    "connectingDocumentCount": "SELECT ?node (COUNT(DISTINCT ?paper) AS ?n) { %s } GROUP BY ?node",
    "sentenceCount": """SELECT ?node (COUNT(DISTINCT ?quote) AS ?n) {
        ?node cg:subject ?one ; cg:object ?two ; cg:predicate ?said ; cg:status ?status .
        ?same cg:predicate ?said ; cg:status ?status ; cg:evidence ?quote .
        { ?same cg:subject ?one ; cg:object ?two }
        UNION { ?same cg:subject ?two ; cg:object ?one . ?said a owl:SymmetricProperty }
        } GROUP BY ?node""",
}
CONNECTING = """
    { ?claim cg:subject ?node ; cg:object ?other } UNION { ?claim cg:object ?node ; cg:subject ?other }
    ?claim cg:status cg:Asserted ; prov:wasDerivedFrom ?paper . ?node a cg:Actor . ?other a cg:Actor
    FILTER(?node != ?other) FILTER NOT EXISTS { ?node a cg:Person }
    FILTER NOT EXISTS { ?other a cg:Person }"""


def ask(store: Store, query: str) -> dict[str, int]:
    rows = store.query(query, prefixes=PREFIXES)
    return {str(row[0]): int(row[1].value) for row in rows}  # type: ignore[union-attr]


@pytest.mark.parametrize("name", COUNTS)
def test_counts_as_a_query_would(name: str) -> None:
    counted = ask(sample_store(), f"SELECT ?node ?n {{ ?node cg:{name} ?n }}")
    assert counted == ask(sample_store(), COUNTED[name].replace("%s", CONNECTING))
    assert counted


def test_every_count_is_a_term_of_the_ontology() -> None:
    ontology = (ONTOLOGY / "caregraph.ttl").read_text(encoding="utf-8")
    assert [name for name in COUNTS if f"cg:{name} a owl:DatatypeProperty" not in ontology] == []


def test_a_document_that_says_nothing_has_counts_of_nothing() -> None:
    empty, kind = NamedNode("urn:empty"), NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    store = Store()
    store.add(Quad(empty, kind, NamedNode(CG + "Document"), DefaultGraph()))
    counts = {quad.predicate.value: quad.object.value for quad in count_statements(store)}  # type: ignore[union-attr]
    assert counts == {CG + "entityCount": "0", CG + "claimCount": "0"}
    assert list(count_statements(Store())) == []


def test_a_change_is_counted_and_no_count_is_passed_on(tmp_path: Path) -> None:
    write_store(tmp_path, sample_quads())
    before = ask(open_store(tmp_path), "SELECT ?node ?n { ?node cg:claimCount ?n }")
    change_store(tmp_path, lambda store: remove_graph(store, GRAPH + "document/plan.txt"))
    store = open_store(tmp_path)
    after = ask(store, "SELECT ?node ?n { ?node cg:claimCount ?n }")
    assert len(before) == 3
    assert after == {node: number for node, number in before.items() if "plan.txt" not in node}
    counts = {CG + name for name in COUNTS}
    assert not any(quad.predicate.value in counts for quad in read_quads(store))
    assert set(count_statements(store)) == {q for q in store if q.predicate.value in counts}
