"""Several processes and one build: one writer wins, others are told so, and readers see one build whole."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest

from graph.manifest import FILES
from tests.crash_bench import NAMES, Bench, open_bench
from tests.crash_checks import Whole, check_clean, read_whole
from tests.effort import effort
from tests.publishing_rivals import find_port

pytestmark = [
    pytest.mark.promise,
    pytest.mark.skipif(sys.platform != "linux", reason="divides processes"),
]

ROUNDS = effort(2, 20)
CHANGES = effort(2, 20)
QUERY = "SELECT (STR(?d) AS ?n) { ?d a cg:Document } ORDER BY ?n"


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Iterator[Bench]:
    with open_bench(tmp_path_factory.mktemp("rivals"), root) as bench:
        yield bench


@pytest.fixture(scope="module")
def rival(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Iterator[Bench]:
    with open_bench(tmp_path_factory.mktemp("rival"), root) as bench:
        yield bench


@pytest.mark.parametrize("number", range(ROUNDS))
@pytest.mark.parametrize("before", ["", "d"])
def test_two_builds_at_once(before: str, number: int, bench: Bench, rival: Bench) -> None:
    """The first to open the ledger builds; the other one waits for nothing, and is told so."""
    bench.start_anew(before)
    wanted = ("abc", "abc" if number % 2 else "bcd")
    for each, names in zip((bench, rival), wanted, strict=True):
        arguments = ["build", *map(str, bench.find(names)), "-o", str(bench.out), "-q"]
        each.begin("command", arguments=arguments, answer=str(each.folder / "said"), out=str(bench.out))
    ended = [each.wait()["status"] for each in (bench, rival)]
    said = [(each.folder / "said").read_text(encoding="utf-8") for each in (bench, rival)]
    assert sorted(ended) in ([0, 0], [0, 2])
    for status, line in zip(ended, said, strict=True):
        told = f"another process is building in {bench.out}; wait until it has ended, then try again"
        assert line == (f"caregraph: {told}\n" if status else "")
    possible = [bench.expect(names) for names, status in zip(wanted, ended, strict=True) if status == 0]
    assert bench.read() in possible
    check_clean(bench.out, bench.temporary)
    members = possible.index(bench.read())
    assert bench.run("remove", "b")["status"] == 0, "the ledger is that of the build"
    left = [names for names, status in zip(wanted, ended, strict=True) if status == 0][members]
    assert bench.read() == bench.expect(left.replace("b", ""))


def test_what_is_read_while_a_build_changes_is_one_build_whole(bench: Bench) -> None:
    bench.start_anew("ab")
    possible = [bench.expect("ab"), bench.expect("abc")]
    seen: list[Whole] = []
    for number in range(CHANGES):
        bench.begin("remove" if number % 2 else "add", paths=[str(bench.find("c")[0])])
        end = time.monotonic() + 60
        while time.monotonic() < end:
            seen.append(read_whole(bench.out, steadily=True))
            assert seen[-1] in possible
            if seen[-1] == possible[1 - number % 2]:
                break
        assert bench.wait()["status"] == 0
        assert read_whole(bench.out) == possible[1 - number % 2]
    assert all(whole in seen for whole in possible)


@pytest.mark.thorough
def test_answers_of_a_server_are_of_one_build_whole(bench: Bench, root: Path, tmp_path: Path) -> None:
    bench.start_anew("ab")
    possible = [bench.expect("ab"), bench.expect("abc")]
    port = find_port()
    command = [sys.executable, "-m", "graph", "serve", str(bench.out), "--port", str(port)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(root), *filter(None, sys.path)])}
    with subprocess.Popen(command, cwd=tmp_path, env=environment) as server:
        try:
            wait_for(f"http://127.0.0.1:{port}/")
            seen = set()
            for number in range(CHANGES):
                bench.begin("remove" if number % 2 else "add", paths=[str(bench.find("c")[0])])
                end = time.monotonic() + 60
                while time.monotonic() < end:
                    answer = ask_server(port, possible)
                    seen.add(answer)
                    if answer == 1 - number % 2:
                        break
                assert bench.wait()["status"] == 0
            assert seen == {0, 1}
        finally:
            server.terminate()


def wait_for(url: str) -> None:
    for _ in range(600):
        try:
            with urllib.request.urlopen(url, timeout=60) as answer:
                answer.read()
                return
        except OSError:
            time.sleep(0.1)
    pytest.fail("the server does not answer")


def ask_server(port: int, possible: list[Whole]) -> int:
    """Ask for the documents and for each file, and return which build the documents are of."""
    for name in FILES:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/downloads/files/{name}", timeout=60) as answer:
            digest = hashlib.sha256(answer.read()).hexdigest()
        assert digest in [whole[name] for whole in possible], name
    address = f"http://127.0.0.1:{port}/sparql?" + urlencode({"query": QUERY})
    wanted = urllib.request.Request(address, headers={"accept": "application/sparql-results+json"})
    with urllib.request.urlopen(wanted, timeout=60) as answer:
        rows = [row["n"]["value"] for row in json.load(answer)["results"]["bindings"]]
    documents = ["".join(row[-5] for row in rows) == names for names in ("ab", "abc")]
    return documents.index(True)


@pytest.mark.parametrize("clock", [0, 2**31 + 10**9, -(10**9)])
def test_clock_and_times_of_files_do_not_count(clock: int, bench: Bench) -> None:
    """A build, its documents and the clock: each may be of any time, and the same bytes come of it."""
    bench.start_anew("ab")
    for number, path in enumerate((*bench.find(NAMES), *(bench.out / name for name in FILES))):
        os.utime(path, (number, max(clock, 0)))
    assert bench.run("build", "ab", clock=clock)["status"] == 0
    assert bench.read() == bench.expect("ab")
    assert bench.run("add", "c", clock=clock + 10**8)["status"] == 0
    assert bench.run("remove", "a", clock=clock - 10**8)["status"] == 0
    assert bench.read() == bench.expect("bc")


def test_document_that_changes_and_keeps_size_and_time_is_read_again(bench: Bench) -> None:
    bench.start_anew("ab")
    path = bench.find("a")[0]
    text, status = path.read_bytes(), path.stat()
    try:
        path.write_bytes(text.replace(b"Torbay Council", b"Torbay Coancil"))
        os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
        changed = path.stat()
        assert (changed.st_size, changed.st_mtime_ns) == (status.st_size, status.st_mtime_ns)
        assert bench.run("build", "ab")["status"] == 0
        assert bench.read() != bench.expect("ab")
        assert b"Torbay Coancil" in (bench.out / "graph.nq").read_bytes()
    finally:
        path.write_bytes(text)
    assert bench.run("build", "ab")["status"] == 0
    assert bench.read() == bench.expect("ab")
