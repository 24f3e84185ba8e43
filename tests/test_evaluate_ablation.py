"""Ablation: each part can be left out, and what it alone finds is then lost."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from graph.cli import run_command
from graph.evaluate_ablation import PARTS, WHOLE, measure_ablations, render_ablations
from graph.extract import extract_document, load_resources
from graph.records import Document, Extraction
from tests.gold_case import TEXT, make_gold, write_gold

TOLD = Document(
    "a.txt",
    "Anna Reed is chief executive of Lowmoor Care Trust. Lowmoor Care Trust (LCT) works with Ashby County "
    "Council. The council will not merge with Leeds City Council. LCT is funded by primary care trusts. "
    "The Health and Social Care Bill was published. It would abolish primary care trusts.",
    "0" * 64,
    date="2009-01-01",
)


def read_without(part: str) -> Extraction:
    return extract_document(TOLD, PARTS[part](load_resources()) if part != WHOLE else load_resources())


def claims(found: Extraction) -> set[str]:
    return {f"{r.subject} {r.predicate} {r.object} {r.status}" for r in found.relations}


def surfaces(found: Extraction) -> set[str]:
    return {mention.text for mention in found.mentions}


@pytest.mark.parametrize(
    ("part", "surface"),
    [
        ("acronyms introduced", "LCT"),
        ("definite descriptions", "council"),
        ("classes of bodies", "primary care trusts"),
        ("names by their last word", "Lowmoor Care Trust"),
    ],
)
def test_mentions_of_a_part_are_lost_without_it(part: str, surface: str) -> None:
    assert surface in surfaces(read_without(WHOLE))
    assert surface not in surfaces(read_without(part))


def test_register_left_out_links_nothing() -> None:
    assert any(e.link.register for e in read_without(WHOLE).entities)
    assert not any(e.link.register for e in read_without("the register").entities)


@pytest.mark.parametrize(
    ("part", "found_by"), [("rules for posts, publications, areas", "post: verb"), ("frames", "works-with")]
)
def test_claims_of_a_part_are_lost_without_it(part: str, found_by: str) -> None:
    assert found_by in {r.found_by for r in read_without(WHOLE).relations}
    assert found_by not in {r.found_by for r in read_without(part).relations}


def test_model_left_out_says_nothing_and_takes_nothing_from_frames() -> None:
    without_frames = PARTS["frames"](load_resources())
    assert any(r.found_by.startswith("model") for r in extract_document(TOLD, without_frames).relations)
    neither = extract_document(TOLD, PARTS["relation model"](without_frames))
    assert {r.found_by for r in neither.relations} == {"post: verb"}
    opinions = load_resources().opinions
    [alone] = [r for r in read_without("relation model").relations if r.found_by == "works-with"]
    weighed = replace(alone, confidence=opinions.frames["works-with"])
    assert alone.confidence == pytest.approx(opinions.tell(weighed).confidence, abs=0.001)


def test_sentence_before_left_out_is_not_read() -> None:
    """The model sees another text, and says another thing of the council that is only described."""
    [whole] = [r for r in read_without(WHOLE).relations if r.found_by == "works-with"]
    [rest] = [r for r in read_without("sentence before").relations if r.found_by == "works-with"]
    assert whole.confidence != rest.confidence


def test_without_status_words_a_proposal_is_taken_for_a_fact() -> None:
    for part, status in ((WHOLE, "proposed"), ("status words", "asserted")):
        [found] = [r for r in read_without(part).relations if r.found_by == "reorganises"]
        assert found.status == status


def test_the_whole_is_as_it_was_afterwards() -> None:
    before = read_without(WHOLE)
    for part in PARTS:
        read_without(part)
    assert read_without(WHOLE) == before


def test_every_part_is_scored_beside_the_whole(tmp_path: Path) -> None:
    folder = write_gold(tmp_path, make_gold("trust worksWith council asserted 0"))
    documents = [Document("a.txt", TEXT, "0" * 64)]
    measured = list(measure_ablations(documents, folder, load_resources()))
    assert [a.left_out for a in measured] == [WHOLE, *PARTS]
    whole, without = measured[0].scores, {a.left_out: a.scores for a in measured}
    assert whole.figures["mentions"].matched > without["names by their last word"].figures["mentions"].matched
    lines = render_ablations(measured).splitlines()
    assert len(lines) == len(PARTS) + 2
    assert len({len(line) for line in lines}) == 1, "columns are aligned"
    assert "+0.000" in lines[1]


def test_evaluate_shows_rules_and_ablation_when_asked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    gold = str(write_gold(tmp_path, make_gold("trust worksWith council asserted 0")))
    options = ["--show", "rules", "--show", "ablation", "--quiet"]
    assert run_command(["evaluate", str(tmp_path / "a.txt"), "--gold", gold, *options]) == 0
    printed = capsys.readouterr().out
    assert "\n\nfound by" in printed
    assert "\nrelation model  " in printed
