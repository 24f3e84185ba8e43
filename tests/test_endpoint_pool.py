"""The pool by itself: replaced graphs, lost workers, full queues, and processes that end when they should."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path

import psutil
import pytest
from pyoxigraph import Quad

from graph.endpoint.crew import Crew
from graph.endpoint.jobs import Job, JobError, Reply
from graph.endpoint.limits import Limits
from graph.endpoint.pool import WorkerPool
from graph.endpoint.spool import name_scratch
from graph.endpoint.starting import CAN_DIVIDE, Starter
from graph.errors import StoreError
from graph.store import change_store, write_store
from tests.endpoint_store import body, list_quads, make_build
from tests.hostile_queries import HOSTILE

COUNT = Job("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", "text/csv")
ALL = Job("SELECT * { ?s ?p ?o }", "text/csv")
HEAVY = Job(HOSTILE["loop of hashes"])


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_build(tmp_path_factory.mktemp("build"), 100)


def use_pool(out: Path, use: Callable[[WorkerPool], Awaitable[None]], **limits: object) -> None:
    """Run a test with a pool of its own, and see that nothing of it is left."""

    async def run() -> None:
        pool = WorkerPool(out, Limits(**{"workers": 1, "seconds": 20.0, **limits}))  # type: ignore[arg-type]
        await pool.start()
        try:
            await asyncio.wait_for(use(pool), 60)
        finally:
            await pool.close()

    before = set(psutil.Process().children(recursive=True))
    asyncio.run(run())
    left = set(psutil.Process().children(recursive=True)) - before
    assert not psutil.wait_procs(list(left), timeout=5)[1]


def read(reply: Reply) -> bytes:
    with reply.body as file:
        data = file.read()
    assert len(data) == reply.length
    return data


def count(reply: Reply) -> int:
    return int(read(reply).split()[1])


async def until(condition: Callable[[], bool]) -> None:
    for _ in range(2000):
        if condition():
            return
        await asyncio.sleep(0.01)
    pytest.fail("waited in vain")


def test_a_new_graph_is_answered_from_at_once(tmp_path: Path) -> None:
    write_store(tmp_path, list_quads(10))

    async def use(pool: WorkerPool) -> None:
        assert count(await pool.answer(COUNT)) == 50
        version = pool.version
        write_store(tmp_path, list_quads(20))
        assert pool.version != version
        assert count(await pool.answer(COUNT)) == 100
        change_store(tmp_path, lambda store: store.add(Quad(body(1), body(2), body(3))))
        assert count(await pool.answer(COUNT)) == 101

    use_pool(tmp_path, use)


def test_a_query_that_runs_ends_on_the_graph_it_began_with(tmp_path: Path) -> None:
    write_store(tmp_path, list_quads(10))

    async def use(pool: WorkerPool) -> None:
        slow = (
            "SELECT (COUNT(*) AS ?n) { ?a ?p ?b . ?c ?q ?d . ?e ?r ?f FILTER(STRLEN(SHA512(STR(?a))) > 1) }"
        )
        running = asyncio.ensure_future(pool.answer(Job(slow, "text/csv")))
        await until(lambda: pool.count_busy() == 1)
        write_store(tmp_path, list_quads(20))
        assert count(await pool.answer(COUNT)) == 100
        assert count(await running) == 50**3

    use_pool(tmp_path, use, workers=2)


def test_a_full_queue_refuses_and_says_when_to_come_again(out: Path) -> None:
    async def use(pool: WorkerPool) -> None:
        running = asyncio.ensure_future(pool.answer(HEAVY))
        await until(lambda: pool.count_busy() == 1)
        waiting = asyncio.ensure_future(pool.answer(COUNT))
        await asyncio.sleep(0)
        with pytest.raises(JobError) as caught:
            await pool.answer(COUNT)
        assert (caught.value.status, caught.value.reason) == (503, "busy")
        assert caught.value.retry_after
        running.cancel()  # which stops the query
        assert count(await waiting) == 500

    use_pool(out, use, waiting=1)


def test_who_leaves_while_waiting_is_forgotten(out: Path) -> None:
    async def use(pool: WorkerPool) -> None:
        left = asyncio.get_running_loop().create_future()
        heavy = asyncio.ensure_future(pool.answer(HEAVY, gone=left))
        await until(lambda: pool.count_busy() == 1)
        left.set_result(None)
        with pytest.raises(JobError, match="has left"):
            await heavy
        assert pool.count_busy() == 0
        assert count(await pool.answer(COUNT)) == 500

    use_pool(out, use)


def test_time_spent_waiting_counts(out: Path) -> None:
    async def use(pool: WorkerPool) -> None:
        heavy = [asyncio.ensure_future(pool.answer(Job(HEAVY.query + f"# {n}"))) for n in range(3)]
        errors = await asyncio.gather(*heavy, return_exceptions=True)
        reasons = [error.reason for error in errors if isinstance(error, JobError)]
        assert set(reasons) <= {"time-limit", "busy"}
        assert len(reasons) == 3
        assert "time-limit" in reasons

    use_pool(out, use, seconds=0.7)


def list_files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_long_answers_go_through_a_file_that_does_not_stay(tmp_path: Path) -> None:
    make_build(tmp_path, 3000)

    async def use(pool: WorkerPool) -> None:
        assert isinstance(pool._crew, Crew)
        plain = await pool.answer(ALL)
        again = await pool.answer(ALL)  # while the first is still being read
        assert plain.length == again.length > 2 << 20
        assert read(plain) == read(again)
        assert list_files(pool._crew.folder) == []
        with pytest.raises(JobError) as caught:
            await pool.answer(Job("SELECT * { ?s ?p ?o . ?a ?b ?c }"))
        assert caught.value.reason == "answer-limit"
        assert list_files(pool._crew.folder) == []
        folder.append(pool._crew.folder)

    folder: list[Path] = []
    use_pool(tmp_path, use, answer=6 << 20)
    assert not folder[0].exists()


def test_works_where_processes_cannot_be_divided(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As on Windows."""
    monkeypatch.setattr(Starter.__init__, "__kwdefaults__", {"divide": False})

    async def use(pool: WorkerPool) -> None:
        assert count(await pool.answer(COUNT)) == 500
        heavy = asyncio.ensure_future(pool.answer(HEAVY))
        await until(lambda: pool.count_busy() == 1)
        heavy.cancel()
        assert count(await pool.answer(COUNT)) == 500
        assert len(psutil.Process().children()) >= 1

    use_pool(out, use)


