from __future__ import annotations

import pytest

from tests.organisation_reading import find

ACTORS = [
    "closer links between health and social care",
    "a merger of health and social services",
    "pooling health and social care budgets",
    "social care and health working together",
    "the divide between health and adult social care.",
]
SUBJECTS = [
    "a health and social care coordinator",
    "people's health and social care needs",
    "the Secretary of State for Health and Social Care",
    "an integrated health and social care service",
    "health and social care policy",
    "a social care worker",
]


@pytest.mark.parametrize("text", ACTORS)
def test_sectors_that_act_are_two_bodies(text: str) -> None:
    assert {mention.type for mention in find(text)} == {"HealthService", "SocialServicesDepartment"}


@pytest.mark.parametrize("text", SUBJECTS)
def test_sectors_as_subjects_are_none(text: str) -> None:
    assert find(text) == []


def test_coordinated_sectors_each_count() -> None:
    text = "The public, private and voluntary sectors pay."
    assert [mention.name for mention in find(text)] == ["public sector", "private sector", "voluntary sector"]


def test_industry_counts_and_the_sector_with_it() -> None:
    assert [m.text for m in find("The industry grew. The sector shrank.")] == ["industry", "sector"]
    assert find("The sector shrank.") == []
