"""What is asked of a worker, what comes back, and what went wrong."""

from __future__ import annotations

from dataclasses import dataclass
from typing import BinaryIO


@dataclass(frozen=True, slots=True)
class Job:
    """A query to be answered.

    Attributes:
        query: SPARQL; the usual prefixes need not be declared.
        media_type: of the answer, one of ``graph.endpoint.formats``.
        default_graphs: IRIs whose merge is the default graph; with these or ``named_graphs`` given, the
            query sees these graphs and no others, whatever its own FROM says.
        named_graphs: IRIs of the named graphs; None for those that the query or the store has.
        rows: after which the answer ends; None for what the limits say.
        base: the IRI that relative ones are resolved against.
        gzip: whether the answer may come compressed.
        until: a day, month or year: the graph of the documents that are dated by then answers; empty for all.
    """

    query: str
    media_type: str = "application/sparql-results+json"
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] | None = None
    rows: int | None = None
    base: str | None = None
    gzip: bool = False
    until: str = ""


@dataclass(frozen=True, slots=True)
class Reply:
    """A whole answer.

    Attributes:
        media_type: of the answer.
        body: the answer, to be read from its start, and closed.
        length: bytes of ``body``.
        rows: how many it has (for triples, how many triples), where they were limited and so counted.
        more: whether there are more rows than it has.
        compressed: whether ``body`` is gzip.
        seconds: from the question to the answer, waiting included.
    """

    media_type: str
    body: BinaryIO
    length: int
    rows: int | None = None
    more: bool = False
    compressed: bool = False
    seconds: float = 0.0


class JobError(Exception):
    """A query that was not answered; the message says what, where and what next.

    Attributes:
        status: of HTTP.
        reason: in a word, for programs: a key of ``STATUSES``.
        message: for people.
        line: where in the query, from 1; 0 where the whole is meant.
        column: likewise.
        retry_after: seconds after which to try again; 0 where that would change nothing.
        seconds: from the question to this answer, waiting included.
    """

    def __init__(self, reason: str, message: str, *, line: int = 0, column: int = 0) -> None:
        super().__init__(message)
        self.status = STATUSES[reason]
        self.reason = reason
        self.message = message
        self.line = line
        self.column = column
        self.retry_after = RETRY_AFTER.get(reason, 0)
        self.seconds = 0.0


STATUSES = {
    "malformed-request": 400,
    "malformed-query": 400,
    "refused-query": 403,
    "read-only": 403,
    "no-such-graph": 404,
    "method": 405,
    "format": 406,
    "request-too-large": 413,
    "media-type": 415,
    "client-left": 499,  # nobody reads it; the number that web servers log
    "query-failed": 500,
    "service-failed": 502,
    "memory-limit": 503,
    "answer-limit": 503,
    "busy": 503,
    "worker-lost": 503,
    "closed": 503,
    "time-limit": 504,
}
"""Why a query is not answered, and the status of HTTP that says so."""

RETRY_AFTER = {"busy": 5, "worker-lost": 1, "closed": 30}
