"""The day and the page that an address asks for."""

from __future__ import annotations

import pytest

from graph.workbench.dates import AsOf, read_as_of
from graph.workbench.paging import read_page
from tests.workbench_views import ask


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", AsOf()),
        ("as_of=", AsOf()),
        ("as_of=+2006+", AsOf("2006", "2006-12-31")),
        ("as_of=2006-02", AsOf("2006-02", "2006-02-28")),
        ("as_of=2006-02-30", AsOf(wrong="2006-02-30")),
    ],
)
def test_day_is_read_off_the_address(query: str, expected: AsOf) -> None:
    found = read_as_of(ask(query))
    assert found == expected
    assert bool(found) == bool(expected.text)


@pytest.mark.parametrize(
    ("query", "total", "expected"),
    [
        ("", 0, (1, 1, 0)),
        ("page=2", 100, (2, 3, 40)),
        ("page=9", 100, (3, 3, 80)),
        ("page=0", 100, (1, 3, 0)),
        ("page=-3", 100, (1, 3, 0)),
        ("page=%D9%A2", 100, (1, 3, 0)),
        ("page=99999999999999999999", 100, (1, 3, 0)),
        ("page=2", 40, (1, 1, 0)),
    ],
)
def test_page_is_one_that_there_is(query: str, total: int, expected: tuple[int, int, int]) -> None:
    page = read_page(ask(query), total, 40)
    assert (page.number, page.pages, page.offset) == expected
