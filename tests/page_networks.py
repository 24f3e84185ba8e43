"""Networks with groups for the tests of the page, and visits to their pages."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import networkx as nx
from playwright.sync_api import Browser
from pyvis.network import Network

from graph.draw import draw_network, write_page
from tests.page_visits import Visit

SENTENCE = {
    "prefix": "",
    "suffix": "",
    "start": 0,
    "title": "The only document",
    "date": "2005-10",
    "link": "https://example.org/doc",
    "document": "one",
}


def link(network: nx.MultiDiGraph, source: str, target: str, predicate: str = "funds", **claim: str) -> None:
    """Add a claim with one sentence; ``status`` and ``role`` as keywords."""
    status = claim.get("status", "asserted")
    network.add_edge(
        source,
        target,
        predicate=predicate,
        status=status,
        role=claim.get("role", ""),
        confidence=0.8,
        sentences=[{**SENTENCE, "quote": f"{source} {predicate} {target}."}],
    )


def make_clusters(*sizes: int, family: str = "CareTrust") -> nx.MultiDiGraph:
    """Return clusters of bodies named "A 0", "A 1", ..., "B 0", ..., as ``project_network`` gives them.

    All are linked to the first of their cluster, and the first ones in a row to one another.
    """
    network = nx.MultiDiGraph()
    names = [[f"{chr(65 + number)} {member}" for member in range(size)] for number, size in enumerate(sizes)]
    for cluster in names:
        for name in cluster:
            network.add_node(name, label=name, type=family, kind="named", other_names=[], codes=[])
        for one, other in zip(cluster[1:], cluster[2:] + cluster[1:2], strict=True):
            link(network, one, cluster[0])
            link(network, one, other, "worksWith")
    for before, after in itertools.pairwise(names):
        link(network, before[0], after[0], "regulates")
        link(network, before[0], after[0], "audits", status="proposed")
    return network


def draw_large(count: int, group_size: int) -> Network:
    """Return a drawn network of equal groups in a grid, each a star, whose hubs are linked in a row.

    Positions and communities are given, so that nothing of that size has to be computed.
    """
    drawn = Network(directed=True)
    columns = math.ceil(math.sqrt(count / group_size))
    for number in range(count):
        group, member = divmod(number, group_size)
        angle, radius = member * 2.4, 34 * math.sqrt(member)
        spread = 90 * math.sqrt(group_size)
        drawn.add_node(
            number,
            label=f"body {number}",
            x=round(group % columns * spread + radius * math.cos(angle), 1),
            y=round(group // columns * spread + radius * math.sin(angle), 1),
            about={"type": "CareTrust", "kind": "named", "community": group, "label": f"body {number}"},
        )
    for number in range(count):
        hub = number - number % group_size
        if number != hub:
            drawn.edges.append({"from": number, "to": hub})
        elif hub:
            drawn.edges.append({"from": number, "to": hub - group_size})
    return drawn


@contextmanager
def open_network(
    browser: Browser,
    folder: Path,
    network: nx.MultiDiGraph | Network,
    *,
    address: str = "",
    **options: object,
) -> Iterator[Visit]:
    """Open the page at an address such as "#shading=on"; at the end nothing may have gone wrong."""
    path = folder / "network.html"
    write_page(network if isinstance(network, Network) else draw_network(network), path, title="Test network")
    visit = Visit(browser, path, **options)
    if address:
        visit.page.goto(path.as_uri() + address)
        visit.page.reload()
        visit.page.wait_for_selector("html[data-ready]")
    visit.page.evaluate("document.getElementById('groups-section').open = true")
    yield visit
    assert visit.problems == []
    visit.context.close()


def count_colors(visit: Visit, *colors: tuple[int, int, int]) -> list[int]:
    """Return how much of the picture has exactly each colour; it may be asked again and again."""
    script = """(colors) => { const c = document.querySelector('#picture canvas');
        const copy = document.createElement('canvas');
        [copy.width, copy.height] = [c.width, c.height];
        const ctx = copy.getContext('2d', { willReadFrequently: true });
        ctx.drawImage(c, 0, 0);
        const d = ctx.getImageData(0, 0, c.width, c.height).data;
        return colors.map((color) => { let n = 0;
            for (let i = 0; i < d.length; i += 4) n += color.every((part, j) => d[i + j] === part);
            return n; }); }"""
    visit.settle()
    return [int(count) for count in visit.page.evaluate(script, [list(color) for color in colors])]
