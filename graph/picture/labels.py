"""Where names stand on a picture: wrapped, measured, and put where they cover nothing.

The picture is drawn with Arimo, whose letters are as wide as those of Arial, Helvetica and Liberation
Sans, so that names take the same room in whichever of them a program finds.
"""

from __future__ import annotations

import math
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from graph.pages import write_line

Box = tuple[float, float, float, float]
"""Left, top, right and bottom, in units of the picture."""

LINE_LENGTH = 20
"""Characters after which a name goes on in the next line."""

LINES = 3
SHAPES = ((LINE_LENGTH, LINES), (32, 2), (24, 1))
"""Characters of a line, and lines: the ways in which a name may be wrapped, the best first."""

LINE_HEIGHT = 1.16
"""Of the size of the letters."""

WIDTHS = {
    0.22: "ijl'’‘",
    0.28: " !,./:;[]|Ift",
    0.34: '-()r"“”',
    0.4: "*",
    0.5: "Jckszvxy",
    0.585: "+<=>~",
    0.61: "FTZ",
    0.67: "&ABEKPSVXY",
    0.725: "CDHNRUw",
    0.78: "GOQ",
    0.835: "Mm",
    0.945: "W",
    1.0: "%@—…",
}
"""Widths of letters, for a size of 1; other letters of the Latin alphabet take ``OTHER``."""

OTHER = 0.56
WIDE = 1.0
"""Width of a letter of other scripts, and of signs."""

BOLD = 1.07
FAR = 8
"""What it costs a name to stand farther off its shape."""

CELL = 64.0
"""Side of the cells of the grid that finds collisions."""

LETTERS = {letter: width for width, letters in WIDTHS.items() for letter in letters}


@dataclass(frozen=True, slots=True)
class Label:
    """The name of a body: its lines, the size of its letters, and the room it takes."""

    lines: tuple[str, ...]
    size: float
    bold: bool
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a name may stand.

    Attributes:
        box: the room that it takes.
        anchor: how its lines are aligned: ``start``, ``middle`` or ``end``.
        cost: how many points of lines it may rather cover than stand here.
    """

    box: Box
    anchor: str
    cost: int = 0


class Grid:
    """Boxes on a picture, found again by the cells that they touch."""

    def __init__(self) -> None:
        self.cells: defaultdict[tuple[int, int], list[Box]] = defaultdict(list)

    def add(self, box: Box) -> None:
        """Remember a box."""
        for cell in _list_cells(box):
            self.cells[cell].append(box)

    def count(self, box: Box) -> int:
        """Return how many of the boxes overlap this one."""
        found = {
            other for cell in _list_cells(box) for other in self.cells.get(cell, ()) if _overlap(box, other)
        }
        return len(found)


def measure_text(text: str, size: float, *, bold: bool = False) -> float:
    """Return the width of a line of text, in the units of ``size``."""
    return math.fsum(map(_measure_letter, text)) * size * (BOLD if bold else 1.0)


def shorten_text(text: str, size: float, width: float, *, bold: bool = False) -> str:
    """Return the text, cut with an ellipsis where it gets wider than ``width``."""
    if measure_text(text, size, bold=bold) <= width:
        return text
    kept = text[: int(width / size * 5)]  # no letter is narrower than a fifth of the size
    while kept and measure_text(kept + "…", size, bold=bold) > width:
        kept = kept[:-1]
    return kept.rstrip(" ,;:") + "…"


def wrap_name(text: str, length: int = LINE_LENGTH, most: int = LINES) -> tuple[str, ...]:
    """Return a name in a few short lines.

    Args:
        text: the name.
        length: characters after which it goes on in the next line.
        most: lines, of which the last ends with an ellipsis if that is not all.

    >>> wrap_name("Torbay Care Trust and its partners")
    ('Torbay Care Trust', 'and its partners')
    """
    lines = [""]
    for word in write_line(text)[:200].split():
        if lines[-1] and len(lines[-1] + word) >= length:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    kept = [line if len(line) <= length + 8 else line[: length + 7] + "…" for line in lines[:most]]
    if len(lines) > most:
        kept[-1] = kept[-1].rstrip("…,;:") + "…"
    return tuple(kept)


def make_labels(text: str, size: float, *, bold: bool = False) -> Iterator[Label]:
    """Yield a name in the ways in which it may stand: in three lines, in two longer ones, cut to one."""
    known = set()
    for length, most in SHAPES:
        lines = wrap_name(text, length, most)
        if lines not in known:
            known.add(lines)
            width = max(measure_text(line, size, bold=bold) for line in lines) + 4
            yield Label(lines, size, bold, width, len(lines) * size * LINE_HEIGHT + 2)


def choose_spot(
    spots: Sequence[Spot], grids: tuple[Grid, Grid, Grid], *, forced: bool = False
) -> Spot | None:
    """Return the spot that covers no name and no shape, and the fewest lines; None if there is none.

    Args:
        spots: in order of preference.
        grids: the names that stand already, the shapes, and the lines, which a name may cover if it must.
        forced: whether it may cover a shape where nothing else is left, though never a name.
    """
    taken, shapes, lines = grids
    open_spots = [spot for spot in spots if not taken.count(spot.box)]
    free = [spot for spot in open_spots if not shapes.count(spot.box)]
    if free:
        return min(free, key=lambda spot: lines.count(spot.box) + spot.cost)
    return min(open_spots, key=lambda spot: shapes.count(spot.box)) if forced and open_spots else None


def list_spots(centre: tuple[float, float], gap: float, label: Label) -> list[Spot]:
    """Return where the name of a shape may stand: below, beside, above, at the corners, then farther off.

    Args:
        centre: of the shape; y is downwards.
        gap: from the centre to where names begin.
        label: the name.
    """
    spots = []
    x, y = centre
    width, height = label.width, label.height
    for reach, cost in ((gap, 0), (gap + label.size * 0.8, FAR)):
        near = reach * 0.7
        places = (
            (x - width / 2, y + reach, "middle"),
            (x + reach, y - height / 2, "start"),
            (x - reach - width, y - height / 2, "end"),
            (x - width / 2, y - reach - height, "middle"),
            (x + near, y + near, "start"),
            (x - near - width, y + near, "end"),
            (x + near, y - near - height, "start"),
            (x - near - width, y - near - height, "end"),
        )
        spots += [Spot((left, top, left + width, top + height), anchor, cost) for left, top, anchor in places]
    return spots


def _measure_letter(letter: str) -> float:
    if letter in LETTERS:
        return LETTERS[letter]
    if unicodedata.combining(letter):
        return 0.0
    base = unicodedata.normalize("NFD", letter)[0]
    if base in LETTERS:
        return LETTERS[base]
    return OTHER if base.isascii() else 0.8 if letter < "\u0530" else WIDE


def _list_cells(box: Box) -> Iterable[tuple[int, int]]:
    for column in range(int(box[0] // CELL), int(box[2] // CELL) + 1):
        for row in range(int(box[1] // CELL), int(box[3] // CELL) + 1):
            yield column, row


def _overlap(one: Box, other: Box) -> bool:
    return other[2] > one[0] and other[0] < one[2] and other[3] > one[1] and other[1] < one[3]
