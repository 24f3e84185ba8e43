"""A drawn network as a file: the page, a picture, or a file for another program."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from graph.draw import render_page
from graph.errors import CaregraphError
from graph.export_network import render_gexf, render_graphml
from graph.pages import replace_file
from graph.picture.png import render_png
from graph.picture.scene import MOST
from graph.picture.svg import render_svg

if TYPE_CHECKING:
    from pyvis.network import Network

FORMATS = ("html", "graphml", "gexf", "png", "svg")


def choose_format(path: Path) -> str:
    """Return the format that the ending of a file stands for.

    Raises:
        CaregraphError: it stands for none.
    """
    ending = path.suffix.lower().removeprefix(".")
    if ending == "htm":
        return "html"
    if ending not in FORMATS:
        known = ", ".join(f".{name}" for name in FORMATS)
        raise CaregraphError(f"{path}: the ending says no format; use one of {known}, or --format")
    return ending


def write_drawing(
    drawn: Network, path: Path, form: str = "", *, title: str = "Who works with whom", most: int = MOST
) -> None:
    """Write a drawn network, whole or not at all: the same network and options, the same bytes.

    Args:
        drawn: the network.
        path: file to write.
        form: one of ``FORMATS``, else what the ending of the file says.
        title: title of a page or picture.
        most: bodies on a picture, the most connected.

    Raises:
        CaregraphError: the format is unknown.
        StoreError: the file cannot be written.
    """
    replace_file(path, _render(drawn, form or choose_format(path), title, most))


def _render(drawn: Network, form: str, title: str, most: int) -> bytes:
    if form == "png":
        return render_png(drawn, title=title, most=most)
    if form == "svg":
        text = render_svg(drawn, title=title, most=most)
    elif form == "html":
        text = render_page(drawn, title=title)
    else:
        text = {"graphml": render_graphml, "gexf": render_gexf}[form](drawn)
    return text.encode("utf-8", "backslashreplace")
