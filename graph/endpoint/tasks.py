"""Which query runs next: short ones never wait for long ones.

Nobody can tell from its text how long a query takes, so each is tried: it runs as soon as a place is free.
Once it has used ``TRIAL`` seconds of processor time it counts as long. When a new query finds no place, the
long ones that take more than half of the places make room, the last one first: they are stopped and wait, to
begin anew when fewer run. A query of a shape that was long before waits with them from the start.
"""

from __future__ import annotations

import asyncio
import re
from collections import OrderedDict, deque
from dataclasses import dataclass, field

from graph.endpoint.jobs import Job, Reply

TRIAL = 0.1
"""Seconds of processor time after which a query counts as long."""

PATIENCE = 0.5
"""Seconds by the clock after which it does even if it has used less: on a busy machine, or waiting."""

_REMEMBERED = 256
_CONSTANT = re.compile(r"""<[^<>\s]*>|"[^"\\\n]*"|'[^'\\\n]*'""")


@dataclass(slots=True, eq=False)
class Task:
    """A job on its way.

    Attributes:
        job: what is asked.
        done: the answer to be, or what went wrong.
        asked: when it was asked, in seconds of the loop's clock.
        began: when it began to run.
        work: seconds of processor time that its worker had used then.
        used: seconds of processor time that it was last seen to have used.
        lasted: seconds by the clock that it was last seen to have run.
        memory: bytes that its worker was last seen to have.
        ran: whether it has run at all.
        shape: its query without names and texts.
    """

    job: Job
    done: asyncio.Future[Reply]
    asked: float
    began: float = 0.0
    work: float = 0.0
    used: float = 0.0
    lasted: float = 0.0
    memory: int = 0
    ran: bool = False
    shape: str = field(default="", init=False)

    def __post_init__(self) -> None:
        """Work out the shape."""
        self.shape = _CONSTANT.sub("<>", self.job.query)

    @property
    def long(self) -> bool:
        """Return whether it counts as long."""
        return self.used >= TRIAL or self.lasted >= PATIENCE


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
        self._freed = (
            0  # places that long queries made, for the newest query: those before it are likely alike
        )

    def __len__(self) -> int:
        """Return how many wait."""
        return len(self._new) + len(self._long)

    def add(self, task: Task) -> None:
        """Let a new task wait."""
        (self._long if task.shape in self._known_long else self._new).append(task)

    def pop_next(self) -> Task | None:
        """Take out the task that is to run now; None where there is none, or no place for it."""
        waiting = self._find_next()
        if waiting is None:
            return None
        newest = waiting is self._new and self._freed > 0
        self._freed -= newest
        task = waiting.pop() if newest else waiting.popleft()
        self.running.add(task)
        return task

    def pop_victim(self) -> Task | None:
        """Take out the running task that has to make room, and let it wait; None where none has to."""
        if len(self._new) <= self.places - len(self.running):
            return None
        long = [task for task in self.running if task.long]
        if len(long) <= self.long_places:
            return None
        victim = max(long, key=lambda task: task.asked)
        self.running.discard(victim)
        self._remember(victim.shape)
        victim.used = victim.lasted = 0.0
        self._long.append(victim)
        self._freed += 1
        return victim

    def end(self, task: Task) -> None:
        """Forget a task, wherever it is, and remember whether queries of its shape are long."""
        if task in self.running:
            self.running.discard(task)
            if task.long:
                self._remember(task.shape)
            else:
                self._known_long.pop(task.shape, None)
        for waiting in (self._new, self._long):
            if task in waiting:
                waiting.remove(task)

    def count_startable(self) -> int:
        """Count the tasks that could run now, had they workers."""
        room = self.places - len(self.running)
        return max(0, min(room, len(self._new) + min(len(self._long), self._long_room())))

    def forget_shapes(self) -> None:
        """Forget which queries were long: the graph is another one."""
        self._known_long.clear()

    def list_waiting(self) -> list[Task]:
        """List the tasks that do not run."""
        return [*self._new, *self._long]

    def _remember(self, shape: str) -> None:
        self._known_long[shape] = None
        self._known_long.move_to_end(shape)
        if len(self._known_long) > _REMEMBERED:
            self._known_long.popitem(last=False)

    def _long_room(self) -> int:
        return max(
            0, self.long_places - sum(task.long or task.shape in self._known_long for task in self.running)
        )

    def _find_next(self) -> deque[Task] | None:
        """New ones first, but no flood of them keeps the long ones from their first place."""
        if len(self.running) >= self.places:
            return None
        room = self._long_room() if self._long else 0
        if room == self.long_places or (room > 0 and not self._new):
            return self._long
        if not self._new:
            self._freed = 0
        return self._new or None
