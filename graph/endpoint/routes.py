"""The addresses of the endpoint: ``/sparql``; ``/rdf-graph-store`` and ``/graph/...`` for whole graphs."""

from __future__ import annotations

import json

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from graph.endpoint.answers import HEADERS, AnswerResponse, describe_problem, is_known, make_tag
from graph.endpoint.description import describe_service, write_triples
from graph.endpoint.formats import ROWS, TRIPLES, choose_format, label_content, wants_page
from graph.endpoint.graph_store import GRAPH, METHODS, STORE, ask_for_graph, find_page, read_graph_name
from graph.endpoint.jobs import Job, JobError
from graph.endpoint.limits import Limits
from graph.endpoint.pool import WorkerPool
from graph.endpoint.requests import Asked, read_request
from graph.matches import NAME_MATCHES, SENTENCE_MATCHES
from graph.screen import read_verb
from graph.vocabulary import CG

SPARQL = "/sparql"
EDITOR = "/editor"

QUERY_METHODS = "GET, HEAD, POST, OPTIONS"
_ALL_METHODS = ["GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"]
_TRIPLE_VERBS = ("CONSTRUCT", "DESCRIBE")


def endpoint_routes(pool: WorkerPool, limits: Limits) -> list[Route]:
    """Give the routes of the endpoint, to be put into an application.

    Args:
        pool: what answers; started and closed with the application.
        limits: of a request.
    """
    endpoint = Endpoint(pool, limits)
    queries = [Route(path, endpoint.answer_sparql, methods=_ALL_METHODS) for path in (SPARQL, SPARQL + "/")]
    graphs = [
        Route(path, endpoint.answer_graph, methods=_ALL_METHODS) for path in (STORE, GRAPH + "{name:path}")
    ]
    return [*queries, *graphs]


class Endpoint:
    """Answers requests with the workers of a pool."""

    def __init__(self, pool: WorkerPool, limits: Limits) -> None:
        self.pool = pool
        self.limits = limits

    async def answer_sparql(self, request: Request) -> Response:
        """Answer a request to the SPARQL endpoint."""
        try:
            if early := _answer_method(request, QUERY_METHODS):
                return early
            asked = await read_request(request, self.limits.request)
            if asked.query is None:
                return await self._describe_service(request)
            return await self.answer_query(request, self._make_job(request, asked))
        except JobError as error:
            return describe_problem(error)

    async def answer_query(self, request: Request, job: Job) -> Response:
        """Answer a query, unless the client has the answer.

        Raises:
            JobError: it cannot be answered.
        """
        tag = make_tag(job, self.pool.version)
        headers = {"ETag": tag} if tag else {}
        if request.method != "POST" and is_known(tag, request.headers.get("if-none-match", "")):
            return Response(status_code=304, headers={**HEADERS, **headers})
        reply = await self.pool.answer(job, gone=wait_until_gone(request))
        return AnswerResponse(reply, headers, head=request.method == "HEAD")

    def _make_job(self, request: Request, asked: Asked) -> Job:
        assert asked.query is not None
        formats = TRIPLES if read_verb(asked.query) in _TRIPLE_VERBS else ROWS
        form = choose_format(formats, request.headers.get("accept", ""), asked.form)
        rows = [count for count in (asked.rows, self.limits.rows) if count is not None]
        return Job(
            asked.query,
            form.media_type,
            asked.default_graphs,
            asked.named_graphs,
            min(rows, default=None),
            str(request.url).partition("?")[0],
            _takes_gzip(request),
        )

    async def answer_graph(self, request: Request) -> Response:
        """Answer a request for a whole graph."""
        try:
            if early := _answer_method(request, METHODS):
                return early
            name = read_graph_name(request)
            if wants_page(request.headers.get("accept", "")) and (page := find_page(name)):
                return RedirectResponse(page, status_code=303, headers=HEADERS)
            form = choose_format(TRIPLES, request.headers.get("accept", ""))
            there, whole = ask_for_graph(name, form.media_type, gzip=_takes_gzip(request))
            if name is not None and not await self._is_true(there):
                raise JobError(
                    "no-such-graph", f"there is no graph {name}; choose one of those that {SPARQL} lists"
                )
            return await self.answer_query(request, whole)
        except JobError as error:
            return describe_problem(error)

    async def _is_true(self, job: Job) -> bool:
        reply = await self.pool.answer(job)
        with reply.body as body:
            return bool(json.load(body)["boolean"])

    async def _describe_service(self, request: Request) -> Response:
        """Describe the endpoint; a browser is led to the editor."""
        if request.method == "POST":
            raise JobError("malformed-request", "there is no query; send query=... in the form")
        accept = request.headers.get("accept", "")
        if wants_page(accept):
            return RedirectResponse(EDITOR, status_code=303, headers=HEADERS)
        form = choose_format(TRIPLES, accept, request.query_params.get("format", ""))
        reply = await self.pool.answer(Job("SELECT DISTINCT ?graph { GRAPH ?graph {} } ORDER BY ?graph"))
        with reply.body as body:
            rows = json.load(body)["results"]["bindings"]
        triples = describe_service(
            str(request.url.replace(path=SPARQL, query="", fragment="")),
            [row["graph"]["value"] for row in rows],
            federated=bool(self.pool.services),
            properties=[CG + SENTENCE_MATCHES, CG + NAME_MATCHES],
        )
        headers = {**HEADERS, "Content-Type": label_content(form.media_type)}
        return Response(write_triples(triples, form.media_type), headers=headers)


def _answer_method(request: Request, allowed: str) -> Response | None:
    """Answer what only asks for the methods, and refuse those that would change something."""
    if request.method == "OPTIONS":
        return Response(status_code=204, headers={"Allow": allowed})
    if request.method not in allowed.split(", "):
        error = JobError("method", f"{request.method}: this graph is only read; use {allowed}")
        return describe_problem(error, {"Allow": allowed})
    return None


def _takes_gzip(request: Request) -> bool:
    return "gzip" in request.headers.get("accept-encoding", "")


async def wait_until_gone(request: Request) -> None:
    """Wait until the client has left; its request has been read to the end."""
    while (await request.receive())["type"] != "http.disconnect":
        pass
