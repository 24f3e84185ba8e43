"""Text and tables for a terminal: nothing in them can move, colour or hide, and sentences are folded."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Sequence

from graph.terms import QUERY_PREFIXES

WIDTH = 100
"""Columns of what an object shows at a prompt: the same everywhere, since notebooks keep it."""

_UNLIMITED = 1_000_000  # columns: a table in a file is never folded
_NARROWEST = 11  # columns of the terminal for each column of a table; the last, a sentence, gets the rest
_SPACING = frozenset("\t\n\v\f\r\x85\u2028\u2029")


def make_safe(text: str) -> str:
    r"""Make a text safe to print on one line of a terminal: nothing in it can move, colour or hide.

    Breaks and tabs become spaces; other control, formatting and unassigned characters are written out.

    >>> make_safe("a\nb \x1b[31m \u202e")
    'a b \\x1b[31m \\u202e'
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(map(_write_safe, text))


def show_controls(text: str) -> str:
    r"""Make lines of data safe for a terminal: breaks and tabs stay, what can move or colour is written out.

    >>> show_controls("a\tb\x9b31m\n\u202ec\r\n")
    'a\tb\\x9b31m\n\\u202ec\n'
    """
    if text.isascii() and text.isprintable():
        return text
    lines = text.replace("\r\n", "\n").split("\n")
    return "\n".join("\t".join(map(make_safe, line.split("\t"))) for line in lines)


def shorten_iri(iri: str) -> str:
    """Shorten an IRI by a known prefix, for a reader.

    >>> shorten_iri("https://w3id.org/caregraph/id/organisation/ct-TAL")
    'cgi:organisation/ct-TAL'
    """
    for prefix, namespace in QUERY_PREFIXES.items():
        if iri.startswith(namespace) and iri != namespace:
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri


def _write_safe(character: str) -> str:
    if character in _SPACING:
        return " "
    if unicodedata.category(character) in ("Cc", "Cf", "Cs", "Cn", "Co"):
        return character.encode("unicode_escape", "backslashreplace").decode()
    return character


def draw_table(
    columns: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    width: int | None = None,
    room: int | None = None,
) -> str:
    """Draw rows of text under the names of their columns.

    Args:
        columns: names of the columns.
        rows: cells by row, each as many as there are columns; each is made safe, and one line.
        width: columns of the terminal that the table is folded to; None for lines as long as they get.
        room: columns that each but the last may take; by default what leaves most for the last, a sentence.
    """
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    folded = width is not None and (room is None or any(len(cell) > room for row in rows for cell in row))
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, leading=int(folded), show_edge=False)
    if width and room is None:
        room = max(_NARROWEST, width * 3 // 5 // len(columns))
    for number, column in enumerate(columns, 1):
        limit = room if number < len(columns) else None
        table.add_column(Text(make_safe(column)), overflow="fold", max_width=limit)
    for row in rows:
        table.add_row(*(Text(make_safe(cell)) for cell in row))
    console = Console(
        file=io.StringIO(),
        width=width or _UNLIMITED,
        color_system=None,
        legacy_windows=False,
        emoji=False,
        force_jupyter=False,  # it would put out a cell of its own
    )
    with console.capture() as captured:
        console.print(table, crop=False)
    return "".join(line.rstrip() + "\n" for line in captured.get().splitlines())
