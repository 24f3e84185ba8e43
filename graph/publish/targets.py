"""The two ways to write named graphs to a server: whole graphs over HTTP, and SPARQL Update.

Source: SPARQL 1.1 Graph Store HTTP Protocol, SPARQL 1.1 Protocol and SPARQL 1.1 Update (W3C, 2013).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol
from urllib.parse import urlencode

import httpx2
from pyoxigraph import NamedNode, RdfFormat, Triple, parse

from graph.errors import PublishError
from graph.publish.sending import TRIPLES, Connection, Content
from graph.publish.servers import Addresses

ACCEPT = "application/n-triples, text/turtle;q=0.8"
TURTLE = "text/turtle"
"""N-Triples are Turtle, and every server has to read Turtle (Graph Store HTTP Protocol, section 5.1)."""

UPDATE_PART = 1 << 18
"""Bytes of statements in one update: Virtuoso takes some 10,000 statements at once, others more."""


class Target(Protocol):
    """Where named graphs are written to."""

    part: int
    """Bytes of statements that it wants at once."""

    def read(self, name: str) -> Iterator[Triple]:
        """Yield what a graph holds; nothing where there is none."""

    def replace(self, name: str, parts: Iterable[bytes]) -> None:
        """Make N-Triples all that a graph holds."""

    def add(self, name: str, triples: bytes) -> None:
        """Add N-Triples to a graph."""

    def drop(self, name: str) -> None:
        """Remove a graph, if it is there."""


def choose_target(connection: Connection, addresses: Addresses) -> Target:
    """Choose the way: whole graphs where the server takes them, since each is replaced at one stroke."""
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
        drop = f"DROP SILENT GRAPH {NamedNode(name)}".encode()
        for number, triples in enumerate(parts):
            insert = write_insert(name, triples)
            self._send(insert if number else drop + b" ;\n" + insert)

    def add(self, name: str, triples: bytes) -> None:
        """Add N-Triples to a graph."""
        self._send(write_insert(name, triples))

    def drop(self, name: str) -> None:
        """Remove a graph, if it is there."""
        self._send(f"DROP SILENT GRAPH {NamedNode(name)}".encode())

    def _send(self, update: bytes) -> None:
        headers = {"Content-Type": "application/sparql-update"}
        self._connection.send("POST", self._update, content=update, headers=headers)


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
            f"{response.url.copy_with(query=None)}: what it gives for a graph is no {form.name}", lasting=True
        ) from None
