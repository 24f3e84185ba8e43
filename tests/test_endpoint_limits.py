"""Hostile queries: each ends at its limit with a reason, and nobody else has to wait for it."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import httpx2 as httpx
import psutil
import pytest

from graph.endpoint.limits import Limits
from graph.endpoint.pool import WorkerPool
from tests.endpoint_store import make_build
from tests.hostile_queries import HOSTILE
from tests.server_visits import serve_endpoint

LIMITS = Limits(seconds=1.0, memory=96 << 20, answer=4 << 20, workers=8, waiting=32)
MEBIBYTE = 1 << 20
CHEAP = "SELECT ?other { cgi:organisation\\/b7 cg:worksWith ?other }"


def slowness() -> float:
    """How much slower than alone this machine is, by the processes that want to run on each core."""
    return max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1)) if hasattr(os, "getloadavg") else 1.0


class Guarded:
    """A server under attack, what it answered, and how much memory its workers took."""

    def __init__(self, address: str, pool: WorkerPool) -> None:
        self.pool = pool
        self.client = httpx.Client(base_url=address, timeout=60, limits=httpx.Limits(max_connections=64))
        self.most_memory = 0
        self.ended = threading.Event()
        self.watcher = threading.Thread(target=self.watch)
        self.watcher.start()

    def watch(self) -> None:
        while not self.ended.wait(0.02):
            for worker in list_workers():
                try:
                    self.most_memory = max(self.most_memory, worker.memory_info().rss)
                except psutil.Error:
                    continue

    def ask(self, query: str) -> httpx.Response:
        return self.client.post("/sparql", data={"query": query})

    def close(self) -> None:
        self.ended.set()
        self.watcher.join()
        self.client.close()


def list_workers() -> list[psutil.Process]:
    return list(psutil.Process().children(recursive=True))


def count_seconds(response: httpx.Response) -> float:
    """By the server's own clock."""
    return float(response.headers["server-timing"].partition("dur=")[2]) / 1000


def wait_for(condition: object, seconds: float) -> bool:
    assert callable(condition)
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.01)
    return True


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Guarded]:
    out = make_build(tmp_path_factory.mktemp("build"))
    with serve_endpoint(out, LIMITS) as (address, pool):
        server = Guarded(address, pool)
        yield server
        server.close()


@pytest.fixture(scope="module")
def answers(guarded: Guarded) -> dict[str, httpx.Response]:
    """Ask all hostile queries, as many at once as may be long."""
    with ThreadPoolExecutor(LIMITS.workers // 2) as executor:
        return dict(zip(HOSTILE, executor.map(guarded.ask, HOSTILE.values()), strict=True))


def test_there_are_enough_of_them() -> None:
    assert len(HOSTILE) >= 14


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_query_ends_within_its_limit(answers: dict[str, httpx.Response], name: str) -> None:
    response = answers[name]
    assert response.headers["content-type"] == "application/problem+json"
    reason = response.json()["reason"]
    assert (response.status_code, reason) in {
        (504, "time-limit"), (503, "memory-limit"), (503, "answer-limit"),
    }  # fmt: skip
    assert count_seconds(response) < (LIMITS.seconds + 0.5) * slowness()


def test_reasons_are_of_all_kinds(answers: dict[str, httpx.Response]) -> None:
    assert {answer.json()["reason"] for answer in answers.values()} == {
        "time-limit",
        "memory-limit",
        "answer-limit",
    }


def test_memory_stays_under_the_cap(guarded: Guarded, answers: dict[str, httpx.Response]) -> None:
    assert answers
    assert LIMITS.memory // 2 < guarded.most_memory < LIMITS.memory + 192 * MEBIBYTE


def test_a_cheap_query_beside_them_is_answered(guarded: Guarded) -> None:
    """All hostile queries at once, and from the first moment cheap ones beside them."""
    took = []
    with ThreadPoolExecutor(len(HOSTILE)) as executor:
        hostile = [executor.submit(guarded.ask, query) for query in HOSTILE.values()]
        while not all(future.done() for future in hostile):
            began = time.monotonic()
            answer = guarded.ask(CHEAP)
            took.append(time.monotonic() - began)
            assert answer.status_code == 200, answer.text
            time.sleep(0.05)
    assert len(took) > 2
    assert max(took) < 1 * slowness()
    for future in hostile:
        response = future.result()
        assert response.status_code in (503, 504)
        assert response.json()["reason"] in {"time-limit", "memory-limit", "answer-limit", "busy"}
        assert count_seconds(response) < (LIMITS.seconds + 0.5) * slowness()
        assert ("retry-after" in response.headers) == (response.json()["reason"] == "busy")


def test_nothing_works_on_when_they_have_ended(guarded: Guarded, answers: dict[str, httpx.Response]) -> None:
    assert answers
    guarded.ask(next(iter(HOSTILE.values())))
    before = {worker.pid: worker for worker in list_workers()}

    def rest() -> bool:
        used = [worker.cpu_times() for worker in list_workers()]
        time.sleep(0.2)
        return used == [worker.cpu_times() for worker in list_workers()]

    assert wait_for(rest, 20 * slowness())  # spare workers are being started, too
    assert before


def test_who_leaves_stops_the_query(guarded: Guarded) -> None:
    with pytest.raises(httpx.TimeoutException):
        guarded.client.post("/sparql", data={"query": HOSTILE["loop of hashes"]}, timeout=0.3)
    assert wait_for(lambda: not guarded.pool.count_busy(), 0.6 * slowness())


def test_a_killed_worker_is_told_of_and_replaced(guarded: Guarded) -> None:
    with ThreadPoolExecutor(1) as executor:
        future = executor.submit(guarded.ask, HOSTILE["loop of hashes"])
        assert wait_for(lambda: guarded.pool.count_busy() == 1, 5)
        before = {worker.pid: sum(worker.cpu_times()[:2]) for worker in list_workers()}
        time.sleep(0.2)
        workers = [worker for worker in list_workers() if worker.pid in before]
        max(workers, key=lambda worker: sum(worker.cpu_times()[:2]) - before[worker.pid]).kill()
    response = future.result()
    assert (response.status_code, response.json()["reason"]) == (503, "worker-lost")
    assert response.headers["retry-after"]
    assert guarded.ask(CHEAP).status_code == 200
