"""The progress bar, as it looks on a terminal of some width."""

from __future__ import annotations

import io

import pytest
from rich.console import Console
from rich.text import Text

from graph.progress_bar import make_bar


def draw(width: int, total: int | None, done: int, seconds: float, name: str = "minutes/may.txt") -> str:
    """Return the line that is shown when so many documents were done, the last of them now."""
    console = Console(file=io.StringIO(), width=width, force_terminal=True, record=True)
    bar = make_bar("Building", console)
    clock = [0.0]
    bar.get_time = lambda: clock[0]
    task = bar.add_task("Building", total=total, name="")
    for number in range(1, done + 1):
        clock[0] = number * seconds / done
        bar.update(task, completed=number, name=name)
    console.print(bar.get_renderable())
    return Text.from_ansi(console.export_text(styles=True)).plain.rstrip()


@pytest.mark.parametrize(
    ("width", "total", "done", "seconds", "said"),
    [
        (80, 1000, 250, 100, "250 of 1,000 documents 2.5/s 5 min 0 s left"),
        (80, 1_000_000, 40, 2, "40 of 1,000,000 documents 20/s 13 h 53 min left"),
        (100, None, 50, 100, "50 documents 30/min"),
        (80, 4, 4, 8, "4 of 4 documents 30/min"),
        (80, 4, 0, 0, "0 of 4 documents"),
    ],
)
def test_bar_says_how_many_how_fast_and_how_long(
    width: int, total: int | None, done: int, seconds: float, said: str
) -> None:
    line = draw(width, total, done, seconds)
    assert "\n" not in line
    assert len(line) <= width
    assert said in " ".join(line.split()), line


def test_a_long_name_shows_its_end_and_markup_is_text() -> None:
    line = draw(80, 1000, 250, 100, "a/very/long/path/to/the/minutes/of/[b]may[/b] 2007.txt")
    assert line.endswith("2007.txt")
    assert "…" in line
    assert len(line) <= 80
    assert draw(120, 10, 1, 1, "[b]may[/b].txt").endswith("[b]may[/b].txt")


def test_a_name_cannot_move_or_colour() -> None:
    line = draw(120, 10, 1, 1, "a\x1b]0;b\x07\x9b31m\u202ec.txt")
    assert line.endswith(r"a\x1b]0;b\x07\x9b31m\u202ec.txt")
