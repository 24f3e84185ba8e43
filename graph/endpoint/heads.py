"""The way in of HTTP: a request without end is refused before it fills the memory or keeps others out.

The parser (llhttp, by httptools) has no limit of its own, and cannot take apart an address of 64 KiB. The
server (uvicorn) waits for ever for the rest of a request, takes any number of connections, and on each any
number of requests before it has answered the first.
"""

from __future__ import annotations

import asyncio
import json
from http import HTTPStatus

from uvicorn.protocols.http.flow_control import FlowControl
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

ADDRESS = (1 << 16) - 1
"""Bytes that the address of a request may have."""

HEADERS = 1 << 16
"""Bytes that it may have in its head beside that."""

PATIENCE = 60.0
"""Seconds from a connection, or the first byte of a later request on it, until the request is whole."""

CONNECTIONS = 500
"""Connections at once: fewer than the files that a process may have open."""

WAITING = 32
"""Requests on a connection that wait for an answer, after which what follows is not read for now."""

_PIECE = 1 << 12  # bytes that are read at once: more requests than these hold cannot come to wait

_WHY = {
    HTTPStatus.REQUEST_TIMEOUT: f"the request was not whole after {PATIENCE:g} seconds; send it at once",
    HTTPStatus.SERVICE_UNAVAILABLE: f"there are {CONNECTIONS} other connections; try again in a few seconds",
    HTTPStatus.REQUEST_URI_TOO_LONG: f"the address has more than {ADDRESS:,} bytes; send the query by POST",
    HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE: f"the headers have more than {HEADERS:,} bytes; send fewer",
}


class _Flow(FlowControl):
    """Lets nothing in while something that has come is not read yet, whoever wants it."""

    is_full = False

    def resume_reading(self) -> None:
        """Let more in."""
        if not self.is_full:
            super().resume_reading()


class BoundedHeads(HttpToolsProtocol):
    """HTTP/1.1 for ``uvicorn.Config(http=...)``, with limits to what waits for an answer."""

    flow: _Flow
    _in_head = True
    _head = 0
    _fields = 0
    _unread = b""
    _is_deaf = False
    _before: RequestResponseCycle | None = None  # what was asked before that whose body is coming in
    _timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override] # as inherited
        """Take in a connection, unless there are too many."""
        super().connection_made(transport)
        self.flow = _Flow(transport)
        if len(self.connections) > CONNECTIONS:
            self._refuse(HTTPStatus.SERVICE_UNAVAILABLE)
        else:
            self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget a connection."""
        self._stop_waiting()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Take in bytes; after a request that is refused, none."""
        if not self._is_deaf:
            self._unread += data
            self._read_on()

    def on_response_complete(self) -> None:
        """Go on to what was asked next."""
        super().on_response_complete()
        self._read_on()

    def on_message_begin(self) -> None:
        """Wait for the rest of a request, also of one that began in the same bytes as another ended."""
        super().on_message_begin()
        self._wait()

    def on_url(self, url: bytes) -> None:
        """Take in a part of the address."""
        super().on_url(url)
        if len(self.url) > ADDRESS:
            self._refuse(HTTPStatus.REQUEST_URI_TOO_LONG)
            raise ValueError("the parser stops here")

    def on_header(self, name: bytes, value: bytes) -> None:
        """Take in a header."""
        super().on_header(name, value)
        self._fields += len(name) + len(value) + 4
        if self._fields > HEADERS:
            self._refuse(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE)
            raise ValueError("the parser stops here")

    def on_headers_complete(self) -> None:
        """Note that what follows is the body, which its reader limits."""
        before = self.cycle
        super().on_headers_complete()
        self._in_head, self._before = False, before

    def on_message_complete(self) -> None:
        """Note that what follows is another request."""
        self._stop_waiting()
        self._in_head, self._head, self._fields = True, 0, 0
        super().on_message_complete()
        if self.cycle.response_complete:  # what followed an early answer was thrown away
            self._wait()

    def send_400_response(self, msg: str) -> None:
        """Say that a request cannot be read, unless it was answered."""
        if self._give_up():
            super().send_400_response(msg)

    def _read_on(self) -> None:
        """Read what has come in, unless too many requests wait for their answers."""
        data, at = self._unread, 0
        while at < len(data) and len(self.pipeline) < WAITING and not self._has_ended():
            piece = data[at : at + _PIECE]
            at += len(piece)
            if self._in_head:
                self._head += len(piece)
                self._wait()
            super().data_received(piece)
            if self._in_head and self._head > ADDRESS + HEADERS:
                self._refuse(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE)
        was_full, self._unread = self.flow.is_full, b"" if self._has_ended() else data[at:]
        self.flow.is_full = bool(self._unread)
        if self.flow.is_full:
            self.flow.pause_reading()
        elif was_full:
            self.flow.resume_reading()

    def _has_ended(self) -> bool:
        return self._is_deaf or self.transport.is_closing()

    def _wait(self) -> None:
        """Begin to wait for a whole request, unless that has begun."""
        if self._timer is None:
            self._timer = self.loop.call_later(PATIENCE, self._refuse, HTTPStatus.REQUEST_TIMEOUT)

    def _stop_waiting(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _refuse(self, status: HTTPStatus) -> None:
        """Answer as the endpoint does (RFC 9457), and hang up."""
        if not self._give_up():
            return
        body = json.dumps({"title": status.phrase, "status": status, "detail": _WHY[status]}).encode()
        lines = [
            f"HTTP/1.1 {status.value} {status.phrase}",
            "Content-Type: application/problem+json",
            f"Content-Length: {len(body)}",
            "Connection: close",
        ]
        self.transport.write("\r\n".join([*lines, "\r\n"]).encode() + body)
        self.transport.close()

    def _give_up(self) -> bool:
        """Hear no more of this connection; return whether the next answer on it is that to what came last.

        What was asked before has its answer first, and then the server hangs up.
        """
        if self._has_ended():
            return False
        self._is_deaf = True
        self._stop_waiting()
        before = self.cycle if self._in_head else self._before
        if before is not None and not before.response_complete:
            before.keep_alive = False
            return False
        if not self._in_head and self.cycle.response_started:
            self.transport.close()
            return False
        return True
