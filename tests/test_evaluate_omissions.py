"""What the list of possible misses holds of the relations that were missed, and how soon."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from graph.cli import run_command
from graph.evaluate_omissions import measure_omissions, render_omissions
from graph.records import Extraction, Omission
from tests.gold_case import SAID, TEXT, make_extraction, make_gold, write_gold


def make_listed(*relations: str, omissions: str = "", name: str = "a.txt") -> Extraction:
    """Make an extraction with possible misses, given as ``sentence:likelihood``."""
    pairs = [pair.split(":") for pair in omissions.split()]
    listed = tuple(Omission(int(number), float(chance), ()) for number, chance in pairs)
    return replace(make_extraction(*relations, name=name), omissions=listed)


@pytest.mark.parametrize(
    ("gold", "found", "omissions", "missed", "held", "related"),
    [
        (SAID, SAID, "", 0, 0, 0),
        (SAID, (), "0:0.4 2:0.1", 2, 2, 0),
        (SAID, (SAID[0],), "2:0.1", 1, 1, 0),
        (SAID, ("trust directs council asserted 0",), "2:0.1", 2, 1, 1),
        (SAID, (), "0:0.4", 2, 1, 0),
        (("trust worksWith board asserted 2",), (), "2:0.4", 0, 0, 0),
        (("board audits firm asserted 1",), (), "1:0.4", 0, 0, 0),
        (SAID, (), "1:0.4", 2, 0, 0),
    ],
)
def test_missed_relations_stand_in_the_list_or_not(
    gold: tuple[str, ...],
    found: tuple[str, ...],
    omissions: str,
    missed: int,
    held: int,
    related: int,
    tmp_path: Path,
) -> None:
    extraction = make_listed(*found, omissions=omissions)
    recall = measure_omissions([extraction], write_gold(tmp_path, make_gold(*gold)))
    assert (len(recall.missed), recall.count_found(9), recall.related) == (missed, held, related)


def test_the_list_is_one_over_all_documents_that_were_read(tmp_path: Path) -> None:
    gold = write_gold(tmp_path, *(make_gold(SAID[1], name=name) for name in ("a.txt", "b.txt", "c.txt")))
    extractions = [
        make_listed(omissions="2:0.2 0:0.1", name="a.txt"),
        make_listed(omissions="0:0.4 2:0.3", name="b.txt"),
        make_listed(omissions="0:0.9", name="no-gold.txt"),
    ]
    recall = measure_omissions(extractions, gold)
    assert [name for name, _ in recall.listed] == ["b.txt", "b.txt", "a.txt", "a.txt"]
    assert [recall.count_found(length) for length in range(5)] == [0, 0, 1, 2, 2]
    assert [recall.count_right(length) for length in range(5)] == [0, 0, 1, 2, 2]
    text = render_omissions(recall)
    assert text.startswith("missed in the documents read, with both named in one sentence: 2\n      2  1.000")
    assert "  first 25%      1 sentences, 0 with a miss; they hold 0 missed relations: 0.000 of all" in text
    assert "  first 50%      2 sentences, 1 with a miss; they hold 1 missed relations: 0.500 of all" in text


def test_nothing_missed_is_no_error(tmp_path: Path) -> None:
    recall = measure_omissions([make_listed(*SAID)], write_gold(tmp_path, make_gold(*SAID)))
    assert "list of possible misses: 0 sentences" in render_omissions(recall)


def test_command_prints_the_figures_when_asked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    asked = ["evaluate", str(tmp_path / "a.txt"), "--gold", str(write_gold(tmp_path, make_gold(*SAID)))]
    assert run_command(asked) == 0
    assert "possible misses" not in capsys.readouterr().out
    assert run_command([*asked, "--show", "omissions"]) == 0
    assert "\nlist of possible misses: " in capsys.readouterr().out
