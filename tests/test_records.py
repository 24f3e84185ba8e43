"""Quotes are true to their text, and relations that say the same are joined without losing one."""

from __future__ import annotations

import time

from hypothesis import given
from hypothesis import strategies as st

from graph.records import PREFIX_LENGTH, Evidence, Relation, merge_relations, quote_evidence

TEXT = "Kent works with Essex. They share a budget, and Kent works with Essex on falls."


def relate(
    start: int, end: int, confidence: float = 0.5, found_by: str = "frame", **changes: str
) -> Relation:
    facts = {"subject": "kent", "predicate": "worksWith", "object": "essex", "status": "asserted", **changes}
    return Relation(
        **facts, evidence=(quote_evidence(TEXT, start, end),), confidence=confidence, found_by=found_by
    )


@given(st.text(), st.integers(0, 60), st.integers(0, 60))
def test_quote_is_what_stands_there(text: str, one: int, other: int) -> None:
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    evidence = quote_evidence(text, start, end)
    assert evidence.quote == text[start:end]
    assert text[max(0, start - PREFIX_LENGTH) : start] == evidence.prefix
    assert text[end : end + PREFIX_LENGTH] == evidence.suffix


def test_same_claim_keeps_all_its_evidence_and_the_surest_frame() -> None:
    (merged,) = merge_relations([relate(44, 78, 0.9, "sure"), relate(0, 22, 0.4, "unsure")])
    assert [(e.start, e.end) for e in merged.evidence] == [(0, 22), (44, 78)]
    assert (merged.confidence, merged.found_by) == (0.9, "sure")


def test_a_quote_inside_a_longer_one_is_dropped() -> None:
    (merged,) = merge_relations([relate(0, 10), relate(0, 22)])
    assert merged.evidence == (Evidence(0, 22, TEXT[:22], "", TEXT[22 : 22 + PREFIX_LENGTH]),)


def test_other_statuses_and_roles_stay_apart_in_order() -> None:
    relations = [
        relate(0, 22),
        relate(0, 22, status="negated"),
        relate(0, 22, predicate="postHolderAt", role="chair"),
        relate(0, 22, predicate="postHolderAt", role="member"),
    ]
    assert list(merge_relations(relations)) == relations


def test_thousands_of_claims_of_one_thing_are_joined_in_no_time() -> None:
    said = [
        Relation("a", "funds", "b", "asserted", (quote_evidence("x" * 90_000, 9 * n, 9 * n + 8),))
        for n in range(6000)
    ]
    began = time.process_time()
    [merged] = merge_relations(said)
    assert len(merged.evidence) == 6000
    assert time.process_time() - began < 2
