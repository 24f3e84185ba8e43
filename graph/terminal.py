"""What the commands share: progress on standard error, results on standard output or in a file."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from graph.errors import CaregraphError

STANDARD = "-"
"""Stands for standard input or standard output where a file is asked for."""

PIECE = 1 << 15
"""Characters; Python may miss that a pipe was closed while it writes something much longer."""


@contextmanager
def show_progress(doing: str, *, quiet: bool = False) -> Iterator[Callable[[int, str], None]]:
    """Give a function to call with a count and a name, which are shown on standard error if it is a terminal.

    Args:
        doing: what goes on, as in "Reading".
        quiet: whether to show nothing.
    """
    if quiet or not sys.stderr.isatty():
        yield lambda count, name: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    state = TextColumn("{task.fields[state]}", markup=False)
    columns = TextColumn(doing), BarColumn(), state, TimeElapsedColumn()
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(doing, total=None, state="")
        yield lambda count, name: bar.update(task, state=f"{count} documents, last {name}")


def tell(line: str, *, quiet: bool = False) -> None:
    """Say one line to the person at the terminal, on standard error, unless they asked for quiet."""
    if not quiet:
        print(line, file=sys.stderr, flush=True)  # noqa: T201 - this is where the commands speak


def write_result(text: str, stream: IO[str] | None = None) -> None:
    """Write a result to standard output, or to ``stream``, in pieces: a reader may leave at any of them."""
    target = stream or sys.stdout
    for start in range(0, len(text), PIECE):
        target.write(text[start : start + PIECE])


def read_text(path: str) -> str:
    """Return the text of a UTF-8 file, or of standard input when ``path`` is ``-``.

    Raises:
        CaregraphError: it is not UTF-8.
    """
    try:
        content = sys.stdin.buffer.read() if path == STANDARD else Path(path).read_bytes()
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CaregraphError(f"{path}: is not UTF-8 text; save it as UTF-8 and try again") from error


@contextmanager
def open_output(path: str) -> Iterator[IO[str]]:
    """Open a file to write UTF-8 text to, or standard output when ``path`` is ``-``.

    The file appears when all is written: a command that fails leaves the old one as it was.
    """
    if path == STANDARD:
        yield sys.stdout
        return
    target = Path(path)
    part = target.with_name(f".{target.name}.part")
    try:
        with part.open("w", encoding="utf-8", newline="\n") as stream:
            yield stream
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


def measure_width() -> int | None:
    """Return the columns to fold tables to: the terminal's, or ``COLUMNS``; None for a file or a pipe."""
    if sys.stdout.isatty() or os.environ.get("COLUMNS", "").isdecimal():
        return shutil.get_terminal_size().columns
    return None


def shows_colour() -> bool:
    """Say whether standard output is a terminal that shows colour, and whose owner did not switch it off."""
    unwanted = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return sys.stdout.isatty() and not unwanted
