"""The public names: the few that users import, all there and none besides."""

from __future__ import annotations

import importlib

import pytest

from graph import __all__ as public_names

MODULE = importlib.import_module("graph")


@pytest.mark.parametrize("name", public_names)
def test_each_public_name_can_be_imported(name: str) -> None:
    assert getattr(MODULE, name).__module__.startswith("graph.")


def test_names_are_sorted_and_known() -> None:
    assert public_names == sorted(public_names)
    assert set(public_names) == set(MODULE._HOMES)


def test_an_unknown_name_is_told_with_the_known_ones() -> None:
    with pytest.raises(AttributeError, match="KnowledgeGraph"):
        getattr(MODULE, "Knowledgegraph")  # noqa: B009 - the name is wrong on purpose
