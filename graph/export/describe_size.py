"""What is in a graph, and how much: VoID, with a partition for each class and property.

Source: VoID (www.w3.org/TR/void).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pyoxigraph import Literal, NamedNode, QuerySolutions, Store

from graph.export.nodes import read_term
from graph.iris import hashed_iri
from graph.query import QUERY_PREFIXES
from graph.search.counts import ClassCount, PropertyCount, Statistics
from graph.terms import DCTERMS, PREFIXES, RDF, write_integer
from graph.vocabulary import CLUSTERS_GRAPH, GRAPH, ID, INFERRED_GRAPH, ONTOLOGY_GRAPH, REGISTER_GRAPH

VOID = "http://rdfs.org/ns/void#"
DATASET = ID + "dataset"
SYNTAXES = tuple(f"http://www.w3.org/ns/formats/{name}" for name in ("JSON-LD", "N-Quads", "TriG", "Turtle"))

PARTS = {
    "clusters": CLUSTERS_GRAPH,
    "documents": f"{GRAPH}document/",
    "inferred": INFERRED_GRAPH,
    "ontology": ONTOLOGY_GRAPH,
    "register": REGISTER_GRAPH,
}
"""Where the names of the graphs of each part begin."""

TITLES = {
    "clusters": "Bodies that are probably one, by their names",
    "documents": "What the documents say, a named graph for each",
    "inferred": "What follows from the rest by the ontology",
    "ontology": "The ontology",
    "register": "What the register knows of bodies",
}

Facts = Iterator[tuple[str, NamedNode | Literal]]

_MOST = """SELECT ?s { { SELECT ?s (COUNT(*) AS ?n) { ?claim cg:subject|cg:object ?s } GROUP BY ?s }
} ORDER BY DESC(?n) ?s LIMIT 1"""
_GRAPHS = "SELECT ?of (COUNT(*) AS ?n) { GRAPH ?of { ?s ?p ?o } } GROUP BY ?of"
_FIRST = "SELECT (MIN(?s) AS ?first) { ?s a cg:%s }"


def describe_size(store: Store, counts: Statistics) -> Facts:
    """Yield what VoID says of the whole graph, each statement counted once."""
    yield RDF + "type", NamedNode(VOID + "Dataset")
    sizes = {
        "triples": counts.triples,
        "distinctSubjects": counts.subjects,
        "distinctObjects": counts.objects,
        "classes": len(counts.classes),
        "properties": len(counts.properties),
        "documents": counts.documents,
    }
    for name, number in sizes.items():
        yield VOID + name, write_integer(number)
    yield VOID + "uriSpace", Literal(ID)
    yield from ((VOID + "feature", NamedNode(iri)) for iri in SYNTAXES)
    yield from ((VOID + "vocabulary", NamedNode(iri)) for iri in _list_vocabularies(counts))
    yield from ((VOID + "exampleResource", NamedNode(iri)) for iri in _choose_examples(store))
    yield from ((VOID + "subset", NamedNode(f"{DATASET}/{name}")) for name in _list_parts(store))
    for of_class in counts.classes:
        yield VOID + "classPartition", NamedNode(_name_partition("class", of_class.type_iri))
    for of_property in counts.properties:
        yield VOID + "propertyPartition", NamedNode(_name_partition("property", of_property.property))


def describe_parts(store: Store, counts: Statistics) -> Iterator[tuple[str, Facts]]:
    """Yield the parts of the graph by name, and its partitions, with what is said of each."""
    sizes = {iri: int(number) for iri, number in ask_rows(store, _GRAPHS)}
    for name in _list_parts(store):
        yield f"{DATASET}/{name}", _describe_part(sizes, name)
    for of_class in counts.classes:
        yield _name_partition("class", of_class.type_iri), _describe_class(of_class)
    for of_property in counts.properties:
        yield _name_partition("property", of_property.property), _describe_property(of_property)


def _describe_class(count: ClassCount) -> Facts:
    yield VOID + "class", NamedNode(count.type_iri)
    yield VOID + "entities", write_integer(count.entities)


def _describe_property(count: PropertyCount) -> Facts:
    yield VOID + "property", NamedNode(count.property)
    yield VOID + "triples", write_integer(count.triples)
    yield VOID + "distinctSubjects", write_integer(count.subjects)
    yield VOID + "distinctObjects", write_integer(count.objects)


def _describe_part(sizes: Mapping[str, int], name: str) -> Facts:
    """Yield what is said of a part; a statement counts in each of its graphs that holds it."""
    found = {iri: number for iri, number in sizes.items() if iri.startswith(PARTS[name])}
    yield RDF + "type", NamedNode(VOID + "Dataset")
    yield DCTERMS + "title", Literal(TITLES[name], language="en")
    yield VOID + "triples", write_integer(sum(found.values()))
    if name == "documents":
        yield VOID + "documents", write_integer(len(found))


def _list_parts(store: Store) -> list[str]:
    """List the parts of the graph; where nothing is clustered there is no part for it."""
    clustered = store.contains_named_graph(NamedNode(CLUSTERS_GRAPH))
    return [name for name in PARTS if clustered or name != "clusters"]


def _list_vocabularies(counts: Statistics) -> Iterator[str]:
    used = [row.type_iri for row in counts.classes] + [row.property for row in counts.properties]
    for namespace in sorted(PREFIXES.values()):
        if any(iri.startswith(namespace) for iri in used):
            yield namespace


def ask_rows(store: Store, query: str) -> list[list[str]]:
    """Return the rows of a SELECT query as texts, in alphabetical order."""
    found = store.query(query, prefixes=dict(QUERY_PREFIXES))
    rows = found if isinstance(found, QuerySolutions) else ()
    return sorted([read_term(term) for term in row] for row in rows)


def _choose_examples(store: Store) -> list[str]:
    """Return a body that many claims speak of, a claim and a document."""
    queries = (_MOST, _FIRST % "Claim", _FIRST % "Document")
    return [row[0] for query in queries for row in ask_rows(store, query) if row[0]]


def _name_partition(kind: str, iri: str) -> str:
    return hashed_iri(f"dataset/{kind}", iri)
