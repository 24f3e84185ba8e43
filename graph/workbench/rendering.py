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
from graph.workbench.dates import AS_OF, read_as_of, write_day, write_span
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
    environment.filters |= {"type_label": label_type, "day": write_day, "grouped": "{:,}".format}
    environment.globals |= {"static": address_static, "span": write_span}
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


def address_page(path: str, as_of: str = "", **parameters: object) -> str:
    """Return the address of a page of this server; parameters that are empty are left out.

    >>> address_page("/", "2006", q="Torbay & others", page="")
    '/?q=Torbay+%26+others&as_of=2006'
    """
    given = {name: str(value) for name, value in {**parameters, AS_OF: as_of}.items()}
    written = urlencode({name: value for name, value in given.items() if value})
    return f"{path}?{written}" if written else path


def raw_path(request: Request) -> str:
    """Return the path as it was asked for, percent-encoded as it came.

    It begins with one slash: a link to ``//example.org`` would lead to another server.
    """
    raw = request.scope.get("raw_path") or request.url.path.encode()
    return "/" + str(raw.decode("latin-1").partition("?")[0]).lstrip("/\\")


def render(request: Request, template: str, *, status: int = 200, **values: object) -> Response:
    """Render a page, or say that it has not changed (304) to a browser that has it.

    Args:
        request: asked by the browser.
        template: file name in ``templates/``.
        status: HTTP status.
        values: what the template shows, beside ``site``, ``path``, ``as_of`` (an ``AsOf``), ``given`` (the
            other parameters of the address), ``href`` (address of a node), ``link`` (of a page) and
            ``navigation``.
    """
    as_of = read_as_of(request)
    page = (
        make_environment()
        .get_template(template)
        .render(
            site=site_of(request),
            path=raw_path(request),
            as_of=as_of,
            given=[(name, value) for name, value in request.query_params.multi_items() if name != AS_OF],
            href=lambda iri: address_node(str(iri), as_of.text),
            link=lambda path, **parameters: address_page(path, as_of.text, **parameters),
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
