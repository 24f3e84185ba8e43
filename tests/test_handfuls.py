"""Short documents go to workers by the handful, and what comes of each is the same as alone."""

from __future__ import annotations

import os
import re
from functools import partial
from pathlib import Path

import pytest

from graph.crew import Crew
from graph.extraction_file import Line
from graph.handfuls import MOST, SHORT, Handful, _Giving, do_handful, make_by_handful
from graph.product import make_product
from graph.readers.inputs import Input
from graph.records import Skipped
from tests.test_crew import BAD
from tests.worker_standins import obey, write_words

needs_posix = pytest.mark.skipif(os.name == "nt", reason="workers are not limited there")


def see_sizes(given: list[object]) -> list[int]:
    """Return how many documents each handful has; 0 for what was passed over before."""
    return [
        len(item.items) if isinstance(item := getattr(job, "item", None), Handful) else 0 for job in given
    ]


@needs_posix
@pytest.mark.parametrize(
    ("words", "sizes", "seconds"),
    [
        (["fine", "fine", "hang", "raise", "fine", "fine", "fine", "fine", "fine"], [4, 4, 1], 3),
        (["fine", "leave", "fine", "crash", "fine", "print", "leave", "fine"], [4, 4], 60),
    ],
)
def test_what_is_bad_costs_nothing_else_of_its_handful(
    words: list[str], sizes: list[int], seconds: int, tmp_path: Path
) -> None:
    inputs = write_words(tmp_path, words)
    with Crew(partial(do_handful, make=obey), workers=2) as crew:
        giving = _Giving(crew, seconds)
        giving._size = 4
        given = list(giving.give_all(inputs))
        found = [made for job in given for made in giving.take(job)]
    assert see_sizes([*given]) == sizes
    assert [made.name for made in found] == [item.name for item in inputs]
    for word, made in zip(words, found, strict=True):
        if word in BAD:
            assert isinstance(made, Skipped)
            assert re.match(BAD[word].replace("5", str(seconds)), made.reason), made.reason
        else:
            assert isinstance(made, Line)
            assert made.text.startswith(f"{word} ")


def test_long_documents_go_alone_and_what_was_passed_over_keeps_its_place(tmp_path: Path) -> None:
    inputs = write_words(tmp_path, ["fine"] * 8)
    for number in (2, 6):
        item = inputs[number]
        assert isinstance(item, Input)
        assert item.path
        item.path.write_text("fine " * SHORT, encoding="utf-8")
    inputs[4] = Skipped(inputs[4].name, "none")
    with Crew(partial(do_handful, make=obey), workers=1) as crew:
        giving = _Giving(crew, 60)
        giving._size = 3
        given = list(giving.give_all(inputs))
        assert see_sizes([*given]) == [2, 1, 1, 0, 1, 1, 1]
        assert [job.seconds for job in given if not isinstance(job, Skipped)] == [60, 120, 60, 60, 120, 60]
        found = [made for job in given for made in giving.take(job)]
    assert [made.name for made in found] == [item.name for item in inputs]
    assert [made for made in found if isinstance(made, Skipped)] == [inputs[4]]


@pytest.mark.parametrize(
    ("soon", "sizes"), [(1e9, [1, 2, 4, 8, 16, MOST, MOST]), (1e-9, [1] * 7)], ids=["quick", "slow"]
)
def test_handfuls_are_as_large_as_is_done_soon(
    soon: float, sizes: list[int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("graph.handfuls.SOON", soon)
    given = []
    with Crew(partial(do_handful, make=obey), workers=1) as crew:
        giving = _Giving(crew, 60)
        for job in giving.give_all(write_words(tmp_path, ["fine"] * sum(sizes))):
            given.append(job)
            assert all(isinstance(made, Line) for made in giving.take(job))
    assert see_sizes([*given]) == sizes


def test_handfuls_give_the_same_as_single_ones(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(60):
        text = f"Lowmoor Care Trust works with Lowmoor Council. It was founded in {1940 + number}." * (
            number % 7
        )
        (tmp_path / f"{number:02}.txt").write_text(text, encoding="utf-8")
    inputs = [Input(path.name, path) for path in sorted(tmp_path.iterdir())]
    found = {}
    for soon, workers in ((1e9, 2), (1e-9, 1)):
        monkeypatch.setattr("graph.handfuls.SOON", soon)
        found[soon] = list(make_by_handful(inputs, make_product, workers=workers, seconds=60))
    assert found[1e9] == found[1e-9]
    assert [made.name for made in found[1e9]] == [item.name for item in inputs]
    assert sum(isinstance(made, Skipped) for made in found[1e9]) == 9, "those that are empty"
