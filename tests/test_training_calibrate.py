"""Confidence as the share of claims that are right, of documents read from end to end."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from pathlib import Path

import pytest

from graph.extract import extract_document, load_resources
from graph.extractors.opinions import WHOSE, Opinions, load_opinions
from graph.paths import MODELS
from tests.relation_reading import read_marked
from training.calibrate import AS_WEIGHED, Outcome, annotate, fit_line, judge, measure, read_articles
from training.passages import HELD, MINIATURES, SPARED, number_passages

TEXT = "{a|CountyCouncil|Kent County Council} works with {b|CareTrust|Torbay Care Trust}."


def draw(whose: str, constant: float, slope: float, number: int = 3000) -> list[Outcome]:
    """Draw outcomes that are right as often as a line from the log odds of their weights says."""
    chooser = random.Random(1)
    found = []
    for odds in (-2.0, -1.0, 0.0, 1.0, 2.0) * (number // 5):
        right = chooser.random() < 1 / (1 + 2.71828 ** -(constant + slope * odds))
        found.append(Outcome(whose, 1 / (1 + 2.71828**-odds), right))
    return found


def test_line_is_the_one_by_which_claims_were_right() -> None:
    outcomes = [(o, 1.0) for o in draw("framed", 0.5, 0.6)]
    constant, slope = fit_line(outcomes)
    assert constant == pytest.approx(0.5, abs=0.15)
    assert slope == pytest.approx(0.6, abs=0.15)


def test_few_outcomes_leave_the_slope_where_it_was() -> None:
    few, many = (fit_line([(o, 1.0) for o in draw("framed", 0.0, -1.0, n)])[1] for n in (5, 3000))
    assert many < few - 0.5
    assert few < 1


def test_frames_and_model_have_lines_of_their_own_and_articles_count_half() -> None:
    passages = [*draw("framed", -1.0, 1.0, 4000), *draw("model", 0.0, 1.0, 4000)]
    apart = measure(passages, ())
    assert apart["framed"][0] == pytest.approx(-1, abs=0.15)
    assert apart["model"][0] == pytest.approx(0, abs=0.15)
    articles = [*draw("framed", 1.0, 1.0, 400), *draw("model", 0.0, 1.0, 400)]
    between = measure(passages, articles)["framed"][0]
    assert between == pytest.approx(-1 / 3, abs=0.2)


@pytest.mark.parametrize(
    ("claims", "right"),
    [
        ([("a", "worksWith", "b", "asserted")], True),
        ([("b", "worksWith", "a", "asserted")], True),
        ([("a", "worksWith", "b", "proposed")], False),
        ([("a", "worksWith", "@", "asserted")], True),
        ([], False),
    ],
)
def test_claims_of_a_passage_are_judged_by_its_text_alone(
    claims: list[tuple[str, str, str, str]], right: bool
) -> None:
    marked = read_marked(TEXT)
    found = extract_document(marked.document, load_resources())
    [outcome] = judge(found, annotate(marked, claims), claims)
    assert (outcome.whose, outcome.right) == ("framed", right)
    assert outcome.weight == found.relations[0].confidence


def test_articles_without_gold_are_passed_over(tmp_path: Path) -> None:
    marked = read_marked(TEXT)
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(marked.document.text, encoding="utf-8")
    spans = [(m.start, m.end) for m in marked.mentions]
    entities = [
        {"id": e.id, "kind": e.kind, "type": e.type, "name": e.name, "mentions": [span]}
        for e, span in zip(marked.entities, spans, strict=True)
    ]
    (tmp_path / "a.txt.json").write_text(json.dumps({"doc": "a.txt", "entities": entities, "relations": []}))
    found = list(read_articles([str(tmp_path)], tmp_path, load_resources()))
    assert [(o.whose, o.right) for o in found] == [("framed", False)]


def test_what_ships_was_measured_and_changes_no_claim() -> None:
    shipped = load_opinions()
    assert all(line != AS_WEIGHED and line[1] > 0 for line in shipped.measured.values())
    assert tuple(shipped.measured) == WHOSE
    resources = load_resources()
    as_weighed: Opinions = replace(shipped, measured=dict.fromkeys(WHOSE, AS_WEIGHED))
    marked = read_marked(TEXT)
    for opinions in (shipped, as_weighed):
        found = extract_document(marked.document, replace(resources, opinions=opinions))
        assert [r.found_by for r in found.relations] == ["works-with"]
    assert "measured" in json.loads((MODELS / "opinions.json").read_text(encoding="utf-8"))


def test_the_model_has_not_learnt_from_what_it_is_measured_on() -> None:
    unseen = [p for p in number_passages() if p.unseen and p.name.startswith((MINIATURES, HELD))]
    assert all(p.held or p.name.endswith(SPARED) for p in unseen)
    assert sum(p.name.startswith(MINIATURES) for p in unseen) > 250
