"""A drawn network as GraphML and GEXF, for Gephi, Cytoscape and other programs that read networks.

Bodies become nodes and statements edges, with plain values only: what is known about each, and the
sentences that say it. GEXF also holds the look of the page, so that Gephi opens with its picture.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import networkx as nx

from graph.page_content import list_content
from graph.pages import label_type, read_legend, write_line
from graph.picture.shapes import COLORS

if TYPE_CHECKING:
    from pyvis.network import Network

Plain = str | int | float | bool

LINES = {"asserted": "solid", "proposed": "dashed", "negated": "dotted"}
"""How GEXF calls the lines of the page."""

GREY = (123, 137, 149)

SHAPES = {"dot": "disc", "square": "square", "diamond": "diamond", "triangle": "triangle"}
"""The shapes that GEXF has; all others become a disc."""

DRAWN = ("id", "label", "family", "color", "shape", "size", "x", "y", "hidden")
"""What ``list_content`` says of a node beside what is known about it."""


def render_graphml(drawn: Network) -> str:
    """Return the network as GraphML: the same network, the same text.

    Nodes carry ``size``, ``r``, ``g``, ``b`` (0..255), ``x`` and ``y`` (upwards), which Gephi draws by.
    """
    network = _list_network(drawn)
    for _, about in network.nodes(data=True):
        about.update(zip("rgb", _split_color(about["color"]), strict=True))
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + "\n".join(nx.generate_graphml(network)) + "\n"


def render_gexf(drawn: Network) -> str:
    """Return the network as GEXF 1.2, which opens in Gephi as the page looks.

    All edges are directed, since few programs read both kinds in one file; ``directed`` says which are not.
    """
    network = _list_network(drawn)
    for _, about in network.nodes(data=True):
        about["viz"] = {
            "color": dict(zip("rgb", _split_color(about.pop("color")), strict=True)),
            "size": about.pop("size"),
            "shape": SHAPES.get(about.pop("shape"), "disc"),
            "position": {"x": about["x"], "y": about["y"], "z": 0.0},
        }
    for _, _, number, about in network.edges(data=True, keys=True):
        about["id"] = number
        about["viz"] = {
            "color": dict(zip("rgb", _split_color(COLORS.get(about["status"], "")), strict=True)),
            "shape": LINES.get(about["status"], "solid"),
        }
    text = "\n".join(nx.generate_gexf(network)) + "\n"
    meta = "<meta>\n    <creator>caregraph</creator>\n  </meta>"  # without the date of today
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + re.sub(
        r"<meta .*?</meta>", meta, text, count=1, flags=re.S
    )


def _list_network(drawn: Network) -> nx.MultiDiGraph:
    """Return the network with plain values only; keys are numbers, since GraphML allows no address there."""
    content = list_content(drawn)
    network = nx.MultiDiGraph()
    for number, node in enumerate(content["nodes"]):
        network.add_node(number, **_list_node(node))
    for number, (edge, source) in enumerate(zip(content["edges"], drawn.edges, strict=True)):
        sentences = source.get("claim", {}).get("sentences", [])
        network.add_edge(edge["from"], edge["to"], key=f"e{number}", **_list_edge(edge, sentences))
    for number, about in network.nodes(data=True):
        about["degree"] = len({*network.successors(number), *network.predecessors(number)} - {number})
    hidden = [number for number, node in enumerate(content["nodes"]) if node["hidden"]]
    network.remove_nodes_from(hidden)
    return nx.relabel_nodes(network, {number: f"n{number}" for number in network})


def _list_node(node: Mapping[str, Any]) -> dict[str, Plain]:
    known = {name: _flatten(value) for name, value in node.items() if name not in DRAWN}
    return {
        "label": write_line(node["label"]),
        "iri": write_line(node["id"]),
        **known,
        "broker": bool(node.get("broker", False)),
        "type": write_line(label_type(str(node.get("type", "Organisation")))),
        "family": read_legend()["families"][node["family"]]["name"],
        "color": write_line(node["color"]),
        "shape": write_line(node["shape"]),
        "size": float(node["size"]),
        "x": float(node["x"]),
        "y": -float(node["y"]),
    }


def _list_edge(edge: Mapping[str, Any], sentences: list[dict[str, Any]]) -> dict[str, Plain]:
    relation = read_legend()["relations"].get(edge["predicate"], {})
    wording = relation.get("forward", edge["predicate"])
    first = sentences[0] if sentences else {}
    return {
        "label": write_line(wording),
        "predicate": write_line(edge["predicate"]),
        "directed": not relation.get("symmetric", False),
        "bridge": bool(edge.get("bridge", False)),
        "status": write_line(edge["status"]),
        "role": write_line(edge["role"]),
        **({} if edge["confidence"] is None else {"confidence": float(edge["confidence"])}),
        "sentence_count": len(sentences),
        "sentence": write_line(first.get("quote", "")),
        **{name: write_line(first.get(name, "")) for name in ("title", "date", "link")},
        "sentences": "\n".join(_tell_sentence(sentence) for sentence in sentences),
    }


def _tell_sentence(sentence: Mapping[str, Any]) -> str:
    source = ", ".join(write_line(sentence[name]) for name in ("title", "date", "link") if sentence[name])
    return f"“{write_line(sentence['quote'])}” ({source})"


def _flatten(value: object) -> Plain:
    """Return a plain value: lists become text with semicolons, codes "ODS TAL", other bodies their names."""
    if isinstance(value, bool | int | float):
        return value
    if isinstance(value, Mapping):
        parts = [value["name"]] if "name" in value else value.values()
        return " ".join(write_line(part) for part in parts)
    if isinstance(value, Iterable) and not isinstance(value, str):
        return "; ".join(str(_flatten(part)) for part in value)
    return write_line("" if value is None else value)


def _split_color(color: Plain) -> tuple[int, int, int]:
    """Return red, green and blue (0..255) of ``#rrggbb``; grey for a colour that is written otherwise."""
    found = re.fullmatch(r"#([0-9a-fA-F]{2})([0-9a-fA-F]{2})([0-9a-fA-F]{2})", str(color))
    return (int(found[1], 16), int(found[2], 16), int(found[3], 16)) if found else GREY
