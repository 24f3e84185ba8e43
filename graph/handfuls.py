"""Short documents by the handful: to hand one to a worker takes as long as to see that it names nobody.

A worker gets as many at a time as are done in some hundredths of a second. Should the time run out for a
handful, or its worker die, each of its documents is tried again alone: only the culprit is passed over.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Generic, TypeVar

from graph.crew import Crew, Job
from graph.readers.inputs import Input
from graph.readers.worker import ReaderProcess
from graph.records import Skipped
from graph.task import TRIES, Make, limit_time, make_one, measure_input

Made = TypeVar("Made")
AHEAD = 8
"""Handfuls under way for each worker, so that a long document keeps nobody waiting for a while."""
MOST = 32
"""Documents of a handful at most."""
SHORT = 20_000
"""Bytes of a document that may be one of a handful; a longer one goes alone. As ``graph.task.SHARE`` is more,
all that are short have the same time limit."""
SOON = 0.02
"""Seconds in which a handful should be done: much more than it takes to hand it over, little to wait for."""


@dataclass(frozen=True, slots=True)
class Handful:
    """Documents that a worker gets together.

    Attributes:
        items: the documents, at least one.
        seconds: that each may take; all together get no more, as each can be tried again alone.
    """

    items: tuple[Input, ...]
    seconds: float

    @property
    def name(self) -> str:
        """Return the name of the first, which is that of a document alone."""
        return self.items[0].name


@dataclass(frozen=True, slots=True)
class Harvest(Generic[Made]):
    """What came of each document of a handful, and how many seconds they took."""

    made: list[Made | Skipped]
    seconds: float


def do_handful(handful: Handful, reader: ReaderProcess, *, make: Make[Made]) -> Harvest[Made]:
    """Do what ``graph.task.make_one`` does for each document of a handful, in a worker."""
    started = time.perf_counter()
    made = [make_one(item, reader, make=make) for item in handful.items]
    return Harvest(made, time.perf_counter() - started)


def make_by_handful(
    items: Iterable[Input | Skipped], make: Make[Made], *, workers: int, seconds: float
) -> Generator[Made | Skipped, None, None]:
    """Make something of each document in a crew of workers, in the order of the documents.

    Args:
        items: documents that another process can read, and what was passed over before.
        make: a function of a module, which workers import.
        workers: how many.
        seconds: that a document may take, and again for each 100,000 bytes.

    Yields:
        What was made, or what was passed over and why, each as soon as all before it are there.

    Raises:
        CaregraphError: no document can be extracted.
    """
    under_way: deque[Job[Handful, Harvest[Made]] | Skipped] = deque()
    with Crew(partial(do_handful, make=make), workers=workers) as crew:
        giving = _Giving(crew, seconds)
        for given in giving.give_all(items):
            under_way.append(given)
            while len(under_way) >= AHEAD * workers or (under_way and _is_ready(under_way[0])):
                yield from giving.take(under_way.popleft())
        for last in under_way:
            yield from giving.take(last)


class _Giving(Generic[Made]):
    """Gives documents to a crew, and learns from what comes of them how many to give together."""

    def __init__(self, crew: Crew[Handful, Harvest[Made]], seconds: float) -> None:
        self._crew = crew
        self._seconds = seconds
        self._size = 1

    def give_all(self, items: Iterable[Input | Skipped]) -> Iterator[Job[Handful, Harvest[Made]] | Skipped]:
        """Give all documents to the crew; yield each handful's job, and what was passed over, in order."""
        gathered: list[Input] = []
        for item in items:
            size = 0 if isinstance(item, Skipped) else measure_input(item)
            if isinstance(item, Input) and size <= SHORT:
                gathered.append(item)
                if len(gathered) < self._size:
                    continue
            if gathered:
                yield self._give(gathered, self._seconds)
                gathered = []
            if isinstance(item, Skipped):
                yield item
            elif size > SHORT:
                yield self._give([item], limit_time(self._seconds, size))
        if gathered:
            yield self._give(gathered, self._seconds)

    def take(self, given: Job[Handful, Harvest[Made]] | Skipped) -> Iterator[Made | Skipped]:
        """Wait for what comes of each document of a handful; should all be lost, of each alone."""
        if isinstance(given, Skipped):
            yield given
            return
        handful, harvest = given.item, self._crew.take(given)
        if isinstance(harvest, Harvest):
            pace = harvest.seconds / len(handful.items)
            self._size = max(1, min(MOST, 2 * self._size, int(SOON / max(pace, SOON / MOST))))
            yield from harvest.made
        elif len(handful.items) == 1:
            yield harvest
        else:
            for job in [self._give([item], handful.seconds) for item in handful.items]:
                yield from self.take(job)

    def _give(self, items: list[Input], seconds: float) -> Job[Handful, Harvest[Made]]:
        tries = TRIES if len(items) == 1 else 1
        return self._crew.give(Handful(tuple(items), seconds), seconds, tries=tries)


def _is_ready(job: Job[Handful, Harvest[Made]] | Skipped) -> bool:
    return isinstance(job, Skipped) or job.future.done()
