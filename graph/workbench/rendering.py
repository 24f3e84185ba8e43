"""Pages from templates: escaped, linked to one another, with a tag that tells whether they have changed."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from urllib.parse import urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from graph.pages import label_type, show_controls
from graph.vocabulary import CG, GRAPH, ID
from graph.workbench.site import site_of

_FOLDER = Path(__file__).resolve().parent
STATIC = _FOLDER / "static"
NAVIGATION = (
    ("/", "Search"),
    ("/questions", "Questions"),
    ("/editor", "SPARQL"),
    ("/compare", "Compare"),
    ("/network", "Network"),
    ("/statistics", "Statistics"),
    ("/ontology", "Ontology"),
    ("/downloads", "Downloads"),
)
"""Where the bar at the top of each page leads."""
AS_OF = "as_of"
"""The parameter of every address that holds the day as of which the graph is shown."""


@cache
def make_environment() -> Environment:
    """Return the environment of the templates: whatever they show is escaped unless it is ``Markup``."""
    environment = Environment(
        autoescape=True,
        undefined=StrictUndefined,
        loader=FileSystemLoader(_FOLDER / "templates"),
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["type_label"] = label_type
    environment.globals["static"] = address_static
    return environment


@cache
def address_static(name: str) -> str:
    """Return the address of a file of ``static/``, with a digest, so that browsers may keep it for good."""
    digest = hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:12]
    return f"/static/{name}?{digest}"


def address_node(iri: str, as_of: str = "") -> str:
    """Return the address on this server of a node, a graph or a term of the ontology; else the IRI itself.

    >>> address_node("https://w3id.org/caregraph/id/organisation/ct-TAL", "2006")
    '/id/organisation/ct-TAL?as_of=2006'
    """
    for namespace, folder in ((ID, "/id/"), (GRAPH, "/graph/"), (CG, "/ontology#")):
        if iri.startswith(namespace):
            path = folder + iri.removeprefix(namespace)
            return f"{path}?{urlencode({AS_OF: as_of})}" if as_of and folder == "/id/" else path
    return iri if iri.startswith(("https://", "http://")) else ""


def render(request: Request, template: str, *, status: int = 200, **values: object) -> Response:
    """Render a page, or say that it has not changed (304) to a browser that has it.

    Args:
        request: asked by the browser.
        template: file name in ``templates/``.
        status: HTTP status.
        values: what the template shows, beside ``site``, ``path``, ``as_of``, ``href`` and ``navigation``.
    """
    as_of = request.query_params.get(AS_OF, "").strip()
    page = (
        make_environment()
        .get_template(template)
        .render(
            site=site_of(request),
            path=request.url.path,
            as_of=as_of,
            href=lambda iri: address_node(str(iri), as_of),
            navigation=NAVIGATION,
            **values,
        )
    )
    content = show_controls(page).encode("utf-8", "backslashreplace")
    return tag_response(request, HTMLResponse(content, status))


def tag_response(request: Request, response: Response) -> Response:
    """Give a whole response an ETag and let the browser ask whether it is still so (RFC 9110, section 13)."""
    if response.status_code != 200:
        return response
    tag = f'W/"{hashlib.sha256(bytes(response.body)).hexdigest()[:24]}"'
    headers = {"etag": tag, "cache-control": "no-cache", "vary": "Accept, Accept-Encoding, Cookie"}
    if tag in [given.strip() for given in request.headers.get("if-none-match", "").split(",")]:
        return Response(status_code=304, headers=headers)
    response.headers.update(headers)
    return response
