from __future__ import annotations

import pytest

from tests.organisation_reading import find


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The government paid.", "UK Government"),
        (
            "Scotland has its own law. MSPs say that Scottish needs differ. The government paid.",
            "Scottish Government",
        ),
        ("The Welsh government paid.", "Welsh Government"),
        ("Welsh patients wait. Wales waits. People in Wales blame ministers.", "Welsh Government"),
        (
            "Americans vote. Many Americans worry. Americans pay. The federal government acts.",
            "US Government",
        ),
    ],
)
def test_government_is_that_of_the_text(text: str, name: str) -> None:
    assert [mention.name for mention in find(text) if mention.type == "Government"] == [name]


@pytest.mark.parametrize(
    "text",
    ["Local government secretary", "good government matters", "the previous government", "the prime minister",
     "a member of Parliament", "in this Parliament", "three cabinet ministers", "the next Parliament"],
)  # fmt: skip
def test_near_misses_are_none(text: str) -> None:
    assert [m for m in find(text) if m.type in ("Government", "Parliament")] == []


def test_department_of_a_minister_is_the_one_for_health() -> None:
    (mention,) = find("What support is his Department giving?")
    assert mention.name == "Department of Health"


def test_parliament_is_that_of_the_nation() -> None:
    (mention,) = find("In Scotland the bill is before Parliament.")
    assert mention.name == "Scottish Parliament"
