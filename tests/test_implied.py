from __future__ import annotations

import pytest

from graph.extractors.implied import find_implied
from tests.relation_reading import read_marked

CASES = [
    # text, predicate, whether the subject is implied, expected
    (
        "{P|PrimaryCareTrust+|PCTs} are to go. {G|Government|The government} said so.",
        "reorganises",
        True,
        "G",
    ),
    ("{P|PrimaryCareTrust+|PCTs} are to go.", "reorganises", True, ""),
    ("{G|Government|The government} spoke. {P|PrimaryCareTrust+|PCTs} merged.", "mergesWith", True, ""),
    (
        "{T|NHSTrust|Eastvale NHS Trust} is small. It will merge with {U|NHSTrust|Westmoor NHS Trust}.",
        "mergesWith",
        True,
        "T",
    ),
    (
        "{T|NHSTrust|Eastvale NHS Trust} is small. {U|NHSTrust|Westmoor NHS Trust} will take it over.",
        "successorOf",
        False,
        "T",
    ),
    (
        "{T|NHSTrust|Eastvale NHS Trust} told {U|NHSTrust|Westmoor NHS Trust} so. Later they merged with"
        " {V|NHSTrust|Northam NHS Trust}.",
        "mergesWith",
        True,
        "T",
    ),
    (
        "{T|NHSTrust|Eastvale NHS Trust} told {U|NHSTrust|Westmoor NHS Trust} so. Nurses who left it now"
        " serve {V|NHSTrust|Northam NHS Trust}.",
        "worksWith",
        True,
        "",
    ),
    (
        "{G|Government|The government} spoke to {C|CountyCouncil|Marshire County Council}. Bids that it won"
        " bring {P|PrimaryCareTrust+|PCTs} money.",
        "funds",
        True,
        "G",
    ),
    (
        "{R|ResearchUnit|The Ageing Unit} reports. Interviews were held in {P|PrimaryCareTrust+|PCTs}.",
        "studies",
        True,
        "R",
    ),
]


@pytest.mark.parametrize(("marked", "predicate", "subject", "expected"), CASES)
def test_an_implied_body_is_found_in_what_was_said(
    marked: str, predicate: str, subject: bool, expected: str
) -> None:
    text = read_marked(marked)
    sentence = (
        text.sentences[-1] if len(text.sentences) > 1 and predicate != "reorganises" else text.sentences[0]
    )
    assert find_implied(predicate, sentence, text.discourse(), subject=subject)[0] == expected


def test_we_is_the_body_of_who_is_quoted() -> None:
    text = read_marked(
        '"We will close {H|Hospital|Marlow Hospital}," said {P|Person|Ann Lee},'
        " chair of {T|NHSTrust|Eastvale NHS Trust}."
    )
    assert find_implied("reorganises", text.sentences[0], text.discourse(P="T"), subject=True) == (
        "T",
        "speaker",
    )
