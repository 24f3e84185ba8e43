"""The description of a graph, read by rdflib: what it counts is what the graph holds."""

from __future__ import annotations

import hashlib
import io
import json
from collections import Counter
from pathlib import Path

import pytest
import rdflib
from pyshacl import validate
from rdflib import DCTERMS, RDF, XSD, Namespace, URIRef

from graph.errors import StoreError
from graph.export import FORMATS, write_export
from graph.export.describe_size import DATASET
from graph.vocabulary import CG, ID
from tests.export_sample import export_quads, write_sample
from tests.rdf_reading import write_term

DCAT = Namespace("http://www.w3.org/ns/dcat#")
VOID = Namespace("http://rdfs.org/ns/void#")
ADDRESS = "https://example.org/caregraph/"

SHAPES = """
@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dcterms: <http://purl.org/dc/terms/> . @prefix void: <http://rdfs.org/ns/void#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
[] a sh:NodeShape ; sh:targetClass dcat:Dataset ;
  sh:property [ sh:path dcterms:title ; sh:minCount 1 ; sh:datatype rdf:langString ] ,
    [ sh:path dcterms:description ; sh:minCount 1 ] ,
    [ sh:path dcterms:license ; sh:minCount 1 ; sh:nodeKind sh:IRI ] ,
    [ sh:path dcterms:temporal ; sh:minCount 1 ; sh:class dcterms:PeriodOfTime ] ,
    [ sh:path dcterms:identifier ; sh:minCount 1 ; sh:maxCount 1 ] ,
    [ sh:path dcat:keyword ; sh:minCount 1 ] ,
    [ sh:path dcat:distribution ; sh:minCount 1 ; sh:class dcat:Distribution ] .
[] a sh:NodeShape ; sh:targetClass dcat:Distribution ;
  sh:property [ sh:path dcat:mediaType ; sh:minCount 1 ; sh:maxCount 1 ; sh:nodeKind sh:IRI ] ,
    [ sh:path dcterms:title ; sh:minCount 1 ] , [ sh:path dcat:downloadURL ; sh:minCount 1 ; sh:maxCount 1 ] .
[] a sh:NodeShape ; sh:targetClass void:Dataset ;
  sh:property [ sh:path void:triples ; sh:minCount 1 ; sh:maxCount 1 ; sh:datatype xsd:integer ] ,
    [ sh:path void:subset ; sh:class void:Dataset ] .
[] a sh:NodeShape ; sh:targetObjectsOf void:classPartition ;
  sh:property [ sh:path void:class ; sh:minCount 1 ; sh:maxCount 1 ] ,
    [ sh:path void:entities ; sh:minCount 1 ] .
[] a sh:NodeShape ; sh:targetObjectsOf void:propertyPartition ;
  sh:property [ sh:path void:property ; sh:minCount 1 ; sh:maxCount 1 ] ,
    [ sh:path void:triples ; sh:minCount 1 ] .
"""


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_sample(tmp_path_factory.mktemp("built"))


def describe(out: Path, address: str = "") -> rdflib.Graph:
    stream = io.BytesIO()
    write_export(out, "dcat", stream, address=address)
    return rdflib.Graph().parse(data=stream.getvalue(), format="turtle")


@pytest.fixture(scope="module")
def described(out: Path) -> rdflib.Graph:
    return describe(out, ADDRESS)


@pytest.fixture(scope="module")
def triples() -> set[tuple[str, str, str]]:
    """Return the graph, each statement once, counted here in another way."""
    found = (tuple(map(write_term, (q.subject, q.predicate, q.object))) for q in export_quads())
    return {(subject, predicate, value) for subject, predicate, value in found}


def read_number(described: rdflib.Graph, node: rdflib.term.Node, name: str) -> int:
    return int(str(described.value(node, VOID[name])))


def test_the_counts_of_the_whole_are_those_of_the_graph(
    described: rdflib.Graph, triples: set[tuple[str, str, str]]
) -> None:
    expected = {
        "triples": len(triples),
        "distinctSubjects": len({triple[0] for triple in triples}),
        "distinctObjects": len({triple[2] for triple in triples}),
        "properties": len({triple[1] for triple in triples}),
        "classes": len({triple[2] for triple in triples if triple[1] == RDF.type.n3()}),
        "documents": 4,
    }
    assert {name: read_number(described, URIRef(DATASET), name) for name in expected} == expected


