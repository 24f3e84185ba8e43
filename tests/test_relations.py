"""What is found in a sentence, and what holds of anything that is found."""

from __future__ import annotations

from itertools import permutations

import pytest
from _pytest.mark.structures import ParameterSet
from hypothesis import given
from hypothesis import strategies as st

from graph.records import Relation
from graph.vocabulary import PREDICATES, STATUSES, SYMMETRIC
from tests.relation_reading import (
    Marked,
    RelationCase,
    claims_of,
    load_relation_cases,
    read_marked,
    shipped_frames,
)

CASES = load_relation_cases()
REACHED = [case for case in CASES if not case.failing]
NOT_BY_FRAMES = {"postHolderAt", "published", "authorOf", "servesArea"}
PIECES = st.sampled_from(
    [
        "{L|LocalAuthority|Halverton Council}",
        "{P|PrimaryCareTrust|Tarnholt PCT}",
        "{C|PrimaryCareTrust+|PCTs}",
        "{G|Government|the government}",
        "{R|Regulator|the Care Inspectorate}",
        "{A|Person|Ann Example}",
        *"and or , . ; : not will should was by with between from to of that which it they we our".split(),
        *"works pooled budgets merged inspected funded commissions urged abolish joint commissioning".split(),
        "accountable",
        "lead commissioner",
        "part of",
        '"',
        "- ",
        "\n\n",
        "’s",
        "£5m",
    ]
)


def parametrize(case: RelationCase) -> ParameterSet:
    marks = [pytest.mark.xfail(strict=False, reason=case.failing)] if case.failing else []
    return pytest.param(case, id=read_marked(case.marked).document.text[:70], marks=marks)


@pytest.mark.parametrize("case", [parametrize(case) for case in CASES])
def test_sentence_says_this_and_nothing_else(case: RelationCase) -> None:
    assert claims_of(read_marked(case.marked).relations()) == case.expected


def test_cases_cover_every_predicate_and_status() -> None:
    claims = {claim for case in REACHED for claim in case.expected}
    assert {predicate for _, predicate, _, _ in claims} == set(PREDICATES) - NOT_BY_FRAMES
    for status in STATUSES:
        assert len({predicate for _, predicate, _, found in claims if found == status}) >= 15, status
    assert sum(not case.expected for case in REACHED) >= 60
    assert len(CASES) - len(REACHED) < len(CASES) / 5


def check(marked: Marked, relations: tuple[Relation, ...]) -> None:
    """Check what every relation promises, whatever the text."""
    named = {mention.entity for mention in marked.mentions}
    keys = [(r.subject, r.predicate, r.object, r.status, r.role) for r in relations]
    assert len(keys) == len(set(keys))
    for relation in relations:
        assert {relation.subject, relation.object} <= named
        assert relation.predicate in PREDICATES
        assert relation.status in STATUSES
        assert 0 < relation.confidence <= 1
        assert relation.found_by.split(" (")[0] in {t.frame.id for t in shipped_frames().triggers}
        if relation.predicate in SYMMETRIC:
            assert relation.subject <= relation.object
        starts = [evidence.start for evidence in relation.evidence]
        assert starts == sorted(set(starts)) != []
        for evidence in relation.evidence:
            assert marked.document.text[evidence.start : evidence.end] == evidence.quote != ""


@given(st.lists(PIECES, max_size=40).map(" ".join))
def test_what_is_found_is_sound_in_any_text(text: str) -> None:
    marked = read_marked(text)
    check(marked, marked.relations())


def test_what_is_found_is_sound_in_all_cases_as_one_document() -> None:
    marked = read_marked("\\n\\n".join(case.marked for case in REACHED))
    found = marked.relations()
    assert len(found) > 100
    check(marked, found)


@pytest.mark.parametrize("text", [c.marked for c in REACHED if len(c.expected) > 1][:12])
def test_order_of_entities_does_not_matter(text: str) -> None:
    marked = read_marked(text)
    for entities in permutations(marked.entities):
        shuffled = Marked(marked.document, marked.sentences, marked.mentions, entities)
        assert shuffled.relations() == marked.relations()


def test_repeated_statement_is_one_relation_with_all_its_evidence() -> None:
    text = "{L|LocalAuthority|Halverton Council} funds {C|Charity|Tarnholt Mind}."
    [relation] = read_marked(f"{text} It rained. {text}").relations()
    assert [e.quote for e in relation.evidence] == ["Halverton Council funds Tarnholt Mind."] * 2
    assert relation.evidence[0].start < relation.evidence[1].start


def test_same_pair_may_be_asserted_and_proposed() -> None:
    body, other = "{L|LocalAuthority|Halverton Council}", "{C|Charity|Tarnholt Mind}"
    found = read_marked(f"{body} works with {other}. {other} should work with {body}.").relations()
    assert claims_of(found) == {("C", "worksWith", "L", status) for status in ("asserted", "proposed")}


def test_pair_that_a_text_is_about_fills_a_bare_wording() -> None:
    pair = "{L|LocalAuthority|Halverton Council} and {P|PrimaryCareTrust|Tarnholt PCT}"
    about = f"{pair} work together. Joint working between {pair} grew. {pair} collaborate."
    bare = "Pooled budgets were the next step."
    assert ("L", "poolsBudgetWith", "P") in {
        claim[:3] for claim in claims_of(read_marked(f"{about} {bare}").relations())
    }
    assert not read_marked(f"{pair} were named. {bare}").relations()


def test_person_stands_for_the_body_that_they_speak_for() -> None:
    marked = read_marked(
        "{A|Person|Ann Example} works with {L|LocalAuthority|Fennick Council}. {C|Charity|Tarnholt Mind} met."
    )
    assert claims_of(marked.relations(A="C")) == {("C", "worksWith", "L", "asserted")}
    assert not marked.relations()


def test_references_and_furniture_hold_no_relation() -> None:
    marked = read_marked("{L|LocalAuthority|Halverton Council} works with {P|PrimaryCareTrust|Tarnholt PCT}.")
    [sentence] = marked.sentences
    for kind, count in (("prose", 1), ("item", 1), ("furniture", 0), ("reference", 0)):
        changed = type(sentence)(sentence.start, sentence.end, sentence.view, kind)
        assert len(Marked(marked.document, (changed,), marked.mentions, marked.entities).relations()) == count


def test_empty_document_says_nothing() -> None:
    assert read_marked("").relations() == ()
