"""Passes requests on to a real SPARQL server and strikes once, at a chosen request: before, amid or after it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

PHASES = ("before", "amid", "after")
"""What the server has of the request when it strikes: nothing; half of what is sent; all, but nobody hears."""

_PASSED = ("Content-Type", "Accept")


class StrikingServer(ThreadingHTTPServer):
    """Stands before another server.

    Attributes:
        moment: number of the request, from 1, and the phase; None to let all pass.
        strike: what is done then; whoever asked gets no answer.
        count: requests so far.
    """

    daemon_threads = True
    block_on_close = False

    def __init__(self, behind: str) -> None:
        super().__init__(("127.0.0.1", 0), PassingHandler)
        self.behind = urlsplit(behind).netloc
        self.lock = threading.Lock()
        self.set_moment(None)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def set_moment(self, moment: tuple[int, str] | None, strike: Callable[[], object] = lambda: None) -> None:
        with self.lock:
            self.count, self.moment, self.strike = 0, moment, strike

    def take_phase(self) -> str:
        """Count a request, and return the phase in which it is struck at; empty if it is not."""
        self.count += 1
        if self.moment is None or self.moment[0] != self.count:
            return ""
        phase, self.moment = self.moment[1], None
        return phase


class PassingHandler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: StrikingServer
    wbufsize = -1
    disable_nagle_algorithm = True

    def handle_any(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        with self.server.lock:
            phase = self.server.take_phase()
            if phase != "before":
                answer = self.pass_on(body, half=phase == "amid")
            if phase:
                self.server.strike()
                self.close_connection = True
                return
        status, headers, content = answer
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    do_GET = do_PUT = do_POST = do_DELETE = handle_any  # noqa: N815 - named by the standard library

    def pass_on(self, body: bytes, *, half: bool) -> tuple[int, dict[str, str], bytes]:
        connection = HTTPConnection(self.server.behind, timeout=60)
        try:
            connection.putrequest(self.command, self.path)
            for name in _PASSED:
                if name in self.headers:
                    connection.putheader(name, self.headers[name])
            connection.putheader("Content-Length", str(len(body)))
            connection.endheaders(body[: len(body) // 2] if half else body)
            if half:
                return 0, {}, b""
            answer = connection.getresponse()
            content = answer.read()
            kept = {name: value for name, value in answer.getheaders() if name in {"content-type", "server"}}
            return answer.status, kept, content
        finally:
            connection.close()

    def log_message(self, format: str, *args: Any) -> None:
        pass


@contextmanager
def stand_before(behind: str) -> Iterator[StrikingServer]:
    """Pass requests on to the server of an address until the block ends."""
    with StrikingServer(behind) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
