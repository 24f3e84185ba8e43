"""Where SPARQL servers take graphs: what is known of each kind, and how to tell which kind one is."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit, urlunsplit

from graph.errors import PublishError


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where a server answers queries, takes whole graphs, and takes updates; empty where it is not known.

    Attributes:
        query: where it answers queries.
        graph_store: where it takes whole graphs.
        update: where it takes updates.
        atomic: whether an update of several operations is known to be one transaction there.
    """

    query: str = ""
    graph_store: str = ""
    update: str = ""
    atomic: bool = False


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of server.

    Attributes:
        name: as its makers write it.
        path: what the address of its queries looks like; the first group begins the other addresses.
        graph_store: the path where it takes whole graphs, after that group; None where it takes none.
        update: the path where it takes updates.
        signed: what these two are for a user with a password, if something else.
        header: what it says of itself in ``Server``; empty where the path tells enough.
        host: what its host looks like, where that tells.
        atomic: whether an update of several operations is known to be one transaction.
    """

    name: str
    path: str
    graph_store: str | None
    update: str
    signed: tuple[str, str] | None = None
    header: str = ""
    host: str = ""
    atomic: bool = False


KINDS = (
    Kind("GraphDB or RDF4J", r"(.*/repositories/[^/]+)", "/rdf-graphs/service", "/statements"),
    Kind("Blazegraph", r"(.*/(?:namespace/[^/]+|bigdata|blazegraph)/sparql)", None, ""),
    Kind("Neptune", r"(/sparql)", "/gsp/", "", host=r"\.neptune\.amazonaws\.com(\.cn)?$"),
    Kind("Oxigraph", r"(.*)/query", "/store", "/update", header="oxigraph", atomic=True),
    Kind("Fuseki", r"(.*?)(?:/query|/sparql)?", "/data", "/update", header="fuseki|jena"),
    Kind(
        "Virtuoso",
        r"(.*)/sparql(?:-auth)?",
        "/sparql-graph-crud",
        "/sparql",
        signed=("/sparql-graph-crud-auth", "/sparql-auth"),
        header="virtuoso",
    ),
    Kind("caregraph", r"(.*)/sparql", "/rdf-graph-store", "/sparql", header="caregraph"),
)
"""The kinds that are known, those that the address alone tells first."""


def find_addresses(given: Addresses, ask: Callable[[str], str], *, signed: bool) -> Addresses:
    """Find the addresses of a server that are not given.

    Args:
        given: those that the user names, ``query`` or ``graph_store`` among them.
        ask: gives what the server at the address of queries says of itself (``Server``).
        signed: whether the user has a password or token.

    Returns:
        The same, with ``graph_store`` or ``update`` if neither was given.

    Raises:
        PublishError: they cannot be found.
    """
    if given.graph_store or (given.update and given.query):
        return given
    if given.update:
        raise PublishError(
            "--update alone cannot be read from; give --endpoint as well, where the server answers queries"
        )
    if not given.query:
        raise PublishError("name the server: --endpoint URL, or --graph-store URL")
    said = ask(given.query)
    kind = find_kind(given.query, said)
    if kind is None:
        raise PublishError(
            f"{given.query}: nothing tells where this server ({said or 'it does not say which'}) takes "
            "graphs; name it by --graph-store URL or --update URL (docs/publish.md has well-known ones)"
        )
    return derive_addresses(given.query, kind, signed=signed)


def find_kind(url: str, said: str) -> Kind | None:
    """Tell the kind of a server by the address of its queries and by what it says of itself."""
    parts = urlsplit(url)
    for kind in KINDS:
        tells = not kind.header or re.search(kind.header, said, re.IGNORECASE)
        if (
            tells
            and re.search(kind.host, parts.hostname or "")
            and re.fullmatch(kind.path, _trim(parts.path))
        ):
            return kind
    return None


def derive_addresses(url: str, kind: Kind, *, signed: bool) -> Addresses:
    """Work out where a server of a kind takes graphs and updates.

    >>> derive_addresses("http://localhost:3030/care/query", KINDS[4], signed=False).graph_store
    'http://localhost:3030/care/data'
    """
    parts = urlsplit(url)
    match = re.fullmatch(kind.path, _trim(parts.path))
    start = match[1] if match else ""
    graph_store, update = (kind.signed if signed and kind.signed else None) or (kind.graph_store, kind.update)
    base = urlunsplit((parts.scheme, parts.netloc, start, "", ""))
    return Addresses(url, "" if graph_store is None else base + graph_store, base + update, kind.atomic)


def _trim(path: str) -> str:
    return path.rstrip("/")
