"""The real commands, with the whole register and workers, are killed at any moment with all they started."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest

from tests.crash_checks import LEFT_BY_OTHERS, Whole, check_good, read_whole
from tests.effort import effort

pytestmark = [
    pytest.mark.promise,
    pytest.mark.thorough,
    pytest.mark.skipif(os.name == "nt", reason="kills groups of processes"),
]

KILLS = effort(1, 6)


@dataclass
class Site:
    """Documents, and builds of them by commands."""

    folder: Path
    root: Path

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        """Start a command in a group of its own."""
        path = os.pathsep.join([str(self.root), *filter(None, sys.path)])
        return subprocess.Popen(
            [sys.executable, "-m", "graph", *arguments, "--workers", "2", "-q"],
            cwd=self.folder,
            env={**os.environ, "PYTHONPATH": path, "TMPDIR": str(self.folder / "temporary")},
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def run(self, *arguments: str) -> float:
        """Run a command to its end, and return the seconds that it took."""
        begun = time.monotonic()
        with self.start(*arguments) as process:
            assert process.communicate()[1] == ""
        assert process.returncode == 0
        return time.monotonic() - begun


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Site:
    folder = tmp_path_factory.mktemp("commands")
    (folder / "docs").mkdir()
    (folder / "temporary").mkdir()
    for path in sorted((root / "seeds/documents").glob("*.md"))[:4]:
        (folder / "docs" / path.name).write_bytes(path.read_bytes())
    return Site(folder, root)


@pytest.fixture(scope="module")
def wholes(site: Site) -> tuple[list[Whole], float]:
    """Return builds of all documents but one, and of all; and the seconds that the second one took."""
    first = sorted(path.name for path in (site.folder / "docs").iterdir())[:-1]
    site.run("build", *(f"docs/{name}" for name in first), "-o", "few")
    seconds = site.run("build", "docs", "-o", "all")
    return [read_whole(site.folder / name) for name in ("few", "all")], seconds


@pytest.mark.parametrize("number", range(KILLS))
@pytest.mark.parametrize("kind", ["build", "add", "remove"])
def test_a_command_is_killed_and_the_next_goes_on(
    kind: str, number: int, site: Site, wholes: tuple[list[Whole], float]
) -> None:
    draw, out = random.Random(f"{kind} {number}"), site.folder / "out"
    few, whole = wholes[0]
    names = sorted(path.name for path in (site.folder / "docs").iterdir())
    before: Whole | None
    if kind == "build":
        subprocess.run(["rm", "-rf", str(out)], check=True)
        arguments, before, after = ["build", "docs", "-o", "out"], None, whole
    elif kind == "add":
        site.run("build", *(f"docs/{name}" for name in names[:-1]), "-o", "out")
        arguments, before, after = ["add", "out", f"docs/{names[-1]}"], few, whole
    else:
        site.run("build", "docs", "-o", "out")
        arguments, before, after = ["remove", "out", names[-1]], whole, few
    with site.start(*arguments) as process:
        time.sleep(draw.uniform(0.05, 1) * wholes[1] * (1 if kind == "build" else 0.6))
        group = [psutil.Process(process.pid), *psutil.Process(process.pid).children(recursive=True)]
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
    assert not psutil.wait_procs(group, timeout=30)[1]
    found = check_good(out, [before, after])
    if found is not None:
        for command in ("validate", "verify"):
            done = subprocess.run(
                [sys.executable, "-m", "graph", command, "out", "-q"],
                cwd=site.folder,
                env={**os.environ, "PYTHONPATH": os.pathsep.join([str(site.root), *filter(None, sys.path)])},
                check=False,
            )
            assert done.returncode == 0
    if found != after:
        site.run(*arguments)
    else:
        site.run("add", "out", f"docs/{names[0]}")
    assert read_whole(out) == after
    left = {path.name for path in (site.folder / "temporary").iterdir()} - LEFT_BY_OTHERS
    assert all(name.startswith("pymp-") for name in left), "Python's folders for the sockets of workers"
    assert not (out / ".new").exists()
    assert not (out / ".ready").exists()
