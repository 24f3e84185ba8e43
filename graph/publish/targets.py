"""The two ways to write named graphs to a server: whole graphs over HTTP, and SPARQL Update.

Source: SPARQL 1.1 Graph Store HTTP Protocol, SPARQL 1.1 Protocol and SPARQL 1.1 Update (W3C, 2013).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Protocol
from urllib.parse import urlencode

import httpx2
from pyoxigraph import NamedNode, RdfFormat, Triple, parse

from graph.errors import PublishError
from graph.publish.sending import TRIPLES, Connection, Content
from graph.publish.servers import Addresses

ACCEPT = "application/n-triples, text/turtle;q=0.8"
_ADDRESS = "check that its address is one of SPARQL 1.1 (docs/publish.md)"
TURTLE = "text/turtle"
"""N-Triples are Turtle, and every server has to read Turtle (Graph Store HTTP Protocol, section 5.1)."""

UPDATE_PART = 1 << 18
"""Bytes of statements in one update: Virtuoso takes some 10,000 statements at once, others more."""

TOGETHER = 1 << 22
"""Bytes of statements of small graphs in one update, where that is one transaction."""


class Target(Protocol):
    """Where named graphs are written to."""

    part: int
    """Bytes of statements that it wants at once."""

    together: int
    """Bytes of statements of several graphs that go in one request; 0 where each graph goes alone."""

    def read(self, name: str) -> Iterator[Triple]:
        """Yield what a graph holds; nothing where there is none."""

    def replace(self, name: str, parts: Iterable[bytes]) -> None:
        """Make N-Triples all that a graph holds."""

    def replace_several(self, graphs: Mapping[str, bytes]) -> None:
        """Make N-Triples all that some graphs hold, by their names."""

    def add(self, name: str, triples: bytes) -> None:
        """Add N-Triples to a graph."""

    def drop(self, name: str) -> None:
        """Remove a graph, if it is there."""


def choose_target(connection: Connection, addresses: Addresses) -> Target:
    """Choose the way: whole graphs where the server takes them; small ones together where that is safe."""
    if addresses.graph_store and addresses.update and addresses.atomic:
        return GraphStoreAndUpdates(connection, addresses)
    if addresses.graph_store:
        return GraphStore(connection, addresses.graph_store)
    return Updates(connection, addresses.query, addresses.update)


class GraphStore:
    """A server that takes whole graphs, each in one request, streamed.

    Args:
        connection: to send by.
        url: where it takes them, the graph's name as ``?graph=``.
    """

    part = 1 << 20
    together = 0

    def __init__(self, connection: Connection, url: str) -> None:
        self._connection = connection
        self._url = url

    def read(self, name: str) -> Iterator[Triple]:
        """Yield what a graph holds; nothing where there is none."""
        headers = {"Accept": ACCEPT}
        response = self._connection.send(
            "GET", self._url, query={"graph": name}, headers=headers, missing=True
        )
        return iter(()) if response is None else read_triples(response)

    def replace(self, name: str, parts: Iterable[bytes]) -> None:
        """Make N-Triples all that a graph holds."""
        content = Content(parts)
        try:
            self._write("PUT", name, content)
        finally:
            content.close()

    def replace_several(self, graphs: Mapping[str, bytes]) -> None:
        """Make N-Triples all that some graphs hold, by their names: one after another."""
        for name, triples in graphs.items():
            self.replace(name, [triples])

    def add(self, name: str, triples: bytes) -> None:
        """Add N-Triples to a graph."""
        self._write("POST", name, triples)

    def drop(self, name: str) -> None:
        """Remove a graph, if it is there."""
        self._connection.send("DELETE", self._url, query={"graph": name}, missing=True)

    def _write(self, method: str, name: str, content: bytes | Content) -> None:
        headers = {"Content-Type": TURTLE}
        self._connection.send(method, self._url, query={"graph": name}, content=content, headers=headers)


class Updates:
    """A server that takes SPARQL Update; large graphs go in several updates.

    Args:
        connection: to send by.
        query: where it answers queries.
        update: where it takes updates.
    """

    part = UPDATE_PART
    together = UPDATE_PART

    def __init__(self, connection: Connection, query: str, update: str) -> None:
        self._connection = connection
        self._query = query
        self._update = update

    def read(self, name: str) -> Iterator[Triple]:
        """Yield what a graph holds; nothing where there is none."""
        text = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH {NamedNode(name)} {{ ?s ?p ?o }} }}"
        return read_triples(send_query(self._connection, self._query, text, ACCEPT))

    def replace(self, name: str, parts: Iterable[bytes]) -> None:
        """Make N-Triples all that a graph holds: drop it with the first part, then add the others."""
        for number, triples in enumerate(parts):
            self._send(write_insert(name, triples) if number else write_replacement(name, triples))

    def replace_several(self, graphs: Mapping[str, bytes]) -> None:
        """Make N-Triples all that some graphs hold, by their names: in one request."""
        self._send(b" ;\n".join(write_replacement(name, triples) for name, triples in graphs.items()))

    def add(self, name: str, triples: bytes) -> None:
        """Add N-Triples to a graph."""
        self._send(write_insert(name, triples))

    def drop(self, name: str) -> None:
        """Remove a graph, if it is there."""
        self._send(f"DROP SILENT GRAPH {NamedNode(name)}".encode())

    def _send(self, update: bytes) -> None:
        headers = {"Content-Type": "application/sparql-update"}
        self._connection.send("POST", self._update, content=update, headers=headers)


class GraphStoreAndUpdates(GraphStore):
    """A server that takes large graphs whole, and small ones together in one update, all of them or none.

    A server that makes each change safe on disk before it answers takes many small ones much faster so.

    Args:
        connection: to send by.
        addresses: where it takes both.
    """

    together = TOGETHER

    def __init__(self, connection: Connection, addresses: Addresses) -> None:
        super().__init__(connection, addresses.graph_store)
        self._updates = Updates(connection, addresses.query, addresses.update)

    def replace_several(self, graphs: Mapping[str, bytes]) -> None:
        """Make N-Triples all that some graphs hold, by their names: in one request."""
        self._updates.replace_several(graphs)


def write_replacement(name: str, triples: bytes) -> bytes:
    """Write the update that makes N-Triples all that a graph holds."""
    return f"DROP SILENT GRAPH {NamedNode(name)} ;\n".encode() + write_insert(name, triples)


def write_insert(name: str, triples: bytes) -> bytes:
    """Write the update that adds N-Triples to a graph; N-Triples are SPARQL as they stand."""
    return b"INSERT DATA { GRAPH %b {\n%b} }" % (str(NamedNode(name)).encode(), triples)


def send_query(connection: Connection, url: str, text: str, accept: str) -> httpx2.Response:
    """Ask a query, in a form: Virtuoso never answers one that is sent as it stands.

    Raises:
        PublishError: it is not answered.
    """
    headers = {"Accept": accept, "Content-Type": "application/x-www-form-urlencoded"}
    response = connection.send("POST", url, content=urlencode({"query": text}).encode(), headers=headers)
    assert response is not None
    return response


def read_triples(response: httpx2.Response) -> Iterator[Triple]:
    """Yield the statements of an answer.

    Raises:
        PublishError: it holds none.
    """
    media_type = response.headers.get("content-type", TRIPLES)
    form = RdfFormat.from_media_type(media_type) or RdfFormat.TURTLE
    try:
        for quad in parse(response.content, format=form):
            yield quad.triple
    except SyntaxError:
        raise PublishError(
            f"{response.url.copy_with(query=None)}: what it gives for a graph is no {form.name}; {_ADDRESS}",
            lasting=True,
        ) from None
