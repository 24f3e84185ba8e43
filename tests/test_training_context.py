"""Sentences before the sentences that the relation model learns from."""

from __future__ import annotations

from random import Random

import pytest

from graph.extractors.windows import IMPLIED
from tests.relation_reading import read_marked
from training.context import Contexts, find_topic, replace_topic
from training.passages import Example, load_examples, split_passage


def example(marked: str, claims: str = "") -> Example:
    wanted = [(s, p, o, status) for s, p, o, status in (c.split() for c in claims.split(";") if c)]
    return split_passage(read_marked(marked), wanted)[-1]


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("The {A|Charity|Kite Fund} funds {B|Hospital|Elm House}.", "It funds Elm House."),
        ("{A|Charity|Kite Fund}'s board funds {B|Hospital|Elm House}.", "Its board funds Elm House."),
        ("{A|Charity+|Charities} fund {B|Hospital|Elm House}.", "They fund Elm House."),
        ("So {A|Charity+|charities}' cash paid {B|Hospital|Elm House}.", "So their cash paid Elm House."),
    ],
)  # fmt: skip
def test_a_body_that_begins_a_sentence_turns_into_a_pronoun(marked: str, expected: str) -> None:
    whole = example(marked, "A funds B asserted")
    topic = find_topic(whole)
    assert topic
    assert topic.entity == "A"
    sentence, [mention] = replace_topic(whole.sentence, whole.mentions, topic)
    assert sentence.view == expected
    start = mention.start - sentence.start
    assert sentence.view[start : start + len("Elm House")] == "Elm House"
    assert sentence.end - sentence.start == len(expected)


@pytest.mark.parametrize(
    "marked",
    [
        "{A|Charity|Kite Fund} funds {B|Hospital|Elm House}, says the {A|Charity|fund}.",
        "In the long and cold spring of 2004 {A|Charity|Kite Fund} funds {B|Hospital|Elm House}.",
        "{A|Charity?|One charity} funds {B|Hospital|Elm House}.",
    ],
)
def test_a_body_named_twice_or_late_or_not_at_all_stays(marked: str) -> None:
    assert find_topic(example(marked, "A funds B asserted")) is None


def test_a_body_without_a_claim_stays() -> None:
    assert find_topic(example("{A|Charity|Kite Fund} thanks {B|Hospital|Elm House}.")) is None


def test_claims_of_varied_sentences_are_on_bodies_that_their_window_names() -> None:
    learnt, _ = load_examples()
    contexts = Contexts(learnt, Random(3))
    across = 0
    for one in learnt[::7]:
        varied = contexts.vary(one)
        own = {IMPLIED, *(m.entity for m in varied.mentions)}
        seen = own | {m.entity for m in (varied.before[1] if varied.before else ())}
        assert seen.issuperset(end for claim in varied.claims for end in (claim[0], claim[2]))
        assert varied.claims == one.claims
        across += any(not own.issuperset((s, o)) for s, _, o, _ in varied.claims)
    assert across > 50
