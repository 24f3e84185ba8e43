"""The server: the SPARQL endpoint and the pages as one application, and the process that runs it."""

from __future__ import annotations

import gc
import os
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount
from starlette.staticfiles import PathLike, StaticFiles
from starlette.types import Receive, Scope, Send

from graph.endpoint.heads import BoundedHeads
from graph.endpoint.limits import Limits
from graph.endpoint.pool import WorkerPool
from graph.endpoint.routes import SPARQL, endpoint_routes
from graph.errors import CaregraphError, StoreError
from graph.log_lines import LOGGING
from graph.workbench import (
    ask,
    compare,
    complete,
    downloads,
    editor,
    figures,
    home,
    network,
    nodes,
    ontology,
    openapi,
)
from graph.workbench.problems import show_failure, show_http_problem, show_problem
from graph.workbench.rendering import STATIC
from graph.workbench.security import Security
from graph.workbench.site import Site

LOOPBACK = ("127.0.0.1", "localhost", "::1")
LOCAL_ORIGIN = r"https?://(localhost|127\.0\.0\.1|\[::1\])(:\d+)?"
STOPPING = 10
"""Seconds in which answers that are on their way may be finished once the server is told to stop."""

PAGES = (home, complete, nodes, ask, editor, compare, network, figures, ontology, downloads, openapi)
"""The modules of pages, each with its ``ROUTES``."""


class KeptFiles(StaticFiles):
    """Static files; browsers keep for good what is asked for with the digest of its content."""

    def file_response(
        self, full_path: PathLike, stat_result: os.stat_result, scope: Scope, status_code: int = 200
    ) -> Response:
        """Answer with a file."""
        response = super().file_response(full_path, stat_result, scope, status_code)
        keep = "public, max-age=31536000, immutable" if scope["query_string"] else "no-cache"
        response.headers["cache-control"] = keep
        return response


class CompressedPages(GZipMiddleware):
    """Compresses pages; the endpoint does that itself, and every query would pay for passing through here."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] == "http" and scope["path"] == SPARQL:
            await self.app(scope, receive, send)
        else:
            await super().__call__(scope, receive, send)


@dataclass(frozen=True, slots=True)
class Access:
    """Who may ask, and whom queries may call.

    Attributes:
        loopback: whether only this machine can reach the server.
        token: what others must know; empty for none.
        cors: whether pages of other local servers may ask (a notebook, a development server).
        services: other SPARQL endpoints that queries may call by SERVICE, as ``host`` or ``host:port``.
    """

    loopback: bool = True
    token: str = ""
    cors: bool = False
    services: tuple[str, ...] = ()


def make_app(out: Path, *, limits: Limits | None = None, access: Access | None = None) -> Starlette:
    """Make the application that serves a built graph.

    Args:
        out: the folder of the build.
        limits: of what a query may use.
        access: who may ask.

    Raises:
        StoreError: there is no built graph.
    """
    limits, access = limits or Limits(), access or Access()
    site = Site(out, limits)
    pool = WorkerPool(out, limits, services=access.services)

    @asynccontextmanager
    async def run_pool(_: Starlette) -> AsyncIterator[None]:
        await pool.start()
        try:
            yield
        finally:
            await pool.close()

    app = Starlette(
        routes=_list_routes(pool, limits),
        middleware=_list_middleware(access),
        exception_handlers={
            HTTPException: show_http_problem,
            CaregraphError: show_problem,
            Exception: show_failure,
        },
        lifespan=run_pool,
    )
    app.state.site = site
    app.state.pool = pool
    return app


def _list_routes(pool: WorkerPool, limits: Limits) -> list[BaseRoute]:
    static = Mount("/static", KeptFiles(directory=STATIC))
    pages: list[BaseRoute] = [route for module in PAGES for route in module.ROUTES]
    return [*endpoint_routes(pool, limits), static, *pages]


def _list_middleware(access: Access) -> list[Middleware]:
    middleware = [Middleware(Security, token=access.token, loopback=access.loopback)]
    if access.cors:
        middleware.append(
            Middleware(
                CORSMiddleware,
                allow_origin_regex=LOCAL_ORIGIN,
                allow_methods=["GET", "POST"],
                allow_headers=["*"],
                expose_headers=["*"],
            )
        )
    middleware.append(Middleware(CompressedPages, minimum_size=1000, compresslevel=5))
    return middleware


def serve_graph(app: Starlette, *, host: str, port: int, started: Callable[[int], None]) -> None:
    """Serve until the process is stopped (Ctrl-C or SIGTERM).

    Args:
        app: from ``make_app``.
        host: name or address to listen at.
        port: to listen at; 0 for any that is free.
        started: called once with the port, when the server can be asked.

    Raises:
        StoreError: nothing can listen there.
    """
    import uvicorn

    class Server(uvicorn.Server):
        async def startup(self, sockets: list | None = None) -> None:  # type: ignore[type-arg] # as uvicorn has it
            await super().startup(sockets=sockets)
            if self.started:
                gc.freeze()  # what is loaded now stays: no search for garbage among it while somebody waits
                started(self.servers[0].sockets[0].getsockname()[1])

    config = uvicorn.Config(
        app,
        host=host,
        port=port,
        log_level="warning",
        log_config=LOGGING,
        server_header=False,
        ws="none",
        http=BoundedHeads,
        timeout_graceful_shutdown=STOPPING,  # a client that takes nothing would keep it for ever
    )
    try:
        Server(config).run()
    except SystemExit as error:
        raise StoreError(
            f"nothing can listen at {host}, port {port}; choose another with --port, or 0 for any free one"
        ) from error
