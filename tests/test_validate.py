"""Validation: a build conforms, each seeded corruption is caught in plain words, and pySHACL agrees."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Quad, RdfFormat, Triple, parse
from pyshacl import validate as run_pyshacl
from rdflib import RDF, SH, Graph

from graph.assemble_register import assemble_register
from graph.errors import OntologyError
from graph.infer import infer_statements
from graph.terms import PREFIXES
from graph.terms import RDF as RDF_NAMESPACE
from graph.validate import SHAPES, DocumentChecker, Violation, validate_quads
from graph.vocabulary import INFERRED_GRAPH, ONTOLOGY_GRAPH, REGISTER_GRAPH
from graph.write import sort_quads
from tests.sample_documents import sample_quads, sample_register

CASES = Path(__file__).parent / "cases" / "corruptions.csv"
HEADER = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items())
TYPE = NamedNode(RDF_NAMESPACE + "type")
SOURCE = NamedNode("urn:graph")
NO_DOCUMENTS = (ONTOLOGY_GRAPH, INFERRED_GRAPH)


def read_cases() -> list[dict[str, str]]:
    with CASES.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def expand(name: str) -> NamedNode:
    prefix, local = name.split(":")
    return NamedNode(PREFIXES[prefix] + local)


def pick_node(wanted: str) -> NamedNode:
    """Pick the first node of a class, or the first that also has a value: ``class [property value]``."""
    quads = [quad for quad in sample_quads() if quad.graph_name != NamedNode(ONTOLOGY_GRAPH)]
    class_name, *rest = wanted.split()
    tests = [(TYPE, expand(class_name))] + ([(expand(rest[0]), expand(rest[1]))] if rest else [])
    found = [{quad.subject for quad in quads if (quad.predicate, quad.object) == test} for test in tests]
    return min((node for node in set.intersection(*found) if isinstance(node, NamedNode)), key=str)


def corrupt(case: dict[str, str]) -> tuple[NamedNode, list[Quad]]:
    """Drop a property of a node and add another statement about it."""
    node = pick_node(case["class"])
    gone = expand(case["drop"]) if case["drop"] else None
    quads = [quad for quad in sample_quads() if (quad.subject, quad.predicate) != (node, gone)]
    if case["add"]:
        added = parse(f"{HEADER} {node} {case['add']} .", format=RdfFormat.TURTLE)
        quads += [Quad(quad.subject, quad.predicate, quad.object, SOURCE) for quad in added]
    return node, quads


def test_a_build_conforms() -> None:
    report = validate_quads(sample_quads())
    assert report.violations == ()
    assert report.conforms


@pytest.mark.parametrize("case", read_cases(), ids=lambda case: case["why"])
def test_each_corruption_is_caught_in_plain_words(case: dict[str, str]) -> None:
    node, quads = corrupt(case)
    report = validate_quads(quads)
    assert not report.conforms
    told = [violation for violation in report.violations if violation.message == case["message"]]
    assert told, report.violations
    assert (
        any(node.value in (violation.focus, violation.value) for violation in told)
        or "text" in case["message"]
    )


def validate_with_pyshacl(quads: list[Quad]) -> set[tuple[str, str, str]]:
    """Return (focus, path, message) of each result; a path of several steps or none is empty."""
    triples = {q.triple for q in quads if q.graph_name != NamedNode(ONTOLOGY_GRAPH)}
    data = sort_quads(Quad(t.subject, t.predicate, t.object) for t in triples)
    _, report, _ = run_pyshacl(Graph().parse(data=data, format="nt"), shacl_graph=Graph().parse(SHAPES))
    assert isinstance(report, Graph)
    return {
        (
            str(report.value(result, SH.focusNode)),
            str(report.value(result, SH.resultPath)),
            str(report.value(result, SH.resultMessage)),
        )
        for result in report.subjects(RDF.type, SH.ValidationResult)
    }


def plain_path(path: str) -> str:
    return path if path.startswith("http") else "complex"


@pytest.mark.parametrize("case", [*read_cases(), {"why": "none"}], ids=lambda case: case["why"])
def test_the_engine_agrees_with_pyshacl(case: dict[str, str]) -> None:
    quads = corrupt(case)[1] if "class" in case else list(sample_quads())
    ours = {(v.focus, plain_path(v.path), v.message) for v in validate_quads(quads).violations}
    theirs = {(focus, plain_path(path), message) for focus, path, message in validate_with_pyshacl(quads)}
    # Literals have no properties, and only pySHACL says so of each that stands where a node should.
    assert ours == {result for result in theirs if result[0].startswith("http")}
    assert {message for *_, message in theirs} >= {message for *_, message in ours}


@pytest.mark.parametrize(
    "case", read_cases()[::5], ids=lambda case: f"{case['class']} {case['drop']} {case['add']}"
)
def test_documents_checked_one_by_one_have_the_faults_of_the_whole(case: dict[str, str]) -> None:
    node, quads = corrupt(case)
    register = NamedNode(REGISTER_GRAPH)
    documents = {quad.graph_name for quad in quads} - {register, SOURCE, *map(NamedNode, NO_DOCUMENTS)}
    holders = {quad.graph_name for quad in quads if quad.subject == node} & documents
    checker = DocumentChecker(quad for quad in quads if quad.graph_name == register)
    found = set()
    for name in documents:
        corrupted = {SOURCE} if name in holders else set()
        found |= set(checker.check(q for q in quads if q.graph_name in {name, *corrupted}).violations)
    assert found == set(validate_quads(quads, whole_register=False).violations)


def test_every_named_shape_has_a_message_and_most_are_seen_to_fail() -> None:
    shapes = Graph().parse(SHAPES)
    messages = {str(message) for message in shapes.objects(None, SH.message)}
    named = set(shapes.subjects(RDF.type, SH.PropertyShape)) | set(shapes.subjects(RDF.type, SH.NodeShape))
    assert all(len(list(shapes.objects(shape, SH.message))) == 1 for shape in named)
    assert len({case["message"] for case in read_cases()} & messages) >= 40
    assert len(read_cases()) == len({case["why"] for case in read_cases()})


def test_what_is_inferred_and_the_ontology_are_left_out() -> None:
    inferred = infer_statements(sample_quads())
    assert {quad.graph_name for quad in inferred} == {NamedNode(INFERRED_GRAPH)}
    assert validate_quads([*sample_quads(), *inferred]).conforms


def test_the_register_is_checked_whole_or_where_documents_refer_to_it() -> None:
    register = assemble_register(sample_register())
    nobody = NamedNode("https://w3id.org/caregraph/id/organisation/la-nobody")
    wrong = Quad(nobody, TYPE, expand("cg:CountyCouncil"), NamedNode(REGISTER_GRAPH))
    quads = [*sample_quads(), *register, wrong]
    assert validate_quads(quads, whole_register=False).conforms
    whole = validate_quads(quads)
    assert {violation.focus for violation in whole.violations} == {nobody.value}


def test_a_fault_in_a_body_that_documents_refer_to_is_found_either_way() -> None:
    _, quads = corrupt({"class": "cg:CareTrust", "drop": "dcterms:source", "add": ""})
    assert not validate_quads(quads, whole_register=False).conforms


def test_a_violation_tells_node_property_message_and_value() -> None:
    violation = Violation("urn:a", "urn:p", "It must be so.", "no")
    assert str(violation) == "<urn:a> at <urn:p>: It must be so. (found: no)"
    assert str(Violation("urn:a", "", "It must be so.")) == "<urn:a>: It must be so."


def test_an_empty_graph_conforms() -> None:
    assert validate_quads([]).conforms


@pytest.mark.parametrize("content", [None, "no Turtle"])
def test_broken_shapes_are_told_in_one_line(content: str | None, tmp_path: Path) -> None:
    path = tmp_path / "broken.ttl"
    if content is not None:
        path.write_text(content)
    with pytest.raises(OntologyError, match=r"broken\.ttl: cannot be read as Turtle"):
        validate_quads([], shapes=path)


def test_the_union_of_graphs_is_what_is_checked() -> None:
    triples: set[Triple] = {quad.triple for quad in sample_quads()}
    merged = [Quad(t.subject, t.predicate, t.object, SOURCE) for t in triples]
    bodies = [quad for quad in merged if "/id/" in str(quad.subject)]
    assert validate_quads(bodies).conforms
