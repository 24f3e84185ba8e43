"""Worker processes by themselves: what they say, what they cannot reach, and when they end."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

from graph.endpoint.frames import DATA, END, ERROR, JOB, READY, FrameReader, pack_message
from graph.endpoint.nursery import NUMBER
from graph.endpoint.starting import CAN_DIVIDE
from tests.endpoint_store import make_build
from tests.hostile_queries import HOSTILE

ROOT = Path(__file__).resolve().parents[1]
SETTINGS = {"memory": 1 << 27, "answer": 1 << 20, "services": []}


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_build(tmp_path_factory.mktemp("build"), 50)


class Process:
    """A worker, started from nothing, to talk to."""

    def __init__(self, out: Path, answer: Path) -> None:
        command = [sys.executable, "-m", "graph.endpoint.worker", str(out), str(answer), json.dumps(SETTINGS)]
        pipe = subprocess.PIPE
        self.process = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, cwd=ROOT)
        self.reader = FrameReader()
        self.messages: list[tuple[bytes, bytes]] = []

    def receive(self) -> tuple[bytes, Any]:
        assert self.process.stdout
        while not self.messages:
            data = os.read(self.process.stdout.fileno(), 1 << 16)
            assert data, "the worker has ended"
            self.messages += self.reader.feed(data)
        kind, payload = self.messages.pop(0)
        return kind, payload if kind == DATA else json.loads(payload)

    def send(self, query: str, **options: object) -> None:
        assert self.process.stdin
        job = {
            "query": query,
            "media_type": "text/csv",
            "dataset": None,
            "rows": None,
            "base": None,
            "gzip": False,
            "until": "",
        }
        self.process.stdin.write(pack_message(JOB, {**job, **options}))
        self.process.stdin.flush()


@pytest.fixture
def worker(out: Path, tmp_path: Path) -> Iterator[Process]:
    made = Process(out, tmp_path / "answer")
    kind, ready = made.receive()
    assert (kind, ready["pid"]) == (READY, made.process.pid)
    yield made
    made.process.kill()
    made.process.communicate()


def test_answers_one_job_after_the_other(worker: Process) -> None:
    for number in range(3):
        worker.send(f"SELECT ({number} AS ?n) {{}}")
        assert worker.receive() == (DATA, f"n\r\n{number}\r\n".encode())
        kind, end = worker.receive()
        assert (kind, end["length"], end["more"], end["compressed"]) == (END, 6, False, False)


@pytest.mark.parametrize(
    ("query", "options", "reason", "line"),
    [
        ("ASK {\n", {}, "malformed-query", 2),
        ("CLEAR ALL", {}, "refused-query", 1),
        ("SELECT * { SERVICE <http://127.0.0.1:9/> {} }", {}, "refused-query", 1),
        ("SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }", {}, "answer-limit", 0),
        ("ASK {}", {"media_type": "text/turtle"}, "malformed-query", 0),
    ],
)
def test_says_why_not(worker: Process, query: str, options: dict[str, str], reason: str, line: int) -> None:
    worker.send(query, **options)
    kind, why = worker.receive()
    assert (kind, why["reason"], why.get("line", 0)) == (ERROR, reason, line)
    worker.send("ASK {}")
    assert worker.receive() == (DATA, b"true")  # and goes on


def test_answers_from_the_graph_of_a_day(worker: Process) -> None:
    for until, answer in [("2006", b"false"), ("", b"true"), ("2007-04", b"false")]:  # no document has a date
        worker.send("ASK { ?one cg:successorOf ?other }", until=until)
        assert worker.receive() == (DATA, answer)
        assert worker.receive()[0] == END
    worker.send("ASK {}", until="soon")
    kind, why = worker.receive()
    assert (kind, why["reason"]) == (ERROR, "malformed-query")


def test_ends_when_its_server_does_even_amid_a_query(worker: Process) -> None:
    worker.send(HOSTILE["loop of hashes"])
    process = psutil.Process(worker.process.pid)
    used = sum(process.cpu_times()[:2])
    while sum(process.cpu_times()[:2]) < used + 0.2:
        assert worker.process.poll() is None
    assert worker.process.stdin
    worker.process.stdin.close()
    worker.process.stdin = None
    assert worker.process.wait(10) == 0


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits addresses")
def test_memory_has_a_hard_edge(worker: Process) -> None:
    """Nobody watches this worker but the system."""
    worker.send(HOSTILE["sorted product of values"])
    assert worker.process.wait(60) != 0


def test_nothing_is_reachable_from_without_a_network() -> None:
    """Even a call that got past the screening would reach nobody."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        code = (
            "import socket, sys; from graph.endpoint.isolation import leave_network\n"
            "if not leave_network(): sys.exit(3)\n"
            f"try: socket.create_connection(('127.0.0.1', {listener.getsockname()[1]}))\n"
            "except OSError: sys.exit(0)\n"
            "sys.exit(1)"
        )
        ended = subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode
    if ended == 3:
        pytest.skip("this system does not let a process leave the network")
    assert ended == 0


@pytest.mark.skipif(not CAN_DIVIDE, reason="no nursery here")
def test_a_nursery_divides_and_its_workers_outlive_it(out: Path, tmp_path: Path) -> None:
    control, theirs = socket.socketpair()
    command = [sys.executable, "-m", "graph.endpoint.nursery", str(out), str(tmp_path), json.dumps(SETTINGS)]
    with subprocess.Popen(command, stdin=theirs.fileno(), cwd=ROOT) as nursery:
        ways = [socket.socketpair() for _ in range(2)]
        for number, (_, end) in enumerate(ways):
            socket.send_fds(control, [NUMBER.pack(number)], [end.fileno()])
            end.close()
        ready = [next(FrameReader().feed(ours.recv(1000))) for ours, _ in ways]
        pids = {json.loads(payload)["pid"] for _, payload in ready}
        assert [kind for kind, _ in ready] == [READY, READY]
        assert len(pids - {nursery.pid}) == 2
        control.close()
        theirs.close()
        assert nursery.wait(10) == 0
    assert all(psutil.pid_exists(pid) for pid in pids)
    for ours, _ in ways:
        ours.close()  # which ends them
    assert not psutil.wait_procs([psutil.Process(pid) for pid in pids if psutil.pid_exists(pid)], timeout=10)[
        1
    ]
