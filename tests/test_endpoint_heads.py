"""Requests as they come in: what does not end is refused; long addresses, and many requests, are read."""

from __future__ import annotations

import asyncio
import gc
import socket
from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import suppress

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route
from uvicorn.protocols.http.httptools_impl import RequestResponseCycle

from graph.endpoint.heads import ADDRESS, HEADERS
from tests.server_visits import serve_app

MOST = ADDRESS + HEADERS
GET = b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"


async def measure(request: Request) -> Response:
    return PlainTextResponse(f"{len(request.url.query)} {len(await request.body())}")


async def speak_slowly(_: Request) -> Response:
    async def speak() -> AsyncIterator[bytes]:
        for _ in range(10):
            yield b"word "
            await asyncio.sleep(0.05)

    return StreamingResponse(speak())


@pytest.fixture(scope="module")
def place() -> Iterator[tuple[str, int]]:
    routes = [Route("/", measure, methods=["GET", "POST"]), Route("/slow", speak_slowly)]
    with serve_app(Starlette(routes=routes)) as address:
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


@pytest.mark.parametrize(
    "behind",
    [
        b"\0\r\n\r\n",
        b"GET /" + b"a" * (ADDRESS + 1),
        b"GET / HTTP/1.1\r\nX-One: " + b"a" * MOST,
        b"POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nno length",
        GET + b"\0\r\n\r\n",
    ],
    ids=["no request", "address", "header", "body", "no request behind another"],
)
def test_a_refusal_does_not_break_into_the_answer_before(place: tuple[str, int], behind: bytes) -> None:
    slow = b"GET /slow HTTP/1.1\r\nHost: localhost\r\n\r\n"
    with socket.create_connection(place, timeout=20) as connection:
        connection.sendall(slow)
        answer = connection.recv(1 << 16)
        connection.sendall(behind)
        while data := connection.recv(1 << 16):
            answer += data
    _, _, body = answer.partition(b"\r\n\r\n")
    assert body.startswith(b"5\r\nword \r\n" * 10 + b"0\r\n\r\n")
    assert answer.count(b"HTTP/1.1 ") == 1 + behind.count(GET)


def test_requests_of_a_client_that_takes_no_answer_are_not_piled_up(place: tuple[str, int]) -> None:
    def count_waiting() -> int:
        return sum(isinstance(one, RequestResponseCycle) for one in gc.get_objects())

    before, sent = count_waiting(), 0
    with socket.create_connection(place, timeout=0.5) as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 12)
        with suppress(TimeoutError):
            while sent < 64 << 20:
                sent += connection.send(GET * 1000)
        assert 10_000 * len(GET) < sent < 64 << 20, "the server went on listening"
        assert count_waiting() < before + 1000
