"""Files that change as one: read before, amid and after the moves; what is staged counts for nobody."""

from __future__ import annotations

import contextlib
import sys
from pathlib import Path

import pytest

from graph.commit import (
    READY,
    STAGING,
    TOLD,
    commit_files,
    end_commit,
    hold_file,
    locate_file,
    open_file,
    place_files,
    read_steadily,
    stage_files,
)
from graph.errors import StoreError


def read(out: Path) -> list[str]:
    found = []
    for name in ("graph.nq", "store/current"):
        with open_file(out, name) as stream:
            found.append(stream.read().decode())
        assert locate_file(out, name).read_text() == found[-1]
    return found


@pytest.fixture
def out(tmp_path: Path) -> Path:
    (tmp_path / "store").mkdir()
    for name in ("graph.nq", "store/current"):
        (tmp_path / name).write_text("old")
    return tmp_path


def stage(folder: Path) -> None:
    (folder / "store").mkdir()
    for name in ("graph.nq", "store/current", "manifest.json", TOLD):
        (folder / name).write_text("new")


def test_readers_see_all_or_nothing_of_it(out: Path) -> None:
    with stage_files(out) as folder:
        stage(folder)
        assert read(out) == ["old", "old"]
        commit_files(out)
    assert read(out) == ["new", "new"]
    (out / READY / "graph.nq").replace(out / "graph.nq")  # as if it were broken off here
    assert read(out) == ["new", "new"]
    place_files(out)
    assert [(out / name).read_text() for name in ("graph.nq", "store/current", "manifest.json")] == [
        "new"
    ] * 3
    end_commit(out)
    assert read(out) == ["new", "new"]
    assert sorted(path.name for path in out.iterdir()) == ["graph.nq", "manifest.json", "store"]


def test_what_is_not_committed_is_gone(out: Path) -> None:
    (out / STAGING).mkdir()
    (out / STAGING / "left").touch()
    with contextlib.suppress(KeyError), stage_files(out) as folder:
        assert list(folder.iterdir()) == []
        stage(folder)
        raise KeyError
    assert read(out) == ["old", "old"]
    assert sorted(path.name for path in out.iterdir()) == ["graph.nq", "store"]


def test_what_cannot_be_cleared_away_is_told(out: Path) -> None:
    (out / STAGING).touch()
    with pytest.raises(StoreError, match=rf"{STAGING}: cannot be cleared away; remove it"), stage_files(out):
        pytest.fail("nothing is to be staged beside what is left")


def test_what_is_read_from_several_files_is_read_again_if_they_change(out: Path) -> None:
    times: list[int] = []

    def look() -> list[str]:
        times.append(len(times))
        found = read(out)
        if len(times) < 3:
            (out / "new").write_text(f"new {len(times)}")
            (out / "new").replace(out / "graph.nq")
        if len(times) == 2:
            raise StoreError("it was being replaced")
        return found

    assert read_steadily(out, look) == ["new 2", "old"]
    assert len(times) == 3


def test_what_changes_without_end_is_told(out: Path) -> None:
    def look() -> None:
        (out / "graph.nq").unlink()
        (out / "graph.nq").write_text("x" * len(list(out.iterdir())))
        (out / f"{len(list(out.iterdir()))}").touch()

    with pytest.raises(StoreError, match="built again and again"):
        read_steadily(out, look)


def test_fault_that_no_change_explains_is_raised(out: Path) -> None:
    def look() -> None:
        raise StoreError("damaged")

    with pytest.raises(StoreError, match="damaged"):
        read_steadily(out, look)


def test_file_that_is_held_stays_the_same(out: Path) -> None:
    with hold_file(out, "graph.nq") as path:
        assert (path != out / "graph.nq") == (sys.platform == "linux")
        (out / "new").write_text("new")
        (out / "new").replace(out / "graph.nq")
        assert path.read_text() == ("old" if path != out / "graph.nq" else "new")
    with hold_file(out, "none") as path:
        assert path == out / "none"
