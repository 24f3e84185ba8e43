"""The workers of a pool: those that start, those that wait for a query, and how many there are to be."""

from __future__ import annotations

import asyncio
import itertools
import shutil
import tempfile
from collections.abc import Collection, Iterable
from pathlib import Path

from graph.commit import locate_file
from graph.endpoint.limits import Limits
from graph.endpoint.process import Worker, WorkerEvents
from graph.endpoint.starting import Starter
from graph.generations import POINTER, find_generation
from graph.store import STORE

SPARE = 2
"""Workers beyond one for each place: who takes the place of a killed one need not wait for a start."""

_AT_ONCE = 2  # workers that start when nobody waits for them


class Crew:
    """Idle workers, of the graph that is to be read now.

    Attributes:
        folder: where long answers are kept until they are sent.
        version: of the graph that the workers read.
    """

    def __init__(self, out: Path, limits: Limits, services: Collection[str], events: WorkerEvents) -> None:
        """Make it, with nobody in it.

        Args:
            out: the folder of a build, or an RDF file.
            limits: of each query.
            services: hosts that SERVICE may call.
            events: who is told what the workers do.
        """
        self.folder = Path(tempfile.mkdtemp(prefix="caregraph-"))
        self.version = ""
        self._versions = VersionReader(out)
        self._most = limits.workers + SPARE
        self._events = events
        settings = {"memory": limits.memory, "answer": limits.answer, "services": sorted(services)}
        self._starter = Starter(out, self.folder, settings)
        self._numbers = itertools.count(1)
        self._idle: list[Worker] = []
        self._starting: set[Worker] = set()
        self._connecting: set[asyncio.Task[None]] = set()
        self._broken = False

    async def close(self, busy: Iterable[Worker]) -> None:
        """Kill all workers, those that are busy too, and wait until they are gone."""
        workers = [*self._idle, *self._starting, *busy]
        await asyncio.gather(*self._connecting, return_exceptions=True)
        for worker in workers:
            worker.kill()
        await asyncio.gather(*(worker.wait() for worker in workers))
        await asyncio.to_thread(self._starter.close)
        shutil.rmtree(self.folder, ignore_errors=True)

    @property
    def has_idle(self) -> bool:
        """Return whether somebody waits for a query."""
        return bool(self._idle)

    def take(self) -> Worker:
        """Take out an idle worker: the one that worked last, which has most in its memory."""
        return self._idle.pop()

    def give_back(self, worker: Worker, *, useful: bool) -> None:
        """Let a worker wait for a query, or kill it where it is of no more use."""
        if useful and not worker.yields and worker.version == self.version:
            self._idle.append(worker)
        else:
            worker.kill()

    def became_ready(self, worker: Worker) -> None:
        """Take in a worker that has started."""
        self._broken = False
        self._starting.discard(worker)
        self.give_back(worker, useful=True)

    def failed_to_start(self, worker: Worker) -> bool:
        """Note that a worker said no or is gone; return whether that was before it was ready."""
        if worker in self._idle:
            self._idle.remove(worker)
        if worker not in self._starting:
            return False
        self._starting.discard(worker)
        self._broken = True  # none is started before somebody asks again, or this would go on for ever
        return True

    def look_for_new_graph(self) -> bool:
        """Let go of the idle workers if the graph has been replaced; return whether it has."""
        version = self._versions.read()
        if version == self.version:
            return False
        self.version = version
        for worker in self._idle:
            worker.kill()
        self._idle.clear()
        return True

    def fill_up(self, startable: int, busy: int) -> None:
        """Start workers: those that queries wait for at once, the spare ones by and by."""
        coming = len(self._idle) + len(self._starting)
        spare = min(self._most - coming - busy, _AT_ONCE - len(self._starting))
        for _ in range(max(startable - coming, 0 if self._broken else spare)):
            number = next(self._numbers)
            worker = Worker(self.folder / str(number), self.version, self._events)
            self._starting.add(worker)
            connecting = asyncio.ensure_future(self._start(worker, number))
            self._connecting.add(connecting)
            connecting.add_done_callback(self._connecting.discard)

    async def _start(self, worker: Worker, number: int) -> None:
        try:
            await self._starter.start(worker, number)
        except OSError:
            worker.connection_lost(None)


class VersionReader:
    """Tells what changes when the graph is replaced; asked at every request, it reads only what is new."""

    def __init__(self, out: Path) -> None:
        """Make it.

        Args:
            out: the folder of a build, or an RDF file.
        """
        self._out = out
        self._seen: tuple[int, int] | None = None
        self._version = ""

    def read(self) -> str:
        """Read the version."""
        seen = _stamp(locate_file(self._out, f"{STORE}/{POINTER}")) or _stamp(self._out)
        if seen is None or seen != self._seen:
            generation = find_generation(self._out / STORE)
            name = generation.name if generation else "memory"
            self._seen, self._version = seen, f"{name}-{seen[0] if seen else 0:x}"
        return self._version


def _stamp(path: Path) -> tuple[int, int] | None:
    """Return what tells one state of a file from another: the time of its change, and its number."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_ino
