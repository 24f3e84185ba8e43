"""Builds to publish, what they hold by graph, and one run of publishing to a server that fails."""

from __future__ import annotations

from pathlib import Path

from graph.publish import Addresses, Patience, PublishReport, Wishes, publish_graph
from graph.publish.contents import Lines, write_counts
from graph.store import open_store
from tests.publishing_server import FaultyServer

DOCUMENTS = (
    (("a.txt", 1), ("b/c d.txt", 40)),
    (("a.txt", 2), ("b/c d.txt", 40), ("e.txt", 7)),
    (("e.txt", 7),),
    (("e.txt", 8), ("a.txt", 1), ("f.txt", 0)),
)
"""What four builds hold."""

HASTY = Patience(attempts=2, pause=0, seconds=0.2)
WAYS = ("store", "update")

Graphs = dict[str, bytes]


def read_graphs(out: Path) -> Graphs:
    found: dict[str, bytes] = {}
    for name, line in Lines(out, write_counts(open_store(out))):
        found[name.decode()] = found.get(name.decode(), b"") + line
    return found


def run(
    server: FaultyServer,
    out: Path,
    way: str = "store",
    wishes: Wishes | None = None,
    *,
    patience: Patience = HASTY,
) -> PublishReport:
    url = server.address
    addresses = (
        Addresses(f"{url}/query", f"{url}/store")
        if way == "store"
        else Addresses(f"{url}/query", "", f"{url}/update")
    )
    return publish_graph(out, addresses, patience=patience, wishes=wishes)