@pytest.mark.skipif(not CAN_DIVIDE, reason="no nursery here")
def test_a_lost_nursery_is_replaced(out: Path) -> None:
    async def use(pool: WorkerPool) -> None:
        await asyncio.sleep(0.3)
        for process in psutil.Process().children():  # the nursery: its workers live on
            process.kill()
        for number in range(5):
            task = asyncio.ensure_future(pool.answer(Job(HEAVY.query + f"# {number}")))
            await until(lambda: pool.count_busy() == 1)
            task.cancel()
            await asyncio.sleep(0)
        assert count(await pool.answer(COUNT)) == 500

    use_pool(out, use)


def test_a_graph_that_cannot_be_read_is_told_of(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no built graph"):
        use_pool(tmp_path, lambda pool: asyncio.sleep(0))
    make_build(tmp_path, 10)

    async def use(pool: WorkerPool) -> None:
        (tmp_path / "store" / "current").write_text("generation-000099\n", encoding="ascii")
        with pytest.raises(JobError) as caught:
            await pool.answer(COUNT)
        assert caught.value.status == 503
        assert "build" in caught.value.message
        (tmp_path / "store" / "current").write_text("generation-000001\n", encoding="ascii")
        assert count(await pool.answer(COUNT)) == 50

    use_pool(tmp_path, use)


def test_a_file_can_be_served(tmp_path: Path) -> None:
    file = tmp_path / "few.nt"
    file.write_text("".join(f"{quad.triple} .\n" for quad in list_quads(4)), encoding="utf-8")

    async def use(pool: WorkerPool) -> None:
        assert count(await pool.answer(COUNT)) == 20

    use_pool(file, use)


def test_a_closed_pool_answers_nothing(out: Path) -> None:
    async def ask() -> None:
        with pytest.raises(JobError, match="being stopped"):
            await WorkerPool(out, Limits()).answer(COUNT)

    asyncio.run(ask())


def test_a_worker_that_is_killed_leaves_no_files(out: Path) -> None:
    """A copy of the graph as of a day is sorted in files, of which a kill by the time limit left each."""

    async def use(pool: WorkerPool) -> None:
        assert isinstance(pool._crew, Crew)
        folder = pool._crew.folder
        await pool.answer(COUNT)
        worker = pool._crew._idle[-1]
        (name_scratch(worker._path) / "dumped.nq").write_text("half of it")
        worker.kill()
        await worker.wait()
        assert list_files(folder) == []
        job = replace(COUNT, until="2007")
        with pytest.raises(JobError, match="stopped"):
            await asyncio.gather(*(pool.answer(replace(HEAVY, until="2007")) for _ in range(2)))
        assert count(await pool.answer(job)) >= 0
        await until(lambda: list_files(folder) == [])

    use_pool(out, use, seconds=3.0)
