"""Checking a build part by part finds what checking it whole does: in documents, register and clusters."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from graph.clusters import assemble_clusters
from graph.errors import StoreError
from graph.terms import RDF
from graph.validate import validate_quads
from graph.validate_build import validate_build
from graph.vocabulary import CG, CLUSTERS_GRAPH, ID, INFERRED_GRAPH, ONTOLOGY_GRAPH, REGISTER_GRAPH
from graph.write import write_nquads
from tests.clustered_papers import paper_quads
from tests.sample_documents import sample_quads

CLUSTERS = NamedNode(CLUSTERS_GRAPH)
HLCP = NamedNode(f"{ID}organisation/hlcp")
TORBAY = NamedNode(f"{ID}organisation/ct-TAL")
REGISTER = NamedNode(REGISTER_GRAPH)
APART = (REGISTER, NamedNode(ONTOLOGY_GRAPH), NamedNode(INFERRED_GRAPH))
Change = Callable[[list[Quad]], list[Quad]]


@cache
def sound_quads() -> tuple[Quad, ...]:
    """Return documents with what they name of the register, and papers with clusters."""
    quads = [*sample_quads(), *paper_quads(), *assemble_clusters(paper_quads())]
    used = {node for q in quads if q.graph_name not in APART for node in (q.subject, q.object)}
    register = [q for q in quads if q.graph_name == REGISTER and q.subject in used]
    used |= {quad.object for quad in register}
    apart = [q for q in quads if q.graph_name == REGISTER and q.subject in used]
    return tuple(dict.fromkeys([*(q for q in quads if q.graph_name not in APART), *apart]))


def is_about(quad: Quad, name: str) -> bool:
    return quad.predicate == NamedNode(CG + name)


def find_clusters(quads: list[Quad]) -> list[NamedNode]:
    found = {quad.subject for quad in quads if is_about(quad, "clusterMember")}
    return sorted((node for node in found if isinstance(node, NamedNode)), key=str)


def add(subject: NamedNode, name: str, value: NamedNode | Literal, where: NamedNode = CLUSTERS) -> Change:
    return lambda quads: [*quads, Quad(subject, NamedNode(CG + name), value, where)]


CHANGES: dict[str, tuple[Change, str]] = {
    "a body of the register": (
        lambda quads: add(find_clusters(quads)[0], "clusterMember", TORBAY)(quads),
        "A body of the register can be in no cluster.",
    ),
    "a body in two clusters": (
        lambda quads: add(
            next(
                c for c in find_clusters(quads) if not any(q.subject == c and q.object == HLCP for q in quads)
            ),
            "clusterMember",
            HLCP,
        )(quads),
        "A body can be in one cluster only.",
    ),
    "a body that nobody names": (
        lambda quads: add(find_clusters(quads)[0], "clusterMember", NamedNode(f"{ID}organisation/x"))(quads),
        "A member of a cluster must be a body that documents name.",
    ),
    "no reason": (
        lambda quads: [quad for quad in quads if not is_about(quad, "similarityReason")],
        "A likeness must have exactly one reason, and it must not be empty.",
    ),
    "a likeness in two clusters": (
        lambda quads: add(
            next(quad.subject for quad in quads if is_about(quad, "inCluster")),  # type: ignore[arg-type]
            "inCluster",
            NamedNode(f"{ID}cluster/other"),
        )(quads),
        "A likeness must belong to exactly one cluster.",
    ),
    "a document": (
        lambda quads: [quad for quad in quads if not quad.predicate.value.endswith("#exact")],
        "A piece of evidence must have exactly one quote, and it must not be empty.",
    ),
    "the register": (
        lambda quads: [
            *quads,
            Quad(TORBAY, NamedNode(RDF + "type"), NamedNode(CG + "Place"), REGISTER),
        ],
        "A place carries a property that the model does not have for places.",
    ),
}


def write_build(out: Path, quads: list[Quad]) -> Path:
    write_nquads(quads, out / "graph.nq")
    return out


def test_a_sound_build_conforms(tmp_path: Path) -> None:
    assert any(quad.graph_name == CLUSTERS for quad in sound_quads())
    assert validate_build(write_build(tmp_path, list(sound_quads())), documents=2, clusters=1).conforms


def test_every_fault_is_found_as_in_the_whole(tmp_path: Path) -> None:
    quads = list(sound_quads())
    for change, _ in CHANGES.values():
        quads = change(quads)
    found = validate_build(write_build(tmp_path, quads), documents=2, clusters=1)
    assert found == validate_quads(quads)
    assert {message for _, message in CHANGES.values()} <= {v.message for v in found.violations}


def test_statements_that_no_build_wrote_are_checked_whole(tmp_path: Path) -> None:
    quads = [quad for quad in sample_quads() if not quad.predicate.value.endswith("#exact")]
    (tmp_path / "one.ttl").write_text("<urn:a> <urn:b> <urn:c> .", encoding="utf-8")
    assert validate_build(tmp_path / "one.ttl").conforms
    theirs = [Quad(q.subject, q.predicate, q.object, NamedNode("urn:theirs")) for q in quads]
    assert validate_build(write_build(tmp_path, theirs)) == validate_quads(theirs)


def test_a_graph_whose_name_is_no_text_is_one_line(tmp_path: Path) -> None:
    out = write_build(tmp_path, list(sound_quads()))
    master = out / "graph.nq"
    master.write_bytes(master.read_bytes().replace(b"/graph/document/", b"/graph/document/\xa1"))
    with pytest.raises(StoreError, match=r"graph\.nq: .*; build it again"):
        validate_build(out)
