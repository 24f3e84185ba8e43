"""See what a server holds and shows: whether each graph is there to the letter, and what queries find."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from pyoxigraph import NamedNode, Quad

from graph.publish.contents import State
from graph.publish.sending import Connection
from graph.publish.targets import Target, send_query
from graph.vocabulary import CG
from graph.write import sort_quads


@dataclass(frozen=True, slots=True)
class Difference:
    """A graph that is not on the server as it is in the build.

    Attributes:
        name: of the graph.
        expected: statements that it has in the build.
        found: statements that the server gives for it.
    """

    name: str
    expected: int
    found: int

    def __str__(self) -> str:
        """Say what differs."""
        if self.found == self.expected:
            return f"{self.name}: {self.found} statements as expected, but some are written otherwise"
        return f"{self.name}: {self.found} statements instead of {self.expected}"


def check_graphs(target: Target, states: Mapping[str, State]) -> list[Difference]:
    """Read graphs back from a server, and compare number and hash of their statements with the build's.

    One graph is held in memory at a time.

    Raises:
        PublishError: a graph cannot be read.
    """
    compared = (compare_graph(target, name, state) for name, state in states.items())
    return [difference for difference in compared if difference]


def compare_graph(target: Target, name: str, state: State) -> Difference | None:
    """Read a graph back from a server, and tell how it differs from the build's; None if it does not.

    Raises:
        PublishError: it cannot be read.
    """
    graph_name = NamedNode(name)
    lines = sort_quads(Quad(t.subject, t.predicate, t.object, graph_name) for t in target.read(name))
    if hashlib.sha256(lines).hexdigest() == state.sha256:
        return None
    return Difference(name, state.statements, lines.count(b"\n"))


def shows_all_graphs(connection: Connection, url: str) -> bool:
    """Tell whether a query without GRAPH finds what the named graphs hold, as the named questions need.

    Raises:
        PublishError: the server does not answer.
    """
    text = f"ASK {{ {NamedNode(CG + 'Claim')} ?property ?value }}"
    response = send_query(connection, url, text, "application/sparql-results+json")
    return bool(response.json().get("boolean"))
