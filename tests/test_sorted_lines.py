"""Lines sorted and changed in files: what a set of them gives, whatever the size of what is in memory."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph import sorted_lines
from graph.sorted_lines import sort_lines, splice_lines

LINE = st.binary(max_size=4).map(lambda text: text.replace(b"\n", b"").replace(b"\r", b"") + b"\n")
LINES = st.lists(LINE, max_size=40)


@given(st.lists(LINES.map(b"".join), max_size=12), st.integers(1, 40))
def test_sorting_gives_each_line_once_in_order(tmp: Path, pieces: list[bytes], run: int) -> None:
    given_lines = {line for piece in pieces for line in piece.splitlines(keepends=True)}
    assert list(sort_lines(pieces, tmp, run=run)) == sorted(given_lines)
    assert not list(tmp.iterdir())


def test_more_runs_than_files_may_be_open_are_merged_in_turns(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sorted_lines, "_AT_ONCE", 3)
    pieces = [b"%03d\n%03d\n" % (number * 7 % 50, number) for number in range(50)]
    assert list(sort_lines(pieces, tmp_path, run=1)) == [b"%03d\n" % number for number in range(50)]


@given(st.sets(LINE), LINES, LINES)
def test_splicing_gives_the_changed_set_in_order(
    tmp: Path, old: set[bytes], without: list[bytes], new: list[bytes]
) -> None:
    path = tmp / "old"
    path.write_bytes(b"".join(sorted(old)))
    stream = io.BytesIO()
    splice_lines(path, stream, without=without, new=new)
    path.unlink()
    assert stream.getvalue() == b"".join(sorted((old - set(without)) | set(new)))


@pytest.fixture(scope="module")
def tmp(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("lines")
