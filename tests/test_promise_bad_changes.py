"""Files that change while they are read: one line at most, and the rest goes on.

A change is made at a certain moment: when the folder has been listed, or amid one of the three times that a
build reads a new document (to tell whether it is known, to extract it, and to see that it is still the same).
"""

# ruff: noqa: E501 - cases a line each

from __future__ import annotations

import itertools
import os
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

import pytest

from graph import building, read
from graph.cli import run_command
from graph.errors import DocumentError
from graph.extract import load_resources
from graph.read import LIMITS, read_bytes
from graph.readers.content import Limits
from graph.readers.inputs import Input, InputList, find_inputs
from tests.build_histories import TEXTS, build_here, read_build
from tests.effort import effort
from tests.nasty_runs import measure_files
from tests.refusals import ADVICE

pytestmark = [
    pytest.mark.promise,
    pytest.mark.skipif(sys.platform != "linux", reason="open files as Linux has them"),
]

Change = Callable[[Path], None]
MOST_SECONDS, MOST_MEMORY = 40.0, 1 << 30
TEXT = TEXTS[0] + "\n" + "The council meets in May. " * 20 + "\n\n" + TEXTS[2]


def replace(path: Path, text: str = TEXTS[1]) -> None:
    path.with_name(".other").write_text(text, encoding="utf-8")
    path.with_name(".other").replace(path)


def grow(path: Path) -> None:
    with path.open("a", encoding="utf-8") as file:
        file.write(TEXT)


def become(make: Change) -> Change:
    def change(path: Path) -> None:
        path.unlink()
        make(path)

    return change


CHANGES: dict[str, Change] = {
    "grows": grow,
    "grows beyond every limit": lambda path: os.truncate(path, LIMITS.max_bytes + 10),
    "shrinks": lambda path: os.truncate(path, 70),
    "is emptied": lambda path: os.truncate(path, 0),
    "is replaced": replace,
    "is removed": Path.unlink,
    "becomes a folder": become(Path.mkdir),
    "becomes a pipe": become(os.mkfifo),
    "becomes a device": become(lambda path: path.symlink_to("/dev/zero")),
    "becomes the terminal": become(lambda path: path.symlink_to("/dev/tty")),
    "becomes a link to itself": become(lambda path: path.symlink_to(path)),
}
MOMENTS = ("listed", "known?", "extracted", "the same?")
ALL = [*itertools.product(CHANGES, range(len(MOMENTS)))]
TRIED = Random(7).sample(ALL, effort(3, len(ALL)))


@pytest.fixture(scope="module", autouse=True)
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        build_here(patch, tmp_path_factory.mktemp("register"))
        yield
    load_resources.cache_clear()


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    folder = tmp_path / "docs"
    folder.mkdir()
    (folder / "good.txt").write_text(TEXTS[2], encoding="utf-8")
    (folder / "moving.txt").write_text(TEXT, encoding="utf-8")
    return folder


def change_amid(patch: pytest.MonkeyPatch, path: Path, changes: dict[int, Change]) -> list[int]:
    """Let a file change at some of its readings, when it is open and nothing of it was read.

    Returns:
        A list that gets the number of each reading, from 1.
    """
    fstat, seen = os.fstat, list[int]()

    def look(handle: int) -> os.stat_result:
        status = fstat(handle)
        if Path(f"/proc/self/fd/{handle}").readlink() == path:
            seen.append(len(seen) + 1)
            if change := changes.get(seen[-1]):
                change(path)
        return status

    patch.setattr(os, "fstat", look)
    return seen


def run(*words: object) -> None:
    assert run_command([str(word) for word in words]) == 0


