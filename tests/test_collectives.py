from __future__ import annotations

import pytest

from tests.organisation_reading import find


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Three NHS trusts replied.", [("Three NHS trusts", "unnamed")]),
        ("All 150 councils replied.", [("councils", "collective")]),
        ("Care homes close. Staff left care homes.", [("Care homes", "collective")]),
        ("They use spare room in private hospitals.", [("private hospitals", "collective")]),
        ("Mr Banks spoke.", []),
        ("Local government secretary Ann Lee spoke.", []),
        (
            "GP practices close. The practices merge.",
            [("GP practices", "collective"), ("practices", "collective")],
        ),
        ("Good practices spread.", []),
        ("Regional planning bodies met.", [("Regional planning bodies", "collective")]),
        ("Celestial bodies shine.", []),
    ],
)
def test_words_around_a_class_decide(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(mention.text, mention.kind) for mention in find(text)] == expected


def test_every_wording_of_a_class_has_one_name() -> None:
    assert {mention.name for mention in find("PCTs and primary care trusts and each PCT")} == {
        "primary care trusts"
    }
