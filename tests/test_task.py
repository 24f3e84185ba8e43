"""One document, in this process: what was made of it, or one line of why not."""

from __future__ import annotations

import io
import os
from functools import partial
from pathlib import Path

import pytest

from graph import task, warm
from graph.errors import CaregraphError
from graph.extract import load_resources
from graph.extraction_file import Line, make_line
from graph.read import LIMITS
from graph.readers.inputs import Input
from graph.readers.worker import ReaderProcess
from graph.records import Skipped
from graph.task import Fault, make_one, run_task
from tests.worker_standins import obey, write_words


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("fine", Line("a.txt", f"fine {os.getpid()}")),
        ("", Skipped("a.txt", "is empty; remove it or save it again")),
        (
            "raise",
            Skipped(
                "a.txt",
                "cannot be extracted (LookupError: no such thing); report this, with the document if you may",
            ),
        ),
        ("exhaust", Skipped("a.txt", "needs more than 4 GB of memory; split it")),
    ],
)
def test_a_document_is_made_or_passed_over(text: str, made: Line | Skipped, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(text, encoding="utf-8")
    with ReaderProcess(LIMITS) as reader:
        assert make_one(Input("a.txt", path), reader, make=obey) == made


def test_standard_input_is_read() -> None:
    with ReaderProcess(LIMITS) as reader:
        made = make_one(Input("stdin", None), reader, make=obey, stdin=io.BytesIO(b"fine"))
    assert made == Line("stdin", f"fine {os.getpid()}")


def test_what_is_wrong_with_caregraph_is_no_fault_of_the_document(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> None:
        raise CaregraphError("frames.toml: is wrong")

    [item] = write_words(tmp_path, ["fine"])
    assert isinstance(item, Input)
    monkeypatch.setattr("graph.extract.load_resources", broken)
    with ReaderProcess(LIMITS) as reader, pytest.raises(CaregraphError, match="frames"):
        make_one(item, reader, make=make_line)
    try:
        assert run_task(item, partial(make_one, make=make_line), 60) == Fault("frames.toml: is wrong")
    finally:  # this process is no worker that ends with what it holds
        task._open_nowhere().close()
        task._open_nowhere.cache_clear()


def test_what_workers_share_is_loaded_before_they_are_divided() -> None:
    assert vars(warm)["load_resources"] is load_resources
    assert load_resources.cache_info().currsize == 1
