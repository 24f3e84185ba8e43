"""Runs builds with a small register, each in a process divided from this one, and kills it when told to.

``python -m tests.crash_runner FOLDER`` reads a line of JSON for each run and writes one: how it ended, how
many steps it made, and at which it was. A step is a change to the file system that Python is asked for, a
statement of the ledger, or a call of ``fsync``; moments within the store's engine are hit by time alone.
"""

from __future__ import annotations

import json
import mmap
import os
import pickle
import signal
import struct
import subprocess
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from graph import ledger, ledger_file
from graph.cli import run_command
from graph.errors import CaregraphError
from graph.fingerprint import digest_code, digest_makers
from graph.pipeline import add_documents, build_graph, remove_documents
from graph.product import Product
from graph.records import Skipped
from tests.build_histories import make_quick
from tests.crash_checks import check_build, check_clean

CHANGES = {"open", "os.mkdir", "os.rename", "os.remove", "os.rmdir", "shutil.rmtree", "sqlite3.connect"}
_SEEN = struct.Struct("<q112s")
Given = dict[tuple[str, ...], Product | Skipped]


class Steps:
    """Counts the steps of this process, where others can read it, and ends it at one.

    Args:
        seen: memory that is shared.
        job: has the step at which all ends, by its number, or by how its name ends; else none. Folders that
            count are those of the job.
    """

    def __init__(self, seen: mmap.mmap, job: dict[str, Any]) -> None:
        self._seen, self._last, self._end = seen, job.get("step", 0), job.get("at", "\0")
        self._within = (job["out"], job["temporary"])
        self._count = 0

    def take(self, name: str) -> None:
        self._count += 1
        _SEEN.pack_into(self._seen, 0, self._count, name.encode()[-112:])
        if self._count == self._last or name.endswith(self._end):
            os.killpg(0, signal.SIGKILL)
            time.sleep(60)

    def watch(self) -> None:
        """Take what Python is asked for, by an audit hook."""
        fsync = os.fsync
        connect = ledger_file.connect_ledger

        def sync(handle: Any) -> None:
            self.take("fsync")
            fsync(handle)

        def trace(path: Path) -> Any:
            connection = connect(path)
            connection.set_trace_callback(lambda statement: self._take_statement(statement))
            return connection

        setattr(os, "fsync", sync)  # noqa: B010 - of any signature
        setattr(ledger, "connect_ledger", trace)  # noqa: B010 - it is imported there
        sys.addaudithook(self._audit)

    def _audit(self, event: str, given: tuple[Any, ...]) -> None:
        if event not in CHANGES or (event == "open" and not given[2] & (os.O_WRONLY | os.O_RDWR)):
            return
        path = str(given[0])
        if path.startswith(self._within):
            self.take(f"{event} {path}")

    def _take_statement(self, statement: str) -> None:
        if not statement.lstrip().startswith(("SELECT", "--", "PRAGMA")):
            self.take("sql " + " ".join(statement.split()[:3]))


def run(job: dict[str, Any], given: Given) -> int:
    """Do what a job says, in the process that was made for it, and return its exit code."""
    out, paths = job.get("out", ""), job.get("paths", [])
    act: dict[str, Callable[[], object]] = {
        "build": lambda: build_graph(paths, out),
        "add": lambda: add_documents(out, paths),
        "remove": lambda: remove_documents(out, paths),
        "read": lambda: Path(job["answer"]).write_text(json.dumps(check_build(Path(out))), encoding="utf-8"),
        "clean": lambda: check_clean(Path(out), Path(job["temporary"])),
    }
    if job["kind"] == "command":
        with Path(job["answer"]).open("w", encoding="utf-8") as said:
            sys.stdout = sys.stderr = said
            return run_command(job["arguments"])
    try:
        act[job["kind"]]()
    except CaregraphError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    if "learnt" in job:
        Path(job["learnt"]).write_bytes(pickle.dumps(given))
    return 0


def divide(job: dict[str, Any], given: Given, seen: mmap.mmap) -> int:
    """Start a process for a job, the head of a group of its own."""
    process = os.fork()
    if process:
        return process
    try:
        os.setsid()
        os.environ["TMPDIR"] = os.environ["SQLITE_TMPDIR"] = job["temporary"]
        Steps(seen, job).watch()
        if "clock" in job:
            setattr(time, "time", lambda: float(job["clock"]))  # noqa: B010
            setattr(time, "time_ns", lambda: job["clock"] * 10**9)  # noqa: B010
        os._exit(run(job, given))
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(3)


def read_time(process: int) -> float:
    """Return for how many seconds a process has run, its first thread."""
    return int(Path(f"/proc/{process}/schedstat").read_text().split()[0]) / 1e9


def watch_over(process: int, moment: float) -> tuple[int, float]:
    """Wait for a process, and kill its group once it has run for a time; return its status and that time."""
    spent = 0.0
    while True:
        if not moment:
            _, status, used = os.wait4(process, 0)
            return os.waitstatus_to_exitcode(status), used.ru_utime + used.ru_stime
        if not moment:
            _, status, used = os.wait4(process, 0)
            return os.waitstatus_to_exitcode(status), used.ru_utime + used.ru_stime
        ended, status = os.waitpid(process, os.WNOHANG)
        if ended:
            return os.waitstatus_to_exitcode(status), spent
        spent = read_time(process)
        if moment and spent >= moment:
            os.killpg(process, signal.SIGKILL)
        time.sleep(0.0005)


def main() -> None:
    """Serve one job after another."""
    given: Given = {}
    make_quick(pytest.MonkeyPatch(), Path(sys.argv[1]), given)
    digest_code()  # which each of the divided processes has then
    digest_makers()
    for line in sys.stdin:
        job = json.loads(line)
        seen = mmap.mmap(-1, _SEEN.size)
        if job["kind"] == "outside":  # not in a process of its own: it is to last
            status, spent = subprocess.run(job["arguments"], check=False).returncode, 0.0
        else:
            status, spent = watch_over(divide(job, given, seen), job.get("seconds", 0.0))
        if "learnt" in job:
            given.update(pickle.loads(Path(job["learnt"]).read_bytes()))
        count, name = _SEEN.unpack_from(seen)
        step = name.rstrip(b"\0").decode("utf-8", "replace")
        answer = {"status": status, "seconds": spent, "steps": count, "step": step}
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
