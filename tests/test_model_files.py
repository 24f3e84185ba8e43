"""A spoilt file of the models is named, with what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.errors import OntologyError
from graph.extractors.model_files import reading

PATH = Path("models") / "opinions.json"
LINE = r"opinions\.json.*cannot be read .*restore it"


@pytest.mark.parametrize(
    "problem", [OSError("gone"), ValueError("no JSON"), KeyError("both"), TypeError("list")]
)
def test_what_goes_wrong_names_the_file(problem: Exception) -> None:
    with (
        pytest.raises(OntologyError, match=LINE) as raised,
        reading(PATH),
    ):
        raise problem
    assert raised.value.__cause__ is problem


def test_other_mistakes_are_not_hidden_unless_told() -> None:
    with pytest.raises(ZeroDivisionError), reading(PATH):
        raise ZeroDivisionError
    with pytest.raises(OntologyError), reading(PATH, ZeroDivisionError):
        raise ZeroDivisionError
