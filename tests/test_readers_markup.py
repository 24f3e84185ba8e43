from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.readers.markup import find_entities, find_markup


def show(text: str) -> str:
    hidden = (*find_markup(text), *find_entities(text))
    return "".join(c for i, c in enumerate(text) if not any(a <= i < b for a, b in hidden))


SHOWN = [
    ("<p>One</p><p>two</p>", "Onetwo", "tags"),
    ("<p><a href=\"x>y\"\n title='<b>'>One</a></p>", "One", "attributes that hold >, < and line breaks"),
    ("<p><!-- <b>no</b> -->One<br/></p>", "One", "comments"),
    ("<p><script>if (a < b) { x() }</script>One</p>", "One", "scripts"),
    ("<p>One<STYLE type='x'>p { color: red }</STYLE></p>", "One", "styles, in any case"),
    ("<!DOCTYPE html><html><body>One</body></html>", "One", "declarations"),
    ("<div style='url(<?php path('x') ?>/a.jpg)'><p>One</p></div>", "One", "programs within attributes"),
    ("<p>a < b and c > d</p><p></p>", "a < b and c > d", "comparisons among tags"),
    ("<p>One</p><unknown>two</unknown><b></b>", "One<unknown>two</unknown>", "names that are no tags"),
    ("Kent &amp; Essex&nbsp;R&D &notaname;", "Kent & EssexR&D &notaname;", "references"),
]


@pytest.mark.parametrize(("text", "shown", "why"), SHOWN, ids=[why for _, _, why in SHOWN])
def test_markup_is_hidden(text: str, shown: str, why: str) -> None:
    assert show(text) == shown, why


@pytest.mark.parametrize(
    "text",
    [
        "ages <a and b> of 18",
        "see <http://example.org> and <a@b.org>",
        "p < 0.05 </p",
        "List<String> in <b>",
        "We <3 the NHS",
        "<b>one pair alone</b>",
    ],
)
def test_plain_text_that_holds_angles_is_left_alone(text: str) -> None:
    assert find_markup(text) == ()


@given(
    st.lists(
        st.sampled_from(
            [
                "<p>",
                "</p>",
                "<!--",
                "-->",
                "<a '",
                '"',
                "<?php",
                "?>",
                "<script>",
                "</script>",
                "x",
                "&amp;",
                "\n",
            ]
        )
    )
)
def test_spans_are_sorted_disjoint_and_within_the_text(pieces: list[str]) -> None:
    text = "".join(pieces)
    end = 0
    for start, stop in find_markup(text):
        assert end <= start < stop <= len(text)
        end = stop
