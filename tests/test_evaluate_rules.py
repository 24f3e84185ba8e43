"""Counts by rule: every claim counts once, for what was surest of it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from graph.evaluate_rules import RuleCount, count_rules, render_rules
from graph.records import Extraction
from tests.gold_case import SAID, make_extraction, make_gold, write_gold


def found(*lines: str) -> Extraction:
    """Make an extraction of lines whose first word is what found them."""
    rules = [line.partition(" ")[0] for line in lines]
    extraction = make_extraction(*(line.partition(" ")[2] for line in lines))
    pairs = zip(extraction.relations, rules, strict=True)
    return replace(extraction, relations=tuple(replace(r, found_by=rule) for r, rule in pairs))


def test_claims_are_counted_by_rule_and_predicate(tmp_path: Path) -> None:
    extraction = found(
        "joint trust worksWith council asserted 0",
        "joint board worksWith council asserted 2",
        "pays council funds board asserted 2",
        "pays trust funds board proposed 2",
        "model trust directs council asserted 0",
    )
    assert count_rules([extraction], write_gold(tmp_path, make_gold(*SAID))) == [
        RuleCount("funds", "pays", 1, 1),
        RuleCount("worksWith", "joint", 1, 1),
        RuleCount("directs", "model", 0, 1),
    ]


def test_a_claim_found_twice_counts_for_the_surer(tmp_path: Path) -> None:
    extraction = found(
        "loose trust worksWith council asserted 0 0.4", "exact council worksWith trust asserted 0 0.8"
    )
    counts = count_rules([extraction], write_gold(tmp_path, make_gold(*SAID)))
    assert counts == [RuleCount("worksWith", "exact", 1, 0)]


def test_claims_with_an_unnamed_body_and_unread_documents_are_left_out(tmp_path: Path) -> None:
    extraction = found("audits board audits firm asserted 1")
    folder = write_gold(tmp_path, make_gold(*SAID), make_gold(*SAID, name="b.txt"))
    assert count_rules([extraction], folder) == []


def test_rules_that_lower_f1_are_marked() -> None:
    rules = [RuleCount("funds", "pays", 3, 1), RuleCount("directs", "model", 1, 3)]
    lines = render_rules(rules, 0.64).splitlines()
    assert lines[0].split() == ["found", "by", "predicate", "right", "wrong", "precision"]
    assert lines[1].split() == ["pays", "funds", "3", "1", "0.750"]
    assert lines[2].split() == ["model", "directs", "1", "3", "0.250", "lowers", "F1"]
    assert "lowers" not in render_rules(rules, 0.4)
