"""A pool of workers: every query has its limits, and what passes them is killed.

A worker is a process (``graph.endpoint.worker``), since nothing else stops a query for certain. Some are kept
warm. One that was killed is replaced, and so is one that reads a graph which has been replaced.
"""

from __future__ import annotations

import asyncio
import itertools
import shutil
import signal
import tempfile
from collections.abc import Awaitable, Collection
from pathlib import Path
from typing import Any

from graph.endpoint.jobs import Job, JobError, Reply
from graph.endpoint.limits import Limits
from graph.endpoint.process import Worker, start_worker
from graph.endpoint.refusals import describe_limit
from graph.endpoint.tasks import TRIAL, WAITED, Queue, Task
from graph.generations import POINTER, find_generation
from graph.store import STORE, open_store

TICK = 0.05
"""Seconds between two looks at what runs."""

SPARE = 2
"""Workers beyond those that run, kept warm so that a query need not wait until one has started."""

_KEPT = 4  # a worker that keeps more than this part of its memory after a query is replaced


class WorkerPool:
    """The workers of a server; used from one event loop.

    Attributes:
        alone: whether the workers are without a network; None until the first one is ready.
    """

    def __init__(self, out: Path, limits: Limits, *, services: Collection[str] = ()) -> None:
        """Make the pool; ``start`` starts its workers.

        Args:
            out: the folder of a build, or an RDF file.
            limits: of each query.
            services: hosts that SERVICE may call, ``host`` or ``host:port``; workers then have a network.
        """
        self.limits = limits
        self.alone: bool | None = None
        self.services = frozenset(host.lower() for host in services)
        self._out = out
        self._queue = Queue(limits.workers)
        self._idle: list[Worker] = []
        self._starting: set[Worker] = set()
        self._busy: dict[Worker, Task] = {}
        self._folder = Path()
        self._numbers = itertools.count(1)
        self._version: object = None
        self._ticking = False
        self._closed = True
        self._started: set[asyncio.Task[None]] = set()

    async def start(self) -> None:
        """Start the first workers, and wait until one can answer.

        Raises:
            StoreError: there is no built graph.
        """
        if find_generation(self._out / STORE) is None:  # what a crash left is put in order once, not by each
            await asyncio.to_thread(open_store, self._out)
        self._folder = Path(tempfile.mkdtemp(prefix="caregraph-"))
        self._closed = False
        await self.answer(Job("ASK {}"))

    async def close(self) -> None:
        """Kill all workers, and refuse what still waits."""
        self._closed = True
        for task in self._queue.list_all():
            self._fail(task, JobError("closed", "the server is being stopped; ask again when it is back"))
        workers = [*self._idle, *self._starting, *self._busy]
        for worker in workers:
            worker.close()
        await asyncio.gather(*(worker.wait() for worker in workers), *self._started, return_exceptions=True)
        shutil.rmtree(self._folder, ignore_errors=True)

    @property
    def version(self) -> str:
        """Return what changes when the graph is replaced."""
        pointer = self._out / STORE / POINTER
        generation = find_generation(self._out / STORE)
        try:
            stamp = (pointer if generation else self._out).stat().st_mtime_ns
        except OSError:
            stamp = 0
        return f"{generation.name if generation else 'memory'}-{stamp:x}"

    async def answer(self, job: Job, *, gone: Awaitable[object] | None = None) -> Reply:
        """Answer a query.

        Args:
            job: the query.
            gone: done when whoever asked has left, which stops the query.

        Raises:
            JobError: it cannot be answered, or not within the limits.
        """
        if self._closed:
            raise JobError("closed", "the server is being stopped; ask again when it is back")
        if len(self._queue) >= self.limits.waiting:
            raise JobError("busy", describe_limit("busy", self.limits))
        loop = asyncio.get_running_loop()
        task = Task(job, loop.create_future(), loop.time())
        task.timer = loop.call_later(self.limits.seconds, self._stop_late, task)
        watch = None if gone is None else asyncio.ensure_future(gone)
        if watch is not None:
            watch.add_done_callback(lambda _: self._stop(task, "client-left"))
        self._queue.add(task)
        self._schedule()
        try:
            return await task.done
        finally:
            task.timer.cancel()
            self._withdraw(task)
            if watch is not None:
                watch.cancel()

    def became_ready(self, worker: Worker) -> None:
        """Take in a worker that has started."""
        self._starting.discard(worker)
        self.alone = worker.alone
        self._idle.append(worker)
        self._schedule()

    def answered(self, worker: Worker, end: dict[str, Any], data: bytes) -> None:
        """Hand on an answer."""
        task = self._release(worker)
        if task is None or task.done.done():
            return
        seconds = asyncio.get_running_loop().time() - task.asked
        body = worker.open_answer(data, end["length"])
        job = task.job
        task.done.set_result(
            Reply(job.media_type, body, end["length"], end["rows"], end["more"], end["compressed"], seconds)
        )

    def failed(self, worker: Worker, why: dict[str, Any]) -> None:
        """Hand on what went wrong with a query, or with the start of a worker."""
        message = why["message"] or describe_limit(why["reason"], self.limits)
        error = JobError(why["reason"], message, line=why.get("line", 0), column=why.get("column", 0))
        if worker in self._starting:
            self._starting.discard(worker)
            for waiting in self._queue.list_all():
                if waiting not in self._queue.running:
                    self._fail(waiting, error)
            return
        task = self._release(worker)
        if task is not None:
            self._fail(task, error)

    def ended(self, worker: Worker) -> None:
        """Note that a worker is gone; if nobody here killed it, its query has failed."""
        self._starting.discard(worker)
        if worker in self._idle:
            self._idle.remove(worker)
        task = self._busy.pop(worker, None)
        if task is not None:
            aborted = worker.exit_code == -signal.SIGABRT  # how the engine ends when memory is refused to it
            reason = "memory-limit" if aborted else "worker-lost"
            self._fail(task, JobError(reason, describe_limit(reason, self.limits)))
        self._schedule()

    def _schedule(self) -> None:
        """Give waiting queries to idle workers, and start workers where too few are idle."""
        if self._closed:
            return
        version = self.version
        if version != self._version:
            self._version = version
            self._queue.forget_long()
            for worker in self._idle:
                worker.kill()
            self._idle.clear()
        while self._idle and (task := self._queue.pop_next()):
            self._run(self._idle.pop(), task)
        missing = self._queue.count_startable() + SPARE - len(self._idle) - len(self._starting)
        for _ in range(missing):
            self._start_worker()

    def _run(self, worker: Worker, task: Task) -> None:
        task.began, task.ran, task.work = asyncio.get_running_loop().time(), True, worker.worked
        self._busy[worker] = task
        if len(self._busy) > 1:
            for other, running in self._busy.items():
                if running.long:
                    other.give_way()
        worker.send(task.job)
        if not self._ticking:
            self._ticking = True
            asyncio.get_running_loop().call_later(TICK, self._tick)

    def _start_worker(self) -> None:
        path = self._folder / f"answer-{next(self._numbers)}"
        worker = Worker(path, self._version, self)
        self._starting.add(worker)
        starting = asyncio.ensure_future(
            start_worker(worker, path, out=self._out, limits=self.limits, services=self.services)
        )
        self._started.add(starting)
        starting.add_done_callback(self._started.discard)

    def _release(self, worker: Worker) -> Task | None:
        """Take back a worker whose query has ended, or let it go where it is of no more use."""
        task = self._busy.pop(worker, None)
        if task is None:
            return None
        self._queue.remove(task)
        if worker.yields or worker.version != self._version or task.memory > self.limits.memory // _KEPT:
            worker.kill()
        else:
            self._idle.append(worker)
        asyncio.get_running_loop().call_soon(self._schedule)
        return task

    def _tick(self) -> None:
        """Look at what runs: at its memory, and whether it has become long."""
        now = asyncio.get_running_loop().time()
        for worker, task in list(self._busy.items()):
            if now - task.began < TICK / 2:
                continue
            task.memory = worker.measure_memory()
            if task.memory > self.limits.memory:
                self._stop(task, "memory-limit")
            elif not task.long and (worker.measure_work() - task.work > TRIAL or now - task.began > WAITED):
                self._note_long(worker, task)
        self._ticking = bool(self._busy)
        if self._ticking:
            asyncio.get_running_loop().call_later(TICK, self._tick)

    def _note_long(self, worker: Worker, task: Task) -> None:
        if not self._queue.mark_long(task):
            self._busy.pop(worker)
            worker.kill()
            self._queue.put_back(task)
            self._schedule()
        elif len(self._busy) > 1:
            worker.give_way()

    def _stop_late(self, task: Task) -> None:
        self._stop(task, "time-limit" if task.ran else "busy")

    def _stop(self, task: Task, reason: str) -> None:
        self._fail(task, JobError(reason, describe_limit(reason, self.limits)))
        self._withdraw(task)

    def _fail(self, task: Task, error: JobError) -> None:
        if not task.done.done():
            task.done.set_exception(error)

    def _withdraw(self, task: Task) -> None:
        """Forget a task, and kill the worker that runs it."""
        self._queue.remove(task)
        worker = next((worker for worker, running in self._busy.items() if running is task), None)
        if worker is not None:
            del self._busy[worker]
            worker.kill()
            self._schedule()
