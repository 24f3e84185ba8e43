"""What the page holds: documents, measures, communities, definitions, and safe JSON."""

from __future__ import annotations

from typing import Any

import pytest
from pyvis.network import Network

from graph.draw import draw_network
from graph.network import project_network
from graph.page_content import list_content, list_definitions
from graph.pages import read_legend
from graph.vocabulary import ID
from tests.network_store import StoreMaker, make_store, register_facts


def make_chain() -> StoreMaker:
    """Return a triangle of bodies with a tail of two, and a document that gave no statement."""
    maker = StoreMaker()
    maker.document("b", title="Second", date="2007")
    maker.document("a", title="First", date="2006", link="https://example.org/a")
    maker.document("silent", title="Says nothing")
    bodies = [
        maker.entity("a", f"organisation/{n}", "named", type="Charity", name=f"Body {n}") for n in "vwxyz"
    ]
    for one, other in ((0, 1), (1, 2), (0, 2), (2, 3), (3, 4)):
        maker.claim("ab"[one % 2], (bodies[one], "worksWith", bodies[other]), [f"{one} with {other}."])
    return maker


@pytest.fixture
def content() -> dict[str, Any]:
    return list_content(draw_network(project_network(make_chain().store)))


def by_label(content: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {node["label"]: node for node in content["nodes"]}


def test_every_document_is_listed_those_cited_first(content: dict[str, Any]) -> None:
    assert content["documents"] == [
        {"title": "First", "date": "2006", "link": "https://example.org/a"},
        {"title": "Second", "date": "2007", "link": ""},
        {"title": "Says nothing", "date": "", "link": ""},
    ]


def test_documents_that_look_the_same_stay_apart() -> None:
    maker = StoreMaker()
    for slug in ("one", "two", "three"):
        maker.document(slug, title="Minutes", date="2006")
    body = maker.entity("one", "organisation/a", "named", type="Charity", name="A")
    maker.claim("one", (body, "funds", body), ["A pays."])
    maker.claim("two", (body, "funds", body), ["A pays."])
    content = list_content(draw_network(project_network(maker.store)))
    assert len(content["documents"]) == 3
    assert [number for number, *_ in content["edges"][0]["sentences"]] == [0, 1]


def test_bridges_and_brokers_are_marked(content: dict[str, Any]) -> None:
    labels = [node["label"] for node in content["nodes"]]
    bridges = {(labels[edge["from"]], labels[edge["to"]]) for edge in content["edges"] if edge.get("bridge")}
    assert bridges == {("Body x", "Body y"), ("Body y", "Body z")}
    assert {node["label"] for node in content["nodes"] if node.get("broker")} == {"Body x", "Body y"}


def test_who_stands_between_others_has_the_highest_betweenness(content: dict[str, Any]) -> None:
    nodes = by_label(content)
    assert nodes["Body x"]["betweenness"] == pytest.approx(4 / 6, abs=1e-5)
    assert nodes["Body z"]["betweenness"] == 0


def test_communities_are_numbered_by_size_and_named_after_the_most_connected(content: dict[str, Any]) -> None:
    nodes = by_label(content)
    assert [nodes[f"Body {n}"]["community"] for n in "vwxyz"] == [0, 0, 0, 1, 1]
    assert content["communities"] == [
        {"name": "around Body x and Body v", "size": 3},
        {"name": "around Body y and Body z", "size": 2},
    ]


def test_bodies_that_came_before_point_to_their_node_and_have_dates() -> None:
    maker = StoreMaker()
    maker.document("one", title="One")
    keys = {"organisation/ct-TBX": "Care Trust", "organisation/pct-5TB": "Older Trust"}
    trust, older = [
        maker.entity("one", key, "named", type="CareTrust", name=name) for key, name in keys.items()
    ]
    maker.registered("organisation/ct-TBX", register_facts("Care Trust"))
    maker.registered("organisation/pct-5TB", register_facts("Older Trust")[:5])
    maker.claim("one", (trust, "worksWith", trust), ["It works with itself."])
    alone = by_label(list_content(draw_network(project_network(maker.store))))
    assert alone["Care Trust"]["predecessors"] == [{"name": "Older Trust", "from": "2005-10-01"}]
    maker.claim("one", (trust, "worksWith", older), ["Both work."])
    both = by_label(list_content(draw_network(project_network(maker.store))))
    assert both["Care Trust"]["predecessors"] == [{"name": "Older Trust", "from": "2005-10-01", "node": 1}]
    assert both["Older Trust"]["successors"] == [{"name": "Care Trust", "from": "2005-10-01", "node": 0}]


def test_nodes_and_edges_of_the_user_are_measured_too() -> None:
    drawn = draw_network(project_network(make_store()))
    drawn.add_node("mine", label="My own body")
    drawn.add_edge("mine", ID + "organisation/ct-TBX")
    content = list_content(drawn)
    nodes = by_label(content)
    assert content["edges"][-1]["bridge"]
    assert nodes["Torbridge Care Trust"]["broker"]
    assert nodes["My own body"]["community"] == nodes["Torbridge Care Trust"]["community"]
    assert sum(community["size"] for community in content["communities"]) == len(content["nodes"]) == 5


def test_network_made_by_hand_has_communities_and_no_documents() -> None:
    drawn = Network()
    drawn.add_nodes([1, 2, 3], label=["one", "two", "three"])
    drawn.add_edge(1, 2)
    content = list_content(drawn)
    assert content["documents"] == []
    assert [community["name"] for community in content["communities"]] == [
        "around one and two",
        "three, on its own",
    ]


def test_every_type_relation_and_status_is_defined() -> None:
    legend = read_legend()
    types = {name for family in legend["families"] for name in family["types"]}
    definitions = list_definitions()
    assert definitions.keys() == {*types, *legend["relations"], *legend["statuses"], "Collective"}
    assert all(len(text) > 5 and text.endswith(".") for text in definitions.values())
