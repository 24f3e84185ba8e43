"""Numbers as bars: in proportion, in order, and safe."""

from __future__ import annotations

import re

import pytest

from graph.bars import show_bars
from graph.errors import QueryError


def measure(html: str) -> list[float]:
    return [float(width) for width in re.findall(r'class="cg-bar" style="width:([\d.]+)em"', html)]


def test_bars_are_in_proportion_and_in_order() -> None:
    bars = show_bars([("b", 10), ("a", 40), ("c", 0)], title="claims")
    assert measure(bars._repr_html_()) == [5, 20, 0]
    assert [line.count("█") for line in repr(bars).splitlines()[2:]] == [10, 40, 0]


def test_what_is_not_nothing_is_seen() -> None:
    assert measure(show_bars({"many": 1_000_000, "one": 1})._repr_html_())[1] > 0


def test_nothing_at_all_is_shown_too() -> None:
    for empty in (show_bars({}), show_bars({"a": 0})):
        assert measure(empty._repr_html_()) in ([], [0])
        assert "█" not in repr(empty)


def test_takes_counted_columns() -> None:
    pd = pytest.importorskip("pandas")
    bars = show_bars(pd.Series(["x", "y", "x"]).value_counts())
    assert bars.numbers == (("x", 2), ("y", 1))


@pytest.mark.parametrize("number", [-1, float("nan"), float("inf")])
def test_refuses_what_has_no_length(number: float) -> None:
    with pytest.raises(QueryError, match="from 0 up"):
        show_bars({"a": number})


def test_labels_stay_text() -> None:
    bars = show_bars({"<script>\x1b[31m": 1}, title="<b>")
    assert "<script>" not in bars._repr_html_()
    assert "<b>" not in bars._repr_html_()
    assert "\x1b" not in repr(bars)
