"""A network as a ``pyvis.Network`` that the user may change, and that as one self-contained page.

pyvis is the object that people know; what it writes itself asks other hosts for styles, moves for
minutes and runs script out of names. So the page is our own: an autoescaped template with
vis-network inside it, positions computed beforehand, and a policy that allows nothing but itself.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from graph.encode import encode_content
from graph.layout import place_nodes, simplify_network
from graph.pack import Position
from graph.page_content import find_family, list_content
from graph.pages import PAGE, read_legend, render_template, replace_page
from graph.structure import find_communities, measure_betweenness

if TYPE_CHECKING:
    import networkx as nx
    from pyvis.network import Network

SCRIPTS = (
    "vendor/delaunator.min.js",
    "vendor/vis-data.min.js",
    "vendor/vis-network.min.js",
    "content.js",
    "state.js",
    "model.js",
    "narrow.js",
    "address.js",
    "groups.js",
    "overview.js",
    "shapes.js",
    "labels.js",
    "sizes.js",
    "hulls.js",
    "lines.js",
    "picture.js",
    "settle.js",
    "search.js",
    "filters.js",
    "shelf.js",
    "sliders.js",
    "chips.js",
    "focus.js",
    "route.js",
    "definitions.js",
    "steps.js",
    "sentences.js",
    "timeline.js",
    "panel.js",
    "guide.js",
    "documents.js",
    "described.js",
    "group_panel.js",
    "group_list.js",
    "table.js",
    "svg_context.js",
    "sheet.js",
    "export.js",
    "share.js",
    "print.js",
    "speech.js",
    "keys.js",
    "returning.js",
    "main.js",
)
"""What the page runs, in this order; those of ours share the scope of one asynchronous function."""

STYLES = ("network.css", "narrow.css", "groups.css", "panel.css", "table.css", "share.css", "print.css")
"""Style sheets of the page, in this order."""

DASHES: dict[str, bool | list[int]] = {"asserted": False, "proposed": [10, 7], "negated": [2, 6]}


def draw_network(network: nx.MultiDiGraph) -> Network:
    """Turn a projected network into a ``pyvis.Network``, with shapes, colours, sizes and positions.

    Each node keeps what is known about it under ``about``, each edge its claim under ``claim``, and the
    network its documents under ``documents`` and, of a part of a graph, ``left_out``; ``write_page`` reads
    these, and everything else as vis-network does (``label``, ``color``, ``shape``, ``size``, ``x``, ``y``,
    ``hidden``): what the user changes shows.
    """
    from pyvis.network import Network  # pulls in IPython: 1 s that only drawing should pay

    drawn = Network(directed=True, height="100%", width="100%")
    drawn.toggle_physics(False)
    drawn.documents = list(network.graph.get("documents", ()))
    drawn.left_out = network.graph.get("left_out")
    simple = simplify_network(network)
    communities, betweenness = find_communities(simple), measure_betweenness(simple)
    positions = place_nodes(simple, communities)
    for node, about in network.nodes(data=True):
        measures = {"community": communities[node], "betweenness": betweenness.get(node)}
        shown = _draw_node(node, {**about, **measures}, simple.degree(node), positions[node])
        drawn.nodes.append(shown)  # as add_node does, which looks through all nodes for each
        drawn.node_ids.append(node)
        drawn.node_map[node] = shown
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
    content, encoding = encode_content(list_content(drawn))
    return render_template(
        "network.html.j2",
        style="\n".join((PAGE / name).read_text(encoding="utf-8") for name in STYLES),
        script=_read_script(),
        title=title,
        content=Markup(content),  # noqa: S704 - encode_content escapes it
        encoding=encoding,
        left_out=_count_rest(getattr(drawn, "left_out", None) or {}),
    )


def _count_rest(left_out: Mapping[str, int]) -> str:
    """Say how many bodies, statements and documents a page leaves out; nothing where it has all."""
    *rest, last = [f"{number:,} {what}" for what, number in left_out.items()] or [""]
    return f"{', '.join(rest)} and {last}" if rest else last


def _draw_node(node: str, about: dict[str, Any], degree: int, position: Position) -> dict[str, Any]:
    from pyvis.node import Node

    family = find_family(about.get("type", ""))
    options: dict[str, Any] = Node(
        node,
        family["plain_shape"],
        about.get("label", str(node)),
        color=family["color"],
        size=round(9 + min(22.0, 4 * math.sqrt(degree)), 1),
        x=position[0],
        y=position[1],
        physics=False,
        about=about,
    ).options
    return options


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
