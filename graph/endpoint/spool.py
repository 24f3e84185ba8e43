"""Take in an answer as the engine writes it: count it, stop it, compress it, keep it until it is whole."""

from __future__ import annotations

import re
import zlib
from pathlib import Path
from typing import BinaryIO

IN_MEMORY = 1 << 20
"""Bytes of an answer that are passed on through the pipe; the rest of a longer one goes to a file."""

WORTH_COMPRESSING = 1000
"""Bytes: what is shorter fits a packet as it is."""

_GZIP = 16 + zlib.MAX_WBITS
_FAST = 1  # more saves little and takes several times as long
_NOT_XML = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]")
_REPLACEMENT = "\ufffd".encode()


def name_scratch(spool: Path) -> Path:
    """Name the folder for a worker's temporary files: beside the file that its long answers go to."""
    return spool.with_name(f"{spool.name}.scratch")


class AnswerTooLong(Exception):  # noqa: N818 # ends the writing, as StopIteration ends a loop
    """The answer has more bytes than it may."""


class EnoughRows(Exception):  # noqa: N818
    """The answer has as many rows as were asked for, and there are more."""


class Spool:
    """A file to write to, for the engine.

    Attributes:
        size: bytes that were written, before compression.
        compressed: whether they were compressed.
    """

    def __init__(self, path: Path, limit: int, *, gzip: bool = False, xml: bool = False) -> None:
        """Make an empty one.

        Args:
            path: of the file that a long answer goes to.
            limit: bytes after which writing fails.
            gzip: whether to compress.
            xml: whether it is XML, which cannot hold every character of a graph.
        """
        self.size = 0
        self.compressed = False
        self._path = path
        self._limit = limit
        self._xml = xml
        self._held = b""
        self._parts: list[bytes] = []
        self._kept = 0
        self._file: BinaryIO | None = None
        self._gzip = gzip
        self._squeeze: zlib._Compress | None = None

    def write(self, data: bytes) -> int:
        """Take in a part of the answer.

        Raises:
            AnswerTooLong: it has become too long.
        """
        self.size += len(data)
        if self.size > self._limit:
            raise AnswerTooLong
        if self._gzip and not self._squeeze and self._kept + len(data) > WORTH_COMPRESSING:
            self._compress()  # before a file is begun, which could not be compressed any more
        self._keep(self._clean(data) if self._xml else data)
        return len(data)

    def flush(self) -> None:
        """Do nothing: only ``close`` ends an answer."""

    def close(self) -> tuple[bytes, int]:
        """End the answer.

        Returns:
            What is to be passed on, and the length of the whole; where the two differ, it is in the file.
        """
        self._keep(self._held)
        if self._squeeze:
            end, self._squeeze = self._squeeze.flush(), None
            self._keep(end)
        if self._file is None:
            return b"".join(self._parts), self._kept
        self._file.close()
        return b"", self._kept

    def drop(self) -> None:
        """Forget the answer."""
        if self._file is not None:
            self._file.close()
            self._path.unlink(missing_ok=True)

    def _compress(self) -> None:
        """Compress from here on, and what there was until now."""
        self._squeeze, self.compressed = zlib.compressobj(_FAST, zlib.DEFLATED, _GZIP), True
        parts, self._parts, self._kept = self._parts, [], 0
        self._keep(b"".join(parts))

    def _keep(self, data: bytes) -> None:
        if self._squeeze:
            data = self._squeeze.compress(data)
        self._kept += len(data)
        if self._file is not None:
            self._file.write(data)
            return
        self._parts.append(data)
        if self._kept > IN_MEMORY:
            self._file = self._path.open("wb")
            self._file.write(b"".join(self._parts))
            self._parts.clear()

    def _clean(self, data: bytes) -> bytes:
        """Replace characters that no reader of XML takes; one that a write cut in two is put together."""
        data = self._held + data
        end = next((len(data) - n for n in (2, 1) if data[-n:] == b"\xef\xbf"[:n]), len(data))
        self._held = data[end:]
        return _NOT_XML.sub(_REPLACEMENT, data[:end])


class RowCounter:
    """A file to write lines to, of which one is a row, that stops after as many as were asked for."""

    def __init__(self, rows: int, *, header: bool) -> None:
        """Make an empty one, for so many rows after the header, if there is one."""
        self._most = rows + header
        self._lines = 0
        self._parts: list[bytes] = []
        self._header = header

    @property
    def rows(self) -> int:
        """Return how many rows were written, of those that were asked for."""
        return min(self._lines, self._most) - self._header

    def write(self, data: bytes) -> int:
        """Take in lines.

        Raises:
            EnoughRows: there is one more than was asked for.
        """
        self._lines += data.count(b"\n")
        self._parts.append(data)
        if self._lines > self._most:
            raise EnoughRows
        return len(data)

    def flush(self) -> None:
        """Do nothing."""

    def cut(self) -> bytes:
        """Return the lines that were asked for."""
        lines = b"".join(self._parts)
        if self._lines <= self._most:
            return lines
        return b"\n".join(lines.split(b"\n", self._most)[: self._most]) + b"\n"
