from __future__ import annotations

import pytest

from graph.extractors.wordings import Anaphor, Collective, Head, Wording


def test_wordings_are_values() -> None:
    assert Wording("PCT", Collective("x", "PrimaryCareTrust")) == Wording(
        "PCT", Collective("x", "PrimaryCareTrust")
    )
    assert hash(Head("Charity", of=True)) != hash(Head("Charity"))


def test_wordings_cannot_be_changed() -> None:
    with pytest.raises(AttributeError):
        Anaphor("trust", frozenset(), False).noun = "council"  # type: ignore[misc]
