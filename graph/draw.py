"""A network as a ``pyvis.Network`` that the user may change, and that as one self-contained page.

pyvis is the object that people know; what it writes itself asks other hosts for styles, moves for
minutes and runs script out of names. So the page is our own: an autoescaped template with
vis-network inside it, positions computed beforehand, and a policy that allows nothing but itself.
"""

from __future__ import annotations

import json
import math
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from graph.layout import place_nodes, simplify_network
from graph.pages import PAGE, read_legend, render_template, replace_page

if TYPE_CHECKING:
    import networkx as nx
    from pyvis.network import Network

SCRIPTS = (
    "vendor/vis-data.min.js",
    "vendor/vis-network.min.js",
    "content.js",
    "state.js",
    "model.js",
    "narrow.js",
    "address.js",
    "shapes.js",
    "labels.js",
    "picture.js",
    "search.js",
    "filters.js",
    "sentences.js",
    "panel.js",
    "table.js",
    "speech.js",
    "keys.js",
    "returning.js",
    "main.js",
)
"""What the page runs, in this order; those of ours share the scope of one asynchronous function."""

STYLES = ("network.css",)
"""Style sheets of the page, in this order."""

MISSING_FAMILY = "Companies and others"

ROW_HEIGHT = 120.0
"""Distance below the picture at which nodes without a position are put, in pixels."""

DASHES: dict[str, bool | list[int]] = {"asserted": False, "proposed": [10, 7], "negated": [2, 6]}

ESCAPES = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


def draw_network(network: nx.MultiDiGraph) -> Network:
    """Turn a projected network into a ``pyvis.Network``, with shapes, colours, sizes and positions.

    Each node keeps what is known about it under ``about``, each edge its claim under ``claim``;
    ``write_page`` reads both, and everything else as vis-network does (``label``, ``color``, ``shape``,
    ``size``, ``x``, ``y``, ``hidden``), so what the user changes shows.
    """
    from pyvis.network import Network  # pulls in IPython: 1 s that only drawing should pay

    drawn = Network(directed=True, height="100%", width="100%")
    drawn.toggle_physics(False)
    simple = simplify_network(network)
    positions = place_nodes(simple)
    for node, about in network.nodes(data=True):
        family = find_family(about.get("type", ""))
        x, y = positions[node]
        drawn.add_node(
            node,
            label=about.get("label", str(node)),
            shape=family["plain_shape"],
            color=family["color"],
            size=round(9 + min(22.0, 4 * math.sqrt(simple.degree(node))), 1),
            x=x,
            y=y,
            physics=False,
            about=dict(about),
        )
    drawn.edges.extend(_draw_edge(*edge) for edge in network.edges(data=True))
    return drawn


def write_page(drawn: Network, path: Path, *, title: str = "Who works with whom") -> None:
    """Write the network as one HTML file that needs nothing else, whole or not at all.

    Raises:
        StoreError: the file cannot be written.
    """
    replace_page(path, render_page(drawn, title=title))


def render_page(drawn: Network, *, title: str = "Who works with whom") -> str:
    """Return the page as text: the same network and title, the same text."""
    return render_template(
        "network.html.j2",
        style="\n".join((PAGE / name).read_text(encoding="utf-8") for name in STYLES),
        script=_read_script(),
        title=title,
        content=Markup(escape_json(list_content(drawn))),
    )


def list_content(drawn: Network) -> dict[str, Any]:
    """Return what the page shows: documents, nodes and edges as plain values, and the legend.

    Edges point to nodes and sentences to documents by number.
    """
    numbers = {node["id"]: number for number, node in enumerate(drawn.nodes)}
    documents: dict[tuple[str, str, str], int] = {}
    edges = [_list_edge(edge, numbers, documents) for edge in drawn.edges]
    bottom = max((node["y"] for node in drawn.nodes if "y" in node), default=0.0) + ROW_HEIGHT
    return {
        "documents": [dict(zip(("title", "date", "link"), key, strict=True)) for key in documents],
        "nodes": [_list_node(node, number, bottom) for number, node in enumerate(drawn.nodes)],
        "edges": edges,
        "legend": read_legend(),
    }


def find_family(name: str) -> dict[str, Any]:
    """Return the family of the legend that a class belongs to; that of other bodies when none does."""
    families = read_legend()["families"]
    found = [family for family in families if name in family["types"]]
    return dict((found or [family for family in families if family["name"] == MISSING_FAMILY])[0])


def escape_json(content: object) -> str:
    r"""Return JSON that can stand in HTML: no character of it can open or close a tag.

    >>> escape_json("</script><!--&")
    '"\\u003c/script\\u003e\\u003c!--\\u0026"'
    """
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"), sort_keys=True, allow_nan=False)
    safe = "".join(ESCAPES.get(character, character) for character in text)
    return safe.encode("utf-8", "backslashreplace").decode("utf-8")


def _draw_edge(source: str, target: str, claim: dict[str, Any]) -> dict[str, Any]:
    relation = read_legend()["relations"].get(claim["predicate"], {})
    from pyvis.edge import Edge

    options: dict[str, Any] = Edge(
        source,
        target,
        directed=not relation.get("symmetric", False),
        dashes=DASHES.get(claim["status"], False),
        claim=dict(claim),
    ).options
    return options


def _list_edge(
    edge: dict[str, Any], numbers: dict[Any, int], documents: dict[tuple[str, str, str], int]
) -> dict[str, Any]:
    """Return one edge; new documents of its sentences are added to ``documents``."""
    claim = edge.get("claim", {})
    sentences = []
    for sentence in claim.get("sentences", []):
        key = (sentence["title"], sentence["date"], sentence["link"])
        number = documents.setdefault(key, len(documents))
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


def _list_node(node: dict[str, Any], number: int, bottom: float) -> dict[str, Any]:
    about = node.get("about", {})
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
        "x": node.get("x", ROW_HEIGHT * number),
        "y": node.get("y", bottom),
        "hidden": bool(node.get("hidden", False)),
    }


@cache
def _read_script() -> str:
    """Return all scripts as one text; source map comments would make a debugger ask for files."""
    vendored: list[str] = []
    own: list[str] = []
    for name in SCRIPTS:
        text = (PAGE / name).read_text(encoding="utf-8")
        (vendored if name.startswith("vendor/") else own).append(
            re.sub(r"^//# sourceMapping.*\n?", "", text, flags=re.M)
        )
    return "\n".join([*vendored, '(async function () {\n"use strict";', *own, "})();\n"])
