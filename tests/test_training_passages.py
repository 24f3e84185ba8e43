"""The passages that the relation model learns from: well-formed, plenty, and of every kind."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from graph.extractors.windows import IMPLIED
from graph.vocabulary import ORGANISATION_TYPES, OTHER_TYPES, PREDICATES, STATUSES
from tests.relation_reading import read_marked
from training.passages import (
    HELD,
    MINIATURES,
    PASSAGES,
    load_examples,
    number_passages,
    read_passages,
    split_passage,
)

FILES = sorted(PASSAGES.rglob("*.tsv"))
MARK = re.compile(r"\{([^|{}]+)\|(\w+)[+?]?\|([^{}|]+)\}")
FEWEST_OF_A_PREDICATE = 100


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(PASSAGES).as_posix())
def test_every_line_is_a_passage_with_known_types_and_claims(path: Path) -> None:
    types = {*ORGANISATION_TYPES, *OTHER_TYPES}
    lines = [x for x in path.read_text(encoding="utf-8").splitlines() if x and not x.startswith("#")]
    assert len(set(lines)) == len(lines), "a passage stands twice"
    for line in lines:
        text, claims = line.split("\t")
        known: dict[str, str] = {IMPLIED: "Organisation"}
        for identifier, type_, _ in MARK.findall(text):
            assert type_ in types, line
            assert known.setdefault(identifier, type_) == type_, line
        assert "{" not in MARK.sub("", text), line
        for claim in claims.split(";") if claims != "-" else ():
            subject, predicate, target, status = claim.split()
            assert {subject, target} <= set(known), line
            assert predicate in PREDICATES, line
            assert status in STATUSES, line


def test_every_predicate_and_status_comes_often_and_so_does_nothing() -> None:
    passages = list(read_passages())
    claims = [claim for _, _, found in passages for claim in found]
    predicates = Counter(claim[1] for claim in claims)
    assert set(predicates) == set(PREDICATES)
    assert min(predicates.values()) >= FEWEST_OF_A_PREDICATE
    statuses = Counter(claim[3] for claim in claims)
    assert min(statuses[s] for s in STATUSES) > len(claims) / 20
    assert sum(not found for _, _, found in passages) > len(passages) / 6
    assert sum(IMPLIED in (c[0], c[2]) for c in claims) > 500


def test_miniatures_are_stretches_of_documents() -> None:
    texts = [read_marked(text) for name, text, _ in read_passages() if name.startswith(MINIATURES)]
    assert len(texts) > 500
    lengths = sorted(len(text.sentences) for text in texts)
    assert lengths[len(lengths) // 10] >= 6
    silent = [
        sentence
        for text in texts
        for sentence in text.sentences
        if not any(sentence.start <= m.start < sentence.end for m in text.mentions)
    ]
    assert len(silent) > sum(lengths) / 5


def test_each_sentence_is_read_with_the_one_before_it() -> None:
    marked = read_marked(
        "{A|Charity|Mind} is old. It rained. {B|Charity|Scope} is new. So is {C|Charity|Sense}."
    )
    examples = split_passage(marked, [])
    assert [[m.entity for m in e.before[1]] if e.before else None for e in examples] == [None, [], ["B"]]


def test_a_tenth_of_each_file_and_whole_files_are_held_out() -> None:
    passages = list(number_passages())
    assert all(p.held for p in passages if p.name.startswith(HELD))
    others = [p for p in passages if not p.name.startswith(HELD)]
    assert 0.09 < sum(p.held for p in others) / len(others) < 0.11
    assert sum(p.held and p.modelled for p in passages) > 2000
    learnt, held = load_examples()
    assert len(held) < len(learnt) / 2
    assert not {e.sentence.view for e in learnt if len(e.sentence.view) > 60} & {
        e.sentence.view for e in held
    }


@pytest.mark.parametrize(
    ("marked", "claims", "expected"),
    [
        (
            "{A|Charity|Mind} funds {B|Charity|Scope}.",
            [("A", "funds", "B", "asserted")],
            [[("A", "funds", "B", "asserted")]],
        ),
        (
            "{A|Charity|Mind} is rich. It funds {B|Charity|Scope}.",
            [("A", "funds", "B", "asserted")],
            [[], [("A", "funds", "B", "asserted")]],
        ),
        (
            "{B|Charity|Scope} is poor. {A|Charity|Mind} funds it.",
            [("A", "funds", "B", "asserted")],
            [[], [("A", "funds", "B", "asserted")]],
        ),
        (
            "{A|Charity|Mind} is rich. {C|Charity|Shelter} is not. It pays {B|Charity|Scope} as well.",
            [("A", "funds", "B", "asserted")],
            [[], [], [("@", "funds", "B", "asserted")]],
        ),
        (
            "{A|Charity|Mind} and {B|Charity|Scope} merged.",
            [("A", "mergesWith", "B", "asserted")],
            [[("A", "mergesWith", "B", "asserted"), ("B", "mergesWith", "A", "asserted")]],
        ),
        (
            "{B|Charity|Scope} is to close.",
            [("@", "reorganises", "B", "proposed")],
            [[("@", "reorganises", "B", "proposed")]],
        ),
    ],
)
def test_each_sentence_gets_the_claims_that_it_makes(
    marked: str,
    claims: list[tuple[str, str, str, str]],
    expected: list[list[tuple[str, str, str, str]]],
) -> None:
    assert [list(e.claims) for e in split_passage(read_marked(marked), claims)] == expected


def test_a_line_without_claims_is_refused(tmp_path: Path) -> None:
    (tmp_path / "bad.tsv").write_text("{A|Charity|Mind} merged.\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"bad\.tsv line 1"):
        list(read_passages(tmp_path))
