"""Growing a name in capitals to the left."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.extractors.capitals import grow_capitals, is_followed_by_name

NAMES = [
    ("Under the Health and Social Care Act", "Health and Social Care Act"),
    ("The Care Standards Act", "Care Standards Act"),
    ("This year the Adult Support (Scotland) Act", "Adult Support (Scotland) Act"),
    ("in an Act", "Act"),
    ("Section 2 of the Act", "Act"),
    ("they act on the Care Act", "Care Act"),
]


@pytest.mark.parametrize(("view", "name"), NAMES)
def test_name_grows_to_its_first_capital(view: str, name: str) -> None:
    assert view[grow_capitals(view, view.rindex("Act")) :] == name


@given(st.text(alphabet="aB (),and of", max_size=60), st.integers(1, 4))
def test_name_starts_in_the_text_and_never_after_its_end(before: str, limit: int) -> None:
    view = f"{before} Act"
    start = grow_capitals(view, len(before) + 1, limit=limit)
    assert 0 <= start <= len(before) + 1
    assert len(view[start:].split()) <= limit + 1 + before.count("(") * 3


def test_longer_name_is_seen() -> None:
    assert is_followed_by_name("Care Bill Committee", 9)
    assert not is_followed_by_name("Care Bill is new", 9)
