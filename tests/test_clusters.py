"""Clusters in a dataset: found, described, taken away again without a trace."""

from __future__ import annotations

import random
from itertools import combinations

import pytest
from pyoxigraph import NamedNode, Quad

from graph.assemble_register import assemble_register
from graph.clusters import Cluster, NameRecord, assemble_clusters, cluster_names, read_names
from graph.iris import document_iri
from graph.likeness.lore import load_lore
from graph.register import load_register
from graph.store import load_store
from graph.validate import validate_quads
from graph.vocabulary import CG, CLUSTERS_GRAPH, ID
from graph.write import sort_quads
from tests.clustered_papers import PAPERS, paper_quads
from tests.name_pairs import read_pairs

BODY = ID + "organisation/"
CLUSTERS = NamedNode(CLUSTERS_GRAPH)


def records() -> list[NameRecord]:
    return read_names(paper_quads())


def test_names_of_bodies_that_the_register_does_not_know_are_read_with_their_documents() -> None:
    nodes = {record.node.removeprefix(BODY) for record in records()}
    assert "ct-TAL" not in nodes
    assert "lowmoor-hospitals" in nodes
    assert not any("lowmoor-hospital" in node and node != "lowmoor-hospitals" for node in nodes)
    hlcp = {(record.name, record.main) for record in records() if record.node.endswith("care-partnership")}
    assert hlcp == {("Healthy Lowmoor Care Partnership", True), ("HLCP", False)}


def test_finds_what_is_probably_one_body() -> None:
    trust, partnership = sorted(cluster_names(records()), key=lambda cluster: -len(cluster.members))
    assert [member.removeprefix(BODY) for member in trust.members] == [
        "lowmoor-and-ashdale-community-health-nhs-trust",
        "lowmoor-and-ashdale-community-health-trust",
        "lowmoor-and-ashdale-comunity-health-trust",
    ]
    assert len(trust.links) == 3
    assert [member.removeprefix(BODY) for member in partnership.members] == [
        "healthy-lowmoor-care-partnership",
        "hlcp",
    ]
    assert partnership.links[0].reason == (
        "a document gives HLCP as the short form of Healthy Lowmoor Care Partnership"
    )


def test_the_order_of_names_and_statements_does_not_count() -> None:
    given, quads = records(), list(paper_quads())
    clusters = cluster_names(given)
    for seed in range(5):
        random.Random(seed).shuffle(given)
        random.Random(seed).shuffle(quads)
        assert cluster_names(given) == clusters
        assert sort_quads(assemble_clusters(quads)) == sort_quads(assemble_clusters(paper_quads()))


def test_nothing_is_said_of_a_body_so_that_without_its_graph_the_dataset_is_as_it_was() -> None:
    added = assemble_clusters(paper_quads())
    assert {quad.graph_name for quad in added} == {CLUSTERS}
    subjects = {str(quad.subject).removeprefix(f"<{ID}").split("/")[0] for quad in added}
    assert subjects == {"cluster", "likeness"}
    assert len(added) == len(set(added))
    left = [q for q in (*paper_quads(), *added) if q.graph_name != CLUSTERS]
    assert left == list(paper_quads())
    assert assemble_clusters([*paper_quads(), *added]) == added  # and is not read again


def test_conforms_to_the_shapes_and_a_wrong_member_does_not() -> None:
    quads = [*paper_quads(), *assemble_register(load_register())]
    added = assemble_clusters(paper_quads())
    assert validate_quads([*quads, *added], whole_register=False).violations == ()
    wrong = [
        Quad(q.subject, q.predicate, NamedNode(BODY + "ct-TAL"), q.graph_name)
        for q in added
        if q.predicate.value == CG + "clusterMember"
    ][:1]
    found = validate_quads([*quads, *added, *wrong], whole_register=False).violations
    assert "A body of the register can be in no cluster." in {violation.message for violation in found}


def test_no_cluster_gives_no_graph() -> None:
    assert assemble_clusters([]) == []
    alone = [quad for quad in paper_quads() if str(quad.graph_name).endswith("/one.txt>")]
    assert assemble_clusters(alone) == []


def many_records() -> list[NameRecord]:
    names = sorted({name for pair in read_pairs() for name in (pair.one, pair.other)})
    return [
        NameRecord(BODY + name.replace(" ", "-"), name, "Organisation", f"d{number % 7}")
        for number, name in enumerate(names)
    ]


def test_documents_whose_names_share_no_block_with_others_change_no_cluster_of_theirs() -> None:
    given = many_records()
    before = cluster_names(given)
    assert len(before) > 100
    strangers = [
        NameRecord(BODY + "1", "Zzyzx Quarry Hospice", "Charity", "new"),
        NameRecord(BODY + "2", "The Zzyzx Quarry Hospice Ltd", "Charity", "new"),
    ]
    after = cluster_names([*strangers, *given])
    assert set(before) < set(after)
    assert [cluster.members for cluster in set(after) - set(before)] == [(BODY + "1", BODY + "2")]


def test_members_are_linked_each_with_each_and_never_kept_apart_by_the_register() -> None:
    lore = load_lore()
    name_of = {record.node: record.name for record in many_records()}
    for cluster in cluster_names(many_records()):
        assert {(link.one, link.other) for link in cluster.links} == set(combinations(cluster.members, 2))
        known = {lore.known_as([name_of[member]]) for member in cluster.members} - {frozenset()}
        assert len(known) <= 1


@pytest.mark.parametrize("half", [0, 1])
def test_what_is_linked_in_a_part_is_linked_in_the_whole(half: int) -> None:
    """Likeness is of two names alone: further documents change no score."""
    given = many_records()
    part = {link for cluster in cluster_names(given[half::2]) for link in cluster.links}
    scores = {(link.one, link.other): link for cluster in cluster_names(given) for link in cluster.links}
    assert all(scores[link.one, link.other] == link for link in part if (link.one, link.other) in scores)


def test_a_cluster_is_named_by_its_members_alone() -> None:
    members = (BODY + "a", BODY + "b")
    assert Cluster(members, ()).iri == Cluster(members, ()).iri != Cluster((*members, BODY + "c"), ()).iri


def test_clusters_can_be_asked_for_in_a_store() -> None:
    store = load_store([*paper_quads(), *assemble_clusters(paper_quads())])
    query = f"SELECT ?d {{ ?c <{CG}clusterMember> ?m . GRAPH ?g {{ ?d <{CG}mentions> ?m }} }}"
    found = {row["d"].value for row in store.query(query)}  # type: ignore[union-attr]
    assert found == {document_iri(paper) for paper in PAPERS}
