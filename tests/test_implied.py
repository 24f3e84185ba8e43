"""Whom a claim means whose sentence does not say."""

from __future__ import annotations

import pytest

from graph.extractors.antecedents import Gap, load_antecedents
from graph.extractors.implied import find_implied
from tests.relation_reading import read_marked

ANTECEDENTS = load_antecedents()
CASES = [
    # text (the claim is in the last sentence), predicate, end that is named, expected
    (
        "{G|Government|The government} said so. {P|PrimaryCareTrust+|PCTs} are to go.",
        "reorganises",
        "P",
        "G",
        "government",
    ),
    ("{P|PrimaryCareTrust+|PCTs} are to go.", "reorganises", "P", "", ""),
    (
        "{T|NHSTrust|Eastvale NHS Trust} is small. It will merge with {U|NHSTrust|Westmoor NHS Trust}.",
        "mergesWith",
        "U",
        "T",
        "text before",
    ),
    (
        "{T|NHSTrust|Eastvale NHS Trust} told {C|Charity|Mind} so. Later it merged with"
        " {V|NHSTrust|Northam NHS Trust}.",
        "mergesWith",
        "V",
        "T",
        "text before",
    ),
    (
        "{G|Government|The government} spoke to {C|CountyCouncil|Marshire County Council}. Bids that it won"
        " bring {P|PrimaryCareTrust+|PCTs} money.",
        "funds",
        "P",
        "G",
        "government",
    ),
    (
        "{R|ResearchUnit|The Ageing Unit} reports. Interviews were held in {P|PrimaryCareTrust+|PCTs}.",
        "studies",
        "P",
        "R",
        "author",
    ),
    (
        "{C|CountyCouncil|Marshire County Council} runs {S|SocialServicesDepartment|social services}. It is"
        " inspected by the {R|Regulator|Care Quality Commission}.",
        "regulates",
        "R",
        "C",
        "text before",
    ),
]


@pytest.mark.parametrize(("marked", "predicate", "other", "expected", "how"), CASES)
def test_an_implied_body_is_found_in_what_was_said(
    marked: str, predicate: str, other: str, expected: str, how: str
) -> None:
    text = read_marked(marked)
    sentence = text.sentences[-1]
    named = frozenset(m.entity for m in text.mentions if m.start >= sentence.start)
    gap = Gap(predicate, predicate != "regulates", other, named, sentence)
    found, why, chance = find_implied(gap, text.discourse(), ANTECEDENTS)
    assert (found, why) == (expected, how)
    assert bool(chance) == bool(expected)


def test_we_is_the_body_of_who_is_quoted() -> None:
    text = read_marked(
        '"We will close {H|Hospital|Marlow Hospital}," said {P|Person|Ann Lee},'
        " chair of {T|NHSTrust|Eastvale NHS Trust}."
    )
    gap = Gap("reorganises", True, "H", frozenset("H"), text.sentences[0])
    assert find_implied(gap, text.discourse(P="T"), ANTECEDENTS)[:2] == ("T", "speaker")


def test_a_body_that_the_sentence_names_is_not_the_one_that_it_leaves_out() -> None:
    text = read_marked("{G|Government|The government} must act. {G|Government|The government} must act now.")
    gap = Gap("recommendsTo", True, "G", frozenset("G"), text.sentences[1])
    assert find_implied(gap, text.discourse(), ANTECEDENTS) == ("", "", 0.0)
