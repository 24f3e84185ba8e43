"""A worker, as the server sees it: started, given a job, watched, killed."""

from __future__ import annotations

import asyncio
import contextlib
import io
import json
import os
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any, BinaryIO, Protocol

import psutil

from graph.endpoint.frames import DATA, END, ERROR, JOB, READY, FrameReader, pack_message
from graph.endpoint.jobs import Job
from graph.endpoint.limits import Limits

_ROOT = str(Path(__file__).resolve().parents[2])
_YIELDING = 10  # of 19: a long query gives way to short ones, and yet gets on


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


class Worker(asyncio.SubprocessProtocol):
    """One worker process.

    Attributes:
        version: of the store when it was started.
        alone: whether it left the network; known once it is ready.
        ready: whether it can take jobs.
        yields: whether it gives way to others, which cannot be undone.
        worked: seconds of processor time that it had used when its last job ended.
    """

    def __init__(self, path: Path, version: object, events: WorkerEvents) -> None:
        """Make the handle; ``start_worker`` makes the process."""
        self.version = version
        self.alone = False
        self.ready = False
        self.yields = False
        self.worked = 0.0
        self._path = path
        self._events = events
        self._frames = FrameReader()
        self._data = b""
        self._process: psutil.Process | None = None
        self._transport: asyncio.SubprocessTransport | None = None
        self._gone = asyncio.Event()
        self._rest = 0  # bytes of memory that it has when it does nothing

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep hold of the process."""
        assert isinstance(transport, asyncio.SubprocessTransport)
        self._transport = transport
        with contextlib.suppress(psutil.Error):
            self._process = psutil.Process(transport.get_pid())

    def pipe_data_received(self, fd: int, data: bytes) -> None:
        """Take in what the worker says."""
        for kind, payload in self._frames.feed(data):
            if kind == DATA:
                self._data = payload
            elif kind == READY:
                about = json.loads(payload)
                self.ready, self.alone, self.worked = True, about["alone"], about["work"]
                self._rest = self.measure_memory()
                self._events.became_ready(self)
            elif kind == END:
                data, self._data = self._data, b""
                end = json.loads(payload)
                self.worked = end["work"]
                self._events.answered(self, end, data)
            elif kind == ERROR:
                self._data = b""
                why = json.loads(payload)
                self.worked = why["work"]
                self._events.failed(self, why)

    async def wait(self) -> None:
        """Wait until the process is gone."""
        await self._gone.wait()

    def process_exited(self) -> None:
        """Say that the worker is gone."""
        self._gone.set()
        self._path.unlink(missing_ok=True)
        self.close()
        self._events.ended(self)

    def send(self, job: Job) -> None:
        """Give it a job."""
        assert self._transport is not None
        dataset = (job.default_graphs, job.named_graphs or ()) if _has_dataset(job) else None
        pipe = self._transport.get_pipe_transport(0)
        assert isinstance(pipe, asyncio.WriteTransport)
        pipe.write(pack_message(JOB, {**asdict(job), "dataset": dataset}))

    def kill(self) -> None:
        """End it now, whatever it does."""
        if self._transport is not None:
            with contextlib.suppress(ProcessLookupError):
                self._transport.kill()

    @property
    def exit_code(self) -> int | None:
        """Return how it ended: below 0, the number of the signal."""
        return None if self._transport is None else self._transport.get_returncode()

    def close(self) -> None:
        """Let go of the pipes, and kill the process if it still runs."""
        if self._transport is not None:
            self._transport.close()

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


async def start_worker(
    worker: Worker, path: Path, *, out: Path, limits: Limits, services: frozenset[str]
) -> None:
    """Start the process of a worker, with the same packages in reach and nothing of the working folder.

    Raises:
        OSError: the system has no process to spare.
    """
    settings = {"memory": limits.memory, "answer": limits.answer, "services": sorted(services)}
    command = [sys.executable, "-P", "-m", "graph.endpoint.worker", str(out), str(path), json.dumps(settings)]
    places = [_ROOT, *(place for place in sys.path if place)]
    await asyncio.get_running_loop().subprocess_exec(
        lambda: worker,
        *command,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(dict.fromkeys(places)), "RUST_BACKTRACE": "0"},
    )


def _has_dataset(job: Job) -> bool:
    return bool(job.default_graphs) or job.named_graphs is not None
