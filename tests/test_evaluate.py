"""The evaluation: its figures and its floor, and the same figures as the shared scorer."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from graph.errors import GoldError
from graph.evaluate import Scores, evaluate_extractions, floor_extraction, render_scores
from graph.evaluate_figures import MEASURES, Figure
from graph.extraction_file import extraction_line
from graph.pipeline import extract_documents
from graph.records import Extraction, Link, quote_evidence
from graph.vocabulary import PREDICATES, STATUSES
from tests.gold_case import SAID, SENTENCES, TEXT, make_extraction, make_gold, make_relation, write_gold


def score(folder: Path, extraction: Extraction, *said: str) -> Scores:
    return evaluate_extractions([extraction], write_gold(folder, make_gold(*(said or SAID))))


def test_what_a_person_found_is_perfect(tmp_path: Path) -> None:
    scores = score(tmp_path, make_extraction(*SAID))
    assert {name: figure.f1 for name, figure in scores.figures.items()} == dict.fromkeys(MEASURES, 1.0)
    assert (scores.grounded, scores.false_facts, scores.missing) == (1.0, 0.0, ())


def test_unnamed_bodies_are_neither_demanded_nor_punished(tmp_path: Path) -> None:
    said = (*SAID, "board audits firm asserted 1")
    without = score(tmp_path, make_extraction(*SAID, bodies="trust council board"), *said)
    other = score(tmp_path, make_extraction(*said, "firm worksWith trust asserted 0"), *said)
    assert without == other
    assert without.figures["relations"] == Figure(2, 2, 2, 2)


def drop_first_mention(extraction: Extraction) -> Extraction:
    return replace(extraction, mentions=extraction.mentions[1:])


def stretch_first_mention(extraction: Extraction) -> Extraction:
    first = replace(extraction.mentions[0], end=extraction.mentions[0].end + 6)
    return replace(extraction, mentions=(first, *extraction.mentions[1:]))


def retype(extraction: Extraction) -> Extraction:
    return replace(extraction, mentions=tuple(replace(m, type="University") for m in extraction.mentions))


def relink(extraction: Extraction) -> Extraction:
    return replace(extraction, entities=tuple(replace(e, link=Link("ct:1")) for e in extraction.entities))


def state(*lines: str) -> Callable[[Extraction], Extraction]:
    relations = tuple(make_relation(line) for line in lines)
    return lambda extraction: replace(extraction, relations=relations)


CASES: list[tuple[str, Callable[[Extraction], Extraction], dict[str, tuple[int, int, int, int]]]] = [
    (
        "a mention less: its entity is gone, and with it the relation and the link",
        drop_first_mention,
        {
            "mentions": (4, 5, 4, 4),
            "entities": (2, 3, 2, 2),
            "relations": (2, 2, 1, 1),
            "links": (1, 1, 1, 1),
        },
    ),
    (
        "a mention too long still overlaps",
        stretch_first_mention,
        {"mentions": (5, 5, 4, 4), "overlap": (5, 5, 5, 5), "typed": (5, 5, 4, 4), "entities": (3, 3, 3, 3)},
    ),
    ("other types", retype, {"mentions": (5, 5, 5, 5), "typed": (5, 5, 0, 0)}),
    ("one link right, one wrong, one made where there is none", relink, {"links": (3, 2, 1, 1)}),
    (
        "a symmetric relation the other way round is right",
        state("council worksWith trust asserted 0"),
        {"relations": (1, 2, 1, 1)},
    ),
    (
        "one that is not symmetric is wrong, but relates the right two",
        state("board funds council asserted 2"),
        {"relations": (1, 2, 0, 0), "pairs": (1, 2, 1, 1), "families": (1, 2, 0, 0)},
    ),
    (
        "a predicate of the same family and another status",
        state("council poolsBudgetWith trust proposed 0"),
        {"relations": (1, 2, 0, 0), "families": (1, 2, 1, 1)},
    ),
    (
        "two statuses are two relations of one pair",
        state("trust worksWith council asserted 0", "trust worksWith council negated 0"),
        {"relations": (2, 2, 1, 1), "pairs": (1, 2, 1, 1), "families": (1, 2, 1, 1)},
    ),
]


@pytest.mark.parametrize(
    ("change", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_figures(
    change: Callable[[Extraction], Extraction], expected: dict[str, tuple[int, int, int, int]], tmp_path: Path
) -> None:
    figures = score(tmp_path, change(make_extraction(*SAID))).figures
    assert {name: figures[name] for name in expected} == {
        n: Figure(*counts) for n, counts in expected.items()
    }


def test_denial_that_comes_back_as_fact_is_a_false_fact(tmp_path: Path) -> None:
    gold = ("trust worksWith council negated 0", "council funds board proposed 2")
    scores = score(tmp_path, make_extraction(*SAID[:1]), *gold)
    assert (scores.denied, scores.false_facts) == (2, 0.5)


def test_fact_that_is_also_proposed_is_no_false_fact(tmp_path: Path) -> None:
    gold = ("trust worksWith council negated 0", "trust worksWith council asserted 0")
    assert score(tmp_path, make_extraction(*SAID[:1]), *gold).denied == 0


def test_evidence_elsewhere_is_not_grounded(tmp_path: Path) -> None:
    found = make_extraction("trust worksWith council asserted 1", SAID[1])
    assert score(tmp_path, found).grounded == 0.5


def test_document_that_was_not_read_counts_as_empty_and_is_named(tmp_path: Path) -> None:
    write_gold(tmp_path, make_gold(*SAID), make_gold(*SAID, name="b.txt"))
    scores = evaluate_extractions([make_extraction(*SAID), make_extraction(name="c.txt")], tmp_path)
    assert scores.figures["relations"] == Figure(2, 4, 2, 2)
    assert scores.missing == ("b.txt",)
    assert "not among the documents read: b.txt\n" in render_scores(scores, scores)


def test_sums_are_those_of_predicates_and_documents(tmp_path: Path) -> None:
    write_gold(tmp_path, make_gold(*SAID), make_gold(*SAID[1:], name="b.txt"))
    found = [make_extraction(*SAID), make_extraction(SAID[0], name="b.txt")]
    scores = evaluate_extractions(found, tmp_path)
    total = scores.figures["relations"]
    assert total == Figure(3, 3, 2, 2)
    assert sum(scores.by_predicate.values(), Figure()) == total
    assert sum((figures["relations"] for figures in scores.by_document.values()), Figure()) == total


def test_floor_relates_every_two_bodies_of_a_sentence() -> None:
    floor = floor_extraction(make_extraction("board funds council proposed 2"))
    assert [(r.subject, r.predicate, r.object, r.status) for r in floor.relations] == [
        ("council", "worksWith", "trust", "asserted"),
        ("board", "worksWith", "firm", "asserted"),
        ("board", "worksWith", "council", "asserted"),
    ]
    assert [r.evidence[0].quote for r in floor.relations] == [TEXT[start:end] for start, end in SENTENCES]
    assert floor.mentions == make_extraction().mentions


def test_scores_are_printed_with_the_floor_beside_them(tmp_path: Path) -> None:
    found = make_extraction(*SAID)
    scores, floor = score(tmp_path, found), score(tmp_path, floor_extraction(found))
    lines = render_scores(scores, floor, details=("predicate", "document")).splitlines()
    assert lines[0].split() == ["precision", "recall", "F1", "right", "found", "gold", "floor", "F1"]
    rows = {line.rsplit(None, 7)[0]: line.split()[-7:] for line in lines[1:-3]}
    assert list(rows) == [
        *MEASURES,
        "funds",
        "worksWith",
        *(f"a.txt {name}" for name in ("mentions", "entities", "relations")),
    ]
    assert rows["relations"] == ["1.000", "1.000", "1.000", "2", "2", "2", "0.500"]
    assert lines[-1] == "documents 1"
    assert len({len(line) for line in lines[:-3]}) == 1, "columns are aligned"


WRONG_FILES = [
    ("{", "is no gold file"),
    ("[]", "is no gold file"),
    ("{}", "lacks 'entities'"),
    ('{"doc": "a.txt", "entities": [{"id": "a"}], "relations": []}', "lacks 'kind'"),
    (
        '{"doc": "a", "entities": [{"id": "a", "kind": "k", "type": "T", "mentions": [[1]]}]}',
        "is no gold file",
    ),
    (
        '{"doc": "a.txt", "entities": [], "relations": [{"subject": "x", "predicate": "p", "object": "y"}]}',
        "'x'",
    ),
]


@pytest.mark.parametrize(("content", "said"), WRONG_FILES)
def test_wrong_gold_file_is_one_clear_error(content: str, said: str, tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(content, encoding="utf-8")
    with pytest.raises(GoldError, match=r"a\.json: ") as raised:
        evaluate_extractions([], tmp_path)
    assert said in str(raised.value)
    assert "\n" not in str(raised.value)


def test_folder_without_gold_is_one_clear_error(tmp_path: Path) -> None:
    with pytest.raises(GoldError, match="holds no gold file"):
        evaluate_extractions([], tmp_path)
    with pytest.raises(GoldError, match="is no folder"):
        evaluate_extractions([], tmp_path / "none")


def spoil(extraction: Extraction) -> Extraction:
    """Make mistakes of every kind, so that every figure is put to the test."""
    mentions = [
        replace(m, end=m.end + 2, type="Company" if n % 5 == 0 else m.type) if n % 3 == 0 else m
        for n, m in enumerate(extraction.mentions)
        if n % 7
    ]
    relations = [
        replace(
            r,
            subject=r.object if n % 4 == 0 else r.subject,
            object=r.subject if n % 4 == 0 else r.object,
            status=STATUSES[n % 3],
            predicate=PREDICATES[n % len(PREDICATES)] if n % 5 == 0 else r.predicate,
            evidence=(quote_evidence(extraction.document.text, 0, 9),) if n % 6 == 0 else r.evidence,
        )
        for n, r in enumerate(extraction.relations)
    ]
    entities = [
        replace(e, link=Link("ct:TAL")) if n % 4 == 0 else e for n, e in enumerate(extraction.entities)
    ]
    return replace(extraction, mentions=tuple(mentions), relations=tuple(relations), entities=tuple(entities))


def tell_figure(figure: Figure) -> dict[str, float]:
    counts = {"system": figure.system, "gold": figure.gold, "matched": figure.matched}
    return {"precision": figure.precision, "recall": figure.recall, "f1": figure.f1, **counts}


@pytest.fixture(scope="module")
def articles() -> list[Extraction]:
    folder = Path(__file__).resolve().parents[1].parent / "shared"
    if not folder.is_dir():
        pytest.skip("needs the source articles and gold files in ../shared, which are not in the repository")
    found = extract_documents([folder / "seeds", folder / "corpus"])
    return [item for item in found if isinstance(item, Extraction)]


@pytest.mark.parametrize(
    "change", [lambda e: e, spoil, floor_extraction], ids=["as found", "spoilt", "floor"]
)
def test_same_figures_as_the_shared_scorer(
    change: Callable[[Extraction], Extraction], articles: list[Extraction], shared: Path, tmp_path: Path
) -> None:
    changed = [change(extraction) for extraction in articles[:-1]]
    file = tmp_path / "found.jsonl"
    file.write_text("".join(extraction_line(e) + "\n" for e in changed), encoding="utf-8")
    gold = shared / "evaluation" / "gold"
    command = [sys.executable, *map(str, (shared / "evaluation" / "score.py", gold, file)), "--json"]
    theirs = json.loads(subprocess.run(command, capture_output=True, check=True, text=True).stdout)
    ours = evaluate_extractions(changed, gold)
    assert {name: tell_figure(ours.figures[name]) for name in MEASURES} == {n: theirs[n] for n in MEASURES}
    assert {name: tell_figure(f) for name, f in ours.by_predicate.items()} == theirs["by_predicate"]
    assert {
        document: {name: tell_figure(f) for name, f in figures.items()}
        for document, figures in ours.by_document.items()
    } == theirs["by_document"]
    assert (ours.grounded, ours.false_facts) == (theirs["grounded"], theirs["false_facts"])
    assert (len(ours.by_document), len(ours.missing)) == (theirs["documents"], 1)
