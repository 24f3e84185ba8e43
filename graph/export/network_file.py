"""The network of a built graph as GraphML: the file that ``caregraph draw`` writes."""

from __future__ import annotations

from typing import IO

from graph.draw import draw_network
from graph.export.source import Source
from graph.export_network import render_graphml
from graph.network import project_network


def write_network(source: Source, stream: IO[bytes]) -> None:
    """Write the bodies and statements with their sentences, and where the page draws them.

    Args:
        source: the graph.
        stream: gets UTF-8.
    """
    drawn = draw_network(project_network(source.open_store()))
    stream.write(render_graphml(drawn).encode("utf-8", "backslashreplace"))
