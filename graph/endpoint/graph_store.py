"""Whole graphs by their names (https://www.w3.org/TR/sparql11-http-rdf-update/), to be read only."""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.requests import Request

from graph.endpoint.jobs import Job, JobError
from graph.endpoint.requests import read_iri

STORE = "/rdf-graph-store"
GRAPH = "/graph/"
GRAPHS = "https://w3id.org/caregraph/graph/"
"""What the names of our graphs begin with; what follows stands after ``/graph/`` in their addresses."""

METHODS = "GET, HEAD, OPTIONS"

_PAGES = {"document/": "/id/document/", "ontology": "/ontology"}
"""What shows a graph to a person, by how its name goes on."""

_ALL = "CONSTRUCT { ?subject ?predicate ?object } WHERE { ?subject ?predicate ?object }"
_ANY = "ASK { ?subject ?predicate ?object }"


def read_graph_name(request: Request) -> str | None:
    """Read which graph is meant: by ``?graph=IRI`` or ``?default``, or by the address itself.

    Returns:
        The IRI of the graph; None for the default graph.

    Raises:
        JobError: it does not say, or says two things.
    """
    raw = request.scope.get("raw_path", b"").decode("ascii", "replace") or urlsplit(str(request.url)).path
    if GRAPH in raw:
        return read_iri("graph", GRAPHS + raw.partition(GRAPH)[2])
    named = request.query_params.getlist("graph")
    default = "default" in request.query_params
    if len(named) + default != 1:
        raise JobError("malformed-request", f"name one graph: {STORE}?graph=IRI, or {STORE}?default")
    return None if default else read_iri("graph", named[0])


def ask_for_graph(name: str | None, media_type: str, *, gzip: bool) -> tuple[Job, Job]:
    """Make the queries for a graph: whether there is such a graph, and all that it holds.

    The name goes beside the query, never into it.
    """
    default = () if name is None else (name,)
    named = None if name is None else ()
    return (
        Job(_ANY, default_graphs=default, named_graphs=named),
        Job(_ALL, media_type, default, named, gzip=gzip),
    )


def find_page(name: str | None) -> str:
    """Find the page that shows what a graph holds to a person; empty where there is none.

    >>> find_page(GRAPHS + "document/minutes/plan.txt")
    '/id/document/minutes/plan.txt'
    """
    rest = (name or "").removeprefix(GRAPHS)
    return next(
        (page + rest.removeprefix(start) for start, page in _PAGES.items() if rest.startswith(start)), ""
    )
