"""Measure processes and folders again and again, and say of each series whether it grows.

Memory is what a process alone has (USS): pages that the workers of a server share with the process that they
were divided from count once, and files that are mapped do not count.
"""

from __future__ import annotations

import contextlib
import csv
import os
import statistics
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Mapping
from pathlib import Path

import psutil
from soak_judge import Verdict, judge_count, judge_size

MEMORY, BYTES = "memory", "bytes"
SIZES = (MEMORY, BYTES)
"""Measures that are sizes; all others are counts."""

NURSERY = "graph.endpoint.nursery"
MEBIBYTE = 1 << 20


class Watch:
    """Takes samples in a thread of its own until it is stopped.

    Attributes:
        series: of each name, such as ``server: handles``, the hours since the start and the values.
        lost: names of processes that ended while they were watched.
    """

    def __init__(self, every: float) -> None:
        """Make it.

        Args:
            every: seconds between samples.
        """
        self.series: dict[str, tuple[list[float], list[float]]] = defaultdict(lambda: ([], []))
        self.lost: list[str] = []
        self._every = every
        self._measures: dict[str, Callable[[], Mapping[str, float]]] = {}
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="watch")

    def add_process(self, name: str, number: int) -> None:
        """Watch a process by its number."""
        process = psutil.Process(number)
        self._measures[name] = lambda: measure_process(process)

    def add_server(self, name: str, number: int) -> None:
        """Watch a server, the process that makes its workers, and these."""
        self.add_process(name, number)
        process = psutil.Process(number)
        self._measures[f"{name}'s nursery"] = lambda: measure_nursery(process)
        self._measures[f"{name}'s workers"] = lambda: measure_workers(process)

    def add_folder(self, name: str, folder: Path) -> None:
        """Watch what a folder holds."""
        self._measures[name] = lambda: measure_folder(folder)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """End."""
        self._stopped.set()
        self._thread.join()

    def judge(self) -> dict[str, Verdict]:
        """Return the verdict on each series."""
        judges = {name: judge_size if name.split(": ")[1] in SIZES else judge_count for name in self.series}
        return {name: judges[name](*values) for name, values in self.series.items()}

    def write(self, path: Path) -> None:
        """Write all samples as CSV: series, seconds, value."""
        with path.open("w", encoding="utf-8", newline="") as stream:
            table = csv.writer(stream)
            table.writerow(("series", "seconds", "value"))
            for name, (hours, values) in self.series.items():
                table.writerows(
                    (name, round(at * 3600, 1), value) for at, value in zip(hours, values, strict=True)
                )

    def _run(self) -> None:
        started = time.monotonic()
        while not self._stopped.wait(self._every):
            for name, measure in list(self._measures.items()):
                try:
                    found = measure()
                except psutil.NoSuchProcess:
                    self.lost.append(name)
                    del self._measures[name]
                    continue
                for what, value in found.items():
                    hours, values = self.series[f"{name}: {what}"]
                    hours.append((time.monotonic() - started) / 3600)
                    values.append(value)


def measure_process(process: psutil.Process) -> dict[str, float]:
    """Return memory in bytes, and the numbers of open handles, of threads and of children."""
    return {
        MEMORY: process.memory_full_info().uss,
        "handles": process.num_fds() if hasattr(process, "num_fds") else process.num_handles(),
        "threads": process.num_threads(),
        "children": len(process.children()),
    }


def measure_nursery(server: psutil.Process) -> dict[str, float]:
    """Return the same of the process that makes the workers; nothing while there is none."""
    for child in server.children():
        with contextlib.suppress(psutil.NoSuchProcess):
            if NURSERY in child.cmdline():
                return measure_process(child)
    return {}


def measure_workers(server: psutil.Process) -> dict[str, float]:
    """Return the median memory of the workers, and the most handles and threads that one has."""
    found = []
    for worker in set(server.children(recursive=True)) - set(server.children()):
        with contextlib.suppress(psutil.NoSuchProcess):  # they come and go
            found.append(measure_process(worker))
    if not found:
        return {}
    most = {name: max(one[name] for one in found) for name in ("handles", "threads")}
    return {MEMORY: statistics.median(one[MEMORY] for one in found), **most}


def measure_folder(folder: Path) -> dict[str, float]:
    """Return the bytes in a folder, and the number of files and folders."""
    size = number = 0
    for place, folders, files in os.walk(folder):
        number += len(folders) + len(files)
        for file in files:
            with contextlib.suppress(OSError):  # removed meanwhile
                size += (Path(place) / file).stat().st_size
    return {BYTES: size, "files": number}


def write_table(verdicts: Mapping[str, Verdict]) -> str:
    """Write the verdicts as a table; sizes in MiB, growth per hour with the interval of its slope."""
    lines = [
        "| series | start | middle | end | per hour | between | |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    for name, verdict in verdicts.items():
        unit = MEBIBYTE if name.split(": ")[1] in SIZES else 1
        levels = [f"{level / unit:,.1f}" for level in (verdict.start, verdict.middle, verdict.end)]
        slopes = [f"{slope / unit:+,.2f}" for slope in (verdict.slope, verdict.low, verdict.high)]
        cells = [name, *levels, slopes[0], f"{slopes[1]} and {slopes[2]}", verdict.word]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)
