"""Time grows with a text, not with its square: texts of one shape without end, at three sizes.

The shapes are those of ``scripts/nasty_shapes.py``; what is measured is processor time of all of the extraction.
"""

# ruff: noqa: E501 - cases a line each

from __future__ import annotations

import time

import pytest
from nasty_shapes import list_shapes, make_document

from graph.extract import extract_document, load_resources
from graph.product import make_product
from graph.read import parse_document
from graph.readers import read_content
from tests.effort import THOROUGH, effort

pytestmark = pytest.mark.promise

SIZE = effort(5_000, 16_000)
GROWTH = 3
MOST = 2.2
"""Times more than in proportion that the larger text may take: with its square it would take 3 times as much."""
UNSURE = 0.15
"""Seconds that are too short to be measured on a machine that does other things."""
DEAREST = 0.0005
"""Seconds for each character that no text may take: five times what the dearest takes."""
SLOW_ONCE = (
    "NHS ", "A&", "Board of Ab and Cd of ", "other surnames", "Torbay Council works with Torbay Care Trust. ", "line Torbay Council works with Torbay Care Trust.\n",
    "Dr John Smith, chief executive of Torbay Council, ", "Dr John Smith is chief executive of Torbay Council. ",
    "line Smith J (2007) A study of care. London: BMJ.", "A. ",
)  # fmt: skip
"""Shapes that took time with the square of the text, or much of it, before they were mended."""


def measure(name: str, size: int) -> float:
    """Return the seconds of processor time that a text of a shape takes."""
    resources = load_resources()
    began = time.process_time()
    document = parse_document(make_document(name, size).encode(), "a.txt")
    make_product(extract_document(document, resources), resources.register)
    return time.process_time() - began


@pytest.mark.parametrize("name", list_shapes() if THOROUGH else SLOW_ONCE[:5])
def test_time_grows_with_the_text(name: str) -> None:
    measure(name, 1000)
    for _ in range(3):
        small, large = measure(name, SIZE), measure(name, GROWTH * SIZE)
        if large <= min(GROWTH * MOST * small + UNSURE, DEAREST * GROWTH * SIZE):
            return
    pytest.fail(f"{SIZE} characters take {small:.2f} s, {GROWTH} times as many {large:.2f} s")


def test_the_shapes_that_were_slow_are_among_all() -> None:
    assert set(SLOW_ONCE) <= set(list_shapes())
    assert len(set(list_shapes())) == len(list_shapes()) >= 150


OPENINGS = (
    "<!--",
    "<!-->",
    "<a ",
    "<a href='",
    "<![CDATA[",
    "</a ",
    "<p><!--",
    "<?",
    "<script",
    "&#",
    "<b x=y ",
)


@pytest.mark.parametrize("opening", OPENINGS)
def test_markup_that_never_ends_is_read_in_one_pass(opening: str) -> None:
    """Of 100 kB; the standard library's parser alone takes a minute of some of them."""
    page = "<p>Words.</p>" + opening * (100_000 // len(opening))
    began = time.process_time()
    assert read_content(".html", page.encode(), "a.html").text.startswith("Words.")
    assert time.process_time() - began < 3
