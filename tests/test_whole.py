"""Files and folders appear whole or not at all, and zip files are the same each time."""

from __future__ import annotations

import errno
import io
import os
import zipfile
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import IO

import pytest

from graph.errors import StoreError
from graph.export.whole import fill_file, fill_folder, pack_folder
from graph.room import FULL

Fill = Callable[[Path], AbstractContextManager[object]]


class BrokenError(Exception):
    pass


def break_off(stream: IO[bytes]) -> None:
    stream.write(b"half")
    raise BrokenError


def test_a_file_is_the_old_one_until_the_new_one_is_whole(tmp_path: Path) -> None:
    target = tmp_path / "a"
    target.write_bytes(b"old")
    with pytest.raises(BrokenError), fill_file(target) as stream:
        break_off(stream)
    assert target.read_bytes() == b"old"
    with fill_file(target) as stream:
        stream.write(b"new")
        assert target.read_bytes() == b"old"
    assert target.read_bytes() == b"new"
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such pipes")
def test_a_pipe_is_written_to_and_stays(tmp_path: Path) -> None:
    target = tmp_path / "pipe"
    os.mkfifo(target)
    reader = os.open(target, os.O_RDONLY | os.O_NONBLOCK)
    try:
        with fill_file(target) as stream:
            stream.write(b"new")
        assert target.is_fifo()
        assert os.read(reader, 9) == b"new"
    finally:
        os.close(reader)


@pytest.mark.parametrize("fill", [fill_file, fill_folder])
def test_a_full_disk_is_told_as_everywhere(fill: Fill, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=f"a: {FULL}$"), fill(tmp_path / "a"):
        raise OSError(errno.ENOSPC, "No space left on device")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_is_the_old_one_until_the_new_one_is_whole(tmp_path: Path) -> None:
    target = tmp_path / "a"
    with fill_folder(target) as folder:
        (folder / "one").write_bytes(b"1")
        assert not target.exists()
    with pytest.raises(BrokenError), fill_folder(target) as folder, (folder / "one").open("wb") as stream:
        break_off(stream)
    assert (target / "one").read_bytes() == b"1"
    with fill_folder(target) as folder:
        (folder / "one").write_bytes(b"3")
        (folder / "two").write_bytes(b"4")
    assert {path.name: path.read_bytes() for path in target.iterdir()} == {"one": b"3", "two": b"4"}
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_a_folder_that_cannot_be_put_in_place_leaves_the_old_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "a"
    with fill_folder(target) as folder:
        (folder / "one").write_bytes(b"1")
    rename = Path.rename

    def refuse(path: Path, to: Path) -> Path:
        if path.name.endswith(".part"):
            raise PermissionError(13, "Permission denied")
        return rename(path, to)

    monkeypatch.setattr(Path, "rename", refuse)
    with (
        pytest.raises(StoreError, match=r"a: cannot be written \(Permission denied"),
        fill_folder(target) as folder,
    ):
        (folder / "one").write_bytes(b"2")
    assert (target / "one").read_bytes() == b"1"
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


@pytest.mark.parametrize("kind", ["file", "folder with more", "no folder above"])
def test_what_would_be_lost_or_cannot_be_written_is_refused(kind: str, tmp_path: Path) -> None:
    target = tmp_path / "above" / "a"
    if kind != "no folder above":
        target.parent.mkdir()
    if kind == "file":
        target.write_bytes(b"mine")
    elif kind == "folder with more":
        target.mkdir()
        (target / "thesis.doc").write_bytes(b"mine")
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(StoreError, match=r"above.a: "), fill_folder(target) as folder:
        (folder / "one").write_bytes(b"1")
    assert sorted(tmp_path.rglob("*")) == before


class OneWay(io.RawIOBase):
    """A stream that can only be written to, like a pipe."""

    def __init__(self) -> None:
        self.content = b""

    def writable(self) -> bool:
        return True

    def write(self, piece: object) -> int:
        self.content += bytes(piece)  # type: ignore[call-overload]
        return len(bytes(piece))  # type: ignore[call-overload]


def test_a_zip_file_does_not_tell_when_or_through_what_it_was_written(tmp_path: Path) -> None:
    for name in ("b", "a"):
        (tmp_path / name).write_text(name * 1000, encoding="utf-8")
        os.utime(tmp_path / name, (1e9, 1e9))
    first, second = io.BytesIO(), OneWay()
    pack_folder(tmp_path, first)
    os.utime(tmp_path / "a", (1.5e9, 1.5e9))
    (tmp_path / "b").chmod(0o600)
    pack_folder(tmp_path, second)  # type: ignore[arg-type]
    assert first.getvalue() == second.content
    with zipfile.ZipFile(first) as packed:
        assert packed.namelist() == ["a", "b"]
        assert packed.read("b") == b"b" * 1000
