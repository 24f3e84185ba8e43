"""Titles of publications, and quotations and names in capitals that are none."""

from __future__ import annotations

import re

import pytest

from graph.extractors.titles import read_titles, titled_sentence
from graph.extractors.titles_emphasis import find_emphasised
from graph.records import Document, Sentence

TITLES = [
    ('The report "Care Costs" came.', ["Care Costs"]),
    ("The white paper 'Caring for Tomorrow' came.", ["Caring for Tomorrow"]),
    ('A study entitled "Who pays?" came.', ["Who pays?"]),
    ('"Making Ends Meet" is a report on care.', ["Making Ends Meet"]),
    ("The guidance Commissioning for the Long Term came.", ["Commissioning for the Long Term"]),
    ("The White Paper Our Health Our Care came.", ["Our Health Our Care"]),
    ("They said so in their Annual Quality Report 2009.", ["Annual Quality Report"]),
    ("Title: The price of care", ["The price of care"]),
    ('She said "this report is wrong".', []),
    ('He called it "a disgrace".', []),
    ("The Green Paper came.", []),
    ("The report Care Quality Commission staff wrote came.", []),
    ("Reports came.", []),
    ("The Health Secretary and the Prime Minister met.", []),
]


@pytest.mark.parametrize(("view", "titles"), TITLES)
def test_titles_are_read(view: str, titles: list[str]) -> None:
    found = read_titles(Sentence(0, len(view), view))
    assert [view[title.start : title.end] for title in found] == titles


def test_title_stands_above_its_byline() -> None:
    lines = ["Harbour News Today", "The price of growing old", "By Moira Hale", "Care costs more."]
    kinds = ["heading", "heading", "byline", "prose"]
    sentences = [
        Sentence(100 * i, 100 * i + len(line), line, kind, i, i)
        for i, (line, kind) in enumerate(zip(lines, kinds, strict=True))
    ]
    assert titled_sentence(sentences) == (sentences[1], sentences[2])
    assert titled_sentence(sentences[3:]) is None


def test_emphasis_sets_a_title_apart() -> None:
    text = "It published *Care Costs More* and *never* said <em>why it did so</em> or <cite>Old Age</cite>."
    marks = re.finditer(r"\*|<[^>]*>", text)
    document = Document("a.md", text, "", hidden=tuple(mark.span() for mark in marks))
    assert [text[a:b] for a, b in find_emphasised(document)] == ["Care Costs More", "Old Age"]
