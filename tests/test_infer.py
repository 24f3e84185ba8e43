"""Inference: what the ontology lets follow, nothing twice, nothing from thin air."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from owlrl import DeductiveClosure, OWLRL_Semantics
from pyoxigraph import NamedNode, Quad, RdfFormat, Triple, parse
from rdflib import OWL, Graph

from graph.errors import OntologyError
from graph.infer import infer_statements, load_rules
from graph.terms import PREFIXES
from graph.vocabulary import CG, INFERRED_GRAPH, PREDICATES
from graph.write import sort_quads
from tests.sample_documents import sample_quads

SOURCE = NamedNode("urn:graph")
HEADER = (
    "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items()) + "@prefix : <urn:> .\n"
)


def read(turtle: str) -> set[Triple]:
    return {quad.triple for quad in parse(HEADER + turtle, format=RdfFormat.TURTLE)}


def place(triples: set[Triple]) -> list[Quad]:
    return [Quad(t.subject, t.predicate, t.object, SOURCE) for t in triples]


@pytest.mark.parametrize(
    ("stated", "follows"),
    [
        (":a cg:worksWith :b .", ":b cg:worksWith :a . :a org:linkedTo :b . :b org:linkedTo :a ."),
        (
            ":a cg:poolsBudgetWith :b .",
            ":b cg:poolsBudgetWith :a . :a cg:worksWith :b ; org:linkedTo :b ."
            " :b cg:worksWith :a ; org:linkedTo :a .",
        ),
        (
            ":a cg:successorOf :b .",
            ":b cg:hasSuccessor :a ; dcterms:isReplacedBy :a . :a dcterms:replaces :b .",
        ),
        (":a cg:hasPart :b .", ":b cg:partOf :a ; org:subOrganizationOf :a . :a org:hasSubOrganization :b ."),
        (":a cg:mergesWith :a .", ":a org:linkedTo :a ."),
        (
            ":a a cg:CountyCouncil .",
            ":a a cg:LocalAuthority, cg:LocalGovernmentBody, cg:Organisation, cg:Actor, org:Organization,"
            " org:FormalOrganization, foaf:Agent .",
        ),
        (":a a cg:Collective .", ":a a cg:Actor, foaf:Agent, foaf:Group ."),
        (":a a cg:Evidence .", ":a a oa:TextQuoteSelector, oa:TextPositionSelector, prov:Entity ."),
        (":a cg:ambiguousName 'Kent' .", ":a skos:hiddenLabel 'Kent' ."),
        (":a cg:kind 'named' ; skos:prefLabel 'Kent' ; :other :b .", ""),
        (":a a cg:Place ; a dcterms:Location .", ""),
        (":a cg:worksWith :b . :b cg:worksWith :a .", ":a org:linkedTo :b . :b org:linkedTo :a ."),
        (":l cg:linksTo :b ; cg:score 0.5 ; cg:name 'B' .", ""),
    ],
)
def test_what_follows(stated: str, follows: str) -> None:
    inferred = infer_statements(place(read(stated)))
    assert {quad.triple for quad in inferred} == read(follows)
    assert {quad.graph_name for quad in inferred} <= {NamedNode(INFERRED_GRAPH)}


@pytest.mark.parametrize("status", ["Asserted", "Proposed", "Negated"])
def test_nothing_but_its_class_follows_from_a_claim(status: str) -> None:
    claim = (
        f":c a cg:Claim ; cg:subject :a ; cg:predicate cg:worksWith ; cg:object :b ; cg:status cg:{status} ;"
    )
    inferred = infer_statements(
        place(read(claim + " cg:confidence 0.5 ; cg:evidence :e ; cg:role 'chair' ."))
    )
    assert {quad.triple for quad in inferred} == read(":c a rdf:Statement, prov:Entity .")


nodes = st.sampled_from([NamedNode(f"urn:{letter}") for letter in "abc"])
properties = st.sampled_from([NamedNode(CG + name) for name in (*PREDICATES, "hasPart", "coversCouncil")])
statements = st.sets(st.builds(Triple, nodes, properties, nodes), max_size=6)


@given(statements)
def test_nothing_twice_and_nothing_left_to_infer(triples: set[Triple]) -> None:
    inferred = infer_statements(place(triples))
    found = {quad.triple for quad in inferred}
    assert len(found) == len(inferred)
    assert not found & triples
    assert infer_statements(place(triples) + inferred) == []


@given(statements, statements)
def test_more_statements_never_make_fewer_follow(some: set[Triple], others: set[Triple]) -> None:
    few = {quad.triple for quad in infer_statements(place(some))} | some
    many = {quad.triple for quad in infer_statements(place(some | others))} | some | others
    assert few <= many


def read_rdflib(quads: Iterable[Quad]) -> Graph:
    return Graph().parse(data=sort_quads(Quad(q.subject, q.predicate, q.object) for q in quads), format="nt")


def test_agrees_with_owlrl_on_a_build() -> None:
    """All that is inferred, owlrl infers too; and it infers no relation between bodies besides."""
    ours = read_rdflib(infer_statements(sample_quads()))
    closed = read_rdflib(sample_quads())
    known = set(ours) | set(closed)
    DeductiveClosure(OWLRL_Semantics).expand(closed)
    assert [triple for triple in ours if triple not in closed] == []
    body = re.compile("/id/(organisation|collective|person)/")
    between = [
        (s, p, o)
        for s, p, o in closed
        if p != OWL.sameAs and body.search(str(s)) and body.search(str(o)) and str(p).startswith(CG)
    ]
    assert between
    assert [triple for triple in between if triple not in known] == []


@pytest.mark.parametrize("content", [None, "no Turtle"])
def test_a_broken_ontology_is_told_in_one_line(content: str | None, tmp_path: Path) -> None:
    path = tmp_path / "broken.ttl"
    if content is not None:
        path.write_text(content)
    with pytest.raises(OntologyError, match=r"broken\.ttl: cannot be read as Turtle"):
        load_rules(path)


def test_rules_of_another_ontology_are_used(tmp_path: Path) -> None:
    path = tmp_path / "other.ttl"
    path.write_text(HEADER + ":loves rdfs:subPropertyOf :knows .")
    inferred = infer_statements(place(read(":a :loves :b ; cg:worksWith :b .")), load_rules(path))
    assert {quad.triple for quad in inferred} == read(":a :knows :b .")
