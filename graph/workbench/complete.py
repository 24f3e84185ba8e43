"""Names while they are typed, for the fields of our pages."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from graph.search.records import Completion
from graph.vocabulary import ID
from graph.workbench.home import LONGEST, NAME_KINDS
from graph.workbench.rendering import address_node, tag_response
from graph.workbench.site import opened_of
from graph.workbench.view import KINDS, View, kind_of, open_view

MOST = 12
"""Names suggested."""
FIELDS = {
    "organisation": ("organisation", "collective"),
    "place": ("place",),
    "document": ("document",),
    "all": NAME_KINDS,
}
"""What a field asks for, as the parameters of questions call it, and which kinds of nodes that is."""


def complete(request: Request) -> Response:
    """Answer with names that begin with what was typed: ``[{"name", "about", "value", "address"}]``.

    ``value`` is what to put into a field of a form: the name, or the key where several things are so called.
    """
    text = request.query_params.get("q", "").strip()[:LONGEST]
    kinds = FIELDS.get(request.query_params.get("for", "all"), NAME_KINDS)
    index = opened_of(request).index
    view = open_view(request)
    found = index.complete_names(text, limit=MOST, kinds=kinds) if text else []
    return tag_response(request, JSONResponse([_describe(view, completion) for completion in found]))


def _describe(view: View, found: Completion) -> dict[str, str]:
    about = found.type or KINDS.get(found.kind, "")
    if found.matched != found.name:
        about = f"{found.matched} · {about}"
    return {
        "name": found.name,
        "about": about,
        "value": write_value(view, found.entity, found.name),
        "address": address_node(found.entity, view.as_of.text),
    }


def write_value(view: View, iri: str, name: str) -> str:
    """Return what a person may give for a node: its name where it alone has that, else the end of its IRI."""
    namesakes = [other for other in view.called(name) if kind_of(other) == kind_of(iri)]
    return name if len(namesakes) == 1 else f"cgi:{iri.removeprefix(ID)}"


ROUTES = [Route("/complete", complete)]
