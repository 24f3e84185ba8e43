"""Run caregraph for a long time and see that nothing grows: memory, handles, threads, processes, files.

    .venv/bin/python scripts/soak.py [--minutes 60] [--samples FILE.csv]

A server stands the whole time; clients use and misuse it; builds replace its graph; a program of its own
uses the library. Every few seconds each process and folder is measured. Ends with a table, and with exit code
1 when something grows (``soak_judge.py`` says what that is), an answer or a build was wrong, or anything is
left over. A few seconds show that all works together; to judge, it needs ten minutes at least.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import psutil
from benchmark_rivals import find_port
from soak_judge import GROWS
from soak_watch import Watch, measure_folder, write_table

ROOT = Path(__file__).resolve().parents[1]
NOTES = ROOT / "seeds" / "documents"
LETTER = "Lowmoor Care Trust works closely with Torbay Council. In {year} the two pooled {sum} pounds.\n"
LIMITS = ("--seconds", "5", "--memory", "256", "--queries", "4")
"""Of the server: small, so that queries pass them often."""

GRACE = 300
"""Seconds that a process has to end."""


class Soak:
    """One run: its folder, its processes, what was done and what went wrong."""

    def __init__(self, folder: Path, *, clients: int, pause: float, rest: float) -> None:
        """Make it.

        Args:
            folder: for all its files.
            clients: of the server.
            pause: seconds between two requests of a client, on average, and two rounds of the library.
            rest: seconds between two builds.
        """
        self.documents, self.extra, self.out = folder / "documents", folder / "letter.txt", folder / "out"
        self.temporary = folder / "tmp"
        self.folder, self.clients, self.pause, self.rest = folder, clients, pause, rest
        self.done: dict[str, Counter[str]] = {"builds": Counter()}
        self.wrong: list[str] = []
        self.ended = threading.Event()
        shutil.copytree(NOTES, self.documents)
        self.temporary.mkdir()
        self.environment = {**os.environ, "TMPDIR": str(self.temporary), "PYTHONPATH": str(ROOT)}

    def spawn(self, *command: str) -> subprocess.Popen[str]:
        """Start a process with our folder for temporary files."""
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        return subprocess.Popen(  # type: ignore[call-overload, no-any-return]
            [sys.executable, *command], text=True, env=self.environment, cwd=ROOT, **pipes
        )

    def build(self, *command: str) -> None:
        """Run a command that changes the graph to its end, and note it."""
        process = self.spawn("-m", "graph", *command, "--quiet")
        _, told = process.communicate()
        self.done["builds"][command[0]] += 1
        if process.returncode:
            self.wrong.append(f"{command[0]}: exit code {process.returncode}, {told[-300:]}")

    def build_on(self) -> None:
        """Change the graph over and over: what is added is removed, so that its size stays."""
        changing = self.documents / "changing.txt"
        number = 0
        while not self.ended.wait(self.rest):
            year = 2000 + number % 7
            changing.write_text(LETTER.format(year=year, sum=year * 3), encoding="utf-8")
            self.extra.write_text(LETTER.format(year=year + 1, sum=year), encoding="utf-8")
            commands = (
                ("add", str(self.out), str(self.extra)),
                ("build", str(self.documents), "-o", str(self.out)),
                ("add", str(self.out), str(self.extra)),
                ("remove", str(self.out), self.extra.name),
            )
            self.build(*commands[number % len(commands)])
            number += 1

    @contextlib.contextmanager
    def run_server(self) -> Iterator[tuple[int, str]]:
        """Serve the graph; give the number of the process and the address."""
        port = str(find_port())
        process = self.spawn("-m", "graph", "serve", str(self.out), "--port", port, *LIMITS)
        assert process.stderr is not None
        line = process.stderr.readline()
        if not line.startswith("serving"):
            raise SystemExit(f"the server did not start: {line}{process.stderr.read()}")
        try:
            yield process.pid, f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            self._end(process, "server")

    @contextlib.contextmanager
    def run_user(self, name: str, script: str, *arguments: str) -> Iterator[int]:
        """Run a script that ends when its input does and prints a tally; give the number of the process."""
        process = self.spawn(str(Path(__file__).with_name(script)), *arguments)
        try:
            yield process.pid
        finally:
            told = self._end(process, name)
            if told:
                tally = json.loads(told)
                self.done[name] = Counter(tally["asked"])
                self.wrong += [f"{name}: {wrong}" for wrong in tally["wrong"]]

    @contextlib.contextmanager
    def run_store(self) -> Iterator[str]:
        """Run Oxigraph's own server for the library to publish to; give its address."""
        port, where = find_port(), str(self.folder / "published")
        program = shutil.which("oxigraph") or str(Path(sys.executable).with_name("oxigraph"))
        command = [program, "serve", "--location", where, "--bind", f"127.0.0.1:{port}"]
        process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
        try:
            yield f"http://127.0.0.1:{port}/query"
        finally:
            process.terminate()
            process.wait(GRACE)

    def _end(self, process: subprocess.Popen[str], name: str) -> str:
        try:
            told, errors = process.communicate(timeout=GRACE)
        except subprocess.TimeoutExpired:
            process.kill()
            told, errors = process.communicate()
            self.wrong.append(f"{name}: did not end within {GRACE} s")
        if process.returncode not in (0, -signal.SIGTERM) or errors.strip():
            self.wrong.append(f"{name}: exit code {process.returncode}, {errors[-500:]}")
        return told

    def look_for_remains(self) -> None:
        """Note processes and temporary files that outlived those that made them."""
        for process in psutil.process_iter(["cmdline"]):
            if any(str(self.folder) in word for word in process.info["cmdline"] or ()):
                self.wrong.append(f"left running: {process.info['cmdline'][:6]}")
        if left := [path.name for path in self.temporary.iterdir()]:
            self.wrong.append(f"left in TMPDIR: {left}")


