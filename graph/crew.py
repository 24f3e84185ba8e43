"""A crew of workers: gives each a document, ends the one that takes too long, replaces those that die.

The pool is pebble's, which kills by task and loses only that task when a worker dies. What it leaves to its
users is here: what to say of a document that was lost, and to go on with a new pool should one break.
"""

from __future__ import annotations

from concurrent.futures import Future, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from types import TracebackType
from typing import Generic, Self

from pebble import ProcessExpired, ProcessPool

from graph.errors import CaregraphError
from graph.processes import WorkerContext, prepare_workers
from graph.records import Skipped
from graph.task import TRIES, Do, Fault, Given, Made, explain_end, explain_time, prepare_worker, run_task

PATIENCE = 120.0
"""Seconds beyond twice its limit that a document may be waited for before the pool counts as broken."""
MOST_BREAKS = 2
"""How many broken pools a document may have been in before it is passed over."""

LOST = "was lost with its workers again and again; split it or save it in a simpler form"


@dataclass(slots=True, eq=False)
class Job(Generic[Given, Made]):
    """A document that was given to the crew.

    Attributes:
        item: the document.
        seconds: that it may take.
        future: what comes of it.
        tries: how often it may yet be tried, should it end its worker.
        breaks: how many pools broke while it was under way.
    """

    item: Given
    seconds: float
    future: Future[Made | Skipped | Fault]
    tries: int
    breaks: int = 0


class Crew(Generic[Given, Made]):
    """Worker processes that do something with documents; a context manager.

    Nothing is started before the first document, so that a run in which none is new starts nothing.
    """

    def __init__(self, do: Do[Given, Made], *, workers: int) -> None:
        """Make the crew.

        Args:
            do: does it; what workers can import by its name.
            workers: how many.
        """
        self._do = do
        self._workers = workers
        self._jobs: set[Job[Given, Made]] = set()
        self._pool: ProcessPool | None = None
        self._context: WorkerContext | None = None

    def __enter__(self) -> Self:
        """Return the crew, not yet started."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End all workers."""
        self.stop()

    def give(self, item: Given, seconds: float, *, tries: int = TRIES) -> Job[Given, Made]:
        """Put a document in the queue.

        Args:
            item: the document, or what stands for it.
            seconds: that it may take.
            tries: how often it is tried, should it end its worker.
        """
        job: Job[Given, Made] = Job(item, seconds, Future(), tries)
        self._ready_pool()
        self._schedule(job)
        self._jobs.add(job)
        return job

    def take(self, job: Job[Given, Made]) -> Made | Skipped:
        """Wait for what comes of a document.

        Raises:
            CaregraphError: no document can be extracted.
        """
        self._wait(job)
        while job.tries > 1 and isinstance(job.future.exception(), ProcessExpired):
            job.tries -= 1
            self._ready_pool()
            self._schedule(job)
            self._wait(job)
        self._jobs.discard(job)
        made = _read_outcome(job)
        if isinstance(made, Fault):
            raise CaregraphError(made.message)
        return made

    def _wait(self, job: Job[Given, Made]) -> None:
        """Wait until it is known what came of a job, with a new pool should the old one break."""
        waited = 0.0
        while not _is_told(job):
            waited += 1
            if waited > 2 * job.seconds + PATIENCE:
                waited = 0.0
                self._replace_pool()
            self._ready_pool()

    def stop(self) -> None:
        """End all workers, whatever they do."""
        pool, self._pool = self._pool, None
        if pool is None:
            return
        pool.stop()  # type: ignore[no-untyped-call]
        if self._context is not None:
            self._context.kill_all()
        pool.join()

    def _ready_pool(self) -> None:
        if self._pool is None or not self._pool.active:
            self._replace_pool()

    def _schedule(self, job: Job[Given, Made]) -> None:
        assert self._pool is not None
        job.future = self._pool.schedule(
            run_task, args=(job.item, self._do, job.seconds), timeout=job.seconds
        )

    def _replace_pool(self) -> None:
        """Begin; or begin anew with what was under way, after a worker that died idle or while it spoke."""
        self.stop()
        self._context = prepare_workers("graph.warm")
        self._pool = ProcessPool(max_workers=self._workers, initializer=prepare_worker, context=self._context)
        for job in [job for job in self._jobs if not job.future.done() or _was_lost(job)]:
            job.breaks += 1
            if job.breaks > MOST_BREAKS:
                job.future = Future()
                job.future.set_result(Skipped(job.item.name, LOST))
            else:
                self._schedule(job)


def _is_told(job: Job[Given, Made]) -> bool:
    """Say whether it is known what came of a job, after a second at most."""
    return bool(wait([job.future], timeout=1).done) and not _was_lost(job)


def _was_lost(job: Job[Given, Made]) -> bool:
    """Say whether a job went down with its pool, through no fault of its own that is known."""
    return isinstance(job.future.exception(), BrokenProcessPool)


def _read_outcome(job: Job[Given, Made]) -> Made | Skipped | Fault:
    """Say what came of a job; of one that was lost, why."""
    name = job.item.name
    try:
        return job.future.result()
    except TimeoutError:
        return Skipped(name, explain_time(job.seconds))
    except ProcessExpired as error:
        return Skipped(name, explain_end(error.exitcode))
