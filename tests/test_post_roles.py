from __future__ import annotations

import pytest

from graph.extractors.post_roles import find_role
from tests.relation_reading import read_marked

CASES = [
    (
        "{P|Person|Ann Lee} left {G|Company|Dotmed} to be first chief nurse of {N|HealthService|the NHS}.",
        "first chief nurse",
    ),
    (
        "{P|Person|Ann Lee} was, until the music stopped, deputy chair of {B|Regulator|Ofgrid}.",
        "deputy chair",
    ),
    (
        "{Q|Person|Bo Fry}, head of {B|Charity|Far Mind}, thanked {P|Person|Ann Lee}, the treasurer.",
        "treasurer",
    ),
    ("{P|Person|Ann Lee} once worked at {B|Charity|Tarnholt Mind}.", ""),
    ("{Q|Person|Bo Fry}, director of {B|Charity|Tarnholt Mind}, resigned.", ""),
]


@pytest.mark.parametrize(("marked", "expected"), CASES)
def test_the_nearest_title_that_is_nobody_elses(marked: str, expected: str) -> None:
    text = read_marked(marked)
    assert find_role(text.sentences[0], text.mentions, "P") == expected
