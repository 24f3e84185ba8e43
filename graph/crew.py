"""A crew of workers: gives each a document, ends the one that takes too long, replaces those that die.

The pool is pebble's, which kills by task and loses only that task when a worker dies. What it leaves to its
users is here: what to say of a document that was lost, and to go on with a new pool should one break.
"""

from __future__ import annotations

import multiprocessing
import signal
from concurrent.futures import Future, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from types import TracebackType
from typing import Generic, Self

from pebble import ProcessExpired, ProcessPool

from graph.errors import CaregraphError
from graph.processes import WorkerProcess, prepare_workers
from graph.readers.inputs import Input
from graph.records import Skipped
from graph.task import Fault, Made, Make, measure_input, prepare_worker, run_task

SHARE = 100_000
"""Bytes of a document for which it may take the time limit once more."""
PATIENCE = 120.0
"""Seconds beyond twice its limit that a document may be waited for before the pool counts as broken."""
MOST_BREAKS = 2
"""How many broken pools a document may have been in before it is passed over."""

LOST = "was lost with its workers again and again; split it or save it in a simpler form"


@dataclass(slots=True, eq=False)
class Job(Generic[Made]):
    """A document that was given to the crew.

    Attributes:
        item: the document.
        seconds: that it may take.
        future: what comes of it.
        breaks: how many pools broke while it was under way.
    """

    item: Input
    seconds: float
    future: Future[Made | Skipped | Fault]
    breaks: int = 0


class Crew(Generic[Made]):
    """Worker processes that make something of documents; a context manager.

    Nothing is started before the first document, so that a run in which none is new starts nothing.
    """

    def __init__(self, make: Make[Made], *, workers: int, seconds: float) -> None:
        """Make the crew.

        Args:
            make: makes what is wanted of what was found in a document.
            workers: how many.
            seconds: that a document may take, and again for each ``SHARE`` of its size.
        """
        self._make = make
        self._workers = workers
        self._seconds = seconds
        self._jobs: set[Job[Made]] = set()
        self._pool: ProcessPool | None = None

    def __enter__(self) -> Self:
        """Return the crew, not yet started."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End all workers."""
        self.stop()

    def give(self, item: Input) -> Job[Made]:
        """Put a document in the queue."""
        job: Job[Made] = Job(item, self._seconds * (1 + measure_input(item) // SHARE), Future())
        if self._pool is None or not self._pool.active:
            self._replace_pool()
        self._schedule(job)
        self._jobs.add(job)
        return job

    def take(self, job: Job[Made]) -> Made | Skipped:
        """Wait for what comes of a document.

        Raises:
            CaregraphError: no document can be extracted.
        """
        waited = 0.0
        while not _is_told(job):
            waited += 1
            if self._pool is None or not self._pool.active or waited > 2 * job.seconds + PATIENCE:
                waited = 0.0
                self._replace_pool()
        self._jobs.discard(job)
        made = _read_outcome(job)
        if isinstance(made, Fault):
            raise CaregraphError(made.message)
        return made

    def stop(self) -> None:
        """End all workers, whatever they do."""
        pool, self._pool = self._pool, None
        if pool is None:
            return
        pool.stop()  # type: ignore[no-untyped-call]
        for process in multiprocessing.active_children():
            if isinstance(process, WorkerProcess):
                process.kill()
        pool.join()

    def _schedule(self, job: Job[Made]) -> None:
        assert self._pool is not None
        job.future = self._pool.schedule(
            run_task, args=(job.item, self._make, job.seconds), timeout=job.seconds
        )

    def _replace_pool(self) -> None:
        """Begin; or begin anew with what was under way, after a worker that died idle or while it spoke."""
        self.stop()
        context = prepare_workers("graph.warm")
        self._pool = ProcessPool(max_workers=self._workers, initializer=prepare_worker, context=context)
        for job in [job for job in self._jobs if not job.future.done() or _was_lost(job)]:
            job.breaks += 1
            if job.breaks > MOST_BREAKS:
                job.future = Future()
                job.future.set_result(Skipped(job.item.name, LOST))
            else:
                self._schedule(job)


def _is_told(job: Job[Made]) -> bool:
    """Say whether it is known what came of a job, after a second at most."""
    return bool(wait([job.future], timeout=1).done) and not _was_lost(job)


def _was_lost(job: Job[Made]) -> bool:
    """Say whether a job went down with its pool, through no fault of its own that is known."""
    return isinstance(job.future.exception(), BrokenProcessPool)


def _read_outcome(job: Job[Made]) -> Made | Skipped | Fault:
    """Say what came of a job; of one that was lost, why."""
    name = job.item.name
    try:
        return job.future.result()
    except TimeoutError:
        return Skipped(name, f"takes over {job.seconds:g} seconds; split it, or give it more with --seconds")
    except ProcessExpired as error:
        how = _name_signal(-error.exitcode) if error.exitcode < 0 else f"code {error.exitcode}"
        return Skipped(name, f"ended its worker ({how}); split it or save it in a simpler form")


def _name_signal(number: int) -> str:
    """Name a signal, and say what it mostly means."""
    if number == getattr(signal, "SIGKILL", 9):
        return "SIGKILL, as when memory runs out"
    return signal.Signals(number).name if number in set(signal.Signals) else f"signal {number}"
