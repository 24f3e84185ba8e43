"""The page on promises names tests that exist, and every test that proves a promise is on it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

_PAGE = "docs/promises.md"
_PARTS = re.compile(r"`(tests/test_\w+?)_files\.py`((?:, `_\w+\.py`)+)")


@pytest.fixture
def page(root: Path) -> str:
    """Return the page, with "`tests/test_x_files.py`, `_pages.py`" written out."""

    def write_out(found: re.Match[str]) -> str:
        return f"`{found[1]}_files.py`" + found[2].replace("`_", f"`{found[1]}_")

    return _PARTS.sub(write_out, (root / _PAGE).read_text(encoding="utf-8"))


def test_what_it_names_exists(page: str, root: Path) -> None:
    named = re.findall(r"`((?:tests|scripts)/[\w/]+\.(?:py|csv))(?:::(\w+))?`", page)
    assert len(named) > 30
    for name, test in named:
        assert (root / name).is_file(), name
        assert f"def {test}(" in (root / name).read_text(encoding="utf-8") if test else True, test


def test_every_test_of_a_promise_is_on_it(page: str, root: Path) -> None:
    marked = [
        path
        for path in sorted((root / "tests").glob("test_*.py"))
        if re.search(r"pytest\.mark\.(promise|thorough)\b", path.read_text(encoding="utf-8"))
    ]
    assert len(marked) > 20
    assert [path.name for path in marked if f"tests/{path.name}" not in page] == []


def test_no_figure_is_left_open(page: str) -> None:
    assert "FIG_" not in page
