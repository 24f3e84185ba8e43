"""Sentences that may hide a relation: which they are, how likely each is, and in which order."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.extract import extract_document, load_resources
from graph.extractors.omissions import list_omissions
from graph.records import Document, Mention, Omission, Relation, Sentence, quote_evidence

TEXT = "Ashby met Bexton.\nAshby met Coll.\nBexton met Coll."
SENTENCES = tuple(
    Sentence(m.start(), m.end(), m[0], index=number) for number, m in enumerate(re.finditer(r"[^\n]+", TEXT))
)
NAMED = {"Ashby": "named", "Bexton": "named", "Coll": "collective"}


def read(named: dict[str, str]) -> list[Mention]:
    """Find names; what is given is the kind of a body, or the type of what is none."""
    found = [
        Mention(m.start(), m.end(), m[0], kind if body else "other", "Charity" if body else kind, name)
        for name, kind in named.items()
        for body in [kind in ("named", "collective", "unnamed")]
        for m in re.finditer(name, TEXT)
    ]
    return sorted(found, key=lambda mention: mention.start)


def claim(line: str, *, until: int = 0) -> Relation:
    """Make a claim of ``SUBJECT predicate OBJECT sentence confidence``, its evidence up to a sentence."""
    subject, predicate, target, number, confidence = line.split()
    first, last = SENTENCES[int(number)], SENTENCES[max(int(number), until)]
    evidence = quote_evidence(TEXT, first.start, last.end)
    return Relation(subject, predicate, target, "asserted", (evidence,), "", float(confidence))


def listed(
    relations: list[Relation], seen: list[Relation], named: dict[str, str] = NAMED
) -> list[tuple[int, float]]:
    omissions = list_omissions(SENTENCES, read(named), relations, seen)
    return [(omission.sentence, omission.likelihood) for omission in omissions]


@pytest.mark.parametrize(
    ("named", "kind", "expected"),
    [
        ({"Ashby": "named", "Bexton": "named"}, "prose", True),
        ({"Ashby": "named", "Bexton": "collective"}, "item", True),
        ({"Ashby": "named", "Bexton": "Person"}, "prose", True),
        ({"Ashby": "collective", "Bexton": "Publication"}, "prose", True),
        ({"Ashby": "Person", "Bexton": "Publication"}, "prose", False),
        ({"Ashby": "named", "Bexton": "unnamed"}, "prose", False),
        ({"Ashby": "named", "Bexton": "Place"}, "prose", False),
        ({"Ashby": "named"}, "prose", False),
        ({"Ashby": "named", "Bexton": "named"}, "reference", False),
        ({"Ashby": "named", "Bexton": "named"}, "furniture", False),
    ],
)
def test_sentence_names_two_that_can_be_related(named: dict[str, str], kind: str, expected: bool) -> None:
    sentences = (replace(SENTENCES[0], kind=kind), *SENTENCES[1:])
    mentions = [m for m in read(named) if m.end <= sentences[0].end]
    expectation = (Omission(0, 0.0, tuple(mentions)),) if expected else ()
    assert list_omissions(sentences, mentions, [], []) == expectation


def test_one_body_named_twice_is_one() -> None:
    mentions = [replace(mention, entity="one") for mention in read(NAMED)]
    assert list_omissions(SENTENCES, mentions, [], []) == ()


@pytest.mark.parametrize(
    ("relations", "expected"),
    [
        ([], [0, 1, 2]),
        ([claim("Ashby directs Bexton 0 0.9")], [1, 2]),
        ([claim("Ashby directs Bexton 0 0.9", until=1)], [2]),
    ],
)
def test_sentence_that_is_evidence_is_none(relations: list[Relation], expected: list[int]) -> None:
    assert [number for number, _ in listed(relations, [])] == expected


@pytest.mark.parametrize(
    ("seen", "expected"),
    [
        (["Ashby directs Coll 1 0.3"], [(1, 0.3), (0, 0.0), (2, 0.0)]),
        (["Ashby directs Coll 1 0.3", "Coll funds Ashby 1 0.2"], [(1, 0.3), (0, 0.0), (2, 0.0)]),
        (["Ashby directs Coll 1 0.5", "Coll funds Bexton 1 0.2"], [(1, 0.6), (0, 0.0), (2, 0.0)]),
        (["Ashby directs Bexton 0 0.1", "Coll funds Bexton 2 0.4"], [(2, 0.4), (0, 0.1), (1, 0.0)]),
    ],
)
def test_claims_that_were_too_weak_add_up_pair_by_pair(
    seen: list[str], expected: list[tuple[int, float]]
) -> None:
    assert listed([], [claim(line) for line in seen]) == expected


def test_what_the_document_says_elsewhere_is_not_missed() -> None:
    said, again = claim("Ashby directs Coll 0 0.9"), claim("Ashby directs Coll 1 0.3")
    assert listed([said], [said, again]) == [(1, 0.0), (2, 0.0)]


def test_claim_on_two_sentences_belongs_to_the_second() -> None:
    assert listed([], [claim("Ashby directs Coll 0 0.3", until=1)]) == [(1, 0.3), (0, 0.0), (2, 0.0)]


@given(st.lists(st.tuples(st.integers(0, 2), st.sampled_from(sorted(NAMED)), st.floats(0, 1))))
def test_likelihoods_are_chances_in_order_that_more_claims_never_lower(
    seen: list[tuple[int, str, float]],
) -> None:
    claims = [claim(f"Ashby funds {name} {number} {chance:.4f}") for number, name, chance in seen]
    found = listed([], claims)
    assert [chance for _, chance in found] == sorted((chance for _, chance in found), reverse=True)
    assert all(0 <= chance <= 1 for _, chance in found)
    fewer = dict(listed([], claims[1:]))
    assert all(chance >= fewer[number] for number, chance in found)


def test_extraction_lists_them_with_names_that_it_does_not_keep() -> None:
    text = "Ms Dora Pell once sat beside a lamp of Wendle County Council.\n"
    document = Document("case.md", text, hashlib.sha256(text.encode()).hexdigest())
    extraction = extract_document(document, load_resources())
    assert extraction.relations == ()
    (omission,) = extraction.omissions
    assert [mention.text for mention in omission.mentions] == ["Dora Pell", "Wendle County Council"]
    assert "Dora Pell" not in {entity.name for entity in extraction.entities}
