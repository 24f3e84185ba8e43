"""Sort and change files of lines in the order of their bytes, in memory that does not grow with the file."""

from __future__ import annotations

import heapq
import mmap
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import IO

RUN = 32 << 20
"""Bytes of lines that are sorted in memory at a time."""
_AT_ONCE = 128  # files that are merged at a time, under the number that systems let a process open
_PIECE = 1 << 20


def sort_lines(pieces: Iterable[bytes], folder: Path, *, run: int = RUN) -> Iterator[bytes]:
    """Yield all lines, each once, in the order of their bytes: an external merge of sorted runs.

    Args:
        pieces: of whole lines, each with its line break.
        folder: for files that are gone when the last line has been given.
        run: bytes that are sorted in memory at a time.
    """
    with tempfile.TemporaryDirectory(prefix="caregraph-", dir=folder) as scratch:
        files: list[Path] = []
        waiting: list[bytes] = []
        size = 0
        for piece in pieces:
            waiting.append(piece)
            size += len(piece)
            if size >= run:
                files.append(_write_run(_sort_run(waiting), Path(scratch), len(files)))
                waiting, size = [], 0
        number = len(files)
        while len(files) > _AT_ONCE:
            merged = [_merge(files[at : at + _AT_ONCE]) for at in range(0, len(files), _AT_ONCE)]
            files = [_write_run(lines, Path(scratch), number + n) for n, lines in enumerate(merged)]
            number += len(files)
        yield from _merge(files, _sort_run(waiting))


def splice_lines(old: Path, stream: IO[bytes], *, without: Iterable[bytes], new: Iterable[bytes]) -> None:
    """Write a sorted file with some lines left out and others put in; what lies between is copied in blocks.

    Args:
        old: the file, its lines in the order of their bytes, each once.
        stream: gets the changed file.
        without: lines to leave out; what the file does not hold is passed over.
        new: lines to put in; what the file holds already stays once.
    """
    edits = sorted([(line, False) for line in set(without)] + [(line, True) for line in set(new)])
    with old.open("rb") as file:
        if old.stat().st_size == 0:  # which cannot be mapped
            stream.writelines(line for line, put_in in edits if put_in)
            return
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as lines:
            at = 0
            for line, put_in in edits:
                start = _find(lines, line, at)
                _copy(lines, stream, at, start)
                held = lines[start : start + len(line)] == line
                at = start + len(line) if held else start
                if put_in:
                    stream.write(line)
            _copy(lines, stream, at, len(lines))


def compare_lines(one: Iterable[bytes], other: Iterable[bytes]) -> Iterator[tuple[bytes, bool]]:
    """Yield each line that only one of two sorted sequences has, and whether it is the first of them.

    >>> list(compare_lines([b"a", b"b"], [b"b", b"c"]))
    [(b'a', True), (b'c', False)]
    """
    before: tuple[bytes, bool] | None = None
    for item in heapq.merge(((line, True) for line in one), ((line, False) for line in other)):
        if before is None:
            before = item
        elif before[0] == item[0]:
            before = None
        else:
            yield before
            before = item
    if before is not None:
        yield before


def _sort_run(pieces: Sequence[bytes]) -> list[bytes]:
    return sorted({line for piece in pieces for line in piece.splitlines(keepends=True)})


def _write_run(lines: Iterable[bytes], folder: Path, number: int) -> Path:
    path = folder / str(number)
    with path.open("wb") as file:
        file.writelines(lines)
    return path


def _merge(files: Sequence[Path], *others: Iterable[bytes]) -> Iterator[bytes]:
    for line, _ in groupby(heapq.merge(*map(_read_run, files), *others)):
        yield line


def _read_run(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        yield from file
    path.unlink()


def _find(lines: mmap.mmap, wanted: bytes, low: int) -> int:
    """Return where the first line that is not before ``wanted`` starts, from the start of a line ``low``."""
    high = len(lines)
    while low < high:
        middle = lines.rfind(b"\n", low, (low + high) // 2) + 1 or low
        end = lines.find(b"\n", middle) + 1
        if lines[middle:end] < wanted:
            low = end
        else:
            high = middle
    return low


def _copy(lines: mmap.mmap, stream: IO[bytes], start: int, end: int) -> None:
    for at in range(start, end, _PIECE):
        stream.write(lines[at : min(end, at + _PIECE)])
