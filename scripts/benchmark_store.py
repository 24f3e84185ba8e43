"""Measure writing a store beside Oxigraph's own bulk loader, and the memory of both, in one run.

    .venv/bin/python scripts/benchmark_store.py FOLDER...

Each folder holds a ``graph.nq``, sorted as a build writes it (``benchmark_graphs.py`` makes such).
``oxigraph load`` and ``oxigraph optimize`` load the file as it is, then with each statement once more in
the default graph, as the store of a build has it; then caregraph gives the same to the engine, and then it
writes its store, with counts and search index. Each runs in a process of its own; seconds are of the
processor (user and system), beside those of the clock.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from graph.facts.gather import Facts
from graph.master import MASTER, merge_master

OXIGRAPH = Path(sys.executable).with_name("oxigraph")
WRITE = """
import sys
from pathlib import Path
from graph.store import write_store
write_store(Path(sys.argv[1]), Path(sys.argv[2]))
"""
LOAD = """
import sys
from pyoxigraph import Store
from graph.load import load_pieces
store = Store(sys.argv[1])
with open(sys.argv[2], "rb") as lines:
    load_pieces(store, iter(lambda: b"".join(lines.readlines(1_900_000)), b""))
store.optimize()
store.flush()
"""
"""As a store is filled, with both graphs, but without counts and search index."""


class Cost(NamedTuple):
    """What a process took: seconds of the processor and of the clock, MiB of memory at most."""

    processor: float
    clock: float
    memory: float

    def __add__(self, other: object) -> Cost:
        """Return what two processes took, one after the other."""
        if not isinstance(other, Cost):
            return NotImplemented
        memory = max(self.memory, other.memory)
        return Cost(self.processor + other.processor, self.clock + other.clock, memory)


def main(folders: Sequence[str]) -> int:
    """Measure each folder, and print a table."""
    print("| quads | what | processor | clock | memory | ratio |\n| --- | --- | --- | --- | --- | --- |")
    for folder in folders:
        with tempfile.TemporaryDirectory(dir=folder) as scratch:
            measure_graph(Path(folder) / MASTER, Path(scratch))
    return 0


def measure_graph(master: Path, scratch: Path) -> None:
    """Measure one graph, in a folder that is gone afterwards."""
    both = scratch / "both.nq"
    quads, statements = write_both(master, both)
    named = load(master, scratch)
    base = load(both, scratch)
    ours = run([sys.executable, "-c", LOAD, str(scratch / "store"), str(both)])
    shutil.rmtree(scratch / "store")
    both.unlink()
    out = scratch / "out"
    out.mkdir()
    rows = {
        f"`oxigraph load`, the {quads:,} as they are": named,
        f"`oxigraph load`, {statements:,} with the default graph": base,
        "caregraph, the same statements": ours,
        "caregraph, with counts and search index": run([sys.executable, "-c", WRITE, str(out), str(master)]),
    }
    for what, cost in rows.items():
        ratio = cost.processor / base.processor
        print(
            f"| {quads:,} | {what} | {cost.processor:.1f} s | {cost.clock:.1f} s | {cost.memory:,.0f} MiB "
            f"| {ratio:.2f} |",
            flush=True,
        )


def write_both(master: Path, path: Path) -> tuple[int, int]:
    """Write a graph with each statement once more in the default graph; return quads, and lines written."""
    database = sqlite3.connect(":memory:", isolation_level=None)
    with (
        contextlib.closing(database) as connection,
        contextlib.closing(Facts(connection)) as facts,
        master.open("rb") as source,
        path.open("wb") as target,
    ):
        lines = 0
        for piece in merge_master(source, facts):
            target.write(piece)
            lines += piece.count(b"\n")
        return facts.tally.quads, lines


def load(path: Path, scratch: Path) -> Cost:
    """Load a file with Oxigraph's own program, and optimize the store."""
    store = scratch / "oxigraph"
    where = ["--location", str(store)]
    cost = run([str(OXIGRAPH), "load", *where, "--file", str(path)]) + run(
        [str(OXIGRAPH), "optimize", *where]
    )
    shutil.rmtree(store)
    return cost


def run(command: list[str]) -> Cost:
    """Run a program to its end.

    Raises:
        RuntimeError: it failed.
    """
    started = time.perf_counter()
    child = os.posix_spawnp(
        command[0], command, os.environ, file_actions=[(os.POSIX_SPAWN_OPEN, 2, os.devnull, os.O_WRONLY, 0)]
    )
    _, status, used = os.wait4(child, 0)
    if status:
        raise RuntimeError(f"{command[0]} failed")
    memory = used.ru_maxrss / (1 << 20 if sys.platform == "darwin" else 1 << 10)
    return Cost(used.ru_utime + used.ru_stime, time.perf_counter() - started, memory)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
