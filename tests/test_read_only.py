"""A build in a folder that may be read and not written: all that reads works, what writes says so."""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote
from urllib.request import urlopen

import psutil
import pytest

from tests.crash_bench import Bench, open_disk

pytestmark = pytest.mark.promise

READERS = (
    ["query", "{out}", "SELECT (COUNT(*) AS ?n) {{ ?d a cg:Document }}"],
    ["ask", "{out}", "partners", "body=Torbay Care Trust"],
    ["show", "{out}", "Torbay Care Trust"],
    ["validate", "{out}"],
    ["verify", "{out}"],
    ["draw", "{out}", "-o", "{elsewhere}/page.html"],
    ["export", "{out}", "-o", "{elsewhere}/whole.ttl"],
)
WRITERS = (["build", "{a}", "-o", "{out}"], ["add", "{out}", "{d}"], ["remove", "{out}", "a.txt"])


@pytest.fixture(scope="module", params=["whole", "left by a kill"])
def bench(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, root: Path
) -> Iterator[Bench]:
    """Return a bench whose build may only be read: finished, or killed while files went to their places."""
    with open_disk(tmp_path_factory.mktemp("only"), root, 16 << 10) as bench:
        bench.start_anew("ab")
        if request.param == "whole":
            assert bench.run("add", "c")["status"] == 0
        else:
            assert bench.run("add", "c", at="/.ready/manifest.json")["status"] == -9
            bench.do(f"test -e {bench.out}/.ready/manifest.json && test ! -e {bench.out}/.ready/graph.nq")
        bench.do(f"mount --bind {bench.disk} {bench.disk} && mount -o remount,bind,ro {bench.disk}")
        bench.temporary = bench.folder
        yield bench


def command(bench: Bench, arguments: list[str]) -> tuple[int, str]:
    names = {"out": bench.out, "elsewhere": bench.folder, "a": bench.find("a")[0], "d": bench.find("d")[0]}
    return bench.command(*(part.format(**names) for part in arguments))


@pytest.mark.parametrize("arguments", READERS, ids=lambda arguments: str(arguments[0]))
def test_what_reads_works(arguments: list[str], bench: Bench) -> None:
    status, said = command(bench, arguments)
    assert status == 0, said
    assert said
    assert "caregraph: " not in said


def test_it_is_the_new_build_whole(bench: Bench) -> None:
    assert bench.read() == bench.expect("abc")


def test_it_is_served(bench: Bench) -> None:
    said, number = bench.folder / "served", bench.folder / "pid"
    said.touch()
    program = f"{sys.executable} -m graph serve {bench.out} --port 0"
    bench.do(f"TMPDIR={bench.folder} nohup {program} > {said} 2>&1 & echo $! > {number}")
    server = psutil.Process(int(number.read_text()))
    try:
        deadline = time.monotonic() + 60
        while not (address := re.search(r"http://[\d.]+:\d+/", said.read_text())):
            assert time.monotonic() < deadline, said.read_text()
            time.sleep(0.1)
        query = quote("ASK { ?claim cg:predicate ?relation }")
        for path in (
            "",
            f"sparql?query={query}",
            "?q=Torbay",
            "statistics",
            "network",
            "downloads/files/graph.nq",
        ):
            with urlopen(address[0] + path, timeout=60) as answer:
                assert answer.status == 200
                assert answer.read()
    finally:
        server.terminate()
        server.wait(60)


@pytest.mark.parametrize("arguments", WRITERS, ids=lambda arguments: str(arguments[0]))
def test_what_writes_says_so_and_changes_nothing(arguments: list[str], bench: Bench) -> None:
    status, said = command(bench, arguments)
    assert status == 2
    assert said.startswith(f"caregraph: {bench.out}")
    assert said.count("\n") == 1
    assert "choose another folder" in said
    assert bench.read() == bench.expect("abc")
