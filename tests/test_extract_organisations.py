from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.extractors.organisations import find_organisations
from graph.segment import segment_document
from graph.vocabulary import ORGANISATION_KINDS, ORGANISATION_TYPES
from tests.organisation_reading import find, make_document, real_lexicon

CASES = [
    json.loads(line)
    for line in (Path(__file__).parent / "cases" / "organisations.jsonl")
    .read_text(encoding="utf-8")
    .splitlines()
]
PIECES = [case["text"] for case in CASES] + [
    "\n", "\n\n", "  ", "\u00a0", "\u2019s", " (", ") ", "THE NHS TRUST", "&", "\u0130", "PCTs", " of ",
    " and ", "1,000",
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=[f"{n}-{case['why']}" for n, case in enumerate(CASES)])
def test_sentence_has_these_mentions(case: dict[str, Any]) -> None:
    found = [[mention.text, mention.kind, mention.type] for mention in find(case["text"])]
    assert found == case["mentions"]


def test_cases_hold_near_misses_too() -> None:
    assert len(CASES) >= 200
    assert sum(not case["mentions"] for case in CASES) >= 50


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_mentions_quote_the_document_and_do_not_overlap(text: str) -> None:
    mentions = find(text)
    at = 0
    for mention in mentions:
        assert text[mention.start : mention.end] == mention.text
        assert mention.start >= at
        assert mention.text.strip() == mention.text != ""
        assert mention.kind in ORGANISATION_KINDS
        assert mention.type in ORGANISATION_TYPES
        assert mention.found_by
        at = mention.end


@given(st.text(max_size=300))
def test_any_text_can_be_read(text: str) -> None:
    for mention in find(text):
        assert text[mention.start : mention.end] == mention.text


def test_name_may_run_over_a_line_break() -> None:
    text = "She works for the London\nSchool of Economics and for social\nservices."
    assert [mention.text for mention in find(text)] == ["London\nSchool of Economics", "social\nservices"]


def test_typography_does_not_matter() -> None:
    plain = find("The King's Fund and Barking & Dagenham PCT agreed.")
    curly = find("The King\u2019s Fund and Barking and Dagenham PCT agreed.")
    assert [(m.kind, m.type) for m in plain] == [(m.kind, m.type) for m in curly]
    assert curly[0].text == "King\u2019s Fund"


def test_text_without_capitals_is_read_by_its_words() -> None:
    text = (
        "the department of health said primary care trusts must pay. kent county council said "
        "the council had no money. labour mps and the tories want the nhs to change, and age concern agrees. "
        "the royal college of nursing will meet ministers in london on monday to ask for more money."
    )
    assert [mention.text for mention in find(text)] == [
        "department of health", "primary care trusts", "kent county council", "council", "labour", "tories",
        "nhs", "age concern", "royal college of nursing", "ministers",
    ]  # fmt: skip


def test_nothing_is_found_inside_the_title_of_a_publication() -> None:
    text = "In Working With The Audit Commission she describes the Audit Commission."
    document = make_document(text)
    titles = [(3, 36)]
    found = find_organisations(document, segment_document(document), real_lexicon(), titles=titles)
    assert [mention.start for mention in found] == [text.rindex("Audit")]


def test_empty_document_has_no_mentions() -> None:
    assert find("") == []
