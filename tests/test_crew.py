"""A document that hangs, crashes or kills what works on it costs itself alone."""

from __future__ import annotations

import os
import re
import signal
from collections.abc import Iterator
from functools import partial
from multiprocessing import active_children
from pathlib import Path

import pytest

from graph.crew import LOST, MOST_BREAKS, Crew
from graph.extraction_file import Line
from graph.processes import WorkerProcess
from graph.readers.inputs import Input
from graph.records import Skipped
from graph.task import make_one
from graph.workers import make_each
from tests.worker_standins import obey, write_words

needs_posix = pytest.mark.skipif(os.name == "nt", reason="workers are not limited there")
BAD = {
    "hang": r"takes over 5 seconds; split it, or give it more with --seconds",
    "leave": r"ended its worker \(code 7\); split it",
    "crash": r"ended its worker \(SIGSEGV\); split it",
    "raise": r"cannot be extracted \(LookupError: no such thing\); report this",
    "eat": r"needs more than 4 GB of memory; split it",
}


@needs_posix
@pytest.mark.parametrize(
    ("workers", "words"),
    [
        (1, ["fine", "leave", "fine"]),
        (2, ["fine", "hang", "fine", "leave", "raise", "fine", "crash", "eat", "print", "fine"]),
    ],
)
def test_what_is_bad_is_passed_over_and_all_else_is_done(
    workers: int, words: list[str], tmp_path: Path
) -> None:
    inputs = write_words(tmp_path, words)
    found = list(make_each(inputs, obey, workers=workers, seconds=5))
    assert [made.name for made in found] == [item.name for item in inputs]
    for word, made in zip(words, found, strict=True):
        if word in BAD:
            assert isinstance(made, Skipped)
            assert re.match(BAD[word], made.reason), made.reason
        else:
            assert isinstance(made, Line)
            assert made.text.startswith(f"{word} ")
            assert str(os.getpid()) not in made.text
    assert not [process for process in active_children() if isinstance(process, WorkerProcess)]


def test_a_document_in_every_pool_that_breaks_is_passed_over(tmp_path: Path) -> None:
    bad, _ = write_words(tmp_path, ["hang", "hang"])
    assert isinstance(bad, Input)
    with Crew(partial(make_one, make=obey), workers=1) as crew:
        job = crew.give(bad, 1000)
        for _ in range(MOST_BREAKS + 1):
            crew._replace_pool()
        assert crew.take(job) == Skipped(bad.name, LOST)


@needs_posix
def test_a_pool_whose_workers_are_killed_while_they_idle_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("fine", encoding="utf-8")

    def deadly() -> Iterator[Input]:
        for number in range(3):
            for process in active_children():
                if isinstance(process, WorkerProcess) and process.pid:
                    os.kill(process.pid, signal.SIGKILL)
                    process.join()
            yield Input(f"{number}.txt", path)

    found = list(make_each(deadly(), obey, workers=2))
    assert [made.name for made in found] == ["0.txt", "1.txt", "2.txt"]
    assert all(isinstance(made, Line) for made in found)


def test_crew_that_ends_leaves_another_alone(tmp_path: Path) -> None:
    slow, fine = write_words(tmp_path, ["slow", "fine"])
    assert isinstance(slow, Input)
    assert isinstance(fine, Input)
    do = partial(make_one, make=obey)
    with Crew(do, workers=1) as one:
        first = one.take(one.give(slow, 60))
        with Crew(do, workers=1) as other:
            other.take(other.give(fine, 60))
        assert one.take(one.give(slow, 60)) == first, "the same worker, which says its number"
