"""What the commands share: progress on standard error, results on standard output or in a file."""

from __future__ import annotations

import codecs
import io
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import IO, Any, cast

from graph.room import tell_full

STANDARD = "-"
"""Stands for standard input or standard output where a file is asked for."""

SIGNALS = signal.SIGINT, signal.SIGTERM

PIECE = 1 << 15
"""Characters; Python may miss that a pipe was closed while it writes something much longer."""


class Bar:
    """How far a run over documents is, and how fast it goes; a silent one until it is given a bar to draw."""

    def __init__(self, draw: Callable[..., None] | None = None) -> None:
        self._draw = draw

    def expect(self, total: int) -> None:
        """Take in how many documents there will be."""
        if self._draw:
            self._draw(total=total)

    def __call__(self, count: int, name: str) -> None:
        """Take in how many are done, and the name of the last."""
        if self._draw:
            self._draw(completed=count, name=name)


@contextmanager
def show_progress(doing: str, *, quiet: bool = False) -> Iterator[Bar]:
    """Give a bar to tell of each document that is done, shown on standard error if it is a terminal.

    Args:
        doing: what goes on, as in "Reading".
        quiet: whether to show nothing.
    """
    if quiet or not sys.stderr.isatty():
        yield Bar()
        return
    from rich.console import Console

    from graph.progress_bar import make_bar

    # Results that go elsewhere must not be drawn above the bar, as rich would have it.
    with make_bar(doing, Console(stderr=True)) as bar:
        task = bar.add_task(doing, total=None, name="")
        yield Bar(partial(bar.update, task))


class Stopped(Exception):  # noqa: N818 - nothing went wrong
    """A person or the system stopped what went on; ``code`` is what the process should exit with."""

    def __init__(self, said: str, code: int) -> None:
        super().__init__(said)
        self.code = code


@dataclass
class _Writing:
    """Whether a line is under way, and whether somebody wants to stop when it is whole."""

    is_on: bool = False
    ends: bool = False


_writing = _Writing()


@contextmanager
def whole() -> Iterator[None]:
    """Let a stop wait until what is written here is whole; a second signal does not wait.

    A line longer than the buffer of a pipe is written while its reader reads, and would be cut.
    """
    _writing.is_on, _writing.ends = True, False
    try:
        yield
    finally:
        _writing.is_on = False
    if _writing.ends:
        _ignore_signals()
        raise KeyboardInterrupt


def _ignore_signals() -> None:
    for each in SIGNALS:
        signal.signal(each, signal.SIG_IGN)


@contextmanager
def stoppable(kept: str) -> Iterator[None]:
    """Let Ctrl-C and SIGTERM stop what goes on here, and give it time to clear up.

    Once it is stopped, a further signal changes nothing: clearing up takes less than a second.

    Args:
        kept: what is kept, and how to go on.

    Raises:
        Stopped: one of them came, and all is cleared up.
    """
    if threading.current_thread() is not threading.main_thread():  # signals go to that one alone
        yield
        return
    came = signal.SIGINT

    def stop(number: int, frame: object) -> None:
        nonlocal came
        came = signal.Signals(number)
        if _writing.is_on and not _writing.ends:
            _writing.ends = True
            return
        _ignore_signals()
        raise KeyboardInterrupt

    before = {each: signal.signal(each, stop) for each in SIGNALS}
    try:
        yield
    except KeyboardInterrupt:
        raise Stopped(f"stopped; {kept}", 128 + came) from None
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)


def tell(line: str, *, quiet: bool = False) -> None:
    """Say one line to the person at the terminal, on standard error, unless they asked for quiet."""
    if not quiet:
        print(keep_line(line), file=sys.stderr, flush=True)  # noqa: T201 - this is where the commands speak


def keep_line(text: str) -> str:
    """Make a text one line that a terminal shows and does not obey."""
    if text.isascii() and text.isprintable():  # as most are, and what follows takes time to load
        return text
    from graph.text_tables import make_safe

    return make_safe(text)


def write_result(text: str, stream: IO[str] | None = None, *, safe: bool = False) -> None:
    """Write a result to standard output, or to ``stream``, in pieces: a reader may leave at any of them.

    A file or a pipe gets every character as it is, a terminal those written out that it would obey.

    Args:
        text: the result.
        stream: to write to.
        safe: whether the text is made for a terminal, and holds colours that it is to obey.
    """
    target = stream or sys.stdout
    if not safe and target.isatty():
        from graph.text_tables import show_controls

        text = show_controls(text)
    for start in range(0, len(text), PIECE):
        target.write(text[start : start + PIECE])


class _Shown(io.RawIOBase):
    """Standard output for bytes of a text in UTF-8, where it is a terminal: shown, and not obeyed."""

    def __init__(self) -> None:
        self._decoder = codecs.getincrementaldecoder("utf-8")("backslashreplace")

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        piece = bytes(data)
        write_result(self._decoder.decode(piece))
        return len(piece)


def open_bytes() -> IO[bytes]:
    """Give standard output for bytes; a terminal gets text, as ``write_result`` writes it."""
    return cast("IO[bytes]", _Shown()) if sys.stdout.isatty() else sys.stdout.buffer


@contextmanager
def open_output(path: str) -> Iterator[IO[str]]:
    """Open a file to write UTF-8 text to, or standard output when ``path`` is ``-``.

    The file appears when all is written: a command that fails leaves the old one as it was. What is no
    ordinary file (``/dev/null``) is written to: a file in its place would harm the whole system.
    """
    if path == STANDARD:
        yield sys.stdout
        return
    target = Path(path)
    with tell_full(target):
        if target.exists() and not target.is_file():
            with target.open("w", encoding="utf-8", newline="\n") as stream:
                yield stream
            return
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
        import shutil

        return shutil.get_terminal_size().columns
    return None


def shows_colour() -> bool:
    """Say whether standard output is a terminal that shows colour, and whose owner did not switch it off."""
    unwanted = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return sys.stdout.isatty() and not unwanted
