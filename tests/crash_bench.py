"""Builds of a few documents, each run in a process that can be killed; what they must come to."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from graph import verify_derived
from tests.build_histories import TEXTS, make_register
from tests.crash_checks import Whole

NAMES = "abcd"
"""Of the documents: ``a.txt`` and so on."""


@dataclass
class Bench:
    """A folder of documents, a build of some of them, and a process that runs what is asked of it.

    Attributes:
        folder: for all of it.
        runner: the process (``tests/crash_runner.py``).
        members: the documents that the build has.
        landed: a line for each run that was to be killed.
    """

    folder: Path
    runner: subprocess.Popen[str]
    members: str = ""
    landed: list[str] = field(default_factory=list)
    _wholes: dict[str, Whole] = field(default_factory=dict)
    _lengths: dict[str, dict[str, Any]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Write the documents."""
        self.disk = self.folder / "disk"
        self.out, self.temporary = self.disk / "out", self.disk / "temporary"
        self.temporary.mkdir(parents=True)
        (self.folder / "docs").mkdir()
        (self.folder / "fresh").mkdir()
        for name, text in zip(NAMES, TEXTS, strict=False):
            self.find(name)[0].write_text(text, encoding="utf-8")

    def find(self, names: str) -> list[Path]:
        """Return the files of some documents."""
        return [self.folder / "docs" / f"{name}.txt" for name in names]

    def ask(self, kind: str, **about: Any) -> dict[str, Any]:
        """Have something done, and return how it ended."""
        self.begin(kind, **about)
        return self.wait()

    def begin(self, kind: str, **about: Any) -> None:
        """Have something done, and go on."""
        job = {"kind": kind, "out": str(self.out), "temporary": str(self.temporary), **about}
        assert self.runner.stdin
        self.runner.stdin.write(json.dumps(job) + "\n")
        self.runner.stdin.flush()

    def wait(self) -> dict[str, Any]:
        """Return how what was begun has ended."""
        assert self.runner.stdout
        answer: dict[str, Any] = json.loads(self.runner.stdout.readline())
        return answer

    def run(self, kind: str, names: str, **about: Any) -> dict[str, Any]:
        """Run a build of some documents, or add or remove some; return how it ended and at which step."""
        return self.ask(kind, paths=list(map(str, self.find(names))), **about)

    def command(self, *arguments: object) -> tuple[int, str]:
        """Run a command line, and return its exit code and what it said."""
        said = self.folder / "said"
        about = {"arguments": list(map(str, arguments)), "answer": str(said)}
        status = self.ask("command", **about)["status"]
        return status, said.read_text(encoding="utf-8")

    def read(self, out: Path | None = None) -> Whole:
        """Return a build that was found good."""
        answer = self.folder / "answer"
        about = {"answer": str(answer), "out": str(out or self.out), "temporary": str(self.folder)}
        done = self.ask("read", **about)
        assert done["status"] == 0
        whole: Whole = json.loads(answer.read_text(encoding="utf-8"))
        return whole

    def expect(self, members: str) -> Whole:
        """Return what a build of some documents into an empty folder is."""
        if members not in self._wholes:
            out = self.folder / "fresh" / members
            assert self.run("build", members, out=str(out))["status"] == 0
            self._wholes[members] = self.read(out)
        return self._wholes[members]

    def draw_run(self, draw: random.Random, kind: str) -> tuple[str, str]:
        """Return what a run is given, and which documents the build has after it."""
        others = [name for name in NAMES if name not in self.members]
        if kind == "build":
            given = "".join(name for name in NAMES if draw.random() < 0.6) or "a"
            return given, given
        given = draw.choice(others if kind == "add" else self.members)
        after = self.members + given if kind == "add" else self.members.replace(given, "")
        return given, "".join(sorted(after))

    def prepare(self, draw: random.Random, kind: str) -> None:
        """Bring the build to where a run of a kind has something to change."""
        size = {"build": draw.randint(0, 3), "add": draw.randint(1, 3), "remove": draw.randint(2, 4)}[kind]
        wanted = "".join(sorted(draw.sample(NAMES, size)))
        if not wanted:
            shutil.rmtree(self.out, ignore_errors=True)
        elif wanted != self.members:
            assert self.run("build", wanted)["status"] == 0
        self.members = wanted

    def measure(self, kind: str, given: str) -> dict[str, Any]:
        """Return how many steps and seconds a run takes that nobody kills, on a copy of the build."""
        if kind not in self._lengths:
            copy = self.disk / "copy"
            if self.out.exists():
                shutil.copytree(self.out, copy)
            self._lengths[kind] = self.run(kind, given, out=str(copy))
            assert self._lengths[kind]["status"] == 0
            shutil.rmtree(copy)
        return self._lengths[kind]

    def do(self, script: str) -> None:
        """Have a shell do something where the runs see it."""
        assert self.ask("outside", arguments=["sh", "-c", script])["status"] == 0

    def start_anew(self, members: str) -> None:
        """Bring the disk to a build of some documents, and nothing else."""
        self.do(f"rm -rf {self.disk}/*; mkdir {self.temporary}")
        if members:
            assert self.run("build", members)["status"] == 0


@contextmanager
def open_disk(folder: Path, root: Path, kilobytes: int) -> Iterator[Bench]:
    """Give a bench whose builds and temporary files are on a disk of their own, which others do not see."""
    apart = ("unshare", "--mount", "--map-root-user")
    trial = [*apart, "mount", "-t", "tmpfs", "tmpfs", "/mnt"]
    if shutil.which("unshare") is None or subprocess.run(trial, capture_output=True, check=False).returncode:
        pytest.skip("this system lets us mount no file system of our own")
    with open_bench(folder, root, *apart) as bench:
        bench.do(f"mount -t tmpfs -o size={kilobytes}k tmpfs {bench.disk}")
        yield bench


@contextmanager
def open_bench(folder: Path, root: Path, *before: str) -> Iterator[Bench]:
    """Give a bench, which goes when the block ends.

    Args:
        folder: an empty one.
        root: of the repository.
        before: what the process is started by, as ``unshare``.
    """
    (folder / "register").mkdir()
    (folder / "known").mkdir()
    register = make_register(folder / "known")
    with (
        pytest.MonkeyPatch.context() as patch,
        subprocess.Popen(
            [*before, sys.executable, "-m", "tests.crash_runner", str(folder / "register")],
            cwd=root,
            env={**os.environ, "PYTHONPATH": os.pathsep.join([str(root), *filter(None, sys.path)])},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        ) as runner,
    ):
        patch.setattr(verify_derived, "ship_register", lambda: register)
        bench = Bench(folder, runner)
        assert (
            bench.run("build", NAMES, out=str(folder / "first"), learnt=str(folder / "learnt"))["status"] == 0
        )
        yield bench
        assert runner.stdin
        runner.stdin.close()


def tell_landed(bench: Bench) -> None:
    """Write where runs ended to the file that ``CAREGRAPH_LANDED`` names, if it names one."""
    if place := os.environ.get("CAREGRAPH_LANDED"):
        with Path(place).open("a", encoding="utf-8") as stream:
            stream.writelines(f"{line}\n" for line in bench.landed)
