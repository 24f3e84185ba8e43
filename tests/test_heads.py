from __future__ import annotations

import pytest

from graph.extractors.heads import read_names
from graph.extractors.wordings import Head
from tests.organisation_reading import find
from tests.test_chains import make_spot


@pytest.mark.parametrize(
    "text", ["The Joint Committee met.", "A Local Council met.", "The City Centre was full.",
             "Social Care matters.", "My Friend's Department replied.", "Better Care for all."],
)  # fmt: skip
def test_description_is_no_name(text: str) -> None:
    assert not [m for m in find(text) if m.kind == "named" and m.found_by == "name by head"]


def test_fullest_head_gives_the_type() -> None:
    (mention,) = find("Northshire Health Authority closed.")
    assert mention.type == "HealthAuthority"


def test_head_in_capitals_is_a_heading() -> None:
    assert list(read_names(make_spot("KENT FEDERATION", "FEDERATION", Head("RepresentativeBody")))) == []


def test_shared_head_gives_each_body_its_full_name() -> None:
    names = [mention.name for mention in find("Ealing and Hammersmith Hospitals closed.")]
    assert names == ["Ealing Hospital", "Hammersmith Hospital"]
