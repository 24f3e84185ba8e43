"""The way in of HTTP: a request whose head does not end is refused before it fills the memory.

The parser (llhttp, by httptools) has no limit of its own, and cannot take apart an address of 64 KiB.
"""

from __future__ import annotations

import json
from http import HTTPStatus

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

ADDRESS = (1 << 16) - 1
"""Bytes that the address of a request may have."""

HEADERS = 1 << 16
"""Bytes that it may have in its head beside that."""

_TOO_LONG = {
    HTTPStatus.REQUEST_URI_TOO_LONG: f"the address has more than {ADDRESS:,} bytes; send the query by POST",
    HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE: f"the headers have more than {HEADERS:,} bytes; send fewer",
}


class BoundedHeads(HttpToolsProtocol):
    """HTTP/1.1 for ``uvicorn.Config(http=...)``, with limits to what it keeps before a request is whole."""

    _in_head = True
    _head = 0

    def data_received(self, data: bytes) -> None:
        """Take in bytes; after a head that is too long, none."""
        if self.transport.is_closing():
            return
        self._head += len(data) if self._in_head else 0
        super().data_received(data)
        if self._in_head and self._head > ADDRESS + HEADERS:
            self._refuse(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE)

    def on_url(self, url: bytes) -> None:
        """Take in a part of the address."""
        super().on_url(url)
        if len(self.url) > ADDRESS:
            self._refuse(HTTPStatus.REQUEST_URI_TOO_LONG)
            raise ValueError("the parser stops here")

    def on_headers_complete(self) -> None:
        """Note that what follows is the body, which its reader limits."""
        self._in_head = False
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """Note that what follows is another request."""
        self._in_head, self._head = True, 0
        super().on_message_complete()

    def send_400_response(self, msg: str) -> None:
        """Say that a request cannot be read, unless it was answered."""
        if not self.transport.is_closing():
            super().send_400_response(msg)

    def _refuse(self, status: HTTPStatus) -> None:
        """Answer as the endpoint does (RFC 9457), and hang up."""
        if self.transport.is_closing():
            return
        body = json.dumps({"title": status.phrase, "status": status, "detail": _TOO_LONG[status]}).encode()
        lines = [
            f"HTTP/1.1 {status.value} {status.phrase}",
            "Content-Type: application/problem+json",
            f"Content-Length: {len(body)}",
            "Connection: close",
        ]
        self.transport.write("\r\n".join([*lines, "\r\n"]).encode() + body)
        self.transport.close()