def test_every_class_and_property_has_its_partition(
    described: rdflib.Graph, triples: set[tuple[str, str, str]]
) -> None:
    classes = Counter(value for _, predicate, value in triples if predicate == RDF.type.n3())
    properties = Counter(predicate for _, predicate, _ in triples)
    partitions = described.objects(URIRef(DATASET), VOID.classPartition)
    assert classes == {
        described.value(node, VOID["class"]).n3(): read_number(described, node, "entities")  # type: ignore[union-attr]
        for node in partitions
    }
    found = {}
    for node in described.objects(URIRef(DATASET), VOID.propertyPartition):
        name = URIRef(str(described.value(node, VOID.property))).n3()
        found[name] = read_number(described, node, "triples")
        subjects = {triple[0] for triple in triples if triple[1] == name}
        assert read_number(described, node, "distinctSubjects") == len(subjects)
    assert found == properties


def test_the_parts_are_the_named_graphs(described: rdflib.Graph) -> None:
    parts = Counter(
        str(quad.graph_name).strip("<>").rsplit("/graph/", 1)[1].split("/")[0] for quad in export_quads()
    )
    for name, part in (("documents", "document"), ("register",) * 2, ("ontology",) * 2, ("inferred",) * 2):
        assert read_number(described, URIRef(f"{DATASET}/{name}"), "triples") == parts[part]


def test_the_examples_and_vocabularies_are_in_the_graph(described: rdflib.Graph) -> None:
    subjects = {str(quad.subject).strip("<>") for quad in export_quads()}
    examples = set(map(str, described.objects(URIRef(DATASET), VOID.exampleResource)))
    assert len(examples) == 3
    assert examples <= subjects
    vocabularies = set(map(str, described.objects(URIRef(DATASET), VOID.vocabulary)))
    assert {CG, "http://www.w3.org/2004/02/skos/core#", str(DCTERMS)} <= vocabularies
    assert not {ID, str(XSD)} & vocabularies


def test_it_conforms_to_what_catalogues_ask_for(described: rdflib.Graph) -> None:
    shapes = rdflib.Graph().parse(data=SHAPES, format="turtle")
    conforms, _, text = validate(described, shacl_graph=shapes)
    assert conforms, text
    media = {str(value).split("media-types/")[1] for value in described.objects(None, DCAT.mediaType)}
    assert media == {known.media_type.split(";")[0] for known in FORMATS.values()}
    offered = {str(value).removeprefix(ADDRESS) for value in described.objects(None, DCAT.downloadURL)}
    assert offered == {f"downloads/graph/{known.name}" for known in FORMATS.values() if known.name != "dcat"}


def test_its_dates_and_identifier_come_from_the_graph(described: rdflib.Graph, out: Path) -> None:
    period = described.value(URIRef(DATASET), DCTERMS.temporal)
    assert str(described.value(period, DCAT.startDate)) == "2007-05"
    assert described.value(period, DCAT.endDate) == rdflib.Literal("2009", datatype=XSD.gYear)
    digest = hashlib.sha256((out / "graph.nq").read_bytes()).hexdigest()
    assert str(described.value(URIRef(DATASET), DCTERMS.identifier)) == f"sha256:{digest}"


def test_addresses_are_said_only_where_they_are_known(out: Path, described: rdflib.Graph) -> None:
    assert str(described.value(URIRef(DATASET), VOID.sparqlEndpoint)) == f"{ADDRESS}sparql"
    plain = describe(out)
    assert not list(plain.objects(None, VOID.sparqlEndpoint))
    assert not list(plain.objects(None, DCAT.downloadURL))
    with pytest.raises(StoreError, match="here: no web address"):
        describe(out, "here")


def test_the_version_is_that_of_the_build(tmp_path: Path) -> None:
    write_sample(tmp_path)
    (tmp_path / "manifest.json").write_text(json.dumps({"caregraph": "9.9"}), encoding="utf-8")
    maker = describe(tmp_path).value(URIRef(DATASET), DCTERMS.creator)
    assert str(describe(tmp_path).value(maker, rdflib.OWL.versionInfo)) == "9.9"
