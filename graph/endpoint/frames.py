"""Messages between the server and its workers: a letter, a length, and that many bytes."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from struct import Struct
from typing import Any

JOB, READY, DATA, END, ERROR = b"J", b"R", b"D", b"E", b"X"
"""A job; a worker is ready; a part of an answer; an answer is whole; a job has failed."""

_HEADER = Struct(">cI")


def pack_frame(kind: bytes, payload: bytes) -> bytes:
    r"""Pack bytes as a message.

    >>> pack_frame(DATA, b"abc")
    b'D\x00\x00\x00\x03abc'
    """
    return _HEADER.pack(kind, len(payload)) + payload


def pack_message(kind: bytes, content: Mapping[str, Any]) -> bytes:
    """Pack what JSON can hold as a message."""
    return pack_frame(kind, json.dumps(content).encode())


class FrameReader:
    """Cuts a stream of bytes into messages, however it is split on its way."""

    def __init__(self) -> None:
        self._pending = bytearray()

    def feed(self, data: bytes) -> Iterator[tuple[bytes, bytes]]:
        """Take in what has arrived, and yield each message that is whole: its letter and its bytes."""
        self._pending += data
        while len(self._pending) >= _HEADER.size:
            kind, length = _HEADER.unpack_from(self._pending)
            end = _HEADER.size + length
            if len(self._pending) < end:
                return
            payload = bytes(self._pending[_HEADER.size : end])
            del self._pending[:end]
            yield kind, payload
