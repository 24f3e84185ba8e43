"""Whole runs as processes: stopped, killed, started in odd places; nothing is left behind, no line is cut."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import psutil
import pytest

from graph.ledger_file import LEDGER
from graph.processes import count_processors

pytestmark = pytest.mark.skipif(os.name == "nt", reason="sends POSIX signals")

ENDLESS = """
import itertools, sys
from pathlib import Path
from graph.readers.inputs import Input
from graph.workers import make_each
from tests.worker_standins import obey

path = Path(sys.argv[1])
inputs = (Input(str(number), path) for number in itertools.count())
for made in make_each(inputs, obey, workers=2, seconds=1000):
    print(made.text, flush=True)
"""


@pytest.fixture(scope="module")
def many(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with more documents than are read before a test is done with them."""
    folder = tmp_path_factory.mktemp("many")
    text = "\n\n".join(path.read_text() for path in sorted((root / "seeds/documents").glob("*.md")))
    for number in range(300):
        (folder / f"{number:03}.txt").write_text(text, encoding="utf-8")
    (folder / "000.txt").write_text("Kent works with Essex.", encoding="utf-8")
    (folder / "001.html").write_text("<p>Kent works with Surrey.</p>", encoding="utf-8")
    return folder


def start(root: Path, *arguments: str, cwd: Path | None = None) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, *arguments],
        cwd=cwd or root,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(root), *filter(None, sys.path)])},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        start_new_session=True,
    )


def descend(process: subprocess.Popen[str]) -> list[psutil.Process]:
    found: list[psutil.Process] = psutil.Process(process.pid).children(recursive=True)
    return found


def stop_all(process: subprocess.Popen[str], how: signal.Signals) -> None:
    """Press Ctrl-C, which the terminal sends to all."""
    os.killpg(process.pid, how)


def stop_one(process: subprocess.Popen[str], how: signal.Signals) -> None:
    process.send_signal(how)


@pytest.mark.parametrize(
    ("stop", "how", "code"), [(stop_all, signal.SIGINT, 130), (stop_one, signal.SIGTERM, 143)]
)
def test_extract_stops_cleanly(
    stop: Callable[..., None], how: signal.Signals, code: int, root: Path, many: Path
) -> None:
    with start(root, "-m", "graph", "extract", str(many), "--workers", "2") as process:
        assert process.stdout is not None
        first = [process.stdout.readline() for _ in range(3)]
        children = descend(process)
        assert len(children) >= 3
        stop(process, how)
        assert process.stderr is not None
        rest, said = (
            process.stdout.read(),
            process.stderr.read(),
        )
        process.wait(20)
    assert process.returncode == code
    assert said == "caregraph: stopped; the lines so far are whole\n"
    lines = [json.loads(line)["doc"] for line in [*first, *rest.splitlines()]]
    assert lines == sorted(path.name for path in many.iterdir())[: len(lines)]
    assert len(lines) < 300
    assert (first[0] + rest).endswith("\n")
    assert not psutil.wait_procs(children, timeout=30)[1]


def test_a_build_that_is_stopped_keeps_what_was_extracted(root: Path, many: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    with start(root, "-m", "graph", "build", str(many), "-o", str(out), "--workers", "2") as process:
        # The ledger is locked, but it grows: its tables take 60 kB, what a document gives some 10 kB.
        while sum(path.stat().st_size for path in out.glob(f"{LEDGER}*")) < 200_000:
            assert process.poll() is None
            time.sleep(0.05)
        children = descend(process)
        stop_all(process, signal.SIGINT)
        _, said = process.communicate(timeout=20)
    assert process.returncode == 130
    assert said.startswith("caregraph: stopped; ")
    assert said.count("\n") == 1
    assert not psutil.wait_procs(children, timeout=30)[1]
    with closing(sqlite3.connect(out / LEDGER)) as ledger:
        assert 3 <= ledger.execute("SELECT count(*) FROM contents").fetchone()[0] < 300


@pytest.mark.parametrize(
    ("name", "text", "processes"),  # a fork server, its tracker, two workers, and readers for a web page
    [("a.txt", "fine", 4), ("a.txt", "hang", 4), ("a.html", "<b></b>" * 7_000_000, 6)],
)
def test_nothing_outlives_a_parent_that_is_killed(
    name: str, text: str, processes: int, root: Path, tmp_path: Path
) -> None:
    """Run a script of a user's, too, who knows of no guard against being run again in each process."""
    (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "script.py").write_text(ENDLESS, encoding="utf-8")
    with start(root, str(tmp_path / "script.py"), str(tmp_path / name)) as process:
        assert process.stdout is not None
        if text == "fine":
            assert process.stdout.readline().startswith("fine")
        while len(children := descend(process)) < processes:
            assert process.poll() is None
            time.sleep(0.05)
        process.kill()
        process.communicate(timeout=20)
    assert not psutil.wait_procs(children, timeout=30)[1]


def test_modules_of_the_working_folder_do_not_mislead_workers(root: Path, tmp_path: Path) -> None:
    for name in ("json", "graph", "pebble", "multiprocessing"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit(3)", encoding="utf-8")
    (tmp_path / "a.txt").write_text("Kent works with Essex.", encoding="utf-8")
    arguments = ("-P", "-m", "graph", "extract", "a.txt", "--workers", "1")
    with start(root, *arguments, cwd=tmp_path) as process:
        out, said = process.communicate(timeout=60)
    assert (process.returncode, said) == (0, "")
    assert json.loads(out)["doc"] == "a.txt"


def test_a_long_path_of_temporary_files_is_no_matter(root: Path, tmp_path: Path) -> None:
    scratch = tmp_path / ("x" * 120)
    scratch.mkdir()
    command = [sys.executable, "-m", "graph", "extract", "seeds/documents", "--workers", "2", "-o", "-"]
    ran = subprocess.run(
        command, cwd=root, env={**os.environ, "TMPDIR": str(scratch)}, capture_output=True, text=True
    )
    assert (ran.returncode, len(ran.stdout.splitlines())) == (0, 5), ran.stderr
    assert list(scratch.iterdir()) == []


def test_standard_input_reaches_a_worker(root: Path, tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text("Kent works with Essex.", encoding="utf-8")
    command = [sys.executable, "-m", "graph", "extract", "-", "b.txt", "--workers", "2"]
    done = subprocess.run(
        command,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(root), *filter(None, sys.path)])},
        input=b"Kent works with Surrey.",
        capture_output=True,
        check=True,
    )
    assert [json.loads(line)["doc"] for line in done.stdout.splitlines()] == ["b.txt", "stdin"]


@pytest.mark.parametrize("pause", [0, 0.2, 0.5, 1])
def test_it_stops_cleanly_while_workers_start(pause: float, root: Path, many: Path) -> None:
    with start(root, "-m", "graph", "extract", str(many), "--workers", "2") as process:
        while not (children := descend(process)):
            assert process.poll() is None
            time.sleep(0.01)
        time.sleep(pause)
        stop_all(process, signal.SIGINT)
        _, said = process.communicate(timeout=20)
    assert process.returncode == 130
    assert said == "caregraph: stopped; the lines so far are whole\n"
    assert not psutil.wait_procs(children, timeout=30)[1]


def test_processors_are_those_that_this_process_may_use() -> None:
    assert 1 <= count_processors() <= (os.cpu_count() or 1)