def run_soak(soak: Soak, seconds: float, every: float) -> Watch:
    """Let everything run at once for some time, with a sample every so many seconds; return these."""
    soak.build("build", str(soak.documents), "-o", str(soak.out))
    watch = Watch(every)
    builder = threading.Thread(target=soak.build_on, name="builder")
    pause = str(soak.pause)
    with contextlib.ExitStack() as stack:
        number, address = stack.enter_context(soak.run_server())
        endpoint = stack.enter_context(soak.run_store())
        arguments = (str(soak.out), str(soak.documents), pause, endpoint)
        library = stack.enter_context(soak.run_user("library", "soak_library.py", *arguments))
        stack.enter_context(soak.run_user("clients", "soak_clients.py", address, str(soak.clients), pause))
        watch.add_server("server", number)
        watch.add_process("library", library)
        watch.add_folder("OUT", soak.out)
        watch.add_folder("TMPDIR", soak.temporary)
        watch.start()
        builder.start()
        try:
            time.sleep(seconds)
        finally:
            soak.ended.set()
            builder.join()
            watch.stop()
    soak.wrong += [f"{name}: ended by itself" for name in watch.lost]
    soak.look_for_remains()
    return watch


def main(arguments: Sequence[str]) -> int:
    """Run, print the table, and return 1 when something grows or was wrong."""
    parser = argparse.ArgumentParser(description="Run caregraph for long and see that nothing grows.")
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--clients", type=int, default=4, help="of the server")
    parser.add_argument("--pause", type=float, default=0.5, help="seconds between two requests of a client")
    parser.add_argument("--rest", type=float, default=8, help="seconds between two builds")
    parser.add_argument("--every", type=float, default=5, help="seconds between two samples")
    parser.add_argument("--samples", type=Path, help="CSV file for all that was measured")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="caregraph-soak-") as folder:
        soak = Soak(Path(folder), clients=options.clients, pause=options.pause, rest=options.rest)
        watch = run_soak(soak, options.minutes * 60, options.every)
        left = measure_folder(soak.out)
    if options.samples:
        watch.write(options.samples)
    verdicts = watch.judge()
    print(write_table(verdicts))
    for name, done in soak.done.items():
        print(f"{name}: {', '.join(f'{number:,} {kind}' for kind, number in done.items())}")
    print(f"OUT at the end: {left['files']:,.0f} files; wrong: {len(soak.wrong)}")
    print("\n".join(soak.wrong))
    return int(bool(soak.wrong) or any(verdict.word == GROWS for verdict in verdicts.values()))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
