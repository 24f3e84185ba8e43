"""Files are written while they are sent, and no longer than somebody reads."""

from __future__ import annotations

import threading
from typing import IO

import pytest

from graph.workbench.downloads import stream_written


def test_what_is_written_is_streamed_and_a_failure_is_seen() -> None:
    def write(stream: IO[bytes]) -> None:
        for _ in range(100):
            stream.write(b"x" * 10_000)

    assert sum(map(len, stream_written(write))) == 1_000_000

    def fail(stream: IO[bytes]) -> None:
        stream.write(b"begin")
        raise ValueError("no further")

    stream = stream_written(fail)
    assert next(stream) == b"begin"
    with pytest.raises(ValueError, match="no further"):
        next(stream)


def test_reader_who_leaves_stops_the_writer() -> None:
    written = []

    def write(stream: IO[bytes]) -> None:
        for number in range(10_000):
            stream.write(b"x" * 10_000)
            written.append(number)

    stream = stream_written(write)
    next(stream)
    stream.close()  # type: ignore[attr-defined] # a generator
    for thread in threading.enumerate():
        if thread.name == "download":
            thread.join(10)
            assert not thread.is_alive()
    assert len(written) < 10_000
