"""The projection of a built graph: which nodes and edges, with which names, codes and sentences."""

from __future__ import annotations

import networkx as nx
import pyoxigraph as ox
import pytest

from graph.network import measure_network, project_network
from graph.vocabulary import CG, ID, INFERRED_GRAPH
from tests.network_store import RDF_TYPE, StoreMaker, make_store

TRUST = ID + "organisation/ct-TBX"
COUNCIL = ID + "organisation/exmoor-county-council"
TRUSTS = ID + "collective/primary-care-trusts"
PERSON = ID + "person/ann-lee"


@pytest.fixture
def network() -> nx.MultiDiGraph:
    return project_network(make_store())


def edge(network: nx.MultiDiGraph, source: str, target: str, status: str) -> dict[str, object]:
    [found] = [claim for claim in network.get_edge_data(source, target).values() if claim["status"] == status]
    return dict(found)


def test_nodes_are_what_takes_part_in_a_claim(network: nx.MultiDiGraph) -> None:
    assert list(network) == sorted([TRUST, COUNCIL, TRUSTS, PERSON])


def test_same_claim_of_two_documents_is_one_edge_with_both_sentences(network: nx.MultiDiGraph) -> None:
    claim = edge(network, TRUST, COUNCIL, "asserted")
    assert claim["predicate"] == "worksWith"
    assert claim["confidence"] == 0.9
    assert claim["sentences"] == [
        {
            "quote": "The trust works with Exmoor County Council.",
            "prefix": "In the year before, ",
            "suffix": "",
            "start": 0,
            "title": "Working together",
            "date": "2006",
            "link": "https://example.org/one",
            "document": ID + "document/one",
        },
        {
            "quote": "They work together still.",
            "prefix": "In the year before, ",
            "suffix": "",
            "start": 0,
            "title": "A second look",
            "date": "2007",
            "link": "",
            "document": ID + "document/two",
        },
    ]


def test_statuses_are_edges_of_their_own(network: nx.MultiDiGraph) -> None:
    assert edge(network, TRUST, COUNCIL, "proposed")["predicate"] == "poolsBudgetWith"
    assert edge(network, COUNCIL, TRUSTS, "negated")["predicate"] == "funds"
    assert network.number_of_edges() == 4


def test_role_of_a_post_is_kept(network: nx.MultiDiGraph) -> None:
    assert edge(network, PERSON, TRUST, "asserted")["role"] == "chair"


def test_body_of_the_register_has_its_codes_and_dates(network: nx.MultiDiGraph) -> None:
    trust = network.nodes[TRUST]
    assert trust["codes"] == [{"scheme": "ODS", "code": "TBX"}]
    assert (trust["valid_from"], trust["valid_until"]) == ("2005-10-01", "")
    assert trust["predecessors"] == [
        {"name": "pct 5TB", "id": ID + "organisation/pct-5TB", "from": "", "until": ""}
    ]
    assert trust["register"] == "ct-TBX"
    assert (trust["label"], trust["other_names"]) == ("Torbridge Care Trust", ["TBT"])


def test_body_outside_the_register_has_none(network: nx.MultiDiGraph) -> None:
    council = network.nodes[COUNCIL]
    assert (council["register"], council["codes"], council["type"]) == (None, [], "CountyCouncil")


def test_collective_has_the_class_of_its_members(network: nx.MultiDiGraph) -> None:
    assert (network.nodes[TRUSTS]["kind"], network.nodes[TRUSTS]["type"]) == (
        "collective",
        "PrimaryCareTrust",
    )


def test_inferred_classes_do_not_change_the_type() -> None:
    store = make_store()
    wider = ox.NamedNode(CG + "AHealthBody")
    store.add(ox.Quad(ox.NamedNode(COUNCIL), ox.NamedNode(RDF_TYPE), wider, ox.NamedNode(INFERRED_GRAPH)))
    assert project_network(store).nodes[COUNCIL]["type"] == "CountyCouncil"


def test_default_graph_that_repeats_all_others_changes_nothing() -> None:
    store = make_store()
    before = project_network(store)
    wider = ox.NamedNode(CG + "AHealthBody")
    store.add(ox.Quad(ox.NamedNode(COUNCIL), ox.NamedNode(RDF_TYPE), wider, ox.NamedNode(INFERRED_GRAPH)))
    for quad in list(store):
        store.add(ox.Quad(quad.subject, quad.predicate, quad.object, ox.DefaultGraph()))
    after = project_network(store)
    assert list(after.nodes(data=True)) == list(before.nodes(data=True))
    assert list(after.edges(keys=True, data=True)) == list(before.edges(keys=True, data=True))


def test_narrower_class_wins_where_documents_differ() -> None:
    maker = StoreMaker()
    maker.document("a", title="A")
    maker.document("b", title="B")
    for slug, leaf in (("a", "LocalAuthority"), ("b", "UnitaryAuthority")):
        body = maker.entity(slug, "organisation/x", "named", type=leaf, name="X Council")
    maker.claim("a", (body, "mergesWith", body), ["X merges with itself."])
    network = project_network(maker.store)
    assert network.nodes[body]["type"] == "UnitaryAuthority"
    assert network.number_of_edges(body, body) == 1


def test_order_of_the_store_does_not_matter() -> None:
    store = make_store()
    turned = ox.Store()
    for quad in sorted(store, key=str, reverse=True):
        turned.add(quad)
    one, other = project_network(store), project_network(turned)
    assert list(one.nodes(data=True)) == list(other.nodes(data=True))
    assert list(one.edges(keys=True, data=True)) == list(other.edges(keys=True, data=True))


def test_empty_store_is_an_empty_network() -> None:
    network = project_network(ox.Store())
    measure_network(network)
    assert len(network) == 0


def test_every_document_is_kept_also_one_that_gave_no_claim() -> None:
    maker = StoreMaker()
    maker.document("silent", title="Says nothing", date="2001")
    assert project_network(maker.store).graph["documents"] == [
        {"title": "Says nothing", "date": "2001", "link": "", "document": ID + "document/silent"}
    ]


def test_measures_count_neighbours_and_find_communities(network: nx.MultiDiGraph) -> None:
    measure_network(network)
    assert {node: about["degree"] for node, about in network.nodes(data=True)} == {
        TRUST: 2,
        COUNCIL: 2,
        TRUSTS: 1,
        PERSON: 1,
    }
    assert network.nodes[TRUST]["betweenness"] > network.nodes[PERSON]["betweenness"] == 0
    assert network.nodes[TRUST]["community"] == network.nodes[PERSON]["community"]
    assert network.nodes[COUNCIL]["community"] == network.nodes[TRUSTS]["community"]
    assert [node for node, broker in network.nodes(data="broker") if broker] == [TRUST, COUNCIL]
    assert all(bridge for *_, bridge in network.edges(data="bridge"))
