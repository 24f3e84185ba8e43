"""A page for every node under its own IRI path, as HTML or as RDF."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote, unquote

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from graph.vocabulary import ID
from graph.workbench.bodies import show_body
from graph.workbench.documents import show_document
from graph.workbench.plain import show_plain
from graph.workbench.rdf import choose_form, describe_node, link_forms, send_triples
from graph.workbench.rendering import raw_path, tag_response
from graph.workbench.statements import show_claim
from graph.workbench.view import KINDS, View, kind_of, open_view

Show = Callable[[Request, View, str], Response]
SHOWN: dict[str, Show] = {
    "organisation": show_body,
    "collective": show_body,
    "person": show_body,
    "publication": show_body,
    "legislation": show_body,
    "programme": show_body,
    "place": show_body,
    "document": show_document,
    "claim": show_claim,
}
"""Which page shows a kind of node; a plain description shows the others."""


def show_node(request: Request) -> Response:
    """Show a node as a page or as RDF, as the client prefers."""
    view = open_view(request)
    path = raw_path(request)
    iri = find_node(view, path.removeprefix("/id/"))
    if iri is None:
        kind = KINDS.get(path.removeprefix("/id/").partition("/")[0], "node")
        raise HTTPException(
            404, f"The graph holds no {kind.lower()} of this address: {unquote(path)}; search for it by name."
        )
    form = choose_form(request)
    if form is not None:
        return tag_response(request, send_triples(describe_node(view.store, iri), form))
    response = SHOWN.get(kind_of(iri), show_plain)(request, view, iri)
    response.headers["link"] = link_forms("/id/" + iri.removeprefix(ID))
    return response


def find_node(view: View, path: str) -> str | None:
    """Find the node of a path; None where the graph holds none.

    IRIs are percent-encoded (``minutes/M%C3%A4rz.txt``). A client that encodes less, or with small letters,
    means the same address (RFC 3986, section 6.2.2).
    """
    encoded = "/".join(quote(unquote(part), safe="") for part in path.split("/"))
    for written in (path, encoded):
        if view.holds(ID + written):
            return ID + written
    return None


ROUTES = [Route("/id/{path:path}", show_node)]
