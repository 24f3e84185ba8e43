"""A worker, as the server sees it: given a job, watched, killed."""

from __future__ import annotations

import asyncio
import contextlib
import io
import json
import os
import shutil
from pathlib import Path
from typing import Any, BinaryIO, Protocol

import psutil

from graph.endpoint.frames import DATA, END, ERROR, JOB, READY, FrameReader, pack_message
from graph.endpoint.jobs import Job
from graph.endpoint.spool import name_scratch

_YIELDING = 19  # the most: a long query takes what others leave


class WorkerEvents(Protocol):
    """Who is told what a worker does: the pool."""

    def became_ready(self, worker: Worker) -> None:
        """Note that it can take jobs."""

    def answered(self, worker: Worker, end: dict[str, Any], data: bytes) -> None:
        """Note that its job is done: what it says of the answer, and the answer, unless it is in a file."""

    def failed(self, worker: Worker, why: dict[str, Any]) -> None:
        """Note that its job cannot be done, or that it cannot start."""

    def ended(self, worker: Worker) -> None:
        """Note that it is gone."""


class Link(Protocol):
    """The way to a worker."""

    def write(self, data: bytes) -> None:
        """Send bytes."""

    def close(self) -> None:
        """End it, upon which the worker ends too."""


class Worker(asyncio.Protocol):
    """One worker process.

    Attributes:
        version: of the graph when it was started.
        alone: whether it left the network; known once it is ready.
        yields: whether it gives way to others, which cannot be undone.
        worked: seconds of processor time that it had used when its last job ended.
    """

    def __init__(self, path: Path, version: object, events: WorkerEvents) -> None:
        """Make the handle; ``graph.endpoint.starting`` makes the process.

        Args:
            path: of the file that it puts a long answer in.
            version: of the graph now.
            events: who is told.
        """
        self.version = version
        self.alone = False
        self.yields = False
        self.worked = 0.0
        self._path = path
        self._events = events
        self._frames = FrameReader()
        self._data = b""
        self._link: Link | None = None
        self._process: psutil.Process | None = None
        self._gone = asyncio.Event()
        self._rest = 0  # bytes of memory that it has when it does nothing

    def connection_made(self, transport: Link | asyncio.BaseTransport) -> None:
        """Keep hold of the way to the process."""
        self._link = transport  # type: ignore[assignment] # asyncio says no more of what it gives

    def data_received(self, data: bytes) -> None:
        """Take in what the worker says."""
        for kind, payload in self._frames.feed(data):
            if kind == DATA:
                self._data = payload
            else:
                self._take_message(kind, json.loads(payload))

    def connection_lost(self, exc: Exception | None) -> None:
        """Say that the worker is gone."""
        self._gone.set()
        self._path.unlink(missing_ok=True)
        shutil.rmtree(name_scratch(self._path), ignore_errors=True)  # it may have been killed amid a sort
        self._events.ended(self)

    def send(self, job: Job) -> None:
        """Give it a job."""
        assert self._link is not None
        has_dataset = bool(job.default_graphs) or job.named_graphs is not None
        dataset = (job.default_graphs, job.named_graphs or ()) if has_dataset else None
        asked = {"query": job.query, "media_type": job.media_type, "rows": job.rows, "base": job.base}
        asked |= {"gzip": job.gzip, "until": job.until}
        self._link.write(pack_message(JOB, {**asked, "dataset": dataset}))

    def kill(self) -> None:
        """End it now, whatever it does."""
        with contextlib.suppress(psutil.Error):
            if self._process is not None:
                self._process.kill()
                return
        if self._link is not None:
            self._link.close()

    async def wait(self) -> None:
        """Wait until the process is gone."""
        await self._gone.wait()

    def give_way(self) -> None:
        """Let other processes go first from now on."""
        if self._process is not None and not self.yields:
            self.yields = True
            with contextlib.suppress(psutil.Error):
                self._process.nice(_YIELDING if os.name == "posix" else psutil.IDLE_PRIORITY_CLASS)

    def open_answer(self, data: bytes, length: int) -> BinaryIO:
        """Give the answer that has ended as a file; if it was a long one, that is gone when it is closed."""
        if len(data) == length:
            return io.BytesIO(data)
        file = self._path.open("rb")
        if os.name == "posix":
            self._path.unlink()
        return file

    def measure_memory(self) -> int:
        """Measure the bytes of memory that it has, beyond what it needs to start."""
        with contextlib.suppress(psutil.Error):
            if self._process is not None:
                return int(self._process.memory_info().rss) - self._rest
        return 0

    def measure_work(self) -> float:
        """Measure the seconds of processor time that it has used in all."""
        with contextlib.suppress(psutil.Error):
            if self._process is not None:
                times = self._process.cpu_times()
                return float(times.user + times.system)
        return 0.0

    def _take_message(self, kind: bytes, content: dict[str, Any]) -> None:
        self.worked = content["work"]
        if kind == READY:
            self.alone = content["alone"]
            with contextlib.suppress(psutil.Error):
                self._process = psutil.Process(content["pid"])
            self._rest = self.measure_memory()
            self._events.became_ready(self)
        elif kind == END:
            data, self._data = self._data, b""
            self._events.answered(self, content, data)
        elif kind == ERROR:
            self._data = b""
            self._events.failed(self, content)
