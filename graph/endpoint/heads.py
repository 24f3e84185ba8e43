"""The way in of HTTP: a request without end is refused before it fills the memory or keeps others out.

The parser (llhttp, by httptools) has no limit of its own, and cannot take apart an address of 64 KiB. The
server (uvicorn) waits for ever for the rest of a request, and takes any number of connections.
"""

from __future__ import annotations

import asyncio
import json
from http import HTTPStatus

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

ADDRESS = (1 << 16) - 1
"""Bytes that the address of a request may have."""

HEADERS = 1 << 16
"""Bytes that it may have in its head beside that."""

PATIENCE = 60.0
"""Seconds from a connection, or the first byte of a later request on it, until the request is whole."""

CONNECTIONS = 500
"""Connections at once: fewer than the files that a process may have open."""

_WHY = {
    HTTPStatus.REQUEST_TIMEOUT: f"the request was not whole after {PATIENCE:g} seconds; send it at once",
    HTTPStatus.SERVICE_UNAVAILABLE: f"there are {CONNECTIONS} other connections; try again in a few seconds",
    HTTPStatus.REQUEST_URI_TOO_LONG: f"the address has more than {ADDRESS:,} bytes; send the query by POST",
    HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE: f"the headers have more than {HEADERS:,} bytes; send fewer",
}


class BoundedHeads(HttpToolsProtocol):
    """HTTP/1.1 for ``uvicorn.Config(http=...)``, with limits to what it keeps before a request is whole."""

    _in_head = True
    _head = 0
    _fields = 0
    _timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override] # as inherited
        """Take in a connection, unless there are too many."""
        super().connection_made(transport)
        if len(self.connections) > CONNECTIONS:
            self._refuse(HTTPStatus.SERVICE_UNAVAILABLE)
        else:
            self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget a connection."""
        self._stop_waiting()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Take in bytes; after a head that is too long, none."""
        if self.transport.is_closing():
            return
        if self._in_head:
            self._head += len(data)
            self._wait()
        super().data_received(data)
        if self._in_head and self._head > ADDRESS + HEADERS:
            self._refuse(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE)

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
        self._in_head = False
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """Note that what follows is another request."""
        self._stop_waiting()
        self._in_head, self._head, self._fields = True, 0, 0
        super().on_message_complete()
        if self.cycle.response_complete:  # what followed an early answer was thrown away
            self._wait()

    def send_400_response(self, msg: str) -> None:
        """Say that a request cannot be read, unless it was answered."""
        if not self.transport.is_closing():
            super().send_400_response(msg)

    def _wait(self) -> None:
        """Begin to wait for a whole request, unless that has begun."""
        if self._timer is None:
            self._timer = self.loop.call_later(PATIENCE, self._refuse, HTTPStatus.REQUEST_TIMEOUT)

    def _stop_waiting(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _refuse(self, status: HTTPStatus) -> None:
        """Answer as the endpoint does (RFC 9457), unless an answer is on its way, and hang up."""
        if self.transport.is_closing():
            return
        if not self._in_head and self.cycle.response_started:
            self.transport.close()
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
