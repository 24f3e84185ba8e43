"""Units that carry their parent's name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.extractors.units import find_units
from tests.relation_reading import read_marked

BODY = "{A|ArmsLengthBody|Northvale Health Agency}"


def units(marked: str) -> list[tuple[str, str]]:
    read = read_marked(marked)
    found = list(find_units(read.document, read.sentences, read.mentions, read.entities))
    for relation in found:
        assert (relation.predicate, relation.status) == ("partOf", "asserted")
        assert all(read.document.text[e.start : e.end] == e.quote != "" for e in relation.evidence)
    return [(relation.subject, relation.object) for relation in found]


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        (f"{BODY} met. {{B|Partnership|Northvale Health Agency board}} met.", [("B", "A")]),
        (f"{BODY} met. {{B|Partnership|Northvale Health Agency's audit committee}} met.", [("B", "A")]),
        (f"{BODY}'s {{B|Partnership|research committee}} met.", [("B", "A")]),
        (f"{BODY} {{B|ResearchUnit|policy unit}} met.", [("B", "A")]),
        (f"{BODY} and the {{B|Partnership|research committee}} met.", []),
        (f"{BODY}. {{B|Partnership|Stowmere Board}} met.", []),
        ("{B|Partnership|Northvale Health Agency board} met.", []),
        (f"{BODY}'s {{B|Charity|friends}} met.", []),
        (f"{BODY}'s {{B|Partnership+|committees}} met.", []),
        ("{A|LocalAuthority|Kent} met {B|CountyCouncil|Kent County Council}.", []),
        ("{A|LocalAuthority|Fife} met {B|HealthBoard|Fife Health Board}.", []),
        ("{A|LocalAuthority?|one council}'s {B|Partnership|research committee} met.", []),
        (f"{BODY} met. {{A|Partnership|Northvale Health Agency board}} met.", []),
        ("", []),
    ],
)
def test_unit_is_part_of_the_body_whose_name_it_carries(marked: str, expected: list[tuple[str, str]]) -> None:
    assert units(marked) == expected


PIECES = st.sampled_from(
    [
        BODY,
        "{B|Partnership|Northvale Health Agency board}",
        "{C|Partnership|research committee}",
        "{D|ResearchUnit|unit}",
        "{E|Partnership+|committees}",
        "'s",
        "met.",
    ]
)


@given(st.lists(PIECES, max_size=15).map(" ".join))
def test_no_body_is_part_of_itself_or_of_a_class(text: str) -> None:
    assert all(unit != whole and "E" not in (unit, whole) for unit, whole in units(text))
