"""Answers over HTTP: whole ones, streamed from where they were kept, and refusals as RFC 9457 has them."""

from __future__ import annotations

import asyncio
import hashlib
import io
from collections.abc import Mapping
from http import HTTPStatus

from starlette.responses import JSONResponse, Response
from starlette.types import Receive, Scope, Send

from graph.endpoint.formats import label_content
from graph.endpoint.jobs import Job, JobError, Reply

PROBLEM = "application/problem+json"
HEADERS = {
    "Cache-Control": "no-cache",
    "Vary": "Accept, Accept-Encoding",
    "X-Content-Type-Options": "nosniff",
}
"""Of every answer: keep it, but ask each time whether it still holds."""

_PIECE = 1 << 18
_UNSTEADY = ("NOW", "RAND", "UUID", "BNODE", "SERVICE")  # a query with one of these may give something else


class AnswerResponse(Response):
    """Sends an answer as fast as the client takes it."""

    def __init__(self, reply: Reply, headers: Mapping[str, str], *, head: bool = False) -> None:
        """Make it.

        Args:
            reply: the answer, which is closed when it has been sent.
            headers: to be sent beside those that the answer itself calls for.
            head: whether to send the headers alone.
        """
        self.reply = reply
        self.head = head
        self.status_code = HTTPStatus.OK
        self.background = None
        self.init_headers({**HEADERS, **headers, **_describe(reply)})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send it, waiting for the client between the parts."""
        body = self.reply.body
        with body:
            await send(
                {"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers}
            )
            if self.head:
                await send({"type": "http.response.body", "body": b""})
                return
            left = self.reply.length
            while True:
                memory = isinstance(body, io.BytesIO)
                part = body.read(_PIECE) if memory else await asyncio.to_thread(body.read, _PIECE)
                left -= len(part)
                more = left > 0 and bool(part)
                await send({"type": "http.response.body", "body": part, "more_body": more})
                if not more:
                    return


def describe_problem(error: JobError, headers: Mapping[str, str] | None = None) -> JSONResponse:
    """Answer with a refusal: what is wrong, where, and what to do."""
    title = HTTPStatus(error.status).phrase if error.status in set(HTTPStatus) else "Client Closed Request"
    problem: dict[str, object] = {
        "title": title,
        "status": error.status,
        "detail": error.message,
        "reason": error.reason,
    }
    if error.line:
        problem |= {"line": error.line, "column": error.column}
    known = {**HEADERS, **(headers or {})}
    if error.seconds:
        known["Server-Timing"] = _write_timing(error.seconds)
    if error.retry_after:
        known["Retry-After"] = str(error.retry_after)
    return JSONResponse(problem, error.status, known, media_type=PROBLEM)


def make_tag(job: Job, version: str) -> str:
    """Make the ETag of an answer; empty where the same query may be answered otherwise the next time.

    It is a weak one: packed or not, the answer is the same.
    """
    words = job.query.upper()
    if any(word in words for word in _UNSTEADY):
        return ""
    graphs = (version, job.default_graphs, job.named_graphs, job.until)
    asked = (graphs, job.query, job.media_type, job.rows, job.base)
    return f'W/"{hashlib.blake2b(repr(asked).encode(), digest_size=12).hexdigest()}"'


def is_known(tag: str, header: str) -> bool:
    """Whether a client has the answer of this tag, by its If-None-Match."""
    known = [part.strip().removeprefix("W/") for part in header.split(",")]
    return bool(tag) and (tag.removeprefix("W/") in known or "*" in known)


def _write_timing(seconds: float) -> str:
    return f"query;dur={seconds * 1000:.1f}"


def _describe(reply: Reply) -> dict[str, str]:
    """Return the headers that an answer calls for."""
    headers = {
        "Content-Type": label_content(reply.media_type),
        "Content-Length": str(reply.length),
        "Server-Timing": _write_timing(reply.seconds),
    }
    if reply.compressed:
        headers["Content-Encoding"] = "gzip"
    if reply.rows is not None:
        headers["Caregraph-Rows"] = str(reply.rows)
        headers["Caregraph-More-Rows"] = "yes" if reply.more else "no"
    return headers
