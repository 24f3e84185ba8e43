"""A server of the endpoint on a free port of this machine, and clients for it: what all its tests share."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

import uvicorn
from starlette.applications import Starlette

from graph.endpoint.heads import BoundedHeads
from graph.endpoint.limits import Limits
from graph.endpoint.pool import WorkerPool
from graph.endpoint.routes import endpoint_routes


@contextmanager
def serve_app(app: Starlette) -> Iterator[str]:
    """Serve an application in a thread until the block ends; give the address that it is at."""
    # With the protocol named, asyncio sends small answers without waiting for the last to be acknowledged.
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.bind(("127.0.0.1", 0))
    config = uvicorn.Config(app, log_level="warning", server_header=False, ws="none", http=BoundedHeads)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=lambda: asyncio.run(server.serve(sockets=[listener])))
    thread.start()
    try:
        while not server.started:
            assert thread.is_alive(), "the server did not start"
            thread.join(0.01)
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(20)
        assert not thread.is_alive(), "the server did not stop"
        listener.close()


@contextmanager
def serve_endpoint(
    out: Path, limits: Limits | None = None, *, services: tuple[str, ...] = ()
) -> Iterator[tuple[str, WorkerPool]]:
    """Serve the endpoint of a build alone; give its address and its pool."""
    limits = limits or Limits(workers=4)
    pool = WorkerPool(out, limits, services=services)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        await pool.start()
        try:
            yield
        finally:
            await pool.close()

    with serve_app(Starlette(routes=endpoint_routes(pool, limits), lifespan=lifespan)) as address:
        yield address, pool
