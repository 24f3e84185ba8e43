"""The words of explanations: links, kinds, counts."""

from __future__ import annotations

import pytest

from graph.explain_words import (
    KINDS,
    LEGEND,
    SENTENCE_KINDS,
    describe_finding,
    describe_kind,
    describe_link,
    describe_mention,
    list_statuses,
    summarise_explanation,
)
from graph.explanation import Subject
from graph.records import Entity, Link, Mention
from graph.vocabulary import ORGANISATION_KINDS, STATUSES
from tests.explained_sample import explain_letter, explain_minutes


def make_subject(kind: str, link: Link, register: str = "", *, kept: bool = True) -> Subject:
    entity = Entity("x", kind, "CareTrust", "Wendle Care Trust", (), link)
    return Subject(1, entity, "Care trust", register, link.candidates, (1,), kept)


@pytest.mark.parametrize(
    ("subject", "said"),
    [
        (
            make_subject("named", Link("ct:X", 0.95, "safe name"), "Wendle Trust"),
            "register: Wendle Trust (ct:X), score 0.95, safe name",
        ),
        (
            make_subject("named", Link(None, 0.0, "2 bodies share it", ("A (a)", "B (b)"))),
            "register: unsure, 2 bodies share it; considered: A (a), B (b)",
        ),
        (make_subject("named", Link(reason="nothing is so named")), "register: none, nothing is so named"),
        (make_subject("collective", Link(reason="a class of bodies, not one")), ""),
        (make_subject("other", Link(), kept=False), "left out: no relation was found for it"),
    ],
)
def test_links_are_told_with_their_reason(subject: Subject, said: str) -> None:
    assert describe_link(subject) == said


def test_kinds_are_told_of_bodies_only() -> None:
    assert describe_kind(make_subject("collective", Link())) == "Care trust, class of bodies"
    assert describe_kind(make_subject("other", Link())) == "Care trust"
    assert {*ORGANISATION_KINDS, "other"} == set(KINDS)


def test_mention_tells_what_it_stands_for_where_the_words_differ() -> None:
    subject = make_subject("named", Link())
    words = {
        "the  trust": "“the trust” stands for Wendle Care Trust",
        "Wendle care Trust": "Wendle Care Trust",
    }
    for text, said in words.items():
        assert describe_mention(Mention(0, len(text), text, "named", "CareTrust"), subject) == said


def test_finding_tells_property_role_confidence_and_rule() -> None:
    claims = [claim for sentence in explain_minutes().sentences for claim in sentence.claims]
    (post,) = [claim for claim in claims if claim.relation.role]
    assert describe_finding(post) == ("postHolderAt, as “chief executive”, confidence 0.75, found by “frame”")


def test_summary_counts_what_was_seen() -> None:
    bodies, relations = summarise_explanation(explain_minutes())
    assert bodies.startswith("7 sentences; 4 bodies, 1 in the register; ")
    assert relations == "10 relations: 8 stated as fact, 1 proposed, 1 denied; 0 possible misses"
    assert ", 1 unsure; " in summarise_explanation(explain_letter())[0]


def test_legend_explains_every_status_and_word_that_is_used() -> None:
    assert len(list_statuses()) == len(STATUSES)
    terms = {"kind", "register", "seen by", "left out", "confidence", "found by", "not named here"}
    assert {term for term, _ in LEGEND} == {*terms, "possible miss"}
    assert all(meaning.endswith(".") for _, meaning in LEGEND)
    assert "prose" not in SENTENCE_KINDS