@pytest.mark.parametrize(("change", "moment"), TRIED, ids=[f"{c} when {MOMENTS[m]}" for c, m in TRIED])
def test_a_document_that_changes_under_a_build_costs_itself_alone(
    change: str, moment: int, docs: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    path, out = docs / "moving.txt", tmp_path / "out"
    with pytest.MonkeyPatch.context() as patch:
        if moment:
            seen = change_amid(patch, path, {moment: CHANGES[change]})
        else:

            def list_and_change(*given: object, **options: object) -> InputList:
                found = find_inputs(*given, **options)  # type: ignore[arg-type] # as they are
                CHANGES[change](path)
                return found

            patch.setattr(building, "find_inputs", list_and_change)
        run("build", docs, "-o", out)
    said = [line for line in capfd.readouterr().err.splitlines() if line.startswith("skipped ")]
    assert len(said) <= 1
    for line in said:
        assert line.startswith("skipped moving.txt: ")
        assert ADVICE.search(line), line
    assert not moment or seen
    lines = (out / "extraction.jsonl").read_text(encoding="utf-8")
    assert '"good.txt"' in lines
    assert ('"moving.txt"' in lines) != bool(said)
    run("build", docs, "-o", out)
    run("build", docs, "-o", tmp_path / "fresh")
    assert read_build(out) == read_build(tmp_path / "fresh"), "nothing of what was there for a moment stays"
    run("verify", out)


def test_a_document_that_was_another_for_a_moment_is_read_again(docs: Path, tmp_path: Path) -> None:
    """The build sees the same bytes before and after, and has extracted others."""
    path, kept = docs / "moving.txt", docs / ".kept"
    kept.hardlink_to(path)

    def put_back(path: Path) -> None:
        kept.rename(path)

    with pytest.MonkeyPatch.context() as patch:
        seen = change_amid(patch, path, {1: replace, 2: put_back})
        run("build", docs, "-o", tmp_path / "out")
    assert seen[:2] == [1, 2]
    assert path.read_text(encoding="utf-8") == TEXT
    run("build", docs, "-o", tmp_path / "out")
    run("build", docs, "-o", tmp_path / "fresh")
    assert read_build(tmp_path / "out") == read_build(tmp_path / "fresh")


@pytest.mark.parametrize("change", CHANGES)
def test_a_file_that_changes_while_it_is_read_gives_bytes_or_one_line(change: str, tmp_path: Path) -> None:
    """Amid the reading and before it; never more bytes than a document may have and one, which tells that it has."""
    gone = change.startswith(("becomes", "is removed", "grows beyond"))
    for before in (False, True):
        path, reason = tmp_path / f"{before}.txt", ""
        path.write_text(TEXT, encoding="utf-8")
        with pytest.MonkeyPatch.context() as patch:
            if before:
                CHANGES[change](path)
            else:
                change_amid(patch, path, {1: CHANGES[change]})
            try:
                assert len(read_bytes(Input(path.name, path))) <= LIMITS.max_bytes + 1
            except DocumentError as error:
                reason = error.reason
        assert bool(reason) == (before and gone), reason
        assert not reason or ADVICE.search(reason), reason


def test_a_table_of_properties_that_goes_while_it_is_looked_for_costs_a_line(
    docs: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    table = docs / "metadata.csv"
    table.write_text("name,title\ngood.txt,Good\n", encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(read, "METADATA", table.name)
        is_file = Path.is_file

        def look(path: Path) -> bool:
            found = is_file(path)
            path.unlink(missing_ok=True) if path == table else None
            return found

        patch.setattr(Path, "is_file", look)
        run("build", docs, "-o", tmp_path / "out")
    [line] = [line for line in capfd.readouterr().err.splitlines() if line.startswith("skipped ")]
    assert line == (
        "skipped metadata.csv: cannot be opened: No such file or directory; check the path; its documents go without"
    )


@contextmanager
def growing(path: Path, most: int) -> Iterator[None]:
    """Let something write to a file all the time, as fast as it can; it begins anew where it is so many bytes long."""
    ended = threading.Event()

    def go_on() -> None:
        with path.open("ab", buffering=0) as file:
            while not ended.is_set():
                file.write(TEXT.encode())
                if file.tell() > most:
                    file.truncate(0)
                time.sleep(0.0002)  # or nobody else gets a turn

    writer = threading.Thread(target=go_on)
    writer.start()
    try:
        yield
    finally:
        ended.set()
        writer.join()


@pytest.mark.thorough
def test_a_file_that_grows_and_is_cut_all_the_time_costs_no_more_than_another(tmp_path: Path) -> None:
    """While it is read and extracted, as a worker does it."""
    path, names = tmp_path / "grows.txt", ("grows.txt", "grows.html", "grows.md")
    path.write_text(TEXT, encoding="utf-8")
    for name in names[1:]:
        (tmp_path / name).hardlink_to(path)
    with growing(path, 200_000):
        costs = measure_files(tmp_path, [*names, *names])
    assert {cost.name for cost in costs} == {*names}
    for cost in costs:
        assert cost.seconds <= MOST_SECONDS
        assert cost.memory <= MOST_MEMORY
        assert not cost.line or ADVICE.search(cost.line), cost


def test_a_file_that_grows_without_end_is_read_to_an_end(tmp_path: Path) -> None:
    """Up to the limit for a document and one byte more, which tells that it has more."""
    path, sizes, told = tmp_path / "grows.txt", set[int](), False
    path.write_text(TEXT, encoding="utf-8")
    limits = Limits(max_bytes=100_000)
    with growing(path, 1 << 30):
        for _ in range(2000):
            try:
                data = read_bytes(Input(path.name, path), limits=limits)
            except DocumentError as error:
                told = "is over the limit of 100,000 bytes" in error.reason
                break
            sizes.add(len(data))
    assert told or len(sizes) > 1, "it grew"
    assert max(sizes, default=0) <= limits.max_bytes + 1
