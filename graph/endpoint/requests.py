"""Read what a client asks (https://www.w3.org/TR/sparql11-protocol/, section 2.1)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl

from pyoxigraph import NamedNode
from starlette.requests import ClientDisconnect, Request

from graph.endpoint.jobs import JobError

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"

_READ_ONLY = "this graph is only read; change the documents and build again with caregraph build"
_ONE_QUERY = "send one query: GET /sparql?query=..., or POST it as a form or as application/sparql-query"


@dataclass(frozen=True, slots=True)
class Asked:
    """What a client asks.

    Attributes:
        query: the query; None where there is none, which asks for the description of the service.
        default_graphs: IRIs of ``default-graph-uri``.
        named_graphs: IRIs of ``named-graph-uri``; None where neither that nor a default graph is given.
        form: the parameter ``format``.
        rows: the parameter ``rows``.
    """

    query: str | None
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] | None = None
    form: str = ""
    rows: int | None = None


async def read_request(request: Request, limit: int) -> Asked:
    """Read a request.

    Args:
        request: GET, HEAD or POST.
        limit: bytes of the body at most.

    Raises:
        JobError: the protocol does not allow it, or it is too long.
    """
    address = request.scope["query_string"]
    if len(address) > limit:
        raise _is_too_large(limit)
    pairs = _parse_pairs(address)
    if request.method == "POST":
        kind, charset = _parse_type(request.headers.get("content-type", ""))
        body = await read_body(request, limit)
        if kind == FORM:
            pairs = pairs + _parse_pairs(body)
        elif kind == QUERY:
            pairs = [*pairs, ("query", _decode(body, charset))]
        elif kind == UPDATE:
            raise JobError("read-only", _READ_ONLY)
        else:
            raise JobError(
                "media-type",
                f"POST with Content-Type {kind or 'missing'}: send {FORM} with query=..., or {QUERY}",
            )
    return interpret_parameters(pairs)


def interpret_parameters(pairs: Sequence[tuple[str, str]]) -> Asked:
    """Make sense of the parameters of a request, given as names and values.

    Raises:
        JobError: there are several queries, none where there has to be one, an update, or a value is wrong.
    """
    values: dict[str, list[str]] = {}
    for name, value in pairs:
        values.setdefault(name, []).append(value)
    if "update" in values:
        raise JobError("read-only", _READ_ONLY)
    queries = values.get("query", [])
    if len(queries) > 1:
        raise JobError("malformed-request", f"there are {len(queries)} queries; {_ONE_QUERY}")
    default = _read_iris(values, "default-graph-uri")
    named = _read_iris(values, "named-graph-uri")
    return Asked(
        queries[0] if queries else None,
        default,
        named if default or named else None,
        values.get("format", [""])[0],
        _read_rows(values),
    )


def read_iri(name: str, value: str) -> str:
    """Check an absolute IRI.

    Raises:
        JobError: it is none.
    """
    try:
        return NamedNode(value).value
    except ValueError as error:
        words = f"{name}={value}: not an absolute IRI ({error}); write it in full, as in http://HOST/NAME"
        raise JobError("malformed-request", words) from error


def _parse_type(header: str) -> tuple[str, str]:
    kind, *parameters = header.split(";")
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "charset":
            return kind.strip().lower(), value.strip().strip('"').lower()
    return kind.strip().lower(), "utf-8"


async def read_body(request: Request, limit: int) -> bytes:
    """Read the body, and no further than the limit, whatever length it says it has.

    Args:
        request: not yet read.
        limit: bytes at most.

    Raises:
        JobError: it is longer, or the client has left.
    """
    length, parts = 0, []
    try:
        async for part in request.stream():
            length += len(part)
            if length > limit:
                raise _is_too_large(limit)
            parts.append(part)
    except ClientDisconnect as error:  # an answer is written all the same, which nobody reads
        raise JobError("client-left", "whoever asked has left before the request was whole") from error
    return b"".join(parts)


def _is_too_large(limit: int) -> JobError:
    return JobError("request-too-large", f"the request has more than {limit} bytes; ask a shorter query")


def _decode(body: bytes, charset: str) -> str:
    if charset.replace("_", "-") not in ("utf-8", "utf8", "us-ascii"):
        raise JobError("malformed-request", f"charset={charset}: send the query as UTF-8")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise JobError(
            "malformed-request", f"the query is not UTF-8: byte {error.start}; send it as that"
        ) from error


def _parse_pairs(text: bytes) -> list[tuple[str, str]]:
    try:
        pairs = parse_qsl(text.decode("utf-8"), keep_blank_values=True, errors="strict", max_num_fields=1000)
    except (UnicodeDecodeError, ValueError) as error:
        words = f"the parameters cannot be read: {error}; send NAME=VALUE&NAME=VALUE, percent-encoded"
        raise JobError("malformed-request", words) from error
    return pairs


def _read_iris(values: Mapping[str, Sequence[str]], name: str) -> tuple[str, ...]:
    return tuple(read_iri(name, value) for value in values.get(name, ()))


def _read_rows(values: Mapping[str, Sequence[str]]) -> int | None:
    text = values.get("rows", [""])[0]
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise JobError("malformed-request", f"rows={text}: give a whole number, such as rows=100")
    return int(text)
