"""What models answer: the shape that was asked for, or nothing."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.llm.answers import Proposal, read_answer, read_proposal

SOUND = {"subject": 1, "predicate": "funds", "object": 2, "status": "asserted", "quote": "q", "role": ""}


@pytest.mark.parametrize(
    ("content", "claims"),
    [
        ('{"claims": []}', []),
        ('{"claims": [1, {"a": 2}]}', [1, {"a": 2}]),
        ('```json\n{"claims": [3]}\n```', [3]),
        ('<think>{ maybe {"claims": 1} }</think> {"claims": [4]} So there.', [4]),
        ('{"answer": {"claims": [5]}}', [5]),
        ("", None),
        ("I cannot help with that.", None),
        ('{"claims": [', None),
        ('{"claims": {"subject": 1}}', None),
        ("[1, 2]", None),
        ("null", None),
        ('{"a":' * 100_000, None),
        ("{" * 100_000, None),
        ('{"claims": ' + "[" * 100_000, None),
        ('{"claims": [' + "9" * 10_000 + "]}", None),
    ],
    ids=lambda value: str(value)[:40],
)
def test_claims_are_read_from_what_holds_them(content: str, claims: list[Any] | None) -> None:
    assert read_answer(content) == claims


@given(st.text(max_size=60))
def test_any_answer_can_be_read(content: str) -> None:
    assert read_answer(content) is None or "claims" in content


@pytest.mark.parametrize(
    ("item", "proposal"),
    [
        (SOUND, Proposal(1, "funds", 2, "asserted", "q")),
        ({**SOUND, "subject": "1", "role": None}, Proposal(1, "funds", 2, "asserted", "q")),
        ({**SOUND, "role": "clerk", "more": []}, Proposal(1, "funds", 2, "asserted", "q", "clerk")),
        ({**SOUND, "subject": True}, None),
        ({**SOUND, "subject": 1.0}, None),
        ({**SOUND, "subject": "Lowmoor Care Trust"}, None),
        ({**SOUND, "object": "1" * 5000}, None),
        ({**SOUND, "object": None}, None),
        ({**SOUND, "predicate": ["funds"]}, None),
        ({**SOUND, "quote": None}, None),
        ({**SOUND, "role": {"words": "clerk"}}, None),
        ({"claims": [SOUND]}, None),
        ([1, "funds", 2], None),
        ("1 funds 2", None),
        (None, None),
    ],
)
def test_only_the_shape_that_was_asked_for_is_a_proposal(item: object, proposal: Proposal | None) -> None:
    assert read_proposal(item) == proposal
