"""Builds that are killed at any moment: the old one or the new one stands there, and the next run goes on."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar

import psutil
import pytest

from tests.build_histories import TEXTS
from tests.crash_checks import Whole, check_clean, check_good, read_whole
from tests.effort import effort

pytestmark = [
    pytest.mark.promise,
    pytest.mark.skipif(sys.platform != "linux", reason="divides processes and reads their time in /proc"),
]

KINDS = ("build", "add", "remove")
NAMES = "abcd"
KILLS = effort(3, 50)
"""Of each kind."""
LAST = 60
"""Steps from the first file that takes its place to the end, and some before."""
TRIES = 10


@dataclass
class Bench:
    """A folder of documents, a build of some of them, and a process that runs builds to be killed."""

    folder: Path
    runner: subprocess.Popen[str]
    members: str = ""
    wholes: dict[str, Whole] = field(default_factory=dict)
    lengths: dict[str, dict[str, Any]] = field(default_factory=dict)
    landed: ClassVar[list[str]] = []

    def __post_init__(self) -> None:
        self.out, self.temporary = self.folder / "out", self.folder / "temporary"
        self.temporary.mkdir()
        (self.folder / "docs").mkdir()
        for name, text in zip(NAMES, TEXTS, strict=False):
            (self.folder / "docs" / f"{name}.txt").write_text(text, encoding="utf-8")

    def run(self, kind: str, names: str, out: Path | None = None, **moment: object) -> dict[str, Any]:
        """Run a build, and return how it ended and at which step."""
        job = {
            "kind": kind,
            "paths": [str(self.folder / "docs" / f"{name}.txt") for name in names],
            "out": str(out or self.out),
            "temporary": str(self.temporary),
            **moment,
        }
        assert self.runner.stdin
        assert self.runner.stdout
        self.runner.stdin.write(json.dumps(job) + "\n")
        self.runner.stdin.flush()
        answer: dict[str, Any] = json.loads(self.runner.stdout.readline())
        return answer

    def expect(self, members: str) -> Whole:
        """Return what a build of some documents into an empty folder is."""
        if members not in self.wholes:
            out = self.folder / f"fresh-{members}"
            (self.folder / f"fresh-{members}").mkdir()
            assert self.run("build", members, out)["status"] == 0
            self.wholes[members] = read_whole(out)
        return self.wholes[members]

    def draw_run(self, draw: random.Random, kind: str) -> tuple[str, str]:
        """Return what a run is given, and which documents the build has after it."""
        others = [name for name in NAMES if name not in self.members]
        if kind == "build":
            given = "".join(name for name in NAMES if draw.random() < 0.6) or "a"
            return given, given
        given = draw.choice(others if kind == "add" else self.members)
        after = self.members + given if kind == "add" else self.members.replace(given, "")
        return given, "".join(sorted(after))


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Iterator[Bench]:
    folder = tmp_path_factory.mktemp("crash")
    (folder / "register").mkdir()
    with subprocess.Popen(
        [sys.executable, "-m", "tests.crash_runner", str(folder / "register")],
        cwd=root,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(root), *filter(None, sys.path)])},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as runner:
        made = Bench(folder, runner)
        assert made.run("build", NAMES, folder / "first", learnt=str(folder / "learnt"))["status"] == 0
        yield made
        if place := os.environ.get("CAREGRAPH_LANDED"):
            Path(place).write_text("\n".join(made.landed) + "\n", encoding="utf-8")
        assert runner.stdin
        runner.stdin.close()


def prepare(bench: Bench, draw: random.Random, kind: str) -> None:
    """Bring the build to where a run of a kind has something to change."""
    size = {"build": draw.randint(0, 3), "add": draw.randint(1, 3), "remove": draw.randint(2, 4)}[kind]
    wanted = "".join(sorted(draw.sample(NAMES, size)))
    if kind == "build" and not wanted:
        shutil.rmtree(bench.out, ignore_errors=True)
    elif wanted != bench.members:
        assert bench.run("build", wanted)["status"] == 0
    bench.members = wanted


def measure(bench: Bench, kind: str, given: str) -> dict[str, Any]:
    """Return how many steps and seconds a run takes that nobody kills, on a copy of the build."""
    if kind not in bench.lengths:
        copy = bench.folder / "copy"
        if bench.out.exists():
            shutil.copytree(bench.out, copy)
        bench.lengths[kind] = bench.run(kind, given, copy)
        assert bench.lengths[kind]["status"] == 0
        shutil.rmtree(copy)
    return bench.lengths[kind]


def draw_moment(draw: random.Random, number: int, length: dict[str, Any]) -> dict[str, object]:
    """Choose when to kill a run: after a time, at any step, or at one of the last, when files change."""
    if number % 3 == 0:
        return {"seconds": draw.uniform(0.01, 1) * length["seconds"]}
    return {"step": draw.randint(1 if number % 3 == 1 else length["steps"] - LAST, length["steps"])}


@pytest.mark.parametrize("number", range(KILLS))
@pytest.mark.parametrize("kind", KINDS)
def test_a_run_is_killed_and_the_next_goes_on(kind: str, number: int, bench: Bench) -> None:
    draw = random.Random(f"{kind} {number}")
    for _ in range(TRIES):
        prepare(bench, draw, kind)
        before = bench.expect(bench.members) if bench.members else None
        given, members = bench.draw_run(draw, kind)
        after = bench.expect(members)
        answer = bench.run(kind, given, **draw_moment(draw, number, measure(bench, kind, given)))
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
