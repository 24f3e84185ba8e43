from __future__ import annotations

import pytest

from graph.extractors.acronyms import matches_acronym
from tests.organisation_reading import find


@pytest.mark.parametrize(
    ("acronym", "name"),
    [
        ("PCTs", "primary care trusts"),
        ("CSCI", "Commission for Social Care Inspection"),
        ("DoH", "Department of Health"),
    ],
)
def test_letters_in_order_stand_for_a_name(acronym: str, name: str) -> None:
    assert matches_acronym(acronym, name)


@pytest.mark.parametrize(("acronym", "name"), [("BMA", "Kent County Council"), ("", "Kent"), ("XY", "")])
def test_other_letters_do_not(acronym: str, name: str) -> None:
    assert not matches_acronym(acronym, name)


def test_introduced_acronym_stands_for_its_name_everywhere() -> None:
    text = "BCF grew. The Barset Carers Federation (BCF) met. BCF voted."
    assert [m.name for m in find(text)] == ["Barset Carers Federation"] * 4


def test_acronym_in_brackets_after_no_body_is_nothing() -> None:
    assert find("The attendance allowance (AA) was cut. AA matters.") == []


def test_plural_acronym_of_a_class_needs_no_introduction() -> None:
    text = "Adult protection committees met. Reports from the APCs followed."
    assert [m.text for m in find(text)] == ["Adult protection committees", "APCs"]
