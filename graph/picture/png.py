"""A picture of a network as PNG, made from its SVG."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.pages import PAGE
from graph.picture.scene import MOST, WIDTH
from graph.picture.svg import render_svg

if TYPE_CHECKING:
    from pyvis.network import Network

ZOOM = 2.0
"""Pixels for a unit of the picture: 3200 x 1800 for a slide."""

WIDEST = 12_000
"""Pixels; a picture of more bodies than fit gets fewer pixels a unit."""

FONTS = ("arimo-400.ttf", "arimo-700.ttf")


def render_png(drawn: Network, *, title: str = "Who works with whom", most: int = MOST) -> bytes:
    """Return the picture of ``render_svg`` as PNG.

    Names are drawn with the font that comes along, the same on every machine. Only for letters that it
    does not have are the fonts of the system searched.
    """
    import resvg_py

    svg = render_svg(drawn, title=title, most=most)
    width = max(WIDTH, float(svg.partition('width="')[2].partition('"')[0]))
    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=svg,
            zoom=min(ZOOM, WIDEST / width),
            font_files=[str(PAGE / "vendor" / name) for name in FONTS],
            sans_serif_family="Arimo",
            skip_system_fonts=has_own_letters(svg),
        )
    )


def has_own_letters(text: str) -> bool:
    """Say whether the font that comes along has the letters of a text: Latin, Greek, Cyrillic ones."""
    return all(letter < "\u0530" or "\u1e00" <= letter < "\u2060" for letter in text)
