"""Which query runs next: short ones never wait for long ones, and long ones are not starved."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest

from graph.endpoint.jobs import Job
from graph.endpoint.tasks import TRIAL, Queue, Task


@pytest.fixture
def loop() -> Iterator[asyncio.AbstractEventLoop]:
    made = asyncio.new_event_loop()
    yield made
    made.close()


class Shop:
    """A queue, and tasks with numbers."""

    def __init__(self, loop: asyncio.AbstractEventLoop, places: int = 4) -> None:
        self.loop = loop
        self.queue = Queue(places)
        self.time = 0.0

    def ask(self, query: str) -> Task:
        self.time += 1
        task = Task(Job(query), self.loop.create_future(), self.time)
        self.queue.add(task)
        return task

    def run_all(self) -> list[str]:
        return [task.job.query for task in iter(self.queue.pop_next, None)]

    def stop_all(self) -> list[str]:
        return [task.job.query for task in iter(self.queue.pop_victim, None)]


@pytest.fixture
def shop(loop: asyncio.AbstractEventLoop) -> Shop:
    return Shop(loop)


def test_runs_in_order_while_there_are_places(shop: Shop) -> None:
    for name in "abcdef":
        shop.ask(name)
    assert shop.run_all() == ["a", "b", "c", "d"]
    assert len(shop.queue) == 2
    assert shop.stop_all() == []  # nobody is long yet


def test_long_ones_beyond_half_of_the_places_make_room_for_new_ones(shop: Shop) -> None:
    tasks = [shop.ask(name) for name in "abcd"]
    shop.run_all()
    for task in tasks:
        task.used = TRIAL
    assert shop.stop_all() == []  # nobody waits
    for name in "xyz":
        shop.ask(name)
    assert shop.stop_all() == ["d", "c"]  # the last first, and no more than half
    assert shop.run_all() == ["z", "y"]  # the newest first: those before it are likely of the long kind
    shop.queue.end(tasks[0])
    assert shop.run_all() == ["x"]
    shop.queue.end(tasks[1])
    assert shop.run_all() == ["d"]  # begins anew


def test_a_long_query_is_known_the_next_time(shop: Shop) -> None:
    long = shop.ask("ASK { <urn:a> ?p 'x' }")
    shop.run_all()
    long.used = 1.0
    shop.queue.end(long)
    same = shop.ask("ASK { <urn:b> ?p 'y' }")
    assert shop.queue.list_waiting() == [same]
    others = [shop.ask(name) for name in "ab"]
    assert shop.run_all() == [same.job.query, "a", "b"]  # the first place for long ones is theirs
    same.used = 0.01  # short this time
    shop.queue.end(same)
    again = shop.ask("ASK { <urn:c> ?p 'y' }")
    new = shop.ask("new")
    assert shop.run_all() == [again.job.query, "new"]
    assert len({*others, new}) == 3


def test_long_ones_take_half_of_the_places_at_most(shop: Shop) -> None:
    first = shop.ask("long <a>")
    shop.run_all()
    first.used = 1.0
    shop.queue.end(first)
    for number in range(4):
        shop.ask(f"long <{number}>")
    assert len(shop.run_all()) == 2
    assert shop.queue.count_startable() == 0
    shop.queue.forget_shapes()  # another graph
    assert shop.queue.count_startable() == 2


def test_who_leaves_is_forgotten(shop: Shop) -> None:
    tasks = [shop.ask(name) for name in "abcde"]
    shop.run_all()
    shop.queue.end(tasks[4])
    shop.queue.end(tasks[0])
    assert len(shop.queue) == 0
    assert shop.queue.running == set(tasks[1:4])
