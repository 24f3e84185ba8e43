"""Terms: one lexical form for each value, and the form that a store gives back."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, Store

from graph.terms import (
    write_address,
    write_date,
    write_integer,
    write_label,
    write_score,
    write_text,
)

NODE = NamedNode("urn:node")


def through_store(value: Literal) -> object:
    store = Store()
    store.add(Quad(NODE, NODE, value, NODE))
    return next(iter(store)).object


@given(st.floats(0, 1))
def test_a_score_comes_back_from_the_store_as_it_went_in(score: float) -> None:
    written = write_score(score)
    assert through_store(written) == written
    assert float(written.value) == pytest.approx(score, abs=0.00005)


@pytest.mark.parametrize("score", [-0.1, 1.1, float("nan"), float("inf")])
def test_what_is_no_score_is_refused(score: float) -> None:
    with pytest.raises(ValueError, match=r"a score is in 0\.\.1"):
        write_score(score)


@given(st.dates(min_value=dt.date(1000, 1, 1)))
def test_every_day_of_the_calendar_is_a_date(day: dt.date) -> None:
    for text, kind in ((str(day), "date"), (str(day)[:7], "gYearMonth"), (str(day)[:4], "gYear")):
        written = write_date(text)
        assert written is not None
        assert (written.value, written.datatype.value.split("#")[1]) == (text, kind)
        assert through_store(written) == written


@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        "07",
        "2007-13",
        "2007-02-29",
        "2007-4",
        "0000",
        "20070401",
        "2007-04-01T00:00",
        "٢٠٠٧",
        "2007\n",
    ],
)
def test_what_is_no_date_is_none(text: str | None) -> None:
    assert write_date(text) is None


@given(st.integers(0, 10**9), st.text())
def test_integers_and_texts_come_back_from_the_store(number: int, text: str) -> None:
    assert through_store(write_integer(number)) == write_integer(number)
    assert through_store(write_text(text)) == Literal(text)


def test_half_a_surrogate_is_replaced_and_a_line_break_in_a_label_is_a_space() -> None:
    assert write_text("a\udc80b").value == "a\ufffdb"
    assert write_label(" Leeds \n  Trust ").value == "Leeds Trust"


@pytest.mark.parametrize(
    ("url", "written"),
    [
        ("https://example.org/a?b=c#d", "https://example.org/a?b=c#d"),
        (" http://example.org/a b<c>", "http://example.org/a%20b%3Cc%3E"),
        ("http://example.org/%20", "http://example.org/%20"),
        ("https://example.org/?a[b]=c#d#e[f]", "https://example.org/?a%5Bb%5D=c#d%23e%5Bf%5D"),
        ("https://[::1]/100%", "https://[::1]/100%25"),
        ("https://example.org:port/", None),
        ("javascript:alert(1)", None),
        ("file:///etc/passwd", None),
        ("http://", None),
        ("http://[half", None),
        ("", None),
        (None, None),
    ],
)
def test_only_web_addresses_are_addresses(url: str | None, written: str | None) -> None:
    assert write_address(url) == (NamedNode(written) if written else None)
