"""Many documents: the same results with any number of workers, and none that costs another."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from itertools import count
from multiprocessing import active_children
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.extraction_file import Line, make_line
from graph.handfuls import AHEAD, MOST
from graph.processes import WorkerProcess
from graph.product import Product
from graph.read import state_properties
from graph.readers.inputs import Input, find_inputs
from graph.records import Skipped
from graph.workers import count_workers, make_each, make_from_paths, process_inputs
from tests.worker_standins import obey


@pytest.fixture(scope="module")
def collection(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with documents of several formats, a table about them, and some that cannot be read."""
    folder = tmp_path_factory.mktemp("collection")
    for path in sorted((root / "seeds/documents").glob("*.md"))[:2]:
        (folder / path.name).write_bytes(path.read_bytes())
    (folder / "a.html").write_text("<p>Lowmoor Care Trust works with Lowmoor Council.</p>", encoding="utf-8")
    (folder / "b.txt").write_text("Kent works with Essex.", encoding="utf-8")
    (folder / "empty.txt").touch()
    (folder / "scan.pdf").write_bytes(b"none")
    (folder / "metadata.csv").write_text("name,title,date\nb.txt,Bees,2007-04\n", encoding="utf-8")
    return folder


def list_inputs(*paths: Path) -> list[Input | Skipped]:
    return list(state_properties(find_inputs(paths)))


def test_the_same_with_any_number_of_workers_and_in_this_process(collection: Path) -> None:
    inputs = list_inputs(collection)
    here, *others = (list(process_inputs(inputs, workers=workers)) for workers in (0, 1, 2, 4))
    assert [made.name for made in here] == [item.name for item in inputs]
    assert {type(made) for made in here} == {Product, Skipped}
    assert [made.name for made in here if isinstance(made, Skipped)] == ["empty.txt", "scan.pdf"]
    [bees] = [made for made in here if made.name == "b.txt"]
    assert isinstance(bees, Product)
    assert '"title": "Bees", "date": "2007-04"' in bees.line
    assert all(other == here for other in others)


@settings(max_examples=8)
@given(
    pauses=st.lists(st.sampled_from([None, 0, 0.02, 0.2]), max_size=30),
    workers=st.integers(1, 4),
)
def test_results_come_in_the_order_of_the_inputs(
    pauses: list[float | None], workers: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """However long each takes, and whatever was passed over before."""
    folder = tmp_path_factory.mktemp("pauses")
    inputs: list[Input | Skipped] = []
    for number, pause in enumerate(pauses):
        path = folder / f"{number}.txt"
        path.write_text(f"sleep {pause}", encoding="utf-8")
        inputs.append(Skipped(str(number), "none") if pause is None else Input(str(number), path))
    told: list[tuple[int, str]] = []
    found = list(make_each(inputs, obey, workers=workers, progress=lambda *done: told.append(done)))
    assert [made.name for made in found] == [item.name for item in inputs]
    assert [isinstance(made, Skipped) for made in found] == [pause is None for pause in pauses]
    assert told == [(number, item.name) for number, item in enumerate(inputs, start=1)]


@pytest.mark.parametrize("workers", [1, 3])
def test_no_more_than_a_few_are_under_way(workers: int, tmp_path: Path) -> None:
    """The inputs have no end, so that a run that reads them all never comes to one."""
    path = tmp_path / "a.txt"
    path.write_text("fine", encoding="utf-8")
    read = 0

    def endless() -> Iterator[Input]:
        nonlocal read
        for read in count(1):
            yield Input(f"{read}.txt", path)

    with closing(make_each(endless(), obey, workers=workers)) as found:
        for done in range(1, 200):
            assert next(found).name == f"{done}.txt"
            assert read <= done + AHEAD * MOST * workers
    assert not [process for process in active_children() if isinstance(process, WorkerProcess)]


def test_as_many_workers_as_there_is_text_for(collection: Path, tmp_path: Path) -> None:
    from graph.processes import count_processors

    assert count_workers(list_inputs(collection)) == 1
    assert count_workers(list_inputs(collection / "b.txt")) == 1
    (tmp_path / "long.txt").write_text("word " * 100_000, encoding="utf-8")
    assert count_workers(list_inputs(tmp_path / "long.txt")) == 1
    for number in range(3):
        (tmp_path / f"{number}.txt").write_text("word " * 30_000, encoding="utf-8")
    assert count_workers(list_inputs(tmp_path)) == min(count_processors(), 4)
    assert count_workers([Skipped("a", "b")]) == 1
    assert count_workers([]) == 1


def test_lines_of_a_collection(collection: Path) -> None:
    totals: list[int] = []

    class Told:
        def expect(self, total: int) -> None:
            totals.append(total)

        def __call__(self, count: int, name: str) -> None:
            totals.append(count)

    found = list(make_from_paths([collection], make_line, workers=2, progress=Told()))
    products = list(process_inputs(list_inputs(collection), workers=0))
    assert totals == [len(found), *range(1, len(found) + 1)]
    assert [made.text for made in found if isinstance(made, Line)] == [
        made.line for made in products if isinstance(made, Product)
    ]
