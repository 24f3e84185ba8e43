"""The register and the ontology as RDF."""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import cache
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from graph.assemble_register import assemble_ontology, assemble_register
from graph.errors import OntologyError
from graph.iris import register_iri
from graph.terms import DCTERMS, ORG, OWL, RDF, SKOS
from graph.validate import validate_quads
from graph.vocabulary import CG, ONTOLOGY_GRAPH, REGISTER_GRAPH
from tests.sample_documents import sample_register


@cache
def register_quads() -> list[Quad]:
    return assemble_register(sample_register())


@cache
def index() -> dict[tuple[str, str], set[str]]:
    """Index the values by subject and predicate."""
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for quad in register_quads():
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode | Literal):
            found[quad.subject.value, quad.predicate.value].add(quad.object.value)
    return found


def values(subject: str, predicate: str) -> set[str]:
    return index().get((subject, predicate), set())


def test_every_body_has_one_type_one_name_and_a_source() -> None:
    counted: dict[str, Counter[str]] = defaultdict(Counter)
    for quad in register_quads():
        assert isinstance(quad.subject, NamedNode)
        counted[quad.predicate.value][quad.subject.value] += 1
    for body in sample_register():
        for predicate in (RDF + "type", SKOS + "prefLabel", DCTERMS + "source", CG + "factConfidence"):
            assert counted[predicate][register_iri(body.id)] == 1, (body.id, predicate)


def test_all_of_it_is_in_the_graph_register_and_conforms_to_the_shapes() -> None:
    assert {quad.graph_name for quad in register_quads()} == {NamedNode(REGISTER_GRAPH)}
    assert validate_quads(register_quads()).violations == ()


def test_a_care_trust_has_its_codes_dates_predecessor_and_council() -> None:
    torbay = register_iri("ct:TAL")
    assert values(torbay, RDF + "type") == {CG + "CareTrust"}
    assert "TAL" in values(torbay, SKOS + "notation")
    assert values(torbay, CG + "validUntil") == {"2013-03-31"}
    assert values(torbay, CG + "coterminousWith") == {register_iri("la:tob")}
    assert values(torbay, CG + "successorOf")
    assert values(torbay, CG + "servesArea") == {"https://w3id.org/caregraph/id/place/torbay"}


def test_only_areas_that_are_the_same_are_coterminous() -> None:
    for body in sample_register():
        expected = {register_iri(c) for c in body.councils} if body.council_relation == "exact" else set()
        if body.councils:
            assert values(register_iri(body.id), CG + "coterminousWith") == expected, body.id


def test_every_succession_is_also_an_event() -> None:
    events: dict[NamedNode, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for quad in register_quads():
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode | Literal):
            events[quad.subject][quad.predicate.value].add(quad.object.value)
    told = {
        (new, old)
        for event in events.values()
        for new in event[ORG + "resultingOrganization"]
        for old in event[ORG + "originalOrganization"]
    }
    assert told == {
        (register_iri(body.id), register_iri(old)) for body in sample_register() for old in body.predecessors
    }
    assert len(told) > 100


def test_no_wikidata_entity_stands_for_two_bodies() -> None:
    counted = Counter(quad.object for quad in register_quads() if quad.predicate == NamedNode(OWL + "sameAs"))
    assert [entity for entity, count in counted.items() if count > 1] == []
    assert len(counted) > 100


def test_the_ontology_is_in_its_own_graph() -> None:
    assert {quad.graph_name for quad in assemble_ontology()} == {NamedNode(ONTOLOGY_GRAPH)}


@pytest.mark.parametrize("content", [None, "this is no Turtle"])
def test_a_broken_ontology_is_told_in_one_line(content: str | None, tmp_path: Path) -> None:
    path = tmp_path / "broken.ttl"
    if content is not None:
        path.write_text(content)
    with pytest.raises(OntologyError, match=r"broken\.ttl: cannot be read as Turtle"):
        assemble_ontology(path)
