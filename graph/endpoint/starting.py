"""Start workers: from a nursery where processes can be divided, else each from nothing."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

from graph.endpoint.nursery import NUMBER
from graph.endpoint.process import Worker

CAN_DIVIDE = hasattr(os, "fork") and hasattr(socket, "send_fds")

_ROOT = str(Path(__file__).resolve().parents[2])


class Starter:
    """Starts the workers of a pool."""

    def __init__(
        self, out: Path, folder: Path, settings: dict[str, Any], *, divide: bool = CAN_DIVIDE
    ) -> None:
        """Make it.

        Args:
            out: the folder of a build.
            folder: where workers put long answers, each in the file of its number.
            settings: as for ``graph.endpoint.worker.serve_jobs``.
            divide: whether to use a nursery.
        """
        self._out = out
        self._folder = folder
        self._settings = settings
        self._divide = divide
        self._nursery: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None

    async def start(self, worker: Worker, number: int) -> None:
        """Start the process of a worker, which will say that it is ready.

        Raises:
            OSError: the system has no process to spare.
        """
        if self._divide:
            await self._divide_nursery(worker, number)
            return
        await asyncio.get_running_loop().subprocess_exec(
            lambda: _Pipes(worker),
            *self._write_command("graph.endpoint.worker", self._folder / str(number)),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            env=_make_environment(),
        )

    def close(self) -> None:
        """Let the nursery end."""
        if self._control is not None:
            self._control.close()
        if self._nursery is not None:
            self._nursery.wait()

    async def _divide_nursery(self, worker: Worker, number: int) -> None:
        ours, theirs = socket.socketpair()
        with theirs:
            try:
                self._send(theirs, number)
            except OSError:  # somebody ended the nursery
                self.close()
                self._control = None
                self._send(theirs, number)
        ours.setblocking(False)
        await asyncio.get_running_loop().create_unix_connection(lambda: worker, sock=ours)

    def _send(self, end: socket.socket, number: int) -> None:
        if self._control is None:
            self._control, theirs = socket.socketpair()
            with theirs:
                self._nursery = subprocess.Popen(
                    self._write_command("graph.endpoint.nursery", self._folder),
                    stdin=theirs.fileno(),
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                    env=_make_environment(),
                )
        socket.send_fds(self._control, [NUMBER.pack(number)], [end.fileno()])

    def _write_command(self, module: str, path: Path) -> list[str]:
        """Write a command with nothing of the working folder in reach."""
        settings = json.dumps(self._settings)
        return [sys.executable, "-P", "-S", "-m", module, str(self._out), str(path), settings]


class _Pipes(asyncio.SubprocessProtocol):
    """Joins the pipes of a process to a worker, as one way to and fro."""

    def __init__(self, worker: Worker) -> None:
        self._worker = worker
        self._transport: asyncio.SubprocessTransport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.SubprocessTransport)
        self._transport = transport
        self._worker.connection_made(self)

    def pipe_data_received(self, fd: int, data: bytes) -> None:
        self._worker.data_received(data)

    def process_exited(self) -> None:
        assert self._transport is not None
        self._transport.close()
        self._worker.connection_lost(None)

    def write(self, data: bytes) -> None:
        assert self._transport is not None
        pipe = self._transport.get_pipe_transport(0)
        assert isinstance(pipe, asyncio.WriteTransport)
        pipe.write(data)

    def close(self) -> None:
        assert self._transport is not None
        with contextlib.suppress(ProcessLookupError):
            self._transport.kill()


def _make_environment() -> dict[str, str]:
    """Put the same packages in reach of a process as this one has."""
    places = [_ROOT, *(place for place in sys.path if place)]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(dict.fromkeys(places)), "RUST_BACKTRACE": "0"}
