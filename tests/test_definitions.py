"""Definitions as they stand in the ontology."""

from __future__ import annotations

from rdflib import SKOS, Graph, URIRef

from graph.definitions import read_definitions
from graph.paths import ONTOLOGY
from graph.vocabulary import CG


def test_definitions_are_those_of_the_ontology() -> None:
    ontology = Graph().parse(ONTOLOGY / "caregraph.ttl")
    expected = {str(term): str(text) for term, text in ontology.subject_objects(SKOS.definition)}
    assert {CG + name: text for name, text in read_definitions().items()} == expected
    assert str(ontology.value(URIRef(CG + "funds"), SKOS.definition)) == read_definitions()["funds"]
