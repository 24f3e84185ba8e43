"""A pool of workers: every query has its limits, and what passes them is killed.

A worker is a process (``graph.endpoint.worker``), since nothing else stops a query for certain. One that was
killed is replaced, and so is one that reads a graph which has been replaced.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Collection
from pathlib import Path
from typing import Any

from graph.endpoint.crew import Crew, VersionReader
from graph.endpoint.jobs import Job, JobError, Reply
from graph.endpoint.limits import Limits
from graph.endpoint.process import Worker
from graph.endpoint.refusals import describe_limit
from graph.endpoint.tasks import TRIAL, Queue, Task
from graph.generations import find_generation
from graph.store import STORE, open_store

TICK = 0.05
"""Seconds between two looks at what runs."""

_YIELDS = 0.5  # seconds of processor time after which a query lets others go first
_KEPT = 4  # a worker that keeps more than this part of its memory after a query is replaced


class WorkerPool:
    """The workers of a server; used from one event loop.

    Attributes:
        limits: of each query.
        services: hosts that SERVICE may call.
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
        self.services = frozenset(host.lower() for host in services)
        self.alone: bool | None = None
        self._out = out
        self._versions = VersionReader(out)
        self._queue = Queue(limits.workers)
        self._busy: dict[Worker, Task] = {}
        self._crew: Crew | None = None
        self._ticking = False

    async def start(self) -> None:
        """Start the first workers, and wait until one can answer.

        Raises:
            StoreError: there is no built graph.
        """
        if find_generation(self._out / STORE) is None:  # what a crash left is put in order once, not by each
            await asyncio.to_thread(open_store, self._out)
        self._crew = Crew(self._out, self.limits, self.services, self)
        reply = await self.answer(Job("ASK {}"))
        reply.body.close()

    async def close(self) -> None:
        """Kill all workers, and refuse what still waits."""
        crew, self._crew = self._crew, None
        for task in [*self._busy.values(), *self._queue.list_waiting()]:
            self._fail(task, "closed")
        if crew is not None:
            await crew.close(list(self._busy))

    @property
    def version(self) -> str:
        """Return what changes when the graph is replaced."""
        return self._versions.read()

    def count_busy(self) -> int:
        """Count the workers that answer a query now."""
        return len(self._busy)

    async def answer(self, job: Job, *, gone: Awaitable[object] | None = None) -> Reply:
        """Answer a query.

        Args:
            job: the query.
            gone: done when whoever asked has left, which stops the query.

        Raises:
            JobError: it cannot be answered, or not within the limits.
        """
        loop = asyncio.get_running_loop()
        task = Task(job, loop.create_future(), loop.time())
        watch = None if gone is None else asyncio.ensure_future(gone)
        if self._crew is None or len(self._queue) >= self.limits.waiting:
            self._fail(task, "closed" if self._crew is None else "busy")
        else:
            self._queue.add(task)
            self._schedule()
        timer = loop.call_later(self.limits.seconds, self._stop_late, task)
        if watch is not None:
            watch.add_done_callback(lambda _: self._stop(task, "client-left"))
        try:
            return await task.done
        except JobError as error:
            error.seconds = loop.time() - task.asked
            raise
        finally:
            timer.cancel()
            self._stop(task, "client-left")
            if watch is not None:
                watch.cancel()

    def became_ready(self, worker: Worker) -> None:
        """Take in a worker that has started."""
        self.alone = worker.alone
        if self._crew is not None:
            self._crew.became_ready(worker)
            self._schedule()

    def answered(self, worker: Worker, end: dict[str, Any], data: bytes) -> None:
        """Hand on an answer."""
        task = self._busy.get(worker)
        if task is None:
            return
        if not task.done.done():
            task.done.set_result(
                Reply(
                    task.job.media_type,
                    worker.open_answer(data, end["length"]),
                    end["length"],
                    end["rows"],
                    end["more"],
                    end["compressed"],
                    asyncio.get_running_loop().time() - task.asked,
                )
            )
        self._release(worker, task)

    def failed(self, worker: Worker, why: dict[str, Any]) -> None:
        """Hand on what went wrong with a query, or with the start of a worker."""
        task = self._busy.get(worker)
        if task is not None:
            self._fail(task, why["reason"], why["message"], why.get("line", 0), why.get("column", 0))
            self._release(worker, task)
        elif self._crew is not None and self._crew.failed_to_start(worker):
            self._fail_waiting(why["reason"], why["message"])

    def ended(self, worker: Worker) -> None:
        """Note that a worker is gone; if nobody here killed it, its query has failed."""
        task = self._busy.pop(worker, None)
        if task is not None:  # where the engine is refused memory, it ends its process
            wanted_memory = task.memory > self.limits.memory // 2
            self._fail(task, "memory-limit" if wanted_memory else "worker-lost")
            self._queue.end(task)
        if self._crew is not None:
            if self._crew.failed_to_start(worker):
                self._fail_waiting("worker-lost", "")
            self._schedule()

    def _schedule(self) -> None:
        """Give waiting queries to idle workers, and start workers where too few are idle."""
        crew = self._crew
        if crew is None:
            return
        if crew.look_for_new_graph():
            self._queue.forget_shapes()
        while (victim := self._queue.pop_victim()) is not None:
            self._kill(victim)
        while crew.has_idle and (task := self._queue.pop_next()):
            self._run(crew.take(), task)
        crew.fill_up(self._queue.count_startable(), len(self._busy))

    def _run(self, worker: Worker, task: Task) -> None:
        task.began, task.ran, task.work = asyncio.get_running_loop().time(), True, worker.worked
        self._busy[worker] = task
        worker.send(task.job)
        if not self._ticking:
            self._ticking = True
            asyncio.get_running_loop().call_later(TICK, self._tick)

    def _release(self, worker: Worker, task: Task) -> None:
        """Take back a worker whose query has ended."""
        del self._busy[worker]
        task.used = worker.worked - task.work
        self._queue.end(task)
        if self._crew is not None:
            self._crew.give_back(worker, useful=task.memory <= self.limits.memory // _KEPT)
            self._schedule()

    def _tick(self) -> None:
        """Look at what runs: its memory, its work, and whether it is to make room."""
        now = asyncio.get_running_loop().time()
        lacking = self._crew is not None and not self._crew.has_idle and self._queue.count_startable() > 0
        for worker, task in list(self._busy.items()):
            task.lasted = now - task.began
            if task.lasted < TICK / 2:
                continue
            task.memory, task.used = worker.measure_memory(), worker.measure_work() - task.work
            if task.memory > self.limits.memory:
                self._stop(task, "memory-limit")
            elif len(self._busy) > 1 and task.used > (TRIAL if lacking else _YIELDS):
                worker.give_way()
        if len(self._queue):
            self._schedule()
        self._ticking = bool(self._busy)
        if self._ticking:
            asyncio.get_running_loop().call_later(TICK, self._tick)

    def _stop_late(self, task: Task) -> None:
        self._stop(task, "time-limit" if task.ran else "busy")

    def _stop(self, task: Task, reason: str) -> None:
        """Stop a task wherever it is; nothing happens where it has ended."""
        self._fail(task, reason)
        self._queue.end(task)
        if self._kill(task):
            self._schedule()

    def _kill(self, task: Task) -> bool:
        """Kill the worker that runs a task; return whether there was one."""
        worker = next((worker for worker, running in self._busy.items() if running is task), None)
        if worker is None:
            return False
        del self._busy[worker]
        worker.kill()
        return True

    def _fail(self, task: Task, reason: str, message: str = "", line: int = 0, column: int = 0) -> None:
        if not task.done.done():
            words = message or describe_limit(reason, self.limits)
            task.done.set_exception(JobError(reason, words, line=line, column=column))

    def _fail_waiting(self, reason: str, message: str) -> None:
        for task in self._queue.list_waiting():
            self._fail(task, reason, message)
            self._queue.end(task)
