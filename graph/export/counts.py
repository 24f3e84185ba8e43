"""How much a graph holds, as a description of it says: by class, by property, by named graph."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pyoxigraph import QuerySolutions, Store

from graph.export.nodes import read_term
from graph.query import QUERY_PREFIXES

_TRIPLES = "SELECT (COUNT(*) AS ?n) (COUNT(DISTINCT ?s) AS ?a) (COUNT(DISTINCT ?o) AS ?b) { ?s ?p ?o }"
_DOCUMENTS = "SELECT (COUNT(*) AS ?n) { ?s a cg:Document }"
_CLASSES = "SELECT ?of (COUNT(*) AS ?n) { ?s a ?of } GROUP BY ?of"
_PROPERTIES = """SELECT ?of (COUNT(*) AS ?n) (COUNT(DISTINCT ?s) AS ?a) (COUNT(DISTINCT ?o) AS ?b)
{ ?s ?of ?o } GROUP BY ?of"""
_GRAPHS = "SELECT ?of (COUNT(*) AS ?n) { GRAPH ?of { ?s ?p ?o } } GROUP BY ?of"


@dataclass(frozen=True, slots=True)
class ClassCount:
    """A class and how many nodes are of it, those inferred among them."""

    type_iri: str
    entities: int


@dataclass(frozen=True, slots=True)
class PropertyCount:
    """A property and its triples, distinct subjects and distinct objects."""

    property: str
    triples: int
    subjects: int
    objects: int


@dataclass(frozen=True, slots=True)
class Counts:
    """The counts of one graph, each statement once, in order of IRI.

    Attributes:
        triples: statements.
        subjects: distinct subjects.
        objects: distinct objects.
        documents: documents read.
        classes: nodes by class.
        properties: triples by property.
        graphs: statements of each named graph.
    """

    triples: int
    subjects: int
    objects: int
    documents: int
    classes: tuple[ClassCount, ...]
    properties: tuple[PropertyCount, ...]
    graphs: dict[str, int]


def count_statements(store: Store) -> Counts:
    """Count what is in a store whose default graph holds each statement once."""
    triples, subjects, objects = map(int, ask_rows(store, _TRIPLES)[0])
    return Counts(
        triples=triples,
        subjects=subjects,
        objects=objects,
        documents=int(ask_rows(store, _DOCUMENTS)[0][0]),
        classes=tuple(ClassCount(of, int(n)) for of, n in ask_rows(store, _CLASSES)),
        properties=tuple(
            PropertyCount(of, *map(int, counts)) for of, *counts in ask_rows(store, _PROPERTIES)
        ),
        graphs={of: int(n) for of, n in ask_rows(store, _GRAPHS)},
    )


def ask_rows(store: Store, query: str) -> list[list[str]]:
    """Return the rows of a SELECT query as texts, in alphabetical order."""
    return sorted(_read_rows(store, query))


def _read_rows(store: Store, query: str) -> Iterator[list[str]]:
    found = store.query(query, prefixes=dict(QUERY_PREFIXES))
    if isinstance(found, QuerySolutions):
        yield from ([read_term(term) for term in row] for row in found)
