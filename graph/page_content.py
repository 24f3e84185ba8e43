"""What the network page holds, as plain values: documents, nodes, edges, communities, and the words for them.

The scripts in ``graph/page/`` read it as JSON. What is empty is left out of a node.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import networkx as nx

from graph.definitions import read_definitions
from graph.pages import read_legend
from graph.structure import describe_communities, find_bridges, find_brokers, find_communities

if TYPE_CHECKING:
    from pyvis.network import Network

MISSING_FAMILY = "Companies and others"

ROW_HEIGHT = 120.0
"""Distance below the picture at which nodes without a position are put, in pixels."""

DocumentKey = tuple[str, str, str, str]
"""IRI, title, date and address of a document."""


def list_content(drawn: Network) -> dict[str, Any]:
    """Return what the page shows: documents, nodes, edges and communities as plain values, and the legend.

    Edges point to nodes, sentences to documents and nodes to communities by number. Documents that gave no
    statement come after those that did.
    """
    numbers = {node["id"]: number for number, node in enumerate(drawn.nodes)}
    documents: dict[DocumentKey, int] = {}
    simple = _link_nodes(drawn)
    bridges = find_bridges(simple)
    edges = [_list_edge(edge, numbers, documents) for edge in drawn.edges]
    for edge in edges:
        edge.update({"bridge": True} if frozenset((edge["from"], edge["to"])) in bridges else {})
    for document in getattr(drawn, "documents", ()):
        documents.setdefault(_identify(document), len(documents))
    nodes = _list_nodes(drawn, numbers, simple)
    communities = {number: node["community"] for number, node in enumerate(nodes)}
    return {
        "documents": [dict(zip(("title", "date", "link"), key[1:], strict=True)) for key in documents],
        "nodes": nodes,
        "edges": edges,
        "communities": describe_communities(simple, communities, lambda number: nodes[number]["label"]),
        "legend": {**read_legend(), "definitions": list_definitions()},
    }


def list_definitions() -> dict[str, str]:
    """Return what each type, relation and status of the legend means, and "Collective", by its key there."""
    legend, definitions = read_legend(), read_definitions()
    types = [name for family in legend["families"] for name in family["types"]]
    terms = {name: name for name in (*types, *legend["relations"], "Collective")}
    terms |= {status: status.capitalize() for status in legend["statuses"]}
    return {key: definitions[term] for key, term in terms.items()}


def find_family(name: str) -> dict[str, Any]:
    """Return the family of the legend that a class belongs to; that of other bodies when none does."""
    families = read_legend()["families"]
    found = [family for family in families if name in family["types"]]
    return dict((found or [family for family in families if family["name"] == MISSING_FAMILY])[0])


def _link_nodes(drawn: Network) -> nx.Graph:
    """Return who is linked to whom in what is drawn, by number; ``weight`` counts the edges joined."""
    numbers = {node["id"]: number for number, node in enumerate(drawn.nodes)}
    simple = nx.Graph()
    simple.add_nodes_from(range(len(drawn.nodes)))
    for edge in drawn.edges:
        source, target = numbers[edge["from"]], numbers[edge["to"]]
        if source != target:
            known = simple.get_edge_data(source, target, {"weight": 0})["weight"]
            simple.add_edge(source, target, weight=known + 1)
    return simple


def _identify(document: Mapping[str, str]) -> DocumentKey:
    return document.get("document", ""), document["title"], document["date"], document["link"]


def _list_edge(
    edge: dict[str, Any], numbers: dict[Any, int], documents: dict[DocumentKey, int]
) -> dict[str, Any]:
    """Return one edge; new documents of its sentences are added to ``documents``."""
    claim = edge.get("claim", {})
    sentences = []
    for sentence in claim.get("sentences", []):
        number = documents.setdefault(_identify(sentence), len(documents))
        sentences.append([number, sentence["quote"], sentence["prefix"], sentence["suffix"]])
    return {
        "from": numbers[edge["from"]],
        "to": numbers[edge["to"]],
        "predicate": claim.get("predicate", str(edge.get("label") or "linkedTo")),
        "status": claim.get("status", "asserted"),
        "role": claim.get("role", ""),
        "confidence": claim.get("confidence"),
        "sentences": sentences,
    }


def _list_nodes(drawn: Network, numbers: dict[Any, int], simple: nx.Graph) -> list[dict[str, Any]]:
    """Return the nodes; communities are found anew where the user added nodes, which have none."""
    known = [node.get("about", {}).get("community") for node in drawn.nodes]
    communities = find_communities(simple) if None in known else dict(enumerate(known))
    brokers = find_brokers(simple)
    bottom = max((node["y"] for node in drawn.nodes if "y" in node), default=0.0) + ROW_HEIGHT
    nodes = []
    for number, node in enumerate(drawn.nodes):
        about = dict(node.get("about", {}))
        for key in ("predecessors", "successors"):
            about[key] = [_list_kin(body, numbers) for body in about.get(key, ())]
        node = {"x": ROW_HEIGHT * number, "y": bottom, **node}
        listed = _list_node(node, about)
        listed.update(community=communities[number], **({"broker": True} if number in brokers else {}))
        nodes.append(listed)
    return nodes


def _list_kin(body: Mapping[str, str], numbers: dict[Any, int]) -> dict[str, Any]:
    """Return a body that came before or after another, with its number where the network has it."""
    kin = {key: body[key] for key in ("name", "from", "until") if body.get(key)}
    return {**kin, "node": numbers[body["id"]]} if body.get("id") in numbers else kin


def _list_node(node: dict[str, Any], about: dict[str, Any]) -> dict[str, Any]:
    family = find_family(about.get("type", ""))
    color = node.get("color", family["color"])
    shape = node.get("shape", family["plain_shape"])
    return {
        **{key: value for key, value in about.items() if value not in (None, "", [])},
        "id": str(node["id"]),
        "label": str(node.get("label") or node["id"]),
        "family": read_legend()["families"].index(family),
        "color": color.get("background", family["color"]) if isinstance(color, dict) else color,
        "shape": family["shape"] if shape == family["plain_shape"] else shape,
        "size": node.get("size", 12),
        "x": node["x"],
        "y": node["y"],
        "hidden": bool(node.get("hidden", False)),
    }
