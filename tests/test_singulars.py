from __future__ import annotations

import pytest

from graph.extractors.singulars import Place, read_singular
from graph.extractors.wordings import Collective, Wording

PCT = Wording("PCT", Collective("primary care trusts", "PrimaryCareTrust"), plural=False, acronym=True)


def read(before: str, after: str) -> list[tuple[str, bool]]:
    place = Place(len(before), len(before) + 3, PCT, before, after)
    return [(candidate.kind, candidate.definite) for candidate in read_singular(place)]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("the ", " has", [("unnamed", True)]),
        ("the ", " budgets", [("collective", True)]),
        ("every ", " has", [("collective", False)]),
        ("one ", " has", [("unnamed", False)]),
        ("a neighbouring ", ".", [("unnamed", False)]),
        ("local ", " budgets", [("collective", False)]),
        ("more than one ", ".", [("collective", False)]),
        ("", " tax", []),
    ],
)
def test_determiner_and_next_word_decide(before: str, after: str, expected: list[tuple[str, bool]]) -> None:
    assert read(before, after) == expected
