"""Pages of long lists."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request


@dataclass(frozen=True, slots=True)
class Page:
    """Which part of a list is shown: its number from 1, how many there are, and what stands before it."""

    number: int
    pages: int
    offset: int


def read_page(request: Request, total: int, size: int, *, name: str = "page") -> Page:
    """Read the number of the page off an address; one that there is not is the nearest.

    Args:
        request: asked by the browser.
        total: length of the whole list.
        size: length of a page.
        name: the parameter that holds the number.
    """
    text = request.query_params.get(name, "1")
    pages = max(1, -(-total // size))
    wanted = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 1
    number = min(max(1, wanted), pages)
    return Page(number, pages, (number - 1) * size)
