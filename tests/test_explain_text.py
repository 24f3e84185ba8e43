"""Explanations in the terminal: what stands where, folding, colour, and that nothing can move the cursor."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from graph.explain_text import render_explanation
from tests.explained_sample import explain_hostile, explain_letter, explain_minutes, explain_misses

ESCAPE = re.compile(r"\x1b\[[0-9;]*m")


def test_each_sentence_has_its_mentions_and_relations_below_it() -> None:
    text = render_explanation(explain_minutes())
    assert (
        "1    [Ann Marsh #1], chief executive of [Torbay Care Trust #2], opened the meeting.\n"
        "     #1 Ann Marsh; Person" in text
    )
    assert (
        "     #2 Torbay Care Trust; Care trust, named; register: Torbay Care Trust (ct:TAL), score 1.00"
        in text
    )
    assert (
        "     ● Ann Marsh #1 — holds a post at → Torbay Care Trust #2  stated as fact\n"
        "       postHolderAt, as “chief executive”, confidence 0.75, found by “frame”\n" in text
    )
    assert "○ Torbay Care Trust #2 — pools budgets with → Lowmoor Housing Forum #3  proposed" in text
    assert "; also in sentence 2\n" in text


def test_a_name_is_explained_once_and_other_words_for_it_where_they_come() -> None:
    text = render_explanation(explain_minutes())
    assert text.count("register: Torbay Care Trust") == 1
    assert "#2 “trust works” stands for Torbay Care Trust\n" in text


def test_unsure_name_comes_with_its_candidates() -> None:
    assert (
        "register: unsure, 2 bodies share this name; considered: Northern Ambulance (nhs:RX5), "
        "Southern Ambulance (nhs:RX6)" in render_explanation(explain_letter())
    )


@pytest.mark.parametrize(
    ("only", "shown", "hidden"),
    [
        ("relations", "\n1    [Ann", "\n#1"),
        ("misses", "\nNo possible miss.\n", "\n1    "),
        ("bodies", "\n#2   Torbay Care Trust\n     Care trust, named; register:", "\n1    "),
    ],
)
def test_only_shows_a_part(only: str, shown: str, hidden: str) -> None:
    text = render_explanation(explain_minutes(), only=only)
    assert shown in text
    assert hidden not in text


def test_possible_misses_come_by_rank() -> None:
    text = render_explanation(explain_misses(), only="misses")
    assert text.index("\n2    The [trust works #2]") < text.index("\n1    [Ann Marsh #1]")
    assert "! possible miss: names a body and a person, and no relation was found; likelihood" in text


def test_legend_can_be_left_out() -> None:
    assert "What the marks mean\n" in render_explanation(explain_minutes())
    assert "What the marks mean" not in render_explanation(explain_minutes(), legend=False)


@pytest.mark.parametrize("width", [60, 80, 120])
def test_lines_are_folded_to_the_terminal_and_lose_nothing(width: int) -> None:
    folded = render_explanation(explain_minutes(), width=width)
    assert max(map(len, folded.splitlines())) <= width
    assert "".join(folded.split()) == "".join(render_explanation(explain_minutes()).split())
    assert not [line for line in folded.splitlines() if line != line.rstrip()]


def test_colour_changes_no_letter() -> None:
    plain = render_explanation(explain_minutes(), width=80)
    coloured = render_explanation(explain_minutes(), width=80, colour=True)
    assert "\x1b" not in plain
    assert ESCAPE.sub("", coloured) == plain
    assert coloured != plain


@pytest.mark.parametrize("only", ["", "bodies"])
def test_nothing_from_the_document_can_move_or_colour(only: str) -> None:
    text = render_explanation(explain_hostile(), only=only, width=100)
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", text)
    coloured = render_explanation(explain_hostile(), only=only, width=100, colour=True)
    assert ESCAPE.sub("", coloured) == text
    assert set(ESCAPE.findall(coloured)) <= {
        f"\x1b[{code}m" for code in ("0", "1", "2", "32", "1;36", "1;35", "39")
    }


def test_same_input_same_bytes_under_any_hash_seed() -> None:
    code = (
        "from graph.explain_text import render_explanation;"
        "from graph.explain_page import draw_explanation;"
        "from tests.explained_sample import explain_minutes;"
        "print(ascii(render_explanation(explain_minutes()) + draw_explanation(explain_minutes())))"
    )
    root = Path(__file__).resolve().parents[1]
    written = {
        subprocess.run(
            [sys.executable, "-c", code],
            check=True,
            cwd=root,
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
        ).stdout
        for seed in ("0", "1", "2")
    }
    assert len(written) == 1
