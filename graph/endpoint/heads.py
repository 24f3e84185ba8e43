"""The way in of HTTP: a request whose head does not end is refused before it fills the memory.

The parser (llhttp, by httptools) has no limit of its own.
"""

from __future__ import annotations

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

HEADERS = 1 << 16
"""Bytes that a request may have in its head beside its address."""


def make_protocol(address: int) -> type[HttpToolsProtocol]:
    """Make the protocol for ``uvicorn.Config(http=...)``.

    Args:
        address: bytes of the address of a request at most.
    """

    class BoundedHeads(HttpToolsProtocol):
        _in_head = True
        _head = 0

        def data_received(self, data: bytes) -> None:
            if self._in_head:
                self._head += len(data)
            super().data_received(data)
            if self._in_head and self._head > address + HEADERS and not self.transport.is_closing():
                self.send_400_response(f"The head of the request is longer than {address + HEADERS} bytes.")

        def on_headers_complete(self) -> None:
            self._in_head = False
            super().on_headers_complete()

        def on_message_complete(self) -> None:
            self._in_head, self._head = True, 0
            super().on_message_complete()

    return BoundedHeads
