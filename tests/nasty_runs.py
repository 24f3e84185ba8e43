"""What a nasty file costs: each read and extracted in a process of its own, as a worker does it, and measured.

``python -m tests.nasty_runs FOLDER`` reads names from standard input, one a line, and writes what came of each as
a line of JSON. It runs apart from the tests, since it divides itself, which a process with threads must not.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]


class Cost(NamedTuple):
    """What became of a file: ``line`` is empty where it was read; seconds of processor; bytes of memory."""

    name: str
    line: str
    seconds: float
    memory: int


def measure_files(folder: Path, names: Sequence[str]) -> list[Cost]:
    """Measure files of a folder, in order."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.nasty_runs", str(folder)],
        input="".join(json.dumps(name) + "\n" for name in names),
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return [Cost(*json.loads(line)) for line in done.stdout.splitlines()]


def _measure_each(folder: Path, names: Iterator[str]) -> Iterator[Cost]:
    from graph.extract import extract_document, load_resources
    from graph.product import make_product
    from graph.read import parse_document

    resources = load_resources()
    text = b"Lowmoor Care Trust works closely with Lowmoor Council.\n"
    make_product(extract_document(parse_document(text, "a.txt"), resources), resources.register)
    for name in names:
        answers, speaks = os.pipe()
        child = os.fork()
        if not child:
            os.write(speaks, _read_and_extract(folder, name).encode("ascii", "backslashreplace"))
            os._exit(0)
        os.close(speaks)
        with os.fdopen(answers, encoding="ascii") as answer:
            line = answer.read()
        _, status, used = os.wait4(child, 0)
        ended = f"ended its worker ({status})" if status else line
        kilobytes = used.ru_maxrss // (1024 if sys.platform == "darwin" else 1)
        yield Cost(name, ended, round(used.ru_utime + used.ru_stime, 2), kilobytes << 10)


def _read_and_extract(folder: Path, name: str) -> str:
    """Return the line that is said of a file, or nothing."""
    from graph.product import make_product
    from graph.read import LIMITS, state_properties
    from graph.readers.inputs import Input
    from graph.readers.worker import ReaderProcess
    from graph.records import Skipped
    from graph.task import make_one

    item = Input(name, folder / name, folder)
    with ReaderProcess(LIMITS) as reader:
        for given in state_properties([item]):
            made = given if isinstance(given, Skipped) else make_one(given, reader, make=make_product)
            if isinstance(made, Skipped):
                return f"{made.name}: {made.reason}"
    return ""


if __name__ == "__main__":
    given = (json.loads(line) for line in sys.stdin)
    for cost in _measure_each(Path(sys.argv[1]), given):
        print(json.dumps(cost), flush=True)
