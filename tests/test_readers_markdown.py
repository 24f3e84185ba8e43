from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.read import parse_document
from graph.readers.markdown import find_marks, read_content
from graph.segment import segment_document


def show(text: str) -> str:
    hidden = read_content(text.encode(), "a.md").hidden
    return "".join(c for i, c in enumerate(text) if not any(a <= i < b for a, b in hidden))


SHOWN = [
    ("---\ntitle: T\n---\nText", "Text", "front matter"),
    ("# Head #\nText", "Head Text", "a heading, with its line break"),
    ("a *b* **c** ***d*** _e_ __f__ ~~g~~ `h`", "a b c d e f g h", "emphasis"),
    ("2 * 3 * 4 and snake_case_name", "2 * 3 * 4 and snake_case_name", "what is no emphasis"),
    (r"\*not this\*", "*not this*", "escapes"),
    ("[the *unit*](http://x.y/z_(a) 'T') and [b][ref]", "the unit and b", "links"),
    ("![a picture](x.png) text", " text", "pictures"),
    ("see <https://example.org/a> now", "see  now", "bare links"),
    ("a\n[ref]: http://x.y\nb", "a\nb", "definitions"),
    ("a[^1]\n\n[^1]: A note", "a\n\n A note", "footnotes"),
    ("> said\n> twice", "said\ntwice", "quotations"),
    ("a\n\n***\n\nb", "a\n\nb", "rules"),
    ("Head\n====\nText", "HeadText", "underlined headings"),
    ("- one\n* two\n1. three", "- one\n* two\n1. three", "bullets stay"),
    ("a\n\n```py\ncode *x*\n```\nb", "a\n\n\nb", "fenced code"),
    ("a <!-- b --> <em>c</em> &amp; d", "a  c & d", "comments, tags and references"),
    ("| A | B |\n|---|:-:|\n| c | d |", "| A | B || c | d |", "the line under the heads of a table"),
    ("Kent [1] and [sic] Essex", "Kent [1] and [sic] Essex", "brackets that are no links"),
]


@pytest.mark.parametrize(("text", "shown", "why"), SHOWN, ids=[why for _, _, why in SHOWN])
def test_marks_are_hidden(text: str, shown: str, why: str) -> None:
    assert show(text) == shown, why


def test_the_text_is_the_file_and_properties_come_from_its_front_matter() -> None:
    text = "---\r\ntitle: Pooling\r\nurl: https://example.org\r\n---\r\n# A *b*\r\n"
    content = read_content(text.encode(), "a.md")
    assert content.text == text
    assert content.properties == {"title": "Pooling", "url": "https://example.org"}


MARKS = [
    "*",
    "**",
    "_",
    "`",
    "```\n",
    "[",
    "](",
    ")",
    "![",
    "# ",
    "> ",
    "\n",
    "\n\n",
    "---\n",
    "word ",
    "<!--",
    "-->",
    "~~",
    "\\",
    "|",
]


@given(st.lists(st.sampled_from(MARKS)))
def test_spans_are_sorted_disjoint_and_within_the_text(pieces: list[str]) -> None:
    text = "".join(pieces)
    end = 0
    for start, stop in find_marks(text):
        assert end <= start < stop <= len(text)
        end = stop


def test_a_sentence_is_not_cut_at_its_marks_but_at_a_heading() -> None:
    text = "# The trust\nIt works with **Kent** and [the\ncouncil](http://x.y) &amp; others.\nMore."
    sentences = segment_document(parse_document(text.encode(), "a.md"))
    shown = [" ".join(sentence.view.split()) for sentence in sentences]
    assert shown == ["The trust", "It works with Kent and the council & others.", "More."]
