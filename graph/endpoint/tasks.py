"""Which query runs next: short ones never wait for long ones.

Nobody can tell from its text how long a query takes, so each is tried: it may run when a place is free, and
once it has used ``TRIAL`` seconds of processor time it counts as long. Half of the places may be taken by
long queries. One that would be too many is stopped and waits, to begin anew when such a place is free; so
the other places come free again within moments, whatever is asked.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict, deque
from dataclasses import dataclass

from graph.endpoint.jobs import Job, Reply

TRIAL = 0.2
"""Seconds of processor time after which a query counts as long."""

WAITED = 2.0
"""Seconds by the clock after which it does even if it has used less, since it waits for another server."""

_REMEMBERED = 256


@dataclass(slots=True, eq=False)
class Task:
    """A job on its way.

    Attributes:
        job: what is asked.
        done: the answer to be, or what went wrong.
        asked: when it was asked, in seconds of the loop's clock.
        timer: what stops it when its time is up.
        began: when it began to run.
        work: seconds of processor time that its worker had used then.
        long: whether it counts as long.
        ran: whether it has run at all.
        memory: bytes that its worker was last seen to have.
    """

    job: Job
    done: asyncio.Future[Reply]
    asked: float
    timer: asyncio.TimerHandle | None = None
    began: float = 0.0
    work: float = 0.0
    long: bool = False
    ran: bool = False
    memory: int = 0


class Queue:
    """The tasks that wait, and those that run, for so many places."""

    def __init__(self, places: int) -> None:
        """Make an empty one."""
        self.places = places
        self.long_places = max(1, places // 2)
        self.running: set[Task] = set()
        self._new: deque[Task] = deque()
        self._long: deque[Task] = deque()
        self._known_long: OrderedDict[str, None] = OrderedDict()

    def __len__(self) -> int:
        """Return how many wait."""
        return len(self._new) + len(self._long)

    def add(self, task: Task) -> None:
        """Let a new task wait; a query that was long before needs no trial."""
        task.long = task.job.query in self._known_long
        (self._long if task.long else self._new).append(task)

    def put_back(self, task: Task) -> None:
        """Let a running task that is one too many of the long ones wait for such a place."""
        self.running.discard(task)
        self._long.append(task)

    def remove(self, task: Task) -> None:
        """Forget a task, wherever it is."""
        self.running.discard(task)
        for waiting in (self._new, self._long):
            if task in waiting:
                waiting.remove(task)

    def pop_next(self) -> Task | None:
        """Take out the task that is to run now; None where there is none, or no place for it."""
        waiting = self._find_next()
        if waiting is None:
            return None
        task = waiting.popleft()
        self.running.add(task)
        return task

    def count_startable(self) -> int:
        """Count the tasks that could run now, had they workers."""
        room = self.places - len(self.running)
        return max(0, min(room, len(self._new) + min(len(self._long), self._long_room())))

    def mark_long(self, task: Task) -> bool:
        """Count a running task as long, and remember its query; return whether there is such a place."""
        self._known_long[task.job.query] = None
        if len(self._known_long) > _REMEMBERED:
            self._known_long.popitem(last=False)
        has_room = self._long_room() > 0
        task.long = True
        return has_room

    def forget_long(self) -> None:
        """Forget which queries were long: the graph is another one."""
        self._known_long.clear()

    def list_all(self) -> list[Task]:
        """List all tasks."""
        return [*self.running, *self._new, *self._long]

    def _long_room(self) -> int:
        return self.long_places - sum(task.long for task in self.running)

    def _find_next(self) -> deque[Task] | None:
        """New ones first, but no flood of them keeps the long ones from their first place."""
        if len(self.running) >= self.places:
            return None
        room = self._long_room() if self._long else 0
        if room == self.long_places or (room > 0 and not self._new):
            return self._long
        return self._new or None
