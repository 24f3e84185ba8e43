"""The progress bar: how many of how many documents, how many a second, how long it will take, the last."""

from __future__ import annotations

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderResult
from rich.progress import BarColumn, Progress, ProgressColumn, Task, TextColumn
from rich.table import Column
from rich.text import Text

from graph.text_tables import make_safe


class Done(ProgressColumn):
    """How many documents are done, of how many."""

    def render(self, task: Task) -> Text:
        """Write it as a person would."""
        of = f" of {task.total:,.0f}" if task.total else ""
        return Text(f"{task.completed:,.0f}{of} documents", style="progress.download")


class Rate(ProgressColumn):
    """How many documents a second, or a minute where that is more telling."""

    def render(self, task: Task) -> Text:
        """Write it as a person would."""
        speed = task.finished_speed or task.speed
        return Text(write_rate(speed) if speed else "", style="progress.data.speed")


class Left(ProgressColumn):
    """How long it will take."""

    max_refresh = 0.5

    def render(self, task: Task) -> Text:
        """Write it as a person would."""
        seconds = task.time_remaining
        known = seconds is not None and task.completed > 0 and not task.finished
        return Text(f"{write_time(seconds)} left" if known and seconds else "", style="progress.remaining")


class Last(ProgressColumn):
    """The last document's name; where it is too long, the end of it, which tells files apart."""

    def render(self, task: Task) -> Tail:
        """Return what fits itself into the rest of the line."""
        return Tail(task.fields["name"])


class Tail:
    """A text that shows its end where there is little room."""

    def __init__(self, text: str) -> None:
        self._text = make_safe(text)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Write as much of the end as there is room for."""
        room = max(options.max_width, 1)
        cut = self._text if cell_len(self._text) <= room else "…" + self._text[1 - room or len(self._text) :]
        yield Text(cut, style="dim", no_wrap=True, overflow="crop")


def write_rate(speed: float) -> str:
    """Write documents per second in few digits.

    >>> [write_rate(speed) for speed in (1234.5, 12.34, 1.5, 0.05)]
    ['1,234/s', '12/s', '1.5/s', '3.0/min']
    """
    number, unit = (60 * speed, "min") if speed < 1 else (speed, "s")
    return f"{number:,.0f}/{unit}" if number >= 10 else f"{number:.1f}/{unit}"


def write_time(seconds: float) -> str:
    """Write a time that is left, in two units at most.

    >>> [write_time(seconds) for seconds in (0.4, 75, 3700, 200_000)]
    ['0 s', '1 min 15 s', '1 h 1 min', '55 h 33 min']
    """
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60} s"
    return f"{whole // 3600} h {whole % 3600 // 60} min"


def make_bar(doing: str, console: Console) -> Progress:
    """Make a bar that goes when it is done, and that leaves standard output alone.

    Args:
        doing: what goes on, as in "Reading".
        console: the terminal to draw on; a narrow one shows less of the last document's name.
    """
    return Progress(
        TextColumn(doing, markup=False),
        BarColumn(bar_width=16),
        Done(),
        Rate(),
        Left(),
        Last(table_column=Column(ratio=1, no_wrap=True)),
        console=console,
        transient=True,
        expand=True,
        redirect_stdout=False,
        speed_estimate_period=60,
    )
