"""Calibration: the bins, the error and the score of claims whose figures are known."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.cli import run_command
from graph.evaluate import evaluate_extractions
from graph.evaluate_calibration import (
    STARTS,
    Calibration,
    JudgedClaim,
    estimate_interval,
    judge_claims,
    measure_calibration,
    render_calibration,
)
from graph.vocabulary import PREDICATES, STATUSES
from tests.gold_case import BODIES, SAID, TEXT, make_extraction, make_gold, write_gold


def read_claims(claims: str) -> list[JudgedClaim]:
    """Read claims written as their confidence, with ``+`` where right and ``-`` where wrong."""
    return [JudgedClaim(float(c[:-1]), right=c.endswith("+")) for c in claims.split()]


def measure(claims: str) -> Calibration:
    return measure_calibration(read_claims(claims))


@pytest.mark.parametrize(
    ("why", "claims", "error", "brier", "floor"),
    [
        ("none", "", 0.0, 0.0, 0.0),
        ("sure and right", "1+", 0.0, 0.0, 0.0),
        ("sure and wrong", "1- 1-", 1.0, 1.0, 0.0),
        ("as often right as said", "0.75+ 0.75+ 0.75+ 0.75-", 0.0, 0.1875, 0.1875),
        ("too sure, by 0.3", "0.8+ 0.8-", 0.3, 0.34, 0.25),
        ("not sure enough, by 0.2", "0.8+ 0.8+", 0.2, 0.04, 0.0),
        (
            "a bin counts by its claims: (3 * 0.05 + 0.45) / 4",
            "0.95+ 0.95+ 0.95+ 0.45-",
            0.15,
            0.0525,
            0.1875,
        ),
        ("one bin is one mean: 0.32 and 0.38 against a half", "0.32+ 0.38-", 0.15, 0.3034, 0.25),
        ("two bins do not make up for each other", "0.45+ 0.55-", 0.55, 0.3025, 0.25),
    ],
)
def test_known_figures(why: str, claims: str, error: float, brier: float, floor: float) -> None:
    measured = measure(claims)
    assert (measured.error, measured.brier, measured.floor) == pytest.approx((error, brier, floor)), why


@pytest.mark.parametrize(
    ("confidence", "start"),
    [(0.0, 0.0), (0.0999, 0.0), (0.1, 0.1), (0.3, 0.3), (0.7, 0.7), (0.8999, 0.8), (0.9, 0.9), (1.0, 0.9)],
)
def test_bin_begins_with_its_start(confidence: float, start: float) -> None:
    assert [b.start for b in measure(f"{confidence}+").bins if b.claims] == [start]


def test_sure_claims_are_those_from_nine_tenths() -> None:
    sure = measure("0.9+ 0.95+ 1- 0.89- 0.1+").sure
    assert (sure.claims, sure.confidence, sure.right) == pytest.approx((3, 0.95, 2 / 3))


@pytest.mark.parametrize(
    ("why", "found", "gold", "judged"),
    [
        (
            "the right status is part of a claim",
            ["trust worksWith council proposed 0 0.7"],
            SAID,
            {(0.7, False)},
        ),
        (
            "a symmetric claim may be made the other way round",
            ["council worksWith trust asserted 0 0.6"],
            SAID,
            {(0.6, True)},
        ),
        ("others are not", ["board funds council asserted 2 0.6"], SAID, {(0.6, False)}),
        (
            "a claim counts once, as surely as it was ever made",
            ["trust worksWith council asserted 0 0.4", "council worksWith trust asserted 0 0.8"],
            SAID,
            {(0.8, True)},
        ),
        (
            "two statuses are two claims",
            ["trust worksWith council asserted 0 0.9", "trust worksWith council negated 0 0.3"],
            SAID,
            {(0.9, True), (0.3, False)},
        ),
        (
            "claims with an unnamed body are left out",
            ["board audits firm asserted 1 0.9", "firm worksWith trust asserted 1 0.9"],
            ("board audits firm asserted 1",),
            set(),
        ),
    ],
)
def test_claims_are_judged_as_relations_are(
    why: str, found: list[str], gold: tuple[str, ...], judged: set[tuple[float, bool]], tmp_path: Path
) -> None:
    claims = judge_claims([make_extraction(*found)], write_gold(tmp_path, make_gold(*gold)))
    assert len(claims) == len(judged), why
    assert {(claim.confidence, claim.right) for claim in claims} == judged, why


def test_documents_without_gold_or_without_extraction_have_no_claims(tmp_path: Path) -> None:
    folder = write_gold(tmp_path, make_gold(*SAID, name="b.txt"))
    assert judge_claims([make_extraction(*SAID, name="c.txt")], folder) == []


ROUNDING = 1e-12
CLAIMS = st.lists(st.builds(JudgedClaim, st.floats(0, 1), st.booleans()))


@given(CLAIMS)
def test_figures_are_shares(claims: list[JudgedClaim]) -> None:
    measured = measure_calibration(claims)
    assert 0 <= measured.error <= 1
    assert 0 <= measured.brier <= 1
    assert 0 <= measured.floor <= 0.25
    assert sum(b.claims for b in measured.bins) == measured.claims == len(claims)
    for b in measured.bins:
        assert 0 <= b.right <= 1
        assert not b.claims or b.start - ROUNDING <= b.confidence <= b.end + ROUNDING


@given(CLAIMS.flatmap(lambda claims: st.tuples(st.just(claims), st.permutations(claims))))
def test_order_does_not_matter(orders: tuple[list[JudgedClaim], list[JudgedClaim]]) -> None:
    first, second = map(measure_calibration, orders)
    assert first == second


@given(st.lists(st.integers(1, 9).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), max_size=5))
def test_error_is_none_where_each_share_is_the_confidence(shares: list[tuple[int, int]]) -> None:
    claims = [JudgedClaim(right / n, right=i < right) for right, n in shares for i in range(n)]
    measured = measure_calibration(claims)
    assert measured.error == pytest.approx(0, abs=ROUNDING)
    assert all(b.confidence == pytest.approx(b.right) for b in measured.bins)


LINES = st.builds(
    lambda s, p, o, status, confidence: f"{s} {p} {o} {status} 0 {confidence}",
    st.sampled_from(sorted(BODIES)),
    st.sampled_from(PREDICATES),
    st.sampled_from(sorted(BODIES)),
    st.sampled_from(STATUSES),
    st.floats(0, 1),
)


@given(st.lists(LINES, max_size=5), st.lists(LINES, max_size=5))
def test_claims_are_as_many_as_the_figures_say(
    tmp_path_factory: pytest.TempPathFactory, gold: list[str], found: list[str]
) -> None:
    folder = write_gold(tmp_path_factory.mktemp("gold"), make_gold(*gold))
    extraction = make_extraction(*found)
    figure = evaluate_extractions([extraction], folder).figures["relations"]
    claims = judge_claims([extraction], folder)
    assert (len(claims), sum(claim.right for claim in claims)) == (figure.system, figure.matched)


@pytest.mark.parametrize(
    ("why", "confidences", "perfect"),
    [
        ("no claim", "", 0.0),
        ("sure claims leave nothing to chance", "1 1 0", 0.0),
        ("one claim is right or wrong: 0.7 * 0.3 + 0.3 * 0.7", "0.7", 0.42),
        ("two coins: (1 + 0 + 0 + 1) / 4 / 2", "0.5 0.5", 0.25),
        ("two bins of one claim each", "0.5 0.7", (0.5 + 0.42) / 2),
    ],
)
def test_chances_that_are_right_are_off_by_chance(why: str, confidences: str, perfect: float) -> None:
    claims = [JudgedClaim(float(c), right=True) for c in confidences.split()]
    assert measure_calibration(claims).perfect == pytest.approx(perfect), why


def test_interval_holds_the_error_and_narrows_with_more_claims() -> None:
    few = read_claims("0.8+ 0.8+ 0.8- 0.55- 0.55+ 0.55-")
    low, high = estimate_interval(few)
    assert low <= measure_calibration(few).error <= high
    lower, higher = estimate_interval(few * 50)
    assert higher - lower < (high - low) / 4
    assert estimate_interval(few) == (low, high)
    assert estimate_interval([]) == (0.0, 0.0)


@given(st.lists(st.builds(JudgedClaim, st.just(0.75), st.booleans()), min_size=1, max_size=30))
def test_interval_of_one_bin_is_that_of_its_share(claims: list[JudgedClaim]) -> None:
    low, high = estimate_interval(claims)
    assert 0 <= low <= high <= 0.75


def test_calibration_is_printed_as_a_table_and_four_lines() -> None:
    lines = render_calibration(measure("0.94+ 0.94+ 0.94+ 0.42-"), (0.05, 0.3)).splitlines()
    assert lines[0].split() == ["confidence", "claims", "mean", "right"]
    assert lines[1].split() == ["0.0", "to", "0.1", "0", "-", "-"]
    assert lines[5].split() == ["0.4", "to", "0.5", "1", "0.420", "0.000"]
    assert lines[10].split() == ["0.9", "to", "1.0", "3", "0.940", "1.000"]
    assert len({len(line) for line in lines[: len(STARTS) + 1]}) == 1, "columns are aligned"
    assert lines[len(STARTS) + 1 :] == [
        "expected calibration error 0.150 of 4 claims (95% of drawings 0.050 to 0.300)",
        "error of chances that are exactly right 0.197",
        "precision 1.000 of 3 claims of confidence 0.9 or more",
        "Brier score 0.047 (floor 0.188: one confidence for all)",
    ]


@pytest.mark.parametrize(("options", "shown"), [([], False), (["--show", "calibration"], True)])
def test_evaluate_shows_calibration_when_asked(
    options: list[str], shown: bool, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    gold = str(write_gold(tmp_path, make_gold(*SAID)))
    assert run_command(["evaluate", str(tmp_path / "a.txt"), "--gold", gold, "--quiet", *options]) == 0
    printed = capsys.readouterr().out
    assert printed.startswith(" ")
    assert ("\n\nconfidence  claims" in printed) == shown
    assert ("\nexpected calibration error " in printed) == shown
