"""What goes over the wire: who is told what, what is tried again, and what no message may hold."""

from __future__ import annotations

import contextlib
import ssl
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from graph.errors import PublishError
from graph.publish.credentials import Credentials, check_address, is_loopback, read_netrc
from graph.publish.sending import Connection, Content, Patience

QUICK = Patience(attempts=3, pause=0, longest=0.01, seconds=5)
ADA = Credentials("ada", "s3cret word")
Reply = tuple[int, dict[str, str], bytes]


class Scripted(ThreadingHTTPServer):
    """Gives one reply after another, and keeps what it was asked."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, replies: list[Reply] | Callable[[BaseHTTPRequestHandler], Reply]) -> None:
        super().__init__(("127.0.0.1", 0), ScriptedHandler)
        self.replies = replies
        self.asked: list[tuple[str, str, str, bytes]] = []

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class ScriptedHandler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Scripted

    def handle_any(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.server.asked.append((self.command, self.path, self.headers.get("Authorization", ""), body))
        replies = self.server.replies
        status, headers, content = replies.pop(0) if isinstance(replies, list) else replies(self)
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    do_GET = do_PUT = do_POST = handle_any  # noqa: N815 - named by the standard library

    def log_message(self, format: str, *args: Any) -> None:
        pass


@contextmanager
def serve(replies: list[Reply] | Callable[[BaseHTTPRequestHandler], Reply]) -> Iterator[Scripted]:
    with Scripted(replies) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


@contextmanager
def connect(who: Credentials = ADA, patience: Patience = QUICK) -> Iterator[Connection]:
    connection = Connection(who, patience)
    try:
        yield connection
    finally:
        connection.close()


BASIC = {"WWW-Authenticate": 'Basic realm="care"'}
DIGEST = {"WWW-Authenticate": 'Digest realm="care", nonce="n0", qop="auth", algorithm="SHA-256"'}


def test_content_is_sent_again_whole_and_the_password_only_when_it_is_asked_for() -> None:
    replies: list[Reply] = [(401, BASIC, b""), (503, {"Retry-After": "7"}, b""), (200, {}, b"done")]
    content = Content([b"x" * 100_000, b"y" * 100_000])
    with serve(replies) as server, connect() as connection, contextlib.closing(content):
        url = f"{server.address}/store"
        answer = connection.send("PUT", url, query={"graph": "urn:a&b"}, content=content)
    assert answer is not None
    assert answer.content == b"done"
    assert {body for _, _, _, body in server.asked} == {b"x" * 100_000 + b"y" * 100_000}
    assert [bool(signed) for _, _, signed, _ in server.asked] == [False, True, True]
    assert server.asked[0][1] == "/store?graph=urn%3Aa%26b"


def test_digest_where_the_server_wants_it() -> None:
    replies: list[Reply] = [(401, DIGEST, b""), (401, DIGEST, b""), (200, {}, b""), (200, {}, b"")]
    with serve(replies) as server, connect() as connection:
        connection.send("GET", server.address)
        connection.send("GET", server.address)
    assert [signed[:6] for _, _, signed, _ in server.asked] == ["", "", "Digest", "Digest"]
    assert not any("s3cret" in signed for _, _, signed, _ in server.asked)


def test_a_token_goes_along_at_once() -> None:
    with serve([(200, {}, b"")]) as server, connect(Credentials(token="t0ken")) as connection:
        connection.send("GET", server.address)
    assert server.asked[0][2] == "Bearer t0ken"


@pytest.mark.parametrize(
    ("reply", "problem", "lasting", "attempts"),
    [
        ((503, {}, b""), r"status 503 Service Unavailable \(tried 3 times\)", False, 3),
        ((500, {"Content-Type": "text/plain"}, b"out\nof disk"), "500 .*: out of disk", False, 3),
        (
            (400, {"Content-Type": "text/plain"}, b"no such prefix"),
            "400 Bad Request: no such prefix",
            False,
            1,
        ),
        (
            (400, {"Content-Type": "text/plain"}, b"you are ada:s3cret word"),
            "400 Bad Request; see its log for more$",
            False,
            1,
        ),
        (
            (400, {"Content-Type": "text/plain"}, b"YWRhOnMzY3JldCB3b3Jk"),
            "400 Bad Request; see its log for more$",
            False,
            1,
        ),
        ((400, {"Content-Type": "text/html"}, b"<html>"), "400 Bad Request; see its log for more$", False, 1),
        ((403, {}, b""), "403 Forbidden; give --user", True, 1),
        ((404, {}, b""), "nothing at this address", True, 1),
        ((413, {}, b""), "413 .*: give --update, which sends parts", False, 1),
        ((405, {}, b""), "takes no graphs in this way: give --update", True, 1),
        (
            (302, {"Location": "http://other.example/x?key=1"}, b""),
            "sends on to http://other.example/x ",
            True,
            1,
        ),
        ((307, {"Location": "http://other.example/x"}, b""), "sends on to http://other.example/x ", True, 1),
    ],
)
def test_what_a_refusal_says(reply: Reply, problem: str, lasting: bool, attempts: int) -> None:
    caught = pytest.raises(PublishError, match=problem)
    with serve(lambda _: reply) as server, connect() as connection, caught as error:
        connection.send("POST", f"{server.address}/update", content=b"x")
    assert error.value.lasting is lasting
    assert len(server.asked) == attempts
    assert "s3cret" not in str(error.value)


def test_a_redirect_within_the_server_is_followed_and_no_other() -> None:
    moved: Reply = (307, {"Location": "/new?graph=x"}, b"")
    with serve([moved, (204, {}, b"")]) as server, connect() as connection:
        connection.send("PUT", f"{server.address}/old", content=b"all of it")
    assert [asked[:2] for asked in server.asked] == [("PUT", "/old"), ("PUT", "/new?graph=x")]
    assert server.asked[1][3] == b"all of it"
    with serve([]) as other:
        replies: list[Reply] = [(401, BASIC, b""), (307, {"Location": f"{other.address}/new"}, b"")]
        with serve(replies) as server, connect() as connection, pytest.raises(PublishError, match="sends on"):
            connection.send("PUT", f"{server.address}/old", content=b"all of it")
        assert not other.asked


def test_a_server_that_is_not_there() -> None:
    with (
        connect() as connection,
        pytest.raises(PublishError, match=r"cannot be reached \(tried 3 times") as error,
    ):
        connection.send("GET", "http://127.0.0.1:9/query")
    assert error.value.lasting


def test_a_certificate_that_nobody_trusts(tmp_path: Path) -> None:
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    made = [
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-days",
        "2",
        "-subj",
        "/CN=localhost",
    ]
    subprocess.run(
        [*made, "-keyout", key, "-out", certificate, "-addext", "subjectAltName=IP:127.0.0.1"],
        check=True,
        capture_output=True,
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    with serve([(200, {}, b"")]) as server, connect() as connection:
        server.socket = context.wrap_socket(server.socket, server_side=True)
        with pytest.raises(PublishError, match="certificate is not trusted"):
            connection.send("GET", server.address.replace("http:", "https:"))
        assert not server.asked


@pytest.mark.parametrize(
    ("url", "who", "plain", "problem"),
    [
        ("https://ada:s3cret@example.org/query", Credentials(), False, "must not hold a name or password"),
        ("ftp://example.org/", Credentials(), False, "no address of a server"),
        ("example.org/query", Credentials(), False, "no address of a server"),
        ("http://[::1/", Credentials(), False, "no address of a server"),
        ("http://example.org/query", ADA, False, "unencrypted"),
        ("http://example.org/query", ADA, True, ""),
        ("http://example.org/query", Credentials(), False, ""),
        ("https://example.org/query", ADA, False, ""),
        ("http://localhost:3030/care", ADA, False, ""),
        ("http://[::1]:3030/care", ADA, False, ""),
    ],
)
def test_addresses(url: str, who: Credentials, plain: bool, problem: str) -> None:
    if not problem:
        check_address(url, who, plain=plain)
        return
    with pytest.raises(PublishError, match=problem) as error:
        check_address(url, who, plain=plain)
    assert "s3cret" not in str(error.value)


def test_this_machine() -> None:
    assert all(map(is_loopback, ("127.0.0.1", "::1", "localhost")))
    assert not any(map(is_loopback, ("127.example.org", "10.0.0.1", "localhost.example.org")))


def test_credentials_show_no_secret() -> None:
    assert "s3cret" not in repr(ADA)
    assert "t0ken" not in repr(Credentials(token="t0ken"))


def test_a_netrc_file(tmp_path: Path) -> None:
    path = tmp_path / "netrc"
    assert not read_netrc("https://example.org/x", path)
    path.write_text("machine example.org login ada password s3cret\n", encoding="utf-8")
    path.chmod(0o600)
    assert read_netrc("https://example.org:8443/x", path) == Credentials("ada", "s3cret")
    assert not read_netrc("https://example.com/x", path)
    path.write_text("machine example.org login ada pass s3cret\n", encoding="utf-8")
    with pytest.raises(PublishError, match="line 1") as error:
        read_netrc("https://example.org/x", path)
    assert "s3cret" not in str(error.value)
