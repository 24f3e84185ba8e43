"""The causes of errors: each error has one, and there are as many as the figures say."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.evaluate import evaluate_extractions
from graph.evaluate_errors import (
    ACROSS,
    ARGUMENT,
    COREFERENCE,
    DIRECTION,
    NO_FRAME,
    NO_MENTION,
    NOT_IN_GOLD,
    PREDICATE,
    STATUS,
    UNRELATED,
    explain_errors,
    render_errors,
)
from graph.records import Extraction
from graph.vocabulary import PREDICATES, STATUSES
from tests.gold_case import BODIES, SAID, SENTENCES, TEXT, make_extraction, make_gold, write_gold


@pytest.mark.parametrize(
    ("gold", "found", "bodies", "missed", "wrong"),
    [
        (SAID[0], "trust worksWith council proposed 0", "trust council", STATUS, STATUS),
        (
            "council funds board asserted 2",
            "board funds council asserted 2",
            "council board",
            DIRECTION,
            DIRECTION,
        ),
        (SAID[0], "trust directs council asserted 0", "trust council", PREDICATE, PREDICATE),
        (SAID[0], "", "trust council", NO_FRAME, None),
        ("trust worksWith board asserted 2", "", "trust board", ACROSS, None),
        (SAID[0], "", "council", NO_MENTION, None),
        (SAID[0], f"{SAID[0]}|trust funds council asserted 2", "trust council", None, PREDICATE),
        (SAID[1], f"{SAID[1]}|trust funds board asserted 2", "trust council board", None, ACROSS),
        (SAID[1], "trust funds board asserted 2", "trust council board", ARGUMENT, ARGUMENT),
        (SAID[1], f"{SAID[1]}|trust directs board asserted 2", "trust council board", None, ACROSS),
        (SAID[0], f"{SAID[0]}|council worksWith board asserted 2", "trust council board", None, UNRELATED),
    ],
)
def test_errors_have_causes(
    gold: str, found: str, bodies: str, missed: str | None, wrong: str | None, tmp_path: Path
) -> None:
    extraction = make_extraction(*filter(None, found.split("|")), bodies=bodies)
    errors = explain_errors([extraction], write_gold(tmp_path, make_gold(gold)))
    assert [error.cause for error in errors if error.missed] == ([missed] if missed else [])
    assert [error.cause for error in errors if not error.missed] == ([wrong] if wrong else [])
    assert all(error.quote in TEXT for error in errors)


def take_for(extraction: Extraction, body: str, other: str, sentence: int) -> Extraction:
    """Give the mentions of a body in a sentence to another entity."""
    start, end = SENTENCES[sentence]
    mentions = [
        replace(m, entity=other) if m.entity == body and start <= m.start < end else m
        for m in extraction.mentions
    ]
    return replace(extraction, mentions=tuple(mentions))


@pytest.mark.parametrize(
    ("found", "wrong"),
    [("", []), ("trust funds board asserted 2", [COREFERENCE]), ("x funds board asserted 2", [COREFERENCE])],
)
def test_body_taken_for_another_is_the_cause(found: str, wrong: list[str], tmp_path: Path) -> None:
    """ "Ashby Council" of the last sentence is taken for the trust, or for a body of its own."""
    other = found.partition(" ")[0] or "trust"
    extraction = take_for(make_extraction(*filter(None, [found])), "council", other, 2)
    errors = explain_errors([extraction], write_gold(tmp_path, make_gold(SAID[1])))
    assert [error.cause for error in errors if error.missed] == [COREFERENCE]
    assert [error.cause for error in errors if not error.missed] == wrong


def test_body_found_elsewhere_but_not_in_the_evidence_was_not_found(tmp_path: Path) -> None:
    extraction = make_extraction()
    kept = tuple(m for m in extraction.mentions if m.entity != "council" or m.start < SENTENCES[2][0])
    errors = explain_errors([replace(extraction, mentions=kept)], write_gold(tmp_path, make_gold(SAID[1])))
    assert [error.cause for error in errors] == [NO_MENTION]


def test_body_that_the_gold_has_not_is_the_cause(tmp_path: Path) -> None:
    content = make_gold()
    content["entities"] = content["entities"][1:]
    errors = explain_errors([make_extraction(SAID[0])], write_gold(tmp_path, content))
    assert [(e.cause, e.triple.subject) for e in errors] == [(NOT_IN_GOLD, "?trust")]


def test_errors_are_printed_with_counts_and_quotes(tmp_path: Path) -> None:
    found = make_extraction("trust worksWith council proposed 0")
    text = render_errors(explain_errors([found], write_gold(tmp_path, make_gold(*SAID))))
    assert text.startswith(
        f"missed: 2\n      1  {NO_FRAME}\n      1  {STATUS}\nwrong: 1\n      1  {STATUS}\n"
    )
    assert "\n  Ashby Council pays Borley Board.\n" in text


LINES = st.builds(
    lambda s, p, o, status, n: f"{s} {p} {o} {status} {n}",
    st.sampled_from(sorted(BODIES)),
    st.sampled_from(PREDICATES),
    st.sampled_from(sorted(BODIES)),
    st.sampled_from(STATUSES),
    st.integers(0, 2),
)


@given(st.lists(LINES, max_size=5), st.lists(LINES, max_size=5))
def test_errors_are_what_the_figures_say(
    tmp_path_factory: pytest.TempPathFactory, gold: list[str], found: list[str]
) -> None:
    folder = write_gold(tmp_path_factory.mktemp("gold"), make_gold(*gold))
    extraction = make_extraction(*found)
    figure = evaluate_extractions([extraction], folder).figures["relations"]
    errors = explain_errors([extraction], folder)
    assert sum(error.missed for error in errors) == figure.gold - figure.matched
    assert sum(not error.missed for error in errors) == figure.system - figure.matched
