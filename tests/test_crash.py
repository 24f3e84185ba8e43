"""Builds that are killed at any moment: the old one or the new one stands there, and the next run goes on."""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

from tests.crash_bench import Bench, open_bench, tell_landed
from tests.crash_checks import check_clean, check_good, read_whole
from tests.effort import effort

pytestmark = [
    pytest.mark.promise,
    pytest.mark.skipif(sys.platform != "linux", reason="divides processes and reads their time in /proc"),
]

KINDS = ("build", "add", "remove")
KILLS = effort(3, 50)
"""Of each kind."""
LAST = 60
"""Steps from the first file that takes its place to the end, and some before."""
TRIES = 10


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Iterator[Bench]:
    with open_bench(tmp_path_factory.mktemp("crash"), root) as bench:
        yield bench
        tell_landed(bench)


def draw_moment(draw: random.Random, number: int, length: dict[str, Any]) -> dict[str, Any]:
    """Choose when to kill a run: after a time, at any step, or at one of the last, when files change."""
    if number % 3 == 0:
        return {"seconds": draw.uniform(0.01, 1) * length["seconds"]}
    return {"step": draw.randint(1 if number % 3 == 1 else length["steps"] - LAST, length["steps"])}


@pytest.mark.parametrize("number", range(KILLS))
@pytest.mark.parametrize("kind", KINDS)
def test_a_run_is_killed_and_the_next_goes_on(kind: str, number: int, bench: Bench) -> None:
    draw = random.Random(f"{kind} {number}")
    for _ in range(TRIES):
        bench.prepare(draw, kind)
        before = bench.expect(bench.members) if bench.members else None
        given, members = bench.draw_run(draw, kind)
        after = bench.expect(members)
        answer = bench.run(kind, given, **draw_moment(draw, number, bench.measure(kind, given)))
        assert answer["status"] in (0, -9)
        found = check_good(bench.out, [before, after] if answer["status"] else [after])
        bench.landed.append(f"{kind} {answer['status']} {found == after} {answer['steps']} {answer['step']}")
        bench.members = members if found == after else bench.members
        if answer["status"] == -9:
            break
    else:
        pytest.fail(f"it ended {TRIES} times before it was to be killed")
    assert not psutil.Process(bench.runner.pid).children(recursive=True)
    assert bench.run("build", members)["status"] == 0
    bench.members = members
    assert read_whole(bench.out) == after
    check_clean(bench.out, bench.temporary)
