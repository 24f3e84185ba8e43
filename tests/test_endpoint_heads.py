"""Requests as they come in: a head that does not end is refused, and long addresses are read."""

from __future__ import annotations

import socket
from collections.abc import Iterable, Iterator

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from graph.endpoint.heads import ADDRESS, HEADERS
from tests.server_visits import serve_app

MOST = ADDRESS + HEADERS


async def measure(request: Request) -> Response:
    return PlainTextResponse(f"{len(request.url.query)} {len(await request.body())}")


@pytest.fixture(scope="module")
def place() -> Iterator[tuple[str, int]]:
    with serve_app(Starlette(routes=[Route("/", measure, methods=["GET", "POST"])])) as address:
        host, _, port = address.removeprefix("http://").partition(":")
        yield host, int(port)


def converse(place: tuple[str, int], parts: Iterable[bytes]) -> bytes:
    """Send parts until the server has heard enough, and return all that it says."""
    with socket.create_connection(place, timeout=20) as connection:
        try:
            for part in parts:
                connection.sendall(part)
            connection.shutdown(socket.SHUT_WR)
        except OSError:
            pass  # it has closed the connection, and what it said is there to be read
        answer = b""
        try:
            while data := connection.recv(1 << 16):
                answer += data
        except OSError:
            pass
    return answer


@pytest.mark.parametrize(
    ("start", "more"),
    [
        (b"GET / HTTP/1.1\r\nHost: localhost\r\n", b"X-More: " + b"a" * 8000 + b"\r\n"),
        (b"GET / HTTP/1.1\r\nHost: localhost\r\nX-One: ", b"a" * 8000),
        (b"GET /?query=", b"a" * 8000),
    ],
    ids=["headers", "a header", "an address"],
)
def test_a_head_that_does_not_end_is_refused(place: tuple[str, int], start: bytes, more: bytes) -> None:
    sent = 0

    def go_on() -> Iterator[bytes]:
        nonlocal sent
        yield start
        while sent < 64 * MOST:
            sent += len(more)
            yield more

    converse(place, go_on())
    assert sent < 32 * MOST, "the server went on listening"


@pytest.mark.parametrize(
    ("head", "status", "next_step"),
    [
        (b"GET /?query=" + b"a" * ADDRESS, b"414", b"send the query by POST"),
        (b"GET / HTTP/1.1\r\nX-One: " + b"a" * MOST, b"431", b"send fewer"),
        (b"GET / HTTP/7\r\n\r\n", b"400", b"Invalid"),
    ],
    ids=["address", "header", "no HTTP"],
)
def test_says_why_it_refuses(place: tuple[str, int], head: bytes, status: bytes, next_step: bytes) -> None:
    answer = converse(place, [head])
    assert answer.startswith(b"HTTP/1.1 " + status)
    assert next_step in answer
    assert answer.count(b"HTTP/1.1 ") == 1


def test_long_addresses_and_several_requests_on_one_connection(place: tuple[str, int]) -> None:
    address = b"GET /?" + b"a" * (ADDRESS - 2) + b" HTTP/1.1\r\nHost: localhost\r\n\r\n"
    body = b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n\r\n" % (9 * MOST) + b"b" * 9 * MOST
    last = b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
    answer = converse(place, [address, body, address, last])
    assert answer.count(b"HTTP/1.1 200 OK") == 4
    assert b"%d 0" % (ADDRESS - 2) in answer
    assert b"0 %d" % (9 * MOST) in answer
