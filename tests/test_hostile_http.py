"""Hostile HTTP against the real server: one clear answer or a closed door; the server stays up and small."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from graph.endpoint import heads
from tests.effort import effort
from tests.export_sample import write_sample
from tests.raw_http import ASK, HEAD, UNREADABLE, Served, read_status
from tests.server_visits import serve_endpoint

pytestmark = [pytest.mark.promise, pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")]

ROOT = Path(__file__).resolve().parents[1]
GROWTH = 200 << 20
"""Bytes by which the server may grow over all that is sent here, of which one body alone has 100 MB."""


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("hostile-http")
    out, log = folder / "out", folder / "log.txt"
    out.mkdir()
    write_sample(out)
    command = [sys.executable, "-m", "graph", "serve", str(out), "--port", "0", "--queries", "2"]
    with log.open("wb") as told:
        process = subprocess.Popen(command, cwd=ROOT, stdout=told, stderr=told)
        try:
            while not (found := re.search(rb"http://127\.0\.0\.1:(\d+)", log.read_bytes())):
                assert process.poll() is None, log.read_text()
                time.sleep(0.05)
            served = Served(process, int(found[1]), log)
            assert served.is_well()
            before = psutil.Process(process.pid).memory_info().rss
            yield served
            assert served.is_well(), "the server still answers"
            assert psutil.Process(process.pid).memory_info().rss < before + GROWTH
            said = log.read_text(encoding="utf-8")
            assert not [c for c in said if unicodedata.category(c) == "Cc" and c != "\n"], (
                "a log of plain lines"
            )
            assert "Traceback" not in said, said
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(60)


@pytest.mark.parametrize("kind", UNREADABLE)
def test_what_is_no_request_gets_one_refusal_or_none(served: Served, kind: str) -> None:
    answer = served.send(UNREADABLE[kind], whole=False)
    allowed = (0, 200) if kind == "no version" else (0, 400, 404, 405, 421, 431)  # HTTP/0.9 had none
    assert read_status(answer) in allowed
    assert answer.count(b"HTTP/1.1 ") <= 1, "no second answer comes of what was smuggled in"
    assert served.process.poll() is None


TARGETS = {
    b"/../../etc/passwd": (404,),
    b"/static/../../../../etc/passwd": (404,),
    b"/static/%2e%2e/%2e%2e/%2e%2e/etc/passwd": (404,),
    b"/static/..%2f..%2f..%2fetc%2fpasswd": (404,),
    b"/static/%252e%252e/etc/passwd": (404,),
    b"/static//etc/passwd": (404,),
    b"/static/%00": (404,),
    b"/static/workbench.css%00.png": (404,),
    b"/downloads/files/..%2f..%2fetc%2fpasswd": (404,),
    b"/downloads/files/manifest.json%00": (404,),
    b"/downloads/graph/nq%0d%0aX-Bad:%20yes": (404,),
    b"/id/%0d%0aX-Bad:%20yes": (404,),
    b"/id/%ff%fe": (404,),
    b"/id/document/%zz%": (404,),
    b"/graph/%3Cscript%3E": (400, 404),
    b"/graph/%0d%0aX-Bad:%20yes": (400, 404),
    b"//evil.example/%2f..": (404,),
    b"/?q=%00%ff%1b[31m": (200,),
    b"/?q=%F0%9F%92%A9&page=9999999999999999999999": (200,),
    b"/?as_of=%0d%0a2006": (200,),
    b"/complete?q=%00&for=%00": (200,),
    b"/questions/search?text=%22%00%27)%20OR%201=1": (200, 422),
    b"/editor/complete?kind=%00": (400,),
    b"/sparql?query=%ff%fe": (400,),
    b"/sparql?query=%00": (400,),
    b"/sparql?" + b"a=&" * 3000: (400,),
    b"/rdf-graph-store?graph=a&graph=b": (400,),
    b"/rdf-graph-store?graph=%0d%0a": (400,),
    b"http://localhost/sparql?query=ASK%7B%7D": (200,),
    b"http://evil.example/statistics": (200, 421),
    b"/" + b"a/" * 20_000: (404,),
    b"/" + b"%41" * 20_000: (404,),
}


@pytest.mark.parametrize("target", TARGETS, ids=[target[:40].decode() for target in TARGETS])
def test_odd_addresses_get_one_answer(served: Served, target: bytes) -> None:
    answer = served.get(target)
    assert read_status(answer) in TARGETS[target]
    head, _, body = answer.partition(b"\r\n\r\n")
    assert b"X-Bad" not in head
    assert b"root:" not in body
    assert b"<script>alert" not in body


HEADERS = {
    b"Host: evil.example": (421,),
    b"Host: localhost.evil.example": (421,),
    b"Host: localhost:80@evil.example": (200, 421),
    b"Host: [::1": (421,),
    b"Host:": (421,),
    b"Accept: " + b"a/b;q=0.1," * 5000: (200, 406),
    b"Accept: ;;;,,,q=": (200, 400, 406),
    b"Accept: text/turtle;q=nan, */*;q=1e999": (200, 400, 406),
    b"Accept: text/\xff\xfe": (200, 400, 406),
    b"Accept-Encoding: " + b"gzip;q=0," * 5000: (200,),
    b"Accept-Encoding: gzip;q=0": (200,),
    b"Range: bytes=0-0,1-1,2-2": (200,),
    b"Range: bytes=-99999999999999999999": (200,),
    b"If-None-Match: " + b'"a",' * 10_000: (200,),
    b"If-None-Match: *": (200, 304),
    b"If-Modified-Since: never": (200,),
    b"Cookie: " + b"a=b;" * 10_000: (200,),
    b'Cookie: caregraph_token="\xff': (200,),
    b"Authorization: Bearer \xff": (200,),
    b"Authorization: Basic %%%": (200,),
    b"X-Forwarded-Host: evil.example": (200,),
    b"X-HTTP-Method-Override: DELETE": (200,),
    b"Expect: 100-continue": (200,),
    b"Upgrade: websocket\r\nConnection: Upgrade": (200,),
    b"Content-Length: 0": (200,),
}


@pytest.mark.parametrize("header", HEADERS, ids=[header[:40].decode("latin-1") for header in HEADERS])
def test_odd_headers_get_one_answer(served: Served, header: bytes) -> None:
    host = b"" if header.startswith(b"Host") else HEAD
    for path in (ASK, b"/", b"/ontology", b"/static/workbench.css"):
        answer = served.send(
            b"GET " + path + b" HTTP/1.1\r\n" + host + header + b"\r\nConnection: close\r\n\r\n"
        )
        status = read_status(answer.removeprefix(b"HTTP/1.1 100 Continue\r\n\r\n"))
        allowed = (*HEADERS[header], 206, 400, 416) if header.startswith(b"Range") else HEADERS[header]
        assert status in allowed, (path, answer[:200])
        assert b"evil.example" not in answer.partition(b"\r\n\r\n")[0]


def post(path: bytes, kind: bytes, *headers: bytes) -> bytes:
    lines = b"".join(header + b"\r\n" for header in headers)
    return b"POST " + path + b" HTTP/1.1\r\n" + HEAD + b"Content-Type: " + kind + b"\r\n" + lines


@pytest.mark.parametrize("path", [b"/sparql", b"/editor/labels"])
@pytest.mark.parametrize("chunked", [False, True])
def test_bodies_without_measure_are_refused(served: Served, path: bytes, *, chunked: bool) -> None:
    size, piece = 100 << 20, b"[" * (1 << 16)
    kind = b"application/json" if path == b"/editor/labels" else b"application/sparql-query"
    length = b"Transfer-Encoding: chunked" if chunked else b"Content-Length: " + str(size).encode()
    chunk = b"10000\r\n" + piece + b"\r\n" if chunked else piece
    start = post(path, kind, length) + b"\r\n"
    answer = served.send(start, *(chunk for _ in range(size >> 16)), whole=False)
    assert read_status(answer) in (0, 413)
    assert served.is_well()


def test_clients_that_leave_are_no_matter_for_the_log(served: Served) -> None:
    for path, kind in ((b"/sparql", b"application/sparql-query"), (b"/editor/labels", b"application/json")):
        served.send(post(path, kind, b"Content-Length: 99") + b"\r\n[", whole=False)
        with socket.create_connection(("127.0.0.1", served.port)) as connection:
            connection.sendall(post(path, kind, b"Transfer-Encoding: chunked") + b"\r\n1\r\n[\r\n")
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, bytes([1, 0, 0, 0, 0, 0, 0, 0]))
    assert served.is_well()
    assert "Traceback" not in served.log.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("kind", "coding", "body"),
    [
        (b"application/sparql-query", b"Content-Encoding: gzip", b"\x1f\x8b\x08" + bytes(500_000)),
        (b"application/x-www-form-urlencoded", b"X: y", b"query=" + b"%" * 300_000),
        (b"application/x-www-form-urlencoded", b"X: y", b"&".join([b"query=ASK{}"] * 1000)),
        (b"application/x-www-form-urlencoded; charset=utf-7", b"X: y", b"query=+AHs-"),
        (b"multipart/form-data; boundary=" + b"a" * 1000, b"X: y", b"--a" * 1000),
        (b"application/sparql-query; charset=\xff", b"X: y", b"ASK{}"),
        (b"application/json", b"X: y", b"[" * 500_000),
    ],
    ids=["packed", "percent", "many queries", "charset", "multipart", "charset of bytes", "deep"],
)
def test_odd_bodies_get_one_refusal(served: Served, kind: bytes, coding: bytes, body: bytes) -> None:
    path = b"/editor/labels" if kind == b"application/json" else b"/sparql"
    length = b"Content-Length: " + str(len(body)).encode()
    answer = served.send(
        post(path, kind, coding, length, b"Accept: application/json", b"Connection: close") + b"\r\n" + body
    )
    assert read_status(answer) in (400, 413, 415)
    assert json.loads(answer.partition(b"\r\n\r\n")[2])["detail"]


def test_requests_in_a_row_are_answered_in_order(served: Served) -> None:
    number = effort(30, 2000)
    one = b"GET /sparql?query=ASK%7B%7D HTTP/1.1\r\n" + HEAD + b"\r\n"
    other = b"GET /nothing HTTP/1.1\r\n" + HEAD + b"\r\n"
    last = other.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n")
    answers = re.findall(rb"HTTP/1\.1 (\d{3})", served.send((one + other) * number + last, wait=120))
    assert answers == [b"200", b"404"] * number + [b"404"]


def test_connections_that_say_nothing_keep_nobody_out(served: Served) -> None:
    quiet = [socket.create_connection(("127.0.0.1", served.port)) for _ in range(heads.CONNECTIONS - 100)]
    try:
        for number, connection in enumerate(quiet):
            connection.sendall(b"GET / HTTP/1.1\r\nX-"[: number % 18])
        assert served.is_well()
        more = [socket.create_connection(("127.0.0.1", served.port)) for _ in range(200)]
        quiet += more
        answers = [connection.recv(1 << 12) for connection in more[150:]]
        assert all(b" 503 " in answer and b"try again" in answer for answer in answers), answers
    finally:
        for connection in quiet:
            connection.close()
    deadline = time.monotonic() + 60
    while not served.is_well():
        assert time.monotonic() < deadline
        time.sleep(0.1)


def test_a_request_that_is_never_whole_is_given_up(
    endpoint_build: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(heads, "PATIENCE", 1.0)
    starts = [
        b"",
        b"GET / HTTP/1.1\r\n",
        post(b"/sparql", b"application/sparql-query", b"Content-Length: 9\r\n") + b"A",
    ]
    whole = b"GET /sparql?query=ASK%7B%7D HTTP/1.1\r\n" + HEAD + b"\r\n"
    with serve_endpoint(endpoint_build) as (address, _):
        place = ("127.0.0.1", int(address.rpartition(":")[2]))
        for start in [*starts, *(whole + start for start in starts[1:])]:
            with socket.create_connection(place, timeout=60) as connection:
                connection.sendall(start)
                answer = b""
                while data := connection.recv(1 << 16):
                    answer += data
            behind = start.startswith(whole)  # which, if it takes longer, has its answer, and nothing follows
            assert answer.count(b"HTTP/1.1 408 ") in ((0, 1) if behind else (1,)), answer
            assert answer.startswith(b"HTTP/1.1 200 ") == behind
