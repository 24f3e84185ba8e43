"""The query editor, and what it asks the server while somebody types."""

from __future__ import annotations

import json
from dataclasses import asdict

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Route

from graph.endpoint.answers import describe_problem
from graph.endpoint.jobs import JobError
from graph.endpoint.requests import read_body
from graph.pages import PAGE
from graph.query import QUERY_PREFIXES
from graph.vocabulary import CG, GRAPH, ID
from graph.workbench.completions import complete, label_iris
from graph.workbench.examples import list_examples, read_form, write_examples
from graph.workbench.rendering import render, tag_response
from graph.workbench.site import site_of

ROWS = 10_000
"""Rows that the page asks for; it says so when there are more."""
KINDS = ("class", "property", "term", "name", "prefix", "any")
START = """PREFIX cg: <https://w3id.org/caregraph/ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

SELECT ?one ?relation ?other ?status
WHERE {
  ?claim cg:subject ?one ; cg:predicate ?relation ; cg:object ?other ; cg:status ?status .
}
LIMIT 100
"""
_TYPED = 200  # characters of what was typed that are looked at
MOST_LABELS = 2_000
"""IRIs of which the names are given at once."""
_MOST_BYTES = 1 << 20
DRAWING = ("vis-data.min.js", "vis-network.min.js")


def show_editor(request: Request) -> Response:
    """Show the editor; the page is a plain form where no script runs."""
    settings = {
        "rows": ROWS,
        "start": START,
        "prefixes": QUERY_PREFIXES,
        "folders": [[ID, "/id/"], [GRAPH, "/graph/"], [CG, "/ontology#"]],
    }
    query = request.query_params.get("query", "") or START
    return render(request, "editor.html.j2", settings=settings, query=query)


def send_completions(request: Request) -> Response:
    """Answer ``?kind=...&q=...`` with what may be meant, as JSON."""
    kind = request.query_params.get("kind", "any")
    if kind not in KINDS:
        raise HTTPException(400, f"kind={kind!r}: choose one of {', '.join(KINDS)}")
    text = request.query_params.get("q", "")[:_TYPED]
    found = complete(site_of(request), kind, text)
    return JSONResponse(
        {"completions": [asdict(one) for one in found]}, headers={"cache-control": "no-cache"}
    )


async def send_labels(request: Request) -> Response:
    """Answer a JSON list of IRIs with the names of those that have one."""
    try:
        iris = json.loads(await read_body(request, _MOST_BYTES))
    except JobError as error:
        return describe_problem(error)
    except (ValueError, RecursionError) as error:
        raise HTTPException(400, "send a list of IRIs as JSON") from error
    if not isinstance(iris, list) or not all(isinstance(iri, str) for iri in iris) or len(iris) > MOST_LABELS:
        raise HTTPException(400, f"send a list of at most {MOST_LABELS} IRIs as JSON")
    return JSONResponse(label_iris(site_of(request).open().store, iris))


def send_examples(request: Request) -> Response:
    """Send the examples to the page: name, question, form and query."""
    examples = [
        {"name": one.name, "text": one.text, "form": read_form(one.query), "query": one.query}
        for one in list_examples()
    ]
    return tag_response(request, JSONResponse(examples))


def send_examples_as_rdf(request: Request) -> Response:
    """Send the examples as RDF, for other tools."""
    origin = f"{request.url.scheme}://{request.url.netloc}"
    return tag_response(request, Response(write_examples(origin), media_type="text/turtle; charset=utf-8"))


def send_drawing_script(request: Request) -> Response:
    """Send the scripts that draw networks: the same files that the network page holds."""
    name = request.path_params["name"]
    if name not in DRAWING:
        raise HTTPException(404)
    return FileResponse(PAGE / "vendor" / name, headers={"cache-control": "max-age=3600"})


ROUTES = [
    Route("/editor", show_editor),
    Route("/editor/complete", send_completions),
    Route("/editor/labels", send_labels, methods=["POST"]),
    Route("/editor/examples.json", send_examples),
    Route("/editor/examples.ttl", send_examples_as_rdf),
    Route("/editor/drawing/{name}", send_drawing_script),
]
