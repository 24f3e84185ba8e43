"""The ontology: every term explained and tied to a standard, and no contradiction under OWL 2 RL."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache
from pathlib import Path

import pytest
from owlrl import DeductiveClosure, OWLRL_Semantics
from rdflib import OWL, RDF, RDFS, SKOS, BNode, Graph, Literal, Namespace, URIRef

from graph.export import export_graph
from graph.paths import ONTOLOGY
from graph.vocabulary import CG, ORGANISATION_TYPES, OTHER_TYPES, PREDICATES, STATUSES, SYMMETRIC
from graph.write import write_nquads
from tests.sample_documents import sample_quads

cg = Namespace(CG)
STANDARDS = {
    "http://www.w3.org/ns/org#": "ORG",
    "http://xmlns.com/foaf/0.1/": "FOAF",
    "http://www.w3.org/2004/02/skos/core#": "SKOS",
    "http://purl.org/dc/terms/": "DCTERMS",
    "http://www.w3.org/ns/prov#": "PROV-O",
    "http://www.w3.org/ns/oa#": "Web Annotation",
    "http://www.w3.org/2006/time#": "OWL-Time",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "RDF",
    "http://www.w3.org/2000/01/rdf-schema#": "RDFS",
    "http://www.w3.org/2001/XMLSchema#": "XSD",
}
KINDS = {OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty, RDFS.Datatype}


@cache
def ontology() -> Graph:
    return Graph().parse(ONTOLOGY / "caregraph.ttl")


@cache
def terms() -> list[URIRef]:
    return sorted({s for s in ontology().subjects(RDF.type) if isinstance(s, URIRef) and s.startswith(CG)})


@pytest.mark.parametrize("term", terms(), ids=lambda term: term.removeprefix(CG))
def test_every_term_has_one_label_one_definition_one_example(term: URIRef) -> None:
    for annotation in (RDFS.label, SKOS.definition, SKOS.example):
        texts = list(ontology().objects(term, annotation))
        assert len(texts) == 1, annotation
        assert isinstance(texts[0], Literal)
        assert texts[0].language == "en"
        assert str(texts[0]).strip() == str(texts[0]) != ""


@pytest.mark.parametrize("term", terms(), ids=lambda term: term.removeprefix(CG))
def test_every_term_lies_under_a_term_of_a_standard_vocabulary(term: URIRef) -> None:
    wider = RDFS.subPropertyOf if any(ontology().objects(term, RDFS.subPropertyOf)) else RDFS.subClassOf
    reached = set(ontology().transitive_objects(term, wider)) | set(ontology().objects(term, RDF.type))
    names = [str(name) for name in reached - KINDS if str(name) not in {str(OWL.NamedIndividual)}]
    classes = {
        str(c) for name in list(names) for c in ontology().transitive_objects(URIRef(name), RDFS.subClassOf)
    }
    assert any(name.startswith(tuple(STANDARDS)) for name in {*names, *classes})


def test_every_type_and_predicate_of_the_vocabulary_is_defined() -> None:
    classes = set(ontology().subjects(RDF.type, OWL.Class))
    assert {cg[name] for name in (*ORGANISATION_TYPES, *OTHER_TYPES)} <= classes
    properties = set(ontology().subjects(RDF.type, OWL.ObjectProperty))
    assert {cg[name] for name in PREDICATES} <= properties
    assert {cg[name.capitalize()] for name in STATUSES} == set(ontology().subjects(RDF.type, cg.Status))


def test_every_type_of_organisation_is_an_organisation() -> None:
    for name in ORGANISATION_TYPES:
        assert cg.Organisation in ontology().transitive_objects(cg[name], RDFS.subClassOf), name


def test_exactly_the_symmetric_relations_are_symmetric_and_the_others_have_an_inverse() -> None:
    symmetric = set(ontology().subjects(RDF.type, OWL.SymmetricProperty))
    assert symmetric == {cg[name] for name in SYMMETRIC}
    inverses = {other: name for name, other in ontology().subject_objects(OWL.inverseOf)}
    assert {cg[name] for name in PREDICATES if name not in SYMMETRIC} <= inverses.keys()


def test_joint_commissioning_and_pooled_budgets_are_ways_of_working_together() -> None:
    narrower = set(ontology().subjects(RDFS.subPropertyOf, cg.worksWith))
    assert narrower == {cg.jointlyCommissionsWith, cg.poolsBudgetWith}


def test_every_name_that_code_and_shapes_use_is_defined() -> None:
    known = {term.removeprefix(CG) for term in terms()}
    used: dict[str, set[str]] = defaultdict(set)
    sources = [*(ONTOLOGY.parent / "graph").glob("assemble*.py"), ONTOLOGY.parent / "docs" / "model.md"]
    for path in sources:
        for name in re.findall(r'(?:CG \+ "|\bcg:)([A-Za-z]\w+)', path.read_text(encoding="utf-8")):
            used[name].add(path.name)
    for name in re.findall(r"\bcg:([A-Za-z]\w+)", (ONTOLOGY / "shapes.ttl").read_text(encoding="utf-8")):
        used[name].add("shapes.ttl")
    assert {name: where for name, where in used.items() if name not in known} == {}
    assert len(used) > 100


def test_the_model_lists_each_inverse() -> None:
    model = (ONTOLOGY.parent / "docs" / "model.md").read_text(encoding="utf-8")
    listed = set(re.findall(r"`cg:(\w+)` \| `cg:(\w+)`", model.split("## Inferred")[1]))
    declared = {
        (str(name).removeprefix(CG), str(other).removeprefix(CG))
        for other, name in ontology().subject_objects(OWL.inverseOf)
    }
    assert listed == declared


def test_the_ontology_states_version_and_licence_imports_nothing_and_has_no_blank_node() -> None:
    iri = URIRef(CG.rstrip("#"))
    assert ontology().value(iri, OWL.versionInfo)
    assert str(ontology().value(iri, URIRef("http://purl.org/dc/terms/license"))).startswith("https://")
    assert not list(ontology().objects(iri, OWL.imports))
    assert not any(isinstance(node, BNode) for triple in ontology() for node in triple)


def close(extra: str, tmp_path: Path, *, with_sample: bool = True) -> Graph:
    """Take everything to its OWL 2 RL closure, with the triples of a small build."""
    closed = Graph()
    if with_sample:
        write_nquads(sample_quads(), tmp_path / "graph.nq")
        export_graph(tmp_path, "ttl", tmp_path / "sample.ttl")
        closed.parse(tmp_path / "sample.ttl")
    else:
        closed.parse(ONTOLOGY / "caregraph.ttl")
    closed.parse(data=f"@prefix cg: <{CG}> . @prefix : <urn:x:> . {extra}", format="turtle")
    DeductiveClosure(OWLRL_Semantics).expand(closed)
    return closed


def find_contradictions(closed: Graph) -> list[str]:
    """List what owlrl complains of, and the members of owl:Nothing."""
    errors = URIRef("http://www.daml.org/2002/03/agents/agent-ont#error")
    told = [str(message) for message in closed.objects(None, errors)]
    return told + [str(member) for member in closed.subjects(RDF.type, OWL.Nothing)]


def test_ontology_and_a_build_are_consistent_under_owl_2_rl(tmp_path: Path) -> None:
    closed = close("", tmp_path)
    assert find_contradictions(closed) == []
    types = ORGANISATION_TYPES, OTHER_TYPES
    for name in (name for group in types for name in group):
        assert (cg[name], RDFS.subClassOf, OWL.Nothing) not in closed
    forum = URIRef("https://w3id.org/caregraph/id/organisation/lowmoor-housing-forum")
    assert (forum, RDF.type, cg.Organisation) in closed
    councils = URIRef("https://w3id.org/caregraph/id/collective/county-councils")
    assert (councils, RDF.type, cg.Organisation) not in closed


@pytest.mark.parametrize(
    "contradiction",
    [
        ":x a cg:Person, cg:CareTrust .",
        ":x a cg:Collective, cg:CountyCouncil .",
        ":x a cg:Publication, cg:Person .",
        ":x a cg:PrimaryCareTrust, cg:CountyCouncil .",
        ":x a cg:Claim ; cg:status cg:Asserted, cg:Negated .",
        ":x a cg:CareTrust ; cg:postHolderAt :y .",
        ":x cg:servesArea :y . :y a cg:Company .",
    ],
)
def test_a_contradiction_would_be_noticed(contradiction: str, tmp_path: Path) -> None:
    assert find_contradictions(close(contradiction, tmp_path, with_sample=False))
